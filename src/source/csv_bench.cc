// SPDX-License-Identifier: Apache-2.0
// How fast bytes become records and cells. ONUS_CSV names a file to read in place of the made one.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>

#include "source/csv.h"

namespace onus::source {
namespace {

// Rows in the shape of a network audit (quoted times with commas, a window of two lines) or of a
// portal download (every cell quoted).
std::string made(bool portal) {
  std::string out = portal ? "\"id\",\"userId\",\"searchDate\",\"networkCount\",\"reason\"\n"
                           : "Name,Org Name,Total Networks Searched,Total Devices Searched,Time "
                             "Frame,License Plate,Reason,Case #,Filters,Search Time,Search Type\n";
  for (int i = 0; out.size() < (std::size_t{32} << 20); ++i) {
    const std::string n = std::to_string(i);
    out += portal
               ? "\"5d0c0b1e-0000-4000-8000-" + n + "\",\"***\",\"2026-03-10T04:31:52.901Z\",\"" +
                     std::to_string(i % 500) + "\",\"Investigation\"\n"
               : "A. Officer " + n + ",Sample County TX SO,6638,97261,\"11/16/2025, 07:44:42 PM " +
                     "UTC\n11/23/2025, 07:44:42 PM UTC\",***,stolen vehicle,25-" + n +
                     ",,\"11/23/2025, 07:44:43 PM UTC\",lookup\n";
  }
  return out;
}

struct Counted {
  std::int64_t records = 0;
  std::size_t text = 0;
};

Counted count(CsvStream stream, bool split) {
  Counted counted;
  for (;;) {
    auto block = stream.next();
    if (!block || !*block) break;
    if (!split) {
      counted.records += static_cast<std::int64_t>((*block)->rows());
      continue;
    }
    Records records(**block);
    for (Record record; records.next(record); ++counted.records) {
      for (const Cell& cell : record.cells) counted.text += cell.text.size();
    }
  }
  return counted;
}

void from_memory(benchmark::State& state, bool portal, bool split) {
  const std::string bytes = made(portal);
  Counted counted;
  for ([[maybe_unused]] auto _ : state) {
    state.PauseTiming();
    auto stream = CsvStream::from_bytes(bytes, {});
    state.ResumeTiming();
    counted = count(std::move(*stream), split);
    benchmark::DoNotOptimize(counted);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
  state.SetItemsProcessed(state.iterations() * counted.records);
}

void FindRecords(benchmark::State& state) { from_memory(state, state.range(0) != 0, false); }
void SplitCells(benchmark::State& state) { from_memory(state, state.range(0) != 0, true); }
BENCHMARK(FindRecords)->ArgName("portal")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(SplitCells)->ArgName("portal")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

void ReadFile(benchmark::State& state) {
  const char* const path = std::getenv("ONUS_CSV");
  if (path == nullptr) return state.SkipWithError("set ONUS_CSV to a file");
  std::int64_t bytes = 0;
  std::int64_t rows = 0;
  for ([[maybe_unused]] auto _ : state) {
    auto stream = CsvStream::open(path, {});
    if (!stream) return state.SkipWithError("cannot open ONUS_CSV");
    rows += count(std::move(*stream), true).records;
    bytes += static_cast<std::int64_t>(std::filesystem::file_size(path));
  }
  state.SetBytesProcessed(bytes);
  state.SetItemsProcessed(rows);
}
BENCHMARK(ReadFile)->Unit(benchmark::kMillisecond)->Iterations(3);

}  // namespace
}  // namespace onus::source
