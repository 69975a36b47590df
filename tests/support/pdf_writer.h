// SPDX-License-Identifier: Apache-2.0
// Small PDFs for tests: text at places, in Helvetica, turned or not, and tables printed the ways in
// which real programs print them. So no PDF is committed and no printing program is needed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace onus::test {

// Width of a text in points, as in Adobe's metrics of Helvetica.
double helvetica_width(std::string_view text, double size);

class PdfWriter {
 public:
  // `shift`: the document maps its characters to others that far away, as a bad producer does.
  PdfWriter(double width, double height, int shift = 0)
      : width_(width), height_(height), shift_(shift) {}

  // `rotate`: the page's own /Rotate, in degrees.
  void begin_page(int rotate = 0);
  // `x`, `y`: of the text's begin, on its base line, from the upper left corner of a reader whose
  // sheet is turned by `turn` degrees (0, 90, 180, 270) against the page.
  void text(double x, double y, double size, std::string_view text, int turn = 0);
  // A filled box: what a page without text has.
  void box(double x, double y, double width, double height);
  std::string finish() const;

 private:
  struct Sheet {
    int rotate = 0;
    std::string content = {};
  };
  double width_, height_;
  int shift_;
  std::vector<Sheet> pages_;
};

enum class Align : std::uint8_t { left, right };
enum class Stand : std::uint8_t { top, middle, bottom };

struct PrintStyle {
  double width = 792, height = 612;  // of the sheet as it is read
  double margin = 36;
  double size = 7;       // of the font
  double leading = 8.4;  // between the lines of a cell
  double padding = 3;    // above and below a row's lines; 0: as Excel prints
  Stand stand = Stand::top;
  bool header_on_each_page = true;
  bool title_and_footer = true;
  bool rows_may_split = false;  // over two pages
  int turn = 0;                 // degrees, of the text on the page
  int rotate = 0;               // degrees, the page's own
  int shift = 0;
  std::vector<double> columns = {};  // widths in points
  std::vector<Align> aligns = {};    // left where there are fewer
  double gap = 4;                    // in each column, left free at its end
};

// The rows of a table, header first, printed. A line break in a cell begins a line.
std::string print_table(const std::vector<std::vector<std::string>>& rows, const PrintStyle& style);

}  // namespace onus::test
