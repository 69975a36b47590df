// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/file.h"
#include "record/record.h"
#include "support/reference_csv.h"
#include "support/scenarios.h"

namespace onus::makelogs {
namespace {

using Rows = std::vector<ReferenceRow>;

std::string bytes_of(const std::filesystem::path& path) {
  Result<std::string> bytes = read_file(path, 1 << 28);
  EXPECT_TRUE(bytes) << path;
  return bytes ? *bytes : std::string();
}

Rows rows_of(const std::filesystem::path& path) {
  return read_csv_slowly(to_utf8_slowly(bytes_of(path)));
}

TempDir folder() { return std::move(*TempDir::make(std::filesystem::temp_directory_path())); }

// A scenario written once, and its truth by file.
struct Sample {
  TempDir dir = folder();
  Written written;
  std::map<std::string, Rows> truth;

  explicit Sample(const Scenario& scenario) {
    written = std::move(*write_logs(scenario, dir.path()));
    const Rows all = rows_of(dir.path() / "truth.csv");
    for (std::size_t i = 1; i < all.size(); ++i) truth[all[i].cells[0]].push_back(all[i]);
  }
};

// Columns of truth.csv.
enum Column : std::size_t { kRow = 1, kKind = 2, kActId = 3, kWhen = 4, kAgencyName = 5 };

std::vector<std::string> headers_of(const Format& format) {
  std::vector<std::string> headers;
  for (const auto& column : format.columns) headers.emplace_back(column.header);
  return headers;
}

// "2025-04-01T05:00:18" from "04/01/2025, 05:00:18 AM UTC", padded or not; empty if it is no time.
std::string iso_of(const std::string& text) {
  int month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0;
  char half = 0;
  if (std::sscanf(text.c_str(), "%d/%d/%d, %d:%d:%d %cM UTC", &month, &day, &year, &hour, &minute,
                  &second, &half) != 7) {
    return {};
  }
  hour = hour % 12 + (half == 'P' ? 12 : 0);
  char out[32];
  std::snprintf(out, sizeof out, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, hour, minute,
                second);
  return out;
}

// The search time of a row as "2025-04-01T05:00:18", whichever way the format writes it.
std::string time_of(const Format& format, const ReferenceRow& row) {
  std::string date;
  for (std::size_t i = 0; i < format.columns.size() && i < row.cells.size(); ++i) {
    const std::string& cell = row.cells[i];
    switch (format.columns[i].field) {
      case Field::us_time:
        return iso_of(cell);
      case Field::us_date:
        date = cell;
        break;
      case Field::us_clock:
        return iso_of(date + ", " + cell + " UTC");
      case Field::iso_time:
      case Field::zoneless_time:
        return cell.substr(0, 10) + "T" + cell.substr(11, 8);
      default:
        break;
    }
  }
  return {};
}

void expect_totals_add_up(const Written& written) {
  for (const FileTruth& file : written.files) {
    std::uint64_t sum = 0;
    for (const std::uint64_t kind : file.by_kind) sum += kind;
    EXPECT_EQ(sum, file.rows) << file.file;
    EXPECT_LE(file.distinct_acts, file.rows) << file.file;
  }
}

void expect_as_read(const Sample& sample) {
  for (const FileTruth& file : sample.written.files) {
    const Rows rows = rows_of(sample.dir.path() / file.file);
    const auto& truth = sample.truth.at(file.file);
    ASSERT_EQ(rows.size(), file.rows) << file.file;
    ASSERT_EQ(truth.size(), file.rows) << file.file;
    const Format& format = *find_format(file.format);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      ASSERT_EQ(truth[i].cells[kRow], std::to_string(i + 1));
      if (truth[i].cells[kKind] != "sighting" || !file.variant.empty()) continue;
      ASSERT_EQ(rows[i].cells.size(), format.columns.size()) << file.file << " row " << i + 1;
      ASSERT_EQ(time_of(format, rows[i]), truth[i].cells[kWhen].substr(0, 19)) << file.file;
    }
  }
}

const Sample& formats_sample() {
  static const Sample kSample(every_format(7));
  return kSample;
}

const Sample& damage_sample() {
  static const Sample kSample(every_damage(7));
  return kSample;
}

TEST(Makelogs, SameSeedGivesTheSameBytes) {
  const TempDir one = folder();
  const TempDir two = folder();
  ASSERT_TRUE(write_logs(every_damage(3), one.path()));
  ASSERT_TRUE(write_logs(every_damage(3), two.path()));
  for (const auto& entry : std::filesystem::directory_iterator(one.path())) {
    EXPECT_EQ(bytes_of(entry.path()), bytes_of(two.path() / entry.path().filename()));
  }
}

TEST(Makelogs, AnotherSeedGivesAnotherWorld) {
  const World one(1, 60);
  const World two(2, 60);
  EXPECT_NE(one.agency(kFocalCount).name, two.agency(kFocalCount).name);
  EXPECT_EQ(one.agency(kIllinoisTown).name, two.agency(kIllinoisTown).name);
}

TEST(Makelogs, EveryFormatHasExactlyItsHeader) {
  for (const Format& format : formats()) {
    const Rows rows = rows_of(formats_sample().dir.path() / (std::string(format.id) + ".csv"));
    ASSERT_GT(rows.size(), 20u) << format.id;
    EXPECT_EQ(rows[0].cells, headers_of(format)) << format.id;
  }
}

TEST(Makelogs, HeadersAreThoseOfReleasedLogs) {
  const std::vector<std::string> eleven = {"Name",
                                           "Org Name",
                                           "Total Networks Searched",
                                           "Total Devices Searched",
                                           "Time Frame",
                                           "License Plate",
                                           "Reason",
                                           "Case #",
                                           "Filters",
                                           "Search Time",
                                           "Search Type"};
  EXPECT_EQ(headers_of(*find_format("network-audit-11")), eleven);
  std::vector<std::string> thirteen = eleven;
  thirteen.erase(thirteen.begin() + 3);
  thirteen.insert(thirteen.begin(), "ID");
  thirteen.insert(thirteen.end(), {"Text Prompt", "Moderation"});
  EXPECT_EQ(headers_of(*find_format("organization-audit-13")), thirteen);
  thirteen.insert(thirteen.begin() + 4, "Total Devices Searched");
  EXPECT_EQ(headers_of(*find_format("network-audit-14")), thirteen);
  const std::vector<std::string> portal = {"id",     "userId",     "searchDate", "networkCount",
                                           "reason", "caseNumber", "offenseType"};
  EXPECT_EQ(headers_of(*find_format("portal-reason-case-offense")), portal);
}

TEST(Makelogs, TotalsAddUp) {
  expect_totals_add_up(formats_sample().written);
  expect_totals_add_up(damage_sample().written);
}

TEST(Makelogs, ASlowReaderFindsTheRowsAndTimesThatTheTruthTells) {
  expect_as_read(formats_sample());
}

TEST(Makelogs, ASlowReaderFindsTheRowsOfDamagedFiles) { expect_as_read(damage_sample()); }

TEST(Makelogs, RejectsAreRowsWithoutATime) {
  const Format& format = *find_format("network-audit-11");
  for (const std::string name : {"damaged-bad_times.csv", "damaged-short_rows.csv"}) {
    const Rows rows = rows_of(damage_sample().dir.path() / name);
    const Rows& truth = damage_sample().truth.at(name);
    int rejects = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::string when = time_of(format, rows[i]);
      if (truth[i].cells[kKind] == "sighting") {
        EXPECT_FALSE(when.empty()) << name << " " << i + 1;
      }
      if (truth[i].cells[kKind] != "reject") continue;
      ++rejects;
      EXPECT_TRUE(when.empty() || when.starts_with("2025-13")) << name << " " << i + 1;
    }
    EXPECT_GT(rejects, 10) << name;
  }
}

TEST(Makelogs, EncodingsHoldTheSameText) {
  const auto& dir = damage_sample().dir.path();
  const std::string plain = to_utf8_slowly(bytes_of(dir / "encoded-utf-8-bom.csv"));
  EXPECT_NE(plain.find("\xc3"), std::string::npos);  // a name beyond ASCII
  for (const char* name : {"utf-16le", "utf-16be", "windows-1252"}) {
    const std::string bytes = bytes_of(dir / ("encoded-" + std::string(name) + ".csv"));
    EXPECT_EQ(to_utf8_slowly(bytes), plain) << name;
  }
}

TEST(Makelogs, NamesAndPlatesOfOthersVanishInDecember2025) {
  const Rows rows = rows_of(formats_sample().dir.path() / "network-audit-13.csv");
  const Rows& truth = formats_sample().truth.at("network-audit-13.csv");
  int hidden = 0;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const bool others = rows[i].cells[2] != "Fairhollow IL PD";
    const bool late = truth[i].cells[kWhen] >= "2025-12-17";
    EXPECT_EQ(rows[i].cells[1].empty(), others && late) << i + 1;
    if (!others || !late) continue;
    ++hidden;
    EXPECT_TRUE(rows[i].cells[5].empty());
  }
  EXPECT_GT(hidden, 50);
}

TEST(Makelogs, TheTruthNamesNoPlate) {
  const std::string truth = bytes_of(formats_sample().dir.path() / "truth.csv");
  for (std::uint32_t subject = 0; subject < 2000; ++subject) {
    std::string plate;
    append_plate(plate, subject);
    ASSERT_EQ(truth.find(plate), std::string::npos) << plate;
  }
}

TEST(Makelogs, PlatesOfDifferentSubjectsDiffer) {
  std::set<std::string> plates;
  for (std::uint32_t subject = 0; subject < kSubjects; subject += 230) {
    std::string plate;
    append_plate(plate, subject);
    ASSERT_EQ(plate.size(), 7u);
    ASSERT_NE(plate.find('Q'), std::string::npos);
    ASSERT_TRUE(plates.insert(plate).second) << subject;
  }
}

TEST(Makelogs, TheSameSearchStandsInSeveralLogsOfTheDemonstration) {
  const Sample sample(demo(1));
  expect_totals_add_up(sample.written);
  std::map<std::string, std::set<std::string>> files;  // by act
  std::set<std::string> plants;
  for (const auto& [file, rows] : sample.truth) {
    for (const ReferenceRow& row : rows) {
      if (!row.cells[kActId].empty()) files[row.cells[kActId]].insert(file);
      plants.insert(row.cells[row.cells.size() - 2]);
    }
  }
  const auto shared = std::count_if(files.begin(), files.end(),
                                    [](const auto& each) { return each.second.size() > 1; });
  EXPECT_GT(shared, 1000);
  for (const char* plant : {"il_breach", "il_federal", "ca_out_of_state", "one_subject",
                            "borrowed_login", "shared_login", "innocent_hotlist"}) {
    EXPECT_TRUE(plants.contains(plant)) << plant;
  }
}

bool knows(std::span<const std::string_view> words, std::string_view word) {
  return word.empty() || std::find(words.begin(), words.end(), word) != words.end();
}

TEST(Makelogs, TheTruthSpeaksTheVocabularyOfTheRecord) {
  for (const auto& [file, rows] : formats_sample().truth) {
    for (const ReferenceRow& row : rows) {
      EXPECT_TRUE(knows(record::purposes(), row.cells[15])) << row.cells[15];
      EXPECT_TRUE(knows(record::offences(), row.cells[16])) << row.cells[16];
      EXPECT_TRUE(knows(record::specificities(), row.cells[17])) << row.cells[17];
      EXPECT_TRUE(knows(record::topics(), row.cells[18])) << row.cells[18];
      EXPECT_TRUE(knows(record::beneficiaries(), row.cells[19])) << row.cells[19];
      for (std::size_t state : {12, 13, 14}) {
        if (row.cells[state].empty()) continue;
        EXPECT_TRUE(record::parse<record::CellState>(row.cells[state])) << row.cells[state];
      }
    }
  }
}

TEST(Makelogs, OneLargeFileHasAsManyRowsAsAsked) {
  const TempDir dir = folder();
  Result<Scenario> scenario = one_file(1, "network-audit-11", 5000);
  ASSERT_TRUE(scenario);
  ASSERT_TRUE(write_logs(*scenario, dir.path()));
  EXPECT_EQ(rows_of(dir.path() / "network-audit-11.csv").size(), 5001u);
  EXPECT_FALSE(one_file(1, "no-such-format", 10));
  EXPECT_FALSE(one_file(1, "portal", 10));
}

TEST(Makelogs, SearchesComeByTheHourOfTheDay) {
  const World world(5, 60);
  ActStream acts(world, {midnight_utc({2025, 2, 1}), midnight_utc({2025, 3, 1})}, 28'000, {});
  std::map<int, int> by_hour;
  int count = 0;
  for (const Act* act = &acts.next(); act->when_ms < midnight_utc({2025, 3, 1});
       act = &acts.next()) {
    ++by_hour[static_cast<int>(act->when_ms / kHourMs % 24)];
    ++count;
  }
  EXPECT_NEAR(count, 28'000, 800);
  EXPECT_GT(by_hour[20], 3 * by_hour[10]);  // afternoon against night in the central zone
}

}  // namespace
}  // namespace onus::makelogs
