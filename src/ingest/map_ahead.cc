// SPDX-License-Identifier: Apache-2.0
// What rows will look up, worked out and asked for before they are mapped.
#include "ingest/fold.h"
#include "ingest/map.h"
#include "ingest/value_kind.h"

namespace onus::ingest {

void TextMemory::bring(const Hash128& identity) const {
  const std::optional<std::uint32_t> id = ids_.find(identity);
  if (!id) return;
  const Seen& seen = seen_[*id];
  __builtin_prefetch(&seen.text);
  __builtin_prefetch(&seen.id);
}

void Mapper::work_out(const Plan& plan, Cells cells, Ahead& out) {
  out.plan = &plan;
  out.cells = cells;
  out.reason = act_key_.hash_of(cell_of(plan, cells, Field::reason));
  out.agency = act_key_.hash_of(cell_of(plan, cells, Field::agency));
  compact_into(cell_of(plan, cells, Field::subject), out.subject);
  const bool by_agency = plan.has(Field::agency);
  scratch_.assign(cell_of(plan, cells, by_agency ? Field::agency : Field::owner));
  scratch_ += by_agency ? '\x1f' : '\x1e';
  scratch_ += trimmed(cell_of(plan, cells, Field::actor));
  out.person = act_key_.hash_of(scratch_);
}

void Mapper::look_ahead(const Plan& plan, RawRow& row) {
  row.ahead.plan = nullptr;
  if (row.cells.size() != plan.width() || plan.is_composed()) return;
  work_out(plan, row.cells, row.ahead);
  reasons_.prefetch(row.ahead.reason);
  agencies_.prefetch(row.ahead.agency);
  person_ids_.prefetch(row.ahead.person);
  pseudonyms_.prefetch(row.ahead.subject);
}

void Mapper::bring(const RawRow& row) const {
  if (!row.ahead.plan) return;
  reasons_.bring(row.ahead.reason);
  agencies_.bring(row.ahead.agency);
  const std::optional<std::uint32_t> person = person_ids_.find(row.ahead.person);
  if (person) __builtin_prefetch(&persons_[*person]);
}

}  // namespace onus::ingest
