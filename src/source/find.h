// SPDX-License-Identifier: Apache-2.0
// Where records end. A detail of module source.
//
// A quote opens a cell only at the cell's begin; elsewhere it is text. So the ends depend on all
// that stands before, and this is the one part of reading that cannot be split among threads. It
// looks at quotes, CR and LF alone.
//
// A quote that never closes would swallow what follows, so three things end a record at the first
// line break after the quote that opened its cell (unclosed_quote): the end of the file, the limit
// on a record's size, and a line break inside the quotes with more text after the closing quote.
// The last says that the "closing" quote opened a cell of a later row: in `a,"b` and, on the next
// line, `"c",d` the cell would be `b`, a line break, and a tail of `c"`.
//
// Each byte is looked at no more than a few times, whatever the input: a cell that stays open
// begins with an odd run of quotes, and an odd run is what ends every cell that was open before it.
// So no two of the stretches that are read in vain overlap.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "source/csv.h"
#include "source/scan.h"

namespace onus::source {

struct Found {
  std::size_t end = 0;       // past the line end
  std::uint32_t breaks = 0;  // line ends in it, its own included
  std::uint8_t line_end = 0;
  Damage damage = Damage::none;
};

class RecordFinder {
 public:
  // `text` begins with a record and is followed by kScanPadding readable bytes. `whole`: the file
  // ends with it. `continued`: it begins inside a record that was too long. `delimiter` may be
  // '\0', none.
  RecordFinder(std::string_view text, bool whole, bool continued, char delimiter,
               std::size_t max_record_bytes);

  // The next record; false if there is none, or its end is not in `text` yet.
  bool next(Found& found);
  bool continued() const { return continued_; }

 private:
  enum class Step { go_on, found, need_more };
  Step at_quote(std::size_t at);
  Step at_closing_quote(std::size_t at);
  Step at_line_break(std::size_t at);
  Step at_limit();
  Step at_end();
  Step finish(std::size_t end, std::size_t line_end, Damage damage);
  Step recover();
  bool tail_follows(std::size_t at, bool& need_more) const;
  bool may_be_crlf(std::size_t at) const;
  std::size_t break_size(std::size_t at) const;

  std::string_view text_;
  bool whole_;
  bool continued_;
  char delimiter_;
  std::size_t max_record_bytes_;
  Scan<3> scan_;
  std::size_t start_ = 0;            // of the record sought
  bool open_ = false;                // inside quotes
  std::size_t first_break_ = 0;      // first line break in the open cell; 0: none
  std::uint32_t breaks_ = 0;         // line ends in the record so far
  std::uint32_t breaks_before_ = 0;  // those before the open cell
  Found found_;
};

}  // namespace onus::source
