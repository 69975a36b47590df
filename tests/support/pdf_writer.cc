// SPDX-License-Identifier: Apache-2.0
#include "support/pdf_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace onus::test {
namespace {

constexpr std::array<int, 95> kWidths = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,  278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,  556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,  500, 334, 260, 334, 584};

// In Windows-1252, which is Latin-1 for the letters that logs have.
std::string literal(std::string_view text) {
  std::string out = "(";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (text[i] == '(' || text[i] == ')' || text[i] == '\\') out += '\\';
    if ((byte == 0xC2 || byte == 0xC3) && i + 1 < text.size()) {
      out += static_cast<char>((byte & 3U) << 6 | (static_cast<unsigned char>(text[++i]) & 0x3FU));
    } else {
      out += text[i];
    }
  }
  return out + ")";
}

std::vector<std::string> wrapped(const std::string& cell, double width, double size) {
  std::vector<std::string> lines;
  std::string line;
  const auto flush = [&] {
    lines.push_back(line);
    line.clear();
  };
  std::size_t at = 0;
  while (at <= cell.size()) {
    const std::size_t end = std::min(cell.find_first_of(" \n", at), cell.size());
    const std::string word = cell.substr(at, end - at);
    const std::string longer = line.empty() ? word : line + ' ' + word;
    if (!line.empty() && helvetica_width(longer, size) > width) {
      flush();
      line = word;
    } else {
      line = longer;
    }
    if (end < cell.size() && cell[end] == '\n') flush();
    at = end + 1;
  }
  flush();
  return lines;
}

class TablePrinter {
 public:
  explicit TablePrinter(const PrintStyle& style)
      : style_(style),
        pdf_(sideways() ? style.height : style.width, sideways() ? style.width : style.height,
             style.shift) {}

  std::string print(const std::vector<std::vector<std::string>>& rows) {
    begin(rows.front(), true);
    for (std::size_t i = 1; i < rows.size(); ++i) row(rows[i], rows.front());
    return pdf_.finish();
  }

 private:
  bool sideways() const { return style_.turn % 180 != 0; }
  double bottom() const {
    return style_.height - style_.margin - (style_.title_and_footer ? 14 : 0);
  }

  void put(double x, double y, std::string_view text) {
    if (!text.empty()) pdf_.text(x, y, style_.size, text, style_.turn);
  }

  void begin(const std::vector<std::string>& header, bool first) {
    pdf_.begin_page(style_.rotate);
    ++page_;
    y_ = style_.margin;
    if (style_.title_and_footer) {
      put(style_.margin, y_ + style_.size, "Search audit of a made-up agency");
      put(style_.width / 2, style_.height - style_.margin, fmt::format("Page {}", page_));
      y_ += 24;
    }
    if (first || style_.header_on_each_page) cells(lines_of(header), 0, 1000);
  }

  using Lines = std::vector<std::vector<std::string>>;
  Lines lines_of(const std::vector<std::string>& row) const {
    Lines lines;
    for (std::size_t c = 0; c < row.size(); ++c) {
      lines.push_back(wrapped(row[c], style_.columns[c] - style_.gap, style_.size));
    }
    return lines;
  }
  static std::size_t tallest(const Lines& lines) {
    std::size_t most = 1;
    for (const auto& cell : lines) most = std::max(most, cell.size());
    return most;
  }

  void row(const std::vector<std::string>& row, const std::vector<std::string>& header) {
    const Lines lines = lines_of(row);
    const std::size_t all = tallest(lines);
    std::size_t done = 0;
    if (style_.rows_may_split) {
      const double room = bottom() - y_ - 2 * style_.padding;
      const auto fits = static_cast<std::size_t>(std::max(0.0, room / style_.leading));
      if (fits > 0 && fits < all) cells(lines, 0, done = fits);
    }
    if (y_ + static_cast<double>(all - done) * style_.leading + 2 * style_.padding > bottom()) {
      begin(header, false);
    }
    cells(lines, done, all);
  }

  // Lines [from, to) of each cell, as if the row had only those.
  void cells(const Lines& lines, std::size_t from, std::size_t to) {
    to = std::min(to, tallest(lines));
    double x = style_.margin;
    for (std::size_t c = 0; c < lines.size(); x += style_.columns[c++]) {
      const double spare = static_cast<double>(tallest(lines) - lines[c].size());
      const double down = style_.stand == Stand::top      ? 0
                          : style_.stand == Stand::bottom ? spare
                                                          : spare / 2;
      for (std::size_t i = from; i < std::min(to, lines[c].size()); ++i) {
        const bool right = c < style_.aligns.size() && style_.aligns[c] == Align::right;
        const double free = style_.columns[c] - style_.gap;
        const double in = right ? free - helvetica_width(lines[c][i], style_.size) : 0;
        put(x + in,
            y_ + style_.padding + (static_cast<double>(i - from) + down) * style_.leading +
                style_.size,
            lines[c][i]);
      }
    }
    y_ += 2 * style_.padding + static_cast<double>(to - from) * style_.leading;
  }

  PrintStyle style_;
  PdfWriter pdf_;
  double y_ = 0;
  int page_ = 0;
};

}  // namespace

double helvetica_width(std::string_view text, double size) {
  int sum = 0;
  for (const char c : text)
    sum += c >= ' ' && c <= '~' ? kWidths[static_cast<std::size_t>(c - ' ')] : 556;
  return sum * size / 1000;
}

void PdfWriter::begin_page(int rotate) { pages_.push_back({.rotate = rotate}); }

void PdfWriter::text(double x, double y, double size, std::string_view text, int turn) {
  const char* matrix = turn == 0     ? "1 0 0 1"
                       : turn == 90  ? "0 1 -1 0"
                       : turn == 180 ? "-1 0 0 -1"
                                     : "0 -1 1 0";
  double px = x, py = height_ - y;
  if (turn == 90) px = y, py = x;
  if (turn == 180) px = width_ - x, py = y;
  if (turn == 270) px = width_ - y, py = height_ - x;
  pages_.back().content += fmt::format("BT /F1 {:.2f} Tf {} {:.3f} {:.3f} Tm {} Tj ET\n", size,
                                       matrix, px, py, literal(text));
}

void PdfWriter::box(double x, double y, double width, double height) {
  pages_.back().content +=
      fmt::format("{:.2f} {:.2f} {:.2f} {:.2f} re f\n", x, height_ - y - height, width, height);
}

std::string PdfWriter::finish() const {
  std::string out = "%PDF-1.4\n";
  std::vector<std::size_t> at;
  const auto object = [&](const std::string& body) {
    at.push_back(out.size());
    out += fmt::format("{} 0 obj\n{}\nendobj\n", at.size(), body);
  };
  const auto stream = [&](const std::string& content) {
    object(fmt::format("<< /Length {} >>\nstream\n{}endstream", content.size(), content));
  };
  std::string kids;
  for (std::size_t i = 0; i < pages_.size(); ++i) kids += fmt::format("{} 0 R ", 5 + 2 * i);
  object("<< /Type /Catalog /Pages 2 0 R >>");
  object(fmt::format("<< /Type /Pages /Count {} /Kids [ {}] >>", pages_.size(), kids));
  object(
      fmt::format("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding "
                  "/WinAnsiEncoding{} >>",
                  shift_ == 0 ? "" : " /ToUnicode 4 0 R"));
  stream(fmt::format(
      "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange <00> "
      "<FF> endcodespacerange\n1 beginbfrange <20> <7E> <{:04X}> endbfrange\nendcmap\n",
      0x20 + shift_));
  for (const Sheet& page : pages_) {
    object(
        fmt::format("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {:.2f} {:.2f}] /Rotate {} "
                    "/Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
                    width_, height_, page.rotate, at.size() + 2));
    stream(page.content);
  }
  const std::size_t table = out.size();
  out += fmt::format("xref\n0 {}\n0000000000 65535 f \n", at.size() + 1);
  for (const std::size_t offset : at) out += fmt::format("{:010} 00000 n \n", offset);
  out += fmt::format("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", at.size() + 1,
                     table);
  return out;
}

std::string print_table(const std::vector<std::vector<std::string>>& rows,
                        const PrintStyle& style) {
  return TablePrinter(style).print(rows);
}

}  // namespace onus::test
