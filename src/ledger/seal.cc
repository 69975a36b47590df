// SPDX-License-Identifier: Apache-2.0
#include "ledger/seal.h"

#include <fmt/format.h>

#include <algorithm>

#include "tlog/entry.h"
#include "tlog/tile.h"

namespace onus::ledger {

Result<Item> seal(const Contents& contents) {
  if (contents.empty() || contents.size() > tlog::kMaxGroups) {
    return fail(Code::bad_input, fmt::format("a record has 1 to {} groups", tlog::kMaxGroups));
  }
  tlog::EntryId id{};
  ONUS_TRY_VOID(random_bytes(id.data(), id.size()));
  tlog::Opening opening;
  for (const auto& [group, content] : contents) {
    if (!tlog::is_group_name(group)) {
      return fail(Code::bad_input, fmt::format("'{}' cannot name a group: a-z and _, at most {}",
                                               group, tlog::kMaxGroupName));
    }
    if (std::any_of(opening.begin(), opening.end(),
                    [&](const tlog::Opened& other) { return other.group == group; })) {
      return fail(Code::bad_input, fmt::format("group '{}' stands twice", group));
    }
    if (content.size() > tlog::kMaxContent) {
      return fail(Code::bad_input, fmt::format("'{}' has over {} bytes", group, tlog::kMaxContent));
    }
    tlog::Opened opened{group, {}, content};
    ONUS_TRY_VOID(random_bytes(opened.salt.data(), opened.salt.size()));
    opening.push_back(std::move(opened));
  }
  return Item{tlog::print_entry(tlog::commit_all(id, opening)), tlog::print_opening(opening)};
}

Result<Item> state(std::string text) {
  Item item{tlog::print_entry(tlog::Statement{std::move(text)}), {}};
  if (item.entry.size() > tlog::kMaxEntry) {
    return fail(Code::bad_input, "a statement of over 65,535 bytes");
  }
  if (const auto read = tlog::parse_entry(item.entry); !read) {
    return fail(Code::bad_input, "a statement is UTF-8");
  }
  return item;
}

}  // namespace onus::ledger
