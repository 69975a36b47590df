// SPDX-License-Identifier: Apache-2.0
// The anchors of a ledger: DIR/private/anchors has a line for each, mode 0600, with what shows that
// a file is the one that an entry anchored.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/result.h"
#include "between/diff.h"
#include "ledger/anchor.h"
#include "ledger/ledger.h"
#include "tlog/anchor.h"

namespace onus::cli {

struct AnchorKey {
  tlog::Hash root{};
  Digest key{};
  std::string sha256;  // of the file, in hex
  std::uint64_t entry = 0;
};

Result<std::vector<AnchorKey>> anchor_keys(const std::filesystem::path& ledger_dir);
// Durable before the entry is appended: an anchor whose key is lost shows nothing.
Result<void> keep_anchor_key(const std::filesystem::path& ledger_dir, const AnchorKey& key);

// Lines as they stand, without their line break.
Result<ledger::Anchor> anchor_of(const std::filesystem::path& file, const Digest& key);

Result<tlog::AnchorStatement> anchor_at(const ledger::Ledger& ledger, std::uint64_t entry);

// Each file as the ledger anchored it, line by line. Code::not_found where one was not anchored,
// Code::conflict where what was anchored is not what stands in the log.
Result<std::vector<between::Anchored>> anchored(const std::filesystem::path& ledger_dir,
                                                const std::vector<std::filesystem::path>& files);

}  // namespace onus::cli
