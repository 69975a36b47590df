// SPDX-License-Identifier: Apache-2.0
// A source format as data: how to recognise it, which column means what, how its times and masks
// are written, when its meaning changed. docs/profiles.md is the manual for those who write one.
// An unknown key, field or kind is an error with file, line and column.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "ingest/cell_state.h"
#include "ingest/field.h"
#include "ingest/time_parse.h"
#include "record/record.h"

namespace onus::ingest {

struct ProfileText {
  std::string en;
  std::string de;
};

struct ProfileColumn {
  Field field = Field::dropped;
  std::vector<std::string> headers;  // folded; none: the format never has such a column
  std::vector<std::string> spelled;  // the same as the profile has them
  Kind kind = Kind::text;
  bool required = false;
  record::CellState absent = record::CellState::not_exported;
};

// Two uses of one format that differ in whose view it is. Without variants a profile is its own.
struct Variant {
  std::string id;
  record::LogRole role = record::LogRole::owner;
  std::vector<std::string> name_ends;  // folded ends of file names without extension
  std::optional<bool> many_agencies;   // true: agencies differ; false: there is only one
  ProfileText title;
};

// The first whose conditions all hold for a file is its era; a file that spans two dated eras has
// both, joined by '+'.
struct Era {
  std::string id;
  std::optional<std::int64_t> from;   // UTC microseconds, included
  std::optional<std::int64_t> until;  // not included
  std::vector<Field> withheld;        // masked in nearly all rows
  std::vector<Field> has;             // a column of the file
  ProfileText title;
};

struct Detail {       // a "Label: value" line inside the details cell
  std::string label;  // folded
  Field field = Field::dropped;
};

struct Profile {
  std::string id;
  std::string system;
  ProfileText title;
  ProfileText coverage;           // what a row is, and what such a log cannot show
  std::vector<Variant> variants;  // never empty
  std::vector<ProfileColumn> columns;
  std::vector<std::string> forbidden;             // folded headers
  std::vector<Field> any_of;                      // at least one of these columns
  std::vector<std::vector<std::string>> layouts;  // folded headers in order, for sheets without any
  TimeRules time;
  Marks marks;
  std::vector<Era> eras;
  std::vector<Detail> details;
  record::ActKind act = record::ActKind::search;
  std::vector<std::pair<std::string, record::ActKind>> acts;  // by folded search type
  std::vector<std::string> search_types;                      // folded; those that are known
  bool ids_unique = false;      // every vendor id is unique, UUID or not
  std::vector<Field> may_miss;  // known damage: a row may lack this column's cell
  std::vector<Field> shift_at;  // known damage: an empty cell may stand before this column

  const ProfileColumn* column(Field field) const;
  const ProfileColumn* column_for(std::string_view folded_header) const;
  const Variant* variant(std::string_view variant_id) const;
};

Result<Profile> parse_profile(std::string_view toml, std::string_view file);

// Those that travel inside the program, then `extra` (name and text); one of the same id as an
// earlier one takes its place.
Result<std::vector<Profile>> load_profiles(
    const std::vector<std::pair<std::string, std::string>>& extra);

}  // namespace onus::ingest
