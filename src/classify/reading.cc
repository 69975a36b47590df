// SPDX-License-Identifier: Apache-2.0
#include "classify/reading.h"

#include "classify/tables.h"

namespace onus::classify {

Scratch::Scratch() : state_(std::make_unique<State>()) {}
Scratch::Scratch(Scratch&&) noexcept = default;
Scratch& Scratch::operator=(Scratch&&) noexcept = default;
Scratch::~Scratch() = default;

Reading Lexicon::read(std::string_view text, Scratch& scratch) const {
  Scratch::State& state = scratch.state();
  state.normalised.assign(text);
  text::tokenise(state.normalised.text(), state.tokens);
  mark_tokens(state.normalised.text(), state.tokens, tables_->numbers, state.marks);
  find_hits(*tables_, state);
  return combine(*tables_, state);
}

}  // namespace onus::classify
