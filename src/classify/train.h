// SPDX-License-Identifier: Apache-2.0
// Makes a model (classify/model.h) from strings that say what they are. Multinomial logistic
// regression over pieces of words, by stochastic gradient steps of adaptive size (AdaGrad: Duchi,
// Hazan and Singer 2011), in an order that follows from a seed: the same strings give the same
// bytes.
//
// How good it is, is measured on strings it has not seen: the strings are parted into five by their
// group (spellings of one thing share one), each fifth is read by a model made of the rest, and of
// the strings that the lexicons leave open the lowest threshold is taken at which the lower limit
// of the 95 % interval (Wilson 1927) of the precision reaches the target.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "classify/reading.h"

namespace onus::classify {

struct Taught {
  std::string text;
  std::string_view purpose, offence, specificity;
  std::string group;
};

struct Target {
  double precision = 0.95;        // of what the model decides
  double topic_precision = 0.98;  // of what it decides on protected grounds
};

// Of strings that were not learned from. `decided` are those said at the threshold, `right` those
// of them whose purpose and offence are the labelled ones.
struct Crossed {
  std::int64_t strings = 0, open = 0;  // open: left open by the lexicons
  std::int64_t sayable = 0;            // open, and their label says a matter
  std::int64_t decided = 0, right = 0;
  std::int64_t topics_decided = 0, topics_right = 0;
  double threshold = 1, topic_threshold = 1;
};

struct Trained {
  std::string model;  // the file
  std::int64_t pieces = 0;
  Crossed crossed;
};

Result<Trained> train(const Lexicon& lexicon, std::span<const Taught> strings,
                      const Target& target);

}  // namespace onus::classify
