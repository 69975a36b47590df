// SPDX-License-Identifier: Apache-2.0
#include "between/json.h"

namespace onus::between {

std::string dump(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json side_json(const Side& side) {
  Json files = Json::array();
  for (const SideFile& file : side.files) {
    files.push_back({{"file", file.name},
                     {"sha256", file.sha256},
                     {"format", file.profile},
                     {"rows", file.rows},
                     {"sightings", file.sightings},
                     {"rejects", file.rejects},
                     {"headers", file.headers},
                     {"blanks", file.blanks},
                     {"first_when", file.first_when.empty() ? Json() : Json(file.first_when)},
                     {"last_when", file.last_when.empty() ? Json() : Json(file.last_when)},
                     {"repeats_another", file.repeats},
                     {"equal_on_both_sides", file.on_both_sides}});
  }
  return {{"files", std::move(files)},
          {"rows", side.rows},
          {"sightings", side.sightings},
          {"rejects", side.rejects},
          {"headers", side.headers},
          {"blanks", side.blanks},
          {"first_when", side.first_when.empty() ? Json() : Json(side.first_when)},
          {"last_when", side.last_when.empty() ? Json() : Json(side.last_when)}};
}

}  // namespace onus::between
