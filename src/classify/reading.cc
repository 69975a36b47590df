// SPDX-License-Identifier: Apache-2.0
#include "classify/reading.h"

#include <algorithm>
#include <optional>

#include "classify/model.h"
#include "classify/tables.h"
#include "record/record.h"

namespace onus::classify {

namespace {

// What a model decides is never more than ambiguous: a rule that asks for an explicit reason is not
// met by it.
void apply(const Model::Decision& decision, Scratch::State& state, Reading& reading) {
  const ModelClass& is = *decision.is;
  reading.purpose = is.purpose;
  reading.specificity = is.specificity;
  reading.certainty = "ambiguous";
  if (!is.offence.empty()) reading.offence = is.offence;
  if (is_protected(is)) reading.topic = is.purpose;
  if (decision.token >= 0)
    reading.evidence =
        state.normalised.to_original(state.tokens[static_cast<std::size_t>(decision.token)].span);
  state.decided_by = "model:";
  for (const std::string_view piece : decision.by) {
    if (!piece.empty()) state.decided_by.append(" ").append(piece);
  }
  reading.decided_by = state.decided_by;
}

}  // namespace

Scratch::Scratch() : state_(std::make_unique<State>()) {}
Scratch::Scratch(Scratch&&) noexcept = default;
Scratch& Scratch::operator=(Scratch&&) noexcept = default;
Scratch::~Scratch() = default;

Reading Lexicon::read(std::string_view text, Scratch& scratch) const {
  Scratch::State& state = scratch.state();
  state.normalised.assign(text);
  text::tokenise(state.normalised.text(), state.tokens);
  const Numbers& numbers = tables_->numbers;
  state.books.assign(state.normalised.text(), state.tokens, numbers.roles, numbers.books);
  mark_tokens(state.books, numbers, state.sections, state.marks);
  find_hits(*tables_, state);
  Reading reading = combine(*tables_, state);
  if (model_ != nullptr && is_open(state, reading)) {
    if (const auto decision = model_->decide(*tables_, state)) apply(*decision, state, reading);
  }
  return reading;
}

}  // namespace onus::classify
