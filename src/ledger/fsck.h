// SPDX-License-Identifier: Apache-2.0
// Whether the private store fits the log: every record has what opens it, unless an erasure in the
// log says that it is gone, and then it is gone. (That the log itself is whole, verify/ says, which
// shares no code with this.)
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "ledger/ledger.h"

namespace onus::ledger {

struct PrivateReport {
  std::uint64_t records = 0;
  std::uint64_t erased_groups = 0;
  std::string bad;  // empty: it fits
  std::optional<std::uint64_t> first_bad;
};

Result<PrivateReport> check_private(const Ledger& ledger);

}  // namespace onus::ledger
