// SPDX-License-Identifier: Apache-2.0
// Many callers, one ledger: a thread of its own takes all that is waiting, makes it durable with
// one sync, answers, and takes what came meanwhile. No timer holds an entry back: a batch is as
// large as the last sync was slow. Checkpoints follow at their own pace.
//
// After an error of the disk every caller gets that error, and failure() stays: the process is
// to end. Safe for any number of threads.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "ledger/ledger.h"

namespace onus::ledger {

class Committer {
 public:
  // Called on the committer's thread, once: the index of the first item, durable, or an error.
  using Done = std::function<void(Result<std::uint64_t>)>;

  Committer(Ledger ledger, std::chrono::milliseconds checkpoint_every);
  ~Committer();  // answers and publishes what is waiting
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;
  Committer(Committer&&) = delete;
  Committer& operator=(Committer&&) = delete;

  // The items stay together and in order. A bad one is answered at once, and nothing is appended.
  void submit(std::vector<Item> items, Done done);

  std::string checkpoint() const;  // the signed note
  Result<std::string> tile(const tlog::Tile& tile) const;
  Result<std::vector<tlog::Hash>> prove_between(std::uint64_t old_size, std::uint64_t size) const {
    return ledger_.prove_between(old_size, size);
  }
  std::optional<Error> failure() const;  // the first

 private:
  struct Waiting {
    std::vector<Item> items;
    Done done;
  };
  void run();
  void commit(std::vector<Waiting> batch);
  void publish();
  void fail_all(const Error& error);

  Ledger ledger_;
  const std::chrono::milliseconds every_;
  mutable std::mutex mutex_;  // guards all below
  std::condition_variable wake_;
  std::vector<Waiting> waiting_;
  std::string note_;
  std::uint64_t published_ = 0;
  bool stopping_ = false;
  std::optional<Error> error_;
  std::thread thread_;
};

}  // namespace onus::ledger
