// SPDX-License-Identifier: Apache-2.0
// What a workbook says of its parts: the sheets in the order of their tabs, the styles, where the
// shared texts are. A detail of module source.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "source/xlsx_package.h"
#include "source/xlsx_value.h"

namespace onus::source {

struct BookSheet {
  int number = 0;    // of its tab, from 1; charts have tabs too
  std::string name;  // of its tab
  std::string part;  // "xl/worksheets/sheet1.xml"
  bool hidden = false;
};

struct Book {
  std::vector<BookSheet> sheets;  // without charts and macro sheets
  Epoch epoch = Epoch::y1900;
  std::string strings_part;  // "": none
  std::string styles_part;   // "": none
};

constexpr std::size_t kMaxSheets = 1000;

// bad_input for what is no workbook that can be read, with what to do: .xlsb, OpenDocument, others.
Result<Book> read_book(const Package& package);

// By the number in a cell's `s`.
Result<std::vector<NumberStyle>> read_styles(const Package& package, const Book& book);

}  // namespace onus::source
