// SPDX-License-Identifier: Apache-2.0
// The lexicons of packs/purposes/ compiled from their files, with the model of packs/models/.
#pragma once

#include "base/builtin.h"
#include "classify/reading.h"

namespace onus::classify {

inline Result<Lexicon> builtin_from_files() {
  ONUS_TRY(Lexicon lexicon, Lexicon::load(builtin_files_in("packs/purposes/")));
  for (const BuiltinFile& file : builtin_files_in("packs/models/"))
    ONUS_TRY_VOID(lexicon.use_model(file.bytes, file.path));
  return lexicon;
}

}  // namespace onus::classify
