// SPDX-License-Identifier: Apache-2.0
#include <set>

#include <fmt/format.h>

#include "resolve/register.h"

namespace onus::resolve {
namespace {

// Columns of table parties, in its order.
enum Column : std::size_t {
  agency_id,
  party_key,
  place,
  state,
  kind,
  level,
  inactive,
  confidence,
  country,
  ori,
  resolved_by,
  candidates
};

void put_maybe(store::ChunkWriter& writer, std::size_t column, std::size_t row,
               const std::string& text) {
  text.empty() ? writer.set_null(column, row) : writer.set_text(column, row, text);
}

void put(store::ChunkWriter& writer, std::size_t row, std::int32_t id, const Resolved& resolved) {
  const Party& party = resolved.party;
  writer.values<std::int32_t>(agency_id)[row] = id;
  writer.set_text(party_key, row, party.key);
  writer.set_text(place, row, party.place);
  if (party.state) {
    writer.set_text(state, row, *party.state);
  } else {
    writer.set_null(state, row);
  }
  if (party.country) {
    writer.set_text(country, row, *party.country);
  } else {
    writer.set_null(country, row);
  }
  writer.set_text(kind, row, party.kind);
  writer.set_text(level, row, record::name(party.level));
  writer.values<bool>(inactive)[row] = party.inactive;
  writer.values<std::int32_t>(confidence)[row] = party.confidence;
  put_maybe(writer, ori, row, resolved.ori);
  writer.set_text(resolved_by, row, resolved.by);
  put_maybe(writer, candidates, row, fmt::format("{}", fmt::join(resolved.candidates, "; ")));
}

}  // namespace

Result<Summary> run(store::Database& db, const Books& books) {
  ONUS_TRY_VOID(db.run("DELETE FROM parties"));
  ONUS_TRY(const store::Rows names,
           db.query("SELECT agency_id, text FROM agencies_raw ORDER BY agency_id"));
  ONUS_TRY(store::ChunkWriter writer, db.writer("parties"));
  Summary summary;
  std::set<std::string> keys;
  std::size_t row = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Resolved resolved = resolve_name(names.text(i, 1), books);
    const Party& party = resolved.party;
    put(writer, row++, static_cast<std::int32_t>(names.integer(i, 0)), resolved);
    keys.insert(party.key);
    ++summary.names;
    summary.ambiguous += resolved.candidates.size() > 1 ? 1 : 0;
    summary.without_state += !party.state && party.kind != "federal";
    if (row == store::ChunkWriter::capacity()) {
      ONUS_TRY_VOID(writer.flush(row));
      row = 0;
    }
  }
  ONUS_TRY_VOID(writer.flush(row));
  ONUS_TRY_VOID(writer.close());
  summary.parties = static_cast<std::int64_t>(keys.size());
  return summary;
}

Result<Summary> run(store::Database& db) { return run(db, Books{}); }

}  // namespace onus::resolve
