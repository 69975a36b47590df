// SPDX-License-Identifier: Apache-2.0
// Reads the reason that stands beside a lookup: what for, which offence, how precisely said, for
// whom, on which protected ground, and how sure that is. These are axes of their own, never one
// label: a reason may name an offence and still be vague about whom it serves.
//
// A reading rests on what stands in the text: `evidence` is a span of the original on word
// boundaries, `decided_by` the id of the pattern or shape that decided. Where nothing decides, the
// purpose is "unclear", and that is a result. A letter sequence inside a word is never evidence:
// "police" does not say "ice".
//
// What is known about words stands in lexicons (packs/purposes/*.toml, docs/vocabulary.md), not
// here.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/builtin.h"
#include "base/result.h"
#include "store/database.h"
#include "text/span.h"

namespace onus::classify {

// Views of fixed words (record/record.h) but decided_by, which lives until the next read with the
// same scratch.
struct Reading {
  std::string_view purpose;                      // record::purposes()
  std::string_view specificity;                  // record::specificities()
  std::optional<std::string_view> offence;       // record::offences(); nothing: none is named
  std::optional<std::string_view> topic;         // record::topics()
  std::optional<std::string_view> on_behalf_of;  // record::beneficiaries()
  std::string_view certainty;                    // "explicit", "contextual", "ambiguous"
  text::Span evidence;                           // into the text as given; empty: nothing decided
  std::string_view
      decided_by;  // "stolen-vehicle", "shape:reference", "model: <burgl glry>", "none"
};

class Model;

// Memory that read() uses again and again, so that it allocates nothing per text. One per thread.
class Scratch {
 public:
  Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  Scratch(Scratch&&) noexcept;
  Scratch& operator=(Scratch&&) noexcept;
  ~Scratch();

  struct State;
  State& state() { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

class Lexicon {
 public:
  // One lexicon of all files; where two patterns fit equally well, the earlier file and the earlier
  // line wins. A file with a mistake, or whose own examples do not read as it says, is
  // Code::bad_input with file and line.
  static Result<Lexicon> load(std::span<const BuiltinFile> files);
  // The same as bytes, to be used where they lie by a program of the same build: `bytes` outlive
  // the lexicon and begin on a boundary of eight.
  std::string packed();
  static Lexicon of_packed(std::string_view bytes);

  // The model that decides what the lexicons leave open (classify/model.h).
  Result<void> use_model(std::string_view bytes, std::string_view file);

  Lexicon(const Lexicon&) = delete;
  Lexicon& operator=(const Lexicon&) = delete;
  Lexicon(Lexicon&&) noexcept;
  Lexicon& operator=(Lexicon&&) noexcept;
  ~Lexicon();

  // Any bytes. Looks at the first text::kMaxTextBytes and text::kMaxTokens of them. Same text, same
  // reading; case, runs of blanks and '+' for a blank change nothing but the span.
  Reading read(std::string_view text, Scratch& scratch) const;

  struct Tables;
  const Tables& tables() const { return *tables_; }

 private:
  explicit Lexicon(std::unique_ptr<Tables> tables);
  std::unique_ptr<Tables> tables_;
  std::unique_ptr<const Model> model_;
};

struct Summary {
  std::int64_t texts = 0;    // distinct strings read
  std::int64_t unclear = 0;  // of them, those whose purpose could not be told
};

// The stage: reads `texts`, replaces `readings`.
Result<Summary> run(store::Database& database, const Lexicon& lexicon, int threads = 1);

}  // namespace onus::classify
