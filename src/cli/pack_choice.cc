// SPDX-License-Identifier: Apache-2.0
#include "cli/pack_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/file.h"
#include "rules/rules.h"

namespace onus::cli {
namespace {

constexpr std::size_t kMaxPackBytes = 4U << 20;

tl::unexpected<Error> unknown(const std::string& name) {
  return fail(Code::not_found, fmt::format("there is no pack file or built-in pack '{}'; `onus "
                                           "packs` lists those that are built in",
                                           name));
}

Result<rules::NamedText> named_file(const std::string& name) {
  if (!std::filesystem::exists(name)) return unknown(name);
  ONUS_TRY(std::string text, read_file(name, kMaxPackBytes));
  return rules::NamedText{name, std::move(text)};
}

Result<rules::Pack> one_pack(const std::string& name, std::span<const rules::Pack> known) {
  for (const rules::Pack& pack : known) {
    if (pack.id == name) return pack;
  }
  ONUS_TRY(rules::NamedText read, named_file(name));
  const std::vector<rules::NamedText> file{std::move(read)};
  ONUS_TRY(std::vector<rules::Pack> loaded, rules::load_packs(file));
  return std::move(loaded.front());
}

}  // namespace

Result<std::vector<rules::Pack>> choose_packs(std::span<const std::string> named) {
  ONUS_TRY(std::vector<rules::Pack> known, rules::load_packs(rules::builtin_packs()));
  if (named.empty()) return known;
  std::vector<rules::Pack> chosen;
  for (const std::string& name : named) {
    ONUS_TRY(rules::Pack pack, one_pack(name, known));
    for (const rules::Pack& other : chosen) {
      if (other.id == pack.id)
        return fail(Code::usage, fmt::format("pack '{}' is named twice", pack.id));
    }
    chosen.push_back(std::move(pack));
  }
  return chosen;
}

// The file of a built-in pack is named by its id.
Result<std::vector<rules::NamedText>> choose_pack_files(std::span<const std::string> named) {
  std::vector<rules::NamedText> known = rules::builtin_packs();
  if (named.empty()) return known;
  std::vector<rules::NamedText> out;
  for (const std::string& name : named) {
    const auto same = std::find_if(known.begin(), known.end(), [&](const rules::NamedText& file) {
      return std::filesystem::path(file.name).stem() == name;
    });
    if (same != known.end()) {
      out.push_back(*same);
      continue;
    }
    ONUS_TRY(rules::NamedText file, named_file(name));
    out.push_back(std::move(file));
  }
  return out;
}

}  // namespace onus::cli
