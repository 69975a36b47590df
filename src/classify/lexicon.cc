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
      return tables.id(tables.pattern(h.pattern)) == def.id && !h.negated;
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

Lexicon::Lexicon(std::unique_ptr<Tables> tables) : tables_(std::move(tables)) {}
Lexicon::Lexicon(Lexicon&&) noexcept = default;
Lexicon& Lexicon::operator=(Lexicon&&) noexcept = default;
Lexicon::~Lexicon() = default;

Result<Lexicon> Lexicon::load(std::span<const BuiltinFile> files) {
  std::vector<LexiconFile> lexicons;
  for (const BuiltinFile& file : files) {
    ONUS_TRY(LexiconFile lexicon, read_lexicon_file(file));
    lexicons.push_back(std::move(lexicon));
  }
  ONUS_TRY_VOID(check_ids(lexicons));
  Lexicon lexicon(compile(lexicons));
  Scratch scratch;
  for (const LexiconFile& file : lexicons) {
    for (const PatternDef& def : file.patterns)
      ONUS_TRY_VOID(check_pattern(*lexicon.tables_, lexicon, file, def, scratch));
    ONUS_TRY_VOID(check_examples(lexicon, file, scratch));
  }
  return lexicon;
}

std::string Lexicon::packed() {
  Packer packer;
  tables_->each_array(packer);
  return packer.take();
}

Lexicon Lexicon::of_packed(std::string_view bytes) {
  auto tables = std::make_unique<Tables>();
  Unpacker unpacker(bytes);
  tables->each_array(unpacker);
  tables->vocabulary.take_number();
  return Lexicon(std::move(tables));
}

Result<void> Lexicon::use_model(std::string_view bytes, std::string_view file) {
  ONUS_TRY(Model model, Model::parse(bytes, file));
  model_ = std::make_unique<const Model>(std::move(model));
  return {};
}

}  // namespace onus::classify
