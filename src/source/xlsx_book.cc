// SPDX-License-Identifier: Apache-2.0
#include "source/xlsx_book.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "source/xlsx_xml.h"

namespace onus::source {
namespace {

constexpr std::size_t kMaxStyles = 65'536;  // a spreadsheet has at most 65,490
constexpr std::size_t kMaxRelations = 20'000;
constexpr std::size_t kMaxName = 255;

struct Relation {
  std::string id;
  std::string type;  // the last word of its URI: "worksheet"
  std::string part;  // from the package's root
};

std::string folder_of(std::string_view part) {
  const std::size_t slash = part.rfind('/');
  return slash == std::string_view::npos ? "" : std::string(part.substr(0, slash + 1));
}

// "xl/worksheets/sheet1.xml" of "worksheets/./x/../sheet1.xml" in "xl/", or of
// "/xl/worksheets/...".
std::string resolved(std::string_view folder, std::string_view target) {
  std::string all = target.starts_with('/') ? std::string() : std::string(folder);
  all += target;
  std::vector<std::string_view> steps;
  std::string_view rest = all;
  while (!rest.empty()) {
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const std::string_view step = rest.substr(0, slash);
    rest.remove_prefix(std::min(slash + 1, rest.size()));
    if (step == ".." && !steps.empty()) steps.pop_back();
    if (!step.empty() && step != "." && step != "..") steps.push_back(step);
  }
  std::string out;
  for (const std::string_view step : steps) {
    if (!out.empty()) out += '/';
    out += step;
  }
  return out;
}

class RelationsSink final : public XmlSink {
 public:
  explicit RelationsSink(std::string folder) : folder_(std::move(folder)) {}
  std::vector<Relation> relations;

  void start(std::string_view name, Attributes attributes) override {
    if (name != "Relationship" || attribute(attributes, "TargetMode") == "External") return;
    if (relations.size() == kMaxRelations) return;
    const std::string_view type = attribute(attributes, "Type");
    relations.push_back({std::string(attribute(attributes, "Id")),
                         std::string(type.substr(type.rfind('/') + 1)),
                         resolved(folder_, attribute(attributes, "Target"))});
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

 private:
  std::string folder_;
};

// Of the part `of`, or of the package ("").
Result<std::vector<Relation>> read_relations(const Package& package, std::string_view of) {
  const std::string folder = folder_of(of);
  RelationsSink sink(folder);
  const std::string part = folder + "_rels/" + std::string(of.substr(folder.size())) + ".rels";
  ONUS_TRY_VOID(read_xml(package, part, sink));
  return std::move(sink.relations);
}

class BookSink final : public XmlSink {
 public:
  struct Tab {
    std::string name, id;
    bool hidden = false;
  };
  std::vector<Tab> tabs;
  Epoch epoch = Epoch::y1900;
  bool too_many = false;

  void start(std::string_view name, Attributes attributes) override {
    if (name == "workbookPr") {
      const std::string_view set = attribute(attributes, "date1904");
      if (set == "1" || set == "true") epoch = Epoch::y1904;
    }
    if (name != "sheet") return;
    too_many |= tabs.size() == kMaxSheets;
    if (too_many) return;
    const std::string_view state = attribute(attributes, "state");
    tabs.push_back({std::string(attribute(attributes, "name").substr(0, kMaxName)),
                    std::string(attribute(attributes, "id")),
                    state == "hidden" || state == "veryHidden"});
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
};

class StylesSink final : public XmlSink {
 public:
  std::vector<NumberStyle> styles;

  void start(std::string_view name, Attributes attributes) override {
    if (name == "cellXfs") in_cell_formats_ = true;
    if (name == "numFmt") add_code(attributes);
    if (name != "xf" || !in_cell_formats_ || styles.size() == kMaxStyles) return;
    const int id = number(attribute(attributes, "numFmtId"));
    const auto own = codes_.find(id);
    styles.push_back(own == codes_.end() ? builtin_style(id) : own->second);
  }
  void end(std::string_view name) override {
    if (name == "cellXfs") in_cell_formats_ = false;
  }
  void text(std::string_view) override {}

 private:
  static int number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value : 0;
  }
  void add_code(Attributes attributes) {
    if (codes_.size() == kMaxStyles) return;
    codes_[number(attribute(attributes, "numFmtId"))] =
        style_of_code(attribute(attributes, "formatCode"));
  }

  std::map<int, NumberStyle> codes_;
  bool in_cell_formats_ = false;
};

tl::unexpected<Error> no_workbook(const Package& package) {
  std::string why = " is no .xlsx workbook";
  if (package.has("xl/workbook.bin")) {
    why = " is a binary workbook (.xlsb); save it as .xlsx or CSV";
  } else if (package.has("META-INF/manifest.xml") && package.has("content.xml")) {
    why = " is an OpenDocument file; save it as .xlsx or CSV";
  }
  return fail(Code::bad_input, package.name() + why);
}

const Relation* find_type(const std::vector<Relation>& relations, std::string_view type) {
  const auto found = std::ranges::find(relations, type, &Relation::type);
  return found == relations.end() ? nullptr : &*found;
}

// Several tabs may name one part; a part named twice is one table read twice, and its rows would
// count twice.
bool is_listed(const Book& book, const Relation& relation) {
  return std::ranges::find(book.sheets, relation.part, &BookSheet::part) != book.sheets.end();
}

}  // namespace

Result<Book> read_book(const Package& package) {
  if (!package.has("_rels/.rels") || !package.has("[Content_Types].xml")) {
    return no_workbook(package);
  }
  ONUS_TRY(const std::vector<Relation> roots, read_relations(package, ""));
  const Relation* root = find_type(roots, "officeDocument");
  if (!root || !root->part.ends_with(".xml")) return no_workbook(package);
  BookSink sink;
  ONUS_TRY_VOID(read_xml(package, root->part, sink));
  if (sink.too_many) {
    return fail(Code::over_budget,
                package.name() + ": more than " + std::to_string(kMaxSheets) + " sheets");
  }
  ONUS_TRY(const std::vector<Relation> relations, read_relations(package, root->part));
  Book book;
  book.epoch = sink.epoch;
  if (const Relation* found = find_type(relations, "sharedStrings"))
    book.strings_part = found->part;
  if (const Relation* found = find_type(relations, "styles")) book.styles_part = found->part;
  int number = 0;
  for (BookSink::Tab& tab : sink.tabs) {
    ++number;
    const auto found = std::ranges::find(relations, tab.id, &Relation::id);
    if (found == relations.end() || found->type != "worksheet" || is_listed(book, *found)) continue;
    book.sheets.push_back({number, std::move(tab.name), found->part, tab.hidden});
  }
  return book;
}

Result<std::vector<NumberStyle>> read_styles(const Package& package, const Book& book) {
  StylesSink sink;
  if (!book.styles_part.empty()) ONUS_TRY_VOID(read_xml(package, book.styles_part, sink));
  return std::move(sink.styles);
}

}  // namespace onus::source
