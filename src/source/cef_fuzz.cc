// SPDX-License-Identifier: Apache-2.0
// Any line as CEF or LEEF: it is read or not; no key is empty, and what was read holds no more than
// stood in the line (escapes only shorten, labels move).
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "source/cef.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  std::vector<onus::source::CefPair> pairs;
  const bool read = onus::source::parse_cef(line, pairs);
  ONUS_CHECK(read || pairs.empty());
  std::size_t values = 0;
  for (const onus::source::CefPair& pair : pairs) {
    ONUS_CHECK(!pair.key.empty());
    values += pair.value.size();
  }
  ONUS_CHECK(values <= line.size());
  return 0;
}
