// SPDX-License-Identifier: Apache-2.0
#include "report/file_names.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace onus::report {
namespace {

void cut_shared_folder(std::span<std::string* const> names) {
  if (names.empty()) return;
  std::string_view shared = *names[0];
  for (const std::string* name : names) {
    const auto end = std::ranges::mismatch(shared, *name).in1;
    shared = shared.substr(0, static_cast<std::size_t>(end - shared.begin()));
  }
  const std::size_t slash = shared.find_last_of('/');
  const std::size_t cut = slash == std::string_view::npos ? 0 : slash + 1;
  for (std::string* name : names) name->erase(0, cut);
}

}  // namespace

void cut_shared_folders(std::span<std::string* const> names) {
  std::vector<std::string*> all(names.begin(), names.end());
  const auto others = std::stable_partition(
      all.begin(), all.end(), [](const std::string* name) { return name->starts_with('/'); });
  cut_shared_folder({all.begin(), others});
  cut_shared_folder({others, all.end()});
}

std::string without_folder(const std::string& argument) {
  std::size_t begin = 0;
  if (argument.starts_with("--")) {
    begin = std::min(argument.find('='), argument.size() - 1) + 1;
  } else if (argument.starts_with('-')) {
    begin = std::min(argument.find_first_of("=/"), argument.size());
    if (begin < argument.size() && argument[begin] == '=') ++begin;
  }
  if (begin == argument.size() || argument[begin] != '/') return argument;
  std::string value = argument.substr(begin);
  while (value.ends_with('/')) value.pop_back();
  return argument.substr(0, begin) + value.substr(value.find_last_of('/') + 1);
}

}  // namespace onus::report
