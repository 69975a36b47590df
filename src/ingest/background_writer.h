// SPDX-License-Identifier: Apache-2.0
// A StoreWriter on a thread of its own: numbering and counting of one batch go on while another is
// stored. Batches are written in the order in which they are put. While it lives, the database is
// this thread's.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

#include "base/result.h"
#include "ingest/store_writer.h"

namespace onus::ingest {

class BackgroundWriter {
 public:
  // `writer` outlives this.
  explicit BackgroundWriter(StoreWriter& writer);
  ~BackgroundWriter();  // leaves unwritten what was not waited for with finish()
  BackgroundWriter(const BackgroundWriter&) = delete;
  BackgroundWriter& operator=(const BackgroundWriter&) = delete;
  BackgroundWriter(BackgroundWriter&&) = delete;
  BackgroundWriter& operator=(BackgroundWriter&&) = delete;

  // Waits while kWaiting batches are. The error of a batch put before, if there was one.
  Result<void> put(Batch batch, Dictionaries::Numbers numbers);
  // Waits until all is written.
  Result<void> finish();

 private:
  // The engine stores some 34 blocks of a log at a time, and takes none meanwhile: with fewer
  // waiting than twice that the mappers stood still for a part of it.
  static constexpr std::size_t kWaiting = 72;
  struct Job {
    Batch batch;
    Dictionaries::Numbers numbers;
  };
  void write_jobs();
  Result<void> outcome() const;

  StoreWriter& writer_;
  std::mutex mutex_;
  std::condition_variable room_;  // for put()
  std::condition_variable work_;  // for the thread
  std::deque<Job> waiting_;
  bool no_more_ = false;
  bool abandon_ = false;
  std::optional<Error> error_;
  std::thread thread_;
};

}  // namespace onus::ingest
