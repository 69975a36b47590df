// SPDX-License-Identifier: Apache-2.0
// How LogFile breaks rows, its event log, and how it ends a file.
#include <algorithm>
#include <utility>

#include "support/log_writers.h"

namespace onus::makelogs {

// The row into row_, with its line end, broken where its turn has come.
RowKind LogFile::damaged_cells(const Act& act) {
  const std::size_t all = format_->columns.size();
  const std::size_t reason = position(Field::reason);
  RowKind kind = RowKind::sighting;
  const bool turn = taken_ % 12 == 0;
  if (turn && spec_.damage == Damage::short_rows) {
    kind = short_row(act);
  } else if (turn && spec_.damage == Damage::shifted_rows) {
    row_.clear();
    for (const Column& column : format_->columns) {
      if (column.field == Field::filters) text({});
      cell(act, column);
    }
    kind = RowKind::damaged;
  } else if (turn && spec_.damage == Damage::bad_times) {
    row_.clear();
    for (const Column& column : format_->columns) {
      if (column.field != Field::us_time) {
        cell(act, column);
      } else {
        text(taken_ % 24 == 0 ? "13/32/2025, 27:61:00 XM UTC" : "n/a");
      }
    }
    kind = RowKind::reject;
  } else if (turn && spec_.damage == Damage::stray_quotes && reason < all) {
    cells(act, reason);
    row_.append(taken_ % 24 == 0 ? "\"the \"red\" one\"," : "veh w/ 5\" lift,");
    shown_.reading = {"vague", "", "generic", "", ""};
    shown_.reason = "value";
    for (std::size_t i = reason + 1; i < all; ++i) cell(act, format_->columns[i]);
    kind = taken_ % 24 == 0 ? RowKind::damaged : RowKind::sighting;
  } else if (turn && spec_.damage == Damage::nul_bytes && reason < all) {
    cells(act, reason);
    row_.append("in").push_back('\0');
    row_.append("v,");
    for (std::size_t i = reason + 1; i < all; ++i) cell(act, format_->columns[i]);
    kind = RowKind::damaged;
  } else {
    cells(act, all);
  }
  row_.pop_back();
  if (turn && spec_.damage == Damage::long_rows) {
    row_.append(taken_ % 24 == 0 ? ",," : ",see note");
    kind = RowKind::damaged;
  }
  end_line();
  return kind;
}

// Every other one loses only what stands behind the search time.
RowKind LogFile::short_row(const Act& act) {
  const std::size_t time = position(Field::us_time);
  const bool keeps_time = taken_ % 24 == 0;
  cells(act, keeps_time ? time + 1 : time / 2);
  return keeps_time ? RowKind::sighting : RowKind::reject;
}

namespace {

struct Event {
  std::string_view type, entity, detail;
};
constexpr Event kEvents[] = {{"Created", "Hotlist Entry", "hotlist"},
                             {"Updated", "Hotlist Entry", "hotlist"},
                             {"Deleted", "Hotlist Entry", "hotlist"},
                             {"Updated", "Sharing Setting", "Setting: National Lookup\nValue: On"},
                             {"Created", "User", "Role: Standard\nStatus: Active"},
                             {"Updated", "User", "Role: Supervisor\nStatus: Active"},
                             {"Deleted", "Camera Share", "Camera: Mill Road and 4th\nShare: All"}};

}  // namespace

void LogFile::events(Truth& truth) {
  const std::uint64_t count = std::min<std::uint64_t>(spec_.max_rows, 200);
  const std::int64_t step = (spec_.to_ms - spec_.from_ms) / static_cast<std::int64_t>(count);
  header(truth);
  std::int64_t when_ms = spec_.from_ms;
  for (std::uint64_t i = 0; i < count; ++i, when_ms += step) {
    Act act;
    act.id = (1ULL << 40) + mix(spec_.owner) % 1024 * 1024 + i;
    act.when_ms = when_ms + rng_.below(30'000);
    act.agency = spec_.owner;
    act.officer = world_->agency(spec_.owner).first_officer;
    act.plant = "administrative";
    shown_ = {};
    shown_.subject = "empty";
    shown_.reason = "absent_by_design";
    event(i, act.when_ms);
    emit(RowKind::sighting, act, truth);
    ++taken_;
  }
}

void LogFile::event(std::uint64_t number, std::int64_t when_ms) {
  const Agency& owner = world_->agency(spec_.owner);
  const Event& what = rng_.pick(kEvents);
  row_.clear();
  scratch_.clear();
  append_iso_time(scratch_, when_ms, 'T', number % 3 == 0 ? "Z" : number % 3 == 1 ? "+00:00" : "");
  text(scratch_);
  text(world_->officer(owner.first_officer + rng_.below(owner.officer_count)).name);
  text(what.type);
  text(what.entity);
  if (what.detail == "hotlist") {
    scratch_.assign("Hotlist Name: Local Watch\nLicense: ");
    append_plate(scratch_, 700 + rng_.below(100));
    scratch_.append("\nState: ").append(owner.state).append("\nReason: ");
    scratch_.append(rng_.pick(offences()).words[0].text).append("\nCase: ");
    append_case_number(scratch_, owner, when_ms, rng_.below(9000));
    scratch_.append("\nExpiry: ");
    append_iso_time(scratch_, when_ms + 30 * kDayMs, 'T', "Z");
    text(scratch_);
  } else {
    text(what.detail);
  }
  scratch_.clear();
  append_uuid(scratch_, mix(number + spec_.owner) + world_->seed());
  text(scratch_);
  row_.pop_back();
  end_line();
}

Result<void> LogFile::finish(Truth& truth) {
  if (format_->view == View::events) events(truth);
  if (totals_.rows == 0) header(truth);
  const std::vector<Kept> block = std::exchange(block_, {});
  for (const Kept& kept : block) {
    output_.write(kept.row);
    truth.row(totals_, kept.kind, kept.tail);
  }
  if (spec_.damage == Damage::cut_off && totals_.distinct_acts != 0) {
    std::size_t quote = row_.find(",\"");
    while (row_[quote + 2] < '0' || row_[quote + 2] > '9') quote = row_.find(",\"", quote + 2);
    row_.resize(quote + 17);  // ,"MM/DD/YYYY, hh
    output_.write(row_);
    truth.row(totals_, RowKind::reject, {});
  }
  return output_.close();
}

}  // namespace onus::makelogs
