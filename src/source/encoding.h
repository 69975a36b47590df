// SPDX-License-Identifier: Apache-2.0
// Which encoding a file is in, and its bytes as UTF-8. A detail of module source.
//
// UTF-16 is turned into UTF-8 before records are sought, in a form that keeps the size on disk
// countable (utf16_size): a lone surrogate becomes its three bytes in the manner of UTF-8, which
// are not valid UTF-8, and half a unit at the end of the file becomes the byte FF. `decode` then
// finds both and puts U+FFFD in their place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace onus::source {

enum class Encoding : std::uint8_t { utf8, utf8_bom, utf16le, utf16be, windows1252 };

struct Detected {
  Encoding encoding = Encoding::utf8;
  std::size_t prelude = 0;  // bytes of the byte order mark
};

// Judges the first bytes of a file. Without a byte order mark: UTF-16 if every other byte is often
// NUL; Windows-1252 if at least as many bytes break UTF-8 as there are characters that keep it.
Detected detect_encoding(std::string_view sample);

std::string_view encoding_name(Encoding encoding);
inline bool is_utf16(Encoding e) { return e == Encoding::utf16le || e == Encoding::utf16be; }

// Unicode 3.9, table 3-7: no overlong forms, no surrogates, nothing over U+10FFFF.
bool is_valid_utf8(std::string_view text);

// Appends to `out`, which has room for 3 bytes per 2 of `bytes`, and returns how many bytes of
// `bytes` were used. A unit that may go on (half a unit, a high surrogate at the end) is left for
// the next call unless `at_end`.
struct Transcoded {
  std::size_t used = 0;
  std::size_t written = 0;
};
Transcoded utf16_to_utf8(std::string_view bytes, bool big_endian, bool at_end, char* out);

// Bytes on disk of what utf16_to_utf8 wrote.
std::int32_t utf16_size(std::string_view transcoded);

// A cell that is not ASCII, as valid UTF-8. `decoded` is set only if the cell's own bytes do not
// serve; `foreign`: the cell is not in the encoding of its file.
struct Decoded {
  bool changed = false;
  bool foreign = false;
};
Decoded decode(std::string_view cell, Encoding file, std::string& decoded);

}  // namespace onus::source
