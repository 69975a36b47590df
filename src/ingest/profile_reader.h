// SPDX-License-Identifier: Apache-2.0
// TOML to a Profile, part by part. A detail of ingest/profile.h.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/toml.h"
#include "ingest/profile.h"

namespace onus::ingest {

// Reads one profile; `file` is for its complaints.
class ProfileReader {
 public:
  ProfileReader(const TomlValue& root, std::string_view file) : root_(root), file_(file) {}
  Result<Profile> read();

 private:
  Result<void> head(Profile& out);
  Result<void> damage(Profile& out);
  Result<void> variants(Profile& out);
  Result<Variant> variant_in(const TomlValue& table);
  Result<void> columns(Profile& out);
  Result<void> join_in(const TomlValue& table, ProfileColumn& column);
  Result<ProfileColumn> column_in(const TomlValue& table);
  Result<void> add_column(Profile& out, const TomlValue& table, ProfileColumn column);
  Result<void> recognise(Profile& out);
  Result<void> time(Profile& out);
  Result<void> marks(Profile& out);
  Result<void> eras(Profile& out);
  Result<void> details(Profile& out);
  Result<void> detail_form(Profile& out);
  Result<Detail> detail_in(const Profile& profile, const TomlValue& table);
  Result<void> acts(Profile& out);
  Result<void> act_rules(Profile& out);
  Result<void> values(Profile& out);
  Result<void> check(Profile& out);

  Result<ProfileText> text_in(const TomlValue& at, std::string_view key);
  Result<std::vector<std::string>> folded_in(const TomlValue& at, std::string_view key);
  Result<std::vector<Field>> fields_in(const TomlValue& at, std::string_view key);
  Result<Field> field_in(const TomlValue& at);
  Result<bool> flag_in(const TomlValue& at, std::string_view key);
  Result<std::optional<std::int64_t>> date_in(const TomlValue& at, std::string_view key);
  Result<const TomlValue*> table_in(std::string_view key);
  template <class E>
  Result<E> word_in(const TomlValue& at, std::string_view key, E otherwise);

  tl::unexpected<Error> wrong(const TomlValue& at, std::string what) {
    return toml_error(file_, at, std::move(what));
  }

  const TomlValue& root_;
  std::string_view file_;
};

template <class E>
Result<E> ProfileReader::word_in(const TomlValue& at, std::string_view key, E otherwise) {
  ONUS_TRY(const std::optional<std::string> word, at.maybe_text_at(file_, key));
  if (!word) return otherwise;
  const std::optional<E> value = record::parse<E>(*word);
  if (!value) return wrong(*at.find(key), fmt::format("'{}' cannot be '{}'", key, *word));
  return *value;
}

}  // namespace onus::ingest
