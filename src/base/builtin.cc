// SPDX-License-Identifier: Apache-2.0
#include "base/builtin.h"

namespace onus {

std::vector<BuiltinFile> builtin_files_in(std::string_view folder) {
  std::vector<BuiltinFile> found;
  for (const BuiltinFile& file : builtin_files()) {
    if (file.path.starts_with(folder)) found.push_back(file);
  }
  return found;
}

}  // namespace onus
