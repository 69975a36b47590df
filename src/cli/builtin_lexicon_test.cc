// SPDX-License-Identifier: Apache-2.0
#include "cli/builtin_lexicon.h"

#include <gtest/gtest.h>

#include "base/builtin.h"

namespace onus::cli {
namespace {

TEST(BuiltinLexicon, IsByteForByteWhatItsFilesCompileTo) {
  Result<classify::Lexicon> files = classify::Lexicon::load(builtin_files_in("packs/purposes/"));
  ASSERT_TRUE(files) << files.error().text();
  EXPECT_TRUE(files->packed() == builtin_lexicon(Reader::lexicon_only)->packed());
}

}  // namespace
}  // namespace onus::cli
