// SPDX-License-Identifier: Apache-2.0
// Any bytes: parsing ends, an error names a place, and what parses prints and parses to itself,
// walks over an unknown row, and prints as SQL without a NUL.
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "record/facts.h"
#include "rules/evaluate.h"
#include "rules/parse.h"
#include "rules/print.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace onus::rules;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const onus::Result<Tree> tree = parse(text, {"fuzz"}, {{"neutral", {"crime"}}});
  if (!tree) {
    ONUS_CHECK(tree.error().message.starts_with("fuzz:"));
    return 0;
  }
  const std::vector<Value> row(onus::record::facts().size());
  static_cast<void>(evaluate(*tree, row));
  ONUS_CHECK(print(*tree, Dialect::duckdb).find('\0') == std::string::npos);
  const std::string printed = print(*tree, Dialect::own);
  if (printed.size() > kMaxConditionBytes) return 0;
  const onus::Result<Tree> again = parse(printed, {"fuzz"});
  ONUS_CHECK(again && *again == *tree);
  return 0;
}
