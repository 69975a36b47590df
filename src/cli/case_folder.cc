// SPDX-License-Identifier: Apache-2.0
#include "cli/case_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <thread>

#include "cli/case_ledger.h"
#include "record/tables.h"

namespace onus::cli {
namespace {

namespace fs = std::filesystem;

// Says whether a key is the one a case was made with, and nothing else about it.
std::string key_check(const Digest& key) {
  return to_hex(Hmac(key)("onus case key check")).substr(0, 16);
}

Result<Digest> read_key(const fs::path& path) {
  ONUS_TRY(const std::string bytes, read_file(path, 64));
  Digest key{};
  if (bytes.size() != key.size()) {
    return fail(Code::conflict, fmt::format("{} is not a case key (32 bytes)", path.string()));
  }
  std::copy(bytes.begin(), bytes.end(), key.begin());
  return key;
}

Result<Digest> key_of(const fs::path& dir) {
  const fs::path path = dir / "key";
  if (fs::exists(path)) return read_key(path);
  if (fs::exists(dir / "store.duckdb")) {
    return fail(Code::conflict,
                fmt::format("{} is missing: without it this case cannot be added to; "
                            "restore it or begin a new case",
                            path.string()));
  }
  ONUS_TRY(const Digest key, random_key());
  const std::string_view bytes(reinterpret_cast<const char*>(key.data()), key.size());
  ONUS_TRY_VOID(write_file(path, bytes, /*owner_only=*/true));
  return key;
}

Result<bool> has_schema(store::Database& db) {
  ONUS_TRY(const std::int64_t tables,
           db.query_integer("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'case_info'"));
  return tables > 0;
}

Result<void> begin_schema(store::Database& db, const Digest& key) {
  ONUS_TRY_VOID(db.run("BEGIN"));
  ONUS_TRY_VOID(db.run(record::schema_sql()));
  const std::array<std::string, 2> values{std::to_string(record::kSchemaVersion), key_check(key)};
  ONUS_TRY_VOID(db.query("INSERT INTO case_info VALUES (CAST(? AS INTEGER), ?)", values));
  return db.run("COMMIT");
}

Result<void> check_schema(store::Database& db, const Digest& key) {
  ONUS_TRY(const store::Rows info, db.query("SELECT schema_version, key_check FROM case_info"));
  if (info.size() != 1 || info.integer(0, 0) != record::kSchemaVersion) {
    return fail(Code::conflict, "the case was made by another version of onus; begin a new one");
  }
  if (info.text(0, 1) != key_check(key)) {
    return fail(Code::conflict,
                "the key of this case is not the one that its tokens were made with");
  }
  return {};
}

int threads() { return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, 64U)); }

// What the engine may hold in memory: it takes what it may, so that the same however large the case
// is. Each thread that writes Parquet needs some of its own.
std::uint64_t memory_limit() { return (512ULL + 256ULL * static_cast<unsigned>(threads())) << 20; }

}  // namespace

Result<CaseFolder> CaseFolder::open(const fs::path& dir, const fs::path& export_dir) {
  CaseFolder out;
  fs::path place = dir;
  if (dir.empty()) {
    ONUS_TRY(out.temporary_, TempDir::make());
    place = out.temporary_->path();
    ONUS_TRY(out.key_, random_key());
  } else {
    std::error_code error;
    fs::create_directories(dir, error);
    if (error)
      return fail(Code::io, fmt::format("cannot make {}: {}", dir.string(), error.message()));
    fs::permissions(dir, fs::perms::owner_all, error);
    ONUS_TRY(out.key_, key_of(dir));
  }
  ONUS_TRY(out.db_, store::Database::open({.file = place / "store.duckdb",
                                           .spill_dir = place / "spill",
                                           .export_dir = export_dir,
                                           .memory_limit_bytes = memory_limit(),
                                           .threads = threads(),
                                           .kept = out.kept()}));
  ONUS_TRY(const bool known, has_schema(*out.db_));
  if (known) {
    ONUS_TRY_VOID(check_schema(*out.db_, out.key_));
  } else {
    if (out.kept()) ONUS_TRY_VOID(begin_case_ledger(dir));
    ONUS_TRY_VOID(begin_schema(*out.db_, out.key_));
  }
  return out;
}

Result<CaseFolder> CaseFolder::open_existing(const fs::path& dir, const fs::path& export_dir) {
  const auto none = [&] {
    return fail(Code::not_found, fmt::format("{} holds no case that was audited: make one with "
                                             "`onus audit LOGS --case {}`",
                                             dir.string(), dir.string()));
  };
  if (!fs::exists(dir / "store.duckdb")) return none();
  ONUS_TRY(CaseFolder out, open(dir, export_dir));
  ONUS_TRY(
      const std::int64_t judged,
      out.db().query_integer("SELECT count(*) FROM duckdb_views() WHERE view_name = 'outcomes'"));
  if (judged == 0) return none();
  return out;
}

}  // namespace onus::cli
