// SPDX-License-Identifier: Apache-2.0
#include "cli/agreements.h"

#include <fmt/format.h>

#include <optional>

#include "base/digest.h"
#include "base/file.h"
#include "base/toml.h"
#include "source/csv.h"

namespace onus::cli {
namespace {

constexpr std::size_t kMaxBytes = 4U << 20;

using Kinds = TomlValue::Kind;

TomlValue text_value(std::string text, int line, int column) {
  TomlValue out;
  out.kind = Kinds::text;
  out.text = std::move(text);
  out.line = line;
  out.column = column;
  return out;
}

TomlValue list_value(std::string_view text, int line, int column) {
  TomlValue out;
  out.kind = Kinds::array;
  out.line = line;
  out.column = column;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    out.items.push_back(text_value(std::string(text.substr(0, end)), line, column));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

// A row as the table that TOML would give. An empty cell is a member that is not there.
Result<TomlValue> item_of(const source::Record& record, const std::vector<std::string>& header,
                          std::string_view file) {
  TomlValue out;
  out.kind = Kinds::table;
  out.line = static_cast<int>(record.at.line);
  out.column = 1;
  if (record.cells.size() != header.size() || record.damage != source::Damage::none)
    return toml_error(file, out, fmt::format("a row has {} cells", header.size()));
  for (std::size_t i = 0; i < header.size(); ++i) {
    const std::string_view text = record.cells[i].text;
    const auto column = static_cast<int>(record.cells[i].raw.data() - record.raw.data()) + 1;
    if (text.empty()) continue;
    out.members.emplace_back(header[i], header[i] == "purposes"
                                            ? list_value(text, out.line, column)
                                            : text_value(std::string(text), out.line, column));
  }
  return out;
}

Result<std::vector<TomlValue>> rows_of(const std::string& bytes, std::string_view file) {
  ONUS_TRY(source::CsvStream stream, source::CsvStream::from_bytes(bytes, {}));
  std::optional<std::vector<std::string>> header;
  std::vector<TomlValue> out;
  for (;;) {
    ONUS_TRY(std::optional<source::Block> block, stream.next());
    if (!block) return out;
    source::Records records(*block);
    for (source::Record record; records.next(record);) {
      if (record.blank) continue;
      if (!header) {
        header.emplace();
        for (const source::Cell& cell : record.cells) header->emplace_back(cell.text);
        continue;
      }
      ONUS_TRY(TomlValue item, item_of(record, *header, file));
      out.push_back(std::move(item));
    }
  }
}

Result<std::vector<TomlValue>> tables_of(const std::string& bytes, std::string_view file,
                                         bool& complete) {
  ONUS_TRY(TomlValue root, parse_toml(bytes, file));
  ONUS_TRY_VOID(root.only(file, {"complete", "agreement"}));
  if (const TomlValue* said = root.find("complete")) {
    if (!said->is(TomlValue::Kind::boolean))
      return toml_error(file, *said, "'complete' is true or false");
    complete = said->boolean;
  }
  ONUS_TRY_VOID(root.tables_at(file, "agreement"));  // where it is there, it is tables
  for (auto& [key, value] : root.members) {
    if (key == "agreement") return std::move(value.items);
  }
  return std::vector<TomlValue>();
}

}  // namespace

Result<Register> load_agreements(const std::filesystem::path& path) {
  ONUS_TRY(const std::string bytes, read_file(path, kMaxBytes));
  const std::string file = path.string();
  const bool csv = path.extension() == ".csv";
  Register out;
  ONUS_TRY(const std::vector<TomlValue> items,
           csv ? rows_of(bytes, file) : tables_of(bytes, file, out.complete));
  ONUS_TRY(out.agreements, resolve::read_agreements(items, file));
  out.name = path.filename().string();
  out.sha256 = to_hex(sha256(bytes));
  return out;
}

}  // namespace onus::cli
