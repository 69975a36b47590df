// SPDX-License-Identifier: Apache-2.0
#include "record/hide.h"

#include <gtest/gtest.h>

namespace onus::record {
namespace {

TEST(Hide, TakesTheDigitsOfATokenAndNothingElse) {
  EXPECT_EQ(without_tokens("a [subject:1a2b3c4d] b [subject:00] c"), "a [subject] b [subject] c");
  EXPECT_EQ(without_tokens("[subject:1a2b"), "[subject]");
  EXPECT_EQ(without_tokens("[subject] [other:1]"), "[subject] [other:1]");
  EXPECT_EQ(without_tokens(""), "");
}

}  // namespace
}  // namespace onus::record
