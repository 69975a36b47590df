// SPDX-License-Identifier: Apache-2.0
// The data files (profiles, packs, messages) that travel inside the program. The build makes the
// list (cmake/builtin.cmake), sorted by path.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace onus {

struct BuiltinFile {
  std::string_view path;  // as in the repository: "profiles/flock-portal.toml"
  std::string_view bytes;
};

std::span<const BuiltinFile> builtin_files();

// Those below a folder, in the order of their paths: builtin_files_in("profiles/").
std::vector<BuiltinFile> builtin_files_in(std::string_view folder);

}  // namespace onus
