// SPDX-License-Identifier: Apache-2.0
// Ctrl-C and a polite kill end a run between two blocks of rows, so that temporary files go and a
// case stays whole. A second one ends it at once.
#pragma once

namespace onus::cli {

void catch_signals();
bool interrupted();

}  // namespace onus::cli
