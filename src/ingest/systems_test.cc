// SPDX-License-Identifier: Apache-2.0
// Every shipped profile of a record system against the sample that the log maker writes for it.
#include "support/systems.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "ingest/case_fixture.h"
#include "ingest/fold.h"
#include "ingest/link.h"
#include "ingest/recognise.h"

namespace onus::ingest {
namespace {

using makelogs::SystemFile;
using makelogs::SystemTruth;

const std::vector<SystemFile>& samples() {
  static const std::vector<SystemFile> all = makelogs::system_samples(1);
  return all;
}

class Systems : public CaseTest {
 protected:
  std::int64_t acts(std::string_view act) {
    return count("SELECT count(*) FROM sightings WHERE act = '" + std::string(act) + "'");
  }
  void check_counts(const SystemFile& sample, const FileSummary& summary) {
    const SystemTruth& truth = sample.truth;
    EXPECT_EQ(summary.profile, sample.profile);
    EXPECT_EQ(summary.rows, truth.rows);
    EXPECT_EQ(summary.rejects, truth.rejects);
    EXPECT_EQ(summary.headers, truth.headers);
    EXPECT_EQ(acts("search"), truth.searches);
    EXPECT_EQ(acts("derived"), truth.derived);
    EXPECT_EQ(acts("administrative"), truth.administrative);
    EXPECT_EQ(count("SELECT count(*) FROM sightings WHERE subject IS NOT NULL"), truth.subjects);
    EXPECT_EQ(count("SELECT count(*) FROM sightings WHERE reason_state = 'value'"), truth.reasons);
    EXPECT_EQ(
        count("SELECT count(*) FROM sightings WHERE reason_state = '" + truth.reason_state + "'"),
        summary.sightings - (truth.reason_state == "value" ? 0 : truth.reasons));
    EXPECT_EQ(count("SELECT count(*) FROM extras"),
              count("SELECT count(*) FROM extras JOIN sightings USING (sighting_id)"));
    EXPECT_EQ(count("SELECT count(*) FROM (SELECT sighting_id FROM extras GROUP BY ALL HAVING "
                    "count(*) <> count(DISTINCT field))"),
              0);
    for (const auto& [field, cells] : truth.extras) {
      EXPECT_EQ(count("SELECT count(*) FROM extras WHERE field = '" + field +
                      "' AND state = 'value' AND text_id IS NOT NULL"),
                cells)
          << field;
    }
  }
};

TEST_F(Systems, AnExtraFieldStandsWithTheRowThatHasIt) {
  const auto sample = std::find_if(samples().begin(), samples().end(), [](const SystemFile& file) {
    return file.profile == "ncic-gateway";
  });
  ASSERT_NE(sample, samples().end());
  read({file(sample->name, sample->bytes)});
  // Purpose codes are given with criminal histories alone, attention with every fourth query.
  EXPECT_EQ(rows("SELECT DISTINCT search_type, text FROM extras JOIN sightings USING (sighting_id) "
                 "JOIN texts USING (text_id) WHERE field = 'legal_basis' ORDER BY ALL",
                 2),
            "QH|C: criminal justice\nQH|X: exigent, caregiver");
  EXPECT_EQ(count("SELECT count(*) FROM extras JOIN sightings USING (sighting_id) "
                  "WHERE field = 'on_behalf' AND state = 'value' AND act <> 'search'"),
            0);
}

TEST_F(Systems, EachSampleIsReadAsItsMakerSaysAndNobodyWhoWasLookedUpIsInTheStore) {
  for (const SystemFile& sample : samples()) {
    SCOPED_TRACE(sample.name);
    new_store(sample.name);
    const IngestSummary summary = read({file(sample.name, sample.bytes)});
    ASSERT_EQ(summary.files.size(), 1U);
    check_counts(sample, summary.files[0]);
    const Result<LinkSummary> linked = link(*db_);
    ASSERT_TRUE(linked) << linked.error().text();
    EXPECT_EQ(linked->lookups_low, sample.truth.distinct_acts);
    const std::string stored = dump();
    for (const std::string& needle : sample.needles) {
      EXPECT_EQ(stored.find(needle), std::string::npos) << needle;
    }
  }
}

Sample first_rows(const SystemFile& sample) {
  const Result<TempDir> dir = TempDir::make();
  EXPECT_TRUE(dir);
  EXPECT_TRUE(write_file(dir->path() / sample.name, sample.bytes));
  const std::vector<std::filesystem::path> named = {dir->path() / sample.name};
  const source::InputFile input = source::expand_inputs(named).value().at(0);
  const std::vector<Profile> profiles = load_profiles({}).value();
  Result<std::vector<std::string>> columns = sample_columns(input, profiles);
  EXPECT_TRUE(columns);
  if (!columns) return {};
  Result<Sample> rows = read_sample(input, *columns);
  EXPECT_TRUE(rows);
  return rows ? *rows : Sample{};
}

std::string read_as(const Sample& sample, const std::vector<Profile>& profiles,
                    const std::string& file) {
  const Recognition found = recognise(sample, profiles, read_file_name(file), "");
  return found.match == Match::one ? found.profile->id
                                   : "none: " + found.explain(file).substr(0, 300);
}

Sample without_column(const Sample& sample, std::size_t header_row, std::size_t position) {
  Sample out = sample;
  for (std::size_t i = header_row; i < out.rows.size(); ++i) {
    std::vector<std::string>& row = out.rows[i];
    if (position < row.size()) row.erase(row.begin() + static_cast<std::ptrdiff_t>(position));
  }
  return out;
}

// A log may lose a column before it is released: it must not become another system's by that.
TEST(SystemProfiles, NoColumnThatIsCutOutMakesASampleAnotherSystems) {
  const std::vector<Profile> profiles = load_profiles({}).value();
  for (const SystemFile& file : samples()) {
    const Sample sample = first_rows(file);
    ASSERT_EQ(read_as(sample, profiles, file.name), file.profile);
    const Recognition found = recognise(sample, profiles, read_file_name(file.name), "");
    if (found.header_row == 0) continue;  // a layout is of one width
    for (std::size_t i = 0; i < found.header.size(); ++i) {
      const ProfileColumn* column = found.profile->column_for(folded(found.header[i]));
      const auto header_row = static_cast<std::size_t>(found.header_row - 1);
      const Sample cut = without_column(sample, header_row, i);
      const std::string as = read_as(cut, profiles, file.name);
      const bool needed = column && (column->required || column->field == Field::when_date);
      if (needed) {
        EXPECT_TRUE(as.starts_with("none") || as == file.profile || as == "generic")
            << file.profile << " without " << found.header[i] << " is " << as;
      } else {
        EXPECT_EQ(as, file.profile) << "without " << found.header[i];
      }
    }
  }
}

TEST(SystemProfiles, EveryShippedSystemHasASampleOrIsAPlateReadersOfTheLogMaker) {
  const std::vector<Profile> profiles = load_profiles({}).value();
  for (const Profile& profile : profiles) {
    if (profile.id.starts_with("flock-")) continue;
    EXPECT_TRUE(std::any_of(samples().begin(), samples().end(), [&](const SystemFile& file) {
      return file.profile == profile.id;
    })) << profile.id;
  }
}

}  // namespace
}  // namespace onus::ingest
