// SPDX-License-Identifier: Apache-2.0
#include "support/xlsx_form.h"

#include <array>
#include <cstdio>
#include <fstream>
#include <string>
#include <unordered_map>
#include <vector>

#include "support/calendar.h"
#include "support/output.h"
#include "support/zip_writer.h"

namespace onus::makelogs {
namespace {

constexpr std::int64_t kSerialOf1970 = 25'569;
constexpr std::int64_t kDaysTo1904 = 1462;
constexpr std::string_view kHead =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view kMain =
    " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">";

// Well-formed CSV with LF or CRLF, one record at a time.
class Records {
 public:
  explicit Records(const std::filesystem::path& path) : file_(path, std::ios::binary) {}
  bool is_open() const { return file_.is_open(); }

  bool next(std::vector<std::string>& cells) {
    cells.clear();
    if (peek() == kEnd) return false;
    for (;;) {
      const int c = peek();
      if (c == kEnd || c == '\n' || c == '\r') break;
      read_cell(cells.emplace_back());
      if (peek() != ',') break;
      get();
      if (peek() == '\n' || peek() == '\r' || peek() == kEnd) {
        cells.emplace_back();
        break;
      }
    }
    if (peek() == '\r') get();
    if (peek() == '\n') get();
    return true;
  }

 private:
  static constexpr int kEnd = std::char_traits<char>::eof();

  int peek() { return file_.rdbuf()->sgetc(); }
  char get() { return static_cast<char>(file_.rdbuf()->sbumpc()); }
  void read_cell(std::string& cell) {
    if (peek() != '"') {
      while (peek() != ',' && peek() != '\n' && peek() != '\r' && peek() != kEnd) cell += get();
      return;
    }
    get();
    while (peek() != kEnd) {
      const char c = get();
      if (c == '"' && peek() != '"') return;
      if (c == '"') get();
      cell += c;
    }
  }
  std::ifstream file_;
};

bool is_whole_number(const std::string& text) {
  return !text.empty() && text.size() <= 15 && (text[0] != '0' || text.size() == 1) &&
         text.find_first_not_of("0123456789") == std::string::npos;
}

// Milliseconds since 1970 of "3/4/2026, 07:08:09 PM UTC"; -1: another text.
std::int64_t us_time(const std::string& text) {
  int month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0, end = 0;
  char half = ' ';
  const int got = std::sscanf(text.c_str(), "%2d/%2d/%4d, %2d:%2d:%2d %cM UTC%n", &month, &day,
                              &year, &hour, &minute, &second, &half, &end);
  if (got != 7 || end != static_cast<int>(text.size())) return -1;
  const std::int64_t hours = hour % 12 + (half == 'P' ? 12 : 0);
  return midnight_utc({year, month, day}) + ((hours * 60 + minute) * 60 + second) * 1000;
}

std::string column_name(std::size_t column) {
  std::string name(1, static_cast<char>('A' + column % 26));
  return column < 26 ? name : std::string(1, static_cast<char>('A' + column / 26 - 1)) + name;
}

class SheetWriter {
 public:
  SheetWriter(Output sheet, Output strings, const XlsxForm& form)
      : sheet_(std::move(sheet)), strings_(std::move(strings)), form_(form) {
    sheet_.write(kHead);
    sheet_.write("<worksheet");
    sheet_.write(kMain);
    sheet_.write("<sheetData>");
    strings_.write(kHead);
    strings_.write("<sst");
    strings_.write(kMain);
  }

  void row(const std::vector<std::string>& cells) {
    const std::string number = std::to_string(++row_);
    line_ = "<row r=\"" + number + "\" spans=\"1:11\">";
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (!cells[i].empty()) cell(column_name(i) + number, cells[i]);
    }
    line_ += "</row>";
    sheet_.write(line_);
  }

  Result<void> close() {
    sheet_.write("</sheetData></worksheet>");
    strings_.write("</sst>");
    ONUS_TRY_VOID(sheet_.close());
    return strings_.close();
  }

 private:
  void cell(const std::string& at, const std::string& text) {
    const std::int64_t when = form_.dates ? us_time(text) : -1;
    if (when >= 0) {
      std::array<char, 64> serial;
      const std::int64_t epoch = kSerialOf1970 - (form_.from_1904 ? kDaysTo1904 : 0);
      std::snprintf(serial.data(), serial.size(), "%.10f",
                    static_cast<double>(when) / 86'400'000.0 + static_cast<double>(epoch));
      line_ += "<c r=\"" + at + "\" s=\"1\"><v>" + serial.data() + "</v></c>";
    } else if (is_whole_number(text)) {
      line_ += "<c r=\"" + at + "\"><v>" + text + "</v></c>";
    } else if (form_.shared_strings) {
      line_ += "<c r=\"" + at + "\" t=\"s\"><v>" + std::to_string(shared(text)) + "</v></c>";
    } else {
      line_ += "<c r=\"" + at + "\" t=\"inlineStr\"><is><t>" + support::xml_escaped(text) +
               "</t></is></c>";
    }
  }
  std::size_t shared(const std::string& text) {
    const auto [at, fresh] = numbers_.try_emplace(text, numbers_.size());
    if (fresh) {
      strings_.write("<si><t xml:space=\"preserve\">" + support::xml_escaped(text) + "</t></si>");
    }
    return at->second;
  }

  Output sheet_;
  Output strings_;
  XlsxForm form_;
  std::int64_t row_ = 0;
  std::string line_;
  std::unordered_map<std::string, std::size_t> numbers_;
};

}  // namespace

Result<void> csv_to_xlsx(const std::filesystem::path& csv, const std::filesystem::path& xlsx,
                         const XlsxForm& form) {
  Records records(csv);
  if (!records.is_open()) return fail(Code::io, "cannot read " + csv.string());
  const std::filesystem::path sheet = xlsx.string() + ".sheet";
  const std::filesystem::path strings = xlsx.string() + ".strings";
  ONUS_TRY(Output sheet_output, Output::open(sheet));
  ONUS_TRY(Output strings_output, Output::open(strings));
  SheetWriter writer(std::move(sheet_output), std::move(strings_output), form);
  for (std::vector<std::string> cells; records.next(cells);) writer.row(cells);
  ONUS_TRY_VOID(writer.close());
  support::Workbook book;
  book.sheets.push_back({"Audit", "", "", sheet});
  if (form.shared_strings) book.strings_file = strings;
  book.styles = support::styles_xml({"0", "m/d/yyyy h:mm:ss AM/PM"});
  if (form.from_1904) book.properties = "<workbookPr date1904=\"true\"/>";
  const Result<void> written = support::write_zip(xlsx, support::entries_of(book));
  std::error_code ignored;
  std::filesystem::remove(sheet, ignored);
  std::filesystem::remove(strings, ignored);
  return written;
}

}  // namespace onus::makelogs
