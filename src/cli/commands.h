// SPDX-License-Identifier: Apache-2.0
// The commands of the program, one file each. Each adds itself to the command line and leaves in
// `chosen` what to do; main runs that and turns its answer into an exit code.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/exit.h"

namespace CLI {
class App;
}

namespace onus::cli {

using Action = std::function<Result<Exit>()>;

struct Program {
  std::vector<std::string> command;  // as typed, for run.json
  Action chosen;
};

void add_audit(CLI::App& app, Program& program);
void add_verify(CLI::App& app, Program& program);
void add_diff(CLI::App& app, Program& program);
void add_reconcile(CLI::App& app, Program& program);
void add_profiles(CLI::App& app, Program& program);
void add_packs(CLI::App& app, Program& program);
void add_replay(CLI::App& app, Program& program);
void add_rules(CLI::App& app, Program& program);
void add_explain(CLI::App& rules, Program& program);    // parts of add_rules
void add_rules_sql(CLI::App& rules, Program& program);  //
void add_rules_facts(CLI::App& rules, Program& program);
void add_ledger(CLI::App& app, Program& program);
void add_eval(CLI::App& app, Program& program);
void add_agencies(CLI::App& app, Program& program);
void add_train(CLI::App& app, Program& program);
void add_sample(CLI::App& app, Program& program);
void add_estimate(CLI::App& app, Program& program);
void add_agree(CLI::App& app, Program& program);

}  // namespace onus::cli
