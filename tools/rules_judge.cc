// SPDX-License-Identifier: Apache-2.0
// What bench/rules/run.py measures of onus:
//   rules-judge native DIR PASSES  each rule of DIR/pack.toml over each of DIR/requests.tsv: the
//                                  nanoseconds of each pass and request; leaves in DIR/onus.txt
//                                  which rules fired
//   rules-judge duckdb DIR ROWS    the same rules over ROWS rows made of the requests
//   rules-judge case CASE [DIR]    all shipped packs over a case, as an audit judges: those that
//                                  govern, and each; then the rules of DIR/pack.toml, also with
//                                  a register of papers
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <iostream>
#include <string>

#include "base/file.h"
#include "record/facts.h"
#include "rules/alike.h"
#include "rules/decide.h"
#include "rules/explain.h"
#include "rules/jurisdiction.h"
#include "rules/rules.h"
#include "rules/scan.h"

namespace {

using namespace onus;
using Clock = std::chrono::steady_clock;
constexpr std::size_t kMost = 64U << 20;

template <class T>
T must(Result<T> result) {
  if (result) return std::move(*result);
  std::cerr << result.error().text() << "\n";
  std::exit(3);
}
void must(const Result<void>& result) {
  if (result) return;
  std::cerr << result.error().text() << "\n";
  std::exit(3);
}

std::vector<std::string> split(const std::string& text, char by) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(by, at), text.size());
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

std::vector<rules::FactRows> requests(const std::string& dir) {
  std::vector<rules::FactRows> out;
  for (const std::string& line : split(must(read_file(dir + "/requests.tsv", kMost)), '\n'))
    out.push_back(must(rules::facts_given(split(line, '\t'))));
  return out;
}

std::vector<rules::Pack> pack(const std::string& dir) {
  const rules::NamedText file{"pack.toml", must(read_file(dir + "/pack.toml", kMost))};
  return must(rules::load_packs({&file, 1}));
}

int native(const std::string& dir, int passes) {
  const std::vector<rules::Pack> packs = pack(dir);
  const std::vector<rules::FactRows> all = requests(dir);
  std::string times;
  std::string fired;
  for (int pass = 0; pass < passes; ++pass) {
    for (const rules::FactRows& request : all) {
      std::array<std::uint8_t, 256> codes{};
      const Clock::time_point start = Clock::now();
      for (std::size_t i = 0; i < packs[0].rules.size(); ++i)
        codes.at(i) = decide(packs[0].rules[i].decision, request.accesses[0].row);
      times += fmt::format("{}\n", (Clock::now() - start).count());
      if (pass > 0) continue;
      std::vector<std::string> ids;
      for (std::size_t i = 0; i < packs[0].rules.size(); ++i) {
        const rules::Rule& rule = packs[0].rules[i];
        if (rule.decision.reasons[codes.at(i)].outcome == record::Outcome::missing)
          ids.push_back(rule.id);
      }
      std::sort(ids.begin(), ids.end());
      fired += fmt::format("{}\n", fmt::join(ids, " "));
    }
  }
  std::cout << times;
  must(write_file(dir + "/onus.txt", fired));
  return 0;
}

struct Spent {
  double wall = 0, processor = 0;
};

Spent timed(const std::function<Result<void>()>& work) {
  const std::clock_t processor = std::clock();
  const Clock::time_point start = Clock::now();
  must(work());
  return {std::chrono::duration<double>(Clock::now() - start).count(),
          static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC};
}

// What any engine must do at least: look at every fact of every access.
std::string bare_scan() {
  std::string out = "CREATE OR REPLACE TEMP TABLE seen AS SELECT count(*) AS n";
  for (const record::Fact& fact : record::facts())
    out += fmt::format(", count(\"{0}\") AS \"{0}\"", fact.name);
  return out + " FROM facts";
}

void compare(store::Database& db, std::string_view what, const std::vector<rules::Slot>& slots,
             std::int64_t rows, const std::function<Result<void>()>& judge) {
  const Spent scan = timed([&] { return db.run(bare_scan()); });
  const Spent judged = timed(judge);
  const double pairs = static_cast<double>(rows) * static_cast<double>(slots.size());
  std::cout << fmt::format(
      "{}: {} rules, {} rows; scan {:.2f} s wall, {:.2f} s processor; judging {:.2f} s wall, "
      "{:.2f} s processor; {:.2f} ns wall, {:.2f} ns processor a row and rule\n",
      what, slots.size(), rows, scan.wall, scan.processor, judged.wall, judged.processor,
      judged.wall * 1e9 / pairs, judged.processor * 1e9 / pairs);
}

// The requests as SQL, and rows that pick one each.
std::string rows_of(const std::vector<rules::FactRows>& all, std::int64_t rows) {
  std::string values;
  for (std::size_t r = 0; r < all.size(); ++r) {
    values += fmt::format("{}({}", r == 0 ? "" : ", ", r);
    for (std::size_t i = 0; i < record::facts().size(); ++i) {
      const rules::Value& value = all[r].accesses[0].row[i];
      const bool text = record::facts()[i].type == record::FactType::text;
      values += !value.known ? ", NULL"
                : text       ? fmt::format(", {}", store::literal(value.text))
                             : fmt::format(", {}", value.number);
    }
    values += ")";
  }
  std::string names = "n";
  std::string columns = "range AS access_id, range AS lookup_id, 0 AS agency_id";
  for (const record::Fact& fact : record::facts()) {
    names += fmt::format(", \"{}\"", fact.name);
    columns += fact.type == record::FactType::timestamp
                   ? fmt::format(", make_timestamp(\"{0}\"::BIGINT) AS \"{0}\"", fact.name)
                   : fmt::format(", \"{0}\"::{1} AS \"{0}\"", fact.name,
                                 fact.type == record::FactType::text ? "VARCHAR" : "BIGINT");
  }
  return fmt::format(
      "CREATE TABLE requests AS SELECT * FROM (VALUES {}) t({}); CREATE TABLE facts AS SELECT {} "
      "FROM range({}) JOIN requests ON n = hash(range) % {}",
      values, names, columns, rows, all.size());
}

int duckdb(const std::string& dir, std::int64_t rows) {
  const std::vector<rules::Pack> packs = pack(dir);
  store::Options options;
  options.file = dir + "/bench.duckdb";
  options.spill_dir = dir + "/spill";
  options.memory_limit_bytes = 6ULL << 30;
  std::filesystem::remove(options.file);
  store::Database db = must(store::Database::open(options));
  must(db.run(rows_of(requests(dir), rows)));
  const std::vector<rules::Slot> slots = rules::slots_of(rules::numbered(packs, {rules::Reach{}}));
  for (int turn = 0; turn < 3; ++turn) {
    compare(db, "DuckDB", slots, rows, [&] { return db.run(rules::words_sql(slots, "judged")); });
  }
  return 0;
}

// A paper from a day of its own between every owner and every searcher of the case.
constexpr std::string_view kPapers = R"sql(
INSERT INTO agreement_registers VALUES ('made.toml', '', 1, true);
INSERT INTO agreement_spans (owner_key, searcher_key, begins, ends, declaration)
SELECT o.party_key, p.party_key, TIMESTAMP '2025-01-01' + to_days((hash(p.party_key) % 700)::INTEGER),
  TIMESTAMP '2030-01-01', ['active', 'requested'][1 + (hash(p.party_key) % 2)::INTEGER]
FROM (SELECT DISTINCT party_key FROM parties WHERE agency_id IN (SELECT owner_id FROM sighting_rows)) o,
  (SELECT DISTINCT party_key FROM parties) p
WHERE o.party_key IS NOT NULL AND p.party_key IS NOT NULL
)sql";

// The case stays as it is.
void compare_with_papers(store::Database& db, const std::vector<rules::Slot>& slots,
                         std::int64_t rows) {
  must(db.run("BEGIN"));
  must(db.run(kPapers));
  compare(db, "the pack, with a register of papers", slots, rows,
          [&] { return rules::judge(db, slots, "judged"); });
  compare(db, "the same, each access by itself", slots, rows,
          [&] { return rules::judge(db, slots, "judged", rows + 1); });
  must(db.run("ROLLBACK"));
}

int of_case(const std::string& dir, const std::string& own) {
  store::Options options;
  options.file = dir + "/store.duckdb";
  options.spill_dir = dir + "/bench-spill";
  options.memory_limit_bytes = 6ULL << 30;
  store::Database db = must(store::Database::open(options));
  std::vector<rules::Pack> packs = must(rules::load_packs(rules::builtin_packs()));
  const std::int64_t rows = must(db.query_integer("SELECT count(*) FROM facts"));
  const std::vector<rules::Reach> reach = must(rules::reach_of(db, packs));
  const auto compare_all = [&](std::string_view what, const std::vector<rules::Reach>& reaches) {
    const std::vector<rules::Slot> slots = rules::slots_of(rules::numbered(packs, reaches));
    compare(db, what, slots, rows, [&] { return rules::judge(db, slots, "judged"); });
  };
  compare_all("shipped packs, those that govern", reach);
  const std::vector<rules::Reach> everywhere(packs.size(), rules::Reach{rows, 0, ""});
  compare_all("shipped packs, each of them", everywhere);
  if (own.empty()) return 0;
  packs = pack(own);
  for (int turn = 0; turn < 3; ++turn) compare_all("the pack", {rules::Reach{rows, 0, ""}});
  compare_with_papers(db, rules::slots_of(rules::numbered(packs, {rules::Reach{rows, 0, ""}})),
                      rows);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string mode = argc > 2 ? argv[1] : "";
  if (mode == "native" && argc == 4) return native(argv[2], std::atoi(argv[3]));
  if (mode == "duckdb" && argc == 4) return duckdb(argv[2], std::atoll(argv[3]));
  if (mode == "case") return of_case(argv[2], argc == 4 ? argv[3] : "");
  std::cerr << "usage: rules-judge native DIR PASSES | duckdb DIR ROWS | case DIR [DIR]\n";
  return 2;
}
