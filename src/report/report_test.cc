// SPDX-License-Identifier: Apache-2.0
#include "report/report.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/file.h"
#include "report/page.h"
#include "report/small_case.h"
#include "report/words.h"

namespace onus::report {
namespace {

namespace fs = std::filesystem;

Written written_to(store::Database& database, const Model& model, std::string_view language,
                   const fs::path& dir) {
  Result<Written> written = write(database, model, messages_in(language), dir);
  if (!written) ADD_FAILURE() << written.error().text();
  return written ? *std::move(written) : Written();
}

class Report : public ::testing::Test {
 protected:
  void SetUp() override { dir_.emplace(TempDir::make().value()); }
  fs::path out() const { return dir_->path() / "report"; }
  std::string bytes(std::string_view name) const {
    return read_file(out() / name, 64 << 20).value();
  }
  Written write_small(std::string_view language = "en") {
    fs::remove_all(dir_->path() / language);
    store::Database database = open_small_case(dir_->path() / language);
    const Model model = collected(database);
    const fs::path export_dir = dir_->path() / language / "report";
    Written written = written_to(database, model, language, export_dir);
    fs::remove_all(out());
    fs::rename(export_dir, out());
    return written;
  }
  std::vector<std::string> html_files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(out())) {
      const std::string name = entry.path().filename().string();
      if (name.ends_with(".html")) names.push_back(name);
    }
    std::ranges::sort(names);
    return names;
  }
  std::optional<TempDir> dir_;
};

// What stands between each `before` and the next `after`.
std::vector<std::string> all_between(std::string_view text, std::string_view before,
                                     std::string_view after) {
  std::vector<std::string> found;
  for (std::size_t at = 0; (at = text.find(before, at)) != std::string_view::npos;) {
    at += before.size();
    found.emplace_back(text.substr(at, text.find(after, at) - at));
  }
  return found;
}

std::string without_values(std::string_view tag) {
  std::string out;
  bool quoted = false;
  for (const char c : tag) {
    if (c == '"') quoted = !quoted;
    if (!quoted) out += c;
  }
  return out;
}

std::size_t count_of(std::string_view text, std::string_view what) {
  return all_between(text, what, ">").size();
}

TEST_F(Report, SaysOncePerLawWhereItCouldNotBePutToTheLog) {
  write_small();
  const std::string page = bytes("index.html");
  EXPECT_NE(page.find("1 law could not be put to 14 accesses because the log does not tell the "
                      "state of the agency that owns the data; --owner would."),
            std::string::npos);
  EXPECT_NE(page.find("It is the law of: United States: Elsewhere."), std::string::npos);
  EXPECT_EQ(page.find("Nowhere"), std::string::npos) << "it governs nothing here";
  EXPECT_NE(bytes("run.json").find("us-yy"), std::string::npos) << "but it was asked";
}

TEST_F(Report, CountsWhatTheTablesHold) {
  store::Database database = open_small_case(dir_->path());
  const Model model = collected(database);
  EXPECT_EQ(model.totals.rows, 65);
  EXPECT_EQ(model.totals.sightings, 60);
  EXPECT_EQ(model.totals.lookups, 58);
  EXPECT_EQ(model.totals.lookups_by_vendor_id, 59);
  EXPECT_EQ(model.totals.lookups_low, 57);
  EXPECT_EQ(model.totals.lookups_high, 60);
  EXPECT_EQ(model.totals.duplicate_files, 1);
  EXPECT_EQ(model.files[2].duplicate_of, "2025/june.csv");
  EXPECT_EQ(model.searchers.agencies_total, 3);  // two spellings of Rivermouth are one
  EXPECT_EQ(model.searchers.agencies[0].label, "Rivermouth PD, IL");
  EXPECT_EQ(model.hours.zone, "America/Chicago");
  EXPECT_TRUE(model.totals.is_part);
  std::int64_t week = 0;
  for (const auto& day : model.hours.lookups) {
    for (const std::int64_t hour : day) week += hour;
  }
  EXPECT_EQ(week, model.totals.lookups);
  EXPECT_EQ(model.networks.known + model.networks.unknown, model.totals.lookups);
}

TEST_F(Report, AgenciesOfARuleAddUpToItsFindings) {
  store::Database database = open_small_case(dir_->path());
  const Model model = collected(database);
  for (const RuleUse& rule : model.rules) {
    std::int64_t hits = 0, judged = 0;
    for (const RuleAgency& agency : rule.agencies) hits += agency.hits, judged += agency.judged;
    EXPECT_EQ(hits, rule.hits()) << rule.id;
    EXPECT_LE(judged, rule.applicable());
    EXPECT_EQ(std::ssize(rule.evidence), rule.hits());
  }
}

TEST_F(Report, AccountingSentenceSaysWhetherEveryRowIsThere) {
  store::Database database = open_small_case(dir_->path());
  Model model = collected(database);
  const Messages say = messages_in("en");
  Html html;
  const View view{model, say, html};
  EXPECT_EQ(accounting_sentence(view),
            "Every row is accounted for: 65 rows = 60 sightings of lookups + 2 unreadable rows + 2 "
            "header rows + 1 blank rows.");
  ++model.files[0].rows;
  EXPECT_NE(accounting_sentence(view).find("do NOT add up"), std::string::npos);
}

TEST_F(Report, SameCaseGivesTheSameBytes) {
  const Written first = write_small();
  std::map<std::string, std::string> before;
  for (const std::string& name : first.files) before[name] = bytes(name);
  const Written second = write_small();
  EXPECT_EQ(first.files, second.files);
  for (const std::string& name : second.files) EXPECT_TRUE(before[name] == bytes(name)) << name;
}

TEST_F(Report, EveryLinkLeadsSomewhere) {
  write_small();
  for (const std::string& name : html_files()) {
    const std::string page = bytes(name);
    for (const std::string& href : all_between(page, "href=\"", "\"")) {
      const std::size_t hash = href.find('#');
      const std::string file = hash == 0 ? name : href.substr(0, hash);
      ASSERT_TRUE(fs::exists(out() / file)) << name << ": " << href;
      if (hash == std::string::npos) continue;
      const std::string id = "id=\"" + href.substr(hash + 1) + "\"";
      EXPECT_NE(bytes(file).find(id), std::string::npos) << name << ": " << href;
    }
  }
}

TEST_F(Report, PagesAreAccessibleInStructure) {
  write_small("de");
  for (const std::string& name : html_files()) {
    const std::string page = bytes(name);
    EXPECT_NE(page.find("<html lang=\"de\">"), std::string::npos);
    EXPECT_EQ(count_of(page, "<h1"), 1u) << name;
    EXPECT_EQ(count_of(page, "<table"), count_of(page, "<caption")) << name;
    EXPECT_EQ(count_of(page, "<svg role=\"img\""), count_of(page, "<svg"));
    int before = 0;
    for (const std::string& tag : all_between(page, "<h", ">")) {
      const int level = tag[0] - '0';
      if (level < 1 || level > 6) continue;  // header, html
      EXPECT_LE(level, before + 1) << name;
      before = level;
    }
    const std::vector<std::string> ids = all_between(page, " id=\"", "\"");
    EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size()) << name;
    for (const std::string& refs : all_between(page, "aria-labelledby=\"", "\"")) {
      const std::string first = refs.substr(0, refs.find(' '));
      EXPECT_NE(std::ranges::find(ids, first), ids.end()) << name << ": " << refs;
    }
  }
}

TEST_F(Report, NothingRunsAndNothingIsFetched) {
  write_small();
  for (const std::string& name : html_files()) {
    const std::string page = bytes(name);
    for (const char* refused : {"<script", "javascript:", "http://", "https://", "style=\""}) {
      EXPECT_EQ(page.find(refused), std::string::npos) << name << ": " << refused;
    }
    for (const std::string& tag : all_between(page, "<", ">")) {
      EXPECT_EQ(without_values(tag).find(" on"), std::string::npos)
          << name << ": " << tag;  // onclick=
    }
    EXPECT_NE(page.find("default-src &#39;none&#39;"), std::string::npos);
  }
}

TEST_F(Report, NothingTellsWhoWasLookedUpNorWhereTheFilesLay) {
  const Written written = write_small();
  for (const std::string& name : written.files) {
    const std::string file = bytes(name);
    for (const char* secret : {"1a2b3c4d", "[subject:", "/home/someone"}) {
      EXPECT_EQ(file.find(secret), std::string::npos) << name << ": " << secret;
    }
  }
  EXPECT_NE(bytes("rule-il-2-130-immigration.html").find("<mark>ICE</mark>"), std::string::npos);
}

TEST_F(Report, HostileTextIsShownAndNeverRun) {
  store::Database database = open_small_case(dir_->path());
  const std::string hostile = "<script>alert(1)</script>\"'><img src=x onerror=y>&\u202E\u200B" +
                              std::string(5000, 'A') + "\n=cmd|' /C calc'!A0";
  poison(database, hostile);
  const Model model = collected(database);
  written_to(database, model, "en", out());
  for (const std::string& name : html_files()) {
    const std::string page = bytes(name);
    EXPECT_EQ(page.find("<script"), std::string::npos) << name;
    EXPECT_EQ(page.find("<img"), std::string::npos) << name;
    EXPECT_EQ(page.find("\u202E"), std::string::npos) << name;
    EXPECT_EQ(page.find("\u200B"), std::string::npos) << name;
  }
  EXPECT_NE(bytes("reasons.html").find("&lt;script&gt;"), std::string::npos);
  EXPECT_TRUE(nlohmann::json::accept(bytes("findings.json")));
  EXPECT_TRUE(nlohmann::json::accept(bytes("run.json")));
}

TEST_F(Report, NoSpreadsheetRunsACell) {
  for (const char* start : {"=", "+", "-", "@", "\t=", "\r="}) {
    const fs::path dir = dir_->path() / std::to_string(static_cast<int>(start[0]));
    store::Database database = open_small_case(dir);
    poison(database, std::string(start) + "HYPERLINK(\"x\";\"y\")");
    const Model model = collected(database);
    written_to(database, model, "en", dir / "report");
    for (const char* name : {"findings.csv", "rejects.csv"}) {
      const std::string csv = read_file(dir / "report" / name, 1 << 20).value();
      const std::string cell = std::string(start) + "HYPERLINK";
      for (const std::string before : {"\n", ",", "\""}) {
        EXPECT_EQ(csv.find(before + cell), std::string::npos) << name;
      }
      EXPECT_NE(csv.find("'" + cell), std::string::npos) << name;
    }
  }
}

TEST_F(Report, LookupsParquetSaysWhatTheViewFactsSays) {
  store::Database database = open_small_case(dir_->path());
  const Model model = collected(database);
  written_to(database, model, "en", out());
  const std::string table = store::literal((out() / "lookups.parquet").string());
  const std::string words = "lookup_id, purpose, offence, specificity, topic, on_behalf_of";
  EXPECT_EQ(database.query_integer("SELECT count(*) FROM " + table).value(), 58);
  EXPECT_EQ(
      database
          .query_integer("SELECT count(*) FROM (SELECT " + words + " FROM " + table +
                         " EXCEPT SELECT " + words + " FROM facts WHERE access_id = lookup_id)")
          .value(),
      0);
}

TEST_F(Report, FindingsParquetHoldsEveryAnswerThatCounts) {
  store::Database database = open_small_case(dir_->path());
  const Model model = collected(database);
  written_to(database, model, "en", out());
  const std::string table = store::literal((out() / "findings.parquet").string());
  for (const RuleUse& rule : model.rules) {
    if (rule.because.empty()) continue;
    const std::string column = rule.page.substr(5, rule.page.size() - 10);
    for (const std::string_view outcome : {"breach", "missing", "cannot_tell"}) {
      const Result<std::int64_t> count =
          database.query_integer("SELECT count(*) FROM " + table + " WHERE " +
                                 store::quoted(column) + " = " + store::literal(outcome));
      ASSERT_TRUE(count) << count.error().text();
      EXPECT_EQ(*count, rule.accesses(outcome)) << rule.id << " " << outcome;
    }
  }
}

TEST_F(Report, CutFindingsAreSaidToBeCut) {
  store::Database database = open_small_case(dir_->path());
  CollectOptions options = small_case_options();
  options.evidence_per_rule = 2;
  options.findings_csv_per_rule = 3;
  const Model model = collected(database, options);
  written_to(database, model, "en", out());
  const std::string page = bytes("rule-quality-reason.html");
  EXPECT_NE(page.find("2 of 14 are shown"), std::string::npos);
  EXPECT_NE(page.find("findings.csv holds the first 3 of this rule"), std::string::npos);
  const auto run = nlohmann::json::parse(bytes("run.json"));
  EXPECT_EQ(run["findings_csv"]["cut"][1]["findings"], 14);
}

TEST_F(Report, ReasonsThatAreAHabitAreSaidToBeSoBesideThePurposes) {
  store::Database database = open_small_case(dir_->path());
  ASSERT_TRUE(
      database.run("UPDATE rules SET rule_id = 'lq-one-reason-habit' WHERE rule_ix = 4;"
                   "DELETE FROM detections WHERE rule_ix = 4; INSERT INTO detections SELECT 4, i, "
                   "'Unit ' || i || ': patrol <check>', 1, 1, [] FROM range(12) t(i)"));
  const Messages say = messages_in("en");
  const std::string page = reasons_page(collected(database), say).bytes;
  EXPECT_NE(page.find("12 agencies or units with at least 50 searches"), std::string::npos);
  EXPECT_NE(page.find("hold it in 12 of 58 (20.7%) of the lookups"), std::string::npos) << page;
  EXPECT_NE(page.find("Unit 9: patrol &lt;check&gt;"), std::string::npos);
  EXPECT_EQ(page.find("Unit 10:"), std::string::npos) << "the rest stands on the rule's page";
  ASSERT_TRUE(database.run("DELETE FROM detections"));
  EXPECT_NE(reasons_page(collected(database), say).bytes.find("No agency or unit with at least 50"),
            std::string::npos);
}

TEST_F(Report, NamesThatMayBeOneUserAreListedAndCountedApart) {
  store::Database database = open_small_case(dir_->path());
  ASSERT_TRUE(
      database.run("UPDATE parties SET party_key = 'one'; UPDATE sighting_rows SET "
                   "agency_id = 0; UPDATE actors SET label = "
                   "CASE actor_id WHEN 0 THEN 'J. Smi' WHEN 1 THEN 'Jane Smith' "
                   "ELSE 'K. <b>' END"));
  const Model model = collected(database);
  EXPECT_EQ(model.totals.actors, 3) << "no name is put to another";
  EXPECT_EQ(model.searchers.cut_fits_one, 1);
  const std::string page = searchers_page(model, messages_in("en")).bytes;
  EXPECT_NE(page.find("there may be 2 users rather than 3"), std::string::npos) << page;
  EXPECT_NE(page.find("<bdi>Jane Smith</bdi>"), std::string::npos);
}

TEST_F(Report, SharesCheckedByPeopleStandBesideWhatTheProgramSays) {
  store::Database database = open_small_case(dir_->path());
  Model model = collected(database);
  const Messages say = messages_in("en");
  EXPECT_EQ(index_page(model, say).bytes.find("by-people"), std::string::npos) << "no sample";
  model.reasons.by_people = {.lookups = 18412,
                             .reasons = 300,
                             .shares = {{"crime", 0.6, 0.61, 0.55, 0.67},
                                        {"vague", 0.2, 0.2, 0.15, 0.25},
                                        {"immigration", 0.008, 0.01, 0.009, 0.011}}};
  const std::string page = index_page(model, say).bytes;
  EXPECT_NE(page.find("Of 18,412 lookups with a stated reason, 1.00% (95 % interval 0.90% to "
                      "1.10%) were made for this purpose, as their reasons say: immigration. "
                      "People read 300 reasons to find this; the program alone says "
                      "0.80%."),
            std::string::npos)
      << page;
  EXPECT_NE(page.find("61.00%"), std::string::npos) << "the most frequent one";
  EXPECT_EQ(page.find("20.00%"), std::string::npos) << "the others stand on the page of reasons";
  EXPECT_NE(reasons_page(model, say).bytes.find("15.00% \u2013 25.00%"), std::string::npos);
}

TEST_F(Report, EmptyCaseGivesAReportThatSaysSo) {
  store::Database database = open_empty_case(dir_->path());
  const Model model = collected(database);
  written_to(database, model, "de", out());
  EXPECT_NE(bytes("index.html").find("keine Regeln angewandt"), std::string::npos);
}

TEST_F(Report, PagesOfRulesThatNoLongerRunAreRemoved) {
  write_small();
  EXPECT_TRUE(fs::exists(out() / "rule-never----ran.html"));
  store::Database database = open_small_case(dir_->path() / "next");
  const fs::path next = dir_->path() / "next/report";
  ASSERT_TRUE(write_file(next / "rule-old.html", "x"));
  ASSERT_TRUE(write_file(next / "mine.html", "x"));
  const Model model = collected(database);
  written_to(database, model, "en", next);
  EXPECT_FALSE(fs::exists(next / "rule-old.html"));
  EXPECT_TRUE(fs::exists(next / "mine.html"));
}

TEST_F(Report, RowOfAPrintIsShownWithItsPage) {
  store::Database database = open_small_case(dir_->path() / "printed");
  ASSERT_TRUE(database.run("INSERT INTO parts VALUES (1, 1, 1), (1, 12, 2), (1, 20, 4)"));
  const fs::path printed = dir_->path() / "printed/report";
  written_to(database, collected(database), "en", printed);
  const auto written = [&](const char* name) {
    return read_file(printed / name, 1 << 20).value_or("");
  };
  EXPECT_NE(written("rule-il-2-130-immigration.html").find(", page 2, row 19"), std::string::npos);
  EXPECT_NE(written("findings.csv").find("cdcdcdcdcdcdcdcd,2,19,"), std::string::npos);
  EXPECT_NE(written("findings.csv").find("cdcdcdcdcdcdcdcd,1,5,"), std::string::npos);
  EXPECT_NE(written("findings.csv").find("abababababababab,,3,"), std::string::npos);
  EXPECT_NE(written("findings.json").find("\"page\": 2"), std::string::npos);
}

// The bytes of two pages that together use every shape. ONUS_ACCEPT=1 writes them anew.
TEST_F(Report, PagesAreAsTheyWereAccepted) {
  write_small();
  const fs::path golden = fs::path(ONUS_ROOT) / "tests/golden/report";
  for (const char* name : {"index.html", "rule-il-2-130-immigration.html", "findings.csv"}) {
    if (std::getenv("ONUS_ACCEPT") != nullptr) {
      EXPECT_TRUE(write_file(golden / name, bytes(name)).has_value());
    }
    EXPECT_EQ(bytes(name), read_file(golden / name, 1 << 20).value_or("")) << name;
  }
}

}  // namespace
}  // namespace onus::report
