// SPDX-License-Identifier: Apache-2.0
// The one way to a table, whatever it is in. Errors name the input.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>

#include "base/digest.h"
#include "base/result.h"
#include "source/expand.h"
#include "source/json.h"
#include "source/table.h"

namespace onus::source {

// Whether its records are nested, so that what are its columns must be said.
bool has_paths(const InputFile& input);

// Whether its bytes are read from first to last, as they stand.
bool reads_in_order(const InputFile& input);

// Nothing beside the input is ever written. `paths`: its columns where has_paths(), else of no use.
// `hash`: gets all bytes that are read, so that at the end it has what fingerprint_of() gives; only
// where reads_in_order(). It outlives the stream.
Result<std::unique_ptr<TableStream>> open_table(const InputFile& input, const Budget& budget,
                                                std::span<const std::string> paths = {},
                                                Sha256* hash = nullptr);

// Of an input that has_paths(): which of these are in its first records, and what else.
Result<JsonSurvey> survey(const InputFile& input, std::span<const std::string> paths,
                          const Budget& budget, std::int64_t max_records);

// What the table is known by. `sha256` is of its bytes, inflated, so that a log and its .gz are the
// same. A sheet's is of its workbook's digest and then its name, as two sheets are two tables.
struct Fingerprint {
  Digest sha256{};
  std::int64_t bytes = 0;  // inflated; of a sheet, its workbook's
};
// Code::interrupted once `stop` is asked for.
Result<Fingerprint> fingerprint_of(const InputFile& input, const std::stop_token& stop = {});

}  // namespace onus::source
