// SPDX-License-Identifier: Apache-2.0
// Any bytes: parsing ends, an error names a place, and what parses prints and parses to itself,
// walks over rows as it does when flattened, and prints as SQL without a NUL.
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "record/facts.h"
#include "rules/evaluate.h"
#include "rules/parse.h"
#include "rules/print.h"
#include "rules/program.h"

namespace {

using namespace onus::rules;

// One less, the same, one more; beyond the last number the first.
std::int64_t wrapping(std::int64_t number, std::size_t pick) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(number) + pick - 1);
}

// Nothing known, and rows whose values are those that the condition names.
void check_rows(const Tree& tree, std::size_t seed) {
  constexpr std::array<Question, 3> kQuestions{
      {{0, Truth::is_false}, {0, Truth::is_true}, {0, Truth::is_null}}};
  const Program program({&tree, 1}, kQuestions);
  std::vector<Value> row(onus::record::facts().size());
  for (std::size_t turn = 0; turn < 8; ++turn) {
    ONUS_CHECK(kQuestions.at(program.run(row)).truth == evaluate(tree, row));
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::size_t pick = (seed + turn) * 31 + i * 7;
      const bool text = onus::record::facts()[i].type == onus::record::FactType::text;
      row[i] = Value();
      if (pick % 5 == 0) continue;
      if (text && !tree.texts.empty())
        row[i] = Value::of(std::string_view(tree.texts[pick % tree.texts.size()]));
      if (!text)
        row[i] = Value::of(wrapping(tree.nodes[pick % tree.nodes.size()].number, pick % 3));
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const onus::Result<Tree> tree = parse(text, {"fuzz"}, {{"neutral", {"crime"}}});
  if (!tree) {
    ONUS_CHECK(tree.error().message.starts_with("fuzz:"));
    return 0;
  }
  check_rows(*tree, size);
  ONUS_CHECK(print(*tree, Dialect::duckdb).find('\0') == std::string::npos);
  ONUS_CHECK(print(*tree, Dialect::spark).find('\0') == std::string::npos);
  const std::string printed = print(*tree, Dialect::own);
  if (printed.size() > kMaxConditionBytes) return 0;
  const onus::Result<Tree> again = parse(printed, {"fuzz"});
  ONUS_CHECK(again && *again == *tree);
  return 0;
}
