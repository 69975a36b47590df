// SPDX-License-Identifier: Apache-2.0
// Files to sightings and rejects: the first stage. It recognises each file by its profile, maps
// every row, keeps count of all of them (rows = sightings + rejects + headers + blanks, checked),
// and replaces whoever was looked up by keyed tokens before anything is stored. Knows no law.
//
// All files are recognised before the first is read: one that cannot be is an Error and leaves the
// store as it was. One that breaks while it is read is refused and the others are read; if there is
// no other, or it was named by itself, that is an Error. Each file is one transaction: a run that
// is cut off leaves that file's row in `files` as 'reading' and nothing else, and the next run
// reads it again. A file whose bytes are in the store already is skipped; under another name it
// gets a row with status 'duplicate'.
//
// Columns and positions count from 1. files.role is the log's; owner_label is what --owner, the
// `owner` column, the file's name or, in an agency's own log, the one agency in it says, in that
// order. In an agency's own log without an agency column the searcher's agency is the owner, while
// agency_state says 'not_exported'.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/digest.h"
#include "base/result.h"
#include "ingest/recognise.h"
#include "source/expand.h"
#include "source/table.h"
#include "store/database.h"

namespace onus::ingest {

struct Progress {
  std::size_t file_index = 0;  // from 0
  std::size_t file_count = 0;
  std::string_view file;
  std::int64_t rows = 0;  // of all files so far
  std::int64_t bytes_read = 0;
  std::int64_t bytes_total = 0;
};

struct IngestOptions {
  std::vector<source::InputFile> files;
  std::string profile;  // id of a profile or variant for all files; "": recognise
  std::vector<std::pair<std::string, std::string>> extra_profiles;  // name and TOML
  std::string owner;  // "Danville PD, IL"; "": from the file
  Digest key{};
  int threads = 2;
  source::Budget budget;  // of each file
  // Called after each block, on the caller's thread; false ends the run with Code::interrupted.
  std::function<bool(const Progress&)> progress;
};

enum class FileStatus { read, known, duplicate };

struct FileSummary {
  std::string path;
  FileStatus status = FileStatus::read;
  std::int32_t file_id = 0;
  std::string profile;  // what follows only where it was read
  std::int64_t rows = 0;
  std::int64_t sightings = 0;
  std::int64_t rejects = 0;
  std::int64_t headers = 0;
  std::int64_t blanks = 0;
  std::vector<std::string> notes;  // ingest/notes.h
};

// A file that could not be read after all: damaged, over the budget. Nothing of it is in the store.
struct RefusedFile {
  source::InputFile file;
  Error error;
};

struct IngestSummary {
  std::vector<FileSummary> files;
  std::vector<RefusedFile> refused;
  std::int64_t rows = 0;  // of those that were read
  std::int64_t sightings = 0;
  std::int64_t rejects = 0;
};

Result<IngestSummary> ingest(store::Database& db, const IngestOptions& options);

// What `onus profiles test FILE` shows: which profile, why, and how each column would be read.
// `recognition` points into `profiles`.
struct ProfileTest {
  std::vector<Profile> profiles;
  Recognition recognition;
  source::Dialect dialect;
};
Result<ProfileTest> test_profiles(
    const source::InputFile& file, std::string_view forced_profile,
    const std::vector<std::pair<std::string, std::string>>& extra_profiles);

}  // namespace onus::ingest
