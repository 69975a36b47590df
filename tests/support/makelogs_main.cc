// SPDX-License-Identifier: Apache-2.0
// onus-makelogs: made-up audit logs, with the truth about them. See docs/synthetic-logs.md.
#include <CLI/CLI.hpp>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>

#include "support/scenarios.h"
#include "support/sightings.h"
#include "support/systems.h"
#include "support/xlsx_form.h"

namespace onus::makelogs {
namespace {

struct Options {
  std::string folder;
  std::string format = "network-audit-11";
  std::uint64_t seed = 1;
  std::uint64_t rows = 0;
  std::uint64_t acts = 0;
  std::uint32_t owners = 12;
  std::uint32_t hidden = 50;
  bool demo = false;
  bool all_formats = false;
  bool damaged = false;
  bool systems = false;
  bool truth = false;
  bool xlsx = false;
  bool in_line = false;
};

void declare(CLI::App& app, Options& options) {
  app.add_option("-o,--output", options.folder, "folder to write into")->required();
  app.add_option("--seed", options.seed, "same seed, same bytes")->capture_default_str();
  auto* which = app.add_option_group("what", "one of");
  which->add_flag("--demo", options.demo, "a small folder as an auditor might be given");
  which->add_flag("--all-formats", options.all_formats, "one small file per format and mask");
  which->add_flag("--damaged", options.damaged, "one small file per kind of damage and encoding");
  which->add_flag("--systems", options.systems, "one small file per record system");
  which->add_option("--rows", options.rows, "one file with so many rows of data");
  which->add_option("--sightings", options.acts,
                    "so many searches, each in the logs of many owners, which differ");
  which->require_option(1);
  app.add_option("--owners", options.owners, "with --sightings: owners of logs")
      ->capture_default_str()
      ->check(CLI::Range(2, 300));
  app.add_option("--hidden", options.hidden, "with --sightings: hidden cells in per cent")
      ->capture_default_str()
      ->check(CLI::Range(0, 100));
  app.add_option("--format", options.format, "format for --rows")->capture_default_str();
  app.add_flag(
      "--xlsx", options.xlsx,
      "workbooks of one sheet in place of CSV, by turns with shared texts, dates, and days "
      "counted from 1904");
  app.add_flag("--inline", options.in_line, "with --xlsx: no shared texts, no dates");
  app.add_flag("--truth", options.truth, "with --rows: a line of truth.csv per row too");
}

Result<Scenario> scenario_of(const Options& options) {
  if (options.demo) return demo(options.seed);
  if (options.all_formats) return every_format(options.seed);
  if (options.damaged) return every_damage(options.seed);
  ONUS_TRY(Scenario scenario, one_file(options.seed, options.format, options.rows));
  scenario.truth_rows = options.truth;
  return scenario;
}

Result<void> make_workbooks(const Written& written, const Options& options) {
  std::size_t turn = 0;
  for (const FileTruth& file : written.files) {
    const XlsxForm form = {.shared_strings = !options.in_line && turn % 3 != 1,
                           .dates = !options.in_line && turn % 2 == 1,
                           .from_1904 = turn % 4 == 3};
    const std::filesystem::path csv = std::filesystem::path(options.folder) / file.file;
    std::filesystem::path xlsx = csv;
    ONUS_TRY_VOID(csv_to_xlsx(csv, xlsx.replace_extension(".xlsx"), form));
    std::error_code ignored;
    std::filesystem::remove(csv, ignored);
    ++turn;
  }
  return {};
}

Result<Written> run(const Options& options) {
  if (options.acts > 0) {
    const std::filesystem::path folder = options.folder;
    return write_logs(sightings(options.seed, options.acts, options.owners, options.hidden * 10),
                      folder / "logs", folder / "truth");
  }
  ONUS_TRY(const Scenario scenario, scenario_of(options));
  ONUS_TRY(Written written, write_logs(scenario, options.folder));
  if (options.xlsx) ONUS_TRY_VOID(make_workbooks(written, options));
  return written;
}

int write_systems(const Options& options) {
  const Result<std::size_t> files = write_system_samples(options.seed, options.folder);
  if (!files) {
    std::fprintf(stderr, "onus-makelogs: %s\n", files.error().text().c_str());
    return 2;
  }
  std::printf("%zu files in %s\n", *files, options.folder.c_str());
  return 0;
}

int run_program(int argc, char** argv) {
  CLI::App app("Writes made-up audit logs, and the truth about each row.");
  Options options;
  declare(app, options);
  CLI11_PARSE(app, argc, argv);
  if (options.systems) return write_systems(options);
  const Result<Written> written = run(options);
  if (!written) {
    std::fprintf(stderr, "onus-makelogs: %s\n", written.error().text().c_str());
    return 2;
  }
  std::uint64_t rows = 0;
  for (const FileTruth& file : written->files) rows += file.rows;
  std::printf("%zu files, %llu rows, %llu distinct searches in %s\n", written->files.size(),
              static_cast<unsigned long long>(rows),
              static_cast<unsigned long long>(written->distinct_acts), options.folder.c_str());
  return 0;
}

}  // namespace
}  // namespace onus::makelogs

int main(int argc, char** argv) { return onus::makelogs::run_program(argc, argv); }
