// SPDX-License-Identifier: Apache-2.0
// The files of --agencies and --alias (resolve/register.h), with what a report says of them.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "report/model.h"
#include "resolve/register.h"

namespace onus::cli {

struct NameBooks {
  resolve::Books books;
  std::optional<report::Ruler> agencies, aliases;  // by file name and hash
};

// "" for a file that was not given.
Result<NameBooks> load_name_books(const std::string& agencies, const std::string& alias);

}  // namespace onus::cli
