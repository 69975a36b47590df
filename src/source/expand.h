// SPDX-License-Identifier: Apache-2.0
// Files and folders that a user named, as the list of files to read, and of files not read with the
// reason, so that a report can say what was left out.
//
// A folder gives all files below it but hidden ones (".x", and what is in a hidden folder).
// Symbolic links in it are not followed, so that no link leads out of it. Of a folder's files .csv,
// .tsv, .txt, .json, .ndjson, .jsonl, .cef, .leef, .parquet and .pdf are read, those packed as .gz,
// each sheet of an .xlsx or .xlsm, and the members of a .zip; a file that was named itself is read
// whatever its extension if it begins like text, as a PDF, or as a Parquet file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "source/table.h"

namespace onus::source {

enum class InputKind : std::uint8_t { csv, xlsx, pdf, json, ndjson, cef, parquet, unsupported };

// Why a file is unsupported.
enum class Unread : std::uint8_t {
  none,           // it is read
  extension,      // found in a folder, with an extension that is not read
  not_text,       // named, but its content is not text
  symbolic_link,  // found in a folder
  special_file,   // a device, socket or pipe
  workbook,       // found in a folder: an old, binary, encrypted or damaged one
  encrypted,      // a member of an archive
  damaged,        // an archive, or a member of one
  over_budget,    // an archive that inflates too much or holds too many, or archives in it too deep
};
std::string_view name(Unread reason);  // "symbolic_link"

class HeldFile;  // archive.h

// One table to read: a file, one sheet of a workbook, or a member of an archive, each of which is
// recognised, counted and hashed by itself.
struct InputFile {
  std::filesystem::path path;  // on disk, as it was named or found
  std::int64_t bytes = 0;      // a member's are inflated; a sheet's are its workbook's
  InputKind kind = InputKind::csv;
  Unread reason = Unread::none;
  std::string member =
      {};  // in an archive: "2025/log.csv", "inner.zip/log.csv"; "": the file itself
  Sheet sheet = {};
  bool gzip = false;
  bool named = false;  // by itself, so that a failure to read it is the caller's Error
  // Where a member is: in this archive, which many inputs share and which is held in memory as
  // long as one of them is; null: `path` is the archive.
  std::shared_ptr<const HeldFile> archive = {};
  std::int64_t entry = -1;  // its number there; -1: the file itself
  // Of a workbook that is no .xlsx, what it was converted to (convert.h); null: `path` is read.
  std::shared_ptr<const HeldFile> converted = {};
  // What file_name() is to say instead: it is read again, and had this name when it was first.
  std::string known_as = {};

  // "release.zip/2025/log.csv", "log.xlsx [Sheet 2: Audit]": what messages and files.path say.
  std::string name() const;
  // Without the sheet: what read_file_name() of ingest may take dates and an agency from.
  std::string file_name() const;
  std::string sheet_name() const;  // " [Sheet 2: Audit]"; "": none
};

// Sorted by the bytes of the path, then by sheet, each once. A workbook that was named and cannot
// be read is an Error that says what to do (xlsx.h). What is named and not there is
// Code::not_found; a folder that cannot be listed is Code::io, as half a folder must not pass for
// the whole; over a million files is Code::over_budget.
Result<std::vector<InputFile>> expand_inputs(std::span<const std::filesystem::path> named);

// By the extension, of those that are read; nothing for others.
std::optional<InputKind> kind_by_extension(const std::filesystem::path& path);
std::string lower_extension(const std::filesystem::path& path);  // ".csv"

// Whether bytes from a file's begin could be a table in text: no other format's signature, and
// hardly any control characters. Nothing at all is text.
bool looks_like_text(std::string_view begin);

}  // namespace onus::source
