// SPDX-License-Identifier: Apache-2.0
// Names of users that a log shortened: "J. Smi" may be "J. Smith" or "Jane Smith" of the same
// agency. Such names are compatible, never the same: no figure puts them together. A name that fits
// several longer names, which do not fit each other, is left open.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace onus::report {

struct NamedUser {
  std::string label;   // as the log has it
  std::string agency;  // "": of several or of none; such names are not compared
};

struct ShortName {
  std::size_t user = 0;           // into the users
  std::vector<std::size_t> fits;  // the longest names of the agency that it may stand for
};

// Those that fit any longer name, in the order of the users. Each word must begin the word at its
// place; names with digits, of one word, or equal but for case and signs are not compared.
std::vector<ShortName> short_names(std::span<const NamedUser> users);

}  // namespace onus::report
