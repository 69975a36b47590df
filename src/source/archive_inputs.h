// SPDX-License-Identifier: Apache-2.0
// The tables in an archive, as inputs. A detail of module source (expand.h).
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"
#include "source/expand.h"

namespace onus::source {

enum class Packing : std::uint8_t { none, zip, gzip };
// By the extension: .zip, .gz.
Packing packing_of(const std::filesystem::path& path);

// Each member that is a table, and each that is not with the reason; archives in it to a depth of
// 3, held in memory, 1 GiB of them in all. What is hidden (".x", "__MACOSX") is left out, as in a
// folder. Refuses what is no archive, and one that claims to hold more than it can (over_budget).
Result<void> add_zip(const std::filesystem::path& path, std::vector<InputFile>& out);

}  // namespace onus::source
