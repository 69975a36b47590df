// SPDX-License-Identifier: Apache-2.0
// Any bytes: tokens lie inside the normalised text, in order; their spans lie inside the original
// and never go backwards.
#include <cstdint>
#include <vector>

#include "base/check.h"
#include "text/normalise.h"
#include "text/tokens.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace onus::text;
  const std::string_view original(reinterpret_cast<const char*>(data), size);
  static Normalised normalised;
  static std::vector<Token> tokens;
  normalised.assign(original);
  const std::string_view text = normalised.text();
  tokenise(text, tokens);
  Span last{0, 0};
  std::int32_t last_end = 0;
  for (const Token& token : tokens) {
    ONUS_CHECK(token.span.begin >= last_end && token.span.size() > 0);
    ONUS_CHECK(token.stem.begin == token.span.begin && token.stem.end <= token.span.end);
    last_end = token.span.end;
    const Span source = normalised.to_original(token.span);
    ONUS_CHECK(source.begin >= last.begin && source.end >= last.end && source.size() > 0);
    ONUS_CHECK(source.end <= static_cast<std::int32_t>(size));
    last = source;
  }
  ONUS_CHECK(last_end <= static_cast<std::int32_t>(text.size()));
  ONUS_CHECK(text.empty() || (text.front() != ' ' && text.back() != ' '));
  ONUS_CHECK(text.find("  ") == std::string_view::npos);
  return 0;
}
