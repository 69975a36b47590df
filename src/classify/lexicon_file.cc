// SPDX-License-Identifier: Apache-2.0
#include "classify/lexicon_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
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

// What it fits: phrases, or codes and the books they stand in.
Result<void> read_forms(const Reader& reader, const TomlValue& table, PatternDef& pattern) {
  ONUS_TRY(pattern.phrases, read_phrases(reader, table));
  ONUS_TRY(const std::vector<std::string> codes, table.texts_at(reader.path, "codes"));
  for (const std::string& code : codes) pattern.codes.push_back(code_form(code));
  ONUS_TRY(pattern.books, table.texts_at(reader.path, "books"));
  return {};
}

// What every pattern must say.
Result<void> check_pattern(const Reader& reader, const TomlValue& table,
                           const PatternDef& pattern) {
  if (pattern.phrases.empty() && pattern.codes.empty())
    return toml_error(reader.path, table, "'match' or 'codes' must name something");
  if (pattern.examples.empty()) return toml_error(reader.path, table, "a pattern needs an example");
  if (pattern.axes.purpose.empty() && !pattern.ignore)
    return toml_error(reader.path, table, "'purpose' must be there, or 'ignore = true'");
  return {};
}

// What a pattern need not say.
void fill_in_axes(PatternDef& pattern) {
  if (pattern.axes.specificity.empty())
    pattern.axes.specificity = pattern.codes.empty() ? "specific" : "coded";
  if (pattern.axes.certainty.empty()) pattern.axes.certainty = kCertainties[0];
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
  ONUS_TRY_VOID(read_forms(reader, table, pattern));
  ONUS_TRY_VOID(read_guards(reader, table, pattern));
  ONUS_TRY(pattern.examples, table.texts_at(reader.path, "examples"));
  ONUS_TRY_VOID(check_pattern(reader, table, pattern));
  fill_in_axes(pattern);
  return pattern;
}

// What all sections listed under one key are: an offence, or a purpose that names none.
Result<Axes> axes_of_key(const Reader& reader, const TomlValue& value, std::string_view key) {
  const auto in = [&](std::span<const std::string_view> words) {
    const auto found = std::find(words.begin(), words.end(), key);
    return found == words.end() ? std::string_view() : *found;
  };
  Axes axes;
  axes.offence = in(record::offences());
  const bool driving = key == "dui" || key == "hit_and_run";
  axes.purpose = !axes.offence.empty() ? (driving ? "traffic" : "crime") : in(record::purposes());
  if (axes.purpose == "traffic" && axes.offence.empty()) axes.offence = "other";
  if (axes.purpose.empty())
    return toml_error(reader.path, value, fmt::format("no offence or purpose named '{}'", key));
  axes.specificity = "coded";
  return axes;
}

// A section of the shape that stands in no list.
std::string section_of(const std::string& shape, const std::set<std::string>& listed) {
  std::string section = shape;
  for (const char digit : {'8', '9', '0'}) {
    section = shape;
    std::replace(section.begin(), section.end(), '#', digit);
    if (section == shape || !listed.contains(section)) break;
  }
  return section;
}

// Each section is an example of its own: beside its book, and alone where it stands alone.
void add_section(const std::string& section, const std::set<std::string>& listed,
                 PatternDef& pattern) {
  pattern.codes.push_back(code_form(section));
  const std::string number = section_of(section, listed);
  pattern.examples.push_back(pattern.books.front() + " " + number);
  if (pattern.alone) pattern.examples.push_back(number);
}

// "[[sections]]": the sections of one book, by what they are.
Result<void> read_sections(const Reader& reader, const TomlValue& table,
                           const std::set<std::string>& listed, LexiconFile& lexicon) {
  constexpr std::array<std::string_view, 5> kOwn = {"id", "state", "books", "alone", "certainty"};
  PatternDef common;
  common.line = table.line;
  ONUS_TRY(const std::string id, table.text_at(reader.path, "id"));
  ONUS_TRY(common.state, table.text_at(reader.path, "state"));
  ONUS_TRY(common.books, table.texts_at(reader.path, "books"));
  if (const TomlValue* alone = table.find("alone")) common.alone = alone->boolean;
  ONUS_TRY(const std::string_view certainty, axis(reader, table, "certainty", kCertainties));
  if (common.books.empty()) return toml_error(reader.path, table, "sections are of a book");
  for (const auto& [key, value] : table.members) {
    if (std::find(kOwn.begin(), kOwn.end(), key) != kOwn.end()) continue;
    PatternDef pattern = common;
    pattern.id = fmt::format("{}-{}", id, key);
    std::replace(pattern.id.begin(), pattern.id.end(), '_', '-');
    ONUS_TRY(pattern.axes, axes_of_key(reader, value, key));
    pattern.axes.certainty = certainty.empty() ? kCertainties[0] : certainty;
    ONUS_TRY(const std::vector<std::string> sections, table.texts_at(reader.path, key));
    for (const std::string& section : sections) add_section(section, listed, pattern);
    lexicon.patterns.push_back(std::move(pattern));
  }
  return {};
}

Result<void> read_all_sections(const Reader& reader, const TomlValue& root, LexiconFile& lexicon) {
  ONUS_TRY(const std::vector<const TomlValue*> tables, root.tables_at(reader.path, "sections"));
  std::set<std::string> listed;
  for (const TomlValue* table : tables) {
    for (const auto& [key, value] : table->members) {
      for (const TomlValue& item : value.items) listed.insert(item.text);
    }
  }
  for (const TomlValue* table : tables)
    ONUS_TRY_VOID(read_sections(reader, *table, listed, lexicon));
  return {};
}

Result<std::vector<BookDef>> read_books(const Reader& reader, const TomlValue& root) {
  std::vector<BookDef> books;
  const TomlValue* table = root.find("books");
  if (table == nullptr) return books;
  for (const auto& [id, value] : table->members) {
    BookDef& book = books.emplace_back(BookDef{id, {Phrase{id}}});
    ONUS_TRY(const std::vector<std::string> notations, table->texts_at(reader.path, id));
    for (const std::string& notation : notations) {
      Result<std::vector<Phrase>> names = expand_phrase(notation, reader.lists);
      if (!names) return toml_error(reader.path, value, names.error().message);
      book.names.insert(book.names.end(), names->begin(), names->end());
    }
  }
  return books;
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
  ONUS_TRY(lexicon.plain_books, read_words(reader, root, "code_books"));
  ONUS_TRY(lexicon.section_parts, read_words(reader, root, "section_parts"));
  ONUS_TRY(lexicon.code_not_after, read_words(reader, root, "code_not_after"));
  ONUS_TRY(lexicon.radio_words, read_words(reader, root, "radio_words"));
  ONUS_TRY(lexicon.reference_words, read_words(reader, root, "reference_words"));
  return {};
}

Result<void> only_known_keys(const BuiltinFile& file, const TomlValue& root) {
  ONUS_TRY_VOID(root.only(
      file.path, {"id", "language", "title", "words", "known", "names", "articles", "negators",
                  "negation_fillers", "code_books", "section_parts", "code_not_after",
                  "radio_words", "reference_words", "books", "pattern", "sections", "example"}));
  ONUS_TRY_VOID(root.text_at(file.path, "id"));  // must be there
  return {};
}

Result<void> read_tables(const Reader& reader, const TomlValue& root, LexiconFile& lexicon) {
  ONUS_TRY(const std::vector<const TomlValue*> patterns, root.tables_at(reader.path, "pattern"));
  for (const TomlValue* table : patterns) {
    ONUS_TRY(PatternDef pattern, read_pattern(reader, *table));
    lexicon.patterns.push_back(std::move(pattern));
  }
  ONUS_TRY_VOID(read_all_sections(reader, root, lexicon));
  ONUS_TRY(const std::vector<const TomlValue*> examples, root.tables_at(reader.path, "example"));
  for (const TomlValue* table : examples) {
    ONUS_TRY(ExampleDef example, read_example(reader, *table));
    lexicon.examples.push_back(std::move(example));
  }
  return {};
}

}  // namespace

std::string code_form(std::string_view code) {
  std::string form;
  for (const char c : code) {
    const bool kept = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '.' || c == '-' ||
                      c == '/' || c == ':' || c == '#';
    if (kept) form.push_back(c);
  }
  return form;
}

Result<LexiconFile> read_lexicon_file(const BuiltinFile& file) {
  Reader reader{file.path, {}};
  ONUS_TRY(const TomlValue root, parse_toml(file.bytes, file.path));
  ONUS_TRY_VOID(only_known_keys(file, root));
  ONUS_TRY(reader.lists, read_lists(file.path, root));
  LexiconFile lexicon;
  lexicon.path = file.path;
  ONUS_TRY_VOID(read_lists_of(reader, root, lexicon));
  ONUS_TRY(lexicon.books, read_books(reader, root));
  ONUS_TRY_VOID(read_tables(reader, root, lexicon));
  return lexicon;
}

}  // namespace onus::classify
