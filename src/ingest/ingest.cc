// SPDX-License-Identifier: Apache-2.0
#include "ingest/ingest.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>

#include "base/check.h"
#include "ingest/background_hash.h"
#include "ingest/background_writer.h"
#include "ingest/dictionaries.h"
#include "ingest/file_rows.h"
#include "ingest/fold.h"
#include "ingest/notes.h"
#include "ingest/pipeline.h"
#include "ingest/store_writer.h"
#include "ingest/tally.h"
#include "source/open.h"

namespace onus::ingest {
namespace {

struct Input {
  source::InputFile file;
  std::string path;  // as files.path has it
  FileName name;
  Recognition recognition;
};

struct Owner {
  std::string label;   // "": not known, or a column says
  std::string origin;  // as in files.owner_origin
};

// One run of the stage.
class Run {
 public:
  Run(store::Database& db, const IngestOptions& options, std::vector<Profile> profiles)
      : db_(db),
        options_(options),
        profiles_(std::move(profiles)),
        pseudonyms_(options.key),
        dictionaries_(pseudonyms_.link_key()) {}

  Result<IngestSummary> run();

 private:
  Result<Input> look_at(const source::InputFile& file);
  Result<void> recognise_all(std::vector<RefusedFile>& refused);
  Result<void> refuse(const source::InputFile& file, Error error,
                      std::vector<RefusedFile>& refused);
  Result<void> take_all(IngestSummary& out);
  Result<FileSummary> take(Input& input);
  Result<FileSummary> read_file(Input& input, const std::string& sha256);
  Result<bool> read_rows(const Input& input, const Owner& owner, FileRow& row);
  Result<bool> read_blocks(Pipeline& pipeline, const Input& input, BackgroundWriter& writer,
                           Tally& tally);
  Result<void> finish(const Input& input, source::TableStream& stream, const Tally& tally,
                      FileRow& row);
  Owner owner_of(const Input& input) const;
  std::string constant_agency(const Recognition& recognition, const Sample& sample) const;
  Result<void> report(const Input& input, std::int64_t bytes, std::int64_t rows);

  store::Database& db_;
  const IngestOptions& options_;
  std::vector<Profile> profiles_;
  Pseudonyms pseudonyms_;
  Dictionaries dictionaries_;
  std::vector<Input> inputs_;
  // Of the file that is being read: made of the bytes as they are read, or beside it.
  Sha256 read_hash_;
  std::optional<BackgroundHash> hash_;
  std::int64_t next_sighting_id_ = 0;
  std::size_t index_ = 0;
  std::int64_t bytes_before_ = 0, bytes_total_ = 0, rows_before_ = 0;
};

Result<Input> Run::look_at(const source::InputFile& file) {
  Input input{file, file.name(), read_file_name(file.file_name()), {}};
  ONUS_TRY_VOID(refuse_own_tables(file));
  ONUS_TRY(const std::vector<std::string> columns, sample_columns(file, profiles_));
  ONUS_TRY(const Sample sample, read_sample(file, columns));
  input.recognition = recognise(sample, profiles_, input.name, options_.profile);
  if (input.recognition.match == Match::one && input.recognition.header_given) {
    ONUS_TRY(input.recognition.header,
             file_columns(file, *input.recognition.profile, options_.budget,
                          std::numeric_limits<std::int64_t>::max()));
  }
  return input;
}

Result<void> Run::recognise_all(std::vector<RefusedFile>& refused) {
  for (const source::InputFile& file : options_.files) {
    Result<Input> input = look_at(file);
    if (!input) {
      ONUS_TRY_VOID(refuse(file, std::move(input.error()), refused));
      continue;
    }
    if (input->recognition.match != Match::one) {
      const bool several = input->recognition.match == Match::ambiguous;
      return fail(several ? Code::ambiguous : Code::bad_input,
                  input->recognition.explain(input->path));
    }
    bytes_total_ += file.bytes;
    inputs_.push_back(std::move(*input));
  }
  return {};
}

// What is wrong with one file of several does not keep the others from being read.
Result<void> Run::refuse(const source::InputFile& file, Error error,
                         std::vector<RefusedFile>& refused) {
  const bool of_the_file = error.code == Code::bad_input || error.code == Code::over_budget;
  if (file.named || !of_the_file || options_.files.size() == refused.size() + 1) {
    return tl::unexpected<Error>(std::move(error));
  }
  refused.push_back({file, std::move(error)});
  return {};
}

// The first agency named in an agency's own log. That there is no other is checked while reading.
std::string Run::constant_agency(const Recognition& recognition, const Sample& sample) const {
  std::vector<std::string_view> header(recognition.header.begin(), recognition.header.end());
  const Plan plan = make_plan(*recognition.profile, recognition.variant, header);
  if (!plan.has(Field::agency)) return "";
  const auto position = static_cast<std::size_t>(plan.position(Field::agency));
  for (std::size_t i = static_cast<std::size_t>(recognition.header_row); i < sample.rows.size();
       ++i) {
    if (position >= sample.rows[i].size()) continue;
    const std::string& cell = sample.rows[i][position];
    if (cell_state(cell, Field::agency, plan.profile->marks) == record::CellState::value) {
      return std::string(trimmed(cell));
    }
  }
  return "";
}

Owner Run::owner_of(const Input& input) const {
  if (!options_.owner.empty()) return {options_.owner, "given"};
  const Recognition& recognition = input.recognition;
  const std::vector<std::string_view> header(recognition.header.begin(), recognition.header.end());
  const Plan plan = make_plan(*recognition.profile, recognition.variant, header);
  if (plan.has(Field::owner)) return {"", "column"};
  if (!input.name.organisation.empty()) return {input.name.organisation, "file_name"};
  if (recognition.variant->role != record::LogRole::searcher) return {};
  const Result<Sample> sample = read_sample(input.file, recognition.header);
  std::string agency = sample ? constant_agency(recognition, *sample) : "";
  if (agency.empty()) return {};
  return {std::move(agency), "constant_agency"};
}

Result<void> Run::report(const Input& input, std::int64_t bytes, std::int64_t rows) {
  const Progress now{
      index_,      options_.files.size(), input.path, rows_before_ + rows, bytes_before_ + bytes,
      bytes_total_};
  if (!options_.progress || options_.progress(now)) return {};
  return fail(Code::interrupted, "interrupted");
}

// False: the file is not one agency's own log after all.
Result<bool> Run::read_blocks(Pipeline& pipeline, const Input& input, BackgroundWriter& writer,
                              Tally& tally) {
  for (;;) {
    ONUS_TRY(std::optional<Mapped> mapped, pipeline.next());
    if (!mapped) return true;
    Dictionaries::Numbers numbers = dictionaries_.add(mapped->batch);
    tally.add(*mapped, numbers);
    if (tally.many_agencies && input.recognition.refutable) return false;
    ONUS_TRY_VOID(writer.put(std::move(mapped->batch), std::move(numbers)));
    ONUS_TRY_VOID(report(input, mapped->bytes, tally.rows()));
  }
}

Result<void> Run::finish(const Input& input, source::TableStream& stream, const Tally& tally,
                         FileRow& row) {
  ONUS_CHECK(tally.rows() == stream.rows());
  if (stream.bytes() != input.file.bytes) {
    return fail(Code::io, "the file changed while it was read");
  }
  if (hash_) {
    ONUS_TRY(row.sha256, hash_->hex());
  } else if (row.sha256.empty()) {
    row.sha256 = to_hex(read_hash_.finish());
  }
  const std::vector<ColumnTally> columns = tally.columns(dictionaries_, pseudonyms_);
  row.summary.rows = tally.rows();
  row.summary.sightings = tally.sightings;
  row.summary.rejects = tally.rejects;
  row.summary.headers = tally.headers;
  row.summary.blanks = tally.blanks;
  row.summary.notes = tally.notes(columns, stream, input.name, input.recognition);
  row.era = tally.era(*input.recognition.profile);
  row.encoding = stream.dialect().encoding;
  row.zone_origin = tally.sightings == 0                   ? ""
                    : tally.zone_stated == 0               ? "assumed"
                    : tally.zone_stated == tally.sightings ? "stated"
                                                           : "mixed";
  row.first_when = tally.first_when;
  row.last_when = tally.last_when;
  for (const ColumnTally& column : columns) {
    if (column.field == "owner" && column.constant && row.owner_label.empty()) {
      row.owner_label = *column.constant;
    }
  }
  if (row.owner_label.empty() && row.owner_origin != "column") {
    row.summary.notes.emplace_back(note::kOwnerUnknown);
  }
  if (!options_.profile.empty()) {
    row.summary.notes.push_back(note::with(note::kProfileGiven, options_.profile));
  }
  ONUS_TRY_VOID(dictionaries_.write_new(db_));
  ONUS_TRY_VOID(write_columns(db_, row.summary.file_id, columns));
  ONUS_TRY_VOID(write_parts(db_, row.summary.file_id, tally.parts));
  return finish_file_row(db_, row);
}

// One transaction. False: nothing was kept, because the role does not hold.
Result<bool> Run::read_rows(const Input& input, const Owner& owner, FileRow& row) {
  read_hash_ = Sha256();
  ONUS_TRY(const std::unique_ptr<source::TableStream> stream,
           source::open_table(input.file, options_.budget, input.recognition.header,
                              row.sha256.empty() && !hash_ ? &read_hash_ : nullptr));
  Plans plans(profiles_, input.recognition);
  Tally tally;
  ONUS_TRY(StoreWriter writer, StoreWriter::open(db_, row.summary.file_id, next_sighting_id_));
  {
    Pipeline pipeline(*stream, std::nullopt, plans, pseudonyms_, owner.label, options_.threads);
    BackgroundWriter behind(writer);
    ONUS_TRY(const bool role_holds, read_blocks(pipeline, input, behind, tally));
    if (!role_holds) return false;
    ONUS_TRY_VOID(behind.finish());
  }
  ONUS_TRY_VOID(writer.close());
  ONUS_TRY_VOID(finish(input, *stream, tally, row));
  next_sighting_id_ = writer.next_sighting_id();
  rows_before_ += tally.rows();
  return true;
}

Result<FileSummary> Run::read_file(Input& input, const std::string& sha256) {
  FileRow row;
  row.summary.path = input.path;
  row.sha256 = sha256;
  row.bytes = input.file.bytes;
  if (sha256.empty() && !source::reads_in_order(input.file)) hash_.emplace(input.file);
  ONUS_TRY_VOID(begin_file_row(db_, row));
  for (;;) {
    const Owner owner = owner_of(input);
    row.owner_label = owner.label;
    row.owner_origin = owner.origin;
    row.summary.profile = input.recognition.variant->id;
    row.system = input.recognition.profile->system;
    row.role = input.recognition.variant->role;
    ONUS_TRY_VOID(db_.run("BEGIN TRANSACTION"));
    Result<bool> read = read_rows(input, owner, row);
    if (read && *read) {
      ONUS_TRY_VOID(db_.run("COMMIT"));
      return row.summary;
    }
    const Result<void> rolled_back = db_.run("ROLLBACK");
    dictionaries_.forget_new();
    if (!read) return fail_in(read, "while reading " + input.path);
    if (!rolled_back) return tl::unexpected<Error>(rolled_back.error());
    for (const Variant& variant : input.recognition.profile->variants) {
      if (variant.many_agencies == true) input.recognition.variant = &variant;
    }
    input.recognition.name_disagrees = input.recognition.role_basis == RoleBasis::file_name;
    input.recognition.refutable = false;
  }
}

Result<FileSummary> Run::take(Input& input) {
  ONUS_TRY(const bool new_here, is_new_here(db_, input.file));
  if (new_here) {
    Result<FileSummary> read = read_file(input, "");
    hash_.reset();
    return read;
  }
  ONUS_TRY(const source::Fingerprint known_by, source::fingerprint_of(input.file));
  const std::string sha256 = to_hex(known_by.sha256);
  input.file.bytes = known_by.bytes;
  ONUS_TRY(const std::optional<FileSummary> known, known_file(db_, input.path, sha256));
  if (known) return *known;
  return read_file(input, sha256);
}

void add_file(FileSummary file, IngestSummary& out) {
  if (file.status == FileStatus::read) {
    out.rows += file.rows;
    out.sightings += file.sightings;
    out.rejects += file.rejects;
  }
  out.files.push_back(std::move(file));
}

Result<void> Run::take_all(IngestSummary& out) {
  for (Input& input : inputs_) {
    Result<FileSummary> taken = take(input);
    bytes_before_ += input.file.bytes;
    ++index_;
    if (taken) {
      add_file(std::move(*taken), out);
      continue;
    }
    ONUS_TRY_VOID(refuse(input.file, std::move(taken.error()), out.refused));
    ONUS_TRY_VOID(forget_cut_off_files(db_));
  }
  return {};
}

Result<IngestSummary> Run::run() {
  IngestSummary out;
  ONUS_TRY_VOID(recognise_all(out.refused));
  ONUS_TRY_VOID(forget_cut_off_files(db_));
  ONUS_TRY_VOID(dictionaries_.load(db_));
  ONUS_TRY(next_sighting_id_,
           db_.query_integer("SELECT coalesce(max(sighting_id) + 1, 0) FROM sighting_rows"));
  ONUS_TRY_VOID(db_.use_one_thread());
  ONUS_TRY_VOID(take_all(out));
  ONUS_TRY_VOID(db_.use_all_threads());
  return out;
}

bool is_known(const std::vector<Profile>& profiles, std::string_view id) {
  return id.empty() || std::any_of(profiles.begin(), profiles.end(), [&](const Profile& profile) {
           return profile.id == id || profile.variant(id);
         });
}

}  // namespace

Result<IngestSummary> ingest(store::Database& db, const IngestOptions& options) {
  ONUS_TRY(std::vector<Profile> profiles, load_profiles(options.extra_profiles));
  if (!is_known(profiles, options.profile)) {
    return fail(Code::not_found, fmt::format("there is no profile '{}'", options.profile));
  }
  return Run(db, options, std::move(profiles)).run();
}

Result<ProfileTest> test_profiles(
    const source::InputFile& file, std::string_view forced_profile,
    const std::vector<std::pair<std::string, std::string>>& extra_profiles) {
  ProfileTest out;
  ONUS_TRY(out.profiles, load_profiles(extra_profiles));
  if (!is_known(out.profiles, forced_profile)) {
    return fail(Code::not_found, fmt::format("there is no profile '{}'", forced_profile));
  }
  ONUS_TRY_VOID(refuse_own_tables(file));
  ONUS_TRY(const std::unique_ptr<source::TableStream> stream,
           source::open_table(file, source::Budget{}));
  out.dialect = stream->dialect();
  ONUS_TRY(const std::vector<std::string> columns, sample_columns(file, out.profiles));
  ONUS_TRY(const Sample sample, read_sample(file, columns));
  const FileName name = read_file_name(file.file_name());
  out.recognition = recognise(sample, out.profiles, name, forced_profile);
  if (out.recognition.match != Match::one || !out.recognition.header_given) return out;
  // Again by that profile's paths alone: among those of all were other systems'.
  ONUS_TRY(const std::vector<std::string> own,
           file_columns(file, *out.recognition.profile, source::Budget{}, kSurveyRecords));
  ONUS_TRY(const Sample own_sample, read_sample(file, own));
  out.recognition =
      recognise(own_sample, std::span(out.recognition.profile, 1), name, forced_profile);
  return out;
}

}  // namespace onus::ingest
