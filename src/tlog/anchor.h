// SPDX-License-Identifier: Apache-2.0
// A release of somebody's file, committed to line by line (docs/ledger-format.md): the statement
// that stands in a log, and what shows that one line was in the file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/result.h"
#include "tlog/hash.h"

namespace onus::tlog {

struct AnchorStatement {
  std::string file;  // its name, without folders
  std::uint64_t rows = 0;
  Hash root{};
  bool operator==(const AnchorStatement&) const = default;

  std::string text() const;
};
Result<AnchorStatement> parse_anchor(std::string_view text);

Digest anchor_salt(const Hmac& key, std::uint64_t row);
Hash anchor_leaf(TreeHasher& hasher, const Digest& salt, std::string_view row);

inline constexpr std::string_view kAnchorLine = "onus-anchor-line/v1\n";

// One line of an anchored file, to be shown to somebody who has not got the file.
struct AnchorLine {
  std::uint64_t row = 0;  // from 0; printed from 1
  Digest salt{};
  std::string text;
  std::vector<Hash> path;
  std::string receipt;  // of the statement, a tlog-proof

  std::string print() const;
};
Result<AnchorLine> parse_anchor_line(std::string_view bytes);

// Whether the line was in the file that was anchored.
bool line_was_there(const AnchorStatement& anchor, const AnchorLine& line);

}  // namespace onus::tlog
