// SPDX-License-Identifier: Apache-2.0
// Which word of the lexicon a typed word is. In this order: the word itself; its plural; the word
// with a key held down ("testttt"); a shape ("inv*", "??so"); two words run together ("susveh"); a
// misspelling. A word that the lexicon knows is never taken for a slip of another, and a word is
// only ever corrected towards the lexicon, never towards a name.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "classify/shapes.h"
#include "classify/slips.h"
#include "classify/word_table.h"

namespace onus::classify {

using Word = std::int32_t;
inline constexpr Word kNoWord = -1;

class Vocabulary {
 public:
  struct Found {
    Word first = kNoWord;
    Word second = kNoWord;  // only where two words were run together
    bool cut = false;       // by letters alone, not by a shape: "kingsburg" would be one too
  };

  // What was found for words that are not in the lexicon as they stand: they come again, and the
  // search for a misspelling is the dearest step. One per thread; serves one vocabulary at a time.
  class Memory {
   public:
    Memory() : slots_(kSlots) {}

   private:
    friend class Vocabulary;
    static constexpr std::size_t kSlots = 1024;
    static constexpr std::size_t kBytes = 24;
    struct Slot {
      std::array<char, kBytes> word{};
      std::uint8_t size = 0;
      Found found;
    };
    std::vector<Slot> slots_;
    std::uint64_t serves_ = 0;
  };

  // A word in normalised form. A '*' at the end or start stands for any letters, a '?' for one
  // letter. A word with umlauts is found without them too.
  Word add(std::string_view word);
  // Never reached by a slip or by cutting a word in two: what a false hit would cost too much.
  void only_exact(Word word);
  // Reached by one slip at most, however long it is.
  void one_slip(Word word);
  // Prepares the search for misspellings; call once, after the last add.
  void seal();

  Word exact(std::string_view word) const { return table_.find(word); }
  Word size() const { return static_cast<Word>(entries_.size()); }
  Found find(std::string_view word, Memory& memory) const {
    const Word id = table_.find(word);
    return id == kNoWord ? remembered(word, memory) : Found{id, kNoWord};
  }

  template <typename Each>
  void each_array(Each& each) {
    table_.each_array(each);
    each(entries_);
    each(bytes_);
    shapes_.each_array(each);
    each(turnable_);
    slips_.each_array(each);
    each(near_);
    each(near_letters_);
    each(near_words_);
  }
  // A vocabulary of its own for Memory.
  void take_number();

 private:
  struct Entry {
    std::uint32_t begin = 0;    // of its word, in bytes_
    std::uint32_t letters = 0;  // a bit per letter a-z that occurs
    std::uint16_t size = 0;
    std::uint8_t exact = 0;
    std::uint8_t one_slip = 0;
  };
  struct Reach;
  struct Run {  // of what stands side by side
    std::uint32_t begin = 0;
    std::uint32_t count = 0;
  };
  static constexpr std::size_t kMaxLength = Slips::kMaxLength;
  static constexpr std::size_t kTwoSlips = 8;  // letters from which on a word may have two
  static constexpr std::size_t kLetters = 26;

  std::string_view word_of(Word id) const {
    const Entry& entry = entries_[static_cast<std::size_t>(id)];
    return {bytes_.data() + entry.begin, entry.size};
  }
  bool is_exact(Word id) const { return entries_[static_cast<std::size_t>(id)].exact != 0; }
  bool may_be_near(const Entry& entry) const;
  void seal_turnable();
  std::vector<Word> long_words() const;
  void seal_near();
  const Run& near_run(std::size_t length, char first, char second) const {
    const auto letter = [](char c) { return static_cast<std::size_t>(c - 'a'); };
    return near_[((length - kTwoSlips) * kLetters + letter(first)) * kLetters + letter(second)];
  }

  Found remembered(std::string_view word, Memory& memory) const;
  Found find_unknown(std::string_view word) const;
  Word plural(std::string_view word) const;
  Word held_key(std::string_view word) const;
  Found shape(std::string_view word) const;
  bool may_turn(std::uint64_t letters) const;
  Word exact_turned(std::string_view word, std::size_t at) const;
  Word turned(std::string_view word) const;
  Found cut(std::string_view word) const;
  bool may_be_slip(std::string_view word, Word near, int distance) const;
  struct Best {
    Word word = kNoWord;
    int distance = 3;
  };
  Best misspelt(std::string_view word) const;
  void weigh_near(const Run& run, std::string_view word, std::uint32_t letters, const Reach& reach,
                  Best& best) const;
  void search_twice_slipped(std::string_view word, std::uint32_t letters, std::size_t length,
                            Best& best) const;
  void weigh(std::string_view word, Word near, int limit, Best& best) const;

  WordTable table_;
  std::uint64_t number_ = 0;  // of this vocabulary; 0: not sealed
  Flat<Entry> entries_;
  Flat<char> bytes_;
  Shapes shapes_;
  Flat<std::uint64_t> turnable_;  // a bit for the letters of each exact word
  Slips slips_;
  Flat<Run> near_;  // [length - kTwoSlips][first letter][second letter]
  Flat<std::uint32_t> near_letters_;
  Flat<Word> near_words_;
};

}  // namespace onus::classify
