// SPDX-License-Identifier: Apache-2.0
// Whatever is read prints as the same bytes: no two files mean the same. Notes, checkpoints,
// receipts, entries, openings, tile paths; and a policy never breaks.
#include "base/check.h"
#include "tlog/anchor.h"
#include "tlog/checkpoint.h"
#include "tlog/entry.h"
#include "tlog/policy.h"
#include "tlog/tile.h"

using namespace onus;
using namespace onus::tlog;

namespace {

void check_note(std::string_view bytes) {
  const Result<Note> note = parse_note(bytes);
  if (!note) return;
  ONUS_CHECK(note->print() == bytes);
  const Result<Checkpoint> checkpoint = parse_checkpoint(note->text);
  if (checkpoint) ONUS_CHECK(checkpoint->text() == note->text);
}

void check_entry(std::string_view bytes) {
  const Result<Entry> entry = parse_entry(bytes);
  if (entry) ONUS_CHECK(print_entry(*entry) == bytes);
  const Result<Opening> opening = parse_opening(bytes);
  if (!opening) return;
  ONUS_CHECK(parse_opening(print_opening(*opening)).has_value());
  for (const Opened& opened : *opening) {
    const Place place = place_of(bytes, opened.group).value();
    ONUS_CHECK(place.offset + place.size <= bytes.size());
    ONUS_CHECK((bytes[place.offset] == '\0') == opened.erased);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_note(bytes);
  check_entry(bytes);
  const Result<ProofFile> proof = parse_proof_file(bytes);
  if (proof) ONUS_CHECK(proof->print() == bytes);
  const std::optional<Tile> tile = parse_tile_path(bytes);
  if (tile) ONUS_CHECK(tile->path() == bytes);
  const Result<Verifier> key = parse_vkey(bytes);
  if (key) ONUS_CHECK(key->vkey() == bytes);
  const Result<AnchorLine> line = parse_anchor_line(bytes);
  if (line) ONUS_CHECK(line->print() == bytes);
  static_cast<void>(Policy::parse(bytes));
  static_cast<void>(parse_extra(bytes));
  return 0;
}
