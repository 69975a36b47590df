// SPDX-License-Identifier: Apache-2.0
#include "report/form_page.h"

#include <gtest/gtest.h>

#include "record/record.h"

namespace onus::report {
namespace {

std::size_t times(std::string_view text, std::string_view what) {
  std::size_t n = 0;
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string_view::npos; ++at) ++n;
  return n;
}

TEST(FormPage, NumbersReasonsAsTheRowsOfTheFileAndMarksNone) {
  for (const std::string_view language : {"en", "de"}) {
    const Messages say = Messages::load(language).value();
    const std::string page = form_page({"stolen veh", "<script>"}, "sample.csv", say).bytes;
    EXPECT_NE(page.find("<legend>2. <bdi>stolen veh"), std::string::npos) << page;
    EXPECT_NE(page.find("<legend>3. <bdi>&lt;script&gt;"), std::string::npos);
    EXPECT_EQ(times(page, "name=\"row-3\""), record::purposes().size());
    EXPECT_EQ(page.find("checked"), std::string::npos) << "it must not sway who reads";
    EXPECT_EQ(page.find("<script"), std::string::npos);
  }
}

}  // namespace
}  // namespace onus::report
