// SPDX-License-Identifier: Apache-2.0
#include "source/json_survey.h"

#include <algorithm>

namespace onus::source {
namespace {

constexpr std::size_t kMaxOthers = 256;  // members of hostile records

}  // namespace

JsonSurveyor::JsonSurveyor(std::span<const std::string> paths)
    : names_(paths), found_(paths.size()) {
  for (const std::string& path : paths) paths_.push_back(JsonPath::parse(path));
}

void JsonSurveyor::see(const JsonValue& record) {
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    if (!found_[i] && paths_[i] && paths_[i]->is_in(record)) found_[i] = true;
  }
  see_members(record);
}

void JsonSurveyor::see_members(const JsonValue& record) {
  const auto nodes = record.nodes();
  for (std::uint32_t at = 1; at < nodes[0].end; at = nodes[at].end) {
    if (seen_.size() == kMaxOthers) return;
    plain_.clear();
    unescape_json(nodes[at].key, plain_);
    if (std::find(seen_.begin(), seen_.end(), plain_) == seen_.end()) seen_.push_back(plain_);
  }
}

bool JsonSurveyor::is_asked(std::string_view key) const {
  return std::any_of(paths_.begin(), paths_.end(),
                     [&](const auto& path) { return path && path->begins_with(key); });
}

// A path that is an outermost member and nothing else, as the records spell it.
const std::string& JsonSurveyor::as_spelled(const std::string& name) const {
  const auto spelled = std::find_if(seen_.begin(), seen_.end(), [&](const std::string& key) {
    return quoted_key(key) == key && same_name(key, name);
  });
  return spelled == seen_.end() ? name : *spelled;
}

JsonSurvey JsonSurveyor::result() const {
  JsonSurvey out;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (found_[i]) out.present.push_back(as_spelled(names_[i]));
  }
  for (const std::string& key : seen_) {
    if (!key.empty() && !is_asked(key)) out.others.push_back(quoted_key(key));
  }
  return out;
}

bool JsonSurveyor::misses(std::string_view key) const {
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    if (!found_[i] && paths_[i] && paths_[i]->begins_with(key)) return true;
  }
  return false;
}

}  // namespace onus::source
