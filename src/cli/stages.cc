// SPDX-License-Identifier: Apache-2.0
#include "cli/stages.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <thread>

#include "cli/signals.h"

namespace onus::cli {

int threads() { return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, 16U)); }

Result<void> prepare_output_dir(const std::filesystem::path& dir, std::string_view marker) {
  std::error_code error;
  std::filesystem::create_directories(dir, error);
  if (error)
    return fail(Code::io, fmt::format("cannot make {}: {}", dir.string(), error.message()));
  if (!std::filesystem::is_empty(dir, error) && !std::filesystem::exists(dir / marker)) {
    return fail(Code::usage, fmt::format("{} is neither empty nor a report of onus; choose another "
                                         "folder with -o",
                                         dir.string()));
  }
  return {};
}

Result<void> next_step(Screen& screen, std::string_view name) {
  if (interrupted()) return fail(Code::interrupted, fmt::format("interrupted before {}", name));
  screen.step(name);
  return {};
}

Result<ingest::IngestSummary> read_logs(store::Database& db, const Inputs& inputs,
                                        const std::string& owner, const Digest& key,
                                        Screen& screen) {
  ingest::IngestOptions options;
  options.files = inputs.files;
  options.profile = inputs.profile;
  options.extra_profiles = inputs.extra_profiles;
  options.owner = owner;
  options.key = key;
  options.threads = threads();
  options.progress = [&screen](const ingest::Progress& now) {
    screen.reading({.file = static_cast<std::int64_t>(now.file_index) + 1,
                    .files = static_cast<std::int64_t>(now.file_count),
                    .rows = now.rows,
                    .bytes = now.bytes_read,
                    .bytes_total = now.bytes_total});
    return !interrupted();
  };
  return ingest::ingest(db, options);
}

Result<void> all_were_read(const ingest::IngestSummary& read) {
  if (read.refused.empty()) return {};
  return tl::unexpected<Error>(read.refused[0].error);
}

std::vector<std::int32_t> file_ids(const ingest::IngestSummary& read) {
  std::vector<std::int32_t> ids;
  ids.reserve(read.files.size());
  for (const ingest::FileSummary& file : read.files) ids.push_back(file.file_id);
  return ids;
}

std::string unread_lines(const Inputs& inputs, const report::Messages& messages) {
  std::string out;
  for (const Unread& file : inputs.unread) {
    out += messages.text("screen.unread",
                         {{"file", file.file}, {"reason", messages.word("unread", file.reason)}}) +
           "\n";
  }
  return out;
}

Result<void> print_result(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (std::fflush(stdout) != 0) return fail(Code::io, "cannot write to standard output");
  return {};
}

}  // namespace onus::cli
