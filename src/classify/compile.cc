// SPDX-License-Identifier: Apache-2.0
// Lexicon files to the tables that reading walks.
#include <algorithm>

#include "classify/phrase_tree.h"
#include "classify/tables.h"
#include "record/record.h"

namespace onus::classify {
namespace {

using Claim = PhraseTree::Claim;

struct Making {
  Lexicon::Tables& tables;
  PhraseTree tree;
};

std::vector<Word> add_words(Vocabulary& vocabulary, const std::vector<std::string>& words) {
  std::vector<Word> ids;
  for (const std::string& word : words) ids.push_back(vocabulary.add(word));
  std::sort(ids.begin(), ids.end());
  return ids;
}

void put_all(WordTable& table, const std::vector<std::string>& words) {
  for (const std::string& word : words) table.put(word, 0);
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

void add_codes(Numbers& numbers, const PatternDef& def, std::int32_t pattern) {
  put_all(numbers.books, def.books);
  for (const std::string& code : def.codes) {
    if (def.books.empty()) numbers.codes.put(code, pattern);
    for (const std::string& book : def.books) numbers.booked.put(book + " " + code, pattern);
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
  add_codes(tables.numbers, def, index);
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
  put_all(tables.numbers.books, file.books);
  put_all(tables.numbers.section_parts, file.section_parts);
  put_all(tables.numbers.code_not_after, file.code_not_after);
  put_all(tables.numbers.radio_words, file.radio_words);
  put_all(tables.numbers.reference_words, file.reference_words);
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
  for (const LexiconFile& file : files) add_file(making, file);
  for (const LexiconFile& file : files) add_known(making, file);
  tables->vocabulary.seal();
  tables->phrases = making.tree.sealed();
  return tables;
}

}  // namespace onus::classify
