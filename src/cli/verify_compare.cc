// SPDX-License-Identifier: Apache-2.0
#include "cli/verify_compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/digest.h"
#include "base/file.h"
#include "source/csv.h"
#include "store/database.h"

namespace onus::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::size_t kMaxFile = 2U << 30;

Result<std::set<std::string>> names_in(const fs::path& dir) {
  std::set<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(dir, error)) {
    names.insert(entry.path().filename().string());
  }
  if (error) return fail(Code::not_found, fmt::format("cannot list {}", dir.string()));
  return names;
}

Result<void> compare_files(const fs::path& then, const fs::path& now, Comparison& out) {
  ONUS_TRY(const std::set<std::string> old_names, names_in(then));
  ONUS_TRY(const std::set<std::string> new_names, names_in(now));
  for (const std::string& name : old_names) {
    if (!new_names.contains(name)) out.not_ours.push_back(name);
  }
  for (const std::string& name : new_names) {
    ++out.files;
    const Result<Digest> old_hash = sha256_file(then / name);
    ONUS_TRY(const Digest new_hash, sha256_file(now / name));
    if (!old_hash || *old_hash != new_hash) out.other_bytes.push_back(name);
  }
  return {};
}

// A rule's answers as one text: counts by outcome and reason, and why it could not run.
struct RuleAnswers {
  std::int64_t findings = 0;
  std::int64_t applicable = 0;
  std::string answers;
};

RuleAnswers answers_of(const Json& rule) {
  Json condition = Json::array();
  for (const Json& answer : rule.at("condition")) {
    if (answer.at("outcome") != "not_applicable") condition.push_back(answer);
  }
  return {rule.at("findings"), rule.at("applicable"),
          Json{condition, rule.at("cannot_run"), rule.at("detections")}.dump()};
}

Result<std::map<std::string, RuleAnswers>> rules_of(const fs::path& dir) {
  ONUS_TRY(const std::string bytes, read_file(dir / "findings.json", kMaxFile));
  std::map<std::string, RuleAnswers> out;
  try {
    const Json json = Json::parse(bytes);
    for (const Json& rule : json.at("rules")) out[rule.at("rule")] = answers_of(rule);
  } catch (const Json::exception&) {
    return fail(Code::bad_input,
                fmt::format("{} is not what an audit writes", (dir / "findings.json").string()));
  }
  return out;
}

Result<void> compare_rules(const fs::path& then, const fs::path& now, Comparison& out) {
  ONUS_TRY(const auto old_rules, rules_of(then));
  ONUS_TRY(const auto new_rules, rules_of(now));
  for (const auto& [id, old_one] : old_rules) {
    ++out.rules;
    out.findings += old_one.findings;
    const auto again = new_rules.find(id);
    if (again == new_rules.end()) {
      out.counts.push_back({id, old_one.findings, old_one.applicable, -1, 0});
    } else if (again->second.answers != old_one.answers) {
      const RuleAnswers& new_one = again->second;
      out.counts.push_back(
          {id, old_one.findings, old_one.applicable, new_one.findings, new_one.applicable});
    }
  }
  for (const auto& [id, new_one] : new_rules) {
    if (!old_rules.contains(id)) {
      out.counts.push_back({id, -1, 0, new_one.findings, new_one.applicable});
    }
  }
  return {};
}

// The order of rows in these files is that in which a case was added to, and says nothing.
Result<void> compare_rows(const fs::path& then, const fs::path& now, Comparison& out) {
  ONUS_TRY(const TempDir work, TempDir::make());
  ONUS_TRY(store::Database db, store::Database::open({.file = work.path() / "store.duckdb",
                                                      .spill_dir = work.path() / "spill",
                                                      .export_dir = now}));
  const auto is_same = [&](const std::string& name) {
    std::error_code error;
    const fs::path copy = now / ("published-" + name);
    if (!name.ends_with(".parquet") || !fs::copy_file(then / name, copy, error)) return false;
    const std::string sql = fmt::format(
        "SELECT count(*) FROM ((FROM {0} EXCEPT ALL FROM {1}) UNION ALL (FROM {1} EXCEPT ALL FROM "
        "{0}))",
        store::literal(copy.string()), store::literal((now / name).string()));
    const Result<std::int64_t> apart = db.query_integer(sql);
    return apart && *apart == 0;
  };
  const auto split = std::ranges::stable_partition(
      out.other_bytes, [&](const std::string& name) { return !is_same(name); });
  out.other_order.assign(split.begin(), split.end());
  out.other_bytes.erase(split.begin(), split.end());
  return {};
}

// Where a row stands moves with the rows before it; what it says does not.
constexpr std::string_view kPlaces[] = {"sha256_prefix", "page",        "row",
                                        "line",          "byte_offset", "byte_length"};

using Lines = std::multimap<std::string, FindingLine>;  // by all that is not its place

void add_line(const source::Record& record, const std::vector<std::string>& header, Lines& lines) {
  std::string key;
  FindingLine line;
  for (std::size_t i = 0; i < header.size() && i < record.cells.size(); ++i) {
    const std::string cell(record.cells[i].text);
    if (header[i] == "rule") line.rule = cell;
    if (header[i] == "outcome") line.outcome = cell;
    if (header[i] == "file") line.file = cell;
    if (header[i] == "row") line.row = cell;
    if (std::ranges::find(kPlaces, header[i]) == std::end(kPlaces)) key += cell + '\0';
  }
  lines.emplace(std::move(key), std::move(line));
}

Result<Lines> lines_of(const fs::path& dir) {
  ONUS_TRY(const std::string bytes, read_file(dir / "findings.csv", kMaxFile));
  ONUS_TRY(source::CsvStream stream, source::CsvStream::from_bytes(bytes, {}));
  std::vector<std::string> header;
  Lines lines;
  for (;;) {
    ONUS_TRY(std::optional<source::Block> block, stream.next());
    if (!block) return lines;
    source::Records records(*block);
    for (source::Record record; records.next(record);) {
      if (!header.empty()) {
        add_line(record, header, lines);
        continue;
      }
      for (const source::Cell& cell : record.cells) header.emplace_back(cell.text);
    }
  }
}

std::vector<FindingLine> only_in(const Lines& these, const Lines& those) {
  std::vector<FindingLine> out;
  for (auto at = these.begin(); at != these.end();) {
    const auto end = these.upper_bound(at->first);
    std::size_t others = those.count(at->first);
    for (; at != end; ++at) {
      if (others > 0) {
        --others;
      } else {
        out.push_back(at->second);
      }
    }
  }
  std::ranges::sort(out, {}, [](const FindingLine& line) {
    return std::tuple(line.rule, line.file, line.row.size(), line.row);
  });
  return out;
}

bool is_same(const Comparison& so_far, std::string_view file) {
  return std::ranges::find(so_far.other_bytes, file) == so_far.other_bytes.end();
}

}  // namespace

Result<Comparison> compare_reports(const fs::path& then, const fs::path& now) {
  Comparison out;
  ONUS_TRY_VOID(compare_files(then, now, out));
  ONUS_TRY_VOID(compare_rules(then, now, out));
  if (!out.other_bytes.empty()) ONUS_TRY_VOID(compare_rows(then, now, out));
  if (is_same(out, "findings.csv")) return out;
  ONUS_TRY(const Lines old_lines, lines_of(then));
  ONUS_TRY(const Lines new_lines, lines_of(now));
  out.only_then = only_in(old_lines, new_lines);
  out.only_now = only_in(new_lines, old_lines);
  return out;
}

}  // namespace onus::cli
