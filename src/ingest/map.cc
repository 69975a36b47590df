// SPDX-License-Identifier: Apache-2.0
#include "ingest/map.h"

#include <algorithm>

#include "ingest/cell_state.h"
#include "ingest/fold.h"
#include "ingest/value_kind.h"

namespace onus::ingest {
namespace {

using record::CellState;

// Measured on 10 M rows: texts repeat within a short while or not at all, and a small table stays
// in the cache; an actor costs an HMAC, so more of them are kept.
constexpr std::uint32_t kRememberedTexts = 1 << 13;
constexpr std::uint32_t kRememberedActors = 1 << 16;
constexpr std::uint32_t kBatchMask = (1U << 28) - 1;  // what a Person keeps of a batch's number

bool all_empty(Cells cells) {
  return std::all_of(cells.begin(), cells.end(),
                     [](std::string_view cell) { return trimmed(cell).empty(); });
}

bool has_digit(std::string_view text) { return std::any_of(text.begin(), text.end(), is_digit); }

std::string without_nul(std::string_view text) {
  std::string out(text);
  std::replace(out.begin(), out.end(), '\0', ' ');
  return out;
}

}  // namespace

Hash128 TextMemory::identity_of(std::string_view cell, const ActKey& keys) {
  if (!last_identity_ || cell != last_) {
    last_.assign(cell);
    last_identity_ = keys.hash_of(cell);
  }
  return *last_identity_;
}

TextMemory::Seen& TextMemory::look_up(std::string_view cell, const Hash128& identity,
                                      const Profile& profile, Pseudonyms& pseudonyms,
                                      const ActKey& keys) {
  const auto [id, is_new] = ids_.add(identity);
  return is_new ? read(cell, profile, pseudonyms, keys) : seen_[id];
}

TextMemory::Seen& TextMemory::read(std::string_view cell, const Profile& profile,
                                   Pseudonyms& pseudonyms, const ActKey& keys) {
  Seen& seen = seen_.emplace_back();
  const ValueMap* codes = profile.values_of(field_);
  const std::string* meaning = codes ? codes->meaning(cell) : nullptr;
  if (meaning) cell = *meaning;
  seen.state = meaning ? CellState::value : cell_state(cell, field_, profile.marks);
  if (!has_value(seen.state)) return seen;
  const std::string text = without_nul(trimmed(cell));
  const Scrubbed scrubbed = scrub(text, {}, kind_, pseudonyms);
  seen.compact = pages_->keep(normalised_subject(text));
  seen.digits = has_digit(seen.compact);
  seen.found = scrubbed.found;
  seen.text = pages_->keep(scrubbed.text);
  seen.identity = keys.hash_of(seen.text);
  seen.hash = keys.hash_of(folded(seen.text));
  return seen;
}

void TextMemory::forget_if_large() {
  if (ids_.size() <= kRememberedTexts) return;
  ids_.clear();
  seen_.clear();
  pages_ = std::make_shared<TextPages>();
}

Mapper::Mapper(Pseudonyms pseudonyms, std::string fixed_owner)
    : pseudonyms_(std::move(pseudonyms)),
      key_(pseudonyms_.link_key()),
      act_key_(key_),
      fixed_owner_(std::move(fixed_owner)),
      fixed_owner_identity_(act_key_.hash_of(fixed_owner_)),
      owners_(Field::owner, TextKind::name),
      agencies_(Field::agency, TextKind::name),
      reasons_(Field::reason, TextKind::free_text),
      offences_(Field::offence, TextKind::free_text),
      search_types_(Field::search_type, TextKind::free_text),
      moderations_(Field::moderation, TextKind::free_text) {
  for (std::size_t i = kFirstExtra; i < kFieldCount; ++i) {
    extras_.emplace_back(static_cast<Field>(i), TextKind::free_text);
  }
}

void Mapper::begin_batch(Batch& batch) {
  ++batch_;
  const auto begin = [&](TextMemory& memory) {
    memory.forget_if_large();
    batch.held.push_back(memory.held());
  };
  for (TextMemory* memory :
       {&owners_, &agencies_, &reasons_, &offences_, &search_types_, &moderations_}) {
    begin(*memory);
  }
  for (TextMemory& memory : extras_) begin(memory);
  if (person_ids_.size() > kRememberedActors) {
    person_ids_.clear();
    persons_.clear();
    actors_ = std::make_shared<std::deque<Actor>>();
  }
  batch.held.push_back(actors_);
}

bool Mapper::refuse_width(const Plan& plan, Cells cells, Reject& reject) const {
  reject.column = 0;
  reject.column_name.clear();
  reject.expected = "width|" + std::to_string(plan.width());
  reject.found_length = static_cast<std::int32_t>(cells.size());
  return false;
}

// A record of the same server, but not of its audit.
void Mapper::refuse_foreign(const Plan& plan, Cells cells, Reject& reject) const {
  const int position = plan.position(Field::details);
  reject.column = position + 1;
  reject.column_name = plan.columns[static_cast<std::size_t>(position)].header;
  reject.expected = "audit_record";
  reject.found_length = static_cast<std::int32_t>(cell_of(plan, cells, Field::details).size());
}

// Reads the firm fields; sets `cells` to the cells put right. On false `reject` says why.
bool Mapper::read_row(const Plan& plan, Cells& cells, bool cut_off, Firm& firm, Sighting& out,
                      Reject& reject) {
  Cells extra = cells.size() > plan.width() ? cells.subspan(plan.width()) : Cells();
  const bool too_wide = !all_empty(extra);
  const bool cut = cut_off && cells.size() < plan.width();
  Field wrong = Field::when;
  if (!too_wide && !cut && read_firm(plan, cells, firm, wrong)) return true;
  if (!cut && realign(plan, cells, aligned_)) {
    cells = aligned_;
    out.realigned = true;
    return read_firm(plan, cells, firm, wrong);
  }
  if (too_wide || cells.size() < plan.width()) return refuse_width(plan, cells, reject);
  const int position = plan.position(wrong);
  reject.column = position + 1;
  reject.column_name = plan.columns[static_cast<std::size_t>(position)].header;
  reject.expected = wrong == Field::window                                ? "window"
                    : wrong == Field::networks || wrong == Field::devices ? "integer"
                                                                          : "time";
  reject.found_length = static_cast<std::int32_t>(cell_of(plan, cells, wrong).size());
  return false;
}

void Mapper::set_subject(std::string_view cell, const Plan& plan, Sighting& out) {
  CellState& state = out.state(Field::subject);
  state = cell_state(cell, Field::subject, plan.profile->marks);
  if (!has_value(state)) return;
  const std::string& plate = ahead_->subject;
  out.subject = pseudonyms_.subject(plate);
  subject_hash_ = {out.subject.low, static_cast<std::uint64_t>(out.subject.high)};
  std::size_t from = 0;  // "7ABC123, 8XYZ999": each is sought in the row's texts
  while (from < plate.size()) {
    const std::size_t to = std::min(plate.find_first_of(",;/|", from), plate.size());
    if (to - from >= 4) own_plates_.push_back(plate.substr(from, to - from));
    from = to + 1;
  }
  digit_in_each_ = std::all_of(own_plates_.begin(), own_plates_.end(), has_digit);
}

// Reads the vendor's id: with one of its own, a row needs no other key (set_key).
void Mapper::read_id(const Plan& plan, Cells cells, Sighting& out) {
  id_.clear();
  own_id_ = false;
  if (!plan.has(Field::vendor_id)) return;
  const std::string_view cell = cell_of(plan, cells, Field::vendor_id);
  const CellState state = cell_state(cell, Field::vendor_id, plan.profile->marks);
  out.state(Field::vendor_id) = state;
  if (!has_value(state)) return;
  fold_into(cell, id_);
  own_id_ = plan.profile->ids_unique || is_uuid(id_);
}

// A name with a plate in it is rare, a plate that is a name is not: in names only plates that have
// a digit are sought (find_subjects holds to it too).
bool Mapper::holds_own_plate(std::string_view compact, bool digits, TextKind kind) const {
  if (digit_in_each_ && !digits) return false;
  return std::any_of(own_plates_.begin(), own_plates_.end(), [&](const std::string& plate) {
    return compact.find(plate) != std::string_view::npos &&
           (kind != TextKind::name || has_digit(plate));
  });
}

Mapper::Text Mapper::read_text(TextMemory& memory, std::string_view cell, const Hash128& identity,
                               const Plan& plan, TextList& table, Sighting& out) {
  TextMemory::Seen& seen = memory.look_up(cell, identity, *plan.profile, pseudonyms_, act_key_);
  if (!has_value(seen.state)) return {kNone, {}, seen.state};
  if (holds_own_plate(seen.compact, seen.digits, memory.kind())) {
    const Scrubbed own = scrub(without_nul(trimmed(cell)), own_plates_, memory.kind(), pseudonyms_);
    if (own.found) {
      out.subject_in_text = true;
      return {table.add_copy(act_key_.hash_of(own.text), own.text),
              act_key_.hash_of(folded(own.text)), seen.state};
    }
  }
  out.subject_in_text |= seen.found;
  if (seen.batch != batch_) {
    seen.batch = batch_;
    seen.id = table.add(seen.identity, seen.text);
  }
  return {seen.id, seen.hash, seen.state};
}

Mapper::Text Mapper::text_of(TextMemory& memory, const Plan& plan, Cells cells, TextList& table,
                             Sighting& out, const Hash128* identity) {
  Text text;
  text.state = plan.absent[index(memory.field())];
  if (plan.has(memory.field())) {
    const std::string_view cell = cell_of(plan, cells, memory.field());
    text = read_text(memory, cell, identity ? *identity : memory.identity_of(cell, act_key_), plan,
                     table, out);
  }
  out.state(memory.field()) = text.state;
  return text;
}

// Where a log is one agency's own, and so has no column for it, the owner is the searcher's agency;
// the state goes on saying that no column did.
void Mapper::set_owner_and_agency(const Plan& plan, Cells cells, Batch& batch, Sighting& out) {
  Text owner = text_of(owners_, plan, cells, batch.agencies, out);
  const CellState owner_state = out.state(Field::owner);
  if (!fixed_owner_.empty()) {
    owner = read_text(owners_, fixed_owner_, fixed_owner_identity_, plan, batch.agencies, out);
    out.state(Field::owner) = owner_state;
  }
  out.owner = owner.id;
  agency_ = text_of(agencies_, plan, cells, batch.agencies, out, &ahead_->agency);
  const bool own_log = plan.variant->role == record::LogRole::searcher;
  if (own_log && !plan.has(Field::agency)) {
    agency_.id = owner.id;
    agency_.hash = owner.hash;
  }
  out.agency = agency_.id;
}

void Mapper::set_actor(const Plan& plan, Cells cells, Batch& batch, Sighting& out) {
  CellState& state = out.state(Field::actor);
  actor_ = {};
  if (!plan.has(Field::actor)) return;
  const std::string_view cell = trimmed(cell_of(plan, cells, Field::actor));
  const auto [id, is_new] = person_ids_.add(ahead_->person);
  if (is_new) {
    const std::string_view agency =
        agency_.id == kNone ? std::string_view() : batch.agencies.at(agency_.id);
    add_person(cell, agency, plan.profile->marks);
  }
  Person& person = persons_[id];
  state = actor_.state = static_cast<CellState>(person.state);
  actor_.hash = person.hash;
  if (!has_value(state)) return;
  if (person.batch != (batch_ & kBatchMask)) {
    person.batch = batch_ & kBatchMask;
    person.id = batch.actors.add(person.hash, person.actor);
  }
  out.actor = person.id;
}

void Mapper::add_person(std::string_view cell, std::string_view agency, const Marks& marks) {
  Person& person = persons_.emplace_back();
  Actor& actor = actors_->emplace_back();
  person.actor = &actor;
  const CellState state = cell_state(cell, Field::actor, marks);
  person.state = static_cast<std::uint8_t>(state) & 0xF;
  if (!has_value(state)) return;
  actor = pseudonyms_.actor(without_nul(cell), agency);
  person.hash = act_key_.hash_of(actor.token);
}

// Case numbers hardly ever repeat: remembering them costs more than reading them.
void Mapper::set_case(const Plan& plan, Cells cells, Batch& batch, Sighting& out) {
  case_ = {};
  CellState& state = out.state(Field::case_number);
  if (!plan.has(Field::case_number)) return;
  const std::string_view cell = trimmed(cell_of(plan, cells, Field::case_number));
  state = cell_state(cell, Field::case_number, plan.profile->marks);
  if (!has_value(state)) return;
  compact_into(cell, compact_);
  const bool dirty = holds_own_plate(compact_, has_digit(compact_), TextKind::case_number) ||
                     may_hold_subject(cell) || cell.find('\0') != cell.npos;
  if (dirty) {
    const Scrubbed scrubbed =
        scrub(without_nul(cell), own_plates_, TextKind::case_number, pseudonyms_);
    out.subject_in_text |= scrubbed.found;
    fold_into(scrubbed.text, scratch_);
    if (batch.case_number.empty()) batch.case_number = scrubbed.text;
  } else {
    fold_into(cell, scratch_);
    if (batch.case_number.empty()) batch.case_number = cell;
  }
  if (!own_id_) case_.hash = act_key_.hash_of(scratch_);
  std::erase_if(scratch_, [](char c) {
    return c == ' ' || c == '-' || c == '/' || c == '.' || c == '#' || c == ':';
  });
  if (!scratch_.empty()) {
    out.case_key = static_cast<std::int64_t>(act_key_.hash_of(scratch_).low | 1);
  }
}

void Mapper::set_texts(const Plan& plan, Cells cells, Batch& batch, Sighting& out) {
  reason_ = text_of(reasons_, plan, cells, batch.texts, out, &ahead_->reason);
  set_case(plan, cells, batch, out);
  offence_ = text_of(offences_, plan, cells, batch.texts, out);
  search_type_ = text_of(search_types_, plan, cells, batch.words, out);
  if (plan.has(Field::event_type)) {
    const std::string_view cell = cell_of(plan, cells, Field::event_type);
    search_type_ = read_text(search_types_, cell, act_key_.hash_of(cell), plan, batch.words, out);
    out.state(Field::event_type) = search_type_.state;
  }
  out.reason = reason_.id;
  out.offence = offence_.id;
  out.search_type = search_type_.id;
  out.moderation = text_of(moderations_, plan, cells, batch.words, out).id;
}

void Mapper::set_states_of_rest(const Plan& plan, Cells cells, Sighting& out) {
  for (const Field field : {Field::filters, Field::prompt, Field::entity_type, Field::details}) {
    if (!plan.has(field)) continue;
    const std::string_view cell = cell_of(plan, cells, field);
    out.state(field) = cell_state(cell, field, plan.profile->marks);
    if (has_value(out.state(field)))
      out.subject_in_text |= !find_subjects(cell, {}, TextKind::free_text).empty();
  }
  for (const Field field : {Field::when, Field::when_date, Field::when_time}) {
    if (plan.has(field)) out.state(field) = CellState::value;
  }
}

Outcome Mapper::map(const Plan& plan, const RawRow& row, Batch& batch, Sighting& out,
                    Reject& reject) {
  Cells cells = row.cells;
  if (all_empty(cells)) return Outcome::blank;
  out = Sighting();
  out.at = reject.at = row.at;
  Firm firm;
  if (!read_row(plan, cells, row.cut_off, firm, out, reject)) return Outcome::reject;
  if (Composer::is_foreign(plan, cells)) {
    refuse_foreign(plan, cells, reject);
    return Outcome::reject;
  }
  if (plan.is_composed()) cells = composer_.compose(plan, cells);
  out.states = plan.absent;
  own_plates_.clear();
  subject_hash_ = {};
  extra_hashes_.clear();
  out.when = firm.when.micros;
  out.zone_stated = firm.when.zone_stated;
  out.networks = firm.networks;
  out.devices = firm.devices;
  out.window_from = firm.window.from.micros;
  out.window_to = firm.window.to.micros;
  out.state(Field::networks) = firm.networks_state;
  out.state(Field::devices) = firm.devices_state;
  out.state(Field::window) = firm.window_state;
  ahead_ = &row.ahead;
  if (ahead_->plan != &plan || ahead_->cells.data() != cells.data()) {
    work_out(plan, cells, own_ahead_);
    ahead_ = &own_ahead_;
  }
  read_id(plan, cells, out);
  if (plan.has(Field::subject)) set_subject(cell_of(plan, cells, Field::subject), plan, out);
  set_owner_and_agency(plan, cells, batch, out);
  set_actor(plan, cells, batch, out);
  set_texts(plan, cells, batch, out);
  set_states_of_rest(plan, cells, out);
  if (!plan.extras.empty()) set_extras(plan, cells, batch, out);
  set_act(plan, cells, out);
  return Outcome::sighting;
}

}  // namespace onus::ingest
