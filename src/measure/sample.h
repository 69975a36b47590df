// SPDX-License-Identifier: Apache-2.0
// Which reasons of a case a person should read, so that the share of lookups of any purpose can be
// told with an interval. The unit that is drawn is a lookup, the unit that is read a distinct
// reason: within a stratum, draws are with replacement and each lookup is as likely as any other
// (Hansen and Hurwitz 1943), so that a draw is a yes or no of constant chance. Reasons that many
// lookups share, and strata with few reasons, are read in full and add no uncertainty.
//
// Strata: what the program read (each topic apart, explicit readings and others apart), a near miss
// (no topic read, but the letters of one stand in the text), and the other purposes. They have
// numbers, not names, and the order is shuffled: a reader must not be told what the program thinks.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "measure/interval.h"
#include "measure/labels.h"
#include "store/database.h"

namespace onus::measure {

struct Unit {  // a distinct reason of a case, as the program read it
  std::string text;
  std::int64_t lookups = 0;
  std::string purpose, topic;  // topic "": none
  bool is_explicit = false;
};

// From `lookups`, `texts` and `readings`, in the order of their texts. Tokens of subjects are taken
// out: a reader need not see them, and the same logs give the same reasons under every key.
Result<std::vector<Unit>> units_of(store::Database& db);

struct Drawn {
  std::size_t unit = 0;  // into the units
  std::string stratum;   // "full": read in full; "all": the one of a simple sample; "s07"
  std::int64_t draws = 0;
  std::int64_t stratum_draws = 0, stratum_lookups = 0;
  double inclusion = 1;  // the chance to be in the sample at all
};

struct Plan {
  std::int64_t n = 300;  // draws, and reasons read in full, together; at most that many to read
  std::uint64_t seed = 1;
  bool simple = false;  // one stratum, nothing in full
};

std::vector<Drawn> draw_sample(std::span<const Unit> units, const Plan& plan);

// The file for a reader, with empty columns to fill.
std::string sample_csv(std::span<const Unit> units, std::span<const Drawn> sample);

// A share of all lookups with a reason.
struct Estimate {
  std::string_view purpose;
  double program = 0;     // as the program reads them
  double stratified = 0;  // what was read, and for each stratum what that tells of the rest
  Interval stratified_interval;
  double powered = 0;  // the same, with each stratum split by whether the program says so
  Interval powered_interval;
};

struct Estimates {
  std::int64_t lookups = 0, reasons_read = 0, strata = 0;
  // Those that the program or a reader found, and those that laws protect: that none was found
  // among so many is an answer too. In the order of the vocabulary.
  std::vector<Estimate> purposes;
};

// Code::conflict where the sample is not of this case as it stands now.
Result<Estimates> estimate(std::span<const Unit> units, const Labels& labels);

}  // namespace onus::measure
