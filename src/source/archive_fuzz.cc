// SPDX-License-Identifier: Apache-2.0
// Any bytes as a zip or as a gzip: no crash, never more bytes than the budget, and the same each
// time.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/check.h"
#include "base/digest.h"
#include "source/archive.h"
#include "source/gzip.h"

namespace {

using namespace onus::source;

constexpr std::int64_t kMost = 1 << 20;

std::string drain(onus::Result<ByteSource> source) {
  if (!source) return "refused";
  std::vector<char> buffer(4096);
  onus::Sha256 hash;
  for (std::int64_t given = 0;;) {
    const auto got = source->read(buffer.data(), buffer.size());
    if (!got) return "broken";
    given += static_cast<std::int64_t>(*got);
    ONUS_CHECK(given <= kMost);
    hash.add({buffer.data(), *got});
    if (*got < buffer.size()) return onus::to_hex(hash.finish());
  }
}

std::string unzip(const std::string& bytes) {
  auto held = HeldFile::hold(*ByteSource::over(bytes, kMost));
  if (!held) return "too large";
  const auto members = list_archive(held->path(), 64);
  if (!members) return "refused";
  std::string out;
  for (const ArchiveMember& member : *members) {
    out += member.path + ' ' + drain(open_member(held->path(), member.entry, "fuzz", kMost)) + '\n';
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > static_cast<std::size_t>(kMost)) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  ONUS_CHECK(unzip(bytes) == unzip(bytes));
  const auto inflated = [&] { return drain(gunzip(*ByteSource::over(bytes, kMost), kMost)); };
  ONUS_CHECK(inflated() == inflated());
  return 0;
}
