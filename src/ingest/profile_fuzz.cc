// SPDX-License-Identifier: Apache-2.0
// Any text as a profile: it is read, or refused with a message that begins with the place
// ("fuzz.toml:3:1: ..."; the file alone where the TOML library gives no line). What is read can be
// laid over a header made of its own names, and maps any row without both and without neither.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "ingest/map.h"
#include "ingest/profile.h"

namespace onus::ingest {
namespace {

bool names_a_place(std::string_view message) {
  constexpr std::string_view kFile = "fuzz.toml:";
  if (!message.starts_with(kFile)) return false;
  message.remove_prefix(kFile.size());
  if (message.starts_with(' ')) return true;  // no more is known (base/toml.cc)
  const auto digits = [&] {
    std::size_t n = 0;
    while (n < message.size() && message[n] >= '0' && message[n] <= '9') ++n;
    message.remove_prefix(n);
    const bool colon = n > 0 && message.starts_with(':');
    message.remove_prefix(colon ? 1 : 0);
    return colon;
  };
  return digits() && digits();
}

void use(const Profile& profile) {
  ONUS_CHECK(!profile.variants.empty());
  std::vector<std::string_view> header;
  for (const ProfileColumn& column : profile.columns) {
    if (!column.headers.empty()) header.push_back(column.headers[0]);
  }
  const Plan plan = make_plan(profile, &profile.variants[0], header);
  Pseudonyms pseudonyms{Digest{}};
  Mapper mapper(pseudonyms.clone(), "");
  Batch batch;
  mapper.begin_batch(batch);
  Sighting sighting;
  Reject reject;
  std::vector<std::string_view> row(header.size(), "2025-01-01 00:00:00");
  (void)mapper.map(plan, {row, At{1, 1, 0, 1}}, batch, sighting, reject);
}

}  // namespace
}  // namespace onus::ingest

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const onus::Result<onus::ingest::Profile> profile =
      onus::ingest::parse_profile(text, "fuzz.toml");
  if (profile) {
    onus::ingest::use(*profile);
  } else {
    ONUS_CHECK(profile.error().code != onus::Code::bad_input ||
               onus::ingest::names_a_place(profile.error().message));
  }
  return 0;
}
