// SPDX-License-Identifier: Apache-2.0
#include "classify/vocabulary.h"

#include <algorithm>

#include "text/edit_distance.h"

namespace onus::classify {
namespace {

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

std::uint32_t letters_of(std::string_view word) {
  std::uint32_t letters = 0;
  for (const char c : word) letters |= is_letter(c) ? 1U << (c - 'a') : 1U << 26;
  return letters;
}

// Whether more than `limit` bits are set; a few instructions where a machine has no popcount.
bool differ_more(std::uint32_t bits, int limit) {
  for (; limit > 0; --limit) bits &= bits - 1;
  return bits != 0;
}

bool is_shape(std::string_view word) { return word.find_first_of("*?") != std::string_view::npos; }

// A shape fits letters only: digits and other scripts have readings of their own.
bool fits(std::string_view shape, std::string_view word) {
  const bool open = shape.ends_with('*');
  if (open) shape.remove_suffix(1);
  if (word.size() < shape.size() || (!open && word.size() != shape.size())) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (!is_letter(word[i])) return false;
    if (i < shape.size() && shape[i] != '?' && shape[i] != word[i]) return false;
  }
  return true;
}

}  // namespace

Word Vocabulary::add(std::string_view word) {
  const auto next = static_cast<Word>(entries_.size());
  const Word id = table_.put(word, next);
  if (id != next) return id;
  entries_.push_back({std::string(word), letters_of(word), is_shape(word)});
  if (is_shape(word)) shapes_.push_back(id);
  return id;
}

void Vocabulary::only_exact(Word word) { entries_[static_cast<std::size_t>(word)].exact = true; }

void Vocabulary::seal() {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Entry& entry = entries_[i];
    const bool plain = (entry.letters >> 26) == 0;
    if (entry.exact || !plain || entry.word.size() < 5 || entry.word.size() > kMaxLength) continue;
    const auto start = static_cast<std::size_t>(entry.word[0] - 'a');
    near_[entry.word.size()][start].push_back({entry.letters, static_cast<Word>(i)});
  }
}

Word Vocabulary::plural(std::string_view word) const {
  if (word.size() < 5 || !word.ends_with('s')) return kNoWord;
  return table_.find(word.substr(0, word.size() - 1));
}

// A run of three or more of one letter counts as one, at the end of the word as none if need be.
Word Vocabulary::held_key(std::string_view word) const {
  std::array<char, 64> kept;
  std::size_t size = 0;
  bool held = false;
  std::size_t run = 0;
  for (std::size_t i = 0; i < word.size(); i += run) {
    run = 1;
    while (i + run < word.size() && word[i + run] == word[i]) ++run;
    held = held || run >= 3;
    const std::size_t copies = run >= 3 ? 1 : run;
    if (size + copies > kept.size()) return kNoWord;
    for (std::size_t n = 0; n < copies; ++n) kept[size++] = word[i];
  }
  if (!held || size < 3) return kNoWord;
  const std::string_view once(kept.data(), size);
  if (const Word found = table_.find(once); found != kNoWord) return found;
  return run >= 3 ? table_.find(once.substr(0, size - 1)) : kNoWord;
}

Word Vocabulary::shape(std::string_view word) const {
  for (const Word id : shapes_) {
    if (fits(entries_[static_cast<std::size_t>(id)].word, word)) return id;
  }
  return kNoWord;
}

Vocabulary::Found Vocabulary::cut(std::string_view word) const {
  if (word.size() < 6 || word.size() > 2 * kMaxLength) return {};
  for (std::size_t at = 3; at + 3 <= word.size(); ++at) {
    const Word first = table_.find(word.substr(0, at));
    if (first == kNoWord || entries_[static_cast<std::size_t>(first)].exact) continue;
    const Word second = table_.find(word.substr(at));
    if (second == kNoWord || entries_[static_cast<std::size_t>(second)].exact) continue;
    return {first, second};
  }
  return {};
}

// One slip in words of five to seven letters, two in longer ones. The first letter may only be
// wrong in long words: people look at it.
bool Vocabulary::may_be_slip(std::string_view word, const Near& near, int distance) const {
  const std::string& wanted = entries_[static_cast<std::size_t>(near.word)].word;
  const bool same_start = wanted[0] == word[0];
  return same_start || (wanted.size() >= 8 && distance == 1) ||
         (word.size() > 1 && wanted[0] == word[1] && wanted[1] == word[0]);
}

void Vocabulary::search(std::string_view word, std::uint32_t letters, std::size_t length,
                        char start, Best& best) const {
  const int limit = length >= 8 ? 2 : 1;
  for (const Near& near : near_[length][static_cast<std::size_t>(start - 'a')]) {
    if (differ_more(near.letters ^ letters, 2 * limit)) continue;
    const std::string& wanted = entries_[static_cast<std::size_t>(near.word)].word;
    const int distance = text::edit_distance(word, wanted, std::min(limit, best.distance));
    const bool better = distance < best.distance || (distance == best.distance &&
                                                     best.word != kNoWord && near.word < best.word);
    if (distance <= limit && better && may_be_slip(word, near, distance))
      best = {near.word, distance};
  }
}

// Lexicon words of up to seven letters begin as the typed one does, or with its first two swapped.
Word Vocabulary::misspelt(std::string_view word) const {
  const std::uint32_t letters = letters_of(word);
  if (word.size() < 4 || word.size() + 2 > kMaxLength || (letters >> 26) != 0) return kNoWord;
  Best best;
  for (std::size_t length = word.size() < 7 ? 5 : word.size() - 2; length <= word.size() + 2;
       ++length) {
    if (length < 8) {
      search(word, letters, length, word[0], best);
      if (word[1] != word[0]) search(word, letters, length, word[1], best);
      continue;
    }
    for (char start = 'a'; start <= 'z'; ++start) search(word, letters, length, start, best);
  }
  return best.word;
}

Vocabulary::Found Vocabulary::find(std::string_view word) const {
  if (const Word id = table_.find(word); id != kNoWord) return {id, kNoWord};
  if (const Word id = plural(word); id != kNoWord) return {id, kNoWord};
  if (const Word id = held_key(word); id != kNoWord) return {id, kNoWord};
  if (const Word id = shape(word); id != kNoWord) return {id, kNoWord};
  if (const Found found = cut(word); found.first != kNoWord) return found;
  if (const Word id = misspelt(word); id != kNoWord) return {id, kNoWord};
  if (word.size() > 6 && word.ends_with('s')) return {misspelt(word.substr(0, word.size() - 1))};
  return {};
}

}  // namespace onus::classify
