// SPDX-License-Identifier: Apache-2.0
// A pack as its file says it, before its examples are run: what tools that look at packs
// (coverage.h, lint.h) need beside the pack itself.
#pragma once

#include <vector>

#include "base/result.h"
#include "base/toml.h"
#include "rules/pack.h"
#include "rules/read_rule.h"

namespace onus::rules {

struct PackText {
  Pack pack;
  std::vector<std::vector<Example>> examples;  // of each rule
  TomlValue root;
};

// Everything that load_packs() refuses of one pack is an error here too, but for examples.
Result<PackText> read_pack(const NamedText& file);

}  // namespace onus::rules
