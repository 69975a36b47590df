// SPDX-License-Identifier: Apache-2.0
#include "tlog/policy.h"

#include <fmt/format.h>

#include <algorithm>

namespace onus::tlog {
namespace {

constexpr std::size_t kMaxLines = 1000;

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (;;) {
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin == line.npos) return words;
    line.remove_prefix(begin);
    const std::size_t end = line.find_first_of(" \t");
    words.push_back(line.substr(0, end));
    if (end == line.npos) return words;
    line.remove_prefix(end);
  }
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return (byte < 0x20 && byte != '\t' && byte != '\n') || byte == 0x7f;
  });
}

tl::unexpected<Error> bad(std::string what) { return fail(Code::bad_input, std::move(what)); }

}  // namespace

// Reads a policy line by line into the one that it holds.
class PolicyReader {
 public:
  Result<void> read(std::string_view line) {
    const std::vector<std::string_view> words = words_of(line);
    if (words.empty() || words[0].starts_with('#')) return {};
    if (words[0] == "log") return read_log(words);
    if (words[0] == "witness") return read_witness(words);
    if (words[0] == "group") return read_group(words);
    if (words[0] == "quorum") return read_quorum(words);
    return bad(fmt::format("'{}' is none of log, witness, group, quorum", words[0]));
  }

  Result<Policy> done() {
    if (!quorum_seen_) return bad("a policy has one line quorum");
    policy_.logs_ = logs_.size();
    policy_.verifiers_ = std::move(logs_);
    policy_.verifiers_.insert(policy_.verifiers_.end(), witnesses_.begin(), witnesses_.end());
    for (Policy::Member& member : policy_.members_) {
      if (member.members.empty()) member.verifier += policy_.logs_;
    }
    return std::move(policy_);
  }

 private:
  using Words = std::vector<std::string_view>;

  Result<void> add_key(std::vector<Verifier>& keys, std::string_view vkey, KeyKind kind) {
    ONUS_TRY(Verifier verifier, parse_vkey(vkey));
    if (verifier.kind != kind) return bad(fmt::format("{} is not a key for this", verifier.name));
    for (const Verifier& other : keys) {
      if (other.public_key == verifier.public_key) return bad("the same public key twice");
    }
    keys.push_back(std::move(verifier));
    return {};
  }

  Result<void> read_log(const Words& words) {
    if (words.size() < 2 || words.size() > 3) return bad("log <vkey> [<url>]");
    return add_key(logs_, words[1], KeyKind::ed25519);
  }

  std::size_t find(std::string_view name) const {
    const auto& members = policy_.members_;
    const auto found = std::find_if(members.begin(), members.end(),
                                    [&](const Policy::Member& m) { return m.name == name; });
    return found == members.end() ? Policy::kNoQuorum
                                  : static_cast<std::size_t>(found - members.begin());
  }

  Result<void> free_name(std::string_view name) const {
    if (name == "none") return bad("none is not a name to give");
    if (find(name) != Policy::kNoQuorum) return bad(fmt::format("the name {} is taken", name));
    return {};
  }

  Result<void> read_witness(const Words& words) {
    if (words.size() < 3 || words.size() > 4) return bad("witness <name> <vkey> [<url>]");
    ONUS_TRY_VOID(free_name(words[1]));
    ONUS_TRY_VOID(add_key(witnesses_, words[2], KeyKind::cosigner));
    Policy::Member member{std::string(words[1]), 0, {}, witnesses_.size() - 1, {}};
    if (words.size() == 4) member.url = words[3];
    policy_.members_.push_back(std::move(member));
    in_group_.push_back(false);
    return {};
  }

  Result<void> read_group(const Words& words) {
    if (words.size() < 4) return bad("group <name> all|any|<k> <name>...");
    ONUS_TRY_VOID(free_name(words[1]));
    Policy::Member group{std::string(words[1]), 0, {}, 0, {}};
    for (std::size_t i = 3; i < words.size(); ++i) {
      const std::size_t member = find(words[i]);
      if (member == Policy::kNoQuorum) return bad(fmt::format("{} is not defined", words[i]));
      if (in_group_[member]) return bad(fmt::format("{} is in a group already", words[i]));
      in_group_[member] = true;
      group.members.push_back(member);
    }
    const auto number = parse_decimal(words[2]);
    group.needed = words[2] == "all"   ? group.members.size()
                   : words[2] == "any" ? 1
                   : number            ? static_cast<std::size_t>(*number)
                                       : 0;
    if (group.needed < 1 || group.needed > group.members.size()) {
      return bad("a group needs all, any, or a number from 1 to that of its members");
    }
    policy_.members_.push_back(std::move(group));
    in_group_.push_back(false);
    return {};
  }

  Result<void> read_quorum(const Words& words) {
    if (quorum_seen_) return bad("a policy has one line quorum");
    if (words.size() != 2) return bad("quorum <name>|none");
    quorum_seen_ = true;
    if (words[1] == "none") return {};
    policy_.quorum_ = find(words[1]);
    if (policy_.quorum_ == Policy::kNoQuorum)
      return bad(fmt::format("{} is not defined", words[1]));
    return {};
  }

  Policy policy_;
  std::vector<Verifier> logs_;
  std::vector<Verifier> witnesses_;
  std::vector<bool> in_group_;
  bool quorum_seen_ = false;
};

Result<Policy> Policy::parse(std::string_view text) {
  if (has_control(text)) return bad("a policy holds no control letters");
  PolicyReader reader;
  for (std::size_t number = 1; !text.empty(); ++number) {
    if (number > kMaxLines) return fail(Code::over_budget, "a policy of over 1,000 lines");
    const std::size_t end = text.find('\n');
    if (Result<void> read = reader.read(text.substr(0, end)); !read) {
      return bad(fmt::format("line {}: {}", number, read.error().message));
    }
    text = end == text.npos ? std::string_view() : text.substr(end + 1);
  }
  return reader.done();
}

Result<Policy::Verdict> Policy::check(const Note& note) const {
  ONUS_TRY(const std::vector<Signed> good, check_signatures(note, verifiers_));
  ONUS_TRY(Checkpoint checkpoint, parse_checkpoint(note.text));
  Verdict verdict{std::move(checkpoint), {}, {}, 0, false};
  std::vector<bool> signed_by(verifiers_.size());
  for (const Signed& line : good) {
    signed_by[line.verifier] = true;
    verdict.latest = std::max(verdict.latest, line.time);
    if (line.verifier < logs_ && verifiers_[line.verifier].name == verdict.checkpoint.origin) {
      verdict.log = verifiers_[line.verifier].name;
    }
  }
  if (verdict.log.empty()) {
    return bad(
        fmt::format("no log that the policy trusts signed for {}", verdict.checkpoint.origin));
  }
  std::vector<bool> holds(members_.size());  // members stand before their groups
  for (std::size_t i = 0; i < members_.size(); ++i) {
    const Member& member = members_[i];
    const auto have = std::count_if(member.members.begin(), member.members.end(),
                                    [&](std::size_t m) { return holds[m]; });
    holds[i] = member.members.empty() ? signed_by[member.verifier]
                                      : static_cast<std::size_t>(have) >= member.needed;
    if (member.members.empty() && holds[i]) verdict.witnesses.push_back(member.name);
  }
  verdict.quorum = quorum_ == kNoQuorum || holds[quorum_];
  return verdict;
}

}  // namespace onus::tlog
