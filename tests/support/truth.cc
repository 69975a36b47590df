// SPDX-License-Identifier: Apache-2.0
#include "support/truth.h"

#include <algorithm>
#include <utility>

#include "support/output.h"

namespace onus::makelogs {
namespace {

constexpr std::string_view kHeader =
    "file,row,kind,act,when,agency,agency_state,agency_level,officer,subject,owner,owner_state,"
    "actor_state,subject_state,reason_state,purpose,offence,specificity,topic,on_behalf_of,plant,"
    "expected\n";
constexpr std::size_t kTailFields = 19;

void cell(std::string& out, std::string_view text) {
  out.push_back(',');
  if (text.find_first_of(",\"\n") == std::string_view::npos) {
    out.append(text);
    return;
  }
  out.push_back('"');
  for (const char c : text) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  out.push_back('"');
}

void add(std::string& list, std::string_view item) {
  if (!list.empty()) list.push_back(';');
  list.append(item);
}

// 625 ILCS 5/2-130: (b) a forbidden purpose of a state or local body; (c) a written declaration,
// which no log shows. Whether the United States falls under either cannot be told.
std::string illinois(const Agency& searcher, bool forbidden, bool specific) {
  std::string list;
  const bool outside = searcher.state != "IL";
  if (forbidden && outside && specific && searcher.level != Level::federal) {
    add(list, "il-2-130-b=breach");
  }
  if (forbidden && (!outside || searcher.level == Level::federal)) {
    add(list, "il-2-130-b=cannot_tell");
  }
  if (outside) add(list, "il-2-130-c=cannot_tell");
  return list;
}

void json_text(std::string& out, std::string_view key, std::string_view text) {
  out.append("\"").append(key).append("\": \"");
  for (const char c : text) {
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  out.append("\", ");
}

void json_number(std::string& out, std::string_view key, std::uint64_t number) {
  out.append("\"").append(key).append("\": ");
  append_number(out, number);
  out.append(", ");
}

void json_file(std::string& out, const FileTruth& file) {
  out.append("    {");
  json_text(out, "file", file.file);
  json_text(out, "format", file.format);
  json_text(out, "variant", file.variant);
  json_text(out, "owner", file.owner);
  json_number(out, "rows", file.rows);
  for (std::size_t kind = 0; kind < kRowKinds; ++kind) {
    json_number(out, row_kind_name(static_cast<RowKind>(kind)), file.by_kind[kind]);
  }
  json_number(out, "distinct_acts", file.distinct_acts);
  std::string when;
  if (file.distinct_acts != 0) append_iso_time(when, file.first_ms, 'T', "Z");
  json_text(out, "first", when);
  when.clear();
  if (file.distinct_acts != 0) append_iso_time(when, file.last_ms, 'T', "Z");
  json_text(out, "last", when);
  out.replace(out.size() - 2, 2, "}");
}

}  // namespace

std::string_view row_kind_name(RowKind kind) {
  static constexpr std::string_view kNames[] = {"sighting", "header", "blank", "reject", "damaged"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string expected_outcomes(const World& world, std::uint32_t owner, const Act& act,
                              const Shown& shown) {
  const Agency& searcher = world.agency(act.agency);
  const std::string_view state = world.agency(owner).state;
  if (!shown.agency || !searcher.state_in_name || act.agency == owner) return {};
  if (state == "CA" && searcher.state != "CA") return "ca-1798.90.55-b=breach";
  if (state != "IL") return {};
  const std::string_view topic = shown.reading.topic;
  const bool forbidden =
      shown.reason == "value" && (topic == "immigration" || topic == "reproductive_health");
  return illinois(searcher, forbidden, shown.reading.specificity == "specific");
}

struct Truth::Out {
  Output file;
  std::string line;
};

Truth::Truth(std::unique_ptr<Out> out) : out_(std::move(out)) {}
Truth::Truth(Truth&&) noexcept = default;
Truth& Truth::operator=(Truth&&) noexcept = default;
Truth::~Truth() = default;

Result<Truth> Truth::open(const std::filesystem::path& csv) {
  if (csv.empty()) return Truth(nullptr);
  ONUS_TRY(Output file, Output::open(csv));
  file.write(kHeader);
  return Truth(std::make_unique<Out>(Out{std::move(file), {}}));
}

void Truth::row(FileTruth& file, RowKind kind, std::string_view tail) {
  ++file.rows;
  ++file.by_kind[static_cast<std::size_t>(kind)];
  if (out_ == nullptr) return;
  std::string& line = out_->line;
  line.clear();
  cell(line, file.file);
  line.erase(0, 1);
  line.push_back(',');
  append_number(line, file.rows);
  cell(line, row_kind_name(kind));
  if (tail.empty()) {
    line.append(kTailFields, ',');
  } else {
    line.append(tail);
  }
  line.push_back('\n');
  out_->file.write(line);
}

void Truth::sighting(FileTruth& file, RowKind kind, const Act& act, std::string_view tail) {
  if (act.id != file.last_act) {
    if (file.distinct_acts++ == 0) file.first_ms = act.when_ms;
    file.last_act = act.id;
    file.last_ms = std::max(file.last_ms, act.when_ms);
  }
  row(file, kind, tail);
}

Result<void> Truth::finish() {
  if (out_ == nullptr) return {};
  return out_->file.close();
}

void append_truth_tail(std::string& out, const World& world, const Act& act, const Shown& shown,
                       std::string_view owner, std::string_view owner_state,
                       std::string_view expected) {
  const Agency& agency = world.agency(act.agency);
  out.push_back(',');
  append_number(out, act.id);
  out.push_back(',');
  append_iso_time(out, act.when_ms, 'T', "Z");
  cell(out, agency.name);
  cell(out, agency.state);
  cell(out, level_name(agency.level));
  out.push_back(',');
  append_number(out, act.officer);
  out.push_back(',');
  if (act.subject != kNoSubject) append_number(out, act.subject);
  for (const std::string_view text :
       {owner, owner_state, shown.actor, shown.subject, shown.reason, shown.reading.purpose,
        shown.reading.offence, shown.reading.specificity, shown.reading.topic,
        shown.reading.on_behalf_of, act.plant, expected}) {
    cell(out, text);
  }
}

std::string truth_json(std::uint64_t seed, const std::vector<FileTruth>& files,
                       std::uint64_t distinct_acts) {
  std::string out = "{\n  ";
  json_number(out, "seed", seed);
  json_number(out, "distinct_acts", distinct_acts);
  out.append("\n  \"files\": [\n");
  for (std::size_t i = 0; i < files.size(); ++i) {
    json_file(out, files[i]);
    out.append(i + 1 < files.size() ? ",\n" : "\n");
  }
  return out.append("  ]\n}\n");
}

}  // namespace onus::makelogs
