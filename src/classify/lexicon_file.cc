// SPDX-License-Identifier: Apache-2.0
#include "classify/lexicon_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "base/toml.h"
#include "classify/phrase_form.h"
#include "classify/phrases.h"
#include "record/record.h"

namespace onus::classify {
namespace {

constexpr std::array<std::string_view, 3> kCertainties = {"explicit", "contextual", "ambiguous"};

struct Reader {
  std::string_view path;
  WordLists lists;
};

Result<std::string_view> axis(const Reader& reader, const TomlValue& table, std::string_view key,
                              std::span<const std::string_view> words) {
  ONUS_TRY(const std::optional<std::string> value, table.maybe_text_at(reader.path, key));
  if (!value) return std::string_view();
  const auto found = std::find(words.begin(), words.end(), *value);
  if (found != words.end()) return *found;
  return toml_error(reader.path, *table.find(key), fmt::format("no {} named '{}'", key, *value));
}

Result<Axes> read_axes(const Reader& reader, const TomlValue& table) {
  Axes axes;
  ONUS_TRY(axes.purpose, axis(reader, table, "purpose", record::purposes()));
  ONUS_TRY(axes.offence, axis(reader, table, "offence", record::offences()));
  ONUS_TRY(axes.specificity, axis(reader, table, "specificity", record::specificities()));
  ONUS_TRY(axes.topic, axis(reader, table, "topic", record::topics()));
  ONUS_TRY(axes.on_behalf_of, axis(reader, table, "on_behalf_of", record::beneficiaries()));
  ONUS_TRY(axes.certainty, axis(reader, table, "certainty", kCertainties));
  return axes;
}

// A list of single words, where "{name}" takes in a named list's.
Result<std::vector<std::string>> read_words(const Reader& reader, const TomlValue& table,
                                            std::string_view key) {
  ONUS_TRY(const std::vector<std::string> notations, table.texts_at(reader.path, key));
  std::vector<std::string> words;
  for (const std::string& notation : notations) {
    Result<std::vector<Phrase>> phrases = expand_phrase(notation, reader.lists);
    if (!phrases) return toml_error(reader.path, *table.find(key), phrases.error().message);
    for (Phrase& phrase : *phrases) {
      if (phrase.size() == 1) words.push_back(std::move(phrase[0]));
    }
  }
  return words;
}

Result<std::vector<Phrase>> read_phrases(const Reader& reader, const TomlValue& table) {
  ONUS_TRY(const std::vector<std::string> notations, table.texts_at(reader.path, "match"));
  std::vector<Phrase> all;
  for (const std::string& notation : notations) {
    Result<std::vector<Phrase>> phrases = expand_phrase(notation, reader.lists);
    if (!phrases) return toml_error(reader.path, *table.find("match"), phrases.error().message);
    for (Phrase& phrase : *phrases) {
      if (phrase.size() > Phrases::kMaxWords)
        return toml_error(reader.path, *table.find("match"), "'" + notation + "' is too long");
      all.push_back(std::move(phrase));
    }
  }
  return all;
}

Result<void> read_guards(const Reader& reader, const TomlValue& table, PatternDef& pattern) {
  ONUS_TRY(pattern.not_before, read_words(reader, table, "not_before"));
  ONUS_TRY(pattern.not_after, read_words(reader, table, "not_after"));
  ONUS_TRY(pattern.not_with, read_words(reader, table, "not_with"));
  ONUS_TRY(pattern.only_with, read_words(reader, table, "only_with"));
  return {};
}

Result<PatternDef> read_pattern(const Reader& reader, const TomlValue& table) {
  ONUS_TRY_VOID(
      table.only(reader.path, {"id", "match", "codes", "state", "purpose", "offence", "specificity",
                               "topic", "on_behalf_of", "certainty", "ignore", "not_before",
                               "not_after", "not_with", "only_with", "examples", "books"}));
  PatternDef pattern;
  pattern.line = table.line;
  ONUS_TRY(pattern.id, table.text_at(reader.path, "id"));
  ONUS_TRY(pattern.axes, read_axes(reader, table));
  if (const TomlValue* ignore = table.find("ignore")) pattern.ignore = ignore->boolean;
  ONUS_TRY(const std::optional<std::string> state, table.maybe_text_at(reader.path, "state"));
  pattern.state = state.value_or("");
  ONUS_TRY(pattern.phrases, read_phrases(reader, table));
  ONUS_TRY(const std::vector<std::string> codes, table.texts_at(reader.path, "codes"));
  for (const std::string& code : codes) pattern.codes.push_back(code_form(code));
  ONUS_TRY(pattern.books, table.texts_at(reader.path, "books"));
  ONUS_TRY_VOID(read_guards(reader, table, pattern));
  ONUS_TRY(pattern.examples, table.texts_at(reader.path, "examples"));
  if (pattern.phrases.empty() && pattern.codes.empty())
    return toml_error(reader.path, table, "'match' or 'codes' must name something");
  if (pattern.examples.empty()) return toml_error(reader.path, table, "a pattern needs an example");
  if (pattern.axes.purpose.empty() && !pattern.ignore)
    return toml_error(reader.path, table, "'purpose' must be there, or 'ignore = true'");
  if (pattern.axes.specificity.empty())
    pattern.axes.specificity = pattern.codes.empty() ? "specific" : "coded";
  if (pattern.axes.certainty.empty()) pattern.axes.certainty = kCertainties[0];
  return pattern;
}

Result<ExampleDef> read_example(const Reader& reader, const TomlValue& table) {
  ONUS_TRY_VOID(table.only(reader.path, {"text", "purpose", "offence", "specificity", "topic",
                                         "on_behalf_of", "certainty"}));
  ExampleDef example;
  example.line = table.line;
  ONUS_TRY(example.text, table.text_at(reader.path, "text"));
  ONUS_TRY(example.wanted, read_axes(reader, table));
  if (example.wanted.purpose.empty())
    return toml_error(reader.path, table, "an example states its purpose");
  return example;
}

Result<WordLists> read_lists(std::string_view path, const TomlValue& root) {
  WordLists lists;
  const TomlValue* words = root.find("words");
  if (words == nullptr) return lists;
  for (const auto& [name, value] : words->members) {
    ONUS_TRY(std::vector<std::string> entries, words->texts_at(path, name));
    lists.emplace(name, std::move(entries));
  }
  return lists;
}

Result<void> read_lists_of(const Reader& reader, const TomlValue& root, LexiconFile& lexicon) {
  ONUS_TRY(lexicon.known, read_words(reader, root, "known"));
  ONUS_TRY(lexicon.names, read_words(reader, root, "names"));
  ONUS_TRY(lexicon.articles, read_words(reader, root, "articles"));
  ONUS_TRY(lexicon.negators, read_words(reader, root, "negators"));
  ONUS_TRY(lexicon.fillers, read_words(reader, root, "negation_fillers"));
  ONUS_TRY(lexicon.books, read_words(reader, root, "code_books"));
  ONUS_TRY(lexicon.section_parts, read_words(reader, root, "section_parts"));
  ONUS_TRY(lexicon.code_not_after, read_words(reader, root, "code_not_after"));
  ONUS_TRY(lexicon.radio_words, read_words(reader, root, "radio_words"));
  ONUS_TRY(lexicon.reference_words, read_words(reader, root, "reference_words"));
  return {};
}

}  // namespace

std::string code_form(std::string_view code) {
  std::string form;
  for (const char c : code) {
    const bool kept = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '.' || c == '-' ||
                      c == '/' || c == ':';
    if (kept) form.push_back(c);
  }
  return form;
}

Result<LexiconFile> read_lexicon_file(const BuiltinFile& file) {
  Reader reader{file.path, {}};
  ONUS_TRY(const TomlValue root, parse_toml(file.bytes, file.path));
  ONUS_TRY_VOID(root.only(
      file.path, {"id", "language", "title", "words", "known", "names", "articles", "negators",
                  "negation_fillers", "code_books", "section_parts", "code_not_after",
                  "radio_words", "reference_words", "pattern", "example"}));
  ONUS_TRY(const std::string id, root.text_at(file.path, "id"));
  ONUS_TRY(reader.lists, read_lists(file.path, root));
  LexiconFile lexicon;
  lexicon.path = file.path;
  ONUS_TRY_VOID(read_lists_of(reader, root, lexicon));
  ONUS_TRY(const std::vector<const TomlValue*> patterns, root.tables_at(file.path, "pattern"));
  for (const TomlValue* table : patterns) {
    ONUS_TRY(PatternDef pattern, read_pattern(reader, *table));
    lexicon.patterns.push_back(std::move(pattern));
  }
  ONUS_TRY(const std::vector<const TomlValue*> examples, root.tables_at(file.path, "example"));
  for (const TomlValue* table : examples) {
    ONUS_TRY(ExampleDef example, read_example(reader, *table));
    lexicon.examples.push_back(std::move(example));
  }
  return lexicon;
}

}  // namespace onus::classify
