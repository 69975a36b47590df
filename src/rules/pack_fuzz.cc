// SPDX-License-Identifier: Apache-2.0
// Any bytes as a pack: loading ends; an error has words; what loads has printable decisions whose
// every code is one of its reasons, and no draft that says breach or missing.
#include <cstdint>
#include <string>
#include <vector>

#include "base/check.h"
#include "record/facts.h"
#include "rules/decide.h"
#include "rules/pack.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace onus::rules;
  const NamedText file{"fuzz", std::string(reinterpret_cast<const char*>(data), size)};
  const onus::Result<std::vector<Pack>> packs = load_packs({&file, 1});
  if (!packs) {
    ONUS_CHECK(packs.error().message.starts_with("fuzz"));
    return 0;
  }
  const std::vector<Value> row(onus::record::facts().size());
  for (const Rule& rule : (*packs)[0].rules) {
    if (rule.kind == Kind::detector) continue;
    ONUS_CHECK(decide(rule.decision, row) < rule.decision.reasons.size());
    ONUS_CHECK(decision_sql(rule.decision).find('\0') == std::string::npos);
    for (const Reason& reason : rule.decision.reasons)
      ONUS_CHECK(rule.status == onus::record::TextStatus::checked ||
                 reason.outcome <= onus::record::Outcome::cannot_tell);
  }
  return 0;
}
