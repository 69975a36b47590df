// SPDX-License-Identifier: Apache-2.0
// The table of a printed PDF, by the places of its words. docs/formats-pdf.md is the manual: how it
// reads, what it cannot read, what its notes mean.
//
// A record is a row of the print; the first is the header as it was printed, if there is one.
// Position: `part` is the page and `line` the line on it; rows count through the document;
// byte_offset and byte_length are 0, as a PDF's text stands at no place in its bytes.
//
// Memory is flat: a sample of at most 64 pages while opening, then one page, and one block of rows.
// Refuses (an Error): what is no PDF or is locked, what has no text that can be read at all, and
// what is over the budget. Everything else is data: a row that belongs to nothing comes with
// Damage::out_of_place, and a page that was not read is named in a note.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "source/table.h"

namespace onus::source {

Result<std::unique_ptr<TableStream>> open_pdf(const std::filesystem::path& path,
                                              const Budget& budget);

}  // namespace onus::source
