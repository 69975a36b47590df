// SPDX-License-Identifier: Apache-2.0
#include "record/tables.h"

namespace onus::record {
namespace {

constexpr std::string_view kSchema = R"sql(
CREATE TYPE cell_state AS ENUM ('value', 'empty', 'placeholder', 'masked_vendor', 'masked_agency',
                                'not_exported', 'absent_by_design', 'partial');
CREATE TYPE act_kind AS ENUM ('search', 'hotlist_hit', 'derived', 'administrative');
CREATE TYPE log_role AS ENUM ('owner', 'searcher');
CREATE TYPE link_tier AS ENUM ('vendor_id', 'exact_fields', 'probabilistic');
CREATE TYPE extra_field AS ENUM ('legal_basis', 'on_behalf', 'decision', 'object', 'station',
                                 'match', 'quality');
CREATE TYPE outcome AS ENUM ('not_applicable', 'allowed', 'cannot_tell', 'missing', 'breach');

CREATE TABLE case_info (schema_version INTEGER, key_check VARCHAR);

-- One row per file given. rows = sightings + rejects + headers + blanks, or it is our bug.
-- status: reading (a run was cut off here), done, duplicate (same bytes as duplicate_of).
CREATE TABLE files (
  file_id INTEGER PRIMARY KEY, path VARCHAR, sha256 VARCHAR, bytes BIGINT, status VARCHAR,
  duplicate_of INTEGER, profile VARCHAR, system VARCHAR, role log_role, era VARCHAR,
  encoding VARCHAR, zone_origin VARCHAR,
  owner_label VARCHAR, owner_origin VARCHAR,   -- 'given' | 'file_name' | 'column' | 'constant_agency' | NULL
  "rows" BIGINT, sightings BIGINT, rejects BIGINT, headers BIGINT, blanks BIGINT,
  first_when TIMESTAMP, last_when TIMESTAMP,
  notes VARCHAR[]);                            -- message ids with arguments: 'cut_off', 'row_limit|1000000'

-- What each field of a file says: how many cells in each state. `header` is NULL where there is no such
-- column. constant_value: the one value in every row (a possible mask), scrubbed, or NULL.
CREATE TABLE columns (
  file_id INTEGER, position INTEGER, header VARCHAR, field VARCHAR,
  value BIGINT, empty BIGINT, placeholder BIGINT, masked_vendor BIGINT, masked_agency BIGINT,
  not_exported BIGINT, absent_by_design BIGINT, partial BIGINT, constant_value VARCHAR);

-- On which page of a file its rows stand: from first_row on, until the next. None for a file without pages.
CREATE TABLE parts (file_id INTEGER, first_row BIGINT, part INTEGER);

-- Each distinct reason, offence drop-down value and text of extras, scrubbed, once.
CREATE TABLE texts (text_id INTEGER, text VARCHAR);
-- Each distinct agency name as it stands in the logs, once.
CREATE TABLE agencies_raw (agency_id INTEGER, text VARCHAR);
-- Each actor. label: the name as it stands in the log, or a short token where the log has a machine id.
CREATE TABLE actors (actor_id INTEGER, token VARCHAR, label VARCHAR);

-- What rows are like: each distinct combination of their cells' states, the kind of act and the vendor's
-- few words, once. A case has some hundreds, so that a row needs one number for all of it.
CREATE TABLE row_kinds (
  kind_id INTEGER, act_tier link_tier,     -- what makes two sightings one act (ingest/act_key.h)
  act act_kind, search_type VARCHAR,
  agency_state cell_state, actor_state cell_state, subject_state cell_state, networks_state cell_state,
  devices_state cell_state, window_state cell_state, reason_state cell_state, case_state cell_state,
  offence_state cell_state, filters_state cell_state, prompt_state cell_state,
  subject_in_text BOOLEAN,                 -- a subject stood in a text field and was replaced
  moderation VARCHAR);

-- Who reads sightings reads the view below; this is how they are stored.
CREATE TABLE sighting_rows (
  sighting_id BIGINT, file_id INTEGER,
  "row" BIGINT,           -- number of the record in the file, headers and blanks counted, from 1
  line BIGINT,            -- line on which it begins, from 1
  byte_offset BIGINT, byte_length INTEGER,
  act_key HUGEINT, "when" TIMESTAMP, kind_id INTEGER,
  owner_id INTEGER,                        -- agencies_raw: whose data; NULL: not known
  agency_id INTEGER, actor_id INTEGER,     -- agencies_raw: the searcher's agency
  subject HUGEINT,                         -- first 128 bits of HMAC-SHA-256, case key
  networks INTEGER, devices INTEGER,       -- organisations and cameras reached by the search
  window_from TIMESTAMP, window_to TIMESTAMP,      -- asked for, not what came back
  reason_id INTEGER,                       -- texts
  case_key BIGINT,        -- equal case numbers (signs between apart) have equal keys
  offence_id INTEGER);                     -- texts: the drop-down value

CREATE VIEW sightings AS
  SELECT sighting_id, file_id, "row", line, byte_offset, byte_length, act_key, act_tier, "when", act,
    search_type, owner_id, agency_id, agency_state, actor_id, actor_state, subject, subject_state,
    subject_in_text, networks, networks_state, devices, devices_state, window_from, window_to,
    window_state, reason_id, reason_state, case_key, case_state, offence_id, offence_state,
    filters_state, prompt_state, moderation, kind_id
  FROM sighting_rows JOIN row_kinds USING (kind_id);

-- What a row says beyond the columns of sightings, where its system says such a thing: the permissible
-- use claimed, for whom, what became of the request, what kind of thing was asked, where the searcher
-- sat, what a comparison gave, whether a capture met its requirements. A row only for columns that the
-- file has; text_id: texts, NULL where the state has no value.
CREATE TABLE extras (
  sighting_id BIGINT, field extra_field, state cell_state, text_id INTEGER);

-- Rows that could not be read. column_name, expected: message arguments; found is never stored (it may
-- name a person), its length is.
CREATE TABLE rejects (
  file_id INTEGER, "row" BIGINT, line BIGINT, byte_offset BIGINT, byte_length INTEGER,
  column_position INTEGER, column_name VARCHAR, expected VARCHAR, found_length INTEGER);

-- Only sightings that are one act with another one: which is the act's (lookup_id) and the (act,
-- owner)'s (access_id) representative. A sighting that is not here represents itself. probability:
-- in 1/1,000,000, of the weakest of the joins that made the act; 1,000,000 where none did.
CREATE TABLE links (
  sighting_id BIGINT, lookup_id BIGINT, access_id BIGINT, tier link_tier, probability INTEGER);
-- One row: how many distinct acts there are at least, by the table links, and at most; and by the
-- vendor's id alone.
CREATE TABLE link_counts (
  low BIGINT, best BIGINT, high BIGINT, by_vendor_id BIGINT,
  joined BIGINT,      -- act_keys that are one act with another one, by probability
  left_out BIGINT);   -- rows that stand with too many others in one second

-- How classify reads a text. Spans are byte offsets into texts.text. NULL offence, topic, on_behalf_of:
-- none stated. certainty: explicit | contextual | ambiguous. decided_by: the pattern's id.
CREATE TABLE readings (
  text_id INTEGER, purpose VARCHAR, offence VARCHAR, specificity VARCHAR, topic VARCHAR,
  on_behalf_of VARCHAR, certainty VARCHAR, span_begin INTEGER, span_end INTEGER, decided_by VARCHAR);

-- How resolve reads an agency name. state, country: two-letter codes or NULL; confidence in 1/1000. ori: of the
-- register; resolved_by: 'name', 'register' or 'alias'; candidates: of the register, where several fit.
CREATE TABLE parties (
  agency_id INTEGER, party_key VARCHAR, place VARCHAR, state VARCHAR, kind VARCHAR, level VARCHAR,
  inactive BOOLEAN, confidence INTEGER, country VARCHAR, ori VARCHAR, resolved_by VARCHAR,
  candidates VARCHAR);

-- Papers between agencies, from a register that the auditor gave (resolve/agreements.h); no row in
-- agreement_registers: none was given, and nothing is known of papers. Keys: parties.party_key.
CREATE TABLE agreement_registers (path VARCHAR, sha256 VARCHAR, agreements BIGINT, complete BOOLEAN);
-- What each kind of paper says between two parties in [begins, ends): 'requested', 'granted', 'active' or
-- 'revoked', and for which purposes (NULL: all). Spans of two parties never overlap.
CREATE TABLE agreement_spans (
  owner_key VARCHAR, searcher_key VARCHAR, begins TIMESTAMP, ends TIMESTAMP,
  declaration VARCHAR, declaration_for VARCHAR[], certification VARCHAR, certification_for VARCHAR[],
  sharing_agreement VARCHAR, sharing_agreement_for VARCHAR[]);

-- The packs that were asked, in order, and of how many accesses each is the law (`governed`) or may be
-- (`governs_unknown`). unknown_fact: the first fact that was not known there. A pack with governed = 0
-- has no rules in `rules`, unless it has no jurisdiction (governed: all).
CREATE TABLE packs (
  pack_ix INTEGER, pack_id VARCHAR, pack_sha256 VARCHAR, title_en VARCHAR, title_de VARCHAR,
  place_en VARCHAR, place_de VARCHAR, governed BIGINT, governs_unknown BIGINT, unknown_fact VARCHAR);

-- The rules that ran, in order; kind 'detector' fills detections, any other outcomes. law, section: of
-- all its citations, joined by '; '. cannot_run: why it could say nothing of this log
-- ('withheld:reason_state'), or NULL. obligations: duties with their days, 'record_user', 'review|7'.
CREATE TABLE rules (
  rule_ix INTEGER, rule_id VARCHAR, pack_id VARCHAR, pack_sha256 VARCHAR, kind VARCHAR, severity VARCHAR,
  status VARCHAR, in_force_from DATE, in_force_to DATE, law VARCHAR, section VARCHAR,
  title_en VARCHAR, title_de VARCHAR, sentence_en VARCHAR, sentence_de VARCHAR,
  requires VARCHAR[], evidence_en VARCHAR[], evidence_de VARCHAR[], cannot_run VARCHAR,
  duty_bearer VARCHAR,                         -- 'owner' | 'searcher' | 'both' | 'vendor' | NULL: no law
  obligations VARCHAR[]);

-- What a code in outcomes.b<rule_ix> means. Texts are of the pack's evidence or element, or NULL: the
-- other reasons (docs/rule-packs.md) are worded by the report.
CREATE TABLE outcome_reasons (
  rule_ix INTEGER, code UTINYINT, outcome outcome, because VARCHAR, text_en VARCHAR, text_de VARCHAR);

-- How many accesses and lookups got which outcome, and why. because: the required element that is
-- missing, or the evidence that would tell.
CREATE TABLE outcome_counts (
  rule_ix INTEGER, outcome VARCHAR, because VARCHAR, accesses BIGINT, lookups BIGINT);

-- What detectors found: about what (an agency, a column, a text), n of "of", and at most 20 lookups.
CREATE TABLE detections (
  rule_ix INTEGER, detection_ix INTEGER, about VARCHAR, n BIGINT, "of" BIGINT, lookups BIGINT[]);
)sql";

constexpr std::string_view kViews = R"sql(
CREATE OR REPLACE VIEW lookups AS
  SELECT s.*, s.sighting_id AS lookup_id FROM sightings s
  WHERE s.sighting_id NOT IN (SELECT sighting_id FROM links WHERE sighting_id <> lookup_id);

CREATE OR REPLACE VIEW accesses AS
  SELECT s.*, s.sighting_id AS access_id, coalesce(l.lookup_id, s.sighting_id) AS lookup_id
  FROM sightings s LEFT JOIN links l USING (sighting_id)
  WHERE l.access_id IS NULL OR l.access_id = s.sighting_id;

-- Of the reason and the drop-down value: the one that says more.
CREATE OR REPLACE MACRO stated_purpose(reason, chosen) AS
  CASE WHEN reason IS NULL OR (reason IN ('unclear', 'vague', 'placeholder', 'reference_only')
              AND chosen IS NOT NULL AND chosen <> 'unclear')
         THEN chosen ELSE reason END;

-- NULL: no register was given, or a party, the moment or the purpose is not known, or the register, which does
-- not say that it is complete, has no such paper. 'none': a complete one has none for that day; 'other_purpose': it has, for other purposes than the one stated.
CREATE OR REPLACE MACRO paper_word(word, purposes, owner_key, searcher_key, moment, reason, chosen) AS
  CASE WHEN NOT (SELECT count(*) > 0 FROM agreement_registers) OR owner_key IS NULL OR searcher_key IS NULL
         OR moment IS NULL THEN NULL
       WHEN word IS NULL THEN CASE WHEN (SELECT bool_and(complete) FROM agreement_registers) THEN 'none' END
       WHEN purposes IS NULL THEN word
       WHEN stated_purpose(reason, chosen) IS NULL THEN NULL
       WHEN list_contains(purposes, stated_purpose(reason, chosen)) THEN word ELSE 'other_purpose' END;

-- What extras say that rules can read, one row for each sighting that has any.
CREATE OR REPLACE VIEW said_beside AS
  SELECT x.sighting_id,
    max(b.on_behalf_of) FILTER (x.field = 'on_behalf') AS on_behalf_of,
    max(x.state::VARCHAR) FILTER (x.field = 'on_behalf') AS on_behalf_state,
    max(t.text) FILTER (x.field = 'legal_basis') AS legal_basis,
    max(x.state::VARCHAR) FILTER (x.field = 'legal_basis') AS legal_basis_state,
    max(t.text) FILTER (x.field = 'decision') AS decision
  FROM extras x
  LEFT JOIN (FROM texts SEMI JOIN extras USING (text_id)) t USING (text_id)
  LEFT JOIN (FROM readings SEMI JOIN extras USING (text_id)) b USING (text_id)
  WHERE x.field IN ('on_behalf', 'legal_basis', 'decision')
  GROUP BY x.sighting_id;

-- Of the accesses in a table or view that has their columns.
CREATE OR REPLACE MACRO facts_of(which) AS TABLE
  SELECT a.access_id, a.lookup_id, a.agency_id, a.file_id, a."when", a.act::VARCHAR AS act, f.role::VARCHAR AS log_role,
    f.system AS system,
    o.state AS owner_state, o.level AS owner_level, o.kind AS owner_kind, o.country AS owner_country,
    p.state AS searcher_state, p.level AS searcher_level, p.kind AS searcher_kind,
    p.country AS searcher_country,
    paper_word(g.declaration, g.declaration_for, o.party_key, p.party_key, a."when", r.purpose, d.purpose)
      AS declaration,
    paper_word(g.certification, g.certification_for, o.party_key, p.party_key, a."when", r.purpose, d.purpose)
      AS certification,
    paper_word(g.sharing_agreement, g.sharing_agreement_for, o.party_key, p.party_key, a."when", r.purpose,
               d.purpose) AS sharing_agreement,
    CASE WHEN p.level = 'federal' THEN 'federal'
         WHEN p.level = 'private_body' THEN 'private_body'
         WHEN a.owner_id IS NULL OR a.agency_id IS NULL OR o.state IS NULL THEN 'unknown'
         WHEN o.party_key = p.party_key THEN 'same_agency'
         WHEN p.state IS NULL THEN 'unknown'
         WHEN o.state = p.state THEN 'in_state' ELSE 'out_of_state' END AS relation,
    stated_purpose(r.purpose, d.purpose) AS purpose,
    coalesce(r.offence, d.offence) AS offence,
    CASE WHEN d.specificity IS NOT NULL AND d.specificity <> 'none' AND coalesce(r.specificity, 'none') IN ('none', 'generic')
         THEN d.specificity ELSE r.specificity END AS specificity,
    coalesce(r.topic, d.topic) AS topic,
    CASE WHEN r.topic IS NOT NULL THEN r.certainty WHEN d.topic IS NOT NULL THEN d.certainty END AS topic_certainty,
    coalesce(e.on_behalf_of, r.on_behalf_of) AS on_behalf_of,
    coalesce(e.on_behalf_state, 'not_exported') AS on_behalf_state,
    e.legal_basis AS legal_basis, coalesce(e.legal_basis_state, 'not_exported') AS legal_basis_state,
    CASE WHEN e.decision IN ('allowed', 'denied', 'failed') THEN e.decision END AS decision,
    a.reason_state::VARCHAR AS reason_state, a.case_state::VARCHAR AS case_state,
    a.offence_state::VARCHAR AS offence_state, a.actor_state::VARCHAR AS actor_state,
    a.agency_state::VARCHAR AS agency_state, a.subject_state::VARCHAR AS subject_state,
    a.filters_state::VARCHAR AS filters_state, a.prompt_state::VARCHAR AS prompt_state,
    a.window_state::VARCHAR AS window_state, a.networks_state::VARCHAR AS networks_state,
    a.networks::BIGINT AS networks, a.devices::BIGINT AS devices, a.window_from, a.window_to,
    a.search_type, a.moderation, f.era AS era
  FROM query_table(which) a
  JOIN files f USING (file_id)
  LEFT JOIN readings r ON r.text_id = a.reason_id
  LEFT JOIN readings d ON d.text_id = a.offence_id
  LEFT JOIN parties p ON p.agency_id = a.agency_id
  LEFT JOIN parties o ON o.agency_id = a.owner_id
  LEFT JOIN said_beside e ON e.sighting_id = a.access_id
  LEFT JOIN agreement_spans g ON g.owner_key = o.party_key AND g.searcher_key = p.party_key
    AND a."when" >= g.begins AND a."when" < g.ends;
CREATE OR REPLACE VIEW facts AS FROM facts_of('accesses');

-- Which parties and systems meet, and how often: what the jurisdiction of a pack is asked of. Named and
-- worded as in `facts`, but grouped before it joins: parties are few, accesses many.
CREATE OR REPLACE VIEW party_facts AS
  SELECT f.system AS system, f.role::VARCHAR AS log_role,
    o.state AS owner_state, o.level AS owner_level, o.kind AS owner_kind, o.country AS owner_country,
    p.state AS searcher_state, p.level AS searcher_level, p.kind AS searcher_kind,
    p.country AS searcher_country, sum(a.n)::BIGINT AS accesses
  FROM (SELECT file_id, owner_id, agency_id, count(*) AS n FROM accesses GROUP BY ALL) a
  JOIN files f USING (file_id)
  LEFT JOIN parties p ON p.agency_id = a.agency_id
  LEFT JOIN parties o ON o.agency_id = a.owner_id
  GROUP BY ALL;

-- The same with the agency that it was done for, which takes a look at every access: asked only where some
-- pack's jurisdiction hangs on it.
CREATE OR REPLACE VIEW party_behalf_facts AS
  SELECT system, log_role, owner_state, owner_level, owner_kind, owner_country, searcher_state,
    searcher_level, searcher_kind, searcher_country, on_behalf_of, count(*) AS accesses
  FROM facts GROUP BY ALL;

-- All that a detector's SQL may read: no subject, no case number, no value of a constant column.
CREATE OR REPLACE VIEW detect_lookups AS
  SELECT lookup_id, file_id, "when", act::VARCHAR AS act, owner_id, agency_id,
    agency_state::VARCHAR AS agency_state, actor_id, actor_state::VARCHAR AS actor_state,
    networks, devices, window_from, window_to, reason_id, reason_state::VARCHAR AS reason_state,
    offence_id, offence_state::VARCHAR AS offence_state, case_state::VARCHAR AS case_state
  FROM lookups;
CREATE OR REPLACE VIEW detect_texts AS SELECT text_id, text FROM texts;
CREATE OR REPLACE VIEW detect_agencies AS
  SELECT a.agency_id, a.text, p.party_key, p.state, p.kind, p.level
  FROM agencies_raw a LEFT JOIN parties p USING (agency_id);
CREATE OR REPLACE VIEW detect_columns AS
  SELECT c.file_id, f.path, c."position", c.header, c.field,
    c.value + c.empty + c.placeholder + c.masked_vendor + c.masked_agency + c.partial AS cells,
    c.constant_value IS NOT NULL AS is_constant
  FROM columns c JOIN files f USING (file_id) WHERE f.status = 'done';
)sql";

}  // namespace

std::string_view schema_sql() { return kSchema; }
std::string_view views_sql() { return kViews; }

}  // namespace onus::record
