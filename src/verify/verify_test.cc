// SPDX-License-Identifier: Apache-2.0
#include "verify/verify.h"

#include <gtest/gtest.h>

#include <map>

#include "tlog/entry.h"
#include "tlog/frontier.h"
#include "tlog/tile.h"

namespace onus::verify {
namespace {

using tlog::Hash;
using tlog::KeyKind;
using tlog::Signer;
using tlog::Tile;

// A published folder in memory, made here from definitions alone.
struct Folder {
  std::map<std::string, std::string> files;
  std::vector<std::string> entries;
  Signer log{"log.example", KeyKind::ed25519, sha256("log")};
  Signer witness{"w.example", KeyKind::cosigner, sha256("w")};

  explicit Folder(std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) entries.push_back("entry " + std::to_string(i));
    publish();
  }
  void publish() {
    files.clear();
    tlog::TreeHasher hasher;
    tlog::Frontier frontier;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      tlog::add_to_bundle(files[Tile{Tile::kEntries, i / 256}.full_path()], entries[i]);
      frontier.append(hasher.leaf(entries[i]), 0, [&](unsigned height, const Hash& hash) {
        if (height % 8 != 0) return;
        files[Tile{static_cast<int>(height / 8), i >> height >> 8}.full_path()] += tlog::view(hash);
      });
    }
    files["checkpoint"] = checkpoint(entries.size(), frontier.root());
  }
  std::string checkpoint(std::uint64_t size, const Hash& root,
                         const std::string& origin = "log.example") const {
    const std::string text = tlog::Checkpoint{origin, size, root, ""}.text();
    return tlog::Note{text, {log.sign(text), witness.sign(text, 1'790'000'000)}}.print();
  }
  Files reader() const {
    return [this](const std::string& path) -> Result<std::string> {
      const auto found = files.find(path);
      if (found == files.end()) return fail(Code::not_found, path);
      return found->second;
    };
  }
  tlog::Policy policy(const std::string& quorum = "w") const {
    return tlog::Policy::parse("log " + log.verifier().vkey() + "\nwitness w " +
                               witness.verifier().vkey() + "\nquorum " + quorum + "\n")
        .value();
  }
  Report check(std::optional<tlog::Range> range = {}, const std::string& since = {}) const {
    return check_folder(
        reader(), policy(),
        {.checkpoint = files.at("checkpoint"), .since = since, .range = range, .threads = 2});
  }
};

std::string first_bundle(std::uint64_t entry) {
  return Tile{Tile::kEntries, entry / 256}.full_path();
}

TEST(Folder, OfAnySizeIsProvenWhereNothingWasChanged) {
  for (const std::size_t size : {0, 1, 2, 255, 256, 257, 600, 66'000}) {
    const Report report = Folder(size).check();
    EXPECT_TRUE(report.good()) << size << ": " << report.bad;
    EXPECT_EQ(report.entries, size);
  }
}

TEST(Folder, NamesTheEntryThatWasChanged) {
  for (const std::uint64_t entry : {0, 255, 256, 511, 599}) {
    Folder folder(600);
    std::string& bundle = folder.files[first_bundle(entry)];
    bundle[bundle.find(folder.entries[entry])] = 'E';
    const Report report = folder.check();
    EXPECT_EQ(report.first_bad, entry) << report.bad;
    EXPECT_NE(report.bad.find("is not the one that the checkpoint vouches for"), std::string::npos);
  }
}

// Every byte of every file, one bit: never good, and never a wrong name for a changed entry.
TEST(Folder, NoFlippedBitIsOverlooked) {
  Folder folder(300);
  const auto whole = folder.files;
  for (const auto& [path, bytes] : whole) {
    if (path == "checkpoint") continue;
    for (std::size_t i = 0; i < bytes.size(); i += path.find("entries") == path.npos ? 7 : 3) {
      folder.files = whole;
      folder.files[path][i] ^= static_cast<char>(1 << i % 8);
      const Report report = folder.check();
      ASSERT_FALSE(report.good()) << path << " byte " << i;
    }
  }
}

TEST(Folder, NamesTheFirstEntryOfAMissingOrShortBundle) {
  Folder folder(600);
  folder.files.erase(first_bundle(256));
  EXPECT_EQ(folder.check().first_bad, 256U);
  folder.publish();
  folder.files[first_bundle(512)].pop_back();
  EXPECT_EQ(folder.check().first_bad, 512U);
}

TEST(Folder, SaysThatATileIsWrongThoughTheEntriesAreProven) {
  for (const char* path : {"tile/0/001", "tile/1/000"}) {
    Folder folder(600);
    folder.files[path][40] ^= 1;
    const Report report = folder.check();
    EXPECT_NE(report.bad.find("a tile is not theirs"), std::string::npos) << report.bad;
    folder.files.erase(path);
    EXPECT_FALSE(folder.check().good());
  }
}

TEST(Folder, RewrittenThroughoutIsNotTheLogThatWasSigned) {
  Folder folder(600);
  const std::string honest = folder.files["checkpoint"];
  folder.entries[3] = "rewritten";
  folder.publish();
  folder.files["checkpoint"] = honest;
  EXPECT_NE(folder.check().bad.find("not the log that was signed"), std::string::npos);
}

TEST(Folder, ThatWasRewrittenAndSignedAgainIsCaughtByAnOldCheckpoint) {
  Folder folder(600);
  const std::string kept = folder.files["checkpoint"];
  folder.entries.push_back("one more");
  folder.publish();
  EXPECT_TRUE(folder.check({}, kept).good());
  folder.entries[3] = "rewritten";
  folder.publish();
  EXPECT_TRUE(folder.check().good());
  EXPECT_NE(folder.check({}, kept).bad.find("the log was rewritten"), std::string::npos);
  folder.entries.resize(500);
  folder.publish();
  EXPECT_FALSE(folder.check({}, kept).good()) << "a shorter log";
}

TEST(Folder, ARangeIsProvenWithoutTheRest) {
  Folder folder(600);
  folder.files.erase(first_bundle(0));
  const Report report = folder.check(tlog::Range{256, 600});
  EXPECT_TRUE(report.good()) << report.bad;
  EXPECT_EQ(report.entries, 344U);
  folder.files[first_bundle(300)][100] ^= 1;
  EXPECT_FALSE(folder.check(tlog::Range{256, 600}).good());
  EXPECT_FALSE(folder.check(tlog::Range{0, 1}).good());
  EXPECT_FALSE(folder.check(tlog::Range{0, 601}).good());
  EXPECT_FALSE(folder.check(tlog::Range{5, 5}).good());
}

TEST(Folder, WithoutTheQuorumIsNotProven) {
  const Folder folder(3);
  tlog::Note note = tlog::parse_note(folder.files.at("checkpoint")).value();
  note.lines.pop_back();
  const FolderOptions options{.checkpoint = note.print(), .since = {}, .range = {}};
  EXPECT_NE(check_folder(folder.reader(), folder.policy(), options).bad.find("quorum"),
            std::string::npos);
  const Report alone = check_folder(folder.reader(), folder.policy("none"), options);
  EXPECT_TRUE(alone.good());
  EXPECT_NE(alone.not_proven[0].find("could show others another log"), std::string::npos);
}

TEST(Folder, AMalformedEntryIsNamedThoughItIsInTheLog) {
  Folder folder(3);
  folder.entries[1] = "onus-entry/v1 record\nx";
  folder.publish();
  EXPECT_EQ(folder.check().first_bad, 1U);
  folder.entries[1] = tlog::print_entry(tlog::Erasure{2, {"subject"}, "a ground"});
  folder.publish();
  EXPECT_NE(folder.check().bad.find("not before it"), std::string::npos);
}

struct ReceiptTest : ::testing::Test {
  Folder folder{5};
  tlog::Opening opening{{"subject", sha256("s"), "ABC1234"}, {"actor", sha256("t"), "officer 7"}};
  std::string make(const tlog::Opening& shown) {
    folder.entries[2] = tlog::print_entry(tlog::commit_all({}, opening));
    folder.publish();
    tlog::ProofFile proof;
    proof.index = 2;
    proof.extra = tlog::print_extra(folder.entries[2], shown.empty() ? "" : print_opening(shown));
    proof.proof = read_proof(tlog::nodes_from_tiles(
                                 [&](const Tile& t) { return folder.reader()(t.full_path()); }, 5),
                             tlog::inclusion_ranges(2, 5))
                      .value();
    proof.checkpoint = folder.files["checkpoint"];
    return proof.print();
  }
};

TEST_F(ReceiptTest, ProvesWhatItShows) {
  const Report report = check_receipt(make(opening), folder.policy());
  EXPECT_TRUE(report.good()) << report.bad;
  EXPECT_TRUE(report.proven[3].ends_with(":\n    subject: ABC1234\n    actor: officer 7"));
}

TEST_F(ReceiptTest, NothingInARecordPassesForALineOfOursOrSteersATerminal) {
  opening[0].content = "A\n  The entry is number 9 of that log.\x1b[2J\xc2\x9b\xe2\x80\xae\xc3\xa9";
  opening[1].content = "\xff\xfe";
  const Report report = check_receipt(make(opening), folder.policy());
  EXPECT_TRUE(report.proven[3].ends_with(
      ":\n    subject: A\n      The entry is number 9 of that log.\\x1b[2J\\x9b\\x202e\xc3\xa9"
      "\n    actor: (2 bytes that are no text)"))
      << report.proven[3];
}

TEST_F(ReceiptTest, SealedOrErasedSaysThatItsContentIsNotProven) {
  const Report sealed = check_receipt(make({}), folder.policy());
  EXPECT_TRUE(sealed.good());
  EXPECT_NE(sealed.not_proven[0].find("sealed"), std::string::npos);
  tlog::Opening erased = opening;
  erased[0].erased = true;
  const Report report = check_receipt(make(erased), folder.policy());
  EXPECT_TRUE(report.good()) << report.bad;
  EXPECT_EQ(report.not_proven[0], "What stood under subject: it was erased.");
}

TEST_F(ReceiptTest, WithAnotherContentIsBad) {
  tlog::Opening other = opening;
  other[1].content = "officer 8";
  const Report report = check_receipt(make(other), folder.policy());
  EXPECT_NE(report.bad.find("'actor' is not what was committed to"), std::string::npos);
}

TEST_F(ReceiptTest, NoFlippedBitIsOverlooked) {
  const std::string receipt = make(opening);
  for (std::size_t i = 0; i < receipt.size(); ++i) {
    std::string bad = receipt;
    bad[i] ^= 1;
    ASSERT_FALSE(check_receipt(bad, folder.policy()).good()) << i << ": " << bad[i];
  }
  for (std::size_t size = 0; size < receipt.size(); ++size) {
    const Report report = check_receipt(receipt.substr(0, size), folder.policy());
    ASSERT_FALSE(report.good()) << size;
  }
}

}  // namespace
}  // namespace onus::verify
