// SPDX-License-Identifier: Apache-2.0
// Where in a nested record a cell stands: what a profile names as the header of a column of JSON.
//
//   userIdentity.arn                    a member, and in it a member
//   entity[0].what.reference            the element with that number, from 0
//   agent[requestor=true].who.display   the first element whose member is written like this
//   entity[type.code=1].name            the member may lie deeper
//   resources[*].name                   every element, joined by "; "
//   labels."a.b/c"                      a key with . [ ] | or " in it ("" is a quote)
//   user.email | user.name              the first of these that gives something
//
// Names and values are compared without regard to ASCII case, as headers are. A path that is not in
// a record gives nothing; one that ends on an object or an array gives its JSON text. Every path
// gives an answer for every record: it takes at most kMaxSteps * kMaxWays passes over it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "source/json_value.h"

namespace onus::source {

class JsonPath {
 public:
  static constexpr std::size_t kMaxSteps = 32;
  static constexpr std::size_t kMaxWays = 8;

  // Nothing where `text` is not of this form.
  static std::optional<JsonPath> parse(std::string_view text);

  // The cell: of several nodes, joined by "; ". null is "".
  void text(const JsonValue& record, std::string& out) const;
  // Also where it leads to null.
  bool is_in(const JsonValue& record) const;
  // Whether it begins with the outermost member of that name.
  bool begins_with(std::string_view key) const;

 private:
  enum class Kind : std::uint8_t { member, element, each, where };
  struct Step {
    Kind kind = Kind::member;
    std::uint32_t number = 0;       // element
    std::vector<std::string> keys;  // member: one; where: one or more
    std::string value;              // where
  };
  using Way = std::vector<Step>;
  using Found = std::vector<std::uint32_t>;
  struct Reader;
  static std::optional<Way> parse_way(Reader& reader);
  // The nodes that it leads to, in the order of the record; without [*] at most one.
  static Found find(const JsonValue& record, const Way& way);
  static void take_step(const JsonValue& record, const Step& step, const Found& from, Found& to);
  static bool holds(const JsonValue& record, std::uint32_t element, const Step& step);
  std::vector<Way> ways_;
};

// How a path spells a member of that name.
std::string quoted_key(std::string_view key);
// Without regard to ASCII case.
bool same_name(std::string_view a, std::string_view b);

}  // namespace onus::source
