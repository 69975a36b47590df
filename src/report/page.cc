// SPDX-License-Identifier: Apache-2.0
#include "report/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/builtin.h"
#include "base/check.h"
#include "report/interval.h"

namespace onus::report {
namespace {

// Nothing is fetched, run, sent or framed; the one style sheet lies beside the page.
constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'";

struct Place {
  std::string_view file, message;
};
constexpr auto kPlaces = std::to_array<Place>({{"index.html", "nav.summary"},
                                               {"files.html", "nav.files"},
                                               {"reasons.html", "nav.reasons"},
                                               {"searchers.html", "nav.searchers"},
                                               {"hours.html", "nav.hours"},
                                               {"reach.html", "nav.reach"},
                                               {"rejects.html", "nav.rejects"},
                                               {"method.html", "nav.method"},
                                               {"glossary.html", "nav.glossary"}});

void write_head(const View& view, std::string_view title) {
  Html& h = view.html;
  h.open("head").line();
  h.empty("meta", {{"charset", "utf-8"}}).line();
  h.empty("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", kPolicy}}).line();
  h.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  h.line().empty("meta", {{"name", "color-scheme"}, {"content", "light dark"}}).line();
  h.empty("meta", {{"name", "referrer"}, {"content", "no-referrer"}}).line();
  h.element("title", view.say.text("page.title", {{"title", title}})).line();
  h.empty("link", {{"rel", "stylesheet"}, {"href", "style.css"}}).line().close().line();
}

void write_navigation(const View& view, std::string_view file) {
  Html& h = view.html;
  h.element("a", view.say.text("page.skip"), {{"class", "skip"}, {"href", "#main"}}).line();
  h.open("header", {{"class", "top"}});
  h.element("p", "onus", {{"class", "brand"}});
  h.open("nav", {{"aria-label", view.say.text("nav.label")}}).open("ul").line();
  for (const Place& place : kPlaces) {
    h.open("li");
    const std::string name = view.say.text(place.message);
    if (place.file == file) {
      h.element("a", name, {{"href", place.file}, {"aria-current", "page"}});
    } else {
      h.link(place.file, name);
    }
    h.close().line();
  }
  h.close().close().close().line();
}

void begin_page(const View& view, std::string_view title) {
  Html& h = view.html;
  h.empty("!doctype html").line().open("html", {{"lang", view.say.language()}}).line();
  write_head(view, title);
  h.open("body").line();
}

void write_main(const View& view, std::string_view title,
                const std::function<void(const View&)>& body) {
  view.html.open("main", {{"id", "main"}}).line();
  view.heading(1, "", title);
  body(view);
  view.html.close().line();
}

void end_page(const View& view, std::string_view foot) {
  view.html.open("footer");
  view.paragraph(foot);
  view.html.close().line().close().line().close().line();
}

}  // namespace

void View::heading(int level, std::string_view id, std::string_view text) const {
  constexpr std::array<std::string_view, 5> kTags = {"", "h1", "h2", "h3", "h4"};
  const std::string_view tag = kTags[static_cast<std::size_t>(level)];
  if (id.empty()) {
    html.element(tag, text).line();
  } else {
    html.element(tag, text, {{"id", id}}).line();
  }
}

void View::paragraph(std::string_view text, std::string_view css_class) const {
  if (css_class.empty()) {
    html.element("p", text).line();
  } else {
    html.element("p", text, {{"class", css_class}}).line();
  }
}

void View::term(std::string_view name, std::string_view value) const {
  html.open("div").element("dt", name).open("dd").value(value).close().close().line();
}

std::string View::ratio(std::int64_t hits, std::int64_t total) const {
  return say.text("share.ratio",
                  {{"hits", hits}, {"total", total}, {"share", say.share(hits, total)}});
}

std::string View::in_words(std::int64_t hits, std::int64_t total) const {
  if (hits == 0 || total == 0) return say.text("share.none");
  if (hits == total) return say.text("share.all");
  const Frequency found = frequency(static_cast<double>(hits) / static_cast<double>(total));
  return say.text("share.about", {{"hits", found.hits}, {"base", found.base}});
}

Page make_page(const Model& model, const Messages& say, std::string_view file,
               std::string_view title, const std::function<void(const View&)>& body) {
  Html h;
  const View view{model, say, h};
  begin_page(view, title);
  write_navigation(view, file);
  write_main(view, title, body);
  end_page(view, say.text("page.foot", {{"version", model.run.version}}));
  return {.file = std::string(file), .bytes = h.take()};
}

Page make_lone_page(const Messages& say, std::string_view file, std::string_view title,
                    std::string_view foot, const std::function<void(const View&)>& body) {
  Html h;
  const Model none;
  const View view{none, say, h};
  begin_page(view, title);
  h.open("header", {{"class", "top"}}).element("p", "onus", {{"class", "brand"}}).close().line();
  write_main(view, title, body);
  end_page(view, foot);
  return {.file = std::string(file), .bytes = h.take()};
}

std::string_view style_sheet() {
  const std::vector<BuiltinFile> files = builtin_files_in("src/report/");
  const auto found = std::ranges::find(files, "src/report/style.css", &BuiltinFile::path);
  ONUS_CHECK(found != files.end());
  return found->bytes;
}

Table::Table(const View& view, std::string_view caption, std::vector<Column> columns, Shape shape)
    : view_(view), columns_(std::move(columns)), shape_(shape) {
  Html& h = view.html;
  const bool stacked = shape == Shape::stacked;
  if (stacked) {
    // On a phone rows are drawn as blocks, which takes their meaning away; roles give it back.
    h.open("div", {{"class", "wide"}}).open("table", {{"class", "stacked"}, {"role", "table"}});
  } else {
    h.open("div",
           {{"class", "wide"}, {"role", "region"}, {"tabindex", "0"}, {"aria-label", caption}});
    h.open("table");
  }
  h.element("caption", caption).line();
  h.open("thead").open("tr");
  for (const Column& column : columns_) {
    h.element("th", column.title, {{"scope", "col"}, {"class", column.number ? "number" : "text"}});
  }
  h.close().close().line().open("tbody").line();
}

Table::~Table() { view_.html.close().close().close().line(); }

void Table::begin_row() {
  at_ = 0;
  if (shape_ == Shape::stacked) {
    view_.html.open("tr", {{"role", "row"}});
  } else {
    view_.html.open("tr");
  }
}

void Table::begin_cell() {
  ONUS_CHECK(at_ < columns_.size());
  const Column& column = columns_[at_];
  const std::string_view css_class = column.number ? "number" : "text";
  const std::string_view tag = at_ == 0 ? "th" : "td";
  if (shape_ == Shape::stacked) {
    view_.html.open(tag, {{"role", at_ == 0 ? "rowheader" : "cell"},
                          {"class", css_class},
                          {"data-label", column.title}});
    view_.html.open("span");  // one box beside the label, whatever the cell holds
  } else if (at_ == 0) {
    view_.html.open(tag, {{"scope", "row"}, {"class", css_class}});
  } else {
    view_.html.open(tag, {{"class", css_class}});
  }
  ++at_;
}

void Table::end_cell() {
  view_.html.close();
  if (shape_ == Shape::stacked) view_.html.close();
}

void Table::end_row() {
  ONUS_CHECK(at_ == columns_.size());
  view_.html.close().line();
}

void Table::cell(std::string_view text) {
  begin_cell();
  view_.html.text(text);
  end_cell();
}

void Table::row(std::initializer_list<std::string_view> cells) {
  begin_row();
  for (const std::string_view text : cells) cell(text);
  end_row();
}

const std::string& title_of(const RuleUse& rule, const Messages& say) {
  const std::string& wanted = say.language() == "de" ? rule.title_de : rule.title_en;
  return !wanted.empty() ? wanted : !rule.title_en.empty() ? rule.title_en : rule.id;
}

const std::string& sentence_of(const RuleUse& rule, const Messages& say) {
  const bool german = say.language() == "de" && !rule.sentence_de.empty();
  return german ? rule.sentence_de : rule.sentence_en;
}

const std::vector<std::string>& evidence_of(const RuleUse& rule, const Messages& say) {
  const bool german = say.language() == "de" && !rule.evidence_de.empty();
  return german ? rule.evidence_de : rule.evidence_en;
}

std::string moment(std::string_view timestamp) { return std::string(timestamp.substr(0, 19)); }

std::vector<Page> all_pages(const Model& model, const Messages& say) {
  std::vector<Page> pages;
  for (const auto make : {index_page, files_page, reasons_page, searchers_page, hours_page,
                          reach_page, rejects_page, method_page, glossary_page}) {
    pages.push_back(make(model, say));
  }
  for (const RuleUse& rule : model.rules) pages.push_back(rule_page(rule, model, say));
  return pages;
}

}  // namespace onus::report
