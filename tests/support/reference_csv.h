// SPDX-License-Identifier: Apache-2.0
// A slow reader of CSV, one character after the other, to hold fast ones against. A quote opens a
// quoted cell only at its beginning; within it "" is a quote, and a quote before anything but a
// comma, a line end or the end is text. A line ends with LF, CRLF or CR.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace onus::makelogs {

struct ReferenceRow {
  std::vector<std::string> cells;
  std::size_t begin = 0;  // offset of its first byte
};

std::vector<ReferenceRow> read_csv_slowly(std::string_view bytes);

// UTF-8 of a file's bytes: byte order marks, UTF-16 either way, else (not valid UTF-8)
// Windows-1252.
std::string to_utf8_slowly(std::string_view bytes);

}  // namespace onus::makelogs
