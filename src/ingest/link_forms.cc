// SPDX-License-Identifier: Apache-2.0
#include "ingest/link_forms.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "base/check.h"
#include "ingest/fold.h"

namespace onus::ingest {
namespace {

constexpr std::size_t kLeastBeginning = 3;  // letters that a cut word or text must keep
constexpr std::size_t kLeastAgency = 6;     // of an agency's name
constexpr std::size_t kKeptOfText = 96;     // bytes of a reason that are compared as a beginning
constexpr std::size_t kMostWords = 12;
constexpr char kMachine = '\x01';  // at the front of the form of a machine's id

bool is_word_byte(char c) { return is_alnum(c) || static_cast<unsigned char>(c) >= 0x80; }

// At most kMostWords, without a heap: names are compared for every second pair of rows.
struct Words {
  std::array<std::string_view, kMostWords> all;
  std::size_t count = 0;

  std::string_view front() const { return all[0]; }
  std::string_view back() const { return all[count - 1]; }
};

// Views into `text`, which is in lower case.
Words words(std::string_view text) {
  Words out;
  while (!text.empty() && out.count < kMostWords) {
    std::size_t from = 0;
    while (from < text.size() && !is_word_byte(text[from])) ++from;
    std::size_t to = from;
    while (to < text.size() && is_word_byte(text[to])) ++to;
    if (to > from) out.all[out.count++] = text.substr(from, to - from);
    text.remove_prefix(to);
  }
  return out;
}

bool is_number(std::string_view word) { return std::all_of(word.begin(), word.end(), is_digit); }

Words name_words(std::string_view name) {
  Words out = words(name);
  const auto end = out.all.begin() + static_cast<std::ptrdiff_t>(out.count);
  const auto kept = std::remove_if(out.all.begin(), end, is_number);  // a badge
  out.count = static_cast<std::size_t>(kept - out.all.begin());
  return out;
}

std::string without_brackets(std::string_view text) {
  std::string out;
  int depth = 0;
  for (const char c : text) {
    if (c == '[') ++depth;
    if (depth == 0) out += c;
    if (c == ']' && depth > 0) --depth;
  }
  return out;
}

// 2: the same word; 1: an initial or a beginning; 0: another word.
int word_match(std::string_view a, std::string_view b) {
  if (a == b) return 2;
  if (a.size() > b.size()) std::swap(a, b);
  return b.starts_with(a) && (a.size() == 1 || a.size() >= kLeastBeginning) ? 1 : 0;
}

// "jsmith" against {"john", "smith"}.
bool is_login_of(std::string_view login, const Words& name) {
  if (name.count < 2 || login.size() < 4) return false;
  const auto fits = [&](std::string_view first, std::string_view last) {
    return login[0] == first[0] && login.substr(1) == last;
  };
  return fits(name.front(), name.back()) || fits(name.back(), name.front());
}

// Every word of the shorter list has a word of its own in the longer one.
bool match_all(const Words& few, const Words& many) {
  std::uint32_t taken = 0;
  int whole = 0;
  for (std::size_t w = 0; w < few.count; ++w) {
    int best = 0;
    std::size_t at = 0;
    for (std::size_t i = 0; i < many.count; ++i) {
      const int match = (taken >> i & 1) != 0 ? 0 : word_match(few.all[w], many.all[i]);
      if (match > best) best = match, at = i;
    }
    if (best == 0) return false;
    taken |= 1U << at;
    if (best == 2 && few.all[w].size() > 1) ++whole;
  }
  return whole > 0 || few.count == many.count;
}

bool compatible_folded(std::string_view a, std::string_view b) {
  Words few = name_words(a);
  Words many = name_words(b);
  if (few.count > many.count) std::swap(few, many);
  if (few.count == 0) return false;
  if (few.count == 1 && is_login_of(few.front(), many)) return true;
  return match_all(few, many);
}

std::string_view uncut(std::string_view text) {
  while (text.ends_with('.') || text.ends_with(' ')) text.remove_suffix(1);
  if (text.ends_with("\xE2\x80\xA6")) text.remove_suffix(3);
  return text;
}

using Take = std::function<void(std::string_view)>;

// Calls `take` with the text of each row; ids are dense from 0 and in order.
Result<void> each_text(store::Database& db, std::string_view sql, const Take& take) {
  std::int32_t next = 0;
  return db.each_chunk(sql, [&](const store::ChunkView& chunk) -> Result<void> {
    const std::int32_t* const ids = chunk.values<std::int32_t>(0);
    for (std::size_t i = 0; i < chunk.size(); ++i, ++next) {
      ONUS_CHECK(ids[i] == next);
      take(chunk.is_null(1, i) ? std::string_view() : chunk.text(1, i));
    }
    return {};
  });
}

}  // namespace

bool compatible_names(std::string_view a, std::string_view b) {
  return compatible_folded(folded(a), folded(b));
}

bool compatible_texts(std::string_view folded_a, std::string_view folded_b) {
  std::string_view few = uncut(folded_a);
  std::string_view many = uncut(folded_b);
  if (few.size() > many.size()) std::swap(few, many);
  return few.size() >= kLeastBeginning && many.starts_with(few);
}

std::string sorted_words(std::string_view text) {
  const std::string low = folded(without_brackets(text));
  Words found = words(low);
  std::sort(found.all.begin(), found.all.begin() + static_cast<std::ptrdiff_t>(found.count));
  std::string out;
  for (std::size_t i = 0; i < found.count; ++i) {
    out.append(out.empty() ? "" : " ").append(found.all[i]);
  }
  return out;
}

void Forms::add(std::string_view text, std::uint64_t hash) {
  bytes_ += text;
  begins_.push_back(bytes_.size());
  hashes_.push_back(hash);
}

Result<Dictionary> Dictionary::load(store::Database& db) {
  Dictionary out;
  ONUS_TRY_VOID(each_text(
      db, "SELECT agency_id, text FROM agencies_raw ORDER BY agency_id",
      [&](std::string_view text) { out.agencies.add(folded(text), hash_of(sorted_words(text))); }));
  ONUS_TRY_VOID(each_text(
      db, "SELECT actor_id, label FROM actors ORDER BY actor_id", [&](std::string_view label) {
        const bool machine = label == fmt::format("user-{}", out.actors.size() + 1);
        const std::string form = machine ? kMachine + std::string(label) : folded(label);
        out.actors.add(form, hash_of(machine ? form : sorted_words(label)));
      }));
  ONUS_TRY_VOID(
      each_text(db, "SELECT text_id, text FROM texts ORDER BY text_id", [&](std::string_view text) {
        const std::string form = folded(text);
        out.texts.add(std::string_view(form).substr(0, kKeptOfText), hash_of(form));
      }));
  return out;
}

Level Dictionary::agency(std::int32_t a, std::int32_t b) const {
  if (a < 0 || b < 0) return Level::none;
  if (a == b || agencies.hash(a) == agencies.hash(b)) return Level::agree;
  std::string_view few = agencies.text(a);
  std::string_view many = agencies.text(b);
  if (few.size() > many.size()) std::swap(few, many);
  const bool cut = few.size() >= kLeastAgency && many.starts_with(few);
  return cut ? Level::compatible : Level::disagree;
}

Level Dictionary::actor(std::int32_t a, std::int32_t b) const {
  if (a < 0 || b < 0) return Level::none;
  if (a == b || actors.hash(a) == actors.hash(b)) return Level::agree;
  const std::string_view form_a = actors.text(a);
  const std::string_view form_b = actors.text(b);
  const bool machine_a = form_a.starts_with(kMachine);
  const bool machine_b = form_b.starts_with(kMachine);
  if (machine_a != machine_b) return Level::none;
  if (machine_a) return Level::disagree;
  return compatible_folded(form_a, form_b) ? Level::compatible : Level::disagree;
}

Level Dictionary::text(std::int32_t a, std::int32_t b) const {
  if (a < 0 || b < 0) return Level::none;
  if (a == b || texts.hash(a) == texts.hash(b)) return Level::agree;
  return compatible_texts(texts.text(a), texts.text(b)) ? Level::compatible : Level::disagree;
}

}  // namespace onus::ingest
