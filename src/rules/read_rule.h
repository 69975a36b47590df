// SPDX-License-Identifier: Apache-2.0
// One [[rule]] of a pack: TOML -> Rule, with its examples. Everything that can be wrong in it is
// said here with file, line and column; only examples are judged elsewhere (examples.h).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/toml.h"
#include "rules/pack.h"
#include "rules/parse.h"

namespace onus::rules {

// What a rule should say of an access with these facts.
struct Example {
  std::string name;
  std::vector<Value> row;  // looks into `texts`
  std::vector<std::unique_ptr<std::string>> texts;
  record::Outcome outcome = record::Outcome::not_applicable;
  std::string because;  // empty: any
  int line = 0;
  int column = 0;
};

struct RuleText {
  Rule rule;
  std::vector<Example> examples;
};

// `bytes` are the file's, for the places of conditions within their quotes. `governs` is the
// pack's.
Result<RuleText> read_rule(const TomlValue& table, std::string_view file, std::string_view bytes,
                           const Lists& lists, const std::optional<Tree>& governs);

}  // namespace onus::rules
