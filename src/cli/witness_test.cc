// SPDX-License-Identifier: Apache-2.0
#include "cli/witness.h"

#include <gtest/gtest.h>

#include "ledger/fake_disk.h"

namespace onus::cli {
namespace {

using ledger::FakeDisk;
using ledger::Ledger;

const std::filesystem::path kDir = "/log";

std::vector<ledger::Item> entries(int count) {
  return std::vector<ledger::Item>(static_cast<std::size_t>(count), {"an entry", {}});
}

// A witness as C2SP tlog-witness asks for, in memory.
struct FakeWitness {
  tlog::Signer signer{"witness.example/w", tlog::KeyKind::cosigner, sha256("w")};
  tlog::Checkpoint last;  // size 0: none yet
  int requests = 0;
  unsigned status = 0;  // not 0: it answers this
  std::string body;

  Witness as_known() const { return {"w", signer.verifier(), "http://w"}; }

  HttpAnswer add_checkpoint(std::string_view request) {
    ++requests;
    if (status != 0) return {status, body};
    std::vector<std::string> lines;
    std::size_t end = request.find('\n');
    for (; end > 0; end = request.find('\n')) {
      lines.emplace_back(request.substr(0, end));
      request.remove_prefix(end + 1);
    }
    const tlog::Note note = tlog::parse_note(request.substr(1)).value();
    const tlog::Checkpoint next = tlog::parse_checkpoint(note.text).value();
    const std::uint64_t old_size = tlog::parse_decimal(lines[0].substr(4)).value();
    if (old_size != last.size) return {409, std::to_string(last.size) + "\n"};
    std::vector<tlog::Hash> proof;
    for (std::size_t i = 1; i < lines.size(); ++i) proof.push_back(*tlog::parse_hash(lines[i]));
    const tlog::Hash root = last.size == 0 ? tlog::empty_root() : last.root;
    if (!tlog::consistent(old_size, next.size, root, next.root, proof)) return {422, ""};
    last = next;
    return {200, signer.sign(note.text, 1'790'000'000).print()};
  }
  Post post() {
    return [this](const std::string& url, const std::string& request) -> Result<HttpAnswer> {
      EXPECT_EQ(url, "http://w/add-checkpoint");
      return add_checkpoint(request);
    };
  }
};

struct Witnessed : ::testing::Test {
  FakeDisk disk;
  FakeWitness witness;
  void SetUp() override { make("seed"); }
  void make(const char* seed) {
    disk.erase_all("/log");
    disk.erase_all("/guard");
    ASSERT_TRUE(ledger::create(disk, kDir, {"log.example", "/guard", {}}, sha256(seed)));
  }
  Ledger open(ledger::Check check = {}) {
    return std::move(Ledger::open(disk, kDir, std::move(check)).value());
  }
  void grow(int count) {
    Ledger ledger = open();
    ASSERT_TRUE(ledger.append(entries(count)) && ledger.publish());
  }
  Cosigned ask() {
    const Ledger ledger = open();
    return collect({witness.as_known()}, signable(ledger), witness.post());
  }
  ledger::Check check() {
    return [this](const Ledger& ledger) -> Result<void> {
      const Cosigned asked = collect({witness.as_known()}, signable(ledger), witness.post());
      if (asked.contradiction.empty()) return {};
      return fail(Code::conflict, asked.contradiction);
    };
  }
};

TEST_F(Witnessed, AGrowingLogIsCosignedFromWhateverSizeIsRemembered) {
  for (const int more : {1, 299, 1, 700}) {
    grow(more);
    const Cosigned asked = ask();
    ASSERT_EQ(asked.lines.size(), 1U) << (asked.problems.empty() ? "" : asked.problems[0]);
    EXPECT_EQ(witness.last, open().checkpoint());
    Ledger ledger = open();
    ASSERT_TRUE(ledger.add_cosignatures(asked.lines));
    const std::vector<tlog::Verifier> known{witness.signer.verifier()};
    EXPECT_EQ(tlog::check_signatures(*tlog::parse_note(ledger.note()), known)->size(), 1U);
  }
  EXPECT_EQ(witness.requests, 8) << "each time once to learn the size and once to prove";
  EXPECT_EQ(ask().lines.size(), 1U);
  EXPECT_EQ(witness.requests, 9) << "nothing new: the first request is the right one";
}

TEST_F(Witnessed, ALedgerSetBackTogetherWithItsGuardSignsNothing) {
  grow(300);
  FakeDisk backup;
  disk.copy_to(backup);
  grow(5);
  EXPECT_EQ(ask().lines.size(), 1U);
  disk.erase_all("/log");
  disk.erase_all("/guard");
  backup.copy_to(disk);
  Ledger ledger = open(check());
  ASSERT_TRUE(ledger.append(entries(1))) << "appending alone signs nothing";
  const Result<void> published = ledger.publish();
  ASSERT_FALSE(published);
  EXPECT_EQ(published.error().code, Code::conflict);
  EXPECT_NE(published.error().message.find("305"), std::string::npos);
  EXPECT_EQ(ledger.published(), 300U);
}

TEST_F(Witnessed, NorDoesOneThatOpensWithEntriesToBeSigned) {
  grow(300);
  FakeDisk backup;
  {
    Ledger ledger = open();
    ASSERT_TRUE(ledger.append(entries(2)));  // and dies before a checkpoint
  }
  disk.restart();
  disk.copy_to(backup);
  grow(5);
  ASSERT_EQ(ask().lines.size(), 1U);
  EXPECT_EQ(Ledger::open(backup, kDir, check()).error().code, Code::conflict);
  EXPECT_TRUE(Ledger::open(backup, kDir)) << "only the witness knows";
}

TEST_F(Witnessed, NorDoesAnotherLogUnderTheSameNameAndKey) {
  grow(7);
  ASSERT_EQ(ask().lines.size(), 1U);
  make("seed");
  {
    Ledger ledger = open(check());
    ASSERT_TRUE(ledger.append(std::vector<ledger::Item>(7, {"another", {}})));
    EXPECT_FALSE(ledger.publish()) << "7 are remembered, and here are none under a checkpoint";
  }
  make("seed");
  {
    Ledger other = open();
    ASSERT_TRUE(other.append(std::vector<ledger::Item>(9, {"another", {}})) && other.publish());
  }
  EXPECT_NE(ask().contradiction.find("another log"), std::string::npos);
}

TEST_F(Witnessed, IsAskedOnceThoughManyCheckpointsFollow) {
  Ledger ledger = open(check());
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(ledger.append(entries(1)) && ledger.publish());
  EXPECT_EQ(witness.requests, 1);
}

TEST_F(Witnessed, AnswersThatAreOfNoUseAreProblemsAndContradictNothing) {
  grow(3);
  struct {
    unsigned status;
    std::string body;
  } const answers[] = {{404, ""},  {403, ""},     {500, "x"}, {409, "many\n"},
                       {409, "2"}, {200, "no\n"}, {200, ""}};
  for (const auto& [status, body] : answers) {
    witness.status = status;
    witness.body = body;
    const Cosigned asked = ask();
    EXPECT_EQ(asked.problems.size(), 1U) << status << " " << body;
    EXPECT_TRUE(asked.lines.empty() && asked.contradiction.empty()) << status << " " << body;
  }
  witness.status = 0;
  Witness stranger = witness.as_known();
  stranger.key = tlog::Signer("witness.example/w", tlog::KeyKind::cosigner, sha256("x")).verifier();
  const Ledger ledger = open();
  EXPECT_TRUE(collect({stranger}, signable(ledger), witness.post()).lines.empty())
      << "signed by a key that is not the known one";
}

TEST_F(Witnessed, OneThatCannotBeReachedDoesNotKeepTheOthersFromSigning) {
  grow(3);
  Witness gone = witness.as_known();
  gone.name = "gone";
  gone.url = "http://gone";
  const Ledger ledger = open();
  const Post post = [&](const std::string& url, const std::string& body) -> Result<HttpAnswer> {
    if (url.starts_with("http://gone")) return fail(Code::io, "cannot reach gone");
    return witness.post()(url, body);
  };
  const Cosigned asked = collect({gone, witness.as_known()}, signable(ledger), post);
  EXPECT_EQ(asked.problems.size(), 1U);
  EXPECT_EQ(asked.lines.size(), 1U);
}

TEST(HttpPost, RefusesWhatIsNoUrlAndSaysWhoDoesNotAnswer) {
  for (const char* url : {"", "w.example", "ftp://w.example", "http://", "http://:80/"}) {
    EXPECT_EQ(http_post(url, "", std::chrono::seconds(1)).error().code, Code::usage) << url;
  }
  const auto nobody = http_post("http://127.0.0.1:1/x", "", std::chrono::seconds(5));
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().code, Code::io);
}

}  // namespace
}  // namespace onus::cli
