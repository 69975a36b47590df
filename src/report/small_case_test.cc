// SPDX-License-Identifier: Apache-2.0
#include "report/small_case.h"

#include <gtest/gtest.h>

#include "base/check.h"
#include "record/tables.h"
#include "support/store_rows.h"

namespace onus::report {
namespace {

constexpr std::string_view kDictionaries = R"sql(
INSERT INTO texts VALUES (0, 'stolen vehicle 24-1180'), (1, 'assist ICE with locate'),
  (2, 'Investigation'), (3, 'plate [subject:1a2b3c4d] wanted, armed robbery'), (4, 'Theft');
INSERT INTO readings VALUES
  (0, 'crime', 'vehicle_theft', 'specific', NULL, NULL, 'explicit', 0, 14, 'stolen'),
  (1, 'immigration', NULL, 'specific', 'immigration', 'ice', 'explicit', 7, 10, 'ice'),
  (2, 'vague', NULL, 'generic', NULL, NULL, 'explicit', 0, 13, 'generic'),
  (3, 'crime', 'robbery', 'specific', NULL, NULL, 'explicit', 33, 46, 'robbery'),
  (4, 'crime', 'theft', 'coded', NULL, NULL, 'explicit', 0, 5, 'drop');
INSERT INTO agencies_raw VALUES (0, 'Rivermouth PD, IL'), (1, 'Rivermouth Police Department IL'),
  (2, 'Cedar Bluff TX SO'), (3, 'Federal Bureau [Federal]'), (4, 'Larkspur IL PD');
INSERT INTO parties (agency_id, party_key, place, state, kind, level, inactive, confidence) VALUES
  (0, 'il/rivermouth/police', 'Rivermouth', 'IL', 'police', 'local', false, 990),
  (1, 'il/rivermouth/police', 'Rivermouth', 'IL', 'police', 'local', false, 980),
  (2, 'tx/cedar bluff/sheriff', 'Cedar Bluff', 'TX', 'sheriff', 'county', false, 970),
  (3, NULL, NULL, NULL, NULL, 'federal', false, 700),
  (4, 'il/larkspur/police', 'Larkspur', 'IL', 'police', 'local', false, 990);
INSERT INTO actors VALUES (0, 'aa', 'R. Alder'), (1, 'bb', 'user-1a2b3c'), (2, 'cc', 'K. Birch');
)sql";

constexpr std::string_view kFiles = R"sql(
INSERT INTO files VALUES
  (0, '/home/someone/logs/2025/june.csv', repeat('ab', 32), 4096, 'done', NULL,
   'flock-network-audit', 'plate_reader', 'owner', 'free_text', 'utf-8', 'stated',
   'Larkspur IL PD', 'given', 44, 40, 2, 1, 1, '2025-06-01 00:00:00', '2025-06-02 15:00:00', []),
  (1, '/home/someone/logs/2026/january.csv', repeat('cd', 32), 2048, 'done', NULL,
   'flock-network-audit', 'plate_reader', 'owner', 'drop_down', 'utf-8', 'stated',
   'Larkspur IL PD', 'given', 21, 20, 0, 1, 0, '2026-01-01 00:00:00', '2026-01-01 19:00:00',
   ['row_limit|21']),
  (2, '/home/someone/logs/june copy.csv', repeat('ab', 32), 4096, 'duplicate', 0,
   'flock-network-audit', 'plate_reader', 'owner', 'free_text', 'utf-8', 'stated',
   NULL, NULL, 0, 0, 0, 0, 0, NULL, NULL, []);
INSERT INTO columns VALUES
  (0, 0, 'Name', 'actor', 36, 0, 0, 4, 0, 0, 0, 0, NULL),
  (0, 1, 'Reason', 'reason', 30, 10, 0, 0, 0, 0, 0, 0, NULL),
  (0, 2, 'Moderation', 'moderation', 40, 0, 0, 0, 0, 0, 0, 0, 'ok'),
  (0, NULL, NULL, 'case_number', 0, 0, 0, 0, 0, 40, 0, 0, NULL),
  (1, 0, 'Name', 'actor', 0, 0, 0, 20, 0, 0, 0, 0, '***');
INSERT INTO rejects VALUES
  (0, 17, 18, 1500, 61, 4, 'Search Time', 'time', 9),
  (0, 30, 32, 2900, 44, 1, '=cmd|x', 'width|11', 3);
)sql";

// 60 sightings: 40 in the first file, 20 in the second; the last two are traces of the first two.
constexpr std::string_view kSightings = R"sql(
SELECT i, i // 40, i % 40 + 2, i % 40 + 3, 100 + i % 40 * 80, 79,
  i, 'vendor_id', CASE WHEN i < 40 THEN TIMESTAMP '2025-06-01' ELSE TIMESTAMP '2026-01-01' END
  + to_hours(i % 40), CASE WHEN i % 20 = 19 THEN 'hotlist_hit' ELSE 'search' END, 'search',
  4, i % 4, 'value',
  CASE WHEN i < 40 AND i % 10 > 0 THEN i % 3 END, CASE WHEN i < 40 AND i % 10 > 0 THEN 'value' ELSE 'masked_vendor' END,
  i % 5, 'value', i = 3,
  CASE WHEN i % 8 > 0 THEN i * 100 END, CASE WHEN i % 8 > 0 THEN 'value' ELSE 'empty' END,
  NULL, 'not_exported', NULL, NULL, 'not_exported',
  CASE WHEN i % 4 < 3 THEN [0, 1, 2, 3, 2, 0, 2][1 + i % 7] END, CASE WHEN i % 4 < 3 THEN 'value' ELSE 'empty' END,
  7, 'value', CASE WHEN i >= 40 THEN 4 END, CASE WHEN i >= 40 THEN 'value' ELSE 'not_exported' END,
  'not_exported', 'not_exported', NULL
FROM range(60) t(i)
)sql";

constexpr std::string_view kLinks = R"sql(
INSERT INTO links VALUES (0, 0, 0, 'vendor_id', 1000000), (58, 0, 0, 'vendor_id', 1000000),
  (1, 1, 1, 'exact_fields', 1000000), (59, 1, 1, 'exact_fields', 1000000);
INSERT INTO link_counts VALUES (57, 58, 60, 59, 0, 0);
)sql";

constexpr std::string_view kRules = R"sql(
INSERT INTO rules VALUES
  (0, 'il-2-130-immigration', 'us-il', repeat('11', 32), 'purpose', 'serious', 'checked',
   '2024-01-01', NULL, '625 ILCS 5/2-130; 625 ILCS 5/2-130', '(b); (d)',
   'Plate data used for immigration enforcement', 'Kennzeichendaten für Einwanderungssachen benutzt',
   'Plate data may not be shared to detain or investigate a person for immigration status.',
   'Kennzeichendaten dürfen nicht geteilt werden, um jemanden wegen des Aufenthaltsstatus festzuhalten.',
   [], ['the order or warrant'], ['die Anordnung'], NULL, 'owner',
   ['record_reason', 'record_query', 'review|7']),
  (1, 'quality-reason', 'log-quality', repeat('22', 32), 'quality', 'warning', 'checked',
   NULL, NULL, NULL, NULL, 'No reason stated', 'Kein Grund angegeben', NULL, NULL,
   ['reason'], [], [], NULL, NULL, []),
  (2, 'il-2-130-declaration', 'us-il', repeat('11', 32), 'sharing', 'serious', 'draft',
   '2024-01-01', NULL, '625 ILCS 5/2-130', '(c)',
   'Out-of-state search without declaration', 'Suche von auswärts ohne Erklärung',
   'An agency of another state must have declared beforehand what it will not do.',
   'Eine Behörde eines anderen Staates muss vorher eine Erklärung abgegeben haben.',
   [], ['the list of declarations'], ['die Liste der Erklärungen'], NULL, 'both', []),
  (3, 'never/../ran', 'us-il', repeat('11', 32), 'purpose', 'note', 'draft', NULL, NULL, NULL, NULL,
   'Shared accounts', NULL, NULL, NULL, [], [], [], 'withheld:actor_state,unknown:owner_state', NULL, []),
  (4, 'lq-constant', 'log-quality', repeat('22', 32), 'detector', 'note', 'checked', NULL, NULL, NULL,
   NULL, 'Column with one value throughout', 'Spalte mit durchweg einem Wert', NULL, NULL, [], [], [],
   NULL, NULL, []);
INSERT INTO packs VALUES
  (0, 'us-il', repeat('11', 32), 'Illinois: plate readers', 'Illinois: Kennzeichenleser',
   'United States, Illinois', 'Vereinigte Staaten, Illinois', 58, 0, NULL),
  (1, 'log-quality', repeat('22', 32), 'Quality', 'Güte', NULL, NULL, 58, 0, NULL),
  (2, 'us-xx', repeat('33', 32), 'Elsewhere: plate readers', 'Anderswo: Kennzeichenleser',
   'United States, Elsewhere', 'Vereinigte Staaten, anderswo', 0, 14, 'owner_state'),
  (3, 'us-yy', repeat('44', 32), 'Nowhere: plate readers', 'Nirgends: Kennzeichenleser',
   'United States, Nowhere', 'Vereinigte Staaten, nirgends', 0, 0, NULL);
INSERT INTO outcome_reasons VALUES
  (0, 0, 'not_applicable', '', NULL, NULL), (0, 1, 'allowed', '', NULL, NULL),
  (0, 2, 'cannot_tell', 'unknown:on_behalf_of', NULL, NULL), (0, 3, 'breach', 'forbidden', NULL, NULL),
  (1, 0, 'allowed', '', NULL, NULL), (1, 1, 'missing', 'reason', 'a reason, in words', 'ein Grund, in Worten'),
  (2, 0, 'not_applicable', '', NULL, NULL), (2, 1, 'cannot_tell', 'declarations',
   'the list of declarations that the owner has received', 'die Liste der Erklärungen beim Eigentümer');
CREATE TABLE judged AS SELECT access_id, lookup_id, agency_id,
  CASE WHEN act <> 'search' THEN 0 WHEN searcher_level = 'federal' THEN 2
    WHEN on_behalf_of = 'ice' THEN 3 ELSE 1 END::UTINYINT AS b0,
  CASE WHEN reason_state = 'empty' THEN 1 ELSE 0 END::UTINYINT AS b1,
  CASE WHEN relation = 'out_of_state' THEN 1 ELSE 0 END::UTINYINT AS b2 FROM facts;
CREATE TABLE outcome_kinds AS SELECT row_number() OVER (ORDER BY b0, b1, b2)::INTEGER - 1 AS kind, *,
  CASE WHEN b0 = 3 THEN 'breach' WHEN b0 = 2 THEN 'cannot_tell' WHEN b0 = 1 THEN 'allowed'
    ELSE 'not_applicable' END::outcome AS r0,
  CASE WHEN b1 = 1 THEN 'missing' ELSE 'allowed' END::outcome AS r1,
  CASE WHEN b2 = 1 THEN 'cannot_tell' ELSE 'not_applicable' END::outcome AS r2
FROM (SELECT DISTINCT b0, b1, b2 FROM judged);
CREATE TABLE outcome_rows AS SELECT access_id, lookup_id, agency_id, kind
FROM judged JOIN outcome_kinds USING (b0, b1, b2) ORDER BY access_id;
INSERT INTO outcome_counts SELECT n.rule_ix, q.outcome, q.because, n.accesses, n.lookups FROM (
  SELECT 0 AS rule_ix, b0 AS code, count(*) AS accesses, count(DISTINCT lookup_id) AS lookups
    FROM judged GROUP BY b0 UNION ALL
  SELECT 1, b1, count(*), count(DISTINCT lookup_id) FROM judged GROUP BY b1 UNION ALL
  SELECT 2, b2, count(*), count(DISTINCT lookup_id) FROM judged GROUP BY b2) n
  JOIN outcome_reasons q USING (rule_ix, code);
INSERT INTO detections VALUES
  (4, 0, '/home/someone/logs/2025/june.csv: Moderation [subject:1a2b3c4d]', 40, 40, [3, 5]),
  (4, 1, '/home/someone/logs/2026/january.csv: Name', 20, 20, []);
)sql";

void must(store::Database& database, std::string_view sql) {
  const Result<void> done = database.run(sql);
  if (!done) ADD_FAILURE() << done.error().text() << "\n" << sql;
  ONUS_CHECK(done.has_value());
}

}  // namespace

store::Database open_empty_case(const std::filesystem::path& dir) {
  std::filesystem::create_directories(dir / "report");
  store::Database database =
      store::Database::open(
          {.file = dir / "case.duckdb", .spill_dir = dir / "spill", .export_dir = dir / "report"})
          .value();
  must(database, record::schema_sql());
  must(database, record::views_sql());
  return database;
}

store::Database open_small_case(const std::filesystem::path& dir) {
  store::Database database = open_empty_case(dir);
  const std::string sightings = onus::test::put_sightings(kSightings);
  for (const std::string_view sql :
       {kDictionaries, kFiles, std::string_view(sightings), kLinks, kRules})
    must(database, sql);
  return database;
}

CollectOptions small_case_options() {
  return {.run = {.version = "0.1.0",
                  .engine = "v1",
                  .command = {"onus", "audit", "/home/someone/logs", "--lang", "de"},
                  .unread = {{"notes <b>.docx", "extension"}}}};
}

Model collected(store::Database& database, const CollectOptions& options) {
  Result<Model> model = collect(database, options);
  if (!model) ADD_FAILURE() << model.error().text();
  return model ? *std::move(model) : Model();
}

Messages messages_in(std::string_view language) { return Messages::load(language).value(); }

void poison(store::Database& database, const std::string& text) {
  const std::string to = store::literal(text);
  must(database, "UPDATE texts SET text = " + to);
  must(database, "UPDATE agencies_raw SET text = " + to);
  must(database, "UPDATE actors SET label = " + to);
  must(database, "UPDATE files SET path = '/logs/' || file_id || " + to + ", profile = " + to +
                     ", system = " + to + ", era = " + to + ", encoding = " + to +
                     ", zone_origin = " + to + ", owner_label = " + to + ", owner_origin = " + to +
                     ", notes = [" + to + "]");
  must(database,
       "UPDATE columns SET header = " + to + ", field = " + to + ", constant_value = " + to);
  must(database, "UPDATE rejects SET column_name = " + to + ", expected = " + to);
  must(database, "UPDATE readings SET purpose = " + to + ", offence = " + to +
                     ", specificity = " + to + ", topic = " + to + ", on_behalf_of = " + to);
  must(database, "UPDATE parties SET state = " + to + ", level = " + to + ", kind = " + to);
  must(database, "UPDATE rules SET rule_id = " + to + ", pack_id = " + to + ", severity = " + to +
                     ", status = " + to + ", law = " + to + ", section = " + to +
                     ", title_en = " + to + ", sentence_en = " + to +
                     ", cannot_run = CASE rule_ix WHEN 3 THEN " + to + " END");
  must(database, "UPDATE packs SET pack_id = " + to + ", title_en = " + to + ", place_en = " + to +
                     ", unknown_fact = CASE WHEN governed = 0 THEN " + to + " END");
  must(database, "UPDATE outcome_reasons SET text_en = " + to + " WHERE because <> ''");
  must(database, "UPDATE detections SET about = " + to);
  must(database, "UPDATE outcome_counts SET because = " + to + " WHERE because <> ''");
}

}  // namespace onus::report
