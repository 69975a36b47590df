// SPDX-License-Identifier: Apache-2.0
// Brings what people type to one form, so that one spelling in a lexicon meets all of them:
// compatibility forms and case are folded (NFKC), '+', '_', control characters and bytes that are
// no UTF-8 count as blanks, runs of blanks become one, the ends are trimmed, typographic quotes and
// dashes become plain. Every byte of the result knows which bytes of the original it comes from.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "text/span.h"

namespace onus::text {

// Bytes of an original that are read; what stands behind them is not looked at. Far over any cell
// that a person typed, and a bound on what a hostile cell can cost.
inline constexpr std::size_t kMaxTextBytes = std::size_t{64} << 10;

// Meant to be kept and assigned again: the buffers are reused, nothing is allocated per text.
class Normalised {
 public:
  void assign(std::string_view original);

  // Valid until the next assign.
  std::string_view text() const { return {text_.data(), size_}; }

  // The bytes of the original that a piece of text() comes from. `piece` lies inside text(). Pieces
  // that follow each other give spans that do not go backwards; an empty piece gives an empty span.
  Span to_original(Span piece) const;

 private:
  bool fold(std::string_view original);
  bool shifts() const;
  void close_gaps();
  std::size_t take_ascii(std::string_view original, std::size_t from);
  std::size_t take_cluster(std::string_view original, std::size_t from);
  void emit(char byte, Span source);
  void blank(Span source);

  std::string text_;          // and room behind it
  std::size_t size_ = 0;      // of the text
  std::vector<Span> source_;  // one per byte; empty: each byte comes from where it stands
  Span blank_;                // the run of blanks not yet written; empty: none
};

}  // namespace onus::text
