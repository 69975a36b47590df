// SPDX-License-Identifier: Apache-2.0
// Cuts a normalised text (text/normalise.h) into runs of letters and runs of digits. "211pc" is one
// word of two parts: each part is a Token, the second is `glued`. A decimal point between digits
// stays inside ("273.5"), an apostrophe ending belongs to its word ("sheriff's"). All else
// separates.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "text/span.h"

namespace onus::text {

// Tokens that are cut from one text; the rest is not looked at.
inline constexpr std::size_t kMaxTokens = 512;

struct Token {
  Span span;             // into the normalised text, an apostrophe ending included
  Span stem;             // without it: "sheriff" of "sheriff's"
  bool digits = false;   // a run of digits, else of letters
  bool glued = false;    // part of the same word as the token before
  char before = 0;       // the byte right before, 0 at the start of the text and where glued
  std::int32_t gap = 0;  // bytes between this and the token before
};

// Replaces `tokens`; its memory is reused.
void tokenise(std::string_view normalised, std::vector<Token>& tokens);

}  // namespace onus::text
