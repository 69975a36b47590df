// SPDX-License-Identifier: Apache-2.0
#include "ingest/compose.h"

#include <gtest/gtest.h>

#include "ingest/map.h"

namespace onus::ingest {
namespace {

using record::CellState;
using Row = std::vector<std::string_view>;

constexpr std::string_view kHead = R"(id = "own"
system = "records"
role = "owner"
title = { en = "x", de = "x" }
[[column]]
field = "when"
headers = ["At"]
kind = "time"
required = true
)";

class Compose : public ::testing::Test {
 protected:
  void use(std::string_view toml, const Row& header) {
    Result<Profile> profile = parse_profile(std::string(kHead) + std::string(toml), "own.toml");
    ASSERT_TRUE(profile) << profile.error().text();
    profile_ = std::move(*profile);
    plan_ = make_plan(profile_, &profile_.variants[0], header);
  }
  std::string_view cell(Field field, const Row& row) {
    return composer_.compose(plan_, row)[static_cast<std::size_t>(plan_.position(field))];
  }
  Outcome map(const Row& row) {
    mapper_.begin_batch(batch_);
    return mapper_.map(plan_, {row, At{1, 1, 0, 1}}, batch_, sighting_, reject_);
  }

  Profile profile_;
  Plan plan_;
  Composer composer_;
  Pseudonyms pseudonyms_{Digest{}};
  Mapper mapper_{pseudonyms_.clone(), ""};
  Batch batch_;
  Sighting sighting_;
  Reject reject_;
};

constexpr std::string_view kUses = R"(
[[column]]
field = "legal_basis"
headers = ["DPPA"]
together = "join"
label = "DPPA"
[[column]]
field = "legal_basis"
headers = ["GLBA"]
together = "join"
label = "GLBA"
)";

TEST_F(Compose, JoinsInTheProfilesOrderWhateverTheFilesIs) {
  use(kUses, {"GLBA", "At", "DPPA"});
  EXPECT_EQ(cell(Field::legal_basis, {"1", "", "3"}), "DPPA: 3; GLBA: 1");
  EXPECT_EQ(cell(Field::legal_basis, {"1", "", ""}), "GLBA: 1");
}

TEST_F(Compose, AJoinOfNothingIsEmptyAndAJoinOfMasksIsAMask) {
  use(kUses, {"At", "DPPA", "GLBA"});
  EXPECT_EQ(cell(Field::legal_basis, {"", "", " "}), "");
  EXPECT_EQ(cell(Field::legal_basis, {"", "", "***"}), "***");
  EXPECT_EQ(cell(Field::legal_basis, {"", "REDACTED", "3"}), "GLBA: 3");
}

TEST_F(Compose, OneColumnOfAJoinKeepsItsLabel) {
  use(kUses, {"At", "GLBA"});
  EXPECT_EQ(cell(Field::legal_basis, {"", "3"}), "GLBA: 3");
}

TEST_F(Compose, TheFirstThatSaysSomethingIsTheCell) {
  use(R"(
[[column]]
field = "actor"
headers = ["Person"]
together = "first"
[[column]]
field = "actor"
headers = ["Account"]
together = "first"
)",
      {"Account", "At", "Person"});
  EXPECT_EQ(cell(Field::actor, {"svc", "", "Tallow"}), "Tallow");
  EXPECT_EQ(cell(Field::actor, {"svc", "", "n/a"}), "svc");
}

constexpr std::string_view kDetails = R"(
[[column]]
field = "details"
headers = ["Info"]
[details]
form = "list"
[[detail]]
label = "Why"
field = "reason"
[[detail]]
label = "Tag"
field = "subject"
)";

TEST_F(Compose, AListHoldsLabelsAndValues) {
  use(kDetails, {"At", "Info"});
  const Row row = {"", "Why: theft: car ; Other: x; tag: QBC1234"};
  EXPECT_EQ(cell(Field::reason, row), "theft: car");
  EXPECT_EQ(cell(Field::subject, row), "QBC1234");
  EXPECT_EQ(cell(Field::reason, {"", "no labels here"}), "");
}

TEST_F(Compose, ACellOfCsvIsSplitWithItsQuotesAndARowWithoutItIsAnotherRecord) {
  use(R"(
[[column]]
field = "details"
headers = ["Info"]
[details]
form = "csv"
after = "AUDIT: "
[[detail]]
position = 2
field = "object"
[[detail]]
position = 3
field = "reason"
)",
      {"At", "Info"});
  const std::string_view when = "2026-03-04 19:08:09";
  const Row row = {when, "LOG AUDIT: x,\"a, \"\"b\"\"\",theft"};
  EXPECT_EQ(cell(Field::object, row), "a, \"b\"");
  EXPECT_EQ(map(row), Outcome::sighting);
  ASSERT_EQ(map({when, "checkpoint"}), Outcome::reject);
  EXPECT_EQ(reject_.expected, "audit_record");
  EXPECT_EQ(reject_.column, 2);
}

TEST_F(Compose, CodesHaveTheirMeaningsAndUnknownOnesStay) {
  use(R"(
[[column]]
field = "legal_basis"
headers = ["PUR"]
[values.legal_basis]
X = "X: exigent"
)",
      {"At", "PUR"});
  for (const auto& [code, text] :
       {std::pair{"x", "X: exigent"}, {"E", "E"}, {"0", "0"}, {" X ", "X: exigent"}}) {
    batch_.extras.clear();
    ASSERT_EQ(map({"2026-03-04 19:08:09", code}), Outcome::sighting);
    ASSERT_EQ(batch_.extras.size(), 1U);
    EXPECT_EQ(batch_.extras[0].state, CellState::value) << code;
    EXPECT_EQ(batch_.texts.at(batch_.extras[0].text), text);
  }
}

TEST_F(Compose, RulesOfActsAreAskedInOrder) {
  use(R"(
[[column]]
field = "actor"
headers = ["User"]
[[column]]
field = "actor_kind"
headers = ["Kind"]
[[act_rule]]
field = "actor_kind"
is = ["Service"]
act = "administrative"
[[act_rule]]
field = "actor"
starts_with = ["svc-"]
act = "derived"
)",
      {"At", "User", "Kind"});
  const std::string_view when = "2026-03-04 19:08:09";
  const auto act = [&](std::string_view user, std::string_view kind) {
    EXPECT_EQ(map({when, user, kind}), Outcome::sighting);
    return sighting_.act;
  };
  EXPECT_EQ(act("Tallow", "person"), record::ActKind::search);
  EXPECT_EQ(act("SVC-etl", "person"), record::ActKind::derived);
  EXPECT_EQ(act("svc-etl", "service"), record::ActKind::administrative);
}

}  // namespace
}  // namespace onus::ingest
