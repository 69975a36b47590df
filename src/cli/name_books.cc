// SPDX-License-Identifier: Apache-2.0
#include "cli/name_books.h"

#include <filesystem>

#include "base/digest.h"
#include "base/encode.h"
#include "base/file.h"

namespace onus::cli {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{64} << 20;

report::Ruler ruler_of(const std::string& path, const std::string& bytes) {
  return {std::filesystem::path(path).filename().string(), to_hex(sha256(bytes))};
}

}  // namespace

Result<NameBooks> load_name_books(const std::string& agencies, const std::string& alias) {
  NameBooks out;
  if (!agencies.empty()) {
    ONUS_TRY(std::string bytes, read_file(agencies, kMaxBytes));
    out.agencies = ruler_of(agencies, bytes);
    ONUS_TRY(out.books.agencies, resolve::Register::parse(std::move(bytes), agencies));
  }
  if (!alias.empty()) {
    ONUS_TRY(std::string bytes, read_file(alias, kMaxBytes));
    out.aliases = ruler_of(alias, bytes);
    ONUS_TRY(out.books.aliases, resolve::Aliases::parse(std::move(bytes), alias));
  }
  return out;
}

}  // namespace onus::cli
