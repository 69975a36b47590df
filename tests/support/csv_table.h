// SPDX-License-Identifier: Apache-2.0
// For tests of comparisons: a synthetic log as a table of cells, and a table as a file's bytes.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "base/file.h"
#include "support/random.h"
#include "support/reference_csv.h"
#include "support/scenarios.h"

namespace onus::makelogs {

using Cells = std::vector<std::string>;

struct Table {
  Cells header;
  std::vector<Cells> rows;
  std::size_t column(std::string_view name) const {
    return static_cast<std::size_t>(std::ranges::find(header, name) - header.begin());
  }
};

inline Table synthetic(std::uint64_t seed, std::string_view format, std::uint64_t rows) {
  Result<TempDir> dir = TempDir::make(std::filesystem::temp_directory_path());
  Result<Scenario> scenario = one_file(seed, format, rows);
  scenario->truth_rows = false;
  const Result<Written> written = write_logs(*scenario, dir->path());
  ONUS_CHECK(written);
  const Result<std::string> bytes = read_file(dir->path() / written->files[0].file, 1 << 24);
  std::vector<ReferenceRow> read = read_csv_slowly(*bytes);
  Table table{.header = read[0].cells, .rows = {}};
  for (std::size_t i = 1; i < read.size(); ++i) table.rows.push_back(read[i].cells);
  return table;
}

// How a table is written down, which says nothing of what it holds.
struct Form {
  std::vector<std::size_t> columns;  // their order
  bool quote_all = false;
  std::string line_end = "\n";
};

inline std::string quoted(const std::string& cell, bool always) {
  if (!always && cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string out = "\"";
  for (const char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

inline std::string written(const Table& table, const Form& form) {
  std::string out;
  const auto add = [&](const Cells& cells) {
    for (std::size_t i = 0; i < form.columns.size(); ++i) {
      out += (i > 0 ? "," : "") + quoted(cells[form.columns[i]], form.quote_all);
    }
    out += form.line_end;
  };
  add(table.header);
  for (const Cells& row : table.rows) add(row);
  return out;
}

inline Form plain(const Table& table) {
  Form form;
  for (std::size_t i = 0; i < table.header.size(); ++i) form.columns.push_back(i);
  return form;
}

template <class T>
void shuffle(Rng& rng, std::vector<T>& items) {
  for (std::size_t i = items.size(); i > 1; --i) {
    std::swap(items[i - 1], items[rng.below(static_cast<std::uint32_t>(i))]);
  }
}

}  // namespace onus::makelogs
