// SPDX-License-Identifier: Apache-2.0
// The lexicons of packs/purposes/ as the build packed them (cmake/lexicon.cmake), with the model of
// packs/models/ for what they leave open.
#pragma once

#include "base/result.h"
#include "classify/reading.h"

namespace onus::cli {

enum class Reader : std::uint8_t { with_model, lexicon_only };
Result<classify::Lexicon> builtin_lexicon(Reader reader = Reader::with_model);

}  // namespace onus::cli
