// SPDX-License-Identifier: Apache-2.0
// The checkpoint that a server shows where a ledger has witnesses: the newest that they were asked
// to cosign, with what they answered. A thread asks them, one checkpoint after another and no timer
// between; a witness that cannot be reached is left out for a minute, so that it delays nobody.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "cli/witness.h"
#include "ledger/committer.h"

namespace onus::cli {

class Cosigner {
 public:
  Cosigner(const ledger::Committer& committer, std::vector<Witness> witnesses, Post post);

  std::string checkpoint() const;     // a signed note; the committer's own where nobody is to ask
  std::string contradiction() const;  // not empty: the process is to end

 private:
  using Clock = std::chrono::steady_clock;
  void run(const std::stop_token& stop);
  void ask(const std::string& note);
  std::vector<Witness> awake();

  const ledger::Committer& committer_;
  const std::vector<Witness> witnesses_;
  const Post post_;
  std::map<std::string, Clock::time_point> asleep_;  // until when
  mutable std::mutex mutex_;                         // guards the two below
  std::string note_;
  std::string contradiction_;
  std::jthread thread_;  // last: it goes first
};

}  // namespace onus::cli
