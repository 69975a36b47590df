// SPDX-License-Identifier: Apache-2.0
// A log's side of C2SP tlog-witness: who is to cosign (DIR/witnesses, lines of a policy), and how
// each is asked. A witness remembers the size of the last checkpoint that it cosigned; we learn it
// from its answer (409) and prove from there. What it remembers decides, too, whether this ledger
// is the one that it knows: a longer one, or another of that size, means that ours was set back.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/http_post.h"
#include "ledger/ledger.h"

namespace onus::cli {

struct Witness {
  std::string name;
  tlog::Verifier key;
  std::string url;  // may be empty: asked by hand
};

Result<std::vector<Witness>> witnesses_of(const std::filesystem::path& ledger_dir);

// A signed checkpoint, and proofs up to it.
struct Signable {
  std::string note;
  tlog::Checkpoint checkpoint;
  std::function<Result<std::vector<tlog::Hash>>(std::uint64_t old_size)> prove_since;
};
Signable signable(const ledger::Ledger& ledger);

using Post = std::function<Result<HttpAnswer>(const std::string& url, const std::string& body)>;
Post post_over_network();

struct Cosigned {
  std::vector<tlog::Line> lines;      // good ones
  std::vector<std::string> problems;  // who could not be asked or would not sign, and why
  std::string contradiction;          // of a witness that knows another log under this name
};

// Those with a URL, in turn.
Cosigned collect(const std::vector<Witness>& witnesses, const Signable& what, const Post& post);

// The body of add-checkpoint.
Result<std::string> witness_body(const Signable& what, std::uint64_t old_size);

// For Ledger::open: refuses to sign where a witness contradicts. One that cannot be reached is
// named on standard error.
ledger::Check witness_check(const std::filesystem::path& ledger_dir);

}  // namespace onus::cli
