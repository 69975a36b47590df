// SPDX-License-Identifier: Apache-2.0
// What a report calls the files that it is about. People publish it: nothing in it tells where they
// lay on someone's disk.
#pragma once

#include <span>
#include <string>

namespace onus::report {

// Cuts the folder that all absolute paths share, and the one that all others share: none is
// absolute then, also where a case was made of both.
void cut_shared_folders(std::span<std::string* const> names);

// An argument of a command line: of an absolute path only the last name, also behind "--case=" or
// "-o".
std::string without_folder(const std::string& argument);

}  // namespace onus::report
