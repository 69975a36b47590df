// SPDX-License-Identifier: Apache-2.0
#include "rules/pack.h"

#include <fmt/format.h>

#include <set>

#include "base/digest.h"
#include "base/toml.h"
#include "record/facts.h"
#include "rules/examples.h"
#include "rules/parse.h"
#include "rules/read_pack.h"
#include "rules/read_rule.h"
#include "rules/read_text.h"

namespace onus::rules {
namespace {

constexpr std::size_t kMaxRules = 500;  // of all packs together

Result<Lists> read_lists(const TomlValue& root, std::string_view file) {
  Lists out;
  const TomlValue* table = root.find("lists");
  if (!table) return out;
  for (const auto& [name, value] : table->members) {
    ONUS_TRY(std::vector<std::string> items, table->texts_at(file, name));
    if (items.empty() || !value.is(TomlValue::Kind::array))
      return toml_error(file, value, fmt::format("'{}' must be a list of at least one text", name));
    out.emplace(name, std::move(items));
  }
  return out;
}

// A pack is law for someone's data or someone's searches, or those made for someone, in a kind of
// system: no other fact says so.
bool may_govern(std::string_view fact) {
  return fact.starts_with("owner_") || fact.starts_with("searcher_") || fact == "system" ||
         fact == "log_role" || fact == "on_behalf_of";
}

Result<std::optional<Tree>> read_governs(const TomlValue& root, const NamedText& file,
                                         const Lists& lists) {
  ONUS_TRY(std::optional<Tree> governs,
           read_condition(root, "governs", file.name, file.text, lists));
  if (!governs) return governs;
  for (const std::size_t column : governs->columns()) {
    const std::string_view name = record::facts()[column].name;
    if (!may_govern(name))
      return toml_error(file.name, *root.find("governs"),
                        fmt::format("'governs' asks for owner, searcher, on_behalf_of, system and "
                                    "log_role, not for '{}'",
                                    name));
  }
  return governs;
}

Result<void> read_head(const TomlValue& root, const NamedText& file, Pack& out) {
  out.path = file.name;
  out.sha256 = to_hex(sha256(file.text));
  ONUS_TRY(out.id, root.text_at(file.name, "id"));
  if (!is_id(out.id))
    return toml_error(file.name, *root.find("id"),
                      "an id has lower-case letters, digits, '-' and '.'");
  ONUS_TRY(out.title, read_local_text(root, file.name, "title"));
  if (root.find("place")) {
    ONUS_TRY(out.place, read_local_text(root, file.name, "place"));
  }
  return {};
}

}  // namespace

std::string spelled(const Obligation& obligation) {
  const std::string_view duty = record::name(obligation.duty);
  return obligation.within_days == 0 ? std::string(duty)
                                     : fmt::format("{}|{}", duty, obligation.within_days);
}

Result<PackText> read_pack(const NamedText& file) {
  PackText read;
  ONUS_TRY(read.root, parse_toml(file.text, file.name));
  const TomlValue& root = read.root;
  Pack& out = read.pack;
  ONUS_TRY_VOID(root.only(file.name, {"id", "title", "place", "governs", "lists", "rule"}));
  ONUS_TRY_VOID(read_head(root, file, out));
  ONUS_TRY(const Lists lists, read_lists(root, file.name));
  ONUS_TRY(out.governs, read_governs(root, file, lists));
  ONUS_TRY(const auto tables, root.tables_at(file.name, "rule"));
  if (tables.empty()) return toml_error(file.name, root, "a pack needs at least one [[rule]]");
  for (const TomlValue* table : tables) {
    ONUS_TRY(RuleText text, read_rule(*table, file.name, file.text, lists, out.governs));
    out.rules.push_back(std::move(text.rule));
    read.examples.push_back(std::move(text.examples));
  }
  return read;
}

namespace {

Result<Pack> tested_pack(const NamedText& file) {
  ONUS_TRY(PackText read, read_pack(file));
  ONUS_TRY(const auto tables, read.root.tables_at(file.name, "rule"));
  for (std::size_t i = 0; i < tables.size(); ++i)
    ONUS_TRY_VOID(run_examples(read.pack.rules[i], read.examples[i], file.name, *tables[i]));
  return std::move(read.pack);
}

}  // namespace

Result<std::vector<Pack>> load_packs(std::span<const NamedText> files) {
  std::vector<Pack> out;
  std::set<std::string> packs;
  std::set<std::string> rules;
  for (const NamedText& file : files) {
    ONUS_TRY(Pack pack, tested_pack(file));
    if (!packs.insert(pack.id).second)
      return fail(Code::bad_input,
                  fmt::format("{}: a pack '{}' is loaded already", file.name, pack.id));
    for (const Rule& rule : pack.rules) {
      if (!rules.insert(rule.id).second)
        return fail(Code::bad_input,
                    fmt::format("{}: a rule '{}' is loaded already", file.name, rule.id));
    }
    if (rules.size() > kMaxRules)
      return fail(Code::over_budget, fmt::format("{}: over {} rules", file.name, kMaxRules));
    out.push_back(std::move(pack));
  }
  return out;
}

}  // namespace onus::rules
