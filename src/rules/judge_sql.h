// SPDX-License-Identifier: Apache-2.0
// Packs as one query for an engine of the user's own: the same decisions as an audit, over the
// facts of accesses that `onus rules facts` writes as Parquet. One column for each rule, named by
// its id: the outcome, and after a ':' its reason where there is one ("cannot_tell:unknown:when").
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "rules/pack.h"
#include "rules/print.h"

namespace onus::rules {

// `relation` is put into the query as it is: a table or a view with the columns access_id,
// lookup_id and record::facts(). Detectors are left out: they are queries over the tables of a
// case.
std::string judging_sql(std::span<const Pack> packs, Dialect dialect, std::string_view relation);

// The facts of a case as such a relation, in DuckDB: every column of it and no other.
std::string facts_export_sql();

}  // namespace onus::rules
