// SPDX-License-Identifier: Apache-2.0
#include "source/xlsx_texts.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "source/xlsx_strings.h"
#include "support/random.h"
#include "support/zip_writer.h"

namespace onus::source {
namespace {

using makelogs::Rng;

std::string text_of(std::uint64_t number) {
  if (number % 97 == 0) return {};
  return std::to_string(number * 7919) +
         std::string(number % 1013 == 0 ? 40'000 : number % 50, 'x');
}

// A workbook's worth of texts under a budget of a hundredth of them, asked for in any order.
TEST(HeldTexts, AreTheSameFromMemoryAndFromTheFile) {
  constexpr std::uint64_t kCount = 20'000;
  for (const std::int64_t budget : {0, 20'000, 100'000'000}) {
    HeldTexts texts(budget);
    Rng rng(7);
    for (std::uint64_t i = 0; i < kCount; ++i) {
      texts.add(text_of(i));
      const std::uint64_t old = rng.below(static_cast<std::uint32_t>(i + 1));
      ASSERT_EQ(texts.at(old).value(), text_of(old)) << old << " of " << i << ", " << budget;
      ASSERT_EQ(texts.at(i).value(), text_of(i)) << i << ", " << budget;
    }
    EXPECT_EQ(texts.count(), kCount);
  }
}

std::string strings_xml(std::uint64_t count) {
  std::string xml = "<sst count=\"99999999999999999999\" uniqueCount=\"4294967295\">";
  for (std::uint64_t i = 0; i < count; ++i) xml += "<si><t>" + text_of(i) + "</t></si>";
  return xml + "</sst>";
}

Result<Package> package_of(const std::string& strings) {
  return Package::over(support::zip_of({{"xl/sharedStrings.xml", strings}}), {});
}

TEST(SharedStrings, AreReadBehindANumberOnceAskedForAndNoFurtherThanTheyGo) {
  Result<Package> package = package_of(strings_xml(3000));
  ASSERT_TRUE(package);
  SharedStrings strings(*package, "xl/sharedStrings.xml", 0);
  for (const std::uint64_t number : {2999, 0, 1500, 1499, 2999, 127, 128}) {
    EXPECT_EQ(strings.get(number).value(), text_of(number)) << number;
  }
  EXPECT_EQ(strings.get(3000).value(), std::nullopt);
  EXPECT_EQ(strings.get(~std::uint64_t{0}).value(), std::nullopt);
  EXPECT_EQ(strings.get(5).value(), text_of(5)) << "a number that is not there spoils no other";
}

// Five bytes of XML are a text: what a text costs by being there counts too.
TEST(SharedStrings, PassTheirBudgetByTheirNumberAloneToo) {
  std::string xml = "<sst>";
  for (int i = 0; i < 3000; ++i) xml += "<si/>";
  Result<Package> package = package_of(xml + "</sst>");
  ASSERT_TRUE(package);
  SharedStrings enough(*package, "xl/sharedStrings.xml", 0, 3000 * 16);
  EXPECT_EQ(enough.get(2999).value(), "");
  SharedStrings scant(*package, "xl/sharedStrings.xml", 0, 3000 * 16 - 1);
  EXPECT_EQ(scant.get(2999).error().code, Code::over_budget);
}

}  // namespace
}  // namespace onus::source
