// SPDX-License-Identifier: Apache-2.0
// What an entry of an onus ledger is: docs/ledger-format.md, byte for byte.
//
// A record goes into the log as one salted commitment for each of its groups of fields (who was
// looked up, who asked, why, what was decided), and nothing else: no time, no name, no length. The
// contents and the salts are its opening, which is kept apart and can be destroyed group by group;
// the entry, and every proof, stays as it is. Without the salt (256 random bits) no guess of a
// content can be tried against the log.
//
//   commitment = HMAC-SHA-256(salt, "onus-commitment/v1\n" || id || name length || name || padded)
//   padded     = content || 0x80 || zeros up to a multiple of 64
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "tlog/hash.h"

namespace onus::tlog {

inline constexpr std::string_view kEntryMagic = "onus-entry/v1 ";
inline constexpr std::size_t kMaxGroups = 16;
inline constexpr std::size_t kMaxGroupName = 32;
inline constexpr std::size_t kMaxContent = 65'472;  // of a group; padded: 65,536
inline constexpr std::size_t kPadding = 64;

using EntryId = std::array<std::uint8_t, 16>;  // random: the same content never looks the same

struct Commitment {
  std::string group;
  Hash hash{};
  bool operator==(const Commitment&) const = default;
};

struct Record {
  EntryId id{};
  std::vector<Commitment> groups;
  bool operator==(const Record&) const = default;
};

// Contents of an earlier entry were destroyed, on that ground. In clear: it must name nobody.
struct Erasure {
  std::uint64_t index = 0;
  std::vector<std::string> groups;
  std::string ground;
  bool operator==(const Erasure&) const = default;
};

// A text in clear, for everybody: hashes of files and results, never a person.
struct Statement {
  std::string text;
  bool operator==(const Statement&) const = default;
};

// Anything that does not begin with kEntryMagic; the log says nothing of it.
struct Plain {
  std::string bytes;
  bool operator==(const Plain&) const = default;
};

using Entry = std::variant<Record, Erasure, Statement, Plain>;

// Letters a-z and '_', 1 to 32 of them.
bool is_group_name(std::string_view name);

std::string print_entry(const Entry& entry);
// One text for each entry: what is printed is what was parsed.
Result<Entry> parse_entry(std::string_view bytes);

// One group of a record: its content, or that it was erased.
struct Opened {
  std::string group;
  Digest salt{};
  std::string content;
  bool erased = false;
  bool operator==(const Opened&) const = default;
};

using Opening = std::vector<Opened>;

// A fixed layout: erasing a group overwrites its bytes in place and moves nothing.
std::string print_opening(const Opening& opening);
Result<Opening> parse_opening(std::string_view bytes);
// Where the state, salt and padded content of a group lie in print_opening()'s bytes: what to
// overwrite with zeros. Nothing of that name: an empty span.
struct Place {
  std::size_t offset = 0;
  std::size_t size = 0;
};
Result<Place> place_of(std::string_view opening, std::string_view group);

Hash commit(const EntryId& id, const Opened& opened);
Record commit_all(const EntryId& id, const Opening& opening);

// Whether each group that is not erased opens its commitment, and no group is missing or strange.
// The message names the first that does not.
Result<void> check_opening(const Record& record, const Opening& opening);

// What a receipt carries as `extra`: the entry, and its opening (may be empty).
std::string print_extra(std::string_view entry, std::string_view opening);
struct Extra {
  std::string entry;
  std::string opening;
};
Result<Extra> parse_extra(std::string_view bytes);

}  // namespace onus::tlog
