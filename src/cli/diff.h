// SPDX-License-Identifier: Apache-2.0
// onus diff: two releases of one log, from files to a page.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "cli/exit.h"

namespace onus::cli {

struct DiffRequest {
  std::filesystem::path old_input, new_input;
  std::filesystem::path output_dir = "diff";
  std::filesystem::path ledger;  // empty: nothing is said of anchors
  std::string profile;           // empty: recognise each file
  std::string language = "en";
  std::string fail_on;  // "difference", or empty: never
  bool json = false;
  bool quiet = false;
};

Result<Exit> diff_command(const DiffRequest& request);

}  // namespace onus::cli
