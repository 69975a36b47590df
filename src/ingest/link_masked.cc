// SPDX-License-Identifier: Apache-2.0
#include "ingest/link_masked.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "base/check.h"
#include "ingest/link_block.h"
#include "ingest/link_clock.h"

namespace onus::ingest {
namespace {

constexpr std::int64_t kRowsAtOnce = 1'000'000;  // 150 bytes each
constexpr std::int64_t kSampleRows = 300'000;    // that shares and m are learned from
constexpr std::int64_t kMillion = 1'000'000;
constexpr int kMostNarrowed = 12;  // times that joined rows say more of the others' seconds

bool one_key(std::span<const LinkRow> rows) {
  return std::all_of(rows.begin(), rows.end(), [&](const LinkRow& row) {
    return row.key.low == rows[0].key.low && row.key.high == rows[0].key.high;
  });
}

// Where the rows of the group and of the slot of so many seconds of `from` end.
std::size_t slot_end(std::span<const LinkRow> rows, std::size_t from, std::int64_t seconds) {
  std::size_t to = from;
  while (to < rows.size() && rows[to].group == rows[from].group &&
         rows[to].second / seconds == rows[from].second / seconds) {
    ++to;
  }
  return to;
}

// Where the rows of the second and group of `from` end; of its minute, where a log without seconds
// has a row in it. Such a row stands on the first second.
std::size_t block_end(std::span<const LinkRow> rows, std::size_t from) {
  const std::size_t to = slot_end(rows, from, 1);
  const auto minute = [](const LinkRow& row) { return row.minute; };
  if (std::none_of(rows.begin() + static_cast<std::ptrdiff_t>(from),
                   rows.begin() + static_cast<std::ptrdiff_t>(to), minute)) {
    return to;
  }
  return slot_end(rows, from, 60);
}

bool is_of_a_minute(std::span<const LinkRow> rows) {
  return std::any_of(rows.begin(), rows.end(), [](const LinkRow& row) { return row.minute; });
}

// Calls `use` with the rows of each second of a group that has more than one key.
template <class Use>
void each_block(std::span<const LinkRow> rows, Use use) {
  for (std::size_t from = 0, to = 0; from < rows.size(); from = to) {
    to = block_end(rows, from);
    const std::span<const LinkRow> block = rows.subspan(from, to - from);
    if (!one_key(block)) use(block);
  }
}

// What is learned from: pairs of one second, which a log without seconds has none of.
template <class Use>
void each_second(std::span<const LinkRow> rows, Use use) {
  for (std::size_t from = 0, to = 0; from < rows.size(); from = to) {
    to = slot_end(rows, from, 1);
    const std::span<const LinkRow> block = rows.subspan(from, to - from);
    if (!one_key(block) && !is_of_a_minute(block)) use(block);
  }
}

struct JoinedKey {
  store::HugeInt key;
  store::HugeInt joined;
  std::int32_t probability = 0;  // in 1/1,000,000
};

// What one thread makes of its blocks.
struct Worker {
  explicit Worker(const Dictionary& words) : block(words) {}

  void link(std::span<const LinkRow> rows, const Weights& weights) {
    if (is_of_a_minute(rows)) return link_minute(rows, weights);
    if (!block.gather(rows)) {
      left_out += static_cast<std::int64_t>(rows.size());
      return;
    }
    link_gathered(weights);
  }

  // First what its seconds tell; then, log by log, the rows without seconds beside the acts that
  // were found; at last what is left of all.
  void link_minute(std::span<const LinkRow> rows, const Weights& weights) {
    std::vector<LinkRow> seconds, minutes;
    for (const LinkRow& row : rows) (row.minute ? minutes : seconds).push_back(row);
    std::vector<LinkNode> acts;
    for (std::size_t from = 0, to = 0; from < seconds.size(); from = to) {
      to = slot_end(seconds, from, 1);
      add_acts(std::span(seconds).subspan(from, to - from), weights, acts);
    }
    std::vector<std::uint32_t> files;
    for (std::size_t from = 0, to = 0; from < minutes.size(); from = to) {
      while (to < minutes.size() && minutes[to].file == minutes[from].file) ++to;
      const auto of_file = std::span(minutes).subspan(from, to - from);
      if (add_log(of_file, weights, acts)) files.push_back(minutes[from].file);
    }
    if (files.empty()) {
      for (const LinkNode& act : acts) keep(act);
      return;
    }
    ONUS_CHECK(block.gather(std::move(acts)));
    settle(files, weights);
    link_gathered(weights);
  }

  // The rows of one log without seconds, each to its act if that is sure. False: too many.
  bool add_log(std::span<const LinkRow> rows, const Weights& weights, std::vector<LinkNode>& acts) {
    if (!block.gather(rows) || acts.size() + block.nodes().size() > kMostNodes) {
      left_out += static_cast<std::int64_t>(rows.size());
      return false;
    }
    std::ranges::copy(block.nodes(), std::back_inserter(acts));
    ONUS_CHECK(block.gather(std::move(acts)));
    settle({&rows[0].file, 1}, weights);
    acts = block.alive();
    return true;
  }

  void settle(std::span<const std::uint32_t> files, const Weights& weights) {
    bool more = true;
    for (int round = 0; round < kMostNarrowed && more; ++round) {
      block.join_all(weights, LinkBlock::Demand::sure);
      more = block.narrow();
      for (const std::uint32_t file : files) more |= block.align_rows(file, weights);
    }
  }

  void add_acts(std::span<const LinkRow> rows, const Weights& weights,
                std::vector<LinkNode>& acts) {
    if (!block.gather(rows)) {
      left_out += static_cast<std::int64_t>(rows.size());
      return;
    }
    block.join_all(weights, LinkBlock::Demand::sure);
    std::ranges::move(block.alive(), std::back_inserter(acts));
  }

  void link_gathered(const Weights& weights) {
    const std::size_t acts = block.join_all(weights, LinkBlock::Demand::sure);
    for (const LinkNode& node : block.nodes()) {
      if (!node.gone) keep(node);
    }
    const std::size_t least = block.join_all(weights, LinkBlock::Demand::maybe);
    maybe += static_cast<std::int64_t>(acts - least);
  }

  void keep(const LinkNode& act) {
    if (act.keys.size() < 2) return;
    const auto ppm = static_cast<std::int32_t>(
        std::min(std::floor(act.least * static_cast<double>(kMillion)), kMillion - 1.0));
    for (const store::HugeInt& key : act.keys) joined.push_back({key, act.keys[0], ppm});
  }

  LinkBlock block;
  std::vector<JoinedKey> joined;
  std::int64_t maybe = 0;
  std::int64_t left_out = 0;
};

// Writes the temporary table link_joins.
Result<void> write_joins(store::Database& db, std::span<const JoinedKey> keys) {
  if (keys.empty()) return {};
  ONUS_TRY(store::ChunkWriter writer, db.writer("link_joins"));
  for (std::size_t from = 0; from < keys.size();) {
    const std::size_t count = std::min(keys.size() - from, store::ChunkWriter::capacity());
    for (std::size_t i = 0; i < count; ++i, ++from) {
      writer.values<store::HugeInt>(0)[i] = keys[from].key;
      writer.values<store::HugeInt>(1)[i] = keys[from].joined;
      writer.values<std::int32_t>(2)[i] = keys[from].probability;
    }
    ONUS_TRY_VOID(writer.flush(count));
  }
  return writer.close();
}

// A vendor's id that stands at two times was joined twice: it stays with one act. Keys are joined
// to themselves too, so that a lone one is no link.
constexpr std::string_view kOnce = R"sql(
CREATE OR REPLACE TEMP TABLE link_joined AS
SELECT act_key, min(joined_key) AS joined_key, min(probability) AS probability
FROM link_joins GROUP BY act_key;
DROP TABLE link_joins;
)sql";

class Linker {
 public:
  Linker(store::Database& db, const LinkFiles& files, const Dictionary& words, int threads)
      : db_(db), files_(files), words_(words) {
    for (int i = 0; i < std::max(threads, 1); ++i) workers_.emplace_back(words);
  }

  Result<void> learn_model(Model& model) {
    const Stretch sample{.from = 0, .to = kLast, .every = files_.rows() / kSampleRows + 1};
    ONUS_TRY(const std::vector<LinkRow> rows, read_rows(db_, files_, sample));
    const Chance chance(words_, rows);
    std::vector<std::int64_t> counts(kPatterns);
    LinkBlock& block = workers_[0].block;
    const auto count = [&](std::span<const LinkRow> each) {
      if (block.gather(each)) block.count_pairs(counts);
    };
    each_second(rows, count);
    if (std::ranges::all_of(counts, [](std::int64_t n) { return n == 0; })) {
      each_block(rows, count);
      for (Worker& worker : workers_) worker.block.learned_from_minutes();
    }
    model = learn(counts, chance);
    chance_.emplace(chance);
    weights_.emplace(model, *chance_, words_);
    return {};
  }

  Result<void> link(MaskedLinks& out) {
    ONUS_TRY(const Stretches stretches, plan_stretches(db_, kRowsAtOnce));
    out.rows_left_out = stretches.rows_left_out;
    for (const Stretch& stretch : stretches.all) {
      ONUS_TRY(const std::vector<LinkRow> rows, read_rows(db_, files_, stretch));
      link_rows(rows);
      for (Worker& worker : workers_) {
        ONUS_TRY_VOID(write_joins(db_, worker.joined));
        worker.joined.clear();
      }
    }
    for (const Worker& worker : workers_) {
      out.joined_maybe += worker.maybe;
      out.rows_left_out += worker.left_out;
    }
    return {};
  }

 private:
  static constexpr std::int64_t kLast = 32'503'680'000;  // the year 3000

  // Each worker has a part of the seconds, in order: what comes out does not depend on how many.
  void link_rows(std::span<const LinkRow> rows) {
    std::vector<std::thread> threads;
    std::size_t from = 0;
    for (std::size_t i = 0; i < workers_.size(); ++i) {
      std::size_t to = std::max(from, rows.size() * (i + 1) / workers_.size());
      if (to > from && to < rows.size()) to = block_end(rows, to - 1);
      const std::span<const LinkRow> part = rows.subspan(from, to - from);
      threads.emplace_back([this, part, worker = &workers_[i]] {
        each_block(part, [&](std::span<const LinkRow> block) { worker->link(block, *weights_); });
      });
      from = to;
    }
    for (std::thread& thread : threads) thread.join();
  }

  store::Database& db_;
  const LinkFiles& files_;
  const Dictionary& words_;
  std::vector<Worker> workers_;
  std::optional<Chance> chance_;
  std::optional<Weights> weights_;
};

}  // namespace

Result<MaskedLinks> link_masked(store::Database& db, int threads) {
  MaskedLinks out;
  ONUS_TRY_VOID(
      db.run("CREATE OR REPLACE TEMP TABLE link_joins (act_key HUGEINT, joined_key HUGEINT, "
             "probability INTEGER)"));
  ONUS_TRY(LinkFiles files, LinkFiles::load(db));
  if (files.all().size() > 1) {
    ONUS_TRY_VOID(set_clocks(db, files));
    ONUS_TRY(const Dictionary words, Dictionary::load(db));
    Linker linker(db, files, words, threads);
    ONUS_TRY_VOID(linker.learn_model(out.model));
    ONUS_TRY_VOID(linker.link(out));
  }
  ONUS_TRY_VOID(db.run(kOnce));
  ONUS_TRY(out.joined, db.query_integer("SELECT count(*) - count(DISTINCT joined_key) FROM "
                                        "link_joined"));
  return out;
}

}  // namespace onus::ingest
