// SPDX-License-Identifier: Apache-2.0
#include "classify/vocabulary.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstring>
#include <string>
#include <utility>

#include "text/edit_distance.h"

namespace onus::classify {
namespace {

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

std::uint32_t letters_of(std::string_view word) {
  std::uint32_t letters = 0;
  for (const char c : word) letters |= is_letter(c) ? 1U << (c - 'a') : 1U << 26;
  return letters;
}

constexpr std::size_t kBlock = 4;  // words that are compared at once
using Block = std::uint32_t __attribute__((vector_size(kBlock * sizeof(std::uint32_t))));

bool any(Block block) {
  std::array<std::uint64_t, 2> halves;
  std::memcpy(halves.data(), &block, sizeof block);
  return (halves[0] | halves[1]) != 0;
}

// The letters of a word in whatever order: how often each, in a place of its own.
std::uint64_t once(char c) { return std::uint64_t{1} << (static_cast<unsigned char>(c) * 2 % 64); }
std::uint64_t unordered(std::string_view word) {
  std::uint64_t letters = 0;
  for (const char c : word) letters += once(c);
  return letters;
}
constexpr std::size_t kTurnableBits = 1U << 16;
std::size_t turnable_bit(std::uint64_t letters) {
  return static_cast<std::size_t>((letters * 0x9e3779b97f4a7c15ULL) >> 32) % kTurnableBits;
}

// Whether a letter stands three times in a row.
bool holds_key(std::string_view word) {
  for (std::size_t i = 2; i < word.size(); ++i) {
    if (word[i] == word[i - 1] && word[i] == word[i - 2]) return true;
  }
  return false;
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

// What follows from two slips for the letters that only one of two words has: a slip changes one
// letter, and the longer word needs its surplus.
struct Vocabulary::Reach {
  int only_typed = 2;
  int only_wanted = 2;

  Reach(std::size_t typed, std::size_t wanted) {
    const int longer = static_cast<int>(wanted) - static_cast<int>(typed);
    only_typed -= std::max(0, longer);
    only_wanted -= std::max(0, -longer);
  }
  // Which words of a block have letters that are near enough; mostly the first of two looks tells
  // that none has. Without a machine's population count: of so many bits or fewer nothing is left
  // when the lowest is taken away so many times.
  Block near(const std::uint32_t* words, std::uint32_t letters) const {
    Block block;
    std::memcpy(&block, words, sizeof block);
    Block typed = letters & ~block;
    for (int n = 0; n < only_typed; ++n) typed &= typed - 1;
    const auto near = reinterpret_cast<Block>(typed == 0);
    if (!any(near)) return near;
    Block wanted = block & ~letters;
    for (int n = 0; n < only_wanted; ++n) wanted &= wanted - 1;
    return near & reinterpret_cast<Block>(wanted == 0);
  }
};

Word Vocabulary::add(std::string_view word) {
  const auto next = static_cast<Word>(entries_.size());
  const Word id = table_.put(word, next);
  if (id != next) return id;
  entries_.push_back({static_cast<std::uint32_t>(bytes_.size()), letters_of(word),
                      static_cast<std::uint16_t>(word.size()), Shapes::is_shape(word), 0});
  bytes_.append(word);
  if (Shapes::is_shape(word)) {
    shapes_.add(word, id);
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
  shapes_.seal();
  seal_turnable();
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (may_be_near(entries_[i])) slips_.add(word_of(static_cast<Word>(i)), static_cast<Word>(i));
  }
  slips_.seal();
  seal_near();
}

// Of letters alone, and long enough that a slip leaves it known.
bool Vocabulary::may_be_near(const Entry& entry) const {
  return entry.exact == 0 && (entry.letters >> 26) == 0 && entry.size >= 5 &&
         entry.size <= kMaxLength;
}

// Words that two slips may reach, in the order of near_.
std::vector<Word> Vocabulary::long_words() const {
  std::vector<Word> words;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Entry& entry = entries_[i];
    if (may_be_near(entry) && entry.size >= kTwoSlips && entry.one_slip == 0)
      words.push_back(static_cast<Word>(i));
  }
  const auto cell = [&](Word id) {
    return std::pair(word_of(id).size(), word_of(id).substr(0, 2));
  };
  std::stable_sort(words.begin(), words.end(), [&](Word a, Word b) { return cell(a) < cell(b); });
  return words;
}

// Of each exact word, and of its spellings without umlauts, what its letters are.
void Vocabulary::seal_turnable() {
  std::vector<std::uint64_t> bits(kTurnableBits / 64);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].exact == 0) continue;
    const std::string_view word = word_of(static_cast<Word>(i));
    for (const std::string& spelling :
         {std::string(word), without_umlauts(word, true), without_umlauts(word, false)}) {
      const std::size_t bit = turnable_bit(unordered(spelling));
      bits[bit / 64] |= std::uint64_t{1} << (bit % 64);
    }
  }
  turnable_.replace(std::move(bits));
}

void Vocabulary::seal_near() {
  const std::vector<Word> words = long_words();
  std::size_t next = 0;
  for (std::size_t length = kTwoSlips; length <= kMaxLength; ++length) {
    for (char first = 'a'; first <= 'z'; ++first) {
      for (char second = 'a'; second <= 'z'; ++second) {
        const std::array<char, 2> start = {first, second};
        const auto begin = static_cast<std::uint32_t>(near_words_.size());
        for (; next < words.size() && word_of(words[next]).size() == length &&
               word_of(words[next]).starts_with(std::string_view(start.data(), 2));
             ++next) {
          near_letters_.push_back(entries_[static_cast<std::size_t>(words[next])].letters);
          near_words_.push_back(words[next]);
        }
        near_.push_back({begin, static_cast<std::uint32_t>(near_words_.size()) - begin});
      }
    }
  }
  // So that a block may begin at any of them.
  near_letters_.append(std::array<std::uint32_t, kBlock>{});
}

Word Vocabulary::plural(std::string_view word) const {
  if (word.size() < 5 || !word.ends_with('s')) return kNoWord;
  return table_.find(word.substr(0, word.size() - 1));
}

// A run of three or more of one letter counts as one, at the end of the word as none if need be.
Word Vocabulary::held_key(std::string_view word) const {
  if (!holds_key(word)) return kNoWord;
  std::array<char, 64> kept;
  std::size_t size = 0;
  std::size_t run = 0;
  for (std::size_t i = 0; i < word.size(); i += run) {
    run = 1;
    while (i + run < word.size() && word[i + run] == word[i]) ++run;
    const std::size_t copies = run >= 3 ? 1 : run;
    if (size + copies > kept.size()) return kNoWord;
    for (std::size_t n = 0; n < copies; ++n) kept[size++] = word[i];
  }
  if (size < 3) return kNoWord;
  const std::string_view once(kept.data(), size);
  if (const Word found = table_.find(once); found != kNoWord) return found;
  return run >= 3 ? table_.find(once.substr(0, size - 1)) : kNoWord;
}

// Of the shapes that fit, the longest; of a compound both parts: "einbruchs" and "ermittlung".
Vocabulary::Found Vocabulary::shape(std::string_view word) const {
  const auto [start, end] = shapes_.find(word);
  return start == kNoWord ? Found{end, kNoWord} : Found{start, end};
}

bool Vocabulary::may_turn(std::uint64_t letters) const {
  const std::size_t bit = turnable_bit(letters);
  return (turnable_[bit / 64] >> (bit % 64) & 1) != 0;
}

// The word with this letter and the next turned; where they are one, with it once.
Word Vocabulary::exact_turned(std::string_view word, std::size_t at) const {
  std::array<char, kMaxLength> typed;
  std::copy(word.begin(), word.end(), typed.begin());
  const bool twice = word[at] == word[at + 1];
  const auto from = static_cast<std::ptrdiff_t>(at);
  if (twice)
    std::copy(word.begin() + from + 1, word.end(), typed.begin() + from);
  else
    std::swap(typed[at], typed[at + 1]);
  const Word id = table_.find({typed.data(), word.size() - (twice ? 1 : 0)});
  return id != kNoWord && is_exact(id) ? id : kNoWord;
}

// A word that is never guessed otherwise, with two letters turned or one typed twice: "feuts",
// "piccket". Its first letter stands.
Word Vocabulary::turned(std::string_view word) const {
  if (word.size() < 5 || word.size() > kMaxLength) return kNoWord;
  const std::uint64_t letters = unordered(word);
  const bool swapped = may_turn(letters);
  for (std::size_t at = 1; at + 1 < word.size(); ++at) {
    const bool twice = word[at] == word[at + 1];
    if (!(twice ? may_turn(letters - once(word[at])) : swapped)) continue;
    if (const Word id = exact_turned(word, at); id != kNoWord) return id;
  }
  return kNoWord;
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

// Those of the run that may be near. A block may reach beyond it.
void Vocabulary::weigh_near(const Run& run, std::string_view word, std::uint32_t letters,
                            const Reach& reach, Best& best) const {
  for (std::size_t at = run.begin; at < run.begin + run.count; at += kBlock) {
    const Block near = reach.near(near_letters_.data() + at, letters);
    if (!any(near)) continue;
    for (std::size_t i = 0; i < kBlock && at + i < run.begin + run.count; ++i) {
      if (near[i] != 0) weigh(word, near_words_[at + i], 2, best);
    }
  }
}

// Of the words that begin with the same letter those whose letters are near enough, and the few
// that begin with the first two swapped.
void Vocabulary::search_twice_slipped(std::string_view word, std::uint32_t letters,
                                      std::size_t length, Best& best) const {
  const Reach reach(word.size(), length);
  const Run& first = near_run(length, word[0], 'a');
  const Run& last = near_run(length, word[0], 'z');
  weigh_near({first.begin, last.begin + last.count - first.begin}, word, letters, reach, best);
  if (word[0] != word[1])
    weigh_near(near_run(length, word[1], word[0]), word, letters, reach, best);
}

// One slip anywhere is looked up, two are searched for where there is none.
Vocabulary::Best Vocabulary::misspelt(std::string_view word) const {
  const std::uint32_t letters = letters_of(word);
  if (word.size() < 4 || word.size() + 2 > kMaxLength || (letters >> 26) != 0) return {};
  Best best;
  slips_.near(word, [&](Word near) { weigh(word, near, 1, best); });
  if (best.word != kNoWord) return best;
  for (std::size_t length = std::max(kTwoSlips, word.size() - 2); length <= word.size() + 2;
       ++length)
    search_twice_slipped(word, letters, length, best);
  return best;
}

Vocabulary::Found Vocabulary::remembered(std::string_view word, Memory& memory) const {
  if (word.empty()) return {};
  if (word.size() > Memory::kBytes) return find_unknown(word);
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
  if (const Word id = turned(word); id != kNoWord) return {id, kNoWord};
  if (const Found found = cut(word); found.first != kNoWord) return found;
  if (slip.word != kNoWord) return {slip.word, kNoWord};
  if (word.size() > 6 && word.ends_with('s'))
    return {misspelt(word.substr(0, word.size() - 1)).word, kNoWord};
  return {};
}

}  // namespace onus::classify
