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

// What a further column of a field does with the one before it.
enum class Together : std::uint8_t {
  no,     // there is only one
  first,  // the first of them that says something is the field's cell
  join,   // all that say something, with their labels, apart by "; "
};

struct ProfileColumn {
  Field field = Field::dropped;
  std::vector<std::string> headers;  // folded; none: the format never has such a column
  std::vector<std::string> spelled;  // the same as the profile has them
  Kind kind = Kind::text;
  bool required = false;
  record::CellState absent = record::CellState::not_exported;
  Together together = Together::no;
  std::string label;  // "DPPA: 3" of a cell "3"
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

// How the cell `details` holds cells of its own.
enum class DetailForm : std::uint8_t {
  lines,  // "Label: value", one a line
  list,   // the same, apart by ';'
  csv,    // cells apart by ',', quoted where they hold one
};

struct Detail {
  std::string label;         // folded; in the form csv there is none
  std::size_t position = 0;  // from 1; only in the form csv
  Field field = Field::dropped;
};

// What a cell says of the act: the first whose cell fits decides.
struct ActRule {
  Field field = Field::search_type;
  std::vector<std::string> is;      // folded
  std::vector<std::string> starts;  // folded
  bool any = false;                 // whatever it says, if it says something
  record::ActKind act = record::ActKind::search;
};

struct ValueMap {  // what the codes of a field mean, by folded code
  Field field = Field::dropped;
  std::vector<std::pair<std::string, std::string>> meanings;

  const std::string* meaning(std::string_view cell) const;  // nullptr: not known
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
  DetailForm detail_form = DetailForm::lines;
  std::string detail_after;  // details begin behind this; a row without it is another record's
  std::vector<Detail> details;
  record::ActKind act = record::ActKind::search;
  std::vector<ActRule> acts;
  std::vector<ValueMap> values;
  std::vector<std::string> search_types;  // folded; those that are known
  bool ids_unique = false;                // every vendor id is unique, UUID or not
  bool fallback = false;                  // only for files that no other profile fits
  std::vector<Field> may_miss;            // known damage: a row may lack this column's cell
  std::vector<Field> shift_at;  // known damage: an empty cell may stand before this column

  const ProfileColumn* column(Field field) const;
  const ProfileColumn* column_for(std::string_view folded_header) const;
  const Variant* variant(std::string_view variant_id) const;
  const ValueMap* values_of(Field field) const;  // nullptr: it has no codes
};

Result<Profile> parse_profile(std::string_view toml, std::string_view file);

// Those that travel inside the program, then `extra` (name and text); one of the same id as an
// earlier one takes its place.
Result<std::vector<Profile>> load_profiles(
    const std::vector<std::pair<std::string, std::string>>& extra);

}  // namespace onus::ingest
