// SPDX-License-Identifier: Apache-2.0
// Distinct short reasons read per second on one core: the words of the lexicon, names, numbers,
// misspellings, put together by a seeded generator so that no two texts are the same.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "classify/reading.h"

namespace onus::classify {
namespace {

// The lines of the file that bench/run_reasons.py gives to all contestants.
std::vector<std::string> given(const char* file) {
  std::vector<std::string> texts;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) texts.push_back(line);
  return texts;
}

std::vector<std::string> reasons(std::size_t count) {
  if (const char* file = std::getenv("ONUS_BENCH_TEXTS")) return given(file);
  static const std::vector<std::string> kStarts = {
      "stolen vehicle", "investigation", "inv",      "211pc",     "10851(a)vc",
      "hit and run",    "suspect veh",   "burglary", "narcotics", "dv",
      "investgation",   "assist agency", "warrant",  "theft",     "missing person",
      "shots fired",    "ICE",           "shooting", "patrol",    "locate"};
  std::mt19937 random(1);
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < count; ++i) {
    std::string text = kStarts[random() % kStarts.size()];
    if (i % 3 == 0) text += " 26-" + std::to_string(10000 + i);
    if (i % 3 == 1) {
      text += ' ';
      for (int n = 0; n < 6; ++n) text += static_cast<char>('a' + random() % 26);
    }
    if (i % 7 == 0) text += " suspect vehicle";
    texts.push_back(std::move(text));
  }
  return texts;
}

void read_reasons(benchmark::State& state, bool with_model) {
  Result<Lexicon> lexicon = Lexicon::load(builtin_files_in("packs/purposes/"));
  if (!lexicon) return state.SkipWithError("the lexicon does not load");
  for (const BuiltinFile& file : builtin_files_in("packs/models/")) {
    if (with_model && !lexicon->use_model(file.bytes, file.path))
      return state.SkipWithError("the model does not load");
  }
  const std::vector<std::string> texts = reasons(100'000);
  Scratch scratch;
  std::size_t at = 0;
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(lexicon->read(texts[at], scratch));
    at = at + 1 == texts.size() ? 0 : at + 1;
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK_CAPTURE(read_reasons, with_model, true);
BENCHMARK_CAPTURE(read_reasons, lexicon_only, false);

}  // namespace
}  // namespace onus::classify
