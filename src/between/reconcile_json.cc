// SPDX-License-Identifier: Apache-2.0
#include "between/json.h"
#include "between/reconcile.h"

namespace onus::between {
namespace {

Json log_json(const NetworkLog& log) {
  return {{"owner", log.owner.empty() ? Json() : Json(log.owner)},
          {"first_when", log.first_when.empty() ? Json() : Json(log.first_when)},
          {"last_when", log.last_when.empty() ? Json() : Json(log.last_when)},
          {"searches_of_the_agency", log.rows},
          {"matched", log.matched},
          {"missing_in_own", log.missing_in_own},
          {"too_alike_to_compare", log.too_alike},
          {"outside_the_own_period", log.outside},
          {"own_searches_in_its_period", log.own_in_period},
          {"own_matched", log.own_matched},
          {"expected", log.expected},
          {"own_data_only", log.own_only},
          {"cannot_tell",
           {{"reach_not_stated", log.reach_not_stated},
            {"reach_narrower", log.reach_narrower},
            {"none_that_day", log.none_that_day},
            {"too_alike_to_compare", log.own_too_alike}}}};
}

Json list_json(const Reconciliation& found) {
  if (!found.has_list) return nullptr;
  Json agencies = Json::array();
  for (const OffList& each : found.off_list) {
    agencies.push_back({{"agency", each.agency},
                        {"status", each.status},
                        {"rows", each.rows},
                        {"first_when", each.first_when},
                        {"last_when", each.last_when}});
  }
  return {{"names", found.listed_names},
          {"rows_of_listed", found.listed_rows},
          {"agencies", std::move(agencies)}};
}

}  // namespace

std::string reconciliation_json(const Reconciliation& found, std::string_view version) {
  Json logs = Json::array(), months = Json::array(), spellings = Json::array();
  for (const NetworkLog& log : found.logs) logs.push_back(log_json(log));
  for (const ReconcileMonth& m : found.months) {
    months.push_back({{"owner", m.owner},
                      {"month", m.month},
                      {"matched", m.matched},
                      {"missing_in_own", m.missing_in_own},
                      {"expected", m.expected},
                      {"cannot_tell", m.cannot_tell}});
  }
  for (const Spelling& s : found.spellings) {
    spellings.push_back({{"agency", s.agency}, {"rows", s.rows}});
  }
  return dump({{"onus", version},
               {"note", "On the face of the logs; no verdicts. See index.html."},
               {"agency", found.agency.empty() ? Json() : Json(found.agency)},
               {"own", side_json(found.own)},
               {"others", side_json(found.others)},
               {"own_searches", found.own_searches},
               {"matched_by",
                {{"vendor_id", found.matched_by_id},
                 {"cells", found.matched_by_cells},
                 {"cells_with_offset", found.matched_with_offset}}},
               {"offset_hours", found.offset_hours},
               {"logs", std::move(logs)},
               {"months", std::move(months)},
               {"spellings", std::move(spellings)},
               {"sharing_list", list_json(found)}});
}

}  // namespace onus::between
