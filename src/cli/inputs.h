// SPDX-License-Identifier: Apache-2.0
// Which files an audit reads, and which it does not, with the reason: nothing is left out in
// silence.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "source/expand.h"

namespace onus::cli {

struct Unread {
  std::string file;    // as InputFile::name(), without its folder
  std::string reason;  // a message id: "extension", "not_text", "no_profile", ...
};

struct Inputs {
  std::vector<source::InputFile> files;
  std::vector<Unread> unread;
  std::string profile;                                              // id, or "" to recognise
  std::vector<std::pair<std::string, std::string>> extra_profiles;  // name and TOML
};

// A file that could not be opened, or that broke while it was read.
Unread unread(const source::InputFile& file, const Error& error);

// What --profile says: an id, or a TOML file whose profile then reads every input.
Result<Inputs> profile_choice(const std::string& profile);

// A file that the user named must be readable and recognised: else it is an Error. One that was
// only found in a folder may be something else; it is listed as unread. A file that fits two
// profiles is an Error wherever it stands, with the candidates.
Result<Inputs> choose_inputs(const std::vector<std::filesystem::path>& named,
                             const std::string& profile);

}  // namespace onus::cli
