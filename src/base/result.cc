// SPDX-License-Identifier: Apache-2.0
#include "base/result.h"

namespace onus {

std::string Error::text() const {
  if (contexts.empty()) return message;
  std::string out = message + " (";
  for (std::size_t i = 0; i < contexts.size(); ++i) out += (i ? "; " : "") + contexts[i];
  return out + ")";
}

}  // namespace onus
