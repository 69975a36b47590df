// SPDX-License-Identifier: Apache-2.0
// The only catch-all of the program, and the only place where its exit code is decided.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "cli/commands.h"
#include "cli/signals.h"
#include "store/database.h"

namespace {

using onus::cli::Exit;

int run(int argc, char** argv) {
  onus::cli::Program program{.command = {argv, argv + argc}, .chosen = {}};
  CLI::App app{
      "onus makes every lookup answerable: it reads the audit logs of record systems that hold\n"
      "people's data, and says what was looked up, by whom, with which stated reason, what the\n"
      "law of that day says to it, and what the log cannot tell. It never finds, follows or ranks\n"
      "the people who were looked up.\n\n"
      "  onus audit LOGS -o report        then open report/index.html",
      "onus"};
  app.set_version_flag("--version", std::string("onus " ONUS_VERSION ", DuckDB ") +
                                        onus::store::Database::version());
  app.require_subcommand(1);
  app.footer(
      "Exit codes: 0 done, 1 findings (with --fail-on), 2 usage, 3 a file or pack cannot be\n"
      "used, 4 the system refused, 130 interrupted.");
  onus::cli::add_audit(app, program);
  onus::cli::add_verify(app, program);
  onus::cli::add_diff(app, program);
  onus::cli::add_reconcile(app, program);
  onus::cli::add_profiles(app, program);
  onus::cli::add_packs(app, program);
  onus::cli::add_replay(app, program);
  onus::cli::add_rules(app, program);
  onus::cli::add_ledger(app, program);
  onus::cli::add_eval(app, program);
  onus::cli::add_agencies(app, program);
  onus::cli::add_train(app, program);
  onus::cli::add_sample(app, program);
  onus::cli::add_estimate(app, program);
  onus::cli::add_agree(app, program);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : static_cast<int>(Exit::usage);
  }
  onus::cli::catch_signals();
  const onus::Result<Exit> exit = program.chosen();
  if (exit) return static_cast<int>(*exit);
  fmt::print(stderr, "onus: {}\n", exit.error().text());
  return static_cast<int>(onus::cli::exit_for(exit.error()));
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "onus: a bug in onus: %s\n", error.what());
  }
  return static_cast<int>(Exit::failure);
}
