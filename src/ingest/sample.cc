// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>
#include <optional>

#include "ingest/fold.h"
#include "ingest/recognise.h"
#include "source/open.h"

namespace onus::ingest {

std::vector<std::vector<std::string_view>> Sample::cells() const {
  std::vector<std::vector<std::string_view>> out;
  out.reserve(rows.size());
  for (const std::vector<std::string>& row : rows) out.emplace_back(row.begin(), row.end());
  return out;
}

Sample sample_of(const source::Block& block, std::size_t max_rows) {
  Sample sample;
  source::Records records(block);
  source::Record record;
  while (sample.rows.size() < max_rows && records.next(record)) {
    if (has(record.damage, source::Damage::malformed)) continue;  // it will be a reject
    std::vector<std::string>& row = sample.rows.emplace_back();
    for (const source::Cell& cell : record.cells) row.emplace_back(cell.text);
  }
  return sample;
}

namespace {

void add_paths(const Profile& profile, std::vector<std::string>& paths) {
  const auto add = [&](const std::string& path) {
    const std::string form = folded(path);
    const bool known = std::any_of(paths.begin(), paths.end(), [&](const std::string& other) {
      return same_folded(other, form);
    });
    if (!known) paths.push_back(path);
  };
  for (const ProfileColumn& column : profile.columns) {
    for (const std::string& path : column.spelled) add(path);
  }
  for (const std::string& path : profile.forbidden) add(path);
}

}  // namespace

Result<std::vector<std::string>> sample_columns(const source::InputFile& input,
                                                std::span<const Profile> profiles) {
  std::vector<std::string> paths;
  if (!source::has_paths(input)) return paths;
  for (const Profile& profile : profiles) add_paths(profile, paths);
  ONUS_TRY(source::JsonSurvey found,
           source::survey(input, paths, source::Budget{}, kSurveyRecords));
  return std::move(found.present);
}

Result<std::vector<std::string>> file_columns(const source::InputFile& input,
                                              const Profile& profile, const source::Budget& budget,
                                              std::int64_t max_records) {
  std::vector<std::string> paths;
  if (!source::has_paths(input)) return paths;
  add_paths(profile, paths);
  ONUS_TRY(source::JsonSurvey found, source::survey(input, paths, budget, max_records));
  paths = std::move(found.present);
  paths.insert(paths.end(), found.others.begin(), found.others.end());
  return paths;
}

Result<void> refuse_own_tables(const source::InputFile& input) {
  if (input.kind != source::InputKind::parquet) return {};
  ONUS_TRY(const source::JsonSurvey found, source::survey(input, {}, source::Budget{}, 0));
  const auto has = [&](std::string_view column) {
    return std::ranges::find(found.others, column) != found.others.end();
  };
  if (!has("lookup_id") || !(has("access_id") || has("actor_cell"))) return {};
  return fail(Code::not_found,
              input.name() + ": written by onus itself; give the logs that it was made from");
}

Result<Sample> read_sample(const source::InputFile& input, std::span<const std::string> columns) {
  ONUS_TRY(const std::unique_ptr<source::TableStream> stream,
           source::open_table(input, source::Budget{}, columns));
  ONUS_TRY(const std::optional<source::Block> block, stream->next());
  Sample sample = block ? sample_of(*block, kWideSampleRows) : Sample{};
  sample.header_given = source::has_paths(input);
  if (sample.header_given) {
    sample.rows.insert(sample.rows.begin(), {columns.begin(), columns.end()});
  }
  return sample;
}

}  // namespace onus::ingest
