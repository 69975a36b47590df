// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "source/csv.h"

namespace onus::source {
namespace {

TEST(Csv, Smoke) {
  auto stream = CsvStream::from_bytes("a,b\r\n\"x\ny\",\"q\"\"r\"\n", {});
  ASSERT_TRUE(stream);
  auto block = stream->next();
  ASSERT_TRUE(block && *block);
  Records records(**block);
  Record record;
  ASSERT_TRUE(records.next(record));
  EXPECT_EQ(record.cells.size(), 2U);
  ASSERT_TRUE(records.next(record));
  EXPECT_EQ(record.cells[1].text, "q\"r");
  EXPECT_FALSE(records.next(record));
}

}  // namespace
}  // namespace onus::source
