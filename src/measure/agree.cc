// SPDX-License-Identifier: Apache-2.0
#include "measure/agree.h"

#include <fmt/format.h>

#include <iterator>
#include <map>
#include <utility>

namespace onus::measure {
namespace {

using Pairs = std::vector<std::pair<const Label*, const Label*>>;

AxisAgreement agreement_on(const Pairs& pairs, std::size_t axis) {
  AxisAgreement out{static_cast<Axis>(axis), 0, std::nullopt};
  std::map<std::string_view, std::pair<double, double>> said;
  for (const auto& [a, b] : pairs) {
    out.equal += a->axes[axis] == b->axes[axis] ? 1 : 0;
    said[a->axes[axis]].first += 1;
    said[b->axes[axis]].second += 1;
  }
  const auto n = static_cast<double>(pairs.size());
  double chance = 0;
  for (const auto& [word, counts] : said) chance += counts.first * counts.second / (n * n);
  if (n > 0 && said.size() > 1)
    out.kappa = (static_cast<double>(out.equal) / n - chance) / (1 - chance);
  return out;
}

std::string_view shown(std::string_view word) { return word.empty() ? "none" : word; }

}  // namespace

Agreement compare(const Labels& first, const Labels& second) {
  Agreement out;
  std::map<std::string_view, const Label*> theirs;
  for (const Label& label : second.rows) theirs[label.text] = &label;
  Pairs pairs;
  for (const Label& label : first.rows) {
    const auto found = theirs.find(label.text);
    if (found != theirs.end()) pairs.emplace_back(&label, found->second);
  }
  out.both = static_cast<std::int64_t>(pairs.size());
  out.only_first = static_cast<std::int64_t>(first.rows.size()) - out.both;
  out.only_second = static_cast<std::int64_t>(second.rows.size()) - out.both;
  for (std::size_t axis = 0; axis < kAxes; ++axis) {
    if (!first.has[axis] || !second.has[axis]) continue;
    out.axes.push_back(agreement_on(pairs, axis));
    for (const auto& [a, b] : pairs) {
      if (a->axes[axis] != b->axes[axis])
        out.disagreements.push_back(
            {static_cast<Axis>(axis), a->text, a->axes[axis], b->axes[axis]});
    }
  }
  return out;
}

std::string agreement_text(const Agreement& agreement) {
  std::string out =
      fmt::format("{} strings read by both, {} by the first alone, {} by the second\n",
                  agreement.both, agreement.only_first, agreement.only_second);
  auto to = std::back_inserter(out);
  for (const AxisAgreement& axis : agreement.axes) {
    fmt::format_to(to, "{}: {} of {} equal, Cohen's kappa {}\n",
                   kAxisNames[static_cast<std::size_t>(axis.axis)], axis.equal, agreement.both,
                   axis.kappa ? fmt::format("{:.3f}", *axis.kappa) : "cannot be told");
  }
  for (const Disagreement& d : agreement.disagreements) {
    fmt::format_to(to, "  {}: '{}': {} / {}\n", kAxisNames[static_cast<std::size_t>(d.axis)],
                   d.text, shown(d.first), shown(d.second));
  }
  return out;
}

}  // namespace onus::measure
