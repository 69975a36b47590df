// SPDX-License-Identifier: Apache-2.0
#include "classify/model.h"

#include <gtest/gtest.h>

#include "classify/train.h"
#include "support/lexicons.h"

namespace onus::classify {
namespace {

constexpr std::string_view kLexicon = R"(id = "x"
[[pattern]]
id = "robbery"
purpose = "crime"
offence = "robbery"
match = ["robbery"]
examples = ["robbery"]
[[pattern]]
id = "inv"
purpose = "vague"
specificity = "generic"
match = ["inv"]
examples = ["inv"]
)";

Lexicon lexicon() {
  const BuiltinFile file{"own.toml", kLexicon};
  return std::move(Lexicon::load(std::span(&file, 1)).value());
}

// Two classes; "qarjak" speaks for the first with twenty steps of a half.
std::string model_file(const std::string& rest = "<qar bN\njak> bN\n") {
  return "onus model of reasons 1\nclasses 2\ncrime/robbery/specific\nunclear//none\nscale 0.5\n"
         "threshold 0.9000\ntopic_threshold 1.0100\n" +
         rest;
}

TEST(Model, DecidesWhatTheLexiconLeavesOpenAndSaysByWhat) {
  Lexicon reader = lexicon();
  ASSERT_TRUE(reader.use_model(model_file(), "own.model"));
  Scratch scratch;
  const std::string text = "inv of Qarjak 26-00123";
  const Reading reading = reader.read(text, scratch);
  EXPECT_EQ(reading.purpose, "crime");
  EXPECT_EQ(reading.offence, "robbery");
  EXPECT_EQ(reading.certainty, "ambiguous") << "a guess is never explicit";
  EXPECT_EQ(reading.evidence.in(text), "Qarjak");
  EXPECT_EQ(reading.decided_by, "model: <qar jak>");
}

TEST(Model, SaysNothingUnderItsThresholdOrWhereTheLexiconSpoke) {
  Lexicon reader = lexicon();
  ASSERT_TRUE(reader.use_model(model_file("<qar PN\n"), "own.model"));
  Scratch scratch;
  EXPECT_EQ(reader.read("qarjak", scratch).purpose, "unclear")
      << "one step to no step is no certainty";
  ASSERT_TRUE(reader.use_model(model_file("<rob Nz\n"), "own.model"));
  EXPECT_EQ(reader.read("robbery", scratch).decided_by, "robbery");
  EXPECT_EQ(reader.read("inv", scratch).decided_by, "inv") << "every word was read";
}

TEST(Model, OfAnotherFormIsRefusedWithItsLine) {
  const auto message = [](const std::string& bytes) {
    return Model::parse(bytes, "own.model").error().message;
  };
  EXPECT_EQ(message("hello\n"), "own.model:1: this is no model of reasons");
  EXPECT_EQ(message(model_file("<qar b\n")),
            "own.model:8: a piece, a blank and a weight per class are expected");
  EXPECT_EQ(message(model_file("<qar b\x01\n")), "own.model:8: a weight is out of range");
}

// Fifty spellings of two things, half of them unknown to the lexicon.
std::vector<Taught> strings() {
  std::vector<Taught> taught;
  for (int i = 0; i < 100; ++i) {
    const std::string end(1, static_cast<char>('a' + i % 26));
    const std::string more(1, static_cast<char>('a' + i / 26));
    const bool first = i % 2 == 0;
    taught.push_back({(first ? "qarjak" : "smith") + end + more, first ? "crime" : "unclear",
                      first ? "robbery" : "", first ? "specific" : "none", end + more});
  }
  return taught;
}

TEST(Training, LearnsFromStringsAndGivesTheSameBytesAgain) {
  Lexicon reader = lexicon();
  const Result<Trained> trained = train(reader, strings(), {.precision = 0.5});
  ASSERT_TRUE(trained) << trained.error().text();
  EXPECT_EQ(trained->model, train(reader, strings(), {.precision = 0.5})->model);
  EXPECT_EQ(trained->crossed.strings, 100);
  EXPECT_EQ(trained->crossed.sayable, 50);
  EXPECT_EQ(trained->crossed.right, trained->crossed.decided);
  ASSERT_TRUE(reader.use_model(trained->model, "own.model"));
  Scratch scratch;
  EXPECT_GT(trained->crossed.decided, 25) << trained->model.substr(0, 200);
  EXPECT_EQ(reader.read("smithzz", scratch).purpose, "unclear");
}

TEST(Training, KeepsSilentWhereTheTargetCannotBeShown) {
  Lexicon reader = lexicon();
  const Result<Trained> trained = train(reader, strings(), {.precision = 0.99});
  ASSERT_TRUE(trained);
  EXPECT_EQ(trained->crossed.decided, 0) << "fifty right ones do not show 99 %";
  ASSERT_TRUE(reader.use_model(trained->model, "own.model"));
  Scratch scratch;
  EXPECT_EQ(reader.read("qarjakzz", scratch).purpose, "unclear");
}

TEST(Training, RefusesStringsOfOneKind) {
  Lexicon reader = lexicon();
  std::vector<Taught> one = strings();
  one.resize(1);
  EXPECT_EQ(train(reader, one, {}).error().code, Code::bad_input);
}

TEST(Model, ThatWeShipNeverDecidesOnProtectedGrounds) {
  const Result<Lexicon> shipped = builtin_from_files();
  ASSERT_TRUE(shipped) << shipped.error().text();
  Scratch scratch;
  for (const std::string_view text :
       {"abortian klinik", "imigratoin-like", "protezt", "Prottest"}) {
    const Reading reading = shipped->read(text, scratch);
    EXPECT_TRUE(!reading.topic || !reading.decided_by.starts_with("model")) << text;
  }
}

}  // namespace
}  // namespace onus::classify
