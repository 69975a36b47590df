// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "base/file.h"
#include "report/page.h"
#include "report/small_case.h"
#include "report/words.h"

namespace onus::report {
namespace {

std::string page_of(std::string_view rule, std::string_view language) {
  const TempDir dir = TempDir::make().value();
  store::Database database = open_small_case(dir.path());
  const Model model = collected(database);
  const auto found = std::ranges::find(model.rules, rule, &RuleUse::id);
  return rule_page(*found, model, messages_in(language)).bytes;
}

bool holds(const std::string& page, std::string_view text) {
  return page.find(text) != std::string::npos;
}

TEST(RulePage, NamesWhatTheLawWantsDoneAndWhatTheLogShowsOfIt) {
  const std::string page = page_of("il-2-130-immigration", "en");
  EXPECT_TRUE(holds(page, "What the law wants done besides"));
  EXPECT_TRUE(holds(page,
                    "<strong>Record the reason, in words or as a code.</strong> What the "
                    "files read hold of it, in all their rows: reason: "))
      << page;
  EXPECT_TRUE(holds(page, "<strong>Record what was put in.</strong> No file that was read has"));
  EXPECT_TRUE(holds(page,
                    "<strong>Have the record of it reviewed within 7 days.</strong> A log of "
                    "searches does not show"));
}

TEST(RulePage, SaysSoInGermanToo) {
  const std::string page = page_of("il-2-130-immigration", "de");
  EXPECT_TRUE(holds(page, "Den Eintrag darüber binnen 7 Tagen prüfen lassen."));
}

TEST(RulePage, ARuleWithoutObligationsSaysNothingOfThem) {
  EXPECT_FALSE(holds(page_of("il-2-130-declaration", "en"), "wants done besides"));
}

TEST(RulePage, EveryDutyHasItsSentenceInBothLanguages) {
  for (const char* language : {"en", "de"}) {
    const Messages say = messages_in(language);
    for (const std::string_view word : record::Names<record::Duty>::all)
      EXPECT_TRUE(duty_words(say, *record::parse<record::Duty>(word), 7).ends_with('.')) << word;
  }
}

}  // namespace
}  // namespace onus::report
