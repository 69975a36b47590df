// SPDX-License-Identifier: Apache-2.0
// The file of --agreements: TOML ([[agreement]] tables) or CSV (a header with the same names;
// several purposes apart by ';'). Both become the same list, which resolve/agreements.h checks.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "resolve/agreements.h"

namespace onus::cli {

struct Register {
  std::vector<resolve::Agreement> agreements;
  std::string name;       // of the file, without its folder
  std::string sha256;     // of its bytes
  bool complete = false;  // what is not in it does not exist; a CSV cannot say so
};

// Ends in .csv: CSV, else TOML. A file that is not there or not right is one error.
Result<Register> load_agreements(const std::filesystem::path& path);

}  // namespace onus::cli
