// SPDX-License-Identifier: Apache-2.0
// Lexicon files to the tables that reading walks.
#include <algorithm>
#include <map>

#include "base/check.h"
#include "classify/phrase_tree.h"
#include "classify/tables.h"
#include "record/record.h"

namespace onus::classify {
namespace {

using Claim = PhraseTree::Claim;

struct Making {
  Lexicon::Tables& tables;
  PhraseTree tree;
  std::map<std::string, std::int32_t> books = {};  // by id, as in Books::names
  std::map<std::string, std::int32_t> roles = {};  // of words
};

std::vector<Word> add_words(Vocabulary& vocabulary, const std::vector<std::string>& words) {
  std::vector<Word> ids;
  ids.reserve(words.size());
  for (const std::string& word : words) ids.push_back(vocabulary.add(word));
  std::sort(ids.begin(), ids.end());
  return ids;
}

void add_role(Making& making, const std::vector<std::string>& words, Role role) {
  for (const std::string& word : words) making.roles[word] |= role;
}

// Short words that alone say a protected ground or an agency are read as they stand or not at all,
// and longer ones with one slip: "Pickett" is no picket, and "Alorton" no abortion.
void guard_dear(Vocabulary& vocabulary, const Axes& axes, const std::string& text, Word word) {
  if (axes.topic.empty() && axes.on_behalf_of.empty()) return;
  if (text.size() < 7) vocabulary.only_exact(word);
  if (text.size() < 10) vocabulary.one_slip(word);
}

Claim claim_of(const Pattern& pattern) {
  if (pattern.asks_more()) return Claim::asks_more;
  return pattern.ignore != 0 || pattern.guarded() ? Claim::guarded : Claim::settles;
}

// What is read where the pattern fits: nothing of one that is ignored; a purpose that is a
// protected ground is a topic too.
Axes axes_of(const PatternDef& def) {
  if (def.ignore) return {};
  Axes axes = def.axes;
  if (axes.topic.empty() && record::is_topic(axes.purpose)) axes.topic = axes.purpose;
  return axes;
}

void add_phrases(Making& making, const PatternDef& def, const Axes& axes, std::int32_t pattern) {
  Lexicon::Tables& tables = making.tables;
  std::vector<Word> ids;
  const Claim claim = claim_of(tables.pattern(pattern));
  for (const Phrase& phrase : def.phrases) {
    ids.clear();
    for (const std::string& word : phrase) {
      if (word == "_" || word == "@") {
        ids.push_back(word == "@" ? Phrases::kName : Phrases::kAnyWord);
        continue;
      }
      ids.push_back(tables.vocabulary.add(word));
      if (phrase.size() == 1) guard_dear(tables.vocabulary, axes, word, ids.back());
      if (word.size() >= 3) tables.numbers.words.put(word, 0);
    }
    making.tree.add(ids, pattern, claim);
  }
}

// Where the first and the last token of a name may stand; one of a few letters may have dots
// between them: "ars", "o.c.g.a.".
void add_book_word(Making& making, const std::string& word, Role place) {
  const bool begins = place == kBookBegins;
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto same = [&](char c) { return digit(c) == digit(begins ? word.front() : word.back()); };
  std::size_t size = 0;
  while (size < word.size() && same(begins ? word[size] : word[word.size() - 1 - size])) ++size;
  making.roles[begins ? word.substr(0, size) : word.substr(word.size() - size)] |= place;
  constexpr std::size_t kInitials = 5;
  if (word.size() <= kInitials)
    making.roles[std::string(1, begins ? word.front() : word.back())] |= place;
}

void add_book_name(Making& making, const Phrase& name, std::int32_t book) {
  std::string joined;
  for (const std::string& word : name) joined += word;
  const std::int32_t stands = making.tables.numbers.books.names.put(joined, book);
  const bool plain = (stands & Books::kPlain) != 0;
  making.roles[joined] |= kBook | (plain ? kPlainBook : 0);
  add_book_word(making, name.front(), kBookBegins);
  add_book_word(making, name.back(), kBookEnds);
}

// The number of a book, its own id being a name of it.
std::int32_t book_of(Making& making, const std::string& id, bool plain) {
  const auto number = static_cast<std::int32_t>(making.books.size()) + 1;
  ONUS_CHECK(number < 0xff);
  const auto [at, is_new] = making.books.emplace(id, 2 * number + (plain ? Books::kPlain : 0));
  if (is_new) add_book_name(making, {id}, at->second);
  return at->second;
}

void add_books(Making& making, std::span<const LexiconFile> files) {
  for (const LexiconFile& file : files) {
    for (const std::string& id : file.plain_books) book_of(making, id, true);
  }
  for (const LexiconFile& file : files) {
    for (const BookDef& def : file.books) {
      const std::int32_t book = book_of(making, def.id, false);
      for (const Phrase& name : def.names) add_book_name(making, name, book);
    }
  }
}

void add_codes(Making& making, const PatternDef& def, std::int32_t pattern) {
  Numbers& numbers = making.tables.numbers;
  std::vector<std::int32_t> books;
  books.reserve(def.books.size() + 1);
  for (const std::string& id : def.books) books.push_back(book_of(making, id, false) / 2);
  if (def.alone) books.push_back(Books::kNone);
  for (const std::string& code : def.codes) {
    if (books.empty()) numbers.codes.put(code, pattern);
    for (const std::int32_t book : books) numbers.books.add(book, code, pattern);
  }
}

void add_pattern(Making& making, const PatternDef& def) {
  Lexicon::Tables& tables = making.tables;
  const auto index = static_cast<std::int32_t>(tables.patterns.size());
  const Axes axes = axes_of(def);
  const auto place = [](const auto& array) { return static_cast<std::uint32_t>(array.size()); };
  const auto guard = [&](const std::vector<std::string>& words) {
    const std::uint32_t begin = place(tables.guards);
    tables.guards.append(add_words(tables.vocabulary, words));
    return begin;
  };
  Pattern pattern;
  pattern.name = place(tables.names);
  tables.names.append("@" + def.id);
  pattern.name_end = place(tables.names);
  pattern.not_before = guard(def.not_before);
  pattern.not_after = guard(def.not_after);
  pattern.not_with = guard(def.not_with);
  pattern.only_with = guard(def.only_with);
  pattern.guards_end = place(tables.guards);
  pattern.ignore = def.ignore;
  set_axes(axes, pattern);
  tables.patterns.push_back(pattern);
  add_phrases(making, def, axes, index);
  add_codes(making, def, index);
}

// A word that denies, or stands between it and what it denies, is no slip of another.
Word add_denial(Vocabulary& vocabulary, const std::string& text) {
  const Word word = vocabulary.add(text);
  vocabulary.only_exact(word);
  return word;
}

void add_file(Making& making, const LexiconFile& file) {
  Lexicon::Tables& tables = making.tables;
  for (const PatternDef& def : file.patterns) add_pattern(making, def);
  for (const std::string& word : file.articles)
    making.tree.add_article(tables.vocabulary.add(word));
  for (const std::string& word : file.negators)
    making.tree.add_negator(add_denial(tables.vocabulary, word));
  for (const std::string& word : file.fillers)
    making.tree.add_filler(add_denial(tables.vocabulary, word));
  add_role(making, file.section_parts, kSectionPart);
  add_role(making, file.code_not_after, kNoCode);
  add_role(making, file.radio_words, kRadio);
  add_role(making, file.reference_words, kReference);
}

// After all patterns: a known word that a pattern uses stays reachable by a slip.
void add_known(Making& making, const LexiconFile& file) {
  Vocabulary& vocabulary = making.tables.vocabulary;
  const auto add_exact = [&](const std::string& word) {
    const bool there = vocabulary.exact(word) != kNoWord;
    const Word id = vocabulary.add(word);
    if (!there) vocabulary.only_exact(id);
    return id;
  };
  for (const std::string& word : file.known) add_exact(word);
  for (const std::string& word : file.names) making.tree.add_name(add_exact(word));
}

}  // namespace

std::unique_ptr<Lexicon::Tables> compile(std::span<const LexiconFile> files) {
  auto tables = std::make_unique<Lexicon::Tables>();
  Making making{*tables, {}};
  add_books(making, files);
  for (const LexiconFile& file : files) add_file(making, file);
  for (const LexiconFile& file : files) add_known(making, file);
  for (const auto& [word, roles] : making.roles) tables->numbers.roles.put(word, roles);
  tables->vocabulary.seal();
  tables->phrases = making.tree.sealed(tables->vocabulary.size());
  return tables;
}

}  // namespace onus::classify
