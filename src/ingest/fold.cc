// SPDX-License-Identifier: Apache-2.0
#include "ingest/fold.h"

namespace onus::ingest {

std::size_t space_at_front(std::string_view text) {
  if (text.empty()) return 0;
  if (is_space(text[0])) return 1;
  if (text.starts_with("\xC2\xA0")) return 2;
  if (text.starts_with("\xE2\x80\xAF") || text.starts_with("\xEF\xBB\xBF")) return 3;
  return 0;
}

namespace {

std::size_t space_at_back(std::string_view text) {
  if (text.empty()) return 0;
  if (is_space(text.back())) return 1;
  if (text.ends_with("\xC2\xA0")) return 2;
  if (text.ends_with("\xE2\x80\xAF") || text.ends_with("\xEF\xBB\xBF")) return 3;
  return 0;
}

}  // namespace

std::string_view trimmed_slowly(std::string_view text) {
  while (const std::size_t size = space_at_front(text)) text.remove_prefix(size);
  while (const std::size_t size = space_at_back(text)) text.remove_suffix(size);
  return text;
}

namespace {

// Up to the first byte that is neither ink nor one ' ' between ink.
std::size_t fold_plain(std::string_view text, char* out) {
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (!is_ink(c) && (c != ' ' || out[i - 1] == ' ')) break;
    out[i] = to_lower(c);
  }
  return i;
}

}  // namespace

void fold_into(std::string_view text, std::string& out) {
  text = trimmed(text);
  out.resize(text.size());
  const std::size_t plain = fold_plain(text, out.data());
  if (plain == text.size()) return;
  out.resize(plain);
  text.remove_prefix(plain);
  bool in_space = out.ends_with(' ');
  while (!text.empty()) {
    if (const std::size_t size = space_at_front(text)) {
      if (!in_space) out += ' ';
      in_space = true;
      text.remove_prefix(size);
      continue;
    }
    in_space = false;
    out += to_lower(text[0]);
    text.remove_prefix(1);
  }
}

std::string folded(std::string_view text) {
  std::string out;
  fold_into(text, out);
  return out;
}

bool same_folded(std::string_view text, std::string_view already_folded) {
  std::string form;
  fold_into(text, form);
  return form == already_folded;
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !is_hex(text[i])) return false;
  }
  return true;
}

}  // namespace onus::ingest
