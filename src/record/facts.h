// SPDX-License-Identifier: Apache-2.0
// What a rule may ask of an access: the columns of the view `facts`, with their types. The
// condition language knows these names and no others; none of them tells who was looked up.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace onus::record {

enum class FactType { text, integer, timestamp };

struct Fact {
  std::string_view name;
  FactType type;
  std::string_view meaning;  // for --help and docs, in English
};

std::span<const Fact> facts();
std::optional<Fact> find_fact(std::string_view name);

}  // namespace onus::record
