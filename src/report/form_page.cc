// SPDX-License-Identifier: Apache-2.0
#include "report/form_page.h"

#include <fmt/format.h>

#include "record/record.h"

namespace onus::report {
namespace {

void write_meanings(const View& view) {
  view.heading(2, "purposes", view.say.text("form.purposes"));
  view.html.open("dl", {{"class", "facts"}}).line();
  for (const std::string_view purpose : record::purposes())
    view.term(
        view.say.word("purpose", purpose),
        fmt::format("{} ({})", view.say.text(fmt::format("purpose_meaning.{}", purpose)), purpose));
  view.html.close().line();
}

void write_reason(const View& view, std::size_t row, const std::string& reason) {
  Html& h = view.html;
  const std::string group = fmt::format("row-{}", row);
  h.open("fieldset", {{"class", "mark"}}).open("legend").text(fmt::format("{}. ", row));
  h.value(reason).close();
  for (const std::string_view purpose : record::purposes()) {
    h.open("label").empty("input", {{"type", "radio"}, {"name", group}, {"value", purpose}});
    h.text(" ").text(view.say.word("purpose", purpose)).close().text(" ");
  }
  h.close().line();
}

}  // namespace

Page form_page(const std::vector<std::string>& reasons, const std::string& file,
               const Messages& say) {
  return make_lone_page(
      say, "form.html", say.text("form.title"), say.text("form.foot"), [&](const View& view) {
        view.paragraph(say.text("form.lede", {{"n", std::ssize(reasons)}}), "lede");
        view.paragraph(say.text("form.saving", {{"file", file}}), "callout");
        write_meanings(view);
        view.heading(2, "reasons", say.text("form.reasons"));
        for (std::size_t i = 0; i < reasons.size(); ++i) write_reason(view, i + 2, reasons[i]);
      });
}

}  // namespace onus::report
