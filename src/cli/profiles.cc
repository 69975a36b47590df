// SPDX-License-Identifier: Apache-2.0
// onus profiles: the formats that are known, and how a file would be read.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/inputs.h"
#include "ingest/ingest.h"

namespace onus::cli {
namespace {

struct TestRequest {
  std::filesystem::path file;
  std::string profile;
};

std::string_view reason_recorded(const ingest::Profile& profile) {
  const ingest::ProfileColumn* column = profile.column(ingest::Field::reason);
  for (const ingest::Detail& detail : profile.details) {
    if (detail.field == ingest::Field::reason) return "in the details";
  }
  if (!column) return "not in this log";
  return column->absent == record::CellState::absent_by_design ? "never" : "yes";
}

// The README's table of systems (tools/readme_systems.py puts it there).
Result<Exit> list_as_markdown() {
  ONUS_TRY(const std::vector<ingest::Profile> profiles, ingest::load_profiles({}));
  fmt::print("| Log | Profile | Kind of system | States a reason |\n|---|---|---|---|\n");
  for (const ingest::Profile& profile : profiles) {
    std::string ids;
    for (const ingest::Variant& variant : profile.variants) {
      ids += fmt::format("{}`{}`", ids.empty() ? "" : ", ", variant.id);
    }
    fmt::print("| {} | {} | {} | {} |\n", profile.title.en, ids, profile.system,
               reason_recorded(profile));
  }
  return Exit::done;
}

Result<Exit> list() {
  ONUS_TRY(const std::vector<ingest::Profile> profiles, ingest::load_profiles({}));
  for (const ingest::Profile& profile : profiles) {
    fmt::print("{:<28} {}\n", profile.id, profile.title.en);
    for (const ingest::Variant& variant : profile.variants) {
      if (variant.id != profile.id) fmt::print("  {:<26} {}\n", variant.id, variant.title.en);
    }
    if (!profile.coverage.en.empty()) fmt::print("  {}\n", profile.coverage.en);
  }
  return Exit::done;
}

std::string states(const ingest::ColumnReading& column) {
  std::string out;
  for (std::size_t i = 0; i < column.states.size(); ++i) {
    if (column.states[i] == 0) continue;
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", column.states[i],
                       record::name(static_cast<record::CellState>(i)));
  }
  return out;
}

std::string_view basis(ingest::RoleBasis role) {
  switch (role) {
    case ingest::RoleBasis::profile:
      return "the profile";
    case ingest::RoleBasis::given:
      return "your choice";
    case ingest::RoleBasis::file_name:
      return "the file's name";
    case ingest::RoleBasis::values:
      return "the agencies in it";
  }
  return "";
}

void print_reading(const ingest::ProfileTest& test) {
  const ingest::Recognition& found = test.recognition;
  fmt::print("profile   {} ({})\n", found.variant->id, found.profile->title.en);
  fmt::print("view      {}, by {}\n", record::name(found.variant->role), basis(found.role_basis));
  fmt::print("header    {}\n", found.header_given ? "paths into the records"
                               : found.header_row ? fmt::format("row {}", found.header_row)
                                                  : "none");
  fmt::print("encoding  {}\n", test.dialect.encoding);
  fmt::print("era       {}\n", found.era.empty() ? "-" : found.era);
  fmt::print("zone      {}\n\n",
             found.zone_stated ? "stated in the times" : "not stated; the profile's is assumed");
  fmt::print("{:<26} {:<14} {:<9} {}\n", "column", "field", "kind", "cells in the sample");
  for (const ingest::ColumnReading& column : found.columns) {
    const bool known = !column.field.empty();
    std::string cells = states(column);
    if (column.other > 0) cells += fmt::format("; {} not of the kind", column.other);
    fmt::print("{:<26} {:<14} {:<9} {}\n", column.header, known ? column.field : "(not read)",
               known ? ingest::name(column.kind) : "", cells);
  }
}

Result<Exit> test_table(const source::InputFile& file, const Inputs& inputs) {
  if (file.kind == source::InputKind::unsupported) {
    return fail(Code::bad_input,
                fmt::format("{} cannot be read ({})", file.name(), source::name(file.reason)));
  }
  ONUS_TRY(const ingest::ProfileTest test,
           ingest::test_profiles(file, inputs.profile, inputs.extra_profiles));
  if (test.recognition.match != ingest::Match::one) {
    fmt::print(stderr, "onus: {}\n", test.recognition.explain(file.name()));
    return Exit::input;
  }
  print_reading(test);
  return Exit::done;
}

// A workbook or an archive holds several tables; one that can be read is enough.
Result<Exit> test(const TestRequest& request) {
  Inputs inputs;
  ONUS_TRY(inputs, profile_choice(request.profile));
  const std::vector<std::filesystem::path> named{request.file};
  ONUS_TRY(const std::vector<source::InputFile> files, source::expand_inputs(named));
  Exit worst = Exit::input;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (files.size() > 1) fmt::print("{}{}\n", i == 0 ? "" : "\n", files[i].name());
    ONUS_TRY(const Exit exit, test_table(files[i], inputs));
    if (exit == Exit::done) worst = exit;
  }
  return worst;
}

}  // namespace

void add_profiles(CLI::App& app, Program& program) {
  CLI::App* profiles =
      app.add_subcommand("profiles", "Formats of logs: which are known, how a file would be read");
  profiles->require_subcommand(1);
  CLI::App* all = profiles->add_subcommand("list", "The formats that are built in");
  auto markdown = std::make_shared<bool>(false);
  all->add_flag("--markdown", *markdown, "As a table in Markdown");
  all->callback([markdown, &program] { program.chosen = *markdown ? list_as_markdown : list; });

  auto request = std::make_shared<TestRequest>();
  CLI::App* one =
      profiles->add_subcommand("test", "Show how a file would be read, without reading it");
  one->add_option("file", request->file, "A log")->required()->type_name("FILE");
  one->add_option("--profile", request->profile,
                  "By this profile: an id or a TOML file of your own")
      ->type_name("PROFILE");
  one->footer(
      "No cell of the file is shown: only how many are values, masks or empty.\n"
      "How to write a profile: docs/profiles.md");
  one->callback([request, &program] { program.chosen = [request] { return test(*request); }; });
}

}  // namespace onus::cli
