// SPDX-License-Identifier: Apache-2.0
#include "ingest/background_writer.h"

#include <utility>

namespace onus::ingest {

BackgroundWriter::BackgroundWriter(StoreWriter& writer)
    : writer_(writer), thread_([this] { write_jobs(); }) {}

BackgroundWriter::~BackgroundWriter() {
  {
    const std::lock_guard lock(mutex_);
    abandon_ = true;
  }
  work_.notify_one();
  if (thread_.joinable()) thread_.join();
}

Result<void> BackgroundWriter::outcome() const {
  if (error_) return tl::unexpected<Error>(*error_);
  return {};
}

void BackgroundWriter::write_jobs() {
  for (;;) {
    std::unique_lock lock(mutex_);
    work_.wait(lock, [&] { return abandon_ || no_more_ || !waiting_.empty(); });
    if (abandon_ || waiting_.empty()) return;
    const Job job = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    room_.notify_one();
    Result<void> written = writer_.write(job.batch, job.numbers);
    if (written) continue;
    lock.lock();
    error_ = std::move(written.error());
    abandon_ = true;
    room_.notify_one();
    return;
  }
}

Result<void> BackgroundWriter::put(Batch batch, Dictionaries::Numbers numbers) {
  std::unique_lock lock(mutex_);
  room_.wait(lock, [&] { return error_ || waiting_.size() < kWaiting; });
  ONUS_TRY_VOID(outcome());
  waiting_.push_back({std::move(batch), std::move(numbers)});
  work_.notify_one();
  return {};
}

Result<void> BackgroundWriter::finish() {
  {
    const std::lock_guard lock(mutex_);
    no_more_ = true;
  }
  work_.notify_one();
  thread_.join();
  return outcome();
}

}  // namespace onus::ingest
