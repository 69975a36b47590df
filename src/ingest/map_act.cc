// SPDX-License-Identifier: Apache-2.0
// What a row says of the act as a whole: extra fields, its kind, and the key that makes it one with
// other sightings.
#include <algorithm>

#include "ingest/cell_state.h"
#include "ingest/fold.h"
#include "ingest/map.h"

namespace onus::ingest {

void Mapper::set_extras(const Plan& plan, Cells cells, Batch& batch, Sighting& out) {
  for (const Field field : plan.extras) {
    TextMemory& memory = extras_[index(field) - kFirstExtra];
    const Text text = text_of(memory, plan, cells, batch.texts, out);
    batch.extras.push_back({0, field, text.state, text.id});
    extra_hashes_.push_back(text.hash);
  }
}

void Mapper::set_act(const Plan& plan, Cells cells, Sighting& out) {
  out.act = plan.profile->act;
  for (const ActRule& rule : plan.profile->acts) {
    const bool event = rule.field == Field::search_type && !plan.has(Field::search_type);
    const Field field = event ? Field::event_type : rule.field;
    if (!plan.has(field)) continue;
    const std::string_view cell = cell_of(plan, cells, field);
    fold_into(cell, scratch_);
    const bool fits =
        std::find(rule.is.begin(), rule.is.end(), scratch_) != rule.is.end() ||
        std::any_of(rule.starts.begin(), rule.starts.end(),
                    [&](const std::string& start) { return scratch_.starts_with(start); }) ||
        (rule.any && has_value(cell_state(cell, field, plan.profile->marks)));
    if (!fits) continue;
    out.act = rule.act;
    break;
  }
  set_key(plan, cells, out);
}

void Mapper::set_key(const Plan& plan, Cells cells, Sighting& out) {
  out.tier = own_id_ ? record::LinkTier::vendor_id : record::LinkTier::exact_fields;
  act_key_.begin(out.tier, out.act, plan.profile->system);
  if (!id_.empty()) act_key_.add_text(id_);
  if (own_id_) {
    // A running number says which act only beside whose number it is.
    if (!is_uuid(id_)) act_key_.add_text(plan.profile->id);
    out.act_key = act_key_.finish();
    return;
  }
  act_key_.add_number(out.when);
  act_key_.add_number(out.networks);
  act_key_.add_number(out.devices);
  act_key_.add_number(out.window_from);
  act_key_.add_number(out.window_to);
  for (const Text* text : {&agency_, &actor_, &reason_, &offence_, &case_, &search_type_}) {
    act_key_.add_hash(text->hash);
  }
  for (const Field field :
       {Field::networks, Field::devices, Field::window, Field::agency, Field::actor, Field::reason,
        Field::offence, Field::case_number, Field::subject, Field::search_type}) {
    act_key_.add_state(out.state(field));
  }
  act_key_.add_hash(subject_hash_);
  for (const Hash128& hash : extra_hashes_) act_key_.add_hash(hash);
  for (const Field field : {Field::filters, Field::prompt, Field::entity_type, Field::details}) {
    if (!has_value(out.state(field))) continue;
    fold_into(cell_of(plan, cells, field), scratch_);
    act_key_.add_text(scratch_);
  }
  out.act_key = act_key_.finish();
}

}  // namespace onus::ingest
