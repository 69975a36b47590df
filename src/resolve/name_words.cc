// SPDX-License-Identifier: Apache-2.0
#include "resolve/name_words.h"

#include <algorithm>

namespace onus::resolve {
namespace {

constexpr std::size_t kMaxBytes = 512;
constexpr std::size_t kMaxWords = 64;

// ASCII by hand: no locale. Bytes of other letters count as letters that have no case.
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_word(char c) {
  return is_upper(c) || is_lower(c) || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}
char fold(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

std::string folded(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), fold);
  return out;
}

// Takes "[...]" off `text` and notes what it says.
void take_marks(std::string& text, NameWords& out) {
  for (;;) {
    const std::size_t begin = text.find('[');
    const std::size_t end = begin == std::string::npos ? begin : text.find(']', begin);
    if (end == std::string::npos) return;
    const std::string mark = folded(std::string_view(text).substr(begin + 1, end - begin - 1));
    out.federal_mark = out.federal_mark || mark == "federal";
    out.inactive_mark = out.inactive_mark || mark == "inactive";
    text.replace(begin, end - begin + 1, " ");
  }
}

struct Cutter {
  NameWords& out;
  Word word = {};
  bool any_lower = false;
  bool separator = false;
  bool parens = false;

  void add(char c) {
    any_lower = any_lower || is_lower(c);
    word.folded += fold(c);
  }

  void end() {
    if (word.folded.empty()) return;
    word.upper = !any_lower;
    word.separated = separator;
    word.in_parens = parens;
    if (out.words.size() < kMaxWords) out.words.push_back(std::move(word));
    word = {};
    any_lower = separator = false;
  }

  void punctuation(char c) {
    if (c == '\'' || c == '.') return;  // sheriff's, U.S.
    end();
    if (c == '(') parens = true;
    if (c == ',' || c == '/' || c == '(' || c == ')') separator = true;
    if (c == ')') parens = false;
  }
};

}  // namespace

NameWords cut_name(std::string_view name) {
  NameWords out;
  std::string text(name.substr(0, kMaxBytes));
  for (std::size_t at; (at = text.find("\xE2\x80\x99")) != std::string::npos;)
    text.replace(at, 3, "'");
  take_marks(text, out);
  Cutter cutter{.out = out};
  for (const char c : text) is_word(c) ? cutter.add(c) : cutter.punctuation(c);
  cutter.end();
  out.mixed_case = std::any_of(text.begin(), text.end(), is_lower);
  out.slug = out.mixed_case && text.find('-') != std::string::npos &&
             text.find(' ') == std::string::npos &&
             std::none_of(text.begin(), text.end(), is_upper);
  return out;
}

}  // namespace onus::resolve
