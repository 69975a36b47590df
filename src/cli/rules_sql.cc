// SPDX-License-Identifier: Apache-2.0
// onus rules sql and onus rules facts: the same rules on an engine of the user's own, where a log
// is too large for one machine.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/case_folder.h"
#include "cli/commands.h"
#include "cli/pack_choice.h"
#include "cli/stages.h"
#include "report/csv.h"
#include "rules/judge_sql.h"

namespace onus::cli {
namespace {

struct SqlRequest {
  std::vector<std::string> packs;
  std::string dialect = "duckdb";
  std::string relation = "facts";
};

struct FactsRequest {
  std::filesystem::path case_dir;
  std::filesystem::path file = "facts.parquet";
};

Result<Exit> sql(const SqlRequest& request) {
  ONUS_TRY(const std::vector<rules::Pack> packs, choose_packs(request.packs));
  const bool spark = request.dialect == "spark";
  ONUS_TRY_VOID(
      print_result(rules::judging_sql(packs, spark ? rules::Dialect::spark : rules::Dialect::duckdb,
                                      request.relation) +
                   "\n"));
  return Exit::done;
}

Result<Exit> facts(const FactsRequest& request) {
  if (request.file.extension() != ".parquet")
    return fail(Code::usage, fmt::format("the file's name ends in .parquet, unlike '{}'",
                                         request.file.string()));
  const std::filesystem::path dir = std::filesystem::absolute(request.file).parent_path();
  if (!std::filesystem::is_directory(dir))
    return fail(Code::not_found, fmt::format("there is no folder {}", dir.string()));
  ONUS_TRY(CaseFolder folder, CaseFolder::open_existing(request.case_dir, dir));
  ONUS_TRY_VOID(report::write_select(folder.db(), rules::facts_export_sql(),
                                     dir / request.file.filename(),
                                     "(FORMAT parquet, COMPRESSION zstd)"));
  ONUS_TRY(const std::int64_t count, folder.db().query_integer("SELECT count(*) FROM facts"));
  ONUS_TRY_VOID(
      print_result(fmt::format("{} accesses in {}\n", grouped(count), request.file.string())));
  return Exit::done;
}

}  // namespace

void add_rules_sql(CLI::App& rules, Program& program) {
  auto request = std::make_shared<SqlRequest>();
  CLI::App* app = rules.add_subcommand("sql", "Packs as one query for DuckDB or Spark SQL");
  app->add_option("packs", request->packs, "Ids or TOML files; default: all built in")
      ->type_name("PACK");
  app->add_option("--dialect", request->dialect, "Which engine reads it")
      ->check(CLI::IsMember({"duckdb", "spark"}))
      ->capture_default_str();
  app->add_option("--from", request->relation, "The table or view with the facts, as in the query")
      ->type_name("TABLE")
      ->capture_default_str();
  app->footer(
      "The query reads what `onus rules facts` writes, and gives one row for each access and one\n"
      "column for each rule, named by its id: \"breach:forbidden\", \"cannot_tell:unknown:when\".\n"
      "Detectors are not in it. Spark must be 3.4 or later.\n\n"
      "  onus rules facts --case case-2026 -o facts.parquet\n"
      "  onus rules sql us-il-5-2-130 --dialect spark > rules.sql\n"
      "  spark-sql -e \"CREATE TEMPORARY VIEW facts USING parquet OPTIONS (path 'facts.parquet');\n"
      "    CREATE TABLE outcomes AS $(cat rules.sql)\"");
  app->callback([request, &program] { program.chosen = [request] { return sql(*request); }; });
}

void add_rules_facts(CLI::App& rules, Program& program) {
  auto request = std::make_shared<FactsRequest>();
  CLI::App* app = rules.add_subcommand("facts", "What rules can read of a case, as Parquet");
  app->add_option("--case", request->case_dir, "A case that was audited")
      ->required()
      ->type_name("DIR");
  app->add_option("-o,--output", request->file, "The file; it is replaced")
      ->type_name("FILE")
      ->capture_default_str();
  app->footer(
      "One row for each access with the facts of docs/rule-language.md: no one who was looked up,\n"
      "no user, no reason as it was written.");
  app->callback([request, &program] { program.chosen = [request] { return facts(*request); }; });
}

}  // namespace onus::cli
