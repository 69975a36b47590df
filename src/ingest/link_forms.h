// SPDX-License-Identifier: Apache-2.0
// The forms in which names, agencies and reasons are compared between logs. They are made of what
// the store holds (scrubbed texts, the labels of those who searched); nothing of anyone looked up.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/database.h"

namespace onus::ingest {

// How two values of one field stand to each other. none: at least one side does not say, which is
// no evidence either way.
enum class Level : std::uint8_t { none, agree, compatible, disagree };

// "J. Smith", "SMITH, John #12" and "John Smith" name one person as far as they say: every word of
// the shorter one is a word of the longer one, its initial, or its beginning.
bool compatible_names(std::string_view a, std::string_view b);

// One is the other's beginning, of three letters or more; "..." at an end means that it was cut.
bool compatible_texts(std::string_view folded_a, std::string_view folded_b);

// Words of letters and digits in lower case, sorted, one blank between; "Fairhollow PD, IL" and
// "fairhollow il pd" have one form. Words in brackets ("[Inactive]") are left out.
std::string sorted_words(std::string_view text);

// Texts by the number that they have in the store, in one piece of memory.
class Forms {
 public:
  std::uint64_t hash(std::int32_t id) const { return hashes_[static_cast<std::size_t>(id)]; }
  std::string_view text(std::int32_t id) const {
    const auto at = static_cast<std::size_t>(id);
    return std::string_view(bytes_).substr(begins_[at], begins_[at + 1] - begins_[at]);
  }
  std::size_t size() const { return hashes_.size(); }
  void add(std::string_view text, std::uint64_t hash);

 private:
  std::string bytes_;
  std::vector<std::uint64_t> begins_ = {0};
  std::vector<std::uint64_t> hashes_;  // equal for what is equal; 0: nothing to compare
};

// All of a case.
struct Dictionary {
  Forms agencies, actors, texts;

  static Result<Dictionary> load(store::Database& db);
  Level agency(std::int32_t a, std::int32_t b) const;
  Level actor(std::int32_t a, std::int32_t b) const;  // a machine's id and a name: none
  Level text(std::int32_t a, std::int32_t b) const;
};

// FNV-1a: the same on every machine and in every case.
constexpr std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash | 1;
}

// A fixed bijection: a number that looks random, from a number.
constexpr std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

}  // namespace onus::ingest
