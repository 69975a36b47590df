// SPDX-License-Identifier: Apache-2.0
// Steps that more than one command takes: a folder to write to, files read into a store.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/result.h"
#include "cli/inputs.h"
#include "cli/screen.h"
#include "ingest/ingest.h"
#include "report/messages.h"
#include "store/database.h"

namespace onus::cli {

// How many threads a stage may use: one per processor, at most 16.
int threads();

// Makes the folder. It must be empty, or hold `marker`, a file of an earlier run, which is then
// replaced; anything else is somebody's (Code::usage).
Result<void> prepare_output_dir(const std::filesystem::path& dir, std::string_view marker);

// Names the step on the screen; Code::interrupted if the user ended the run before it.
Result<void> next_step(Screen& screen, std::string_view name);

// Reads all of `inputs`, with progress on the screen. `owner`: "" as the files say.
Result<ingest::IngestSummary> read_logs(store::Database& db, const Inputs& inputs,
                                        const std::string& owner, const Digest& key,
                                        Screen& screen);

// The error of the first file that broke while it was read: where two logs are compared, a part of
// one must not pass for the whole.
Result<void> all_were_read(const ingest::IngestSummary& read);

// The ids of the files that were given, in that order.
std::vector<std::int32_t> file_ids(const ingest::IngestSummary& read);

// "Not read: x.pdf (not a CSV file).", a line each.
std::string unread_lines(const Inputs& inputs, const report::Messages& messages);

Result<void> print_result(const std::string& text);

}  // namespace onus::cli
