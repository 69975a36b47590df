// SPDX-License-Identifier: Apache-2.0
// What the order of a file's rows says of the seconds that it does not state.
#include <algorithm>
#include <span>
#include <tuple>
#include <vector>

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
bool raise(std::vector<LinkNode>& nodes, Row row, Row end) {
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
bool lower(std::vector<LinkNode>& nodes, Row row, Row end) {
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

}  // namespace

bool LinkBlock::narrow() {
  const std::vector<Placed> rows = in_order(nodes_);
  bool more = false;
  for (std::size_t from = 0, to = 0; from < rows.size(); from = to) {
    while (to < rows.size() && rows[to].at.file == rows[from].at.file) ++to;
    more |= narrow_file(nodes_, std::span(rows).subspan(from, to - from));
  }
  if (!more) return false;
  weights_.clear();
  std::fill(put_off_.begin(), put_off_.end(), 0);
  return true;
}

}  // namespace onus::ingest
