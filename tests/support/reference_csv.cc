// SPDX-License-Identifier: Apache-2.0
#include "support/reference_csv.h"

namespace onus::makelogs {
namespace {

bool ends_cell(std::string_view bytes, std::size_t at) {
  return at == bytes.size() || bytes[at] == ',' || bytes[at] == '\n' || bytes[at] == '\r';
}

// The cell that begins at `at`; leaves `at` on what ended it.
std::string read_cell(std::string_view bytes, std::size_t& at) {
  std::string cell;
  const bool quoted = at < bytes.size() && bytes[at] == '"';
  if (quoted) ++at;
  for (; at < bytes.size(); ++at) {
    const char c = bytes[at];
    if (!quoted && ends_cell(bytes, at)) return cell;
    if (quoted && c == '"') {
      if (ends_cell(bytes, at + 1)) {
        ++at;
        return cell;
      }
      if (bytes[at + 1] == '"') ++at;
    }
    cell.push_back(c);
  }
  return cell;
}

void append_utf8(std::string& out, unsigned unit) {
  if (unit < 0x80) {
    out.push_back(static_cast<char>(unit));
    return;
  }
  out.push_back(static_cast<char>(0xc0 | unit >> 6));
  out.push_back(static_cast<char>(0x80 | (unit & 0x3f)));
}

// Only two-byte sequences occur in our logs.
bool is_utf8(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if (byte < 0x80) continue;
    if (byte < 0xc2 || byte > 0xdf || ++i == bytes.size()) return false;
    if ((static_cast<unsigned char>(bytes[i]) & 0xc0) != 0x80) return false;
  }
  return true;
}

}  // namespace

std::vector<ReferenceRow> read_csv_slowly(std::string_view bytes) {
  std::vector<ReferenceRow> rows;
  std::size_t at = 0;
  while (at < bytes.size()) {
    ReferenceRow row;
    row.begin = at;
    row.cells.push_back(read_cell(bytes, at));
    while (at < bytes.size() && bytes[at] == ',') {
      ++at;
      row.cells.push_back(read_cell(bytes, at));
    }
    if (at < bytes.size() && bytes[at] == '\r') ++at;
    if (at < bytes.size() && bytes[at] == '\n') ++at;
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string to_utf8_slowly(std::string_view bytes) {
  std::string out;
  const bool little = bytes.starts_with("\xff\xfe");
  if (little || bytes.starts_with("\xfe\xff")) {
    for (std::size_t i = 2; i + 1 < bytes.size(); i += 2) {
      const auto first = static_cast<unsigned char>(bytes[i]);
      const auto second = static_cast<unsigned char>(bytes[i + 1]);
      append_utf8(out, little ? static_cast<unsigned>(second << 8 | first)
                              : static_cast<unsigned>(first << 8 | second));
    }
    return out;
  }
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  if (is_utf8(bytes)) return std::string(bytes);
  for (const char c : bytes) append_utf8(out, static_cast<unsigned char>(c));
  return out;
}

}  // namespace onus::makelogs
