// SPDX-License-Identifier: Apache-2.0
#include "ingest/profile.h"

#include <algorithm>

#include "base/builtin.h"
#include "base/toml.h"
#include "ingest/fold.h"
#include "ingest/profile_reader.h"

namespace onus::ingest {

const ProfileColumn* Profile::column(Field field) const {
  for (const ProfileColumn& column : columns) {
    if (column.field == field) return &column;
  }
  return nullptr;
}

const ProfileColumn* Profile::column_for(std::string_view folded_header) const {
  for (const ProfileColumn& column : columns) {
    const auto& names = column.headers;
    if (std::find(names.begin(), names.end(), folded_header) != names.end()) return &column;
  }
  return nullptr;
}

const Variant* Profile::variant(std::string_view variant_id) const {
  for (const Variant& variant : variants) {
    if (variant.id == variant_id) return &variant;
  }
  return nullptr;
}

const ValueMap* Profile::values_of(Field field) const {
  for (const ValueMap& map : values) {
    if (map.field == field) return &map;
  }
  return nullptr;
}

const std::string* ValueMap::meaning(std::string_view cell) const {
  for (const auto& [code, text] : meanings) {
    if (same_folded(cell, code)) return &text;
  }
  return nullptr;
}

Result<Profile> parse_profile(std::string_view toml, std::string_view file) {
  ONUS_TRY(const TomlValue root, parse_toml(toml, file));
  return ProfileReader(root, file).read();
}

Result<std::vector<Profile>> load_profiles(
    const std::vector<std::pair<std::string, std::string>>& extra) {
  std::vector<Profile> out;
  for (const BuiltinFile& file : builtin_files_in("profiles/")) {
    ONUS_TRY(Profile profile, parse_profile(file.bytes, file.path));
    out.push_back(std::move(profile));
  }
  for (const auto& [file, text] : extra) {
    ONUS_TRY(Profile profile, parse_profile(text, file));
    std::erase_if(out, [&](const Profile& other) { return other.id == profile.id; });
    out.push_back(std::move(profile));
  }
  return out;
}

}  // namespace onus::ingest
