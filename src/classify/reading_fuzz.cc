// SPDX-License-Identifier: Apache-2.0
// Any bytes as a reason: the reading keeps to the vocabularies, and its evidence lies inside the
// text.
#include <algorithm>
#include <cstdint>

#include "base/check.h"
#include "classify/reading.h"
#include "record/record.h"
#include "support/lexicons.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace onus;
  static const Result<classify::Lexicon> lexicon = classify::builtin_from_files();
  static classify::Scratch scratch;
  ONUS_CHECK(lexicon.has_value());
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const classify::Reading reading = lexicon->read(text, scratch);
  const auto purposes = record::purposes();
  ONUS_CHECK(std::find(purposes.begin(), purposes.end(), reading.purpose) != purposes.end());
  ONUS_CHECK(reading.evidence.begin >= 0 && reading.evidence.begin <= reading.evidence.end);
  ONUS_CHECK(static_cast<std::size_t>(reading.evidence.end) <= size);
  const classify::Reading again = lexicon->read(text, scratch);
  ONUS_CHECK(again.decided_by == reading.decided_by && again.evidence == reading.evidence);
  return 0;
}
