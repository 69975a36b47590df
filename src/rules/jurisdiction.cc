// SPDX-License-Identifier: Apache-2.0
#include "rules/jurisdiction.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "record/facts.h"
#include "rules/evaluate.h"
#include "rules/vocabulary.h"

namespace onus::rules {
namespace {

constexpr std::string_view kPartyFacts[] = {"system",           "log_role",       "owner_state",
                                            "owner_level",      "owner_kind",     "owner_country",
                                            "searcher_state",   "searcher_level", "searcher_kind",
                                            "searcher_country", "on_behalf_of"};

struct Combination {
  std::vector<Value> row;  // looks into the rows of the store
  std::int64_t accesses = 0;
};

std::size_t index_of(std::string_view name) {
  const auto facts = record::facts();
  std::size_t i = 0;
  while (i < facts.size() && facts[i].name != name) ++i;
  return i;
}

// For whom it was done is known of each access alone, so it is looked at only where that matters.
std::string combinations_sql(bool behalf) {
  std::string out = "SELECT accesses";
  for (const std::string_view fact : kPartyFacts) {
    const bool left_out = fact == "on_behalf_of" && !behalf;
    out += fmt::format(", {}", left_out ? "NULL::VARCHAR" : fact);
  }
  return out + fmt::format(" FROM {} ORDER BY ALL", behalf ? "party_behalf_facts" : "party_facts");
}

bool any_asks_for_behalf(std::span<const Pack> packs) {
  const std::size_t behalf = index_of("on_behalf_of");
  return std::ranges::any_of(packs, [&](const Pack& pack) {
    return pack.governs && std::ranges::count(pack.governs->columns(), behalf) > 0;
  });
}

std::vector<Combination> combinations(const store::Rows& rows) {
  std::vector<Combination> out(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    out[i].accesses = rows.integer(i, 0);
    out[i].row.resize(record::facts().size());
    for (std::size_t f = 0; f < std::size(kPartyFacts); ++f) {
      if (rows.is_null(i, f + 1)) continue;
      const std::string_view text = rows.text(i, f + 1);
      const auto unknowns = unknown_columns();
      const bool says_unknown = text == "unknown" && std::find(unknowns.begin(), unknowns.end(),
                                                               kPartyFacts[f]) != unknowns.end();
      if (!says_unknown) out[i].row[index_of(kPartyFacts[f])] = Value::of(text);
    }
  }
  return out;
}

Reach reach_of(const Tree& governs, const std::vector<Combination>& all) {
  Reach out;
  std::map<std::string, std::int64_t> blamed;
  for (const Combination& one : all) {
    const Truth truth = evaluate(governs, one.row);
    if (truth == Truth::is_true) out.governed += one.accesses;
    if (truth != Truth::is_null) continue;
    out.unknown += one.accesses;
    for (const std::size_t column : governs.columns()) {
      if (one.row[column].known) continue;
      blamed[std::string(record::facts()[column].name)] += one.accesses;
      break;
    }
  }
  std::int64_t most = 0;
  for (const auto& [fact, accesses] : blamed) {
    if (accesses <= most) continue;
    most = accesses;
    out.unknown_fact = fact;
  }
  return out;
}

}  // namespace

Result<std::vector<Reach>> reach_of(store::Database& db, std::span<const Pack> packs) {
  ONUS_TRY(const store::Rows rows, db.query(combinations_sql(any_asks_for_behalf(packs))));
  const std::vector<Combination> all = combinations(rows);
  Reach everything;
  for (const Combination& one : all) everything.governed += one.accesses;
  std::vector<Reach> out;
  out.reserve(packs.size());
  for (const Pack& pack : packs)
    out.push_back(pack.governs ? reach_of(*pack.governs, all) : everything);
  return out;
}

Result<void> write_packs(store::Database& db, std::span<const Pack> packs,
                         const std::vector<Reach>& reach) {
  ONUS_TRY_VOID(db.run("DELETE FROM packs"));
  for (std::size_t i = 0; i < packs.size(); ++i) {
    const Pack& pack = packs[i];
    const std::vector<std::string> values = {
        pack.id,       pack.sha256,   pack.title.en,        pack.title.de,
        pack.place.en, pack.place.de, reach[i].unknown_fact};
    ONUS_TRY([[maybe_unused]] const store::Rows none,
             db.query(fmt::format("INSERT INTO packs VALUES ({}, ?, ?, ?, ?, nullif(?, ''), "
                                  "nullif(?, ''), {}, {}, nullif(?, ''))",
                                  i, reach[i].governed, reach[i].unknown),
                      values));
  }
  return {};
}

}  // namespace onus::rules
