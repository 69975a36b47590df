// SPDX-License-Identifier: Apache-2.0
#include "cli/builtin_lexicon.h"

#include "base/builtin.h"

extern "C" {
extern const char onus_lexicon_begin[];
extern const char onus_lexicon_end[];
}

namespace onus::cli {

Result<classify::Lexicon> builtin_lexicon(Reader reader) {
  const auto size = static_cast<std::size_t>(onus_lexicon_end - onus_lexicon_begin);
  classify::Lexicon lexicon = classify::Lexicon::of_packed({onus_lexicon_begin, size});
  if (reader == Reader::lexicon_only) return lexicon;
  for (const BuiltinFile& file : builtin_files_in("packs/models/"))
    ONUS_TRY_VOID(lexicon.use_model(file.bytes, file.path));
  return lexicon;
}

}  // namespace onus::cli
