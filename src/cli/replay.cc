// SPDX-License-Identifier: Apache-2.0
// onus replay: what other law, or the law of another day, would say of lookups that were recorded.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "cli/case_folder.h"
#include "cli/commands.h"
#include "cli/pack_choice.h"
#include "cli/screen.h"
#include "cli/stages.h"
#include "record/hide.h"
#include "report/csv.h"
#include "report/replay_page.h"
#include "rules/local_time.h"
#include "rules/replay.h"

namespace onus::cli {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t kShown = 20;

struct ReplayRequest {
  std::filesystem::path case_dir;
  std::filesystem::path output_dir = "replay";
  std::vector<std::string> old_packs, new_packs;
  std::string as_of;
  std::string language = "en";
  bool fail_on = false;
  bool json = false;
};

Json counts_json(const std::vector<rules::ReplayCount>& counts, const char* name) {
  Json out = Json::array();
  for (const rules::ReplayCount& count : counts)
    out.push_back({{name, count.name},
                   {"kind", count.kind},
                   {"accesses", count.accesses},
                   {"lookups", count.lookups}});
  return out;
}

std::string json_of(const rules::Replay& replay, const ReplayRequest& request) {
  const Json out{{"onus", ONUS_VERSION},
                 {"note", "On the face of the logs; no verdicts."},
                 {"as_of", request.as_of.empty() ? Json() : Json(request.as_of)},
                 {"accesses", replay.accesses},
                 {"rules_before", replay.old_rules},
                 {"rules_after", replay.new_rules},
                 {"before_not_recorded", replay.not_recorded},
                 {"kinds", counts_json(replay.kinds, "name")},
                 {"rules", counts_json(replay.rules, "rule")},
                 {"agencies", counts_json(replay.agencies, "agency")},
                 {"actors", counts_json(replay.actors, "actor")},
                 {"months", counts_json(replay.months, "month")}};
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string part(std::string_view title, const std::vector<rules::ReplayCount>& counts) {
  std::string out = fmt::format("\n{}\n", title);
  for (std::size_t i = 0; i < counts.size() && i < kShown; ++i)
    out += fmt::format("  {:>9} accesses  {:<20} {}\n", grouped(counts[i].accesses), counts[i].kind,
                       counts[i].name);
  if (counts.size() > kShown)
    out += fmt::format("  and {} more in replay.json\n", counts.size() - kShown);
  return out;
}

std::string text_of(const rules::Replay& replay, const report::Messages& say) {
  std::string out = fmt::format("{} accesses, {} rules before, {} after.\n",
                                grouped(replay.accesses), replay.old_rules, replay.new_rules);
  if (!replay.not_recorded.empty())
    out += report::not_recorded_sentence(replay.not_recorded, say) + "\n";
  if (replay.kinds.empty()) return out + "Every outcome stays as it is.\n";
  for (const rules::ReplayCount& kind : replay.kinds)
    out += fmt::format("  {:<22} {:>9} accesses, {:>9} lookups\n", kind.kind,
                       grouped(kind.accesses), grouped(kind.lookups));
  return out + part("by rule", replay.rules) + part("by month", replay.months) +
         part("by agency", replay.agencies);
}

// Every cell that a log wrote as a text that no spreadsheet runs.
std::string evidence_csv() {
  return fmt::format(
      "SELECT * REPLACE ({} AS agency, {} AS actor, {} AS file) FROM ({}) ORDER BY "
      "rule_id, access_id",
      report::safe_cell_sql("agency"), report::safe_cell_sql("actor"),
      report::safe_cell_sql("file"), rules::replay_evidence_sql(record::without_tokens_sql));
}

std::vector<report::ReplayedCount> shown(const std::vector<rules::ReplayCount>& counts) {
  std::vector<report::ReplayedCount> out;
  out.reserve(counts.size());
  for (const rules::ReplayCount& count : counts)
    out.push_back({count.name, count.kind, count.accesses, count.lookups});
  return out;
}

// Of each rule on either side what it says, in the reader's language.
std::vector<std::pair<std::string, std::string>> titles_of(std::span<const rules::Pack> before,
                                                           std::span<const rules::Pack> after,
                                                           bool german) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const std::span<const rules::Pack> side : {after, before}) {
    for (const rules::Pack& pack : side) {
      for (const rules::Rule& rule : pack.rules)
        out.emplace_back(rule.id, german ? rule.title.de : rule.title.en);
    }
  }
  return out;
}

// The gravest changes first.
Result<std::vector<report::ReplayedRow>> some_rows(store::Database& db) {
  ONUS_TRY(const store::Rows rows,
           db.query(fmt::format(
               "SELECT rule_id, kind, old_outcome, new_outcome, \"when\", agency, actor, file, "
               "\"row\", line FROM ({}) ORDER BY list_position(['allow_to_deny', 'now_deny', "
               "'deny_to_allow', 'now_missing', 'no_longer_decidable', 'other'], kind), rule_id, "
               "access_id LIMIT 50",
               rules::replay_evidence_sql(record::without_tokens_sql))));
  std::vector<report::ReplayedRow> out;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const auto text = [&](std::size_t column) { return std::string(rows.text(r, column)); };
    out.push_back({text(0), text(1), text(2), text(3), text(4), text(5), text(6), text(7),
                   rows.integer(r, 8), rows.integer(r, 9)});
  }
  return out;
}

Result<void> write_page(store::Database& db, const rules::Replay& replay,
                        const ReplayRequest& request, std::span<const rules::Pack> before,
                        std::span<const rules::Pack> after, const report::Messages& say) {
  report::Replayed page{.accesses = replay.accesses,
                        .old_rules = replay.old_rules,
                        .new_rules = replay.new_rules,
                        .as_of = request.as_of,
                        .not_recorded = replay.not_recorded,
                        .kinds = shown(replay.kinds),
                        .rules = shown(replay.rules),
                        .agencies = shown(replay.agencies),
                        .actors = shown(replay.actors),
                        .months = shown(replay.months),
                        .titles = titles_of(before, after, request.language == "de"),
                        .rows = {}};
  ONUS_TRY(page.rows, some_rows(db));
  const report::Page drawn = report::replay_page(page, say, ONUS_VERSION);
  ONUS_TRY_VOID(write_file(request.output_dir / "style.css", report::style_sheet()));
  return write_file(request.output_dir / drawn.file, drawn.bytes);
}

Result<void> write_files(store::Database& db, const rules::Replay& replay,
                         const ReplayRequest& request, std::span<const rules::Pack> before,
                         std::span<const rules::Pack> after, const report::Messages& say) {
  ONUS_TRY_VOID(report::write_select(db, evidence_csv(), request.output_dir / "replay.csv"));
  ONUS_TRY_VOID(write_page(db, replay, request, before, after, say));
  return write_file(request.output_dir / "replay.json", json_of(replay, request));
}

Result<std::vector<rules::Pack>> packs_of(const std::vector<std::string>& named,
                                          const std::string& day) {
  ONUS_TRY(std::vector<rules::Pack> packs, choose_packs(named));
  if (day.empty()) return packs;
  return rules::as_of(packs, day);
}

Result<void> check(const ReplayRequest& request) {
  if (request.new_packs.empty() && request.as_of.empty())
    return fail(Code::usage, "say what is to be tried: --with PACK..., or --as-of DATE");
  if (!request.as_of.empty() &&
      (request.as_of.size() != 10 || !rules::parse_timestamp(request.as_of)))
    return fail(Code::usage,
                fmt::format("--as-of takes a day such as 2025-07-01, not '{}'", request.as_of));
  return {};
}

Result<Exit> replay_command(const ReplayRequest& request) {
  ONUS_TRY(const report::Messages say, report::Messages::load(request.language));
  ONUS_TRY_VOID(check(request));
  ONUS_TRY(const auto before, packs_of(request.old_packs, ""));
  ONUS_TRY(
      const auto after,
      packs_of(request.new_packs.empty() ? request.old_packs : request.new_packs, request.as_of));
  if (!std::filesystem::exists(request.case_dir / "store.duckdb"))
    return fail(Code::not_found,
                fmt::format("{} holds no case that was audited", request.case_dir.string()));
  ONUS_TRY_VOID(prepare_output_dir(request.output_dir, "replay.json"));
  ONUS_TRY(CaseFolder folder, CaseFolder::open_existing(request.case_dir, request.output_dir));
  ONUS_TRY(const rules::Replay replay,
           rules::replay(folder.db(), before, after, record::without_tokens_sql));
  ONUS_TRY_VOID(write_files(folder.db(), replay, request, before, after, say));
  ONUS_TRY_VOID(print_result(request.json ? json_of(replay, request) : text_of(replay, say)));
  return request.fail_on && !replay.kinds.empty() ? Exit::findings : Exit::done;
}

}  // namespace

void add_replay(CLI::App& app, Program& program) {
  auto request = std::make_shared<ReplayRequest>();
  CLI::App* replay =
      app.add_subcommand("replay", "What other law would say of lookups that were recorded");
  replay->add_option("--case", request->case_dir, "A case that was audited")
      ->required()
      ->type_name("DIR");
  replay
      ->add_option("--pack", request->old_packs,
                   "The law as it was applied: ids or TOML files. Default: all built in")
      ->type_name("PACK");
  replay->add_option("--with", request->new_packs, "The law to try instead")->type_name("PACK");
  replay
      ->add_option("--as-of", request->as_of,
                   "Try the rules that are in force on this day, for lookups of every day")
      ->type_name("DATE");
  replay
      ->add_option("-o,--output", request->output_dir,
                   "Folder for the page, replay.csv and replay.json")
      ->type_name("DIR")
      ->capture_default_str();
  replay->add_option("--lang", request->language, "Language of the page: en, de")
      ->type_name("LANG")
      ->capture_default_str();
  replay->add_flag("--fail-on-change", request->fail_on, "Exit with 1 if any outcome changes");
  replay->add_flag("--json", request->json, "Print the counts as JSON (the same as replay.json)");
  replay->footer(
      "Both sides are judged anew from the recorded facts; the case stays as it is. A rule is the\n"
      "same where its id is.\n\n"
      "  onus replay --case case-2026 --pack us-il-5-2-130 --with my-draft-of-the-bill.toml\n"
      "  onus replay --case case-2026 --as-of 2026-07-01\n\n"
      "  allow_to_deny        allowed, or no rule applied; now a breach\n"
      "  now_deny             could not be told, or missing; now a breach\n"
      "  deny_to_allow        a breach; now allowed, or no rule applies\n"
      "  now_missing          a required element is missing now\n"
      "  no_longer_decidable  was told; cannot be told now\n\n"
      "index.html shows them by rule, month, agency and user, with rows behind them;\n"
      "replay.csv has a line for each access and rule with another outcome, with its place in the\n"
      "log. Exit codes: 0 done, 1 changes (with --fail-on-change), 2 usage, 3 no such case or "
      "pack.");
  replay->callback(
      [request, &program] { program.chosen = [request] { return replay_command(*request); }; });
}

}  // namespace onus::cli
