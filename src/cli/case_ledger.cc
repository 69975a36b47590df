// SPDX-License-Identifier: Apache-2.0
#include "cli/case_ledger.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "cli/audit_record.h"
#include "ledger/seal.h"

namespace onus::cli {
namespace {

namespace fs = std::filesystem;

fs::path ledger_dir(const fs::path& case_dir) {
  fs::path path = fs::absolute(case_dir / "ledger").lexically_normal();
  return path;
}

}  // namespace

Result<void> begin_case_ledger(const fs::path& case_dir) {
  const fs::path dir = ledger_dir(case_dir);
  std::error_code error;
  if (fs::exists(dir / "log", error)) return {};
  fs::remove_all(dir, error);  // without `log` it is what a run left that was cut off
  fs::remove_all(case_dir / "ledger-guard", error);
  if (error)
    return fail(Code::io, fmt::format("cannot make {}: {}", dir.string(), error.message()));
  ONUS_TRY(const Digest seed, random_key());
  ONUS_TRY(const Digest name, random_key());
  const std::string origin = "onus.case/" + to_hex(name).substr(0, 16);
  return ledger::create(ledger::system_disk(), dir, {origin, "../ledger-guard", {}}, seed);
}

Result<ledger::Ledger> open_case_ledger(const fs::path& case_dir) {
  const fs::path dir = ledger_dir(case_dir);
  if (!fs::exists(dir / "log")) {
    return fail(
        Code::conflict,
        fmt::format("{} is missing: it proves what was audited before. Restore it, or begin "
                    "a new case",
                    dir.string()));
  }
  return ledger::Ledger::open(ledger::system_disk(), dir);
}

Result<std::uint64_t> record_audit(ledger::Ledger& ledger, const fs::path& report_dir) {
  ONUS_TRY(const std::vector<std::string> texts, audit_statements(report_dir));
  std::vector<ledger::Item> items;
  for (const std::string& text : texts) {
    ONUS_TRY(ledger::Item item, ledger::state(text));
    items.push_back(std::move(item));
  }
  ONUS_TRY(const std::uint64_t first, ledger.append(items));
  ONUS_TRY_VOID(ledger.publish());
  return first;
}

}  // namespace onus::cli
