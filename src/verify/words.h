// SPDX-License-Identifier: Apache-2.0
// Sentences that both kinds of check say: detail of verify.h.
#pragma once

#include "verify/verify.h"

namespace onus::verify {

// The checkpoint, if the policy's log signed it and its quorum holds; else nothing and report.bad.
std::optional<tlog::Checkpoint> check_checkpoint(std::string_view note, const tlog::Policy& policy,
                                                 Report& report);

// What no check of a log can prove.
void say_limits(Report& report);

}  // namespace onus::verify
