// SPDX-License-Identifier: Apache-2.0
#include "cli/inputs.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/file.h"
#include "ingest/ingest.h"
#include "source/expand.h"

namespace onus::cli {
namespace {

constexpr std::size_t kMaxProfileBytes = 1U << 20;

bool was_named(const std::vector<std::filesystem::path>& named, const std::filesystem::path& path) {
  return std::find(named.begin(), named.end(), path) != named.end();
}

// For the report, which tells no folder.
std::string without_folder(const source::InputFile& file) {
  source::InputFile bare = file;
  bare.path = file.path.filename();
  return bare.name();
}

// What is not found is the program that reads PDF, or a log in one of our own tables.
bool is_of_the_file(const source::InputFile& file, const Error& error) {
  const bool may_miss =
      file.kind == source::InputKind::pdf || file.kind == source::InputKind::parquet;
  return error.code == Code::bad_input || error.code == Code::over_budget ||
         (error.code == Code::not_found && may_miss);
}

Result<bool> fits(const source::InputFile& file, const Inputs& inputs) {
  ONUS_TRY(const ingest::ProfileTest test,
           ingest::test_profiles(file, inputs.profile, inputs.extra_profiles));
  return test.recognition.match != ingest::Match::none;
}

Result<void> take(const source::InputFile& file, bool named, Inputs& inputs) {
  if (file.kind == source::InputKind::unsupported) {
    const std::string reason(source::name(file.reason));
    if (named) {
      return fail(Code::bad_input, fmt::format("{} cannot be read ({}); convert it to CSV first",
                                               file.name(), reason));
    }
    inputs.unread.push_back({without_folder(file), reason});
    return {};
  }
  // A workbook has other sheets than its log, also one that was named.
  if (!named || file.sheet.number != 0) {
    const Result<bool> known = fits(file, inputs);
    if (!known && (named || !is_of_the_file(file, known.error()))) {
      return tl::unexpected<Error>(known.error());
    }
    if (!known) {
      inputs.unread.push_back(unread(file, known.error()));
      return {};
    }
    if (!*known) {
      inputs.unread.push_back({without_folder(file), "no_profile"});
      return {};
    }
  }
  inputs.files.push_back(file);
  inputs.files.back().named = named;
  return {};
}

}  // namespace

Unread unread(const source::InputFile& file, const Error& error) {
  std::string name = without_folder(file);
  if (error.code == Code::over_budget) return {std::move(name), "over_budget"};
  const bool pdf = file.kind == source::InputKind::pdf;
  if (error.code == Code::not_found) return {std::move(name), pdf ? "no_program" : "own_table"};
  return {std::move(name), pdf ? "pdf" : "damaged"};
}

Result<Inputs> profile_choice(const std::string& profile) {
  Inputs inputs;
  inputs.profile = profile;
  if (!profile.ends_with(".toml")) return inputs;
  ONUS_TRY(std::string toml, read_file(profile, kMaxProfileBytes));
  ONUS_TRY(const ingest::Profile parsed, ingest::parse_profile(toml, profile));
  inputs.profile = parsed.id;
  inputs.extra_profiles.emplace_back(profile, std::move(toml));
  return inputs;
}

Result<Inputs> choose_inputs(const std::vector<std::filesystem::path>& named,
                             const std::string& profile) {
  ONUS_TRY(Inputs inputs, profile_choice(profile));
  ONUS_TRY(const std::vector<source::InputFile> found, source::expand_inputs(named));
  for (const source::InputFile& file : found) {
    ONUS_TRY_VOID(take(
        file, file.entry < 0 && file.sheet.number == 0 && was_named(named, file.path), inputs));
  }
  if (inputs.files.empty()) {
    return fail(Code::bad_input,
                "there is no log among the files given; `onus profiles test FILE` "
                "shows how a file would be read");
  }
  return inputs;
}

}  // namespace onus::cli
