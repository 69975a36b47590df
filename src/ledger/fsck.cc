// SPDX-License-Identifier: Apache-2.0
#include "ledger/fsck.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "tlog/tile.h"

namespace onus::ledger {
namespace {

using Erased = std::set<std::pair<std::uint64_t, std::string>>;

template <class Use>
Result<void> each_entry(const Ledger& ledger, Use&& use) {
  for (std::uint64_t at = 0; at < ledger.published();) {
    const std::uint64_t bundle = at / tlog::kTileWidth;
    const unsigned width = tlog::tile_width(0, bundle, ledger.published());
    ONUS_TRY(const std::string bytes, ledger.tile({tlog::Tile::kEntries, bundle, width}));
    const auto entries = tlog::split_bundle(bytes, width);
    if (!entries) return fail(Code::bad_input, fmt::format("bundle {} is cut off", bundle));
    const Result<std::vector<std::string>> openings = ledger.openings(bundle, width);
    for (unsigned i = 0; i < width; ++i, ++at) {
      const Result<tlog::Entry> entry = tlog::parse_entry((*entries)[i]);
      if (entry) use(at, *entry, openings ? (*openings)[i] : openings.error().message);
    }
  }
  return {};
}

// What is wrong with one record's opening, or nothing.
std::string wrong_with(const tlog::Record& record, std::uint64_t index, const std::string& bytes,
                       const Erased& erased, std::uint64_t& erased_groups) {
  const Result<tlog::Opening> opening = tlog::parse_opening(bytes);
  if (!opening) return opening.error().message;
  const Result<void> opens = tlog::check_opening(record, *opening);
  if (!opens) return opens.error().message;
  for (const tlog::Opened& one : *opening) {
    const bool told = erased.contains({index, one.group});
    erased_groups += one.erased ? 1 : 0;
    if (one.erased && !told) {
      return fmt::format("'{}' was destroyed, and no entry of the log says so", one.group);
    }
    if (!one.erased && told) {
      return fmt::format("'{}' is there again, though the log says that it was erased", one.group);
    }
  }
  return {};
}

}  // namespace

Result<PrivateReport> check_private(const Ledger& ledger) {
  Erased erased;
  ONUS_TRY_VOID(each_entry(ledger, [&](std::uint64_t, const tlog::Entry& entry, const auto&) {
    const auto* erasure = std::get_if<tlog::Erasure>(&entry);
    for (std::size_t i = 0; erasure && i < erasure->groups.size(); ++i) {
      erased.insert({erasure->index, erasure->groups[i]});
    }
  }));
  PrivateReport report;
  const auto check = [&](std::uint64_t at, const tlog::Entry& entry, const std::string& opening) {
    const auto* record = std::get_if<tlog::Record>(&entry);
    if (!record || report.first_bad) return;
    ++report.records;
    const std::string wrong = wrong_with(*record, at, opening, erased, report.erased_groups);
    if (wrong.empty()) return;
    report.first_bad = at;
    report.bad = fmt::format("entry {}: {}", at, wrong);
  };
  ONUS_TRY_VOID(each_entry(ledger, check));
  return report;
}

}  // namespace onus::ledger
