// SPDX-License-Identifier: Apache-2.0
#include "measure/labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <span>

#include "base/file.h"
#include "record/record.h"
#include "source/csv.h"

namespace onus::measure {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{64} << 20;

enum class Column : std::uint8_t {
  reason,
  purpose,
  offence,
  specificity,
  on_behalf_of,
  topic,
  weight,
  ambiguous,
  origin,
  stratum,
  draws,
  stratum_draws,
  stratum_lookups,
  group,
  unused,
};

struct Named {
  std::string_view name;
  Column column;
};

constexpr auto kColumns = std::to_array<Named>({
    {"reason", Column::reason},
    {"purpose", Column::purpose},
    {"offence", Column::offence},
    {"offense", Column::offence},
    {"specificity", Column::specificity},
    {"on_behalf_of", Column::on_behalf_of},
    {"topic", Column::topic},
    {"count", Column::weight},
    {"weight", Column::weight},
    {"ambiguous", Column::ambiguous},
    {"origin", Column::origin},
    {"stratum", Column::stratum},
    {"draws", Column::draws},
    {"stratum_draws", Column::stratum_draws},
    {"stratum_lookups", Column::stratum_lookups},
    {"group", Column::group},
    {"inclusion_probability", Column::unused},
    {"note", Column::unused},
});

std::span<const std::string_view> vocabulary(Axis axis) {
  switch (axis) {
    case Axis::purpose:
      return record::purposes();
    case Axis::offence:
      return record::offences();
    case Axis::specificity:
      return record::specificities();
    case Axis::on_behalf_of:
      return record::beneficiaries();
    case Axis::topic:
      return record::topics();
  }
  return {};
}

class Parser {
 public:
  explicit Parser(std::string_view file) : file_(file) {}

  Result<Labels> parse(std::string bytes) {
    ONUS_TRY(source::CsvStream stream, source::CsvStream::from_bytes(std::move(bytes), {}));
    for (;;) {
      ONUS_TRY(const std::optional<source::Block> block, stream.next());
      if (!block) break;
      source::Records records(*block);
      for (source::Record record; records.next(record);) {
        if (!record.blank) ONUS_TRY_VOID(take(record));
      }
    }
    if (columns_.empty()) return wrong(1, "there is no header line");
    if (labels_.rows.empty()) return wrong(1, "there is no labelled string");
    return std::move(labels_);
  }

 private:
  tl::unexpected<Error> wrong(std::int64_t line, const std::string& what) const {
    return fail(Code::bad_input, fmt::format("{}:{}: {}", file_, line, what));
  }

  Result<void> take(const source::Record& record) {
    if (columns_.empty()) return take_header(record);
    if (record.cells.size() != columns_.size() || record.damage != source::Damage::none)
      return wrong(record.at.line, fmt::format("a row has {} cells", columns_.size()));
    Label label;
    for (std::size_t i = 0; i < columns_.size(); ++i)
      ONUS_TRY_VOID(take_cell(label, columns_[i], record.cells[i].text, record.at.line));
    if (label.axes[0].empty())
      return wrong(record.at.line, "purpose is empty: every string must be read");
    if (!texts_.insert(label.text).second)
      return wrong(record.at.line, fmt::format("'{}' is there twice", label.text));
    labels_.rows.push_back(std::move(label));
    return {};
  }

  Result<void> take_header(const source::Record& record) {
    for (const source::Cell& cell : record.cells) {
      const auto* const found = std::find_if(kColumns.begin(), kColumns.end(),
                                             [&](const Named& n) { return n.name == cell.text; });
      if (found == kColumns.end())
        return wrong(record.at.line, fmt::format("no column is named '{}'", cell.text));
      if (found->column != Column::unused &&
          std::find(columns_.begin(), columns_.end(), found->column) != columns_.end())
        return wrong(record.at.line, fmt::format("column '{}' is there twice", cell.text));
      columns_.push_back(found->column);
    }
    for (std::size_t axis = 0; axis < kAxes; ++axis)
      labels_.has[axis] = has(static_cast<Column>(axis + 1));
    if (has(Column::reason) && has(Column::purpose)) return {};
    return wrong(record.at.line, "columns 'reason' and 'purpose' must be there");
  }

  bool has(Column column) const {
    return std::find(columns_.begin(), columns_.end(), column) != columns_.end();
  }

  Result<void> take_cell(Label& label, Column column, std::string_view text,
                         std::int64_t line) const {
    switch (column) {
      case Column::reason:
        label.text = text;
        // measure/sample.h puts it before what a spreadsheet would run.
        if (has(Column::stratum) && text.starts_with("'")) label.text.erase(0, 1);
        return {};
      case Column::weight:
        return number(label.weight, text, line);
      case Column::draws:
        return number(label.draws, text, line);
      case Column::stratum_draws:
        return number(label.stratum_draws, text, line);
      case Column::stratum_lookups:
        return number(label.stratum_lookups, text, line);
      case Column::ambiguous:
        label.ambiguous = text == "1";
        return {};
      case Column::origin:
        label.origin = text;
        return {};
      case Column::stratum:
        label.stratum = text;
        return {};
      case Column::group:
        label.group = text;
        return {};
      case Column::unused:
        return {};
      default:
        return word(label, static_cast<std::size_t>(column) - 1, text, line);
    }
  }

  Result<void> word(Label& label, std::size_t axis, std::string_view text,
                    std::int64_t line) const {
    if (text.empty()) return {};
    const auto words = vocabulary(static_cast<Axis>(axis));
    const auto found = std::find(words.begin(), words.end(), text);
    if (found == words.end())
      return wrong(line, fmt::format("no {} is named '{}'", kAxisNames[axis], text));
    label.axes[axis] = *found;
    return {};
  }

  Result<void> number(std::int64_t& to, std::string_view text, std::int64_t line) const {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), to);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    if (!whole || to < 0 || to > (std::int64_t{1} << 50))
      return wrong(line, fmt::format("'{}' is no count", text));
    return {};
  }

  std::string_view file_;
  std::vector<Column> columns_;
  std::set<std::string> texts_;
  Labels labels_;
};

}  // namespace

Result<Labels> parse_labels(std::string bytes, std::string_view file) {
  return Parser(file).parse(std::move(bytes));
}

Result<Labels> read_labels(const std::filesystem::path& path) {
  ONUS_TRY(std::string bytes, read_file(path, kMaxBytes));
  return parse_labels(std::move(bytes), path.string());
}

}  // namespace onus::measure
