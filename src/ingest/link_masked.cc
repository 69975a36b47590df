// SPDX-License-Identifier: Apache-2.0
#include "ingest/link_masked.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <span>
#include <vector>

#include "ingest/link_block.h"
#include "ingest/link_clock.h"

namespace onus::ingest {
namespace {

constexpr std::int64_t kRowsAtOnce = 1'000'000;  // 150 bytes each
constexpr std::int64_t kSampleRows = 300'000;    // that shares and m are learned from
constexpr std::int64_t kMillion = 1'000'000;

using Use = std::function<Result<void>(std::span<const LinkRow>)>;

bool one_key(std::span<const LinkRow> rows) {
  return std::all_of(rows.begin(), rows.end(), [&](const LinkRow& row) {
    return row.key.low == rows[0].key.low && row.key.high == rows[0].key.high;
  });
}

// Calls `use` with the rows of each second of a group that has more than one key.
Result<void> each_block(const std::vector<LinkRow>& rows, const Use& use) {
  for (std::size_t from = 0, to = 0; from < rows.size(); from = to) {
    while (to < rows.size() && rows[to].group == rows[from].group &&
           rows[to].second == rows[from].second) {
      ++to;
    }
    const std::span<const LinkRow> block(rows.data() + from, to - from);
    if (!one_key(block)) ONUS_TRY_VOID(use(block));
  }
  return {};
}

// Writes link_joined.
class Joined {
 public:
  static Result<Joined> open(store::Database& db) {
    ONUS_TRY_VOID(
        db.run("CREATE OR REPLACE TEMP TABLE link_joins (act_key HUGEINT, joined_key HUGEINT, "
               "probability INTEGER)"));
    ONUS_TRY(store::ChunkWriter writer, db.writer("link_joins"));
    return Joined(std::move(writer));
  }

  Result<void> add(const LinkNode& act) {
    const auto ppm = static_cast<std::int32_t>(
        std::min(std::floor(act.least * static_cast<double>(kMillion)), kMillion - 1.0));
    for (const store::HugeInt& key : act.keys) {
      writer_.values<store::HugeInt>(0)[count_] = key;
      writer_.values<store::HugeInt>(1)[count_] = act.keys[0];
      writer_.values<std::int32_t>(2)[count_] = ppm;
      if (++count_ < store::ChunkWriter::capacity()) continue;
      ONUS_TRY_VOID(writer_.flush(count_));
      count_ = 0;
    }
    return {};
  }

  Result<void> close() {
    ONUS_TRY_VOID(writer_.flush(count_));
    count_ = 0;
    return writer_.close();
  }

 private:
  explicit Joined(store::ChunkWriter writer) : writer_(std::move(writer)) {}
  store::ChunkWriter writer_;
  std::size_t count_ = 0;
};

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
  Linker(store::Database& db, const LinkFiles& files, const Dictionary& words)
      : db_(db), files_(files), words_(words), block_(words) {}

  Result<void> learn_model(MaskedLinks& out) {
    const Stretch sample{.from = kFirst, .to = kLast, .every = files_.rows() / kSampleRows + 1};
    ONUS_TRY(const std::vector<LinkRow> rows, read_rows(db_, files_, sample));
    chance_.emplace(words_, rows);
    std::vector<std::int64_t> counts(kPatterns);
    ONUS_TRY_VOID(each_block(rows, [&](std::span<const LinkRow> block) -> Result<void> {
      if (block_.gather(block)) block_.count_pairs(counts);
      return {};
    }));
    out.model = learn(counts, *chance_);
    return {};
  }

  Result<void> link(Joined& joined, MaskedLinks& out) {
    ONUS_TRY(const Stretches stretches, plan_stretches(db_, kRowsAtOnce));
    out.rows_left_out = stretches.rows_left_out;
    for (const Stretch& stretch : stretches.all) {
      ONUS_TRY(const std::vector<LinkRow> rows, read_rows(db_, files_, stretch));
      ONUS_TRY_VOID(each_block(
          rows, [&](std::span<const LinkRow> block) { return link_block(block, joined, out); }));
    }
    return {};
  }

 private:
  static constexpr std::int64_t kFirst = 0;
  static constexpr std::int64_t kLast = 32'503'680'000;  // the year 3000

  Result<void> link_block(std::span<const LinkRow> rows, Joined& joined, MaskedLinks& out) {
    if (!block_.gather(rows)) {
      out.rows_left_out += static_cast<std::int64_t>(rows.size());
      return {};
    }
    const std::size_t keys = block_.nodes().size();
    const std::size_t acts = block_.join_all(out.model, *chance_, LinkBlock::Demand::sure);
    if (acts < keys) {
      for (const LinkNode& node : block_.nodes()) {
        if (!node.gone && node.keys.size() > 1) ONUS_TRY_VOID(joined.add(node));
      }
    }
    const std::size_t least = block_.join_all(out.model, *chance_, LinkBlock::Demand::maybe);
    out.joined_maybe += static_cast<std::int64_t>(acts - least);
    return {};
  }

  store::Database& db_;
  const LinkFiles& files_;
  const Dictionary& words_;
  LinkBlock block_;
  std::optional<Chance> chance_;
};

}  // namespace

Result<MaskedLinks> link_masked(store::Database& db) {
  MaskedLinks out;
  ONUS_TRY(Joined joined, Joined::open(db));
  ONUS_TRY(LinkFiles files, LinkFiles::load(db));
  if (files.all().size() > 1) {
    ONUS_TRY_VOID(set_clocks(db, files));
    ONUS_TRY(const Dictionary words, Dictionary::load(db));
    Linker linker(db, files, words);
    ONUS_TRY_VOID(linker.learn_model(out));
    ONUS_TRY_VOID(linker.link(joined, out));
  }
  ONUS_TRY_VOID(joined.close());
  ONUS_TRY_VOID(db.run(kOnce));
  ONUS_TRY(out.joined, db.query_integer("SELECT count(*) - count(DISTINCT joined_key) FROM "
                                        "link_joined"));
  return out;
}

}  // namespace onus::ingest
