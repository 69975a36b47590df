// SPDX-License-Identifier: Apache-2.0
#include "ingest/pipeline.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace onus::ingest {
namespace {

struct Job {
  std::int64_t number = 0;
  source::Block block;
  const Plan* plan = nullptr;
  std::int64_t bytes = 0;
};

struct Done {
  source::Block block;
  const Plan* plan = nullptr;  // at its begin
  Mapped mapped;
};

}  // namespace

struct Pipeline::State {
  source::TableStream& stream;
  Plans& plans;
  std::optional<source::Block> first;

  std::mutex mutex;
  std::condition_variable room;   // for the reader
  std::condition_variable work;   // for the mappers
  std::condition_variable ready;  // for the caller
  std::deque<Job> waiting;
  std::map<std::int64_t, Done> done;
  std::int64_t read = 0;   // blocks
  std::int64_t taken = 0;  // blocks
  std::int64_t limit = 0;
  bool at_end = false;
  bool stop = false;
  std::optional<Error> error;
  const Plan* plan = nullptr;  // for blocks yet to be read

  // The caller's own, for blocks that must be mapped again.
  const Plan* current = nullptr;
  std::optional<Mapper> mapper;
  std::vector<std::thread> threads;

  State(source::TableStream& table, Plans& file_plans) : stream(table), plans(file_plans) {}

  void read_blocks();
  Result<std::optional<source::Block>> next_block();
  void map_blocks(Mapper own);
  Done map_job(Job job, Mapper& own);
};

Result<std::optional<source::Block>> Pipeline::State::next_block() {
  if (!first) return stream.next();
  std::optional<source::Block> block = std::move(first);
  first.reset();
  return block;
}

void Pipeline::State::read_blocks() {
  for (;;) {
    {
      std::unique_lock lock(mutex);
      room.wait(lock, [&] { return stop || read - taken < limit; });
      if (stop) return;
    }
    Result<std::optional<source::Block>> block = next_block();
    const std::lock_guard lock(mutex);
    if (!block || !*block) {
      if (!block) error = std::move(block.error());
      at_end = true;
      work.notify_all();
      ready.notify_all();
      return;
    }
    waiting.push_back({read++, std::move(**block), plan, stream.bytes()});
    work.notify_one();
  }
}

Done Pipeline::State::map_job(Job job, Mapper& own) {
  Done out{std::move(job.block), job.plan, Mapped{{}, {}, job.bytes, {}}};
  out.mapped.parts.assign(out.block.parts().begin(), out.block.parts().end());
  out.mapped.outcome = map_block(out.block, plans, *job.plan, own, out.mapped.batch);
  return out;
}

void Pipeline::State::map_blocks(Mapper own) {
  for (;;) {
    std::unique_lock lock(mutex);
    work.wait(lock, [&] { return stop || !waiting.empty() || at_end; });
    if (stop || waiting.empty()) return;
    Job job = std::move(waiting.front());
    waiting.pop_front();
    const std::int64_t number = job.number;
    lock.unlock();
    Done result = map_job(std::move(job), own);
    lock.lock();
    done.emplace(number, std::move(result));
    ready.notify_one();
  }
}

Pipeline::Pipeline(source::TableStream& stream, std::optional<source::Block> first, Plans& plans,
                   const Pseudonyms& pseudonyms, const std::string& fixed_owner, int threads)
    : state_(std::make_unique<State>(stream, plans)) {
  State& state = *state_;
  state.first = std::move(first);
  state.limit = std::max(1, threads) * 2 + 2;
  state.plan = state.current = &plans.first();
  state.mapper.emplace(pseudonyms.clone(), fixed_owner);
  state.threads.emplace_back([&state] { state.read_blocks(); });
  for (int i = 0; i < std::max(1, threads); ++i) {
    state.threads.emplace_back([&state, own = Mapper(pseudonyms.clone(), fixed_owner)]() mutable {
      state.map_blocks(std::move(own));
    });
  }
}

Pipeline::~Pipeline() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stop = true;
  }
  state_->room.notify_all();
  state_->work.notify_all();
  for (std::thread& thread : state_->threads) thread.join();
}

Result<std::optional<Mapped>> Pipeline::next() {
  State& state = *state_;
  std::unique_lock lock(state.mutex);
  state.ready.wait(lock, [&] {
    return state.done.contains(state.taken) || (state.at_end && state.taken == state.read);
  });
  if (state.taken == state.read) {
    if (state.error) return tl::unexpected<Error>(*state.error);
    return std::optional<Mapped>();
  }
  Done done = std::move(state.done.extract(state.taken).mapped());
  ++state.taken;
  state.room.notify_one();
  lock.unlock();
  if (done.plan != state.current) {
    const std::int64_t bytes = done.mapped.bytes;
    done = state.map_job({0, std::move(done.block), state.current, bytes}, *state.mapper);
  }
  if (done.mapped.outcome.plan != state.current) {
    state.current = done.mapped.outcome.plan;
    lock.lock();
    state.plan = state.current;
  }
  return std::optional<Mapped>(std::move(done.mapped));
}

}  // namespace onus::ingest
