// SPDX-License-Identifier: Apache-2.0
// A state is a second with those of its acts that have their row already (acts of one second stand
// in any order). From row to row a state stays, takes one more act of its second, or gives way to a
// later second with one act. How likely acts are to have a row in this log, and rows to be of no
// act here, is learned from the rows themselves.
#include "ingest/link_align.h"

#include <algorithm>
#include <numeric>

namespace onus::ingest {
namespace {

constexpr int kRounds = 6;

struct State {
  std::size_t first = 0;  // act of its second
  std::uint32_t taken = 0;
  std::size_t later = 0;  // where the states of later seconds begin
};

class Aligner {
 public:
  Aligner(std::span<const AlignedRow> rows, std::span<const std::int64_t> seconds)
      : rows_(rows), acts_(seconds.size()) {
    states_.push_back({.first = 0, .taken = 0, .later = 1});
    for (std::size_t from = 0, to = 0; from < acts_; from = to) {
      while (to < acts_ && seconds[to] == seconds[from]) ++to;
      if (to - from > kMostAtOnce) too_many_ = true;
      if (!too_many_) add_states(from, to - from);
    }
  }

  std::vector<std::vector<double>> run() {
    if (too_many_) return {};
    for (int round = 0; round < kRounds; ++round) {
      if (!forwards()) return {};
      backwards();
      learn();
    }
    return std::move(sure_);
  }

 private:
  void add_states(std::size_t first, std::size_t count) {
    const std::size_t later = states_.size() + (std::size_t{1} << count) - 1;
    for (std::uint32_t taken = 1; taken < 1U << count; ++taken) {
      states_.push_back({first, taken, later});
    }
  }

  double odds(std::size_t row, std::size_t act) const {
    if (rows_[row].known) return *rows_[row].known == act ? 1 : 0;
    return rows_[row].odds[act] * scale_;
  }
  double none(std::size_t row) const { return rows_[row].known ? 0 : 1; }

  // Calls use(act, state before) for each act that may have been the last to come to state `s`;
  // the state before is none where it was one of an earlier second.
  template <class Use>
  void each_last(std::size_t s, Use use) const {
    const State& state = states_[s];
    for (std::size_t i = 0; state.taken >> i != 0; ++i) {
      const std::uint32_t bit = 1U << i;
      if ((state.taken & bit) == 0) continue;
      const bool alone = state.taken == bit;
      use(state.first + i, alone ? std::nullopt : std::optional(s - bit));
    }
  }
  // States come in the order of `taken`, so that one without `bit` stands `bit` before. Those of
  // earlier seconds are the ones before the first of this second.
  std::size_t begin_of(std::size_t s) const { return s - (states_[s].taken - 1); }

  // weight_[row] by state, after that row; each adds up to 1.
  bool forwards() {
    weight_.assign(rows_.size() + 1, std::vector<double>(states_.size()));
    weight_[0][0] = 1;
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      step_on(row);
      std::vector<double>& after = weight_[row + 1];
      const double all = std::accumulate(after.begin(), after.end(), 0.0);
      if (!(all > 0)) return false;
      for (double& each : after) each /= all;
    }
    return true;
  }

  void step_on(std::size_t row) {
    const std::vector<double>& before = weight_[row];
    std::vector<double>& after = weight_[row + 1];
    const std::vector<double> earlier = sums_before(before);
    after[0] = before[0] * none(row);
    for (std::size_t s = 1; s < states_.size(); ++s) {
      after[s] = before[s] * none(row);
      each_last(s, [&](std::size_t act, std::optional<std::size_t> from) {
        after[s] += odds(row, act) * (from ? before[*from] : earlier[begin_of(s)]);
      });
    }
  }

  // [s]: of the states before s.
  static std::vector<double> sums_before(const std::vector<double>& weights) {
    std::vector<double> out(weights.size() + 1);
    std::partial_sum(weights.begin(), weights.end(), out.begin() + 1);
    return out;
  }

  // What follows each state; and with it how sure each pair is.
  void backwards() {
    sure_.assign(rows_.size(), std::vector<double>(acts_));
    std::vector<double> after(states_.size(), 1);
    for (std::size_t row = rows_.size(); row-- > 0;) {
      weigh_pairs(row, after);
      after = step_back(row, after);
      const double most = *std::max_element(after.begin(), after.end());
      for (double& each : after) each /= most;
    }
  }

  void weigh_pairs(std::size_t row, const std::vector<double>& after) {
    const std::vector<double>& before = weight_[row];
    const std::vector<double> earlier = sums_before(before);
    double all = before[0] * none(row) * after[0];
    for (std::size_t s = 1; s < states_.size(); ++s) {
      all += before[s] * none(row) * after[s];
      each_last(s, [&](std::size_t act, std::optional<std::size_t> from) {
        const double came = from ? before[*from] : earlier[begin_of(s)];
        const double pair = came * odds(row, act) * after[s];
        sure_[row][act] += pair;
        all += pair;
      });
    }
    for (double& each : sure_[row]) each /= all;
  }

  // A state is followed by itself, by one more act of its second, and by each act of a later one.
  std::vector<double> step_back(std::size_t row, const std::vector<double>& after) const {
    std::vector<double> out(states_.size());
    std::vector<double> of_later(states_.size() + 1);  // of all states from each on
    for (std::size_t s = states_.size(); s-- > 0;) {
      of_later[s] += of_later[s + 1];
      out[s] += none(row) * after[s] + of_later[states_[s].later];
      if (s == 0) continue;
      each_last(s, [&](std::size_t act, std::optional<std::size_t> from) {
        const double step = odds(row, act) * after[s];
        (from ? out[*from] : of_later[begin_of(s)]) += step;
      });
    }
    return out;
  }

  void learn() {
    double matched = 0;
    for (const auto& row : sure_) matched += std::accumulate(row.begin(), row.end(), 0.0);
    const double of_acts = (matched + 1) / (static_cast<double>(acts_) + 2);
    const double of_none = static_cast<double>(rows_.size()) - matched + 0.5;
    scale_ = of_acts / (1 - of_acts) / of_none;
  }

  std::span<const AlignedRow> rows_;
  std::size_t acts_;
  bool too_many_ = false;
  double scale_ = 0.1;
  std::vector<State> states_;
  std::vector<std::vector<double>> weight_, sure_;
};

}  // namespace

std::vector<std::vector<double>> align(std::span<const AlignedRow> rows,
                                       std::span<const std::int64_t> seconds) {
  return Aligner(rows, seconds).run();
}

}  // namespace onus::ingest
