// SPDX-License-Identifier: Apache-2.0
#include "support/scenarios.h"

#include <algorithm>
#include <utility>

#include "base/file.h"
#include "support/plants.h"
#include "support/sightings.h"

namespace onus::makelogs {
namespace {

constexpr int kZones[kFocalCount] = {-6, -8, -5, -6, -8, -8};

// A file of local days, the last one not included, as agencies ask for them.
FileSpec spec(std::string name, std::string_view format, std::uint32_t owner, const Date& from,
              const Date& to) {
  return {.name = std::move(name),
          .format = format,
          .owner = owner,
          .from_ms = local_midnight(from, kZones[owner]),
          .to_ms = local_midnight(to, kZones[owner])};
}

FileSpec with(FileSpec file, Mask mask, Damage damage = Damage::none,
              Encoding encoding = Encoding::utf8) {
  file.mask = mask;
  file.damage = damage;
  file.encoding = encoding;
  return file;
}

std::vector<FileSpec> illinois_files() {
  std::vector<FileSpec> files;
  files.push_back(spec("4_1_2025-5_1_2025-Fairhollow IL PD-Network-Audit.csv", "network-audit-11",
                       kIllinoisTown, {2025, 4, 1}, {2025, 5, 2}));
  files.push_back(spec("5_1_2025-6_1_2025-Fairhollow IL PD-Network-Audit.csv", "network-audit-11",
                       kIllinoisTown, {2025, 5, 1}, {2025, 6, 1}));
  files.push_back(with(spec("6_1_2025-7_1_2025-Fairhollow IL PD-Network-Audit.csv",
                            "network-audit-11", kIllinoisTown, {2025, 6, 1}, {2025, 6, 20}),
                       Mask::none, Damage::short_rows));
  files.push_back(spec("12_1_2025-1_1_2026-Fairhollow IL PD-Network-Audit.csv", "network-audit-13",
                       kIllinoisTown, {2025, 12, 1}, {2026, 1, 1}));
  files.push_back(spec("1_1_2026-2_1_2026-Fairhollow IL PD-Network-Audit.csv", "network-audit-13",
                       kIllinoisTown, {2026, 1, 1}, {2026, 2, 1}));
  files.push_back(spec("4_1_2025-7_1_2025-Fairhollow IL PD-Audit.csv", "organization-audit-13",
                       kIllinoisTown, {2025, 4, 1}, {2025, 7, 1}));
  files.push_back(
      spec("Federal Searches 2025.csv", "federal-10", kIllinoisTown, {2025, 1, 1}, {2025, 10, 1}));
  return files;
}

std::vector<FileSpec> other_files() {
  std::vector<FileSpec> files;
  files.push_back(spec("3_1_2025-5_1_2025-Larchmere CA PD-Network-Audit.csv", "network-audit-14",
                       kCaliforniaTown, {2025, 3, 1}, {2025, 5, 1}));
  files.push_back(spec("larchmere-ca-pd-portal-2026-03.csv", "portal-reason-offense",
                       kCaliforniaTown, {2026, 2, 1}, {2026, 3, 1}));
  files.push_back(with(spec("Gorsewater County CA SO-Network-Audit.csv", "released-5",
                            kCaliforniaCounty, {2025, 4, 1}, {2025, 5, 1}),
                       Mask::none));
  files.push_back(with(spec("7_1_2025-9_1_2025-Thornwick County VA SO-Network-Audit.csv",
                            "network-audit-13", kVirginiaCounty, {2025, 7, 1}, {2025, 9, 1}),
                       Mask::redacted));
  files.push_back(spec("Thornwick County VA SO event log.csv", "event-log", kVirginiaCounty,
                       {2025, 7, 1}, {2025, 9, 1}));
  files.push_back(spec("4_1_2025-5_1_2025-Quillmarch TX PD-Audit.csv", "organization-audit-14",
                       kTexasTown, {2025, 4, 1}, {2025, 5, 1}));
  files.push_back(spec("osiercombe-or-pd-portal-2025.csv", "portal-2025", kOregonTown,
                       {2025, 6, 18}, {2025, 12, 1}));
  return files;
}

// The days in which a format was in use.
std::pair<Date, Date> days_of(const Format& format) {
  if (format.portal && format.id != "portal-2025") return {{2026, 2, 1}, {2026, 4, 1}};
  if (format.id.ends_with("-offense")) return {{2026, 2, 1}, {2026, 4, 1}};
  if (format.id.ends_with("-13") || format.id.ends_with("-14")) {
    return {{2025, 12, 14}, {2026, 1, 8}};  // across both changes
  }
  if (format.id == "federal-10") return {{2025, 1, 1}, {2025, 8, 1}};
  return {{2025, 4, 1}, {2025, 6, 1}};
}

std::uint32_t owner_of(const Format& format) {
  if (format.view == View::owner) return kIllinoisTown;
  return format.view == View::events ? kVirginiaCounty : kCaliforniaTown;
}

}  // namespace

Scenario demo(std::uint64_t seed) {
  Scenario scenario{.seed = seed};
  scenario.files = illinois_files();
  for (FileSpec& file : other_files()) scenario.files.push_back(std::move(file));
  return scenario;
}

Scenario every_format(std::uint64_t seed) {
  Scenario scenario{.seed = seed};
  bool padded = true;
  for (const Format& format : formats()) {
    const auto [from, to] = days_of(format);
    FileSpec file = spec(std::string(format.id) + ".csv", format.id, owner_of(format), from, to);
    file.max_rows = from.year == to.year ? 400 : 2400;
    file.padded_times = padded = !padded;
    file.crlf = padded;
    scenario.files.push_back(std::move(file));
  }
  for (const Mask mask :
       {Mask::vendor, Mask::redacted, Mask::exemption, Mask::constant_reason, Mask::initials}) {
    FileSpec file = spec("masked-" + std::string(mask_name(mask)) + ".csv", "network-audit-13",
                         kCaliforniaTown, {2025, 3, 1}, {2025, 4, 1});
    file.max_rows = 400;
    scenario.files.push_back(with(std::move(file), mask));
  }
  FileSpec stacked =
      spec("stacked.csv", "network-audit-11", kIllinoisTown, {2025, 4, 1}, {2025, 4, 8});
  stacked.then_format = "network-audit-13";
  scenario.files.push_back(std::move(stacked));
  return scenario;
}

Scenario every_damage(std::uint64_t seed) {
  Scenario scenario{.seed = seed};
  const FileSpec plain = spec("", "network-audit-11", kIllinoisTown, {2025, 4, 1}, {2025, 5, 1});
  for (int i = 1; i <= static_cast<int>(Damage::cut_off); ++i) {
    FileSpec file = with(plain, Mask::none, static_cast<Damage>(i));
    file.name = "damaged-" + std::string(damage_name(file.damage)) + ".csv";
    file.max_rows = 600;
    scenario.files.push_back(std::move(file));
  }
  for (int i = 1; i <= static_cast<int>(Encoding::windows1252); ++i) {
    FileSpec file = with(plain, Mask::none, Damage::none, static_cast<Encoding>(i));
    file.name = "encoded-" + std::string(encoding_name(file.encoding)) + ".csv";
    file.max_rows = 600;
    scenario.files.push_back(std::move(file));
  }
  return scenario;
}

Result<Scenario> one_file(std::uint64_t seed, std::string_view format, std::uint64_t rows) {
  const Format* const found = find_format(format);
  if (found == nullptr) return fail(Code::usage, "no format is called " + std::string(format));
  if (found->view != View::owner) {
    return fail(Code::usage,
                "only formats of an owner's log come in any size, not " + std::string(format));
  }
  Scenario scenario{.seed = seed, .agencies = 3000, .expected_acts = rows};
  scenario.only_owner = kIllinoisTown;
  scenario.truth_rows = false;
  const std::int64_t whole = scenario.period.to_ms - scenario.period.from_ms;
  if (rows < 1'000'000) {
    scenario.period.to_ms =
        scenario.period.from_ms +
        std::max<std::int64_t>(whole * static_cast<std::int64_t>(rows) / 1'000'000, 7 * kDayMs);
  }
  FileSpec file;
  file.name = std::string(format) + ".csv";
  file.format = found->id;
  file.owner = kIllinoisTown;
  file.from_ms = scenario.period.from_ms;
  file.to_ms = INT64_MAX;
  file.max_rows = rows;
  scenario.files.push_back(std::move(file));
  return scenario;
}

Result<Written> write_logs(const Scenario& scenario, const std::filesystem::path& folder,
                           const std::filesystem::path& truth_folder) {
  const std::filesystem::path& beside = truth_folder.empty() ? folder : truth_folder;
  for (const std::filesystem::path& each : {folder, beside}) {
    std::error_code error;
    std::filesystem::create_directories(each, error);
    if (error) return fail(Code::io, "cannot make the folder " + each.string());
  }
  const World world(scenario.seed, scenario.agencies);
  ONUS_TRY(Truth truth,
           Truth::open(scenario.truth_rows ? beside / "truth.csv" : std::filesystem::path()));
  std::vector<LogFile> files;
  std::int64_t end_ms = 0;
  for (const FileSpec& each : scenario.files) {
    ONUS_TRY(LogFile file, LogFile::create(folder, each, world));
    files.push_back(std::move(file));
    end_ms = std::max(end_ms, each.to_ms);
  }
  Written written;
  ActStream stream(world, scenario.period, scenario.expected_acts,
                   plan_plants(world, scenario.period), scenario.only_owner);
  LookAlikes acts(world, stream, scenario.look_alikes);
  const auto full = [](const LogFile& file) { return file.full(); };
  while (!std::all_of(files.begin(), files.end(), full)) {
    const Act& act = acts.next();
    if (act.when_ms >= end_ms) break;
    bool taken = false;
    for (LogFile& file : files) taken |= file.offer(act, truth);
    if (taken) ++written.distinct_acts;
  }
  for (LogFile& file : files) {
    ONUS_TRY_VOID(file.finish(truth));
    written.files.push_back(file.totals());
  }
  ONUS_TRY_VOID(truth.finish());
  ONUS_TRY_VOID(write_file(beside / "truth.json",
                           truth_json(scenario.seed, written.files, written.distinct_acts)));
  return written;
}

}  // namespace onus::makelogs
