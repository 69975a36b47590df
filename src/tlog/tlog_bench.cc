// SPDX-License-Identifier: Apache-2.0
// What hashing lets a log do: entries per second of one core.
#include <benchmark/benchmark.h>

#include "tlog/entry.h"
#include "tlog/frontier.h"
#include "tlog/note.h"

namespace onus::tlog {
namespace {

void append_entries(benchmark::State& state) {
  const std::string entry(static_cast<std::size_t>(state.range(0)), 'e');
  TreeHasher hasher;
  Frontier frontier;
  for ([[maybe_unused]] auto _ : state) frontier.append(hasher.leaf(entry));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(append_entries)->Arg(200)->Arg(300);

void hash_nodes(benchmark::State& state) {
  TreeHasher hasher;
  Hash hash = empty_root();
  for ([[maybe_unused]] auto _ : state) hash = hasher.node(hash, hash);
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(hash_nodes);

void one_shot_nodes(benchmark::State& state) {  // what a context for each digest costs
  const std::string joined(65, 'x');
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(sha256(joined));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(one_shot_nodes);

void seal_records(benchmark::State& state) {
  Opening opening;
  for (const char* group : {"subject", "actor", "purpose", "decision"}) {
    opening.push_back({group, sha256(group), std::string(40, 'c')});
  }
  for ([[maybe_unused]] auto _ : state)
    benchmark::DoNotOptimize(print_entry(commit_all({}, opening)));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(seal_records);

void sign_and_verify(benchmark::State& state) {
  const Signer signer("log.example", KeyKind::ed25519, sha256("k"));
  const std::string text = "log.example\n1\nAAAA\n";
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(check_line(signer.verifier(), text, signer.sign(text)));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(sign_and_verify);

}  // namespace
}  // namespace onus::tlog
