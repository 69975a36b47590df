// SPDX-License-Identifier: Apache-2.0
// Which paths lead somewhere in some records, and what else these hold.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "source/json_path.h"
#include "source/json_value.h"

namespace onus::source {

struct JsonSurvey {
  std::vector<std::string> present;  // those of the paths asked for that some record has, an
                                     // outermost member as the first record spells it
  std::vector<std::string> others;   // outermost members that no path begins with, as they come
};

class JsonSurveyor {
 public:
  // `paths` must outlive this.
  explicit JsonSurveyor(std::span<const std::string> paths);
  void see(const JsonValue& record);
  // Whether a path that was not found yet begins with the outermost member of that name.
  bool misses(std::string_view key) const;
  JsonSurvey result() const;

 private:
  void see_members(const JsonValue& record);
  bool is_asked(std::string_view key) const;
  const std::string& as_spelled(const std::string& name) const;

  std::span<const std::string> names_;
  std::vector<std::optional<JsonPath>> paths_;
  std::vector<bool> found_;
  std::vector<std::string> seen_;
  std::string plain_;
};

}  // namespace onus::source
