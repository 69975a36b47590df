// SPDX-License-Identifier: Apache-2.0
// onus-classify OUT: the lexicons of packs/purposes/ as bytes that onus holds and uses where they
// lie. Run by the build, which fails where a lexicon has a mistake or an example reads otherwise.
#include <cstdio>

#include "base/builtin.h"
#include "base/file.h"
#include "classify/reading.h"

namespace {

onus::Result<void> pack(const char* out) {
  ONUS_TRY(onus::classify::Lexicon lexicon,
           onus::classify::Lexicon::load(onus::builtin_files_in("packs/purposes/")));
  return onus::write_file(out, lexicon.packed());
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) return std::fputs("usage: onus-classify OUT\n", stderr), 2;
  const onus::Result<void> packed = pack(words[1]);
  if (!packed) std::fprintf(stderr, "%s\n", packed.error().text().c_str());
  return packed ? 0 : 3;
}
