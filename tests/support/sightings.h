// SPDX-License-Identifier: Apache-2.0
// The same searches in many owners' network audits, each of which hides, cuts and dates them in a
// way of its own: what linking is measured on. Searches come as densely as a nation's do, 0.74 a
// second; each owner's log is two files that overlap.
//
// Look-alikes are acts of their own that resemble another one: the same search again by the same
// officer 1 to 8 seconds later, and another officer of the same agency within the same second, with
// the same reach and often the same reason. And as in real logs, how many networks and cameras a
// search asks follows from the agency and its sharing, not from the search.
#pragma once

#include <cstdint>
#include <vector>

#include "support/acts.h"
#include "support/scenarios.h"

namespace onus::makelogs {

// `hidden`: of 1,000 cells (Blur). At the same seed `hidden` changes what is hidden, not the acts.
Scenario sightings(std::uint64_t seed, std::uint64_t acts, std::uint32_t owners,
                   std::uint32_t hidden);

// The acts of a stream with look-alikes among them, in the order of time.
class LookAlikes {
 public:
  LookAlikes(const World& world, ActStream& acts, bool on)
      : world_(world), acts_(acts), on_(on), rng_(mix(world.seed() ^ 0x616c696bULL)) {}

  const Act& next();  // valid until the next call

 private:
  void resemble(const Act& act);
  void share_reach(Act& act) const;
  void keep(Act act);

  const World& world_;
  ActStream& acts_;
  bool on_;
  Rng rng_;
  std::uint64_t made_ = 0;
  std::vector<Act> waiting_;  // latest first
  Act now_;
  Act upcoming_;
  bool has_upcoming_ = false;
};

}  // namespace onus::makelogs
