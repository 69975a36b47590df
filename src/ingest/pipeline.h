// SPDX-License-Identifier: Apache-2.0
// Reads a file with several threads: one cuts it into blocks, some map blocks to batches, and the
// caller takes the batches in the order of the file. What comes out does not depend on how many
// threads there are, nor on their timing: a block that was mapped under a plan which a block before
// it changed is mapped again. At most `threads` * 2 + 2 blocks are under way.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/result.h"
#include "ingest/block_map.h"
#include "source/table.h"

namespace onus::ingest {

struct Mapped {
  Batch batch;
  BlockOutcome outcome;
  std::int64_t bytes = 0;  // of the file, read so far
  std::vector<source::PartStart> parts;
};

class Pipeline {
 public:
  // Owns neither `stream` nor `plans`; both outlive it, and are its own while it lives.
  // `first`: a block that was taken from the stream already.
  Pipeline(source::TableStream& stream, std::optional<source::Block> first, Plans& plans,
           const Pseudonyms& pseudonyms, const std::string& fixed_owner, int threads);
  ~Pipeline();  // stops what is under way
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;
  Pipeline(Pipeline&&) = delete;
  Pipeline& operator=(Pipeline&&) = delete;

  // Nothing at the end.
  Result<std::optional<Mapped>> next();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace onus::ingest
