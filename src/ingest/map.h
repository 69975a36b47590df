// SPDX-License-Identifier: Apache-2.0
// One record to one sighting, or to one reject that says which column could not be read: never to
// both, never to neither. A blank record is a blank. Nothing that names anyone looked up leaves
// this step: subjects are tokens, texts are scrubbed.
//
// A Mapper belongs to one thread and one file; it remembers texts that it has seen.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/act_key.h"
#include "ingest/align.h"
#include "ingest/batch.h"
#include "ingest/compose.h"
#include "ingest/identity_table.h"
#include "ingest/plan.h"
#include "ingest/pseudonym.h"
#include "ingest/scrub.h"
#include "ingest/text_pages.h"

namespace onus::ingest {

enum class Outcome { sighting, reject, blank };

// The texts of one field that were read so far: what each became, without doing it again.
class TextMemory {
 public:
  struct Seen {
    std::string_view text;     // scrubbed; "" where there is no value
    std::string_view compact;  // normalised_subject() of the cell: the row's own plate is sought
    Hash128 hash;              // of the folded text, for the act key
    Hash128 identity;          // of the text
    record::CellState state = record::CellState::empty;
    bool found = false;   // something was scrubbed
    bool digits = false;  // in `compact`
    std::uint32_t batch = 0;
    std::uint32_t id = kNone;  // in that batch
  };
  TextMemory(Field field, TextKind kind) : field_(field), kind_(kind) {}

  Hash128 identity_of(std::string_view cell, const ActKey& keys);  // its hash_of()
  // `identity`: identity_of(cell).
  Seen& look_up(std::string_view cell, const Hash128& identity, const Profile& profile,
                Pseudonyms& pseudonyms, const ActKey& keys);
  // Two steps towards the cache for a look_up() soon: the place of the text, then what it became.
  void prefetch(const Hash128& identity) const { ids_.prefetch(identity); }
  void bring(const Hash128& identity) const;
  // Where there are too many. What was handed out lives as long as what held() gave before.
  void forget_if_large();
  std::shared_ptr<const void> held() const { return pages_; }
  Field field() const { return field_; }
  TextKind kind() const { return kind_; }

 private:
  Seen& read(std::string_view cell, const Profile& profile, Pseudonyms& pseudonyms,
             const ActKey& keys);

  Field field_;
  TextKind kind_;
  IdentityTable ids_;  // of the cells as they stand
  std::vector<Seen> seen_;
  std::shared_ptr<TextPages> pages_ = std::make_shared<TextPages>();
  std::string last_;  // cells often stand below their like
  std::optional<Hash128> last_identity_;
};

// What the look-ups of a row will ask for, where they were worked out beforehand.
struct Ahead {
  const Plan* plan = nullptr;  // none: nothing was
  Cells cells;
  Hash128 person, agency, reason;
  std::string subject;  // compact_into()
};

// A record as it is read. The cells stand where they are while it is mapped.
struct RawRow {
  Cells cells;
  At at;
  bool cut_off = false;  // the file ends inside this record
  Ahead ahead = {};
};

class Mapper {
 public:
  // `fixed_owner`: whose data it is where no column says so; "": not known.
  Mapper(Pseudonyms pseudonyms, std::string fixed_owner);

  // Before the first row of each batch.
  void begin_batch(Batch& batch);

  // What is known of persons and texts is too much for the nearer caches, and rows ask for it in no
  // order. So it is asked for some rows before it is needed, in two steps (map_ahead.cc): to wait
  // for it took a third of the time of mapping. Without them map() gives the same.
  void look_ahead(const Plan& plan, RawRow& row);
  void bring(const RawRow& row) const;

  Outcome map(const Plan& plan, const RawRow& row, Batch& batch, Sighting& sighting,
              Reject& reject);

 private:
  struct Text {
    std::uint32_t id = kNone;
    Hash128 hash;
    record::CellState state = record::CellState::empty;
  };
  // An actor, as numbered in a batch. Two to a line of the cache: each row asks for one.
  struct alignas(32) Person {
    Hash128 hash;
    const Actor* actor = nullptr;
    std::uint32_t id = kNone;
    std::uint32_t batch : 28 = 0;
    std::uint32_t state : 4 = 0;  // a CellState
  };
  static_assert(sizeof(Person) == 32);

  bool read_row(const Plan& plan, Cells& cells, bool cut_off, Firm& firm, Sighting& out,
                Reject& reject);
  void work_out(const Plan& plan, Cells cells, Ahead& out);
  bool refuse_width(const Plan& plan, Cells cells, Reject& reject) const;
  void refuse_foreign(const Plan& plan, Cells cells, Reject& reject) const;
  void set_subject(std::string_view cell, const Plan& plan, Sighting& out);
  Text read_text(TextMemory& memory, std::string_view cell, const Hash128& identity,
                 const Plan& plan, TextList& table, Sighting& out);
  // `identity`: where it was worked out already.
  Text text_of(TextMemory& memory, const Plan& plan, Cells cells, TextList& table, Sighting& out,
               const Hash128* identity = nullptr);
  void set_owner_and_agency(const Plan& plan, Cells cells, Batch& batch, Sighting& out);
  void set_actor(const Plan& plan, Cells cells, Batch& batch, Sighting& out);
  void add_person(std::string_view cell, std::string_view agency, const Marks& marks);
  bool holds_own_plate(std::string_view compact, bool digits, TextKind kind) const;
  void read_id(const Plan& plan, Cells cells, Sighting& out);
  void set_texts(const Plan& plan, Cells cells, Batch& batch, Sighting& out);
  void set_case(const Plan& plan, Cells cells, Batch& batch, Sighting& out);
  void set_states_of_rest(const Plan& plan, Cells cells, Sighting& out);
  void set_extras(const Plan& plan, Cells cells, Batch& batch, Sighting& out);
  void set_act(const Plan& plan, Cells cells, Sighting& out);
  void set_key(const Plan& plan, Cells cells, Sighting& out);

  Pseudonyms pseudonyms_;
  SipKey key_;
  ActKey act_key_;
  std::string fixed_owner_;
  Hash128 fixed_owner_identity_;
  std::uint32_t batch_ = 0;

  TextMemory owners_, agencies_, reasons_, offences_, search_types_, moderations_;
  std::vector<TextMemory> extras_;  // by field, from kFirstExtra on
  IdentityTable person_ids_;
  std::vector<Person> persons_;
  std::shared_ptr<std::deque<Actor>> actors_ = std::make_shared<std::deque<Actor>>();

  // Of the row at hand.
  const Ahead* ahead_ = nullptr;
  Ahead own_ahead_;  // of one for which nobody looked ahead
  std::vector<std::string_view> aligned_;
  std::vector<std::string> own_plates_;
  bool digit_in_each_ = false;  // of them
  std::string compact_;
  std::string id_;  // folded; "": none
  bool own_id_ = false;
  Composer composer_;
  std::string scratch_;
  Text agency_, actor_, reason_, offence_, case_, search_type_;
  Hash128 subject_hash_;
  std::vector<Hash128> extra_hashes_;
};

}  // namespace onus::ingest
