// SPDX-License-Identifier: Apache-2.0
#include "ingest/block_map.h"

#include <algorithm>
#include <utility>

#include "ingest/fold.h"
#include "ingest/value_kind.h"

namespace onus::ingest {
namespace {

constexpr std::size_t kMaxPlans = 1000;  // of hostile headers; further ones are rejects

int firm_columns(const Plan& plan) {
  int count = 0;
  for (const PlanColumn& column : plan.columns) {
    count += column.field && is_strong(column.kind) ? 1 : 0;
  }
  return count;
}

bool id_fits(const Plan& plan, Cells cells) {
  if (!plan.has(Field::vendor_id)) return true;
  const auto position = static_cast<std::size_t>(plan.position(Field::vendor_id));
  if (position >= plan.width() || plan.columns[position].kind != Kind::uuid) return true;
  return position < cells.size() && is_uuid(trimmed(cells[position]));
}

bool type_fits(const Plan& plan, Cells cells) {
  const std::vector<std::string>& known = plan.profile->search_types;
  if (known.empty() || !plan.has(Field::search_type)) return true;
  const auto position = static_cast<std::size_t>(plan.position(Field::search_type));
  const std::string form = position < cells.size() ? folded(cells[position]) : std::string();
  return std::find(known.begin(), known.end(), form) != known.end();
}

bool reads(const Plan& plan, Cells cells) {
  Firm firm;
  Field wrong = Field::when;
  return cells.size() == plan.width() && firm_columns(plan) >= 2 && id_fits(plan, cells) &&
         type_fits(plan, cells) && read_firm(plan, cells, firm, wrong);
}

}  // namespace

Plans::Plans(std::span<const Profile> profiles, const Recognition& recognition)
    : profiles_(profiles),
      role_(recognition.variant->role),
      header_row_(recognition.header_given ? 0 : recognition.header_row) {
  for (const Profile& profile : profiles_) {
    for (const ProfileColumn& column : profile.columns) {
      headers_.insert(column.headers.begin(), column.headers.end());
    }
    for (const std::vector<std::string>& layout : profile.layouts) {
      const std::vector<std::string_view> cells(layout.begin(), layout.end());
      Plan plan = make_plan(profile, variant_of(profile), cells);
      for (PlanColumn& column : plan.columns) column.header.clear();
      layouts_.push_back(keep(std::move(plan)));
    }
  }
  const std::vector<std::string_view> cells(recognition.header.begin(), recognition.header.end());
  Plan plan = make_plan(*recognition.profile, recognition.variant, cells);
  if (recognition.header_row == 0) {
    for (PlanColumn& column : plan.columns) column.header.clear();
  }
  first_ = keep(std::move(plan));
}

const Variant* Plans::variant_of(const Profile& profile) const {
  for (const Variant& variant : profile.variants) {
    if (variant.role == role_) return &variant;
  }
  return &profile.variants[0];
}

const Plan* Plans::keep(Plan plan) {
  plans_.push_back(std::move(plan));
  return &plans_.back();
}

bool Plans::may_be_header(Cells cells) const {
  int known = 0;
  for (const std::string_view cell : cells) {
    if (trimmed(cell).size() <= 40 && headers_.contains(folded(cell))) ++known;
  }
  return known >= 2;
}

const Plan* Plans::for_header(Cells cells) {
  if (!may_be_header(cells)) return nullptr;
  const Plan same = make_plan(*first_->profile, first_->variant, cells);
  if (same_columns(same, *first_)) return first_;
  const Profile* profile = profile_for_header(profiles_, cells);
  if (!profile) return nullptr;
  const bool own = profile == first_->profile;
  Plan plan = make_plan(*profile, own ? first_->variant : variant_of(*profile), cells);
  const std::lock_guard lock(mutex_);
  for (const Plan& known : plans_) {
    const bool has_header = !known.columns.empty() && !known.columns[0].header.empty();
    if (has_header && same_columns(known, plan)) return &known;
  }
  return plans_.size() < kMaxPlans ? keep(std::move(plan)) : nullptr;
}

const Plan* Plans::that_reads(const Plan& current, Cells cells) {
  if (cells.size() == current.width()) return nullptr;
  const Plan* found = reads(*first_, cells) ? first_ : nullptr;
  if (found) return found;
  for (const Plan* layout : layouts_) {
    if (!reads(*layout, cells)) continue;
    if (found) return nullptr;
    found = layout;
  }
  return found;
}

namespace {

// Maps the rows of one block under the plan that holds.
class BlockMapper {
 public:
  BlockMapper(Plans& plans, const Plan& plan, Mapper& mapper, Batch& batch)
      : plans_(plans), mapper_(mapper), batch_(batch) {
    out_.plan = &plan;
  }
  void add(const source::Record& record);
  BlockOutcome finish();

 private:
  // A record that waits while what it will look up is fetched.
  struct Waiting {
    RawRow row;
    std::vector<std::string_view> cells;
    source::Damage damage = source::Damage::none;
    bool blank = false;
  };
  void reject(const Reject& reject) { batch_.rejects.push_back(reject); }
  void accept(Cells cells);
  void number_extras();
  PlanUse& use();
  bool take_header(Cells cells);
  Outcome map_into_batch(const Plan& plan, const RawRow& row, Reject& reject);
  void map_row(const RawRow& row);
  void map_waiting();
  void map_record(const Waiting& record);
  void before_header(const At& at, Cells cells);

  Plans& plans_;
  Mapper& mapper_;
  Batch& batch_;
  BlockOutcome out_;
  std::array<Waiting, 16> waiting_;
  std::size_t waiting_count_ = 0;
  Reject reject_;
};

PlanUse& BlockMapper::use() {
  for (PlanUse& known : out_.plans) {
    if (known.plan == out_.plan) return known;
  }
  return out_.plans.emplace_back(
      PlanUse{out_.plan, std::vector<UnknownColumn>(out_.plan->width())});
}

// Those of the last sighting.
void BlockMapper::number_extras() {
  const std::size_t own = out_.plan->extras.size();
  for (std::size_t i = batch_.extras.size() - own; i < batch_.extras.size(); ++i) {
    batch_.extras[i].row = static_cast<std::uint32_t>(batch_.sightings.size() - 1);
  }
}

// The last sighting of the batch.
void BlockMapper::accept(Cells cells) {
  Sighting& sighting = batch_.sightings.back();
  sighting.kind = batch_.kinds.add(kind_of(sighting));
  PlanUse& plan = use();
  for (std::size_t i = 0; i < plan.columns.size(); ++i) {
    const std::optional<Field> field = out_.plan->columns[i].field;
    if (field && *field != Field::dropped) continue;
    const bool empty = i >= cells.size() || trimmed(cells[i]).empty();
    ++(empty ? plan.columns[i].empty : plan.columns[i].value);
  }
  const auto count = [&](std::size_t field) {
    ++batch_.states[field][static_cast<std::size_t>(sighting.states[field])];
  };
  for (std::size_t i = 0; i < kRowFieldCount; ++i) count(i);
  for (const Field field : out_.plan->extras) count(index(field));
  number_extras();
  out_.realigned += sighting.realigned ? 1 : 0;
}

// True: the row is a header, and the plan is that of what follows.
bool BlockMapper::take_header(Cells cells) {
  const Plan* plan = plans_.for_header(cells);
  if (!plan) return false;
  ++batch_.headers;
  if (plan == out_.plan) {
    ++out_.repeated_headers;
  } else {
    ++out_.stacked;
    out_.plan = plan;
  }
  return true;
}

// A sighting is made where it stays: to copy it costs 5 % of mapping.
Outcome BlockMapper::map_into_batch(const Plan& plan, const RawRow& row, Reject& reject) {
  Sighting& sighting = batch_.sightings.emplace_back();
  const Outcome outcome = mapper_.map(plan, row, batch_, sighting, reject);
  if (outcome != Outcome::sighting) batch_.sightings.pop_back();
  return outcome;
}

void BlockMapper::map_row(const RawRow& row) {
  switch (map_into_batch(*out_.plan, row, reject_)) {
    case Outcome::blank:
      ++batch_.blanks;
      return;
    case Outcome::sighting:
      return accept(row.cells);
    case Outcome::reject:
      break;
  }
  if (take_header(row.cells)) return;
  const Plan* other = row.cut_off ? nullptr : plans_.that_reads(*out_.plan, row.cells);
  if (!other) return reject(reject_);
  Reject second;
  if (map_into_batch(*other, row, second) != Outcome::sighting) return reject(reject_);
  ++out_.stacked;
  out_.plan = other;
  accept(row.cells);
}

void BlockMapper::before_header(const At& at, Cells cells) {
  ++out_.before_header;
  reject({at, 0, "", "header", static_cast<std::int32_t>(cells.size())});
}

// Its cells' texts live as long as the block's source::Records.
void BlockMapper::add(const source::Record& record) {
  Waiting& next = waiting_[waiting_count_++];
  next.cells.clear();
  for (const source::Cell& cell : record.cells) next.cells.push_back(cell.text);
  next.damage = record.damage;
  next.blank = record.blank;
  next.row.cells = next.cells;
  next.row.at = {record.at.row, record.at.line, record.at.byte_offset, record.at.byte_length};
  next.row.cut_off = has(record.damage, source::Damage::cut_off);
  mapper_.look_ahead(*out_.plan, next.row);
  if (waiting_count_ == waiting_.size()) map_waiting();
}

void BlockMapper::map_waiting() {
  const std::span<const Waiting> records(waiting_.data(), std::exchange(waiting_count_, 0));
  for (const Waiting& record : records) mapper_.bring(record.row);
  for (const Waiting& record : records) map_record(record);
}

BlockOutcome BlockMapper::finish() {
  map_waiting();
  return std::move(out_);
}

void BlockMapper::map_record(const Waiting& record) {
  const At& at = record.row.at;
  const bool quotes = has(record.damage, source::Damage::stray_quote) ||
                      has(record.damage, source::Damage::unclosed_quote);
  batch_.stray_quotes += quotes ? 1 : 0;
  batch_.bad_encoding += has(record.damage, source::Damage::bad_encoding) ? 1 : 0;
  if (record.blank) {
    ++batch_.blanks;
  } else if (has(record.damage, source::Damage::malformed)) {
    reject({at, 0, "", "record", static_cast<std::int32_t>(at.byte_length)});
  } else if (at.row == plans_.header_row()) {
    ++batch_.headers;
  } else if (at.row < plans_.header_row()) {
    before_header(at, record.cells);
  } else {
    map_row(record.row);
  }
}

}  // namespace

BlockOutcome map_block(const source::Block& block, Plans& plans, const Plan& plan, Mapper& mapper,
                       Batch& batch) {
  mapper.begin_batch(batch);
  batch.sightings.reserve(block.rows());
  if (plan.has(Field::actor)) batch.actors.reserve(block.rows());
  BlockMapper rows(plans, plan, mapper, batch);
  source::Records records(block);
  for (source::Record record; records.next(record);) rows.add(record);
  return rows.finish();
}

}  // namespace onus::ingest
