// SPDX-License-Identifier: Apache-2.0
#include "cli/cosigner.h"

#include <fmt/format.h>

namespace onus::cli {
namespace {

constexpr auto kRest = std::chrono::seconds(60);
constexpr auto kLook = std::chrono::milliseconds(20);

}  // namespace

Cosigner::Cosigner(const ledger::Committer& committer, std::vector<Witness> witnesses, Post post)
    : committer_(committer),
      witnesses_(std::move(witnesses)),
      post_(std::move(post)),
      note_(committer.checkpoint()) {
  if (!witnesses_.empty()) thread_ = std::jthread([this](const std::stop_token& s) { run(s); });
}

std::string Cosigner::checkpoint() const {
  if (witnesses_.empty()) return committer_.checkpoint();
  const std::lock_guard lock(mutex_);
  return note_;
}

std::string Cosigner::contradiction() const {
  const std::lock_guard lock(mutex_);
  return contradiction_;
}

void Cosigner::run(const std::stop_token& stop) {
  std::string asked;
  while (!stop.stop_requested()) {
    const std::string note = committer_.checkpoint();
    if (note == asked) {
      std::this_thread::sleep_for(kLook);
      continue;
    }
    ask(note);
    asked = note;
  }
}

std::vector<Witness> Cosigner::awake() {
  std::vector<Witness> out;
  for (const Witness& one : witnesses_) {
    if (Clock::now() >= asleep_[one.name]) out.push_back(one);
  }
  return out;
}

void Cosigner::ask(const std::string& note_bytes) {
  tlog::Note note = tlog::parse_note(note_bytes).value();
  const tlog::Checkpoint checkpoint = tlog::parse_checkpoint(note.text).value();
  const Signable what{note_bytes, checkpoint, [&](std::uint64_t old_size) {
                        return committer_.prove_between(old_size, checkpoint.size);
                      }};
  std::string contradiction;
  for (const Witness& one : awake()) {
    const Cosigned asked = collect({one}, what, post_);
    note.lines.insert(note.lines.end(), asked.lines.begin(), asked.lines.end());
    if (asked.lines.empty()) asleep_[one.name] = Clock::now() + kRest;
    for (const std::string& problem : asked.problems) fmt::print(stderr, "onus: {}\n", problem);
    if (!asked.contradiction.empty()) contradiction = asked.contradiction;
  }
  const std::lock_guard lock(mutex_);
  note_ = note.print();
  contradiction_ = contradiction;
}

}  // namespace onus::cli
