// SPDX-License-Identifier: Apache-2.0
#include "rules/program.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "record/facts.h"
#include "rules/decide.h"
#include "rules/parse.h"
#include "rules/read_pack.h"
#include "rules/rules.h"

namespace {
std::atomic<std::int64_t> allocations{0};
}  // namespace

// The compiler takes the tests' own new for another than the one that these replace.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
// Every allocation of this program is counted.
void* operator new(std::size_t size) {
  ++allocations;
  if (void* out = std::malloc(size)) return out;
  throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size);
}
void operator delete(void* block) noexcept { std::free(block); }
void operator delete(void* block, std::size_t) noexcept { std::free(block); }

namespace onus::rules {
namespace {

// Every rule that ships, over its own examples.
TEST(Program, DecidesWithoutAnAllocation) {
  std::int64_t decided = 0;
  for (const NamedText& file : builtin_packs()) {
    const Result<PackText> read = read_pack(file);
    ASSERT_TRUE(read) << read.error().text();
    for (std::size_t r = 0; r < read->pack.rules.size(); ++r) {
      if (read->pack.rules[r].kind == Kind::detector) continue;
      for (const Example& example : read->examples[r]) {
        const std::int64_t before = allocations;
        const std::uint8_t code = decide(read->pack.rules[r].decision, example.row);
        EXPECT_EQ(allocations - before, 0) << read->pack.rules[r].id;
        EXPECT_EQ(read->pack.rules[r].decision.reasons[code].outcome, example.outcome);
        ++decided;
      }
    }
  }
  EXPECT_GT(decided, 600);
}

TEST(Program, TheCountingOfAllocationsCounts) {
  const std::int64_t before = allocations;
  const auto one = std::make_unique<std::string>(100, 'x');
  EXPECT_GE(allocations - before, 2);
}

Truth flattened(const Tree& tree, const std::vector<Value>& row) {
  constexpr std::array<Question, 3> kQuestions{
      {{0, Truth::is_false}, {0, Truth::is_true}, {0, Truth::is_null}}};
  return kQuestions.at(Program({&tree, 1}, kQuestions).run(row)).truth;
}

// What comes after AND is asked in two ways, IS NULL and what comes before AND keep both apart:
// each level doubles.
std::string nested(int levels) {
  std::string out = "networks >= 1";
  for (int i = 0; i < levels; ++i)
    out = fmt::format("devices = {0} AND ((({1}) AND networks <> {0}) IS {2}NULL)", i % 3, out,
                      i % 2 == 0 ? "NOT " : "");
  return out;
}

TEST(Program, AConditionOfTooManyJumpsIsWalkedWhole) {
  const Result<Tree> tree = parse(nested(16), {"test"});
  ASSERT_TRUE(tree) << tree.error().text();
  std::vector<Value> row(record::facts().size());
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (record::facts()[i].name != "networks" && record::facts()[i].name != "devices") continue;
    for (const std::int64_t number : {0, 1, 5, 23, 24}) {
      row[i] = Value::of(number);
      EXPECT_EQ(flattened(*tree, row), evaluate(*tree, row)) << i << " " << number;
    }
  }
}

TEST(Program, BoundsOfNumbersHoldAtTheirEnds) {
  std::vector<Value> row(record::facts().size());
  const auto at =
      static_cast<std::size_t>(std::ranges::find(record::facts(), "networks", &record::Fact::name) -
                               record::facts().begin());
  for (const char* op : {"=", "<>", "<", "<=", ">", ">="}) {
    for (const char* bound : {"9223372036854775807", "-9223372036854775807", "0"}) {
      const Result<Tree> tree = parse(fmt::format("networks {} {}", op, bound), {"test"});
      ASSERT_TRUE(tree) << tree.error().text();
      for (const std::int64_t number : {INT64_MIN, INT64_MIN + 1, std::int64_t{0}, INT64_MAX}) {
        row[at] = Value::of(number);
        EXPECT_EQ(flattened(*tree, row), evaluate(*tree, row)) << op << bound << " " << number;
      }
      row[at] = Value();
      EXPECT_EQ(flattened(*tree, row), Truth::is_null);
    }
  }
}

}  // namespace
}  // namespace onus::rules
