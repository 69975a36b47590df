// SPDX-License-Identifier: Apache-2.0
// Whom a reader trusts (C2SP tlog-policy): logs, witnesses, groups of them, and the quorum that a
// checkpoint must have. At most 1,000 lines of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tlog/checkpoint.h"
#include "tlog/note.h"

namespace onus::tlog {

class Policy {
 public:
  struct Member {  // a witness, or a group of members that stand before it
    std::string name;
    std::size_t needed = 0;            // of a group
    std::vector<std::size_t> members;  // of a group
    std::size_t verifier = 0;          // of a witness: which of verifiers()
    std::string url;                   // of a witness, may be empty
  };
  static constexpr std::size_t kNoQuorum = ~std::size_t{0};

  // Errors name the line: "line 3: ...".
  static Result<Policy> parse(std::string_view text);

  // Logs first, then witnesses.
  const std::vector<Verifier>& verifiers() const { return verifiers_; }
  std::size_t logs() const { return logs_; }
  const std::vector<Member>& members() const { return members_; }

  struct Verdict {
    Checkpoint checkpoint;
    std::string log;                     // name of the log that signed
    std::vector<std::string> witnesses;  // names (as in the policy) that cosigned
    std::uint64_t latest = 0;            // of their times, unix seconds; 0: none
    bool quorum = false;
  };
  // A note that no listed log signed under its own origin, or with a bad signature of a listed key,
  // is Code::bad_input. A quorum that is not reached is not an error: the verdict says so.
  Result<Verdict> check(const Note& note) const;

 private:
  friend class PolicyReader;
  std::vector<Verifier> verifiers_;
  std::size_t logs_ = 0;
  std::vector<Member> members_;
  std::size_t quorum_ = kNoQuorum;
};

}  // namespace onus::tlog
