// SPDX-License-Identifier: Apache-2.0
// Where the store and the key of an audit live.
//
// With --case DIR both are kept (DIR/store.duckdb, DIR/key with mode 0600), so that next month's
// files are added and tokens stay equal, and with them a ledger of the audits (cli/case_ledger.h).
// Without it the store is a temporary folder and the key
// exists in memory only: nothing that outlives the run can undo a pseudonym.
#pragma once

#include <filesystem>
#include <optional>

#include "base/digest.h"
#include "base/file.h"
#include "base/result.h"
#include "store/database.h"

namespace onus::cli {

class CaseFolder {
 public:
  // An empty `dir`: temporary. `export_dir` must exist: it is the only folder the store may write
  // to. Code::conflict where the case is another version's, another process has it open, or its key
  // is not the one that its tokens were made with.
  static Result<CaseFolder> open(const std::filesystem::path& dir,
                                 const std::filesystem::path& export_dir);

  // The same for a case that is there already, with accesses that were judged; else
  // Code::not_found.
  static Result<CaseFolder> open_existing(const std::filesystem::path& dir,
                                          const std::filesystem::path& export_dir = {});

  store::Database& db() { return *db_; }
  const Digest& key() const { return key_; }
  bool kept() const { return !temporary_.has_value(); }

 private:
  CaseFolder() = default;
  std::optional<TempDir> temporary_;  // first: it must go last
  std::optional<store::Database> db_;
  Digest key_{};
};

}  // namespace onus::cli
