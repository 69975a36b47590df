// SPDX-License-Identifier: Apache-2.0
// What is said of a printed table as a whole. A detail of module source.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "source/pdf_rows.h"

namespace onus::source {

// What was seen while the pages were read. Numbers of pages ascend.
struct PrintSeen {
  std::vector<std::int32_t> no_text = {};    // no words: an image, or blank
  std::vector<std::int32_t> coded = {};      // characters without a key
  std::vector<std::int32_t> bad = {};        // pdftotext failed at them
  std::vector<std::int32_t> no_rows = {};    // text, but no row of the table
  std::vector<std::int32_t> ids_apart = {};  // as many rows as ids were not found
  std::int64_t turned = 0;                   // pages whose text does not run to the right
  std::int64_t decoded = 0;                  // pages
  std::int32_t shift = 0;                    // by which they were decoded
  std::int64_t words_lost = 0;               // over the limit of a page
  std::map<std::int32_t, std::int64_t> rows_of_page = {};
};

// "3, 7-9, 12": at most 20 stretches, then ", …".
std::string page_list(const std::vector<std::int32_t>& pages);

std::vector<std::string> notes_of(const PrintSeen& seen, const PrintCounts& counts);

}  // namespace onus::source
