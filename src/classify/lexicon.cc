// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "classify/model.h"
#include "classify/tables.h"
#include "record/record.h"

namespace onus::classify {
namespace {

using Tables = Lexicon::Tables;

tl::unexpected<Error> at_line(const LexiconFile& file, int line, const std::string& what) {
  return fail(Code::bad_input, fmt::format("{}:{}: {}", file.path, line, what));
}

std::vector<Word> add_words(Vocabulary& vocabulary, const std::vector<std::string>& words) {
  std::vector<Word> ids;
  for (const std::string& word : words) ids.push_back(vocabulary.add(word));
  std::sort(ids.begin(), ids.end());
  return ids;
}

void put_all(WordTable& table, const std::vector<std::string>& words) {
  for (const std::string& word : words) table.put(word, 0);
}

void append(std::vector<Word>& to, const std::vector<Word>& from) {
  to.insert(to.end(), from.begin(), from.end());
  std::sort(to.begin(), to.end());
}

// Short words that alone say a protected ground or an agency are read as they stand or not at all,
// and longer ones with one slip: "Pickett" is no picket, and "Alorton" no abortion.
void guard_dear(Vocabulary& vocabulary, const Axes& axes, const std::string& text, Word word) {
  if (axes.topic.empty() && axes.on_behalf_of.empty()) return;
  if (text.size() < 7) vocabulary.only_exact(word);
  if (text.size() < 10) vocabulary.one_slip(word);
}

Phrases::Claim claim_of(const Pattern& pattern) {
  if (!pattern.only_with.empty()) return Phrases::Claim::asks_more;
  const bool guarded = pattern.ignore || !pattern.not_before.empty() ||
                       !pattern.not_after.empty() || !pattern.not_with.empty();
  return guarded ? Phrases::Claim::guarded : Phrases::Claim::settles;
}

void add_phrases(Tables& tables, const PatternDef& def, std::int32_t pattern) {
  std::vector<Word> ids;
  const Phrases::Claim claim = claim_of(tables.patterns[static_cast<std::size_t>(pattern)]);
  for (const Phrase& phrase : def.phrases) {
    ids.clear();
    for (const std::string& word : phrase) {
      if (word == "_" || word == "@") {
        ids.push_back(word == "@" ? Phrases::kName : Phrases::kAnyWord);
        continue;
      }
      ids.push_back(tables.vocabulary.add(word));
      const Axes& axes = tables.patterns[static_cast<std::size_t>(pattern)].axes;
      if (phrase.size() == 1) guard_dear(tables.vocabulary, axes, word, ids.back());
      if (word.size() >= 3) tables.numbers.words.put(word, 0);
    }
    tables.phrases.add(ids, pattern, claim);
  }
}

void add_pattern(Tables& tables, const PatternDef& def) {
  const auto index = static_cast<std::int32_t>(tables.patterns.size());
  Pattern pattern;
  pattern.id = def.id;
  pattern.feature = "@" + def.id;
  if (!def.ignore) pattern.axes = def.axes;
  pattern.ignore = def.ignore;
  pattern.state = def.state;
  const auto topics = record::topics();
  const auto topic = std::find(topics.begin(), topics.end(), pattern.axes.purpose);
  if (pattern.axes.topic.empty() && topic != topics.end()) pattern.axes.topic = *topic;
  pattern.ranks = ranks_of(pattern.axes);
  pattern.not_before = add_words(tables.vocabulary, def.not_before);
  pattern.not_after = add_words(tables.vocabulary, def.not_after);
  pattern.not_with = add_words(tables.vocabulary, def.not_with);
  pattern.only_with = add_words(tables.vocabulary, def.only_with);
  tables.patterns.push_back(std::move(pattern));
  add_phrases(tables, def, index);
  put_all(tables.numbers.books, def.books);
  for (const std::string& code : def.codes) {
    if (def.books.empty()) tables.numbers.codes.put(code, index);
    for (const std::string& book : def.books) tables.numbers.booked.put(book + " " + code, index);
  }
}

void add_file(Tables& tables, const LexiconFile& file) {
  for (const PatternDef& def : file.patterns) add_pattern(tables, def);
  for (const std::string& word : file.articles)
    tables.phrases.add_article(tables.vocabulary.add(word));
  append(tables.negators, add_words(tables.vocabulary, file.negators));
  append(tables.fillers, add_words(tables.vocabulary, file.fillers));
  for (const Word word : tables.fillers) tables.vocabulary.only_exact(word);
  for (const Word word : tables.negators) tables.vocabulary.only_exact(word);
  put_all(tables.numbers.books, file.books);
  put_all(tables.numbers.section_parts, file.section_parts);
  put_all(tables.numbers.code_not_after, file.code_not_after);
  put_all(tables.numbers.radio_words, file.radio_words);
  put_all(tables.numbers.reference_words, file.reference_words);
}

// After all patterns: a known word that a pattern uses stays reachable by a slip.
void add_known(Tables& tables, const LexiconFile& file) {
  const auto add_exact = [&](const std::string& word) {
    const bool there = tables.vocabulary.exact(word) != kNoWord;
    const Word id = tables.vocabulary.add(word);
    if (!there) tables.vocabulary.only_exact(id);
    return id;
  };
  for (const std::string& word : file.known) add_exact(word);
  for (const std::string& word : file.names) tables.phrases.add_name(add_exact(word));
}

std::string shown(std::string_view value) { return value.empty() ? "none" : std::string(value); }

// What the reading says otherwise than the example; empty: they agree.
std::string difference(const Reading& got, const Axes& wanted) {
  std::string text;
  const auto compare = [&](std::string_view axis, std::string_view is, std::string_view should,
                           bool always) {
    if (is != should && (always || !should.empty()))
      text += fmt::format(" {} is {}, not {};", axis, shown(is), shown(should));
  };
  compare("purpose", got.purpose, wanted.purpose, true);
  compare("offence", got.offence.value_or(""), wanted.offence, true);
  compare("on_behalf_of", got.on_behalf_of.value_or(""), wanted.on_behalf_of, true);
  compare("topic", got.topic.value_or(""), wanted.topic, false);
  compare("specificity", got.specificity, wanted.specificity, false);
  compare("certainty", got.certainty, wanted.certainty, false);
  return text;
}

Result<void> check_examples(const Lexicon& lexicon, const LexiconFile& file, Scratch& scratch) {
  for (const ExampleDef& example : file.examples) {
    const Reading got = lexicon.read(example.text, scratch);
    const std::string wrong = difference(got, example.wanted);
    if (!wrong.empty())
      return at_line(file, example.line,
                     fmt::format("example '{}' reads otherwise:{} decided by {}", example.text,
                                 wrong, got.decided_by));
  }
  return {};
}

// A pattern's own examples: it must be among what reads them, alone or beside others.
Result<void> check_pattern(const Tables& tables, const Lexicon& lexicon, const LexiconFile& file,
                           const PatternDef& def, Scratch& scratch) {
  for (const std::string& example : def.examples) {
    static_cast<void>(lexicon.read(example, scratch));
    const std::vector<Hit>& hits = scratch.state().hits;
    const bool hit = std::any_of(hits.begin(), hits.end(), [&](const Hit& h) {
      return tables.patterns[static_cast<std::size_t>(h.pattern)].id == def.id && !h.negated;
    });
    if (!hit)
      return at_line(file, def.line,
                     fmt::format("example '{}' is not read by pattern '{}'", example, def.id));
  }
  return {};
}

Result<void> check_ids(const std::vector<LexiconFile>& files) {
  std::set<std::string> ids;
  for (const LexiconFile& file : files) {
    for (const PatternDef& def : file.patterns) {
      if (!ids.insert(def.id).second)
        return at_line(file, def.line, fmt::format("pattern '{}' is there twice", def.id));
    }
  }
  return {};
}

}  // namespace

Lexicon::Lexicon(std::unique_ptr<const Tables> tables) : tables_(std::move(tables)) {}
Lexicon::Lexicon(Lexicon&&) noexcept = default;
Lexicon& Lexicon::operator=(Lexicon&&) noexcept = default;
Lexicon::~Lexicon() = default;

Result<Lexicon> Lexicon::load(std::span<const BuiltinFile> files) {
  std::vector<LexiconFile> lexicons;
  auto tables = std::make_unique<Tables>();
  for (const BuiltinFile& file : files) {
    ONUS_TRY(LexiconFile lexicon, read_lexicon_file(file));
    add_file(*tables, lexicon);
    lexicons.push_back(std::move(lexicon));
  }
  for (const LexiconFile& file : lexicons) add_known(*tables, file);
  ONUS_TRY_VOID(check_ids(lexicons));
  tables->vocabulary.seal();
  tables->phrases.seal();
  Lexicon lexicon(std::move(tables));
  Scratch scratch;
  for (const LexiconFile& file : lexicons) {
    for (const PatternDef& def : file.patterns)
      ONUS_TRY_VOID(check_pattern(*lexicon.tables_, lexicon, file, def, scratch));
    ONUS_TRY_VOID(check_examples(lexicon, file, scratch));
  }
  return lexicon;
}

Result<Lexicon> Lexicon::load_builtin(Reader reader) {
  ONUS_TRY(Lexicon lexicon, load(builtin_files_in("packs/purposes/")));
  if (reader == Reader::lexicon_only) return lexicon;
  for (const BuiltinFile& file : builtin_files_in("packs/models/"))
    ONUS_TRY_VOID(lexicon.use_model(file.bytes, file.path));
  return lexicon;
}

Result<void> Lexicon::use_model(std::string_view bytes, std::string_view file) {
  ONUS_TRY(Model model, Model::parse(bytes, file));
  model_ = std::make_unique<const Model>(std::move(model));
  return {};
}

}  // namespace onus::classify
