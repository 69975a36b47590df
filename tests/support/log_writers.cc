// SPDX-License-Identifier: Apache-2.0
#include "support/log_writers.h"

#include <algorithm>
#include <utility>

namespace onus::makelogs {
namespace {

constexpr std::size_t kBlockRows = 120;

bool has(const Format& format, Field field) {
  return std::any_of(format.columns.begin(), format.columns.end(),
                     [&](const Column& column) { return column.field == field; });
}

// As released logs quote: a comma, a quote or a line end makes it necessary.
bool needs_quotes(std::string_view value) {
  return value.find_first_of(",\"\r\n") != std::string_view::npos;
}

std::string_view state_of_cell(std::string_view value) {
  if (value.empty()) return "empty";
  for (const Phrase& junk : single_letters()) {
    if (junk.text == value) return "placeholder";
  }
  return "value";
}

// FNV-1a: a file's random numbers follow from its name.
std::uint64_t number_of(std::string_view name) {
  std::uint64_t number = 0xcbf29ce484222325ULL;
  for (const char c : name) number = (number ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return number;
}

bool is_initial(std::string_view name, std::size_t i) {
  return name[i] >= 'A' && name[i] <= 'Z' && (i == 0 || name[i - 1] == ' ');
}

std::string_view cut(std::string_view text, std::uint32_t length) {
  return length == 0 ? text : text.substr(0, length);
}

// "J. Smith" of "John Smith"; a name without a given name in front stays.
std::string_view short_name(std::string_view name, std::string& out) {
  const std::size_t blank = name.find(' ');
  if (blank == std::string_view::npos || blank < 3 || name.find(',') != std::string_view::npos) {
    return name;
  }
  out.assign(1, name[0]).append(".").append(name.substr(blank));
  return out;
}

}  // namespace

std::string_view mask_name(Mask mask) {
  static constexpr std::string_view kNames[] = {"",          "vendor",          "redacted",
                                                "exemption", "constant_reason", "initials"};
  return kNames[static_cast<std::size_t>(mask)];
}

std::string_view damage_name(Damage damage) {
  static constexpr std::string_view kNames[] = {"",
                                                "short_rows",
                                                "long_rows",
                                                "shifted_rows",
                                                "stray_quotes",
                                                "nul_bytes",
                                                "blank_rows",
                                                "mixed_line_ends",
                                                "bad_times",
                                                "repeated_header",
                                                "repeated_rows",
                                                "repeated_block",
                                                "cut_off"};
  return kNames[static_cast<std::size_t>(damage)];
}

LogFile::LogFile(FileSpec spec, const World& world, Output output)
    : spec_(std::move(spec)),
      world_(&world),
      format_(find_format(spec_.format)),
      output_(std::move(output)),
      rng_(world.seed() ^ mix(number_of(spec_.name))) {
  blur_fields();
}

Result<LogFile> LogFile::create(const std::filesystem::path& folder, FileSpec spec,
                                const World& world) {
  if (find_format(spec.format) == nullptr) {
    return fail(Code::usage, "no format is called " + std::string(spec.format));
  }
  ONUS_TRY(Output output, Output::open(folder / spec.name, spec.encoding));
  LogFile file(std::move(spec), world, std::move(output));
  FileTruth& totals = file.totals_;
  totals.file = file.spec_.name;
  totals.format = file.spec_.format;
  totals.owner = world.agency(file.spec_.owner).name;
  for (const std::string_view part :
       {file.spec_.then_format, mask_name(file.spec_.mask), damage_name(file.spec_.damage),
        file.spec_.encoding == Encoding::utf8 ? std::string_view()
                                              : encoding_name(file.spec_.encoding)}) {
    if (part.empty()) continue;
    totals.variant.append(totals.variant.empty() ? "" : " ").append(part);
  }
  return file;
}

bool LogFile::wants(const Act& act) const {
  if (full() || act.when_ms < spec_.from_ms || act.when_ms >= spec_.to_ms) return false;
  switch (format_->view) {
    case View::owner:
      if (format_->federal_only && world_->agency(act.agency).level != Level::federal) return false;
      return reaches(*world_, spec_.owner, act);
    case View::searcher:
      return act.agency == spec_.owner;
    case View::events:
      break;
  }
  return false;
}

// What this file lets be seen of the act, and so what can be expected of a reader.
void LogFile::look(const Act& act) {
  const bool others = act.agency != spec_.owner;
  hidden_ = format_->view == View::owner && others && act.when_ms >= kNamesHiddenMs;
  listed_ = !format_->portal && !act.listed_reason.empty();
  const bool reason = has(*format_, Field::reason);
  const bool only_listed = !reason && has(*format_, Field::offence_type);
  shown_ = {};
  shown_.agency = has(*format_, Field::org);
  shown_.reading = listed_ || only_listed ? act.listed_reading : act.reading;
  shown_.reason = reason ? state_of_cell(listed_ ? act.listed_reason : act.reason) : "not_exported";
  shown_.subject = act.subject == kNoSubject || hidden_ ? "empty" : "value";
  shown_.actor = hidden_ ? "empty" : "value";
  if (spec_.mask == Mask::vendor) shown_.actor = shown_.subject = "masked_vendor";
  if (spec_.mask == Mask::redacted || spec_.mask == Mask::exemption) {
    shown_.actor = shown_.subject = "masked_agency";
  }
  if (spec_.mask == Mask::initials) shown_.actor = "partial";
  if (spec_.mask == Mask::constant_reason && reason) {
    shown_.reason = "value";
    shown_.reading = {"vague", "", "generic", "", ""};
  }
  if (has(*format_, Field::user_id)) {
    shown_.actor = act.when_ms >= kNamesHiddenMs ? "masked_vendor" : "value";
  } else if (!has(*format_, Field::name)) {
    shown_.actor = "not_exported";
  }
  if (!has(*format_, Field::plate)) shown_.subject = "not_exported";
}

// Which fields this owner hides by the column, and which by the row: one half each.
void LogFile::blur_fields() {
  static constexpr Field kFields[] = {Field::id,         Field::name,    Field::org,
                                      Field::devices,    Field::plate,   Field::reason,
                                      Field::time_frame, Field::filters, Field::case_number};
  static constexpr std::string_view kMarks[] = {"***", "REDACTED", ""};
  if (spec_.blur.hidden == 0) return;
  Rng owner(mix(world_->seed() + spec_.owner));
  hidden_mark_ = owner.pick(kMarks);
  for (const Field field : kFields) {
    const std::uint32_t bit = 1U << static_cast<int>(field);
    if (owner.below(2) == 0) {
      hidden_by_row_ |= bit;
    } else if (owner.below(1000) < spec_.blur.hidden) {
      hidden_columns_ |= bit;
    }
  }
}

// The fields of this row that are hidden, and so what is shown of it.
void LogFile::hide_some() {
  hidden_fields_ = hidden_columns_;
  for (int field = 0; hidden_by_row_ >> field != 0; ++field) {
    const std::uint32_t bit = 1U << field;
    if ((hidden_by_row_ & bit) != 0 && rng_.below(1000) < spec_.blur.hidden) hidden_fields_ |= bit;
  }
  const std::string_view state = hidden_mark_.empty()    ? "empty"
                                 : hidden_mark_ == "***" ? "masked_vendor"
                                                         : "masked_agency";
  if (is_hidden(Field::name)) shown_.actor = state;
  if (is_hidden(Field::plate)) shown_.subject = state;
  if (is_hidden(Field::org)) shown_.agency = false;
  if (is_hidden(Field::reason)) shown_.reason = state, shown_.reading = {};
}

const Act& LogFile::as_dated(const Act& act) {
  if (spec_.blur.clock_hours == 0 && spec_.blur.drift == 0) return act;
  dated_ = act;
  const std::int64_t ahead = spec_.blur.clock_hours * kHourMs;
  dated_.when_ms += ahead;
  dated_.window_from_ms += ahead;
  dated_.window_to_ms += ahead;
  if (act.networks > 1 && rng_.below(1000) < spec_.blur.drift) {
    dated_.networks += 1 + rng_.below(3);
  }
  return dated_;
}

bool LogFile::offer(const Act& act, Truth& truth) {
  if (!wants(act)) return false;
  if (totals_.rows == 0) header(truth);
  if (!spec_.then_format.empty() && act.when_ms >= (spec_.from_ms + spec_.to_ms) / 2) {
    format_ = find_format(spec_.then_format);
    spec_.then_format = {};
    header(truth);
  }
  look(act);
  hide_some();
  ++taken_;
  const RowKind kind = damaged_cells(as_dated(act));
  emit(kind, act, truth);
  if (spec_.damage == Damage::repeated_rows && taken_ % 10 == 0) emit(kind, act, truth);
  if (spec_.damage == Damage::repeated_header && taken_ % 150 == 0) header(truth);
  if (spec_.damage == Damage::blank_rows && taken_ % 40 == 0) blank("", truth);
  if (spec_.damage == Damage::blank_rows && taken_ % 90 == 0) {
    blank(std::string(format_->columns.size() - 1, ','), truth);
  }
  return true;
}

void LogFile::header(Truth& truth) {
  row_.clear();
  for (const Column& column : format_->columns) text(column.header);
  row_.pop_back();
  end_line();
  output_.write(row_);
  truth.row(totals_, RowKind::header, {});
}

void LogFile::blank(std::string_view line, Truth& truth) {
  row_.assign(line);
  end_line();
  output_.write(row_);
  truth.row(totals_, RowKind::blank, {});
}

void LogFile::end_line() {
  ++lines_;
  const bool crlf = spec_.damage == Damage::mixed_line_ends ? lines_ % 3 == 0 : spec_.crlf;
  row_.append(crlf ? "\r\n" : "\n");
}

void LogFile::emit(RowKind kind, const Act& act, Truth& truth) {
  output_.write(row_);
  if (truth.keeps_rows()) {
    tail_.clear();
    const bool owned = format_->view == View::owner;
    const Agency& owner = world_->agency(spec_.owner);
    expected_ = owned ? expected_outcomes(*world_, spec_.owner, act, shown_) : std::string();
    append_truth_tail(tail_, *world_, act, shown_, owned ? owner.name : "",
                      owned ? owner.state : "", expected_);
  }
  truth.sighting(totals_, kind, act, tail_);
  if (spec_.damage == Damage::repeated_block && block_.size() < kBlockRows) {
    block_.push_back({kind, row_, tail_});
  }
}

void LogFile::text(std::string_view value) {
  const bool quotes = format_->portal || needs_quotes(value);
  if (quotes) row_.push_back('"');
  if (quotes && value.find('"') != std::string_view::npos) {
    for (const char c : value) row_.append(c == '"' ? 2 : 1, c);
  } else {
    row_.append(value);
  }
  row_.append(quotes ? "\"," : ",");
}

void LogFile::number(std::uint64_t value) {
  const bool quotes = format_->portal && !format_->plain_numbers;
  if (quotes) row_.push_back('"');
  append_number(row_, value);
  row_.append(quotes ? "\"," : ",");
}

void LogFile::time_frame(const Act& act) {
  row_.push_back('"');
  append_us_time(row_, act.window_from_ms, spec_.padded_times);
  row_.append(format_->frame_separator);
  append_us_time(row_, act.window_to_ms, spec_.padded_times);
  row_.append("\",");
}

// What stands in place of a name or a plate; empty: nothing does.
std::string_view LogFile::stamp(bool plate) const {
  switch (spec_.mask) {
    case Mask::vendor:
      return "***";
    case Mask::redacted:
      return plate ? "[REDACTED]" : taken_ % 5 == 0 ? "REDACTED " : "REDACTED";
    case Mask::exemption:
      return plate ? "7923.600 GC" : "###";
    default:
      return {};
  }
}

void LogFile::cells(const Act& act, std::size_t count) {
  row_.clear();
  for (std::size_t i = 0; i < count; ++i) cell(act, format_->columns[i]);
}

void LogFile::name_cell(const Act& act) {
  if (hidden_) return text({});
  if (const std::string_view mark = stamp(false); !mark.empty()) return text(mark);
  const std::string& name = world_->officer(act.officer).name;
  if (spec_.blur.short_names) return text(short_name(name, scratch_));
  if (spec_.mask != Mask::initials) return text(name);
  scratch_.clear();
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (is_initial(name, i)) scratch_.append(scratch_.empty() ? "" : " ").append({name[i], '.'});
  }
  text(scratch_);
}

void LogFile::plate_cell(const Act& act) {
  if (hidden_) return text({});
  if (const std::string_view mark = stamp(true); !mark.empty()) return text(mark);
  scratch_.clear();
  if (act.subject != kNoSubject) append_plate(scratch_, act.subject);
  text(scratch_);
}

void LogFile::id_cell(const Act& act, Field field) {
  if (field == Field::user_id && act.when_ms >= kNamesHiddenMs) return text("***");
  scratch_.clear();
  append_uuid(scratch_, field == Field::id ? world_->seed() * 1'000'003 + act.id
                                           : mix(world_->seed()) + act.officer);
  text(scratch_);
}

void LogFile::time_cell(const Act& act, Field field) {
  scratch_.clear();
  switch (field) {
    case Field::us_time:
      append_us_time(scratch_, act.when_ms, spec_.padded_times);
      break;
    case Field::us_date:
      append_us_date(scratch_, act.when_ms, spec_.padded_times);
      break;
    case Field::us_clock:
      append_us_clock(scratch_, act.when_ms, spec_.padded_times);
      break;
    case Field::iso_time:
      append_iso_time(scratch_, act.when_ms, 'T', "Z");
      break;
    default:
      append_iso_time(scratch_, act.when_ms, ' ', "");
  }
  text(scratch_);
}

void LogFile::cell(const Act& act, const Column& column) {
  if (is_hidden(column.field)) return text(hidden_mark_);
  switch (column.field) {
    case Field::id:
    case Field::user_id:
      return id_cell(act, column.field);
    case Field::name:
      return name_cell(act);
    case Field::org:
      return text(world_->agency(act.agency).name);
    case Field::networks:
      return number(act.networks);
    case Field::devices:
      return number(act.devices);
    case Field::time_frame:
      return time_frame(act);
    case Field::plate:
      return plate_cell(act);
    case Field::reason:
      if (spec_.mask == Mask::constant_reason) return text("Investigation");
      return text(cut(listed_ ? act.listed_reason : act.reason, spec_.blur.reason_length));
    case Field::case_number:
      return text(act.case_number);
    case Field::filters:
      return text(hidden_ ? std::string_view() : act.filters);
    case Field::us_time:
    case Field::us_date:
    case Field::us_clock:
    case Field::iso_time:
    case Field::zoneless_time:
      return time_cell(act, column.field);
    case Field::search_type:
      return text(act.search_type);
    case Field::prompt:
      return text(act.prompt);
    case Field::moderation:
      return text(act.moderation);
    case Field::offence_type:
      return text(act.offence_type);
    case Field::event_user:
    case Field::event_type:
    case Field::entity_type:
    case Field::entity_details:
      return;  // written by event()
  }
}

std::size_t LogFile::position(Field field) const {
  std::size_t at = 0;
  while (at < format_->columns.size() && format_->columns[at].field != field) ++at;
  return at;
}

}  // namespace onus::makelogs
