// SPDX-License-Identifier: Apache-2.0
// The SHA-256 of a file, made on a thread of its own while the file is read.
#pragma once

#include <optional>
#include <string>
#include <thread>

#include "base/result.h"
#include "source/open.h"

namespace onus::ingest {

class BackgroundHash {
 public:
  explicit BackgroundHash(source::InputFile file)
      : thread_([this, file = std::move(file)](const std::stop_token& stop) {
          outcome_.emplace(source::fingerprint_of(file, stop));
        }) {}
  BackgroundHash(const BackgroundHash&) = delete;
  BackgroundHash& operator=(const BackgroundHash&) = delete;
  BackgroundHash(BackgroundHash&&) = delete;
  BackgroundHash& operator=(BackgroundHash&&) = delete;
  ~BackgroundHash() = default;  // asks the thread to stop, and waits for it

  // Waits until it is made.
  Result<std::string> hex() {
    if (thread_.joinable()) thread_.join();
    if (!*outcome_) return tl::unexpected<Error>(outcome_->error());
    return to_hex((*outcome_)->sha256);
  }

 private:
  std::optional<Result<source::Fingerprint>> outcome_;
  std::jthread thread_;  // last: it is stopped before what it writes to is gone
};

}  // namespace onus::ingest
