// SPDX-License-Identifier: Apache-2.0
#include "ingest/recognise.h"

#include <gtest/gtest.h>

namespace onus::ingest {
namespace {

using Row = std::vector<std::string>;

constexpr const char* kUuid = "2423221c-ac64-41d4-867e-8ac686507af0";

// A cell that stands under such a header in a real export.
std::string cell_under(const std::string& header, int row, bool many_agencies) {
  static constexpr const char* kWhen = "04/02/2025, 01:02:03 AM UTC";
  if (header.ends_with("Org Name"))
    return many_agencies && row % 2 ? "Peoria IL PD" : "Danville IL PD";
  if (header.starts_with("Total") || header == "networkCount" || header == "cameraCount")
    return "12";
  if (header == "Time Frame") return std::string(kWhen) + "\n" + kWhen;
  if (header == "Search Time") return kWhen;
  if (header == "searchDate" || header == "Timestamp") return "2025-04-02T01:02:03.456Z";
  if (header == "ID" || header == "id" || header == "Event Id") return kUuid;
  if (header == "Search Type") return "search";
  return "x y";
}

Sample sample_of(const Row& header, bool with_header = true, bool many_agencies = true,
                 int rows = 30) {
  Sample sample;
  if (with_header) sample.rows.push_back(header);
  for (int i = 0; i < rows; ++i) {
    Row& row = sample.rows.emplace_back();
    for (const std::string& name : header) row.push_back(cell_under(name, i, many_agencies));
  }
  return sample;
}

Recognition recognised(const Sample& sample, std::string_view file = "a.csv",
                       std::string_view forced = "") {
  static const std::vector<Profile> profiles = load_profiles({}).value();
  return recognise(sample, profiles, read_file_name(file), forced);
}

std::string id_of(const Recognition& recognition) {
  return recognition.match == Match::one ? recognition.variant->id : "";
}

struct Known {
  const char* profile;
  Row header;
};

const Known kKnown[] = {
    {"flock-network-audit",
     {"Name", "Org Name", "Total Networks Searched", "Total Devices Searched", "Time Frame",
      "License Plate", "Reason", "Case #", "Filters", "Search Time", "Search Type"}},
    {"flock-network-audit",
     {"ID", "Name", "Org Name", "Total Networks Searched", "Time Frame", "License Plate", "Reason",
      "Case #", "Filters", "Search Time", "Search Type", "Text Prompt", "Moderation"}},
    {"flock-network-audit",
     {"ID", "Name", "Org Name", "Total Networks Searched", "Total Devices Searched", "Time Frame",
      "License Plate", "Reason", "Case #", "Filters", "Search Time", "Search Type", "Text Prompt",
      "Moderation"}},
    {"flock-network-audit",
     {"ID", "Org Name", "Total Networks Searched", "Total Devices Searched", "Time Frame", "Reason",
      "Search Time", "Search Type", "Moderation"}},
    {"flock-network-audit",
     {"ID", "Name", " Org Name", "Total Networks Searched", "Time Frame", "License Plate", "Reason",
      "Case #", "Filters", "Search Time", "Search Type", "Offense Type"}},
    {"flock-federal-report",
     {"ID", "Name", "Org Name", "Total Networks Searched", "License Plate", "Reason", "Case #",
      "Filters", "Search Time", "Search Type"}},
    {"flock-released-five",
     {"Org Name", "Total Networks Searched", "Time Frame", "Search Time", "Search Type"}},
    {"flock-printed-five", {"ID", "userID", "networkCount", "Search Time", "Reason"}},
    {"flock-portal", {"id", "userId", "searchDate", "networkCount"}},
    {"flock-portal", {"id", "userId", "searchDate", "networkCount", "reason"}},
    {"flock-portal", {"id", "userId", "searchDate", "networkCount", "offenseType"}},
    {"flock-portal",
     {"portal", "id", "userId", "searchDate", "networkCount", "reason", "caseNumber",
      "offenseType"}},
    {"flock-portal-2025", {"id", "userId", "searchDate", "cameraCount", "reason"}},
    {"flock-event-log",
     {"Timestamp", "User", "Event Type", "Entity Type", "Entity Details", "Event Id"}},
};

TEST(Recognise, EveryKnownHeaderIsItsProfilesAndNoOthers) {
  for (const Known& known : kKnown) {
    const Recognition got = recognised(sample_of(known.header));
    EXPECT_EQ(id_of(got), known.profile) << got.explain("a.csv");
    EXPECT_EQ(got.header_row, 1);
    for (const ColumnReading& column : got.columns) EXPECT_NE(column.field, "") << column.header;
  }
}

TEST(Recognise, SpellingOfHeadersMattersNot) {
  Row header = kKnown[0].header;
  header[1] = "\xEF\xBB\xBF ORG   NAME ";
  Sample sample = sample_of(kKnown[0].header);
  sample.rows[0] = header;
  EXPECT_EQ(id_of(recognised(sample)), "flock-network-audit");
}

TEST(Recognise, OneAgencyThroughoutIsAnAgencysOwnLogManyAreANetworks) {
  const Recognition one = recognised(sample_of(kKnown[1].header, true, false));
  EXPECT_EQ(id_of(one), "flock-organization-audit");
  EXPECT_EQ(one.role_basis, RoleBasis::values);
  EXPECT_TRUE(one.refutable);
  EXPECT_EQ(id_of(recognised(sample_of(kKnown[1].header, true, true))), "flock-network-audit");
}

TEST(Recognise, TheNameOfTheFileTellsTheRoleWhereTheValuesCannot) {
  const Sample few = sample_of(kKnown[1].header, true, false, 3);
  EXPECT_EQ(recognised(few).match, Match::ambiguous);
  EXPECT_EQ(recognised(few).candidates.size(), 2U);
  EXPECT_EQ(id_of(recognised(few, "4_1_2025-4_30_2025-Danville IL PD-Audit.csv")),
            "flock-organization-audit");
  EXPECT_EQ(id_of(recognised(few, "4_1_2025-4_30_2025-Danville IL PD-Network-Audit (1).csv")),
            "flock-network-audit");
  EXPECT_EQ(id_of(recognised(few, "a.csv", "flock-organization-audit")),
            "flock-organization-audit");
  const Recognition wrong = recognised(sample_of(kKnown[1].header), "x/Danville-Audit.csv");
  EXPECT_EQ(id_of(wrong), "flock-network-audit");
  EXPECT_TRUE(wrong.name_disagrees);
}

TEST(Recognise, ASheetWithoutAHeaderIsReadByItsKindsOfValue) {
  for (const int known : {0, 1, 2, 5, 6, 7, 13}) {
    const Recognition got = recognised(sample_of(kKnown[known].header, false));
    EXPECT_EQ(id_of(got), kKnown[known].profile) << known << got.explain("a.csv");
    EXPECT_EQ(got.header_row, 0);
  }
}

TEST(Recognise, ATitleAboveTheHeaderIsSteppedOver) {
  Sample sample = sample_of(kKnown[0].header);
  sample.rows.insert(sample.rows.begin(), {Row{"Audit of April"}, Row{}});
  EXPECT_EQ(recognised(sample).header_row, 3);
}

TEST(Recognise, AHeaderOverValuesOfOtherKindsIsNotEnough) {
  Sample sample = sample_of(kKnown[0].header);
  for (std::size_t i = 1; i < sample.rows.size(); ++i) sample.rows[i][9] = "soon";
  const Recognition got = recognised(sample);
  EXPECT_EQ(got.match, Match::none);
  EXPECT_NE(got.explain("a.csv").find("30 of 30 rows do not read"), std::string::npos);
}

TEST(Recognise, WhatNoProfileReadsNamesTheNearestAndWhatIsMissing) {
  const Recognition got = recognised(sample_of({"id", "userId", "searchDate"}));
  EXPECT_EQ(got.match, Match::none);
  ASSERT_FALSE(got.candidates.empty());
  EXPECT_TRUE(got.candidates[0].id.starts_with("flock-portal"));
  EXPECT_NE(got.candidates[0].why.find("count'"), std::string::npos);
  EXPECT_EQ(recognised(Sample{}).match, Match::none);
}

TEST(Recognise, TwoProfilesThatFitEquallyWellAreBothNamed) {
  std::vector<Profile> profiles = load_profiles({}).value();
  for (const Profile& profile : std::vector<Profile>(profiles)) {
    if (profile.id != "flock-released-five") continue;
    profiles.push_back(profile);
    profiles.back().id = "own-five";
    profiles.back().variants[0].id = "own-five";
  }
  const Recognition got = recognise(sample_of(kKnown[6].header), profiles, FileName{}, "");
  EXPECT_EQ(got.match, Match::ambiguous);
  ASSERT_EQ(got.candidates.size(), 2U);
  EXPECT_EQ(recognise(sample_of(kKnown[6].header), profiles, FileName{}, "own-five").variant->id,
            "own-five");
}

TEST(Recognise, TheAnswerHoldsNoCell) {
  Sample sample = sample_of(kKnown[0].header);
  sample.rows[3][5] = "7ABC123";
  sample.rows[4][6] = "7ABC123";
  const Recognition got = recognised(sample);
  std::string all = got.explain("a.csv") + got.era;
  for (const ColumnReading& column : got.columns) all += column.header + column.field;
  EXPECT_EQ(all.find("7ABC123"), std::string::npos);
  EXPECT_EQ(got.columns[5].states[static_cast<std::size_t>(record::CellState::value)], 30);
  EXPECT_EQ(got.era, "free_text");
  EXPECT_TRUE(got.zone_stated);
}

TEST(FileName, ReadsDatesAndOrganisation) {
  const FileName name =
      read_file_name("/in/9_1_2025-9_30_2025-Danville IL PD-Network-Audit (2).csv");
  EXPECT_EQ(name.organisation, "Danville IL PD");
  EXPECT_EQ(*name.to - *name.from, 30 * 86'400'000'000LL);
  EXPECT_EQ(read_file_name("9-1-2026-9-30-2026-A_B-Audit.xlsx").organisation, "A B");
  for (const char* other :
       {"audit.csv", "9_31_2025-9_30_2025-A-Audit.csv", "", ".csv", "/", "-Audit",
        "9_1_2025-9_30_2025-Audit.csv", "9_1_2025", "2_30_2025-3_1_2025-A-Audit"}) {
    EXPECT_EQ(read_file_name(other).organisation, "") << other;
  }
}

}  // namespace
}  // namespace onus::ingest
