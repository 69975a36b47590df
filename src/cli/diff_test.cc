// SPDX-License-Identifier: Apache-2.0
// Plants edits in a synthetic log, writes it in another form, and asks the diff for exactly those.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "between/diff.h"
#include "cli/case_folder.h"
#include "cli/stages.h"
#include "support/csv_table.h"

namespace onus::cli {
namespace {

namespace fs = std::filesystem;
using makelogs::Cells;
using makelogs::Form;
using makelogs::plain;
using makelogs::Rng;
using makelogs::shuffle;
using makelogs::synthetic;
using makelogs::Table;
using makelogs::written;

Result<between::Diff> diff_of(const std::string& old_bytes, const std::string& new_bytes,
                              std::int64_t evidence = 1000) {
  ONUS_TRY(const TempDir dir, TempDir::make());
  ONUS_TRY_VOID(write_file(dir.path() / "old.csv", old_bytes));
  ONUS_TRY_VOID(write_file(dir.path() / "new.csv", new_bytes));
  ONUS_TRY(CaseFolder folder, CaseFolder::open("", dir.path()));
  Screen screen(Verbosity::quiet);
  ONUS_TRY(const Inputs old_logs, choose_inputs({dir.path() / "old.csv"}, ""));
  ONUS_TRY(const Inputs new_logs, choose_inputs({dir.path() / "new.csv"}, ""));
  ONUS_TRY(const auto a, read_logs(folder.db(), old_logs, "", folder.key(), screen));
  ONUS_TRY(const auto b, read_logs(folder.db(), new_logs, "", folder.key(), screen));
  return between::diff(folder.db(), file_ids(a), file_ids(b), {.evidence_per_kind = evidence});
}

// A difference as a test states it: kind, field, and the record numbers in both files.
using Expected = std::multiset<std::tuple<std::string, std::string, std::int64_t, std::int64_t>>;

Expected found_in(const between::Diff& diff) {
  Expected out;
  for (const between::Difference& d : diff.evidence) {
    out.insert({d.kind, d.field, d.old_at.row, d.new_at.row});
  }
  return out;
}

std::string listed(const Expected& differences) {
  std::string out;
  for (const auto& [kind, field, old_row, new_row] : differences) {
    out +=
        kind + " " + field + " " + std::to_string(old_row) + " " + std::to_string(new_row) + "\n";
  }
  return out;
}

// A row of the new release: where it stood before (record number; 0: nowhere), and what was done.
struct Planted {
  Cells cells;
  std::int64_t old_row = 0;
  std::vector<std::pair<std::string, std::string>> edits;  // kind, field
};

struct MaskedField {
  std::string_view header, field;
};

class Edits {
 public:
  Edits(Rng& rng, const Table& old) : rng_(rng), old_(old) {}

  // The last `kept_back` rows of the log are not in the old release; some of them are added.
  std::vector<Planted> plant(std::size_t kept_back, const std::vector<MaskedField>& masks,
                             bool reorder);
  const Expected& gone() const { return gone_; }

 private:
  bool says_something(const Cells& row, std::size_t column) const {
    if (column >= row.size() || row[column].size() < 6) return false;
    return std::ranges::count_if(row[column], [](unsigned char c) { return std::isalnum(c); }) > 4;
  }
  void edit(Planted& row, const std::vector<MaskedField>& masks);

  Rng& rng_;
  const Table& old_;
  Expected gone_;
};

void Edits::edit(Planted& row, const std::vector<MaskedField>& masks) {
  constexpr std::string_view kMarks[] = {"***", "REDACTED", ""};
  if (rng_.chance(400'000)) {
    const MaskedField& mask = masks[rng_.below(static_cast<std::uint32_t>(masks.size()))];
    const std::size_t column = old_.column(mask.header);
    if (!says_something(row.cells, column)) return;
    row.cells[column] = rng_.pick(kMarks);
    row.edits.emplace_back("masked", mask.field);
  } else {
    const std::size_t column = old_.column("Reason");
    if (column >= row.cells.size() || !says_something(row.cells, column)) return;
    row.cells[column] = "another reason " + std::to_string(rng_.below(1000));
    row.edits.emplace_back("changed", "reason");
  }
}

std::vector<Planted> Edits::plant(std::size_t kept_back, const std::vector<MaskedField>& masks,
                                  bool reorder) {
  std::vector<Planted> out;
  const std::size_t old_rows = old_.rows.size() - kept_back;
  for (std::size_t i = 0; i < old_rows; ++i) {
    const auto record = static_cast<std::int64_t>(i) + 2;
    const std::uint32_t fate = rng_.below(20);
    if (fate == 0) {
      gone_.insert({"gone", "", record, 0});
      continue;
    }
    Planted row{.cells = old_.rows[i], .old_row = record, .edits = {}};
    if (fate == 1) edit(row, masks);
    out.push_back(row);
    if (fate == 2) out.push_back({.cells = old_.rows[i], .old_row = 0, .edits = {}});
  }
  for (std::size_t i = old_rows; i < old_.rows.size(); ++i) {
    if (rng_.chance(500'000)) out.push_back({.cells = old_.rows[i], .old_row = 0, .edits = {}});
  }
  if (reorder) shuffle(rng_, out);
  return out;
}

// Which of two equal rows is the added one cannot be told: what counts is the number of each.
Expected without_rows_of(const Expected& in, std::string_view kind) {
  Expected out;
  for (auto [k, field, old_row, new_row] : in) {
    if (k == kind) old_row = new_row = 0;
    out.insert({k, field, old_row, new_row});
  }
  return out;
}

void finds_exactly_what_was_planted(std::string_view format, std::uint64_t seed) {
  Rng rng(seed);
  constexpr std::size_t kKeptBack = 8;
  Table old = synthetic(seed, format, 60 + kKeptBack);
  const std::vector<MaskedField> masks = {
      {"Name", "actor"}, {"License Plate", "subject"}, {"Case #", "case_number"}};
  Edits edits(rng, old);
  const std::vector<Planted> rows = edits.plant(kKeptBack, masks, rng.chance(700'000));

  Expected expected = edits.gone();
  Table fresh{.header = old.header, .rows = {}};
  for (const Planted& row : rows) {
    fresh.rows.push_back(row.cells);
    const auto record = static_cast<std::int64_t>(fresh.rows.size()) + 1;
    if (row.old_row == 0) expected.insert({"added", "", 0, record});
    for (const auto& [kind, field] : row.edits) {
      expected.insert({kind, field, row.old_row, record});
    }
  }
  Form form = plain(old);
  const std::string old_bytes = [&] {
    Table released = old;
    released.rows.resize(old.rows.size() - kKeptBack);
    return written(released, form);
  }();
  if (rng.chance(500'000)) shuffle(rng, form.columns);
  form.quote_all = rng.chance(500'000);
  form.line_end = rng.chance(500'000) ? "\r\n" : "\n";

  const Result<between::Diff> diff = diff_of(old_bytes, written(fresh, form));
  ASSERT_TRUE(diff) << diff.error().text();
  EXPECT_EQ(listed(without_rows_of(found_in(*diff), "added")),
            listed(without_rows_of(expected, "added")))
      << format << ", seed " << seed;
  EXPECT_TRUE(diff->columns.empty()) << format << ", seed " << seed;
}

TEST(Diff, FindsExactlyWhatWasPlantedInRowsWithIds) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    finds_exactly_what_was_planted("network-audit-13", seed);
  }
}

TEST(Diff, FindsExactlyWhatWasPlantedInRowsWithoutIds) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    finds_exactly_what_was_planted("network-audit-11", seed);
  }
}

TEST(Diff, FindsExactlyWhatWasPlantedInRowsWithAnOffenceColumn) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    finds_exactly_what_was_planted("network-audit-offense", seed);
  }
}

TEST(Diff, SaysNothingOfTwoFormsOfTheSameRows) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    Rng rng(seed);
    Table table = synthetic(seed, seed % 2 ? "network-audit-11" : "network-audit-14", 50);
    const std::string old_bytes = written(table, plain(table));
    Form form = plain(table);
    shuffle(rng, form.columns);
    shuffle(rng, table.rows);
    form.quote_all = true;
    form.line_end = "\r\n";
    const Result<between::Diff> diff = diff_of(old_bytes, written(table, form));
    ASSERT_TRUE(diff) << diff.error().text();
    EXPECT_FALSE(diff->any()) << seed << listed(found_in(*diff));
    EXPECT_EQ(diff->matched.identical, diff->old_side.sightings);
  }
}

TEST(Diff, CountsTheCellsOfAColumnThatIsGoneWithTheColumnAndNotOneByOne) {
  for (const std::string_view format : {"network-audit-11", "network-audit-13"}) {
    const Table table = synthetic(3, format, 80);
    Form form = plain(table);
    const std::size_t reason = table.column("Reason");
    std::erase(form.columns, reason);
    const Result<between::Diff> diff = diff_of(written(table, plain(table)), written(table, form));
    ASSERT_TRUE(diff) << diff.error().text();
    EXPECT_EQ(diff->gone + diff->added, 0) << format;
    EXPECT_TRUE(diff->evidence.empty()) << format;
    ASSERT_EQ(diff->columns.size(), 1U);
    EXPECT_EQ(diff->columns[0].field, "reason");
    EXPECT_EQ(diff->columns[0].new_header, "");
    ASSERT_EQ(diff->fields.size(), 1U);
    const auto not_exported = static_cast<std::size_t>(record::CellState::not_exported);
    EXPECT_EQ(diff->fields[0].masked[not_exported], diff->columns[0].old_values);
  }
}

TEST(Diff, MatchesRowsByWhatTheySayWhereOnlyOneReleaseHasIds) {
  const Table table = synthetic(4, "network-audit-13", 80);
  Form form = plain(table);
  std::erase(form.columns, table.column("ID"));
  const Result<between::Diff> diff = diff_of(written(table, plain(table)), written(table, form));
  ASSERT_TRUE(diff) << diff.error().text();
  EXPECT_EQ(diff->gone + diff->added, 0);
  EXPECT_EQ(diff->matched.exact_fields, 80);
}

TEST(Diff, TakesIdsForNewWhereNoneIsShared) {
  Table table = synthetic(5, "network-audit-13", 40);
  const std::string old_bytes = written(table, plain(table));
  for (Cells& row : table.rows)
    std::swap(row[0][0], row[0][1]), row[0][2] = row[0][2] == 'a' ? 'b' : 'a';
  const Result<between::Diff> diff = diff_of(old_bytes, written(table, plain(table)));
  ASSERT_TRUE(diff) << diff.error().text();
  EXPECT_TRUE(diff->matched.new_ids);
  EXPECT_EQ(diff->gone + diff->added, 0);
}

TEST(Diff, FindsAMaskOverAWholeColumnInRowsWithoutIds) {
  Table table = synthetic(6, "network-audit-11", 200);
  const std::string old_bytes = written(table, plain(table));
  std::int64_t names = 0;
  for (Cells& row : table.rows) {
    names += row[0] != "***" && !row[0].empty() ? 1 : 0;
    row[0] = "***";
  }
  const Result<between::Diff> diff = diff_of(old_bytes, written(table, plain(table)));
  ASSERT_TRUE(diff) << diff.error().text();
  EXPECT_EQ(diff->gone + diff->added, 0);
  ASSERT_EQ(diff->fields.size(), 1U);
  EXPECT_EQ(diff->fields[0].masked[static_cast<std::size_t>(record::CellState::masked_vendor)],
            names);
}

TEST(Diff, SaysNothingOfAFileAndItself) {
  const Table table = synthetic(7, "network-audit-13", 50);
  const std::string bytes = written(table, plain(table));
  const Result<between::Diff> diff = diff_of(bytes, bytes);
  ASSERT_TRUE(diff) << diff.error().text();
  EXPECT_FALSE(diff->any());
  EXPECT_EQ(diff->identical_in_equal_files, 50);
}

TEST(Diff, ReadsAReleaseThatHasNoRows) {
  Table table = synthetic(8, "network-audit-13", 30);
  const std::string bytes = written(table, plain(table));
  table.rows.clear();
  const std::string empty = written(table, plain(table));
  const Result<between::Diff> emptied = diff_of(bytes, empty);
  ASSERT_TRUE(emptied) << emptied.error().text();
  EXPECT_EQ(emptied->gone, 30);
  EXPECT_EQ(emptied->gone_outside, 30);
  const Result<between::Diff> filled = diff_of(empty, bytes);
  ASSERT_TRUE(filled) << filled.error().text();
  EXPECT_EQ(filled->added, 30);
}

// A reason that holds the row's own plate is scrubbed because the plate's cell says so. Where that
// cell is masked since, only the earlier row knows: the later text must not stand beside it.
TEST(Diff, ShowsNoPlateWhereOnlyOneReleaseTellsThatItIsOne) {
  Table table = synthetic(9, "network-audit-13", 300);
  const std::size_t plate = table.column("License Plate");
  const std::size_t reason = table.column("Reason");
  std::vector<std::string> plates;
  for (Cells& row : table.rows) {
    if (row[plate].size() >= 5) row[reason] = "stopped " + row[plate] + " again";
    if (row[plate].size() >= 5) plates.push_back(row[plate]);
  }
  const std::string old_bytes = written(table, plain(table));
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    Cells& row = table.rows[i];
    if (row[plate].size() < 5) continue;
    if (i % 3 == 0) row[reason] += ", really";
    row[plate] = "***";
  }
  const std::string new_bytes = written(table, plain(table));
  const Result<report::Messages> say = report::Messages::load("en");
  for (const auto& [before, after] : {std::pair(old_bytes, new_bytes), {new_bytes, old_bytes}}) {
    const Result<between::Diff> diff = diff_of(before, after);
    ASSERT_TRUE(diff) << diff.error().text();
    EXPECT_EQ(diff->gone + diff->added, 0);
    for (const between::FieldDiff& field : diff->fields) {
      if (field.field != "reason") continue;
      EXPECT_LT(field.changed, 130) << "a text whose plate alone was taken out is no change";
      EXPECT_GT(field.changed, 40);
    }
    std::string all = between::diff_json(*diff, "0") + between::diff_screen(*diff, *say, "x");
    for (const between::Difference& d : diff->evidence) {
      all += d.before + d.after + d.reason + d.actor;
    }
    for (const std::string& each : plates) ASSERT_EQ(all.find(each), std::string::npos) << each;
    EXPECT_EQ(all.find("[subject:"), std::string::npos);
  }
}

}  // namespace
}  // namespace onus::cli
