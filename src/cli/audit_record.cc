// SPDX-License-Identifier: Apache-2.0
#include "cli/audit_record.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "base/file.h"
#include "ingest/notes.h"

namespace onus::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::size_t kMaxRunJson = 64U << 20;
constexpr std::size_t kMaxPart = 60'000;  // an entry has at most 65,535 bytes
constexpr std::array kResults = {"findings.csv", "findings.json", "findings.parquet",
                                 "lookups.parquet", "rejects.csv"};

// Throws Json::exception for what is not there: read_audit_record() takes it.
report::Ruler ruler_of(const Json& json, const char* name) {
  return {json.at(name), json.at("sha256")};
}

std::string text_or_none(const Json& json) { return json.is_null() ? "" : json.get<std::string>(); }

RecordedFile file_of(const Json& json) {
  RecordedFile file{json.at("file"), json.at("sha256"), text_or_none(json.at("owner_given")), {}};
  const std::string given = std::string(ingest::note::kProfileGiven) + "|";
  for (const std::string note : json.at("notes")) {
    if (note.starts_with(given)) file.profile = note.substr(given.size());
  }
  return file;
}

// Of a file that was given twice only the first was read: the others go the same way.
void follow_originals(std::vector<RecordedFile>& files) {
  for (RecordedFile& file : files) {
    const auto first = std::find_if(files.begin(), files.end(), [&](const RecordedFile& other) {
      return other.sha256 == file.sha256;
    });
    file.owner = first->owner;
    file.profile = first->profile;
  }
}

AuditRecord record_of(const Json& json) {
  AuditRecord out;
  out.run = {.version = json.at("onus"),
             .engine = json.at("engine"),
             .command = json.at("command"),
             .language = json.at("language"),
             .lexicon_sha256 = json.at("lexicon_sha256")};
  for (const Json& one : json.at("not_read")) {
    out.run.unread.push_back({one.at("file"), one.at("reason")});
  }
  for (const Json& one : json.at("profiles")) out.run.profiles.push_back(ruler_of(one, "profile"));
  if (const Json& papers = json.at("agreements"); !papers.is_null()) {
    out.run.agreements = ruler_of(papers, "file");
  }
  for (const auto& [member, book] :
       {std::pair("agencies", &out.run.agencies), std::pair("aliases", &out.run.aliases),
        std::pair("labels", &out.run.labels)}) {
    if (const Json& file = json.at(member); !file.is_null()) *book = ruler_of(file, "file");
  }
  for (const Json& one : json.at("files")) out.files.push_back(file_of(one));
  for (const Json& one : json.at("packs")) out.packs.push_back(ruler_of(one, "pack"));
  follow_originals(out.files);
  return out;
}

Result<std::vector<std::string>> lines_of(const AuditRecord& record, const fs::path& report_dir) {
  std::vector<std::string> lines{
      fmt::format("program {}, engine {}", record.run.version, record.run.engine),
      "lexicon " + record.run.lexicon_sha256};
  const auto add = [&](std::string_view kind, const report::Ruler& one) {
    lines.push_back(fmt::format("{} {} {}", kind, one.id, one.sha256));
  };
  for (const report::Ruler& one : record.run.profiles) add("profile", one);
  for (const report::Ruler& one : record.packs) add("pack", one);
  if (record.run.agreements) lines.push_back("agreements " + record.run.agreements->sha256);
  if (record.run.agencies) lines.push_back("agencies " + record.run.agencies->sha256);
  if (record.run.aliases) lines.push_back("aliases " + record.run.aliases->sha256);
  if (record.run.labels) lines.push_back("labels " + record.run.labels->sha256);
  for (const RecordedFile& file : record.files) lines.push_back("input " + file.sha256);
  for (const char* name : kResults) {
    ONUS_TRY(const Digest digest, sha256_file(report_dir / name));
    add("result", {name, to_hex(digest)});
  }
  return lines;
}

}  // namespace

Result<AuditRecord> read_audit_record(const fs::path& report_dir) {
  ONUS_TRY(const std::string bytes, read_file(report_dir / "run.json", kMaxRunJson));
  try {
    return record_of(Json::parse(bytes));
  } catch (const Json::exception&) {
    return fail(Code::bad_input,
                fmt::format("{} is not of a report that this version can run again",
                            (report_dir / "run.json").string()));
  }
}

Result<std::vector<std::string>> audit_statements(const fs::path& report_dir) {
  ONUS_TRY(const AuditRecord record, read_audit_record(report_dir));
  ONUS_TRY(const std::vector<std::string> lines, lines_of(record, report_dir));
  std::vector<std::string> parts{""};
  for (const std::string& line : lines) {
    if (parts.back().size() + line.size() > kMaxPart) parts.emplace_back();
    parts.back() += line + "\n";
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    parts[i] = fmt::format("onus-audit/v1\npart {} of {}\n{}", i + 1, parts.size(), parts[i]);
  }
  return parts;
}

}  // namespace onus::cli
