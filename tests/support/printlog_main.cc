// SPDX-License-Identifier: Apache-2.0
// onus-printlog LOG.csv OUT.pdf [STYLE]: a table as a print, for tests and benchmarks. Styles:
//   browser  cells in the middle of their row, the header on each page, titles and page numbers
//   sheet    as spreadsheets print: cells at the bottom of their row, no space between rows, the
//            header on the first page alone, the pages turned
//   upward   text that runs upwards on an upright page
#include <cstdio>
#include <iostream>
#include <string>

#include "base/file.h"
#include "source/csv.h"
#include "support/pdf_writer.h"

namespace {

using Rows = std::vector<std::vector<std::string>>;

onus::Result<Rows> read_csv(const std::string& path) {
  ONUS_TRY(onus::source::CsvStream stream, onus::source::CsvStream::open(path, {}));
  Rows rows;
  for (;;) {
    ONUS_TRY(const std::optional<onus::source::Block> block, stream.next());
    if (!block) return rows;
    onus::source::Records records(*block);
    for (onus::source::Record record; records.next(record);) {
      if (record.blank) continue;
      std::vector<std::string>& row = rows.emplace_back();
      for (const onus::source::Cell& cell : record.cells) row.emplace_back(cell.text);
    }
  }
}

// The widest word of a column must fit; up to twice that is given where values are longer.
std::vector<double> column_widths(const Rows& rows, double size, double gap, double all) {
  std::vector<double> least(rows.front().size()), wanted(rows.front().size());
  for (const auto& row : rows) {
    for (std::size_t c = 0; c < std::min(row.size(), least.size()); ++c) {
      wanted[c] = std::max(wanted[c], onus::test::helvetica_width(row[c], size));
      for (std::size_t at = 0; at < row[c].size();) {
        const std::size_t end = std::min(row[c].find_first_of(" \n", at), row[c].size());
        const std::string word = row[c].substr(at, end - at);
        least[c] = std::max(least[c], onus::test::helvetica_width(word, size));
        at = end + 1;
      }
    }
  }
  double sum = 0, spare = 0;
  for (std::size_t c = 0; c < least.size(); ++c) {
    sum += least[c] + gap;
    spare += wanted[c] - least[c];
  }
  const double share = spare > 0 ? std::min(1.0, std::max(0.0, all - sum) / spare) : 0;
  for (std::size_t c = 0; c < least.size(); ++c) {
    least[c] += gap + (wanted[c] - least[c]) * share;
  }
  return least;
}

onus::test::PrintStyle style_named(const std::string& name) {
  onus::test::PrintStyle style;
  style.size = 5.6;
  style.leading = 7;
  style.stand = onus::test::Stand::middle;
  if (name == "sheet") {
    style.stand = onus::test::Stand::bottom;
    style.padding = 0;
    style.header_on_each_page = style.title_and_footer = false;
    style.turn = 90;
    style.rotate = 90;
  }
  if (name == "upward") style.turn = 90;
  return style;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) {
    std::cerr << "usage: onus-printlog LOG.csv OUT.pdf [browser|sheet|upward]\n";
    return 2;
  }
  const onus::Result<Rows> rows = read_csv(arguments[1]);
  if (!rows || rows->empty()) return 3;
  onus::test::PrintStyle style = style_named(count > 3 ? arguments[3] : "browser");
  style.columns = column_widths(*rows, style.size, style.gap, style.width - 2 * style.margin);
  double sum = 2 * style.margin;
  for (const double width : style.columns) sum += width;
  style.width = std::max(style.width, sum);  // a wider sheet rather than columns cut apart
  return onus::write_file(arguments[2], onus::test::print_table(*rows, style)) ? 0 : 4;
}
