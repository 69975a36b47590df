// SPDX-License-Identifier: Apache-2.0
// Which laws were put to the logs, and which could not be because a party is not known: once for
// each pack, never rule by rule.
#pragma once

#include <string>
#include <vector>

#include "report/page.h"

namespace onus::report {

// Packs of law that govern no access but may govern some, by what is not known: one sentence for
// each such fact, with the number of packs and of accesses and the places. Most packs first.
std::vector<std::string> unapplied_sentences(const Model& model, const Messages& say);

// The section of the first page: a table of the laws that govern, then those sentences.
void write_jurisdiction(const View& view);

}  // namespace onus::report
