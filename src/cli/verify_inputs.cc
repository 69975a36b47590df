// SPDX-License-Identifier: Apache-2.0
#include "cli/verify_inputs.h"

#include <algorithm>
#include <optional>

#include "base/digest.h"
#include "base/file.h"
#include "rules/rules.h"
#include "source/expand.h"
#include "source/open.h"

namespace onus::cli {
namespace {

namespace fs = std::filesystem;
using report::Messages;
using report::Ruler;

constexpr std::size_t kMaxText = 4U << 20;

// A file that was given. `table`: what a report knows a log by; `raw`: of its bytes.
struct Given {
  source::InputFile file;
  std::string table;
  std::string raw;
};

Result<std::vector<Given>> look_at_all(const std::vector<fs::path>& paths) {
  ONUS_TRY(const std::vector<source::InputFile> found, source::expand_inputs(paths));
  std::vector<Given> out;
  for (const source::InputFile& file : found) {
    Given one{file, {}, {}};
    if (file.entry < 0 && file.sheet.number == 0) {
      const Result<Digest> raw = sha256_file(file.path);
      if (raw) one.raw = to_hex(*raw);
    }
    if (file.kind != source::InputKind::unsupported) {
      const Result<source::Fingerprint> table = source::fingerprint_of(file);
      if (table) one.table = to_hex(table->sha256);
    }
    out.push_back(std::move(one));
  }
  return out;
}

std::string base_name(const std::string& name) { return fs::path(name).filename().string(); }

class Matcher {
 public:
  Matcher(const AuditRecord& record, std::vector<Given> given, const Messages& messages)
      : record_(record), given_(std::move(given)), say_(messages) {}

  Result<Rerun> run() {
    compare_programs();
    ONUS_TRY_VOID(take_profiles());
    for (const RecordedFile& file : record_.files) take_file(file);
    ONUS_TRY_VOID(take_packs());
    ONUS_TRY_VOID(take_agreements());
    ONUS_TRY_VOID(take_name_books());
    ONUS_TRY(out_.job.by_people, load_labels(path_of(record_.run.labels)));
    finish_run_info();
    return std::move(out_);
  }

 private:
  void differs(std::string_view what, const std::string& name, const std::string& then,
               const std::string& now) {
    if (then == now) return;
    out_.differences.push_back(say_.text(what, {{"name", name}, {"then", then}, {"now", now}}));
  }
  void misses(std::string_view what, const Ruler& one) {
    out_.missing.push_back(say_.text(what, {{"name", one.id}, {"sha256", one.sha256}}));
  }

  void compare_programs() {
    differs("verify.program_differs", "onus", record_.run.version, ONUS_VERSION);
    differs("verify.program_differs", "DuckDB", record_.run.engine, store::Database::version());
    differs("verify.ruler_differs", say_.text("verify.lexicon"), record_.run.lexicon_sha256,
            lexicon_sha256());
  }

  const Given* by_raw(const std::string& sha256) const {
    const auto found = std::ranges::find(given_, sha256, &Given::raw);
    return found == given_.end() ? nullptr : &*found;
  }

  // The text of a pack or profile that was given as a file.
  Result<std::optional<std::string>> text_of(const Ruler& ruler) const {
    const Given* file = by_raw(ruler.sha256);
    if (!file) return std::optional<std::string>();
    ONUS_TRY(std::string text, read_file(file->file.path, kMaxText));
    return std::optional(std::move(text));
  }

  Result<void> take_profiles() {
    ONUS_TRY(std::vector<Ruler> known, known_profiles({}));
    for (const Ruler& then : record_.run.profiles) {
      const auto now = std::ranges::find(known, then.id, &Ruler::id);
      if (now != known.end() && now->sha256 == then.sha256) continue;
      ONUS_TRY(const std::optional<std::string> text, text_of(then));
      if (text) {
        extra_profiles_.emplace_back(then.id, *text);
      } else if (now != known.end()) {
        differs("verify.ruler_differs", then.id, then.sha256, now->sha256);
      } else {
        misses("verify.ruler_missing", then);
      }
    }
    return {};
  }

  void take_file(const RecordedFile& file) {
    const auto same = std::ranges::find(given_, file.sha256, &Given::table);
    if (same != given_.end()) return read(*same, file);
    const auto other = std::ranges::find_if(given_, [&](const Given& one) {
      return !one.table.empty() && base_name(one.file.name()) == base_name(file.name) &&
             std::ranges::find(record_.files, one.table, &RecordedFile::sha256) ==
                 record_.files.end();
    });
    if (other == given_.end()) return misses("verify.file_missing", {file.name, file.sha256});
    differs("verify.file_differs", file.name, file.sha256, other->table);
    read(*other, file);
  }

  void read(const Given& given, const RecordedFile& file) {
    std::vector<Reading>& readings = out_.job.readings;
    if (readings.empty() || readings.back().owner != file.owner ||
        readings.back().inputs.profile != file.profile) {
      readings.push_back({{}, file.owner});
      readings.back().inputs.profile = file.profile;
      readings.back().inputs.extra_profiles = extra_profiles_;
    }
    source::InputFile input = given.file;
    input.known_as = file.name;
    const std::string sheet = input.sheet_name();
    if (file.name.ends_with(sheet)) input.known_as.resize(file.name.size() - sheet.size());
    input.named = true;
    readings.back().inputs.files.push_back(std::move(input));
  }

  Result<void> take_packs() {
    ONUS_TRY(const std::vector<rules::Pack> known, rules::load_packs(rules::builtin_packs()));
    for (const Ruler& then : record_.packs) {
      const auto now = std::ranges::find(known, then.id, &rules::Pack::id);
      if (now != known.end() && now->sha256 == then.sha256) {
        out_.job.packs.push_back(*now);
        continue;
      }
      ONUS_TRY(const std::optional<std::string> text, text_of(then));
      if (text) {
        const std::vector<rules::NamedText> file{{then.id, *text}};
        ONUS_TRY(std::vector<rules::Pack> loaded, rules::load_packs(file));
        out_.job.packs.push_back(std::move(loaded.front()));
      } else if (now != known.end()) {
        differs("verify.ruler_differs", then.id, then.sha256, now->sha256);
        out_.job.packs.push_back(*now);
      } else {
        misses("verify.ruler_missing", then);
      }
    }
    return {};
  }

  Result<void> take_agreements() {
    if (!record_.run.agreements) return {};
    const Given* file = by_raw(record_.run.agreements->sha256);
    if (!file) {
      misses("verify.ruler_missing", *record_.run.agreements);
      return {};
    }
    ONUS_TRY(out_.job.papers, load_agreements(file->file.path));
    out_.job.papers->name = record_.run.agreements->id;
    return {};
  }

  std::string path_of(const std::optional<Ruler>& book) {
    if (!book) return "";
    const Given* file = by_raw(book->sha256);
    if (!file) misses("verify.ruler_missing", *book);
    return file ? file->file.path.string() : "";
  }

  Result<void> take_name_books() {
    const std::string agencies = path_of(record_.run.agencies);
    ONUS_TRY(out_.job.names, load_name_books(agencies, path_of(record_.run.aliases)));
    return {};
  }

  // As recorded, so that it comes out as it was; only what is not the same is said anew.
  void finish_run_info() {
    report::RunInfo& run = out_.job.run;
    run = record_.run;
    run.version = ONUS_VERSION;
    run.engine = store::Database::version();
    run.lexicon_sha256 = lexicon_sha256();
    const Result<std::vector<Ruler>> known = known_profiles(extra_profiles_);
    if (known) run.profiles = *known;
  }

  const AuditRecord& record_;
  const std::vector<Given> given_;
  const Messages& say_;
  std::vector<std::pair<std::string, std::string>> extra_profiles_;
  Rerun out_;
};

}  // namespace

Result<Rerun> rerun_of(const AuditRecord& record, const std::vector<fs::path>& given,
                       const Messages& messages) {
  ONUS_TRY(std::vector<Given> all, look_at_all(given));
  return Matcher(record, std::move(all), messages).run();
}

}  // namespace onus::cli
