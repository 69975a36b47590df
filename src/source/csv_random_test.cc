// SPDX-License-Identifier: Apache-2.0
// Random tables, written in every variant of quotes, line ends, delimiter and encoding, read back.
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "source/csv.h"

namespace onus::source {
namespace {

enum class Form { utf8, utf8_bom, utf16le, utf16be, utf16le_no_bom, windows1252 };

struct Variant {
  char delimiter;
  std::string line_end;  // "": each row another
  bool quote_all;
  Form form;
};

using Rows = std::vector<std::vector<std::u32string>>;
using Texts = std::vector<std::vector<std::string>>;  // in UTF-8

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}

  std::size_t below(std::size_t n) { return random_() % n; }

  // The first row is plain words, as headers are, so that delimiter and encoding can be told.
  Rows rows(bool latin) {
    const std::size_t width = 2 + below(5);
    Rows made(3 + below(30), std::vector<std::u32string>(width));
    for (std::u32string& cell : made[0]) cell = U"Column name";
    for (std::size_t i = 1; i < made.size(); ++i) {
      for (std::u32string& cell : made[i]) cell = text(latin);
    }
    made[1][0] = U"caf\u00E9 \u00F1and\u00FA";
    return made;
  }

 private:
  std::u32string text(bool latin) {
    static const std::u32string kPlain = U"abcXYZ 0189-/'*#";
    static const std::u32string kRare = U"\",;|\t\r\n\u00E9\u00DC";
    static const std::u32string kWide = U"\u20AC\u4E2D\U0001F697\u05D0";
    std::u32string out;
    for (std::size_t left = below(12); left > 0; --left) {
      const std::size_t kind = below(12);
      const std::u32string& from = kind == 0 ? kRare : kind == 1 && !latin ? kWide : kPlain;
      out += from[below(from.size())];
    }
    return out;
  }

  std::mt19937_64 random_;
};

std::string utf8(const std::u32string& text) {
  std::string out;
  for (const char32_t c : text) {
    const auto byte = [&](char32_t value) { out += static_cast<char>(value); };
    if (c < 0x80) byte(c);
    if (c >= 0x80 && c < 0x800) byte(0xC0 | c >> 6);
    if (c >= 0x800 && c < 0x10000) byte(0xE0 | c >> 12);
    if (c >= 0x10000) byte(0xF0 | c >> 18), byte(0x80 | (c >> 12 & 0x3F));
    if (c >= 0x800) byte(0x80 | (c >> 6 & 0x3F));
    if (c >= 0x80) byte(0x80 | (c & 0x3F));
  }
  return out;
}

std::string utf16(const std::u32string& text, bool big) {
  std::string out;
  const auto unit = [&](char32_t value) {
    const char high = static_cast<char>(value >> 8);
    const char low = static_cast<char>(value & 0xFF);
    out += big ? high : low;
    out += big ? low : high;
  };
  for (const char32_t c : text) {
    if (c >= 0x10000) unit(0xD800 + ((c - 0x10000) >> 10)), unit(0xDC00 + ((c - 0x10000) & 0x3FF));
    if (c < 0x10000) unit(c);
  }
  return out;
}

std::string encoded(const std::u32string& text, Form form) {
  switch (form) {
    case Form::utf8:
      return utf8(text);
    case Form::utf8_bom:
      return "\xEF\xBB\xBF" + utf8(text);
    case Form::utf16le:
      return "\xFF\xFE" + utf16(text, false);
    case Form::utf16be:
      return "\xFE\xFF" + utf16(text, true);
    case Form::utf16le_no_bom:
      return utf16(text, false);
    case Form::windows1252:
      return {text.begin(), text.end()};  // only code points below 80 and from A0 to FF are made
  }
  return {};
}

std::u32string written(const Rows& rows, const Variant& variant, Maker& maker) {
  static const std::array<std::u32string, 3> kEnds = {U"\n", U"\r\n", U"\r"};
  const std::u32string special =
      U"\"\r\n" + std::u32string(1, static_cast<char32_t>(variant.delimiter));
  std::u32string out;
  for (const auto& row : rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c > 0) out += static_cast<char32_t>(variant.delimiter);
      const bool must = row[c].find_first_of(special) != std::u32string::npos;
      if (!must && !variant.quote_all) {
        out += row[c];
        continue;
      }
      out += U'"';
      for (const char32_t symbol : row[c]) out += std::u32string(symbol == U'"' ? 2 : 1, symbol);
      out += U'"';
    }
    out += variant.line_end.empty()
               ? kEnds[maker.below(3)]
               : std::u32string(variant.line_end.begin(), variant.line_end.end());
  }
  return out;
}

Texts in_utf8(const Rows& rows) {
  Texts texts;
  for (const auto& row : rows) {
    auto& to = texts.emplace_back();
    to.reserve(row.size());
    for (const std::u32string& cell : row) to.push_back(utf8(cell));
  }
  return texts;
}

Texts read(CsvStream& stream) {
  Texts rows;
  for (;;) {
    const Result<std::optional<Block>> block = stream.next();
    if (!block || !*block) return rows;
    Records records(**block);
    for (Record record; records.next(record);) {
      EXPECT_EQ(record.damage, Damage::none) << names(record.damage);
      auto& row = rows.emplace_back();
      for (const Cell& cell : record.cells) row.emplace_back(cell.text);
    }
  }
}

void expect_read_back(const std::string& bytes, const Rows& rows, char delimiter) {
  Result<CsvStream> stream = CsvStream::from_bytes(bytes, {}, 64);
  ASSERT_TRUE(stream);
  EXPECT_EQ(stream->dialect().delimiter, delimiter);
  EXPECT_EQ(read(*stream), in_utf8(rows));
  EXPECT_EQ(stream->bytes(), static_cast<std::int64_t>(bytes.size()));
  EXPECT_FALSE(stream->cut_off());
}

TEST(Csv, ReadsBackRandomTablesInEveryVariant) {
  constexpr std::array kForms = {Form::utf8,    Form::utf8_bom,       Form::utf16le,
                                 Form::utf16be, Form::utf16le_no_bom, Form::windows1252};
  std::uint64_t seed = 20250701;
  for (const char delimiter : {',', ';', '\t', '|'}) {
    for (const char* line_end : {"\n", "\r\n", "\r", ""}) {
      for (const bool quote_all : {false, true}) {
        for (const Form form : kForms) {
          SCOPED_TRACE("seed " + std::to_string(++seed));
          Maker maker(seed);
          const Rows rows = maker.rows(form == Form::windows1252);
          const std::u32string text = written(rows, {delimiter, line_end, quote_all, form}, maker);
          expect_read_back(encoded(text, form), rows, delimiter);
        }
      }
    }
  }
}

}  // namespace
}  // namespace onus::source
