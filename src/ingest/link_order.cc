// SPDX-License-Identifier: Apache-2.0
// What the order of a file's rows says of the seconds that it does not state.
#include <algorithm>
#include <cmath>
#include <span>
#include <tuple>
#include <vector>

#include "ingest/link_align.h"
#include "ingest/link_block.h"

namespace onus::ingest {
namespace {

struct Placed {
  MinuteRow at;
  std::size_t node = 0;
};

std::vector<Placed> in_order(std::span<const LinkNode> nodes) {
  std::vector<Placed> out;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].gone) continue;
    for (const MinuteRow& at : nodes[i].minute_rows) out.push_back({at, i});
  }
  std::sort(out.begin(), out.end(), [](const Placed& a, const Placed& b) {
    return std::tie(a.at.file, a.at.row) < std::tie(b.at.file, b.at.row);
  });
  return out;
}

// 1: the acts whose second is known stand in the order of time; -1: the other way round; 0: in
// none, or too few are known to tell.
int direction(std::span<const LinkNode> nodes, std::span<const Placed> rows) {
  std::vector<std::int64_t> known;
  for (const Placed& row : rows) {
    if (nodes[row.node].from == nodes[row.node].to) known.push_back(nodes[row.node].from);
  }
  if (known.size() < kLeastInOrder || known.front() == known.back()) return 0;
  if (std::is_sorted(known.begin(), known.end())) return 1;
  return std::is_sorted(known.rbegin(), known.rend()) ? -1 : 0;
}

// Rows from the earliest on: none is of before one that stands before it.
template <class Row>
bool raise(std::vector<LinkNode>& nodes, Row row, const Row& end) {
  bool more = false;
  std::int64_t least = nodes[row->node].from;
  for (; row != end; ++row) {
    LinkNode& node = nodes[row->node];
    if (node.from == node.to) {
      least = node.from;
    } else if (node.from < least && least <= node.to) {
      node.from = least;
      more = true;
    }
  }
  return more;
}

// Rows from the latest on.
template <class Row>
bool lower(std::vector<LinkNode>& nodes, Row row, const Row& end) {
  bool more = false;
  std::int64_t most = nodes[row->node].to;
  for (; row != end; ++row) {
    LinkNode& node = nodes[row->node];
    if (node.from == node.to) {
      most = node.from;
    } else if (node.to > most && most >= node.from) {
      node.to = most;
      more = true;
    }
  }
  return more;
}

bool narrow_file(std::vector<LinkNode>& nodes, std::span<const Placed> rows) {
  const int way = direction(nodes, rows);
  if (way == 0) return false;
  bool more = false;
  if (way > 0) {
    more |= raise(nodes, rows.begin(), rows.end());
    more |= lower(nodes, rows.rbegin(), rows.rend());
  } else {
    more |= raise(nodes, rows.rbegin(), rows.rend());
    more |= lower(nodes, rows.begin(), rows.end());
  }
  return more;
}

// Acts whose second is known, in the order of time.
std::vector<std::size_t> acts_in_order(std::span<const LinkNode> nodes) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (!nodes[i].gone && nodes[i].from == nodes[i].to) out.push_back(i);
  }
  std::stable_sort(out.begin(), out.end(),
                   [&](std::size_t a, std::size_t b) { return nodes[a].from < nodes[b].from; });
  return out;
}

}  // namespace

// The rows of one file, the earliest first, each of a node of its own.
std::vector<std::size_t> LinkBlock::rows_in_order(std::uint32_t file) const {
  std::vector<Placed> rows = in_order(nodes_);
  std::erase_if(rows, [&](const Placed& row) { return row.at.file != file; });
  const int way = direction(nodes_, rows);
  if (way < 0) std::reverse(rows.begin(), rows.end());
  std::vector<std::size_t> out;
  for (const Placed& row : rows) {
    const bool again = std::find(out.begin(), out.end(), row.node) != out.end();
    if (way != 0 && !again) out.push_back(row.node);
  }
  return out;
}

AlignedRow LinkBlock::aligned_row(std::size_t node, std::span<const std::size_t> acts,
                                  const Weights& weights) const {
  AlignedRow out;
  for (std::size_t a = 0; a < acts.size(); ++a) {
    if (acts[a] == node) out.known = a;
    const bool may = may_be_one(nodes_[acts[a]], nodes_[node]);
    out.odds.push_back(may ? std::exp2(bits_for(acts[a], node, weights)) : 0);
  }
  return out;
}

bool LinkBlock::align_rows(std::uint32_t file, const Weights& weights) {
  const std::vector<std::size_t> rows = rows_in_order(file);
  const std::vector<std::size_t> acts = acts_in_order(nodes_);
  std::vector<std::int64_t> seconds;
  std::vector<AlignedRow> aligned;
  seconds.reserve(acts.size());
  aligned.reserve(rows.size());
  for (const std::size_t act : acts) seconds.push_back(nodes_[act].from);
  for (const std::size_t row : rows) aligned.push_back(aligned_row(row, acts, weights));
  const std::vector<std::vector<double>> sure = align(aligned, seconds);
  bool joined = false;
  for (std::size_t r = 0; r < sure.size(); ++r) {
    const auto most = std::max_element(sure[r].begin(), sure[r].end());
    if (aligned[r].known || most == sure[r].end() || *most < kSure) continue;
    joined |= join_aligned(acts[static_cast<std::size_t>(most - sure[r].begin())], rows[r], *most);
  }
  return joined;
}

bool LinkBlock::join_aligned(std::size_t act, std::size_t row, double sure) {
  if (!may_be_one(nodes_[act], nodes_[row])) return false;
  join(act, row);
  nodes_[act].least = std::min(nodes_[act].least, sure);
  forget_weights();
  return true;
}

bool LinkBlock::narrow() {
  const std::vector<Placed> rows = in_order(nodes_);
  bool more = false;
  for (std::size_t from = 0, to = 0; from < rows.size(); from = to) {
    while (to < rows.size() && rows[to].at.file == rows[from].at.file) ++to;
    more |= narrow_file(nodes_, std::span(rows).subspan(from, to - from));
  }
  if (more) forget_weights();
  return more;
}

}  // namespace onus::ingest
