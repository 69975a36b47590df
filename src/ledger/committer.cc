// SPDX-License-Identifier: Apache-2.0
#include "ledger/committer.h"

#include <iterator>
#include <utility>

namespace onus::ledger {

using Clock = std::chrono::steady_clock;

Committer::Committer(Ledger ledger, std::chrono::milliseconds checkpoint_every)
    : ledger_(std::move(ledger)),
      every_(checkpoint_every),
      note_(ledger_.note()),
      published_(ledger_.published()),
      thread_([this] { run(); }) {}

Committer::~Committer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Committer::submit(std::vector<Item> items, Done done) {
  for (const Item& item : items) {
    if (const Result<void> good = check_item(item); !good) {
      done(tl::unexpected(good.error()));
      return;
    }
  }
  std::unique_lock lock(mutex_);
  if (const std::optional<Error> error = error_) {
    lock.unlock();
    done(tl::unexpected(*error));
    return;
  }
  waiting_.push_back({std::move(items), std::move(done)});
  lock.unlock();
  wake_.notify_one();
}

std::string Committer::checkpoint() const {
  const std::lock_guard lock(mutex_);
  return note_;
}

Result<std::string> Committer::tile(const tlog::Tile& tile) const {
  std::uint64_t size = 0;
  {
    const std::lock_guard lock(mutex_);
    size = published_;
  }
  return ledger_.tile_of(tile, size);
}

std::optional<Error> Committer::failure() const {
  const std::lock_guard lock(mutex_);
  return error_;
}

void Committer::run() {
  Clock::time_point last = Clock::now() - every_;
  std::unique_lock lock(mutex_);
  for (;;) {
    const auto something = [this] { return stopping_ || !waiting_.empty(); };
    const bool unpublished = ledger_.size() > published_ && !error_;
    if (unpublished) {
      wake_.wait_until(lock, last + every_, something);
    } else {
      wake_.wait(lock, something);
    }
    std::vector<Waiting> batch = std::exchange(waiting_, {});
    const bool stop = stopping_ && batch.empty();
    lock.unlock();
    if (!batch.empty()) commit(std::move(batch));
    if (stop || Clock::now() >= last + every_) {
      publish();
      last = Clock::now();
    }
    if (stop) return;
    lock.lock();
  }
}

void Committer::commit(std::vector<Waiting> batch) {
  std::vector<Item> all;
  for (Waiting& one : batch) {
    all.insert(all.end(), std::make_move_iterator(one.items.begin()),
               std::make_move_iterator(one.items.end()));
  }
  Result<std::uint64_t> first = ledger_.append_checked(all);
  if (!first) {
    fail_all(first.error());
    for (const Waiting& one : batch) one.done(tl::unexpected(first.error()));
    return;
  }
  std::uint64_t at = *first;
  for (const Waiting& one : batch) {
    one.done(at);
    at += one.items.size();
  }
}

void Committer::publish() {
  const Result<void> published = ledger_.publish();
  if (!published) return fail_all(published.error());
  const std::lock_guard lock(mutex_);
  note_ = ledger_.note();
  published_ = ledger_.published();
}

void Committer::fail_all(const Error& error) {
  std::vector<Waiting> waiting;
  {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = error;
    waiting = std::exchange(waiting_, {});
  }
  for (const Waiting& one : waiting) one.done(tl::unexpected(error));
}

}  // namespace onus::ledger
