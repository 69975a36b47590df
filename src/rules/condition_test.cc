// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "record/facts.h"
#include "rules/evaluate.h"
#include "rules/local_time.h"
#include "rules/parse.h"
#include "rules/print.h"

namespace onus::rules {
namespace {

std::string error_of(std::string_view condition, const Lists& lists = {}) {
  const Result<Tree> tree = parse(condition, {"p.toml", 3, 11}, lists);
  return tree ? "no error" : tree.error().message;
}

struct Mistake {
  const char* condition;
  const char* message;
};

TEST(Condition, NamesPlaceExpectationAndHintOfAMistake) {
  const Mistake kMistakes[] = {
      {"", "p.toml:3:11: expected a column, a value or '(', found the end"},
      {"reson_state = 'empty'",
       "p.toml:3:11: expected a column, a value or '(', found 'reson_state' (did you mean "
       "'reason_state'?)"},
      {"purpose = 'imigration'",
       "p.toml:3:21: expected a word of purpose, found 'imigration' (did you mean 'immigration'?)"},
      {"relation = 'unknown'",
       "p.toml:3:22: expected a word of relation, found 'unknown': unknown is NULL here, ask with "
       "IS "
       "NULL"},
      {"purpose IN ('crime', NULL)",
       "p.toml:3:32: expected a value, found 'NULL': NULL in a list makes every answer unknown"},
      {"purpose IN ()", "p.toml:3:23: expected a 'text', found ')'"},
      {"purpose = NULL",
       "p.toml:3:21: expected a column, a value or '(', found 'NULL': ask with IS NULL"},
      {"purpose < 'crime'",
       "p.toml:3:11: expected a whole number or a time: text has no order here, only = and <>"},
      {"networks = 'crime'", "p.toml:3:22: expected a whole number, found a text"},
      {"networks", "p.toml:3:11: expected a condition, found a whole number"},
      {"(networks > 1) = TRUE",
       "p.toml:3:11: expected a column or a value: conditions are not compared, write the "
       "condition "
       "itself or NOT"},
      {"networks > 1 and devices > 1",
       "p.toml:3:24: expected the end, AND, OR or an operator, found 'and': words of the language "
       "are "
       "upper case, 'AND'"},
      {"era is null",
       "p.toml:3:15: expected the end, AND, OR or an operator, found 'is': words of the language "
       "are upper case, 'IS'"},
      {"topic = immigration",
       "p.toml:3:19: expected a column, a value or '(', found 'immigration': texts stand in "
       "quotes, "
       "'immigration'"},
      {"topic == 'protest'",
       "p.toml:3:18: expected a column, a value or '(', found '=': one '=' is equal"},
      {"networks > 1.5", "p.toml:3:23: expected a whole number: there are no fractions here"},
      {"networks > 99999999999999999999",
       "p.toml:3:22: expected a whole number of at most 63 bits"},
      {"era != 'x'", "p.toml:3:15: expected a word, found '!' (did you mean '<>' or NOT?)"},
      {"era = \"x\"",
       "p.toml:3:17: expected a word, found '\"': texts stand in ', columns without quotes"},
      {"era = 'x", "p.toml:3:17: expected a ' that ends this text ('' is a quote inside it)"},
      {"era = 'x';", "p.toml:3:20: expected the condition to go on or end, found ';'"},
      {"era = 'x'\nAND TRUE OR\n  7", "p.toml:5:3: expected a condition, found a whole number"},
      {"when >= DATE '2025-02-30'",
       "p.toml:3:24: expected a day such as '2025-07-01', found the text '2025-02-30'"},
      {"when >= '2025-02-03'", "p.toml:3:19: expected a time, found a text"},
      {"hour_local(when, 'America/Chicag') > 22",
       "p.toml:3:28: expected the 'name' of a zone, found the text 'America/Chicag' (did you mean "
       "'America/Chicago'?)"},
      {"is_state(owner_state, 'Illinois')",
       "p.toml:3:33: expected a word of owner_state, found 'Illinois'"},
      {"is_state(era, 'IL')", "p.toml:3:20: expected owner_state or searcher_state"},
      {"starts_with(era, '')",
       "p.toml:3:28: expected a 'text' that is not empty, found the text ''"},
      {"start_with(era, 'x')",
       "p.toml:3:11: expected a column, a value or '(', found 'start_with' (did you mean "
       "'starts_with'?)"},
      {"purpose IN @nutral",
       "p.toml:3:22: expected the name of a list of this pack, found @nutral (did you mean "
       "'neutral'?)"},
      {"COALESCE(era)", "p.toml:3:23: expected ',': COALESCE chooses among two or more, found ')'"},
      {"CASE WHEN TRUE THEN era ELSE 1 END = 'x'",
       "p.toml:3:40: expected a text, found a whole number"},
      {"era LIKE 'x'",
       "p.toml:3:15: expected the end, AND, OR or an operator, found 'LIKE': ask with "
       "starts_with or contains_text"},
      {"networks / 2 = 1", "p.toml:3:20: expected a word, a value or an operator, found '/'"},
      {"subject = 'x'", "p.toml:3:11: expected a column, a value or '(', found 'subject'"},
  };
  for (const Mistake& mistake : kMistakes)
    EXPECT_EQ(error_of(mistake.condition, {{"neutral", {"crime"}}}), mistake.message);
}

TEST(Condition, RefusesBytesThatAreNotUtf8) {
  for (const char* bytes :
       {"\x80", "\xc3", "\xc0\xaf", "\xe2\x82", "\xed\xa0\x80", "\xf5\x80\x80\x80"})
    EXPECT_NE(error_of("era = '" + std::string(bytes) + "'").find("UTF-8"), std::string::npos);
  EXPECT_EQ(error_of("era = '\xc3\xa9\xe2\x82\xac\xf0\x9f\x9a\x97'"), "no error");
}

TEST(Condition, RefusesNulInAText) {
  EXPECT_NE(error_of(std::string_view("era = 'a\0b'", 11)).find("NUL byte"), std::string::npos);
}

TEST(Condition, RefusesWhatIsOverItsLimits) {
  std::string deep = "TRUE";
  for (int i = 0; i < 191; ++i) deep = "(" + deep + ")";
  EXPECT_EQ(error_of(deep), "no error");
  EXPECT_NE(error_of("(" + deep + ")").find("expected fewer parentheses"), std::string::npos);
  std::string high = "TRUE";
  for (int i = 0; i < 63; ++i) high = "NOT " + high;
  EXPECT_EQ(error_of(high), "no error");
  EXPECT_NE(error_of("NOT " + high).find("expected fewer levels"), std::string::npos);
  std::string wide = "TRUE";
  for (int i = 0; i < 1100; ++i) wide += " AND TRUE";
  EXPECT_NE(error_of(wide).find("expected a smaller condition"), std::string::npos);
  EXPECT_NE(error_of(std::string(20000, ' ')).find("at most 16 KiB"), std::string::npos);
  std::string doubling = "CASE WHEN networks IN (1, 2, 3) THEN 1 END";
  for (int i = 0; i < 14; ++i) doubling = "CASE WHEN (" + doubling + ") BETWEEN 1 AND 2 THEN 1 END";
  EXPECT_NE(error_of(doubling + " = 1").find("expected a smaller condition"), std::string::npos);
}

TEST(Condition, ReadsNamedListsIntoTheTree) {
  const Lists lists = {{"neutral", {"crime", "traffic"}}};
  EXPECT_EQ(parse("purpose IN @neutral", {}, lists).value(),
            parse("purpose IN ('crime', 'traffic')", {}).value());
}

TEST(Condition, PrintsEveryOperationInParenthesesAndEveryTextQuoted) {
  const Tree tree =
      parse("NOT era = 'it''s' OR networks BETWEEN 1 AND 5 AND when IS NOT NULL", {}).value();
  EXPECT_EQ(print(tree, Dialect::own),
            "((NOT (era = 'it''s')) OR ((networks >= 1) AND (networks <= 5) AND "
            "(NOT (when IS NULL))))");
  EXPECT_EQ(print(tree, Dialect::duckdb),
            "((NOT (\"era\" = 'it''s')) OR ((\"networks\" >= 1) AND (\"networks\" <= 5) AND "
            "(NOT (\"when\" IS NULL))))");
}

TEST(Condition, NamesItsColumnsInOrderOfMention) {
  const Tree tree = parse("topic IS NULL OR era = 'x' OR topic = 'protest'", {}).value();
  ASSERT_EQ(tree.columns().size(), 2U);
  EXPECT_EQ(record::facts()[tree.columns()[0]].name, "topic");
  EXPECT_EQ(record::facts()[tree.columns()[1]].name, "era");
}

TEST(LocalTime, PrintsAndParsesTimesBothWays) {
  for (const char* text :
       {"2025-07-01 00:00:00", "1969-12-31 23:59:59.999999", "2024-02-29 12:00:01"})
    EXPECT_EQ(print_timestamp(*parse_timestamp(text)), text);
  for (const char* text : {"2025-13-01", "2023-02-29", "2025-07-01 24:00", "2025-07-01 12:00:00.",
                           "2025-7-1", "2025-07-01 12", "1899-12-31", "2025-07-01 12:00:00Z"})
    EXPECT_FALSE(parse_timestamp(text)) << text;
}

TEST(Condition, APurposeOfTheHierarchyMeansAllBelowIt) {
  const auto tree = [](const char* text) { return parse(text, {"c"}).value(); };
  EXPECT_EQ(tree("is_purpose(purpose, 'law_enforcement')"),
            tree("purpose IN ('crime', 'traffic', 'wanted_person', 'immigration')"));
  EXPECT_EQ(tree("is_purpose(purpose, 'crime')"), tree("purpose IN ('crime')"));
  EXPECT_NE(parse("is_purpose(purpose, 'law_enforcment')", {"c"})
                .error()
                .message.find("did you mean 'law_enforcement'?"),
            std::string::npos);
  EXPECT_FALSE(parse("is_purpose(topic, 'crime')", {"c"}));
}

}  // namespace
}  // namespace onus::rules
