// SPDX-License-Identifier: Apache-2.0
// Any cells under any header: the first line is the header if it fits a profile, else its first
// byte chooses one, so that every shipped profile is tried; the others are rows, cells apart by the
// unit separator (0x1f), rows by the record separator (0x1e). Each row is a sighting, a reject or a
// blank, never two of them; a reject says what was expected; no text that is kept holds the row's
// own plate.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "ingest/cell_state.h"
#include "ingest/fold.h"
#include "ingest/map.h"

namespace onus::ingest {
namespace {

const std::vector<Profile>& profiles() {
  static const std::vector<Profile> all = load_profiles({}).value();
  return all;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> out;
  for (;;) {
    const std::size_t at = text.find(separator);
    out.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at + 1);
  }
}

Plan plan_for(const Profile& chosen, const std::vector<std::string_view>& header) {
  if (const Profile* fits = profile_for_header(profiles(), header)) {
    return make_plan(*fits, &fits->variants[0], header);
  }
  const Profile& profile = chosen;
  const Variant* variant = &profile.variants[0];
  if (misfit(profile, header).fits()) return make_plan(profile, variant, header);
  std::vector<std::string_view> own;
  for (const ProfileColumn& column : profile.columns) {
    if (!column.headers.empty()) own.push_back(column.headers[0]);
  }
  return make_plan(profile, variant, own);
}

void check_sighting(const Plan& plan, const std::vector<std::string_view>& cells,
                    const Sighting& sighting, const Batch& batch) {
  ONUS_CHECK(has_value(sighting.state(Field::reason)) == (sighting.reason != kNone));
  ONUS_CHECK(has_value(sighting.state(Field::actor)) == (sighting.actor != kNone));
  for (const Extra& extra : batch.extras) {
    ONUS_CHECK(is_extra(extra.field) && extra.row == 0);
    ONUS_CHECK(has_value(extra.state) == (extra.text != kNone));
  }
  ONUS_CHECK(sighting.networks >= 0 && sighting.devices >= 0);
  if (sighting.realigned || !plan.has(Field::subject) || sighting.reason == kNone) return;
  const auto position = static_cast<std::size_t>(plan.position(Field::subject));
  if (position >= cells.size() || !has_value(sighting.state(Field::subject))) return;
  const std::string plate = normalised_subject(cells[position]);
  if (plate.size() < 4 ||
      plate.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != plate.npos)
    return;
  // Found again after scrubbing: only if it was not to be sought at all.
  const std::string text(batch.texts.at(sighting.reason));
  ONUS_CHECK(find_subjects(text, std::vector<std::string>{plate}, TextKind::name).empty());
}

void run(std::string_view input) {
  if (input.empty()) return;
  const Profile& profile = profiles()[static_cast<unsigned char>(input[0]) % profiles().size()];
  const std::vector<std::string_view> rows = split(input.substr(1), '\x1e');
  const Plan plan = plan_for(profile, split(rows[0], '\x1f'));
  Pseudonyms pseudonyms{Digest{}};
  Mapper mapper(pseudonyms.clone(), "");
  Batch batch;
  mapper.begin_batch(batch);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const std::vector<std::string_view> cells = split(rows[i], '\x1f');
    Sighting sighting;
    Reject reject;
    batch.extras.clear();
    const Outcome outcome = mapper.map(plan, {cells, At{1, 1, 0, 1}}, batch, sighting, reject);
    bool blank = true;
    for (const std::string_view cell : cells) blank &= trimmed(cell).empty();
    ONUS_CHECK(blank == (outcome == Outcome::blank));
    ONUS_CHECK((outcome == Outcome::reject) == !reject.expected.empty());
    if (outcome == Outcome::sighting) check_sighting(plan, cells, sighting, batch);
  }
}

}  // namespace
}  // namespace onus::ingest

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  onus::ingest::run({reinterpret_cast<const char*>(data), size});
  return 0;
}
