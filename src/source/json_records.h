// SPDX-License-Identifier: Apache-2.0
// The records of a JSON file, one after another, with flat memory: of an array the elements, of an
// object that holds one array of objects ({"Records": [...]}) its elements, else the values that
// follow each other, by line where each line is one. A detail of module source.
//
// Damage stays where it is: a quote or bracket that does not close ends with its line at the
// latest, or with the limit on a record's size; what stands there is a record with
// Damage::malformed. No byte is looked at more than a few times.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "source/bytes.h"
#include "source/json_value.h"
#include "source/table.h"

namespace onus::source {

struct JsonRecord {
  Position at;
  std::string_view text;
  Damage damage = Damage::none;
  bool is_object = false;  // else its value is not to be used
};

// How a file holds its records, judged by its first bytes.
struct JsonLayout {
  enum class Kind : std::uint8_t { lines, values, elements };
  Kind kind = Kind::values;
  std::size_t begin = 0;   // of the first record, or the white space before it
  bool in_object = false;  // the array of `elements` is a member of an object
};
JsonLayout json_layout(std::string_view begin, bool whole);

// Where the value ends that begins at text[0]. `whole`: nothing follows. Looks at no more than
// `limit` bytes.
struct JsonExtent {
  std::size_t end = 0;
  bool complete = false;  // else `text` ended, or the limit was reached, before the value did
};
JsonExtent json_extent(std::string_view text, std::size_t limit);

class JsonRecords {
 public:
  static Result<JsonRecords> open(ByteSource source, const Budget& budget);

  // The next record; false at the end. Views are good until the next call.
  Result<bool> next(JsonRecord& record);
  const JsonValue& value() const { return value_; }  // of that record

  std::int64_t rows() const { return row_; }
  std::int64_t bytes() const { return base_ + static_cast<std::int64_t>(at_); }
  bool cut_off() const { return cut_off_; }

 private:
  JsonRecords(ByteSource source, const Budget& budget);
  Result<void> fill();
  Result<bool> skip_between();
  Result<JsonExtent> extent();
  Result<JsonExtent> line_extent();
  Result<bool> tail();
  void take(std::size_t size, JsonRecord& record);
  void advance(std::size_t size);
  void judge(JsonRecord& record, bool complete);

  ByteSource source_;
  Budget budget_;
  std::size_t limit_;
  JsonLayout layout_;
  JsonValue value_;
  std::string buffer_;
  std::string repaired_;
  std::size_t at_ = 0;     // in buffer_
  std::int64_t base_ = 0;  // of buffer_ in the file
  std::int64_t row_ = 0;
  std::int64_t line_ = 1;
  bool at_end_ = false;
  bool in_tail_ = false;  // behind the array
  bool inside_ = false;   // a record over the limit goes on
  bool after_element_ = false;
  bool cut_off_ = false;
};

}  // namespace onus::source
