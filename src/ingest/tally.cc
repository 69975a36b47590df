// SPDX-License-Identifier: Apache-2.0
#include "ingest/tally.h"

#include <algorithm>
#include <numeric>

#include "ingest/cell_state.h"
#include "ingest/fold.h"
#include "ingest/notes.h"

namespace onus::ingest {
namespace {

using record::CellState;

constexpr std::int64_t kDay = 86'400'000'000;
constexpr std::int64_t kNameTolerance =
    2 * kDay;  // files run from local midnight to local midnight
constexpr std::int64_t kEnoughForConstant = 2;
constexpr std::int64_t kEnoughForNote = 20;  // rows: in fewer, one value says nothing

// Fields of which one value throughout may be a mask; one agency or one search type is common.
constexpr auto kMaskable = std::to_array<std::string_view>(
    {"actor", "networks", "devices", "reason", "case_number", "offence"});

// Fields that are reported though a file may have no column for them.
constexpr auto kReported = std::to_array<Field>(
    {Field::vendor_id, Field::actor, Field::agency, Field::networks, Field::devices, Field::window,
     Field::subject, Field::reason, Field::case_number, Field::filters, Field::search_type,
     Field::prompt, Field::moderation, Field::offence});

bool is_row_limit(std::int64_t rows, std::int64_t data) {
  for (const std::int64_t limit : {1'000'000, 55'000, 20'000}) {
    if (data == limit) return true;
  }
  return rows == 1'048'575 || rows == 1'048'576 || data == 1'048'575;
}

}  // namespace

void Tally::Constant::see(bool has_value, std::int64_t now) {
  if (broken) return;
  broken = !has_value || (seen && value != now);
  seen = true;
  value = now;
}

void Tally::watch(const Sighting& s, const Batch& batch, const Dictionaries::Numbers& numbers) {
  const auto see = [&](Field field, std::uint32_t local, const std::vector<std::int32_t>& global) {
    constants_[index(field)].see(local != kNone, local == kNone ? 0 : global[local]);
  };
  const auto see_word = [&](Field field, std::string_view word) {
    Constant& constant = constants_[index(field)];
    if (constant.broken) return;
    if (word.empty() || (constant.seen && word != constant.word)) constant.broken = true;
    if (!constant.seen) constant.word = std::string(word);
    constant.seen = true;
  };
  const auto word_at = [&](std::uint32_t local) {
    return local == kNone ? std::string_view() : batch.words.at(local);
  };
  if (s.state(Field::agency) != CellState::not_exported)
    see(Field::agency, s.agency, numbers.agencies);
  see(Field::actor, s.actor, numbers.actors);
  see(Field::reason, s.reason, numbers.texts);
  see(Field::offence, s.offence, numbers.texts);
  Constant& one_case = constants_[index(Field::case_number)];
  if (!one_case.seen) one_case.word = batch.case_number;
  one_case.see(s.case_key != 0, s.case_key);
  see_word(Field::search_type, word_at(s.search_type));
  see_word(Field::moderation, word_at(s.moderation));
  constants_[index(Field::networks)].see(has_value(s.state(Field::networks)), s.networks);
  constants_[index(Field::devices)].see(has_value(s.state(Field::devices)), s.devices);
  if (s.owner != kNone) constants_[index(Field::owner)].see(true, numbers.agencies[s.owner]);
}

void Tally::add_uses(const std::vector<PlanUse>& uses) {
  for (const PlanUse& use : uses) {
    const auto known = std::find_if(uses_.begin(), uses_.end(),
                                    [&](const PlanUse& k) { return k.plan == use.plan; });
    if (known == uses_.end()) {
      uses_.push_back(use);
      continue;
    }
    for (std::size_t i = 0; i < use.columns.size(); ++i) {
      known->columns[i].value += use.columns[i].value;
      known->columns[i].empty += use.columns[i].empty;
    }
  }
}

void Tally::add(const Mapped& mapped, const Dictionaries::Numbers& numbers) {
  const Batch& batch = mapped.batch;
  sightings += static_cast<std::int64_t>(batch.sightings.size());
  rejects += static_cast<std::int64_t>(batch.rejects.size());
  headers += batch.headers;
  blanks += batch.blanks;
  stray_quotes_ += batch.stray_quotes;
  bad_encoding_ += batch.bad_encoding;
  repeated_headers_ += mapped.outcome.repeated_headers;
  stacked_ += mapped.outcome.stacked;
  before_header_ += mapped.outcome.before_header;
  realigned_ += mapped.outcome.realigned;
  add_uses(mapped.outcome.plans);
  for (const source::PartStart& start : mapped.parts) {
    if (parts.empty() || parts.back().part != start.part) parts.push_back(start);
  }
  for (std::size_t field = 0; field < kFieldCount; ++field) {
    for (std::size_t state = 0; state < kStateCount; ++state) {
      states_[field][state] += batch.states[field][state];
    }
  }
  for (const Sighting& sighting : batch.sightings) {
    first_when = std::min(first_when.value_or(sighting.when), sighting.when);
    last_when = std::max(last_when.value_or(sighting.when), sighting.when);
    zone_stated += sighting.zone_stated ? 1 : 0;
    watch(sighting, batch, numbers);
    if (sighting.agency == kNone) continue;
    const std::int32_t agency = numbers.agencies[sighting.agency];
    many_agencies |= agency_.value_or(agency) != agency;
    agency_ = agency;
  }
}

std::array<std::int64_t, kFieldCount> Tally::masked() const {
  std::array<std::int64_t, kFieldCount> out{};
  for (std::size_t field = 0; field < kFieldCount; ++field) {
    out[field] = states_[field][static_cast<std::size_t>(CellState::masked_vendor)] +
                 states_[field][static_cast<std::size_t>(CellState::masked_agency)];
  }
  return out;
}

std::string Tally::era(const Profile& profile) const {
  if (!first_when) return "";
  std::array<bool, kFieldCount> has{};
  for (const PlanUse& use : uses_) {
    for (std::size_t field = 0; field < kFieldCount; ++field)
      has[field] |= use.plan->at[field] >= 0;
  }
  return era_of(profile, *first_when, *last_when, masked(), sightings, has);
}

std::optional<std::string> Tally::constant_of(Field field, const Dictionaries& dictionaries) const {
  const Constant& constant = constants_[index(field)];
  if (!constant.seen || constant.broken || sightings < kEnoughForConstant) return std::nullopt;
  const auto id = static_cast<std::int32_t>(constant.value);
  switch (field) {
    case Field::agency:
    case Field::owner:
      return std::string(dictionaries.agency(id));
    case Field::actor:
      return std::string(dictionaries.actor_label(id));
    case Field::reason:
    case Field::offence:
      return std::string(dictionaries.text(id));
    case Field::networks:
    case Field::devices:
      return std::to_string(constant.value);
    case Field::case_number:
    case Field::search_type:
    case Field::moderation:
      return constant.word;
    default:
      return std::nullopt;
  }
}

std::vector<ColumnTally> Tally::columns(const Dictionaries& dictionaries,
                                        Pseudonyms& pseudonyms) const {
  std::vector<ColumnTally> out;
  std::array<bool, kFieldCount> done{};
  const auto add_field = [&](Field field, int position, std::string header) {
    done[index(field)] = true;
    out.push_back({position, std::move(header), std::string(name(field)), states_[index(field)],
                   constant_of(field, dictionaries)});
  };
  for (const PlanUse& use : uses_) {
    for (std::size_t i = 0; i < use.columns.size(); ++i) {
      const PlanColumn& column = use.plan->columns[i];
      const int position = static_cast<int>(i + 1);
      std::string header = scrub(column.header, {}, TextKind::free_text, pseudonyms).text;
      if (column.field && *column.field != Field::dropped) {
        if (!done[index(*column.field)]) add_field(*column.field, position, std::move(header));
        continue;
      }
      ColumnTally unknown{position, std::move(header), column.field ? "dropped" : "", {}, {}};
      unknown.states[static_cast<std::size_t>(CellState::value)] = use.columns[i].value;
      unknown.states[static_cast<std::size_t>(CellState::empty)] = use.columns[i].empty;
      out.push_back(std::move(unknown));
    }
  }
  for (const Field field : kReported) {
    if (!done[index(field)] && sightings > 0) add_field(field, 0, "");
  }
  add_extras(out, done, dictionaries);
  return out;
}

// Extras have a line where the profile knows of them; one without column is what the profile says.
void Tally::add_extras(std::vector<ColumnTally>& out, const std::array<bool, kFieldCount>& done,
                       const Dictionaries& dictionaries) const {
  if (uses_.empty() || sightings == 0) return;
  const Plan& plan = *uses_[0].plan;
  for (std::size_t i = kFirstExtra; i < kFieldCount; ++i) {
    const auto field = static_cast<Field>(i);
    if (done[i] || !plan.profile->column(field)) continue;
    ColumnTally column{0, "", std::string(name(field)), states_[i],
                       constant_of(field, dictionaries)};
    const std::int64_t counted =
        std::accumulate(column.states.begin(), column.states.end(), std::int64_t{0});
    column.states[static_cast<std::size_t>(plan.absent[i])] += sightings - counted;
    out.push_back(std::move(column));
  }
}

std::vector<std::string> Tally::notes(const std::vector<ColumnTally>& columns,
                                      const source::TableStream& stream, const FileName& file_name,
                                      const Recognition& recognition) const {
  std::vector<std::string> out;
  const auto add_if = [&](bool condition, std::string text) {
    if (condition) out.push_back(std::move(text));
  };
  const std::string& encoding = stream.dialect().encoding;
  for (std::string& text : stream.notes()) out.push_back(std::move(text));
  add_if(stream.cut_off(), std::string(note::kCutOff));
  add_if(recognition.header_row == 0 && sightings > 0, std::string(note::kNoHeader));
  add_if(before_header_ > 0, note::with(note::kRowsBeforeHeader, before_header_));
  add_if(repeated_headers_ > 0, note::with(note::kHeaderRepeated, repeated_headers_));
  add_if(stacked_ > 0, note::with(note::kStacked, stacked_));
  add_if(realigned_ > 0, note::with(note::kRealigned, realigned_));
  add_if(is_row_limit(rows(), sightings + rejects), note::with(note::kRowLimit, rows()));
  add_if(encoding == "Windows-1252", std::string(note::kWindows1252));
  add_if(encoding.starts_with("UTF-16"), std::string(note::kUtf16));
  add_if(bad_encoding_ > 0, note::with(note::kBadEncoding, bad_encoding_));
  add_if(stray_quotes_ > 0, note::with(note::kStrayQuotes, stray_quotes_));
  const bool dates_apart = first_when && file_name.from &&
                           (*first_when < *file_name.from - kNameTolerance ||
                            *last_when > *file_name.to + kNameTolerance);
  add_if(dates_apart, std::string(note::kDatesDisagree));
  add_if(recognition.name_disagrees, std::string(note::kRoleDisagrees));
  add_if(zone_stated > 0 && zone_stated < sightings,
         note::with(note::kZoneMixed, sightings - zone_stated));
  for (const ColumnTally& column : columns) {
    const bool maskable =
        std::find(kMaskable.begin(), kMaskable.end(), column.field) != kMaskable.end();
    if (column.constant && maskable && sightings >= kEnoughForNote) {
      out.push_back(note::with(note::kConstantColumn, column.field));
    }
    if (column.position > 0 && column.field.empty()) {
      out.push_back(note::with(note::kUnknownColumn, column.position));
    }
  }
  return out;
}

}  // namespace onus::ingest
