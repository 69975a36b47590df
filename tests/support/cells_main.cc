// SPDX-License-Identifier: Apache-2.0
// onus-cells FILE: what the reader of tables makes of a file, as CSV with the page and line of each
// record and its damage before its cells; the notes on standard error. For benchmarks and for eyes.
#include <array>
#include <iostream>
#include <string>

#include "source/expand.h"
#include "source/open.h"

namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + '"';
}

onus::Result<void> dump(const std::string& path) {
  const std::array<std::filesystem::path, 1> named = {path};
  ONUS_TRY(const auto inputs, onus::source::expand_inputs(named));
  ONUS_TRY(const auto stream, onus::source::open_table(inputs.front(), {}));
  for (;;) {
    ONUS_TRY(const std::optional<onus::source::Block> block, stream->next());
    if (!block) break;
    onus::source::Records records(*block);
    for (onus::source::Record record; records.next(record);) {
      std::string line = std::to_string(record.at.part) + ',' + std::to_string(record.at.line) +
                         ',' + names(record.damage);
      for (const onus::source::Cell& cell : record.cells) line += ',' + quoted(cell.text);
      std::cout << line << '\n';
    }
  }
  for (const std::string& note : stream->notes()) std::cerr << note << '\n';
  return {};
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  const onus::Result<void> done = dump(arguments[1]);
  if (!done) std::cerr << done.error().text() << '\n';
  return done ? 0 : 3;
}
