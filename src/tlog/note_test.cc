// SPDX-License-Identifier: Apache-2.0
#include "tlog/note.h"

#include <gtest/gtest.h>

#include "tlog/checkpoint.h"
#include "tlog/policy.h"

namespace onus::tlog {
namespace {

Signer log_key(const std::string& name = "log.example") {
  return Signer(name, KeyKind::ed25519, sha256(name));
}
Signer witness_key(const std::string& name) {
  return Signer(name, KeyKind::cosigner, sha256(name));
}

const std::string kText = Checkpoint{"log.example", 7, sha256("root"), ""}.text();

Note signed_note() { return {kText, {log_key().sign(kText)}}; }

TEST(Note, KeepsLinesOfUnknownKeysAsTheyAre) {
  Note note = signed_note();
  note.lines.push_back({"log.example", 0x06060606, std::string(2420, 'm')});
  note.lines.push_back(witness_key("w").sign(kText, 5));
  const Note read = parse_note(note.print()).value();
  EXPECT_EQ(read.lines, note.lines);
  EXPECT_EQ(read.print(), note.print());
  const std::vector<Verifier> known{log_key().verifier()};
  EXPECT_EQ(check_signatures(read, known).value().size(), 1U);
}

TEST(Note, ABadLineOfAKnownKeyMakesItNoNote) {
  Note note = signed_note();
  note.lines.push_back(witness_key("w").sign(kText, 5));
  const std::vector<Verifier> both{log_key().verifier(), witness_key("w").verifier()};
  EXPECT_EQ(check_signatures(note, both).value()[1].time, 5U);
  for (std::size_t byte = 0; byte < note.lines[1].signature.size(); ++byte) {
    Note bad = note;
    bad.lines[1].signature[byte] ^= 1;
    EXPECT_FALSE(check_signatures(bad, both)) << byte;
    EXPECT_TRUE(check_signatures(bad, std::span(both).first(1))) << "an unknown key says nothing";
  }
}

TEST(Note, TheSameKeyBytesUnderAnotherNameOrKindAreAnotherKey) {
  const Signer plain("a", KeyKind::ed25519, sha256("a"));
  const Signer cosigner("a", KeyKind::cosigner, sha256("a"));
  EXPECT_NE(plain.verifier().id(), cosigner.verifier().id());
  const Note note{kText, {plain.sign(kText)}};
  const std::vector<Verifier> other{cosigner.verifier()};
  EXPECT_TRUE(check_signatures(note, other).value().empty());
}

TEST(Note, SplitsAtTheLastEmptyLine) {
  const std::string text = "a\n\nb\n";
  const Note note{text, {log_key().sign(text)}};
  EXPECT_EQ(parse_note(note.print())->text, text);
}

TEST(Note, RefusesWhatIsNone) {
  const std::string good = signed_note().print();
  ASSERT_TRUE(parse_note(good));
  const std::string line = signed_note().lines[0].print();
  for (const std::string& bad : std::vector<std::string>{
           std::string(), std::string("a\n"), std::string("a\n\n"), good.substr(0, good.size() - 1),
           good + "\n", "\t" + good, "\xff" + good, good + "x\n", "a\n\n\xe2\x80\x94 n  AAAAAAA=\n",
           "a\n\n\xe2\x80\x94 n AAAAAA==\n", "a\n\n\xe2\x80\x94 n+m AAAAAAAA\n",
           "a\n\n\xe2\x80\x94 n AAAAAAB=\n", "a\n\n- n AAAAAAAA\n",
           "a\n\n\xe2\x80\x94 n\xc2\xa0m AAAAAAAA\n"}) {
    EXPECT_FALSE(parse_note(bad)) << bad;
  }
  std::string many = kText + "\n";
  for (std::size_t i = 0; i < kMaxSignatures; ++i) many += line;
  EXPECT_TRUE(parse_note(many));
  EXPECT_EQ(parse_note(many + line).error().code, Code::over_budget);
}

TEST(Key, ReadsWhatItPrintsAndRefusesAForeignId) {
  const Signer key = log_key("a.example/b");
  EXPECT_EQ(parse_vkey(key.verifier().vkey())->public_key, key.verifier().public_key);
  EXPECT_EQ(parse_secret(key.secret())->verifier().vkey(), key.verifier().vkey());
  std::string vkey = key.verifier().vkey();
  vkey[12] = vkey[12] == '0' ? '1' : '0';
  EXPECT_FALSE(parse_vkey(vkey));
  EXPECT_FALSE(parse_vkey(key.secret()));
  EXPECT_FALSE(parse_secret(key.verifier().vkey()));
  EXPECT_FALSE(is_key_name("a+b") || is_key_name("a b") || is_key_name("") || is_key_name("a\n"));
}

TEST(Checkpoint, ReadsWhatItPrintsAndNothingElse) {
  const Checkpoint made{"o", 12, sha256("x"), "ext\nmore\n"};
  EXPECT_EQ(parse_checkpoint(made.text()).value(), made);
  const std::string root = print_hash(sha256("x")) + "\n";
  for (const std::string& bad : std::vector<std::string>{
           std::string(), "\n1\n" + root, "o\n01\n" + root, "o\n-1\n" + root, "o\n\n" + root,
           std::string("o\n1\nAAAA\n"), "o\n1\n" + root.substr(0, 44), "o\n1\n" + root + "\n",
           "o\n1\n" + root + "a\n\nb\n", "o\n1\n" + root + "a",
           "o\n9223372036854775808\n" + root}) {
    EXPECT_FALSE(parse_checkpoint(bad)) << bad;
  }
}

TEST(ProofFile, ReadsWhatItPrintsAndNothingElse) {
  const ProofFile made{std::string("a\0b", 3), 5, {sha256("l"), sha256("r")}, "note"};
  const ProofFile read = parse_proof_file(made.print()).value();
  EXPECT_EQ(read.extra, made.extra);
  EXPECT_EQ(read.index, 5U);
  EXPECT_EQ(read.proof, made.proof);
  EXPECT_EQ(read.checkpoint, "note");
  const std::string header = "c2sp.org/tlog-proof@v1\n";
  for (const std::string& bad : std::vector<std::string>{
           std::string(), header, header + "index 01\n\nx", header + "index 1\n",
           header + "index 1\nAAAA\n\nx", header + "extra a\nindex 1\n\nx", "x" + made.print(),
           header + "extra AA==\nextra AA==\nindex 1\n\nx"}) {
    EXPECT_FALSE(parse_proof_file(bad)) << bad;
  }
}

std::string policy_of(const std::string& rest) {
  std::string text = "# whom I trust\n \t\nlog " + log_key().verifier().vkey() + " https://l/\n";
  for (const char* name : {"w1", "w2", "w3"}) {
    text += std::string("witness ") + name + "\t" + witness_key(name).verifier().vkey() + "\n";
  }
  return text + rest;
}

// Whether the quorum holds when just those witnesses signed.
bool quorum(const std::string& rest, const std::vector<std::string>& who) {
  Note note = signed_note();
  for (const std::string& name : who) note.lines.push_back(witness_key(name).sign(kText, 9));
  const Policy::Verdict verdict = Policy::parse(policy_of(rest))->check(note).value();
  EXPECT_EQ(verdict.witnesses, who);
  return verdict.quorum;
}

TEST(Policy, CountsWitnessesAndGroupsOfGroups) {
  EXPECT_TRUE(quorum("quorum none\n", {}));
  EXPECT_TRUE(quorum("quorum w2\n", {"w2"}));
  EXPECT_FALSE(quorum("quorum w2\n", {"w1", "w3"}));
  EXPECT_TRUE(quorum("group g any w1 w2\nquorum g\n", {"w2"}));
  EXPECT_FALSE(quorum("group g all w1 w2\nquorum g\n", {"w2"}));
  const std::string nested = "group a 2 w1 w2\ngroup b all a w3\nquorum b";
  EXPECT_TRUE(quorum(nested, {"w1", "w2", "w3"}));
  EXPECT_FALSE(quorum(nested, {"w1", "w3"}));
}

TEST(Policy, NamesTheLineThatIsWrong) {
  const auto message = [](const std::string& rest) {
    const Result<Policy> read = Policy::parse(policy_of(rest));
    return read ? "" : read.error().message.substr(0, 8);
  };
  for (const char* bad :
       {"quorum\n", "quorum x\n", "group g 0 w1\n", "group g 3 w1 w2\n", "group g any\n",
        "group none any w1\n", "group w1 any w2\n", "group g any w1 w1\n", "nonsense\n",
        "witness w1 x\n", "group g any none\n"}) {
    EXPECT_EQ(message(bad), "line 7: ") << bad;
  }
  EXPECT_EQ(message("quorum w1\nquorum w1\n"), "line 8: ");
  EXPECT_EQ(message(""), "a policy");
  EXPECT_EQ(message("log " + log_key().verifier().vkey()), "line 7: ");
  EXPECT_EQ(message("log " + witness_key("w9").verifier().vkey()), "line 7: ");
  EXPECT_EQ(message("quorum w1\r\n"), "a policy");
}

TEST(Policy, RefusesANoteOfALogThatIsNotListedOrSignsForAnother) {
  const Policy policy = Policy::parse(policy_of("quorum none\n")).value();
  EXPECT_TRUE(policy.check(signed_note()));
  EXPECT_FALSE(policy.check({kText, {log_key("other.example").sign(kText)}}));
  const std::string other = Checkpoint{"other.example", 7, sha256("root"), ""}.text();
  EXPECT_FALSE(policy.check({other, {log_key().sign(other)}}));
}

}  // namespace
}  // namespace onus::tlog
