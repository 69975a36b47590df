// SPDX-License-Identifier: Apache-2.0
#include "ingest/identity_table.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace onus::ingest {
namespace {

// Against a std::map, with identities that share their slot, and tables cut back at random.
TEST(IdentityTable, NumbersAsAMapDoesThroughGrowthAndTruncation) {
  std::mt19937_64 random(7);
  IdentityTable table;
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::uint32_t> model;
  for (int step = 0; step < 20'000; ++step) {
    const Hash128 identity{(random() % 64) << 20 | random() % 8, random() % 40};
    const std::optional<std::uint32_t> found = table.find(identity);
    const auto [id, is_new] = table.add(identity);
    const auto [known, first] =
        model.try_emplace({identity.low, identity.high}, static_cast<std::uint32_t>(model.size()));
    ASSERT_EQ(found.has_value(), !first);
    ASSERT_EQ(found.value_or(known->second), known->second);
    ASSERT_EQ(is_new, first);
    ASSERT_EQ(id, known->second);
    if (random() % 3000 != 0) continue;
    const auto keep = static_cast<std::uint32_t>(random() % (model.size() + 1));
    table.truncate(keep);
    std::erase_if(model, [&](const auto& entry) { return entry.second >= keep; });
    ASSERT_EQ(table.size(), keep);
  }
  EXPECT_GT(model.size(), 1000U);
}

}  // namespace
}  // namespace onus::ingest
