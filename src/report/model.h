// SPDX-License-Identifier: Apache-2.0
// What a report says, as plain values: collect fills it from the store, the renderers turn it into
// files. Nothing here tells who was looked up: no subject, no token of one, no case number.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/record.h"

namespace onus::report {

// A file that was found and not read, and why (message unread.<reason>).
struct UnreadFile {
  std::string name;
  std::string reason;
};

// A text that decides what an audit finds, by the hash of its bytes.
struct Ruler {
  std::string id;
  std::string sha256;
};

// What the program says of itself. No clock, no machine: same input, same bytes.
struct RunInfo {
  std::string version;
  std::string engine;                // the store's version
  std::vector<std::string> command;  // as typed; absolute paths are cut to their last name
  std::vector<UnreadFile> unread = {};
  std::string language = {};
  std::string lexicon_sha256 = {};
  std::vector<Ruler> profiles = {};      // by which files were read
  std::optional<Ruler> agreements = {};  // the register of papers between agencies
  std::optional<Ruler> agencies = {};    // the register of agencies
  std::optional<Ruler> aliases = {};     // of their names
  std::optional<Ruler> labels = {};      // a sample of reasons that people read
};

struct Count {
  std::string name;
  std::int64_t lookups = 0;
};

constexpr std::size_t kCellStates = 8;  // record::CellState, in its order

struct ColumnUse {
  std::string header;  // empty: the file has no such column
  std::string field;
  std::array<std::int64_t, kCellStates> states{};
  std::optional<std::string> constant_value;
};

// Of a file whose system says whether a capture met what a match requires: its lookups.
struct Captures {
  std::int64_t met = 0, not_met = 0;
  std::int64_t unsaid = 0;  // says neither, or both
  std::int64_t said() const { return met + not_met; }
};

struct FileUse {
  std::int64_t id = 0;
  std::string name;  // the path below the folder that all files share
  std::string sha256;
  std::int64_t bytes = 0;
  std::string status;
  std::string duplicate_of;  // the name of the file that it repeats
  std::string profile, system, role, era, encoding, zone_origin;
  std::string owner_label, owner_origin;
  std::int64_t rows = 0, sightings = 0, rejects = 0, headers = 0, blanks = 0;
  std::string first_when, last_when;
  std::vector<std::string> notes;
  std::vector<ColumnUse> columns;
  std::optional<Captures> captures = {};

  std::int64_t accounted() const { return sightings + rejects + headers + blanks; }
  bool is_duplicate() const { return status == "duplicate"; }
};

struct Totals {
  std::int64_t files = 0, duplicate_files = 0, bytes = 0;
  std::int64_t rows = 0, sightings = 0, rejects = 0, headers = 0, blanks = 0;
  std::int64_t lookups = 0, accesses = 0;
  std::int64_t lookups_low = 0, lookups_high = 0;  // by which rows are taken for one lookup
  std::int64_t not_compared = 0;                   // rows with too many others in their second
  std::int64_t lookups_by_vendor_id = 0;  // if only the vendor's id were trusted to link rows
  std::int64_t agencies = 0, actors = 0;
  std::string first_when, last_when;
  bool is_part = false;  // a file was cut off, so that the log is a part of what there is
};

struct ReasonCount {
  std::string text;
  std::string purpose;
  std::int64_t lookups = 0;
};

// The true share of lookups whose reason is of a purpose, from a sample that people read; 95 %.
struct TrueShare {
  std::string purpose;
  double program = 0, share = 0, low = 0, high = 1;
};

struct ByPeople {
  std::int64_t lookups = 0, reasons = 0;  // of how many; how many were read
  std::vector<TrueShare> shares;          // none: no sample was given
};

struct Reasons {
  std::vector<Count> purposes, specificities, offences, topics, states;
  std::vector<ReasonCount> frequent;  // the wordings used most
  ByPeople by_people;
  std::int64_t distinct = 0;
};

struct AgencyUse {
  std::string key;  // the party, to add up its spellings; not shown
  std::string label, state, level;
  std::int64_t lookups = 0;
  std::int64_t with_breach = 0, with_missing = 0;  // its accesses on which a rule says so; quality
  // rules do not count as missing
  std::int64_t accesses = 0;
};

struct ActorUse {
  std::string label, agency;
  std::int64_t lookups = 0;
};

// A name that a log shortened, and the longer ones of its agency that it may stand for.
struct CutName {
  std::string label, agency;
  std::vector<std::string> fits;
};

struct Searchers {
  std::vector<AgencyUse> agencies;
  std::vector<ActorUse> actors;
  std::int64_t agencies_total = 0, actors_total = 0;
  std::vector<CutName> cut_names;                       // the first
  std::int64_t cut_fits_one = 0, cut_fits_several = 0;  // users; no figure puts them together
  std::int64_t unnamed_agency = 0, unnamed_actor = 0;   // lookups
  std::vector<Count> agency_states, actor_states, levels;
};

struct Month {
  std::string era, month;  // "2025-07"
  std::int64_t lookups = 0;
};

struct Hours {
  std::string zone;         // "UTC" or a name of the zone database
  std::string owner_state;  // where the zone comes from; empty for UTC
  std::array<std::array<std::int64_t, 24>, 7> lookups{};  // Monday first
  std::int64_t undated = 0;
  std::vector<Month> months;
};

struct ReachBucket {
  std::int64_t from = 0;
  std::int64_t to = 0;  // 0: open
  std::int64_t lookups = 0;
};

struct Reach {
  std::vector<ReachBucket> buckets;
  std::int64_t known = 0, unknown = 0, median = 0, largest = 0;
};

struct RejectGroup {
  std::string file, column, expected;
  std::int64_t rows = 0;
};

struct RejectRow {
  std::string file, column, expected;
  std::int64_t row = 0, line = 0, byte_offset = 0, byte_length = 0, found_length = 0;
};

struct Rejects {
  std::vector<RejectGroup> groups;
  std::vector<RejectRow> rows;
};

struct Because {
  std::string outcome;
  std::string code;
  std::int64_t accesses = 0, lookups = 0;
};

struct RuleAgency {
  std::string label;
  std::int64_t hits = 0, judged = 0;
};

struct Evidence {
  std::int64_t access_id = 0, lookup_id = 0;
  std::string outcome, because;
  std::string when, agency, owner, actor, reason, offence;
  std::int64_t span_begin = 0, span_end = 0;  // byte offsets into reason; equal: no span
  std::string file, sha256;
  std::int64_t page = 0;  // of a print, from 1; 0: none
  std::int64_t row = 0, line = 0, byte_offset = 0, byte_length = 0;
};

// What a code of the rule in the table `outcomes` means. The texts are the pack's; where it has
// none, the catalogue words the reason.
struct RuleReason {
  std::int64_t code = 0;
  std::string outcome, because, text_en, text_de;
};

// What a detector found: n of `of`, about an agency, a column, a wording; never about a person
// looked up. `rows`: some of the lookups.
struct Detection {
  std::string about;
  std::int64_t n = 0, of = 0;
  std::vector<Evidence> rows;  // only where they stand
};

// What must be done besides, where a lookup is permitted.
struct Obligation {
  record::Duty duty = record::Duty::record_user;
  std::int64_t within_days = 0;  // 0: the law names none
};

struct RuleUse {
  std::int64_t ix = 0;
  std::string id, page;  // page: the file's name, made safe
  std::string pack_id, pack_sha256, kind, severity, status;
  std::string in_force_from, in_force_to, law, section;
  std::string title_en, title_de, sentence_en, sentence_de;
  std::vector<std::string> required, evidence_en, evidence_de;
  std::string cannot_run;
  std::string duty_bearer;
  std::vector<Obligation> obligations;
  std::vector<RuleReason> reasons;    // by code
  std::vector<Detection> detections;  // the first
  std::int64_t detections_total = 0;
  std::int64_t detected = 0;  // the sum of n over all of them
  std::vector<Because> because;
  std::vector<Evidence> evidence;
  std::vector<RuleAgency> agencies;

  std::int64_t accesses(std::string_view outcome) const;
  std::int64_t lookups(std::string_view outcome) const;
  std::int64_t hits() const { return accesses("breach") + accesses("missing"); }
  std::int64_t applicable() const { return hits() + accesses("allowed") + accesses("cannot_tell"); }
};

// A pack that was asked, and of how many accesses it is the law (rules/jurisdiction.h).
struct PackUse {
  std::string id, sha256, title_en, title_de, place_en, place_de;
  std::int64_t governed = 0, governs_unknown = 0;
  std::string unknown_fact;  // what was not known where it is unknown

  bool is_law() const { return !place_en.empty(); }
};

struct Model {
  RunInfo run;
  Totals totals;
  std::vector<FileUse> files;
  std::vector<Count> acts;
  Reasons reasons;
  Searchers searchers;
  Hours hours;
  Reach networks, devices;
  Rejects rejects;
  std::vector<PackUse> packs;
  std::vector<RuleUse> rules;
  std::int64_t evidence_limit = 0;      // rows shown on a rule's page
  std::int64_t findings_csv_limit = 0;  // rows per rule in findings.csv
};

}  // namespace onus::report
