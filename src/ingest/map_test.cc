// SPDX-License-Identifier: Apache-2.0
#include "ingest/map.h"

#include <gtest/gtest.h>

#include "ingest/recognise.h"

namespace onus::ingest {
namespace {

using record::CellState;
using Row = std::vector<std::string_view>;

constexpr std::string_view kWindow = "04/01/2025, 01:00:00 AM UTC\n04/02/2025, 01:00:00 AM UTC";
constexpr std::string_view kWhen = "04/02/2025, 01:02:03 AM UTC";

// One profile over one header, and what a row of it becomes.
class MapRow : public ::testing::Test {
 protected:
  void use(std::string_view variant, const Row& header) {
    profiles_ = load_profiles({}).value();
    for (const Profile& profile : profiles_) {
      if (const Variant* found = profile.variant(variant))
        plan_ = make_plan(profile, found, header);
    }
    ASSERT_NE(plan_.profile, nullptr);
    mapper_.begin_batch(batch_);
  }
  void use_network() {
    use("flock-network-audit",
        {"Name", "Org Name", "Total Networks Searched", "Total Devices Searched", "Time Frame",
         "License Plate", "Reason", "Case #", "Filters", "Search Time", "Search Type"});
  }
  Row network_row() const {
    return {"J. Smith", "Danville IL PD", "12", "340", kWindow, "7ABC123",
            "theft",    "25-1234",        "",   kWhen, "search"};
  }
  Outcome map(const Row& cells, bool cut_off = false) {
    return mapper_.map(plan_, {cells, At{2, 2, 100, 50}, cut_off}, batch_, sighting_, reject_);
  }
  std::string_view text(std::uint32_t id) const { return batch_.texts.at(id); }

  std::vector<Profile> profiles_;
  Plan plan_;
  Pseudonyms pseudonyms_{Digest{}};
  Mapper mapper_{pseudonyms_.clone(), ""};
  Batch batch_;
  Sighting sighting_;
  Reject reject_;
};

TEST_F(MapRow, EachCellBecomesItsFieldAndKeepsItsPosition) {
  use_network();
  ASSERT_EQ(map(network_row()), Outcome::sighting);
  EXPECT_EQ(sighting_.at.row, 2);
  EXPECT_EQ(sighting_.at.byte_offset, 100);
  EXPECT_EQ(sighting_.when, parse_time(kWhen, TimeRules{})->micros);
  EXPECT_TRUE(sighting_.zone_stated);
  EXPECT_EQ(sighting_.networks, 12);
  EXPECT_EQ(sighting_.devices, 340);
  EXPECT_EQ(sighting_.window_to - sighting_.window_from, 86'400'000'000);
  EXPECT_EQ(text(sighting_.reason), "theft");
  EXPECT_EQ(batch_.case_number, "25-1234");
  EXPECT_EQ(batch_.agencies.at(sighting_.agency), "Danville IL PD");
  EXPECT_EQ(batch_.actors.at(sighting_.actor).label, "J. Smith");
  EXPECT_EQ(sighting_.subject.low, pseudonyms_.subject("7ABC123").low);
  EXPECT_EQ(sighting_.state(Field::filters), CellState::empty);
  EXPECT_EQ(sighting_.state(Field::prompt), CellState::not_exported);
  EXPECT_EQ(sighting_.tier, record::LinkTier::exact_fields);
  EXPECT_EQ(sighting_.act, record::ActKind::search);
}

TEST_F(MapRow, MasksAndPlaceholdersAreStatesWithoutValues) {
  use_network();
  Row row = network_row();
  row[0] = "***";
  row[2] = "REDACTED";
  row[4] = "";
  row[5] = "7923.600 GC";
  row[6] = "n/a";
  row[7] = "-";
  ASSERT_EQ(map(row), Outcome::sighting);
  EXPECT_EQ(sighting_.state(Field::actor), CellState::masked_vendor);
  EXPECT_EQ(sighting_.state(Field::networks), CellState::masked_agency);
  EXPECT_EQ(sighting_.state(Field::window), CellState::empty);
  EXPECT_EQ(sighting_.state(Field::subject), CellState::masked_agency);
  EXPECT_EQ(sighting_.state(Field::reason), CellState::placeholder);
  EXPECT_EQ(sighting_.reason, kNone);
  EXPECT_EQ(sighting_.state(Field::case_number), CellState::placeholder);
  EXPECT_EQ(sighting_.case_key, 0);
}

struct Refusal {
  std::size_t column;
  std::string_view cell;
  std::string_view expected;
};

TEST_F(MapRow, ARowThatCannotBeReadSaysWhichColumnAndWhatWasExpected) {
  use_network();
  for (const Refusal& refusal :
       {Refusal{9, "", "time"}, Refusal{9, "REDACTED", "time"},
        Refusal{9, "13/01/2025, 01:00:00 AM UTC", "time"}, Refusal{2, "many", "integer"},
        Refusal{3, "-4", "integer"}, Refusal{4, "last week", "window"}}) {
    Row row = network_row();
    row[refusal.column] = refusal.cell;
    ASSERT_EQ(map(row), Outcome::reject) << refusal.cell;
    EXPECT_EQ(reject_.column, static_cast<int>(refusal.column + 1));
    EXPECT_EQ(reject_.expected, refusal.expected);
    EXPECT_EQ(reject_.found_length, static_cast<int>(refusal.cell.size()));
    EXPECT_EQ(reject_.at.row, 2);
  }
}

TEST_F(MapRow, EmptyCellsBehindTheLastColumnAreNothingFullOnesAreAWidth) {
  use_network();
  Row row = network_row();
  row.insert(row.end(), {"", " "});
  EXPECT_EQ(map(row), Outcome::sighting);
  row.push_back("x");
  EXPECT_EQ(map(row), Outcome::reject);
  EXPECT_EQ(reject_.expected, "width|11");
  EXPECT_EQ(reject_.found_length, 14);
  EXPECT_EQ(reject_.column, 0);
}

TEST_F(MapRow, ARowWhoseCaseCellIsMissingIsPutRight) {
  use_network();
  Row row = network_row();
  row.erase(row.begin() + 7);
  ASSERT_EQ(map(row), Outcome::sighting);
  EXPECT_TRUE(sighting_.realigned);
  EXPECT_EQ(text(sighting_.reason), "theft");
  EXPECT_EQ(sighting_.state(Field::case_number), CellState::empty);
  EXPECT_EQ(sighting_.when, parse_time(kWhen, TimeRules{})->micros);
}

TEST_F(MapRow, CellsShiftedRightFromTheFiltersOnArePutBack) {
  use_network();
  Row row = network_row();
  row.insert(row.begin() + 8, "");
  ASSERT_EQ(map(row), Outcome::sighting);
  EXPECT_TRUE(sighting_.realigned);
  EXPECT_EQ(batch_.case_number, "25-1234");
}

TEST_F(MapRow, ARowIsNotPutRightWhereThatWouldBeAGuess) {
  use_network();
  Row comma = network_row();  // "theft, auto" without quotes
  comma.insert(comma.begin() + 7, "auto");
  EXPECT_EQ(map(comma), Outcome::reject);
  Row lost = network_row();
  lost.erase(lost.begin() + 2);
  EXPECT_EQ(map(lost), Outcome::reject);
  Row unknown = network_row();  // the case cell is missing, and the search type is none we know
  unknown.erase(unknown.begin() + 7);
  unknown.back() = "blip";
  EXPECT_EQ(map(unknown), Outcome::reject);
}

TEST_F(MapRow, ARowTheFileEndsInIsAReject) {
  use_network();
  Row row = network_row();
  row.pop_back();
  EXPECT_EQ(map(row), Outcome::sighting) << "a cell less at the end is an empty one";
  EXPECT_EQ(map(row, true), Outcome::reject);
}

TEST_F(MapRow, ABlankRowIsBlank) {
  use_network();
  EXPECT_EQ(map({}), Outcome::blank);
  EXPECT_EQ(map({"", " ", "\t"}), Outcome::blank);
}

TEST_F(MapRow, TheRowsOwnPlateLeavesEveryText) {
  use_network();
  Row row = network_row();
  row[5] = "GO BEARS";
  row[6] = "gobears, a friend's";
  row[7] = "GO-BEARS";
  ASSERT_EQ(map(row), Outcome::sighting);
  const std::string mark = pseudonyms_.subject_mark("GOBEARS");
  EXPECT_EQ(text(sighting_.reason), mark + ", a friend's");
  EXPECT_EQ(batch_.case_number, mark);
  EXPECT_TRUE(sighting_.subject_in_text);
  row[5] = "7ABC123";
  ASSERT_EQ(map(row), Outcome::sighting);
  EXPECT_EQ(text(sighting_.reason), "gobears, a friend's")
      << "another row's plate is not this one's";
  row[5] = "7ABC123, GOBEARS";
  ASSERT_EQ(map(row), Outcome::sighting);
  EXPECT_EQ(text(sighting_.reason), mark + ", a friend's");
}

TEST_F(MapRow, DateAndTimeInTwoColumns) {
  use("flock-network-audit", {"Name", "Org Name", "Total Networks Searched", "Time Frame", "Reason",
                              "Search Date", "Search Time", "Search Type"});
  EXPECT_TRUE(plan_.has(Field::when_time));
  EXPECT_FALSE(plan_.has(Field::when));
  ASSERT_EQ(map({"a", "B PD", "1", kWindow, "x y", "04/02/2025", "01:02:03 AM UTC", "search"}),
            Outcome::sighting);
  EXPECT_EQ(sighting_.when, parse_time(kWhen, TimeRules{})->micros);
}

TEST_F(MapRow, AnEventIsAnAdministrativeActAndItsDetailsAreRead) {
  use("flock-event-log",
      {"Timestamp", "User", "Event Type", "Entity Type", "Entity Details", "Event Id"});
  ASSERT_EQ(map({"2025-04-02T01:02:03Z", "J. Smith", "Create", "Hotlist Entry",
                 "Hotlist Name: own\nLicense: 7ABC123\nState: IL\nReason: saw 7abc123\nCase: 25-1",
                 "2423221c-ac64-41d4-867e-8ac686507af0"}),
            Outcome::sighting);
  EXPECT_EQ(sighting_.act, record::ActKind::administrative);
  EXPECT_EQ(batch_.words.at(sighting_.search_type), "Create");
  EXPECT_EQ(sighting_.state(Field::subject), CellState::value);
  EXPECT_EQ(text(sighting_.reason), "saw " + pseudonyms_.subject_mark("7ABC123"));
  EXPECT_EQ(batch_.case_number, "25-1");
  EXPECT_EQ(sighting_.tier, record::LinkTier::vendor_id);
  EXPECT_EQ(sighting_.state(Field::networks), CellState::absent_by_design);
}

TEST_F(MapRow, TheKeyFollowsTheActNotTheRowOrTheOwner) {
  use_network();
  const Row row = network_row();
  ASSERT_EQ(map(row), Outcome::sighting);
  const store::HugeInt key = sighting_.act_key;
  Mapper other(pseudonyms_.clone(), "Some other owner");
  other.begin_batch(batch_);
  ASSERT_EQ(other.map(plan_, {row, At{9, 9, 9, 9}}, batch_, sighting_, reject_), Outcome::sighting);
  EXPECT_EQ(sighting_.act_key.low, key.low);
  EXPECT_EQ(sighting_.act_key.high, key.high);
  Row spelled = network_row();
  spelled[1] = " danville  IL PD ";
  spelled[6] = "THEFT";
  ASSERT_EQ(map(spelled), Outcome::sighting);
  EXPECT_EQ(sighting_.act_key.low, key.low) << "case and spaces make no other act";
  for (std::size_t column : {0, 1, 2, 3, 5, 6, 7, 8, 9, 10}) {
    Row changed = network_row();
    const std::string_view other_cell[] = {
        "K. Smith", "Peoria PD", "13",      "341",   "",
        "7ABC124",  "fraud",     "25-1235", "Color", "04/02/2025, 01:02:04 AM UTC",
        "lookup"};
    changed[column] = other_cell[column];
    ASSERT_EQ(map(changed), Outcome::sighting);
    EXPECT_NE(sighting_.act_key.low, key.low) << column;
  }
}

TEST_F(MapRow, AVendorIdThatLooksUniqueIsTheKeyWhateverElseDiffers) {
  use("flock-organization-audit",
      {"ID", "Name", "Org Name", "Total Networks Searched", "Time Frame", "Reason", "Search Time"});
  const Row row = {
      "2423221C-ac64-41d4-867e-8ac686507af0", "a", "B PD", "1", kWindow, "theft", kWhen};
  ASSERT_EQ(map(row), Outcome::sighting);
  const store::HugeInt key = sighting_.act_key;
  EXPECT_EQ(sighting_.tier, record::LinkTier::vendor_id);
  Row redacted = row;
  redacted[0] = "2423221c-ac64-41d4-867e-8ac686507af0";
  redacted[1] = redacted[5] = "***";
  ASSERT_EQ(map(redacted), Outcome::sighting);
  EXPECT_EQ(sighting_.act_key.low, key.low);
  redacted[0] = "17";
  ASSERT_EQ(map(redacted), Outcome::sighting);
  EXPECT_EQ(sighting_.tier, record::LinkTier::exact_fields);
}

TEST_F(MapRow, ARunningNumberIsAnIdAmongLogsOfItsProfileAlone) {
  const auto key_in = [&](std::string_view profile, const Row& header, const Row& row) {
    use(profile, header);
    EXPECT_EQ(map(row), Outcome::sighting);
    EXPECT_EQ(sighting_.tier, record::LinkTier::vendor_id);
    return sighting_.act_key.low;
  };
  const Row snowflake = {"QUERY_ID", "QUERY_START_TIME", "USER_NAME", "DIRECT_OBJECTS_ACCESSED"};
  const Row databricks = {"event_id", "event_time", "user_identity.email", "service_name",
                          "action_name"};
  const auto keys = [&](std::string_view id) {
    return std::pair(key_in("snowflake-access-history", snowflake,
                            {std::string(id), "2026-03-02 07:34:08.223 +0000", "a", "[]"}),
                     key_in("databricks-audit", databricks,
                            {std::string(id), "2026-03-02T07:34:08.223Z", "a", "s", "getTable"}));
  };
  const auto [query, event] = keys("17");
  EXPECT_NE(query, event);
  const auto [first, second] = keys("2423221c-ac64-41d4-867e-8ac686507af0");
  EXPECT_EQ(first, second) << "no two make the same one";
}

}  // namespace
}  // namespace onus::ingest
