// SPDX-License-Identifier: Apache-2.0
// Any bytes are a name: there is a key, a kind of the list, and a state code that exists.
#include <string_view>

#include "base/check.h"
#include "resolve/resolve.h"
#include "resolve/states.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view name(reinterpret_cast<const char*>(data), size);
  const onus::resolve::Party party = onus::resolve::parse_agency(name);
  ONUS_CHECK(!party.key.empty() && !party.kind.empty());
  ONUS_CHECK(party.confidence > 0 && party.confidence <= 1000);
  if (party.state) {
    const char code[2] = {static_cast<char>((*party.state)[0] | 0x20),
                          static_cast<char>((*party.state)[1] | 0x20)};
    ONUS_CHECK(onus::resolve::state_of_code({code, 2}) == party.state);
  }
  ONUS_CHECK(onus::resolve::parse_agency(name).key == party.key);
  return 0;
}
