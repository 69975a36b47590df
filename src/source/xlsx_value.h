// SPDX-License-Identifier: Apache-2.0
// What a cell of a workbook says, as text. A detail of module source.
//
// A workbook keeps numbers as binary fractions and dates as days since an epoch; only the style of
// the cell tells them apart. Numbers read as a spreadsheet shows them at full width, dates and
// times as ISO 8601, so that a profile's times read them. docs/formats-xlsx.md has the table.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace onus::source {

enum class Epoch : std::uint8_t { y1900, y1904 };

// What a style makes of a number.
struct NumberStyle {
  enum class Kind : std::uint8_t { plain, zeros, date, time, date_time, duration };
  Kind kind = Kind::plain;
  std::uint8_t digits = 0;  // zeros: "00000" pads to this many
};

// ECMA-376 part 1, 18.8.30: ids without a code of their own, those of East Asian locales included.
NumberStyle builtin_style(int id);
// A code such as `[$-409]m/d/yy h:mm AM/PM;@`, judged by its first section.
NumberStyle style_of_code(std::string_view code);

// Appends the number `text` in that style. What is no number, or no date that exists, stays as it
// stands.
void append_number(std::string_view text, NumberStyle style, Epoch epoch, std::string& out);

// Appends text of a workbook with its _xHHHH_ made the character (part 1, 22.9.2.19): writers put
// what XML cannot hold that way, CR as _x000D_.
void append_unescaped(std::string_view text, std::string& out);

}  // namespace onus::source
