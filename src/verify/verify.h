// SPDX-License-Identifier: Apache-2.0
// Checks an onus ledger, or one receipt of it, as a stranger would: from its published files, a
// policy of whom to trust, and module tlog for format and hashing. Shares nothing with the program
// that writes a ledger. docs/ledger-format.md says what is checked here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "tlog/policy.h"
#include "tlog/proof.h"

namespace onus::verify {

// Plain sentences. `bad` empty: all that was asked is proven. Else it says what does not hold, and
// `first_bad` which entry, where one can be named.
struct Report {
  std::vector<std::string> proven;
  std::vector<std::string> not_proven;  // what the reader might think was proven, and was not
  std::string bad;
  std::optional<std::uint64_t> first_bad;
  std::uint64_t entries = 0;  // checked

  bool good() const { return bad.empty(); }
};

// The bytes of a file of the log by its relative path; Code::not_found if it is not there.
using Files = std::function<Result<std::string>(const std::string& path)>;
Files files_in(std::filesystem::path folder);

// An Error says that something could not be read at all; what is read and wrong is in the Report.
Report check_receipt(std::string_view receipt, const tlog::Policy& policy);

struct FolderOptions {
  std::string checkpoint;            // the signed note to hold the folder to
  std::string since;                 // an older one that it must continue; may be empty
  std::optional<tlog::Range> range;  // only these entries, each by its own proof
  unsigned threads = 1;
};
Report check_folder(const Files& files, const tlog::Policy& policy, const FolderOptions& options);

}  // namespace onus::verify
