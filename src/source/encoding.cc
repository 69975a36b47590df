// SPDX-License-Identifier: Apache-2.0
#include "source/encoding.h"

#include <array>

namespace onus::source {
namespace {

using Byte = unsigned char;

Byte byte_at(std::string_view text, std::size_t at) { return static_cast<Byte>(text[at]); }

// Size of the valid character that begins at `at`, or 0.
std::size_t character_size(std::string_view text, std::size_t at) {
  const Byte lead = byte_at(text, at);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() - at < size) return 0;
  const Byte low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const Byte high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  const Byte second = byte_at(text, at + 1);
  if (second < low || second > high) return 0;
  for (std::size_t i = 2; i < size; ++i) {
    if ((byte_at(text, at + i) & 0xC0) != 0x80) return 0;
  }
  return size;
}

std::size_t put(char* out, std::uint32_t c) {
  const auto tail = [&](std::uint32_t shift) {
    return static_cast<char>(0x80 | ((c >> shift) & 0x3F));
  };
  if (c < 0x80) return out[0] = static_cast<char>(c), 1;
  if (c < 0x800) return out[0] = static_cast<char>(0xC0 | (c >> 6)), out[1] = tail(0), 2;
  if (c < 0x10000) {
    out[0] = static_cast<char>(0xE0 | (c >> 12));
    return out[1] = tail(6), out[2] = tail(0), 3;
  }
  out[0] = static_cast<char>(0xF0 | (c >> 18));
  return out[1] = tail(12), out[2] = tail(6), out[3] = tail(0), 4;
}

void put(std::string& out, std::uint32_t c) {
  std::array<char, 4> bytes{};
  out.append(bytes.data(), put(bytes.data(), c));
}

// The bytes 80..9F of Windows-1252. Five are not assigned and stand for themselves.
constexpr std::array<std::uint16_t, 32> kHigh1252 = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

// False if a byte was none of Windows-1252.
bool decode_1252(std::string_view cell, std::string& out) {
  bool assigned = true;
  for (const char c : cell) {
    const Byte byte = static_cast<Byte>(c);
    const bool special = byte >= 0x80 && byte < 0xA0;
    const std::uint32_t point = special ? kHigh1252[byte - 0x80U] : byte;
    assigned = assigned && !(special && point == byte);
    put(out, point);
  }
  return assigned;
}

void replace_invalid(std::string_view cell, std::string& out) {
  for (std::size_t at = 0; at < cell.size();) {
    const std::size_t size = character_size(cell, at);
    if (size > 0) {
      out.append(cell.substr(at, size));
      at += size;
      continue;
    }
    put(out, 0xFFFD);
    at += byte_at(cell, at) == 0xED && cell.size() - at >= 3 ? 3 : 1;
  }
}

// Text in Latin letters has a NUL in every other place of UTF-16 and in none of UTF-8. A quarter is
// enough for the separators and digits of a table in another script.
bool looks_like_utf16(std::string_view sample, std::size_t nul_side) {
  const std::size_t pairs = sample.size() / 2;
  std::size_t here = 0;
  std::size_t other = 0;
  for (std::size_t i = 0; i < pairs * 2; ++i) {
    if (sample[i] == '\0') ++(i % 2 == nul_side ? here : other);
  }
  return pairs >= 2 && here * 4 >= pairs && other * 20 <= here;
}

bool looks_like_1252(std::string_view sample) {
  std::size_t broken = 0;
  std::size_t kept = 0;
  for (std::size_t at = 0; at < sample.size();) {
    const std::size_t size = character_size(sample, at);
    if (size == 0 && sample.size() - at < 4 && at > 0) break;  // perhaps cut by the sample's end
    broken += size == 0;
    kept += size > 1;
    at += size == 0 ? 1 : size;
  }
  return broken > 0 && broken >= kept;
}

std::uint32_t unit_at(std::string_view bytes, std::size_t at, bool big_endian) {
  const std::uint32_t a = byte_at(bytes, at);
  const std::uint32_t b = byte_at(bytes, at + 1);
  return big_endian ? (a << 8 | b) : (b << 8 | a);
}

}  // namespace

Detected detect_encoding(std::string_view sample) {
  if (sample.starts_with("\xEF\xBB\xBF")) return {Encoding::utf8_bom, 3};
  if (sample.starts_with("\xFF\xFE")) return {Encoding::utf16le, 2};
  if (sample.starts_with("\xFE\xFF")) return {Encoding::utf16be, 2};
  if (looks_like_utf16(sample, 1)) return {Encoding::utf16le, 0};
  if (looks_like_utf16(sample, 0)) return {Encoding::utf16be, 0};
  if (looks_like_1252(sample)) return {Encoding::windows1252, 0};
  return {};
}

std::string_view encoding_name(Encoding encoding) {
  static constexpr std::array<std::string_view, 5> kNames = {"UTF-8", "UTF-8 with BOM", "UTF-16LE",
                                                             "UTF-16BE", "Windows-1252"};
  return kNames[static_cast<std::size_t>(encoding)];
}

bool is_valid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = character_size(text, at);
    if (size == 0) return false;
    at += size;
  }
  return true;
}

Transcoded utf16_to_utf8(std::string_view bytes, bool big_endian, bool at_end, char* out) {
  Transcoded done;
  while (bytes.size() - done.used >= 2) {
    std::uint32_t c = unit_at(bytes, done.used, big_endian);
    std::size_t size = 2;
    if (c >= 0xD800 && c < 0xDC00) {
      const bool whole = bytes.size() - done.used >= 4;
      if (!whole && !at_end) return done;
      const std::uint32_t low = whole ? unit_at(bytes, done.used + 2, big_endian) : 0;
      if (low >= 0xDC00 && low < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        size = 4;
      }
    }
    done.used += size;
    done.written += put(out + done.written, c);
  }
  if (at_end && done.used < bytes.size()) {
    out[done.written++] = '\xFF';
    ++done.used;
  }
  return done;
}

std::int32_t utf16_size(std::string_view transcoded) {
  std::int32_t size = 0;
  for (const char c : transcoded) {
    const Byte byte = static_cast<Byte>(c);
    if (byte < 0x80 || (byte >= 0xC0 && byte < 0xF0)) size += 2;
    if (byte >= 0xF0) size += byte == 0xFF ? 1 : 4;
  }
  return size;
}

Decoded decode(std::string_view cell, Encoding file, std::string& decoded) {
  const bool valid = is_valid_utf8(cell);
  if (valid) return {.changed = false, .foreign = file == Encoding::windows1252};
  decoded.clear();
  if (is_utf16(file)) {
    replace_invalid(cell, decoded);
    return {.changed = true, .foreign = true};
  }
  const bool assigned = decode_1252(cell, decoded);
  return {.changed = true, .foreign = file != Encoding::windows1252 || !assigned};
}

}  // namespace onus::source
