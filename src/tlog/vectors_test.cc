// SPDX-License-Identifier: Apache-2.0
// Vectors that were not made with this code. Those of the repository (tests/vectors/ledger.json)
// come from the slow reference in tests/interop. Others' published ones are read where they lie in
// a folder `tlog` under ONUS_TEST_VECTORS, or under ../shared/testvectors beside the checkout, and
// are skipped, by name, where they do not.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/encode.h"
#include "base/file.h"
#include "tlog/checkpoint.h"
#include "tlog/entry.h"
#include "tlog/frontier.h"
#include "tlog/policy.h"
#include "tlog/proof.h"
#include "tlog/tile.h"

namespace onus::tlog {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

json read_json(const fs::path& path) { return json::parse(read_file(path, 1U << 26).value()); }

json own() { return read_json(fs::path(ONUS_ROOT) / "tests/vectors/ledger.json"); }

std::string bytes(const json& hex) { return from_hex(hex.get<std::string>()).value(); }
template <class Bytes>
Bytes fixed(const std::string& from) {
  Bytes to{};
  EXPECT_EQ(from.size(), to.size());
  std::copy(from.begin(), from.end(), reinterpret_cast<char*>(to.data()));
  return to;
}
Hash hash(const json& base64) { return parse_hash(base64.get<std::string>()).value(); }
std::vector<Hash> hashes(const json& list) {
  std::vector<Hash> out;
  for (const json& one : list) out.push_back(hash(one));
  return out;
}

std::vector<std::string> own_entries(const json& vectors) {
  std::vector<std::string> entries;
  for (const char* name : {"record", "statement", "erasure"}) {
    entries.push_back(bytes(vectors["entries"][name]["entry"]));
  }
  entries.emplace_back();
  while (entries.size() < 300) entries.push_back("entry " + std::to_string(entries.size()));
  return entries;
}

TEST(OwnVectors, KeysAndNotesAreByteForByte) {
  const json vectors = own();
  std::vector<Verifier> known;
  for (const json& key : vectors["keys"]) {
    const Signer signer = parse_secret(key["secret"].get<std::string>()).value();
    EXPECT_EQ(signer.verifier().vkey(), key["vkey"].get<std::string>());
    EXPECT_EQ(signer.secret(), key["secret"].get<std::string>());
    known.push_back(signer.verifier());
  }
  for (const json& one : vectors["notes"]) {
    const Note note = parse_note(one["note"].get<std::string>()).value();
    EXPECT_EQ(check_signatures(note, known).value().size(), 1U);
    EXPECT_EQ(parse_checkpoint(note.text)->size, one["size"].get<std::uint64_t>());
    const Signer log = parse_secret(vectors["keys"][0]["secret"].get<std::string>()).value();
    EXPECT_EQ((Note{note.text, {log.sign(note.text)}}.print()), one["note"].get<std::string>());
  }
  const Note note = parse_note(vectors["cosigned"]["note"].get<std::string>()).value();
  const std::vector<Signed> good = check_signatures(note, known).value();
  ASSERT_EQ(good.size(), 3U);
  EXPECT_EQ(good[2].time, vectors["cosigned"]["times"][1].get<std::uint64_t>());
  const Signer witness = parse_secret(vectors["keys"][1]["secret"].get<std::string>()).value();
  EXPECT_EQ(witness.sign(note.text, good[1].time), note.lines[1]);
}

Opening opening_of(const json& record) {
  Opening opening;
  for (const json& group : record["groups"]) {
    opening.push_back(
        {group["name"], fixed<Digest>(bytes(group["salt"])), bytes(group["content"])});
  }
  return opening;
}

TEST(OwnVectors, EntriesAndOpeningsAreByteForByte) {
  const json entries = own()["entries"];
  for (const char* name : {"record", "padding"}) {
    const json& wanted = entries[name];
    const Record record = commit_all(fixed<EntryId>(bytes(wanted["id"])), opening_of(wanted));
    EXPECT_EQ(print_entry(record), bytes(wanted["entry"]));
    EXPECT_EQ(print_opening(opening_of(wanted)), bytes(wanted["opening"]));
    EXPECT_EQ(to_hex(record.groups[0].hash), wanted["groups"][0]["commitment"]);
    EXPECT_EQ(parse_entry(bytes(wanted["entry"])).value(), Entry(record));
  }
  const std::string after = bytes(entries["record_after_erasure"]["opening"]);
  const Record record = std::get<Record>(parse_entry(bytes(entries["record"]["entry"])).value());
  EXPECT_TRUE(check_opening(record, parse_opening(after).value()));
  EXPECT_TRUE(parse_opening(after).value()[0].erased);
  EXPECT_EQ(print_entry(Statement{entries["statement"]["text"]}),
            bytes(entries["statement"]["entry"]));
  EXPECT_EQ(print_entry(Erasure{0, {"subject"}, entries["erasure"]["ground"]}),
            bytes(entries["erasure"]["entry"]));
}

TEST(OwnVectors, RootsAndProofsAreTheReferences) {
  const json vectors = own();
  TreeHasher hasher;
  std::vector<Hash> leaves;
  for (const std::string& entry : own_entries(vectors)) leaves.push_back(hasher.leaf(entry));
  std::map<std::uint64_t, Hash> roots;
  for (const json& one : vectors["tree"]["roots"]) {
    Frontier frontier;
    for (std::uint64_t i = 0; i < one["size"]; ++i) frontier.append(leaves[i]);
    EXPECT_EQ(frontier.root(), hash(one["root"])) << one["size"];
  }
  const auto root_of = [&](std::uint64_t size) {
    Frontier frontier;
    for (std::uint64_t i = 0; i < size; ++i) frontier.append(leaves[i]);
    return frontier.root();
  };
  const NodeReader nodes = [&](unsigned height, std::uint64_t index) -> Result<Hash> {
    Frontier part;
    for (std::uint64_t i = 0; i < std::uint64_t{1} << height; ++i) {
      part.append(leaves[(index << height) + i]);
    }
    return part.root();
  };
  for (const json& one : vectors["tree"]["inclusion"]) {
    const std::uint64_t index = one["index"];
    const std::uint64_t size = one["size"];
    EXPECT_EQ(read_proof(nodes, inclusion_ranges(index, size)).value(), hashes(one["proof"]));
    EXPECT_TRUE(includes(index, size, hash(one["leaf"]), hashes(one["proof"]), root_of(size)));
  }
  for (const json& one : vectors["tree"]["consistency"]) {
    const std::uint64_t from = one["from"];
    const std::uint64_t size = one["size"];
    EXPECT_EQ(read_proof(nodes, consistency_ranges(from, size)).value(), hashes(one["proof"]));
    EXPECT_TRUE(consistent(from, size, root_of(from), root_of(size), hashes(one["proof"])));
  }
}

TEST(OwnVectors, PoliciesAndReceiptAreReadAsTheReferenceMeantThem) {
  const json vectors = own();
  const Note note = parse_note(vectors["cosigned"]["note"].get<std::string>()).value();
  for (const json& one : vectors["policies"]) {
    const Policy policy = Policy::parse(one["text"].get<std::string>()).value();
    const Policy::Verdict verdict = policy.check(note).value();
    EXPECT_EQ(verdict.quorum, one["quorum"].get<bool>());
    EXPECT_EQ(verdict.witnesses, one["witnesses"].get<std::vector<std::string>>());
  }
  const std::string text = vectors["receipt"];
  const ProofFile receipt = parse_proof_file(text).value();
  EXPECT_EQ(receipt.print(), text);
  const Checkpoint checkpoint = parse_checkpoint(parse_note(receipt.checkpoint)->text).value();
  const Extra extra = parse_extra(receipt.extra.value()).value();
  EXPECT_TRUE(includes(receipt.index, checkpoint.size, TreeHasher().leaf(extra.entry),
                       receipt.proof, checkpoint.root));
  const Record record = std::get<Record>(parse_entry(extra.entry).value());
  EXPECT_TRUE(check_opening(record, parse_opening(extra.opening).value()));
}

class Published : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* named = std::getenv("ONUS_TEST_VECTORS");
    dir_ = named ? fs::path(named) : fs::path(ONUS_ROOT).parent_path() / "shared/testvectors";
    dir_ /= "tlog";
    if (!fs::is_directory(dir_)) GTEST_SKIP() << dir_ << " is not there";
  }
  fs::path dir_;
};

std::vector<json> probes(const fs::path& dir) {
  std::vector<json> out;
  for (const auto& file : fs::recursive_directory_iterator(dir)) {
    if (file.path().extension() == ".json") out.push_back(read_json(file.path()));
  }
  return out;
}

// Some probes hold words for hashes: any 32 bytes will do, the same for the same word.
Hash probe_hash(const json& base64) {
  const std::string raw = base64.is_null() ? "" : from_base64(base64.get<std::string>()).value();
  return raw.size() == sizeof(Hash) ? fixed<Hash>(raw) : sha256("a probe's " + raw);
}
std::vector<Hash> probe_hashes(const json& list) {
  std::vector<Hash> out;
  for (const json& one : list) out.push_back(probe_hash(one));
  return out;
}

TEST_F(Published, MerkleInclusionProbes) {
  int seen = 0;
  for (const char* kind : {"inclusion", "subtreeinclusion"}) {
    for (const json& probe : probes(dir_ / "transparency-dev-merkle/testdata" / kind)) {
      const Hash leaf = probe_hash(probe["leafHash"]);
      const Hash root = probe_hash(probe["root"]);
      const std::vector<Hash> proof = probe_hashes(probe["proof"]);
      const std::uint64_t index = probe["leafIdx"];
      const bool hashes = !probe["leafHash"].get<std::string>().empty();
      const bool verified =
          probe.contains("treeSize")
              ? includes(index, probe["treeSize"], leaf, proof, root)
              : subtree_includes(index, {probe["start"], probe["end"]}, leaf, proof, root);
      const bool good = hashes && verified;
      EXPECT_EQ(good, !probe["wantErr"].get<bool>()) << kind << ": " << probe.dump();
      ++seen;
    }
  }
  RecordProperty("probes", seen);
  EXPECT_GT(seen, 250);
}

// One probe, from size 0 with the root of no entries, is refused there and answered here: proof.h.
TEST_F(Published, MerkleConsistencyProbes) {
  int seen = 0;
  int from_nothing = 0;
  for (const char* kind : {"consistency", "subtreeconsistency"}) {
    for (const json& probe : probes(dir_ / "transparency-dev-merkle/testdata" / kind)) {
      const Hash old_root = probe_hash(probe["root1"]);
      const Hash root = probe_hash(probe["root2"]);
      const std::vector<Hash> proof = probe_hashes(probe["proof"]);
      const bool wanted = !probe["wantErr"].get<bool>();
      bool good = false;
      if (probe.contains("size1")) {
        const std::uint64_t from = probe["size1"];
        const std::uint64_t size = probe["size2"];
        good = consistent(from, size, old_root, root, proof);
        if (from == 0 && good != wanted) {
          ++from_nothing;
          EXPECT_TRUE(good && proof.empty() && old_root == empty_root()) << probe.dump();
          continue;
        }
      } else {
        good = subtree_consistent({probe["start"], probe["end"]}, probe["size"], old_root, root,
                                  proof);
      }
      EXPECT_EQ(good, wanted) << kind << ": " << probe.dump();
      ++seen;
    }
  }
  RecordProperty("probes", seen);
  RecordProperty("from_size_0", from_nothing);
  EXPECT_GT(seen, 200);
}

TEST_F(Published, WycheproofEd25519) {
  int seen = 0;
  const json file = read_json(dir_ / "wycheproof/testvectors_v1/ed25519_test.json");
  for (const json& group : file["testGroups"]) {
    const auto key = fixed<Digest>(bytes(group["publicKey"]["pk"]));
    for (const json& test : group["tests"]) {
      const std::string signature = bytes(test["sig"]);
      const bool good = signature.size() == sizeof(Ed25519Signature) &&
                        ed25519_verify(key, bytes(test["msg"]), fixed<Ed25519Signature>(signature));
      EXPECT_EQ(good, test["result"] == "valid") << test.dump();
      ++seen;
    }
  }
  EXPECT_GT(seen, 100);
}

TEST_F(Published, C2spExamples) {
  int notes = 0;
  const json file = read_json(dir_ / "c2sp-spec-examples/spec-vectors.json");
  for (const json& one : file["vectors"]) {
    const std::string name = one["name"];
    if (one.contains("vkey")) {
      const std::vector<Verifier> key{parse_vkey(one["vkey"].get<std::string>()).value()};
      EXPECT_EQ(key[0].vkey(), one["vkey"].get<std::string>());
      if (one.contains("skey")) {
        EXPECT_EQ(parse_secret(one["skey"].get<std::string>())->verifier().vkey(), key[0].vkey());
      }
      if (!one.contains("note")) continue;
      const Note note = parse_note(one["note"].get<std::string>()).value();
      EXPECT_EQ(note.print(), one["note"].get<std::string>());
      EXPECT_EQ(check_signatures(note, key).value().size(), 1U) << name;
      ++notes;
    } else if (one.contains("path")) {
      EXPECT_EQ((Tile{0, one["index"], 256}.path()), "tile/0/" + one["path"].get<std::string>());
    } else if (one.contains("preimage_hex")) {
      EXPECT_EQ(to_hex(sha256(bytes(one["preimage_hex"]))), one["sha256"]);
    } else if (one.contains("roots")) {
      Frontier frontier;
      TreeHasher hasher;
      std::size_t size = 0;
      for (const json& leaf : one["leaves_hex"]) {
        EXPECT_EQ(to_hex(frontier.root()), one["roots"][std::to_string(size++)]);
        frontier.append(hasher.leaf(bytes(leaf)));
      }
      EXPECT_EQ(to_hex(frontier.root()), one["roots"][std::to_string(size)]);
    }
  }
  EXPECT_GT(notes, 15);
}

// A whole log of another program: every partial tile and bundle, 16 checkpoints.
TEST_F(Published, TheTesseraLogReadsAsOurs) {
  const json files = read_json(dir_ / "tessera/testdata-log.json")["files"];
  const auto entries_file = bytes(files["tile/entries/000.p/15"]["hex"]);
  const auto entries = split_bundle(entries_file, 15).value();
  Frontier frontier;
  TreeHasher hasher;
  std::string tile;
  for (std::uint64_t size = 0; size <= 15; ++size) {
    const std::string text = files["checkpoint." + std::to_string(size)]["text"];
    const Checkpoint checkpoint = parse_checkpoint(parse_note(text)->text).value();
    EXPECT_EQ(checkpoint.size, size);
    EXPECT_EQ(checkpoint.root, frontier.root());
    if (size == 15) break;
    frontier.append(hasher.leaf(entries[size]));
    tile += view(hasher.leaf(entries[size]));
    const Tile partial{0, 0, static_cast<unsigned>(size) + 1};
    EXPECT_EQ(bytes(files[partial.path()]["hex"]), tile);
  }
}

}  // namespace
}  // namespace onus::tlog
