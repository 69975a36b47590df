// SPDX-License-Identifier: Apache-2.0
#include "between/reconcile.h"

#include <gtest/gtest.h>

#include <set>

#include "cli/case_folder.h"
#include "cli/sharing_list.h"
#include "cli/stages.h"
#include "resolve/resolve.h"
#include "support/csv_table.h"

namespace onus::cli {
namespace {

namespace fs = std::filesystem;
using makelogs::Cells;
using makelogs::Form;
using makelogs::plain;
using makelogs::Rng;
using makelogs::synthetic;
using makelogs::Table;
using makelogs::written;

// No agency of the synthetic world.
constexpr std::string_view kAgency = "Underlark TX PD";

struct Logs {
  std::string own, other;
};

Result<between::Reconciliation> reconcile(const Logs& logs,
                                          std::vector<between::ListedName> list = {}) {
  ONUS_TRY(const TempDir dir, TempDir::make());
  ONUS_TRY_VOID(write_file(dir.path() / "own.csv", logs.own));
  ONUS_TRY_VOID(write_file(dir.path() / "other.csv", logs.other));
  ONUS_TRY(CaseFolder folder, CaseFolder::open("", dir.path()));
  Screen screen(Verbosity::quiet);
  ONUS_TRY(const Inputs own, choose_inputs({dir.path() / "own.csv"}, ""));
  ONUS_TRY(const Inputs other, choose_inputs({dir.path() / "other.csv"}, ""));
  ONUS_TRY(const auto a, read_logs(folder.db(), own, std::string(kAgency), folder.key(), screen));
  ONUS_TRY(const auto b, read_logs(folder.db(), other, "Fairhollow PD, IL", folder.key(), screen));
  ONUS_TRY_VOID(resolve::run(folder.db()));
  return between::reconcile(
      folder.db(),
      {.own_ids = file_ids(a), .other_ids = file_ids(b), .shared_with = std::move(list)});
}

// 40 searches of one agency among 60; some are left out of its own log, others of the network log,
// and the network log shows neither names nor plates.
void finds_what_each_side_lacks(std::uint64_t seed, bool with_ids) {
  Rng rng(seed);
  Table all = synthetic(seed, "network-audit-13", 60);
  const std::size_t networks = all.column("Total Networks Searched");
  Table own{.header = all.header, .rows = {}}, other = own;
  std::set<std::int64_t> missing;
  std::int64_t left_out = 0;
  for (std::size_t i = 0; i < all.rows.size(); ++i) {
    Cells row = all.rows[i];
    const bool ours = i % 3 != 0 || i == 59;
    const std::uint32_t fate = i < 2 || i == 59 ? 9 : rng.below(8);
    if (ours) {
      row[all.column("Org Name")] = kAgency;
      row[networks] = std::to_string(100 + i);
    }
    if (ours && fate != 0) own.rows.push_back(row);
    if (ours && fate == 1) {
      ++left_out;
      continue;
    }
    for (const char* header : {"Name", "License Plate"}) row[all.column(header)] = "***";
    other.rows.push_back(row);
    if (ours && fate == 0) missing.insert(static_cast<std::int64_t>(other.rows.size()) + 1);
  }
  Form form = plain(other);
  if (!with_ids) std::erase(form.columns, other.column("ID"));
  const Result<between::Reconciliation> found =
      reconcile({.own = written(own, plain(own)), .other = written(other, form)});
  ASSERT_TRUE(found) << found.error().text();
  ASSERT_EQ(found->logs.size(), 1U);
  std::set<std::int64_t> rows;
  for (const between::Difference& d : found->evidence) {
    if (d.kind == "missing_in_own") rows.insert(d.new_at.row);
  }
  EXPECT_EQ(rows, missing) << "seed " << seed;
  const between::NetworkLog& log = found->logs[0];
  EXPECT_EQ(log.expected + log.cannot_tell() + log.own_only, left_out) << "seed " << seed;
  EXPECT_EQ(log.rows, log.matched + static_cast<std::int64_t>(missing.size()));
}

TEST(Reconcile, FindsWhatEachSideLacksByIds) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) finds_what_each_side_lacks(seed, true);
}

TEST(Reconcile, FindsWhatEachSideLacksWithoutIdsAndUnderMasks) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) finds_what_each_side_lacks(seed, false);
}

TEST(SharingList, ReadsPlainNamesAndTheFirstColumnOfACsv) {
  const auto plain_list =
      parse_sharing_list("# as stated\nFairhollow PD, IL\r\n\nWendfold IL PD", false);
  ASSERT_EQ(plain_list.size(), 2U);
  EXPECT_EQ(plain_list[0].name, "Fairhollow PD, IL");
  EXPECT_EQ(plain_list[0].state, "IL");
  const auto csv =
      parse_sharing_list("Agency,Since\n\"Fairhollow PD, IL\",2024\nDuskwick SC PD,2023\n", true);
  ASSERT_EQ(csv.size(), 2U);
  EXPECT_EQ(csv[0].key, plain_list[0].key);
  EXPECT_EQ(csv[1].name, "Duskwick SC PD");
}

}  // namespace
}  // namespace onus::cli
