// SPDX-License-Identifier: Apache-2.0
#include "classify/vocabulary.h"

#include <algorithm>
#include <atomic>
#include <string>

#include "text/edit_distance.h"

namespace onus::classify {
namespace {

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

std::uint32_t letters_of(std::string_view word) {
  std::uint32_t letters = 0;
  for (const char c : word) letters |= is_letter(c) ? 1U << (c - 'a') : 1U << 26;
  return letters;
}

// How far two words may be apart, and what follows for the letters that only one of them has: a
// slip changes one letter, and the longer word needs its surplus.
struct Reach {
  int slips = 0;
  int only_typed = 0;
  int only_wanted = 0;
};

Reach reach_of(std::size_t typed, std::size_t wanted, int slips) {
  const auto apart = static_cast<int>(wanted) - static_cast<int>(typed);
  return {slips, slips - std::max(0, apart), slips - std::max(0, -apart)};
}

// Of eight words, zero where the letters are near enough. Written so that a compiler does several
// at once, without a machine's population count.
constexpr std::size_t kBlock = 8;
using Rest = std::array<std::uint32_t, kBlock>;
Rest rest_of(const std::uint32_t* words, std::uint32_t letters, const Reach& reach) {
  Rest typed, wanted;
  for (std::size_t i = 0; i < kBlock; ++i) {
    typed[i] = letters & ~words[i];
    wanted[i] = words[i] & ~letters;
  }
  for (int n = 0; n < reach.only_typed; ++n) {
    for (std::uint32_t& bits : typed) bits &= bits - 1;
  }
  for (int n = 0; n < reach.only_wanted; ++n) {
    for (std::uint32_t& bits : wanted) bits &= bits - 1;
  }
  for (std::size_t i = 0; i < kBlock; ++i) typed[i] |= wanted[i];
  return typed;
}

bool is_shape(std::string_view word) { return word.find_first_of("*?") != std::string_view::npos; }

// "*einbruch": what a compound ends with; the part before it may hold letters of any language.
bool fits_end(std::string_view ending, std::string_view word) {
  if (word.size() < ending.size() + 2 || !word.ends_with(ending)) return false;
  return std::none_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A shape fits letters only: digits and other scripts have readings of their own.
bool fits(std::string_view shape, std::string_view word) {
  if (shape.starts_with('*')) return fits_end(shape.substr(1), word);
  const bool open = shape.ends_with('*');
  if (open) shape.remove_suffix(1);
  if (word.size() < shape.size() || (!open && word.size() != shape.size())) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool other = open && i >= shape.size() && static_cast<unsigned char>(word[i]) >= 0x80;
    if (!is_letter(word[i]) && !other) return false;
    if (i < shape.size() && shape[i] != '?' && shape[i] != word[i]) return false;
  }
  return true;
}

// "überprüfung" as keyboards without those letters type it: "ueberpruefung", or "uberprufung".
std::string without_umlauts(std::string_view word, bool with_e) {
  std::string plain;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const std::string_view letter = word.substr(i, 2);
    const char base = letter == "ä" ? 'a' : letter == "ö" ? 'o' : letter == "ü" ? 'u' : '\0';
    plain += base != '\0' ? base : word[i];
    if (base == '\0') continue;
    if (with_e) plain += 'e';
    ++i;
  }
  return plain;
}

}  // namespace

Word Vocabulary::add(std::string_view word) {
  const auto next = static_cast<Word>(entries_.size());
  const Word id = table_.put(word, next);
  if (id != next) return id;
  entries_.push_back({static_cast<std::uint32_t>(bytes_.size()), letters_of(word),
                      static_cast<std::uint16_t>(word.size()), is_shape(word), 0});
  bytes_.append(word);
  if (is_shape(word)) {
    shapes_.push_back(id);
  } else {
    for (const bool with_e : {true, false}) {
      const std::string plain = without_umlauts(word, with_e);
      if (plain != word) table_.put(plain, id);
    }
  }
  return id;
}

void Vocabulary::only_exact(Word word) {
  entries_.at_made(static_cast<std::size_t>(word)).exact = 1;
}

void Vocabulary::one_slip(Word word) {
  entries_.at_made(static_cast<std::size_t>(word)).one_slip = 1;
}

void Vocabulary::take_number() {
  static std::atomic<std::uint64_t> count = 0;
  number_ = ++count;
}

void Vocabulary::seal() {
  take_number();
  for (std::size_t length = 0; length <= kMaxLength; ++length) {
    for (std::size_t start = 0; start < kStarts; ++start) seal_near(length, start);
  }
}

// Words of letters alone, in blocks of which the last is filled with what is near to nothing.
void Vocabulary::seal_near(std::size_t length, std::size_t start) {
  const auto begin = static_cast<std::uint32_t>(near_words_.size());
  for (std::size_t i = 0; length >= 5 && i < entries_.size(); ++i) {
    const Entry& entry = entries_[i];
    const bool plain = (entry.letters >> 26) == 0;
    if (entry.exact != 0 || !plain || entry.size != length) continue;
    const auto first = static_cast<std::size_t>(bytes_[entry.begin] - 'a');
    if (start != kAnyStart && start != first) continue;
    near_letters_.push_back(entry.letters);
    near_words_.push_back(static_cast<Word>(i));
  }
  near_.push_back({begin, static_cast<std::uint32_t>(near_words_.size()) - begin});
  while (near_words_.size() % kBlock != 0) {
    near_letters_.push_back(~0U);
    near_words_.push_back(kNoWord);
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

// Of the shapes that fit, the longest; of a compound both parts: "einbruchs" and "ermittlung".
Vocabulary::Found Vocabulary::shape(std::string_view word) const {
  Word start = kNoWord;
  Word end = kNoWord;
  for (const Word id : shapes_) {
    const std::string_view shape = word_of(id);
    Word& best = shape[0] == '*' ? end : start;
    const bool longer = best == kNoWord || shape.size() > word_of(best).size();
    if (longer && fits(shape, word)) best = id;
  }
  return start == kNoWord ? Found{end, kNoWord} : Found{start, end};
}

Vocabulary::Found Vocabulary::cut(std::string_view word) const {
  if (word.size() < 6 || word.size() > 2 * kMaxLength) return {};
  for (std::size_t at = 3; at + 3 <= word.size(); ++at) {
    const Word first = table_.find(word.substr(0, at));
    if (first == kNoWord || is_exact(first)) continue;
    const Word second = table_.find(word.substr(at));
    if (second == kNoWord || is_exact(second)) continue;
    return {first, second, true};
  }
  return {};
}

// One slip in words of five to seven letters, two in longer ones. The first letter may only be
// wrong in long words: people look at it.
bool Vocabulary::may_be_slip(std::string_view word, Word near, int distance) const {
  const std::string_view wanted = word_of(near);
  const bool same_start = wanted[0] == word[0];
  return same_start || (wanted.size() >= 8 && distance == 1) ||
         (word.size() > 1 && wanted[0] == word[1] && wanted[1] == word[0]);
}

void Vocabulary::weigh(std::string_view word, Word near, int limit, Best& best) const {
  if (entries_[static_cast<std::size_t>(near)].one_slip != 0) limit = 1;
  const int distance = text::edit_distance(word, word_of(near), std::min(limit, best.distance));
  const bool better = distance < best.distance ||
                      (distance == best.distance && best.word != kNoWord && near < best.word);
  if (distance <= limit && better && may_be_slip(word, near, distance)) best = {near, distance};
}

void Vocabulary::search(std::string_view word, std::uint32_t letters, std::size_t length,
                        std::size_t start, int limit, Best& best) const {
  const Reach reach = reach_of(word.size(), length, limit);
  if (reach.only_typed < 0 || reach.only_wanted < 0) return;
  const Near& near = near_[length * kStarts + start];
  for (std::size_t at = near.begin; at < near.begin + near.count; at += kBlock) {
    const Rest rest = rest_of(near_letters_.data() + at, letters, reach);
    if (std::find(rest.begin(), rest.end(), 0U) == rest.end()) continue;
    for (std::size_t i = 0; i < kBlock; ++i) {
      if (rest[i] == 0) weigh(word, near_words_[at + i], limit, best);
    }
  }
}

// Lexicon words begin as the typed one does, or with its first two swapped; long ones may have one
// slip anywhere.
Vocabulary::Best Vocabulary::misspelt(std::string_view word) const {
  const std::uint32_t letters = letters_of(word);
  if (word.size() < 4 || word.size() + 2 > kMaxLength || (letters >> 26) != 0) return {};
  const auto start = [&](std::size_t at) { return static_cast<std::size_t>(word[at] - 'a'); };
  Best best;
  for (std::size_t length = word.size() < 7 ? 5 : word.size() - 2; length <= word.size() + 2;
       ++length) {
    const int limit = length < 8 ? 1 : 2;
    search(word, letters, length, start(0), limit, best);
    if (start(1) != start(0)) search(word, letters, length, start(1), limit, best);
    if (length >= 8) search(word, letters, length, kAnyStart, 1, best);
  }
  return best;
}

Vocabulary::Found Vocabulary::find(std::string_view word, Memory& memory) const {
  if (const Word id = table_.find(word); id != kNoWord) return {id, kNoWord};
  if (word.empty() || word.size() > Memory::kBytes) return find_unknown(word);
  if (memory.serves_ != number_) memory = Memory();
  memory.serves_ = number_;
  Memory::Slot& slot = memory.slots_[WordTable::hash_of(word) % Memory::kSlots];
  if (std::string_view(slot.word.data(), slot.size) == word) return slot.found;
  slot.found = find_unknown(word);
  slot.size = static_cast<std::uint8_t>(word.size());
  std::copy(word.begin(), word.end(), slot.word.begin());
  return slot.found;
}

Vocabulary::Found Vocabulary::find_unknown(std::string_view word) const {
  if (const Word id = plural(word); id != kNoWord) return {id, kNoWord};
  if (const Word id = held_key(word); id != kNoWord) return {id, kNoWord};
  if (const Found found = shape(word); found.first != kNoWord) return found;
  const Best slip = misspelt(word);
  if (slip.distance == 1) return {slip.word, kNoWord};
  if (const Found found = cut(word); found.first != kNoWord) return found;
  if (slip.word != kNoWord) return {slip.word, kNoWord};
  if (word.size() > 6 && word.ends_with('s'))
    return {misspelt(word.substr(0, word.size() - 1)).word, kNoWord};
  return {};
}

}  // namespace onus::classify
