// SPDX-License-Identifier: Apache-2.0
// One POST over HTTP or HTTPS, for witnesses. Nothing that is answered is trusted: who asks checks
// signatures. Redirections are not followed.
#pragma once

#include <chrono>
#include <string>

#include "base/result.h"

namespace onus::cli {

struct HttpAnswer {
  unsigned status = 0;
  std::string body;  // at most 1 MiB
};

// Code::usage for a URL that is none; Code::io where nobody answers in time.
Result<HttpAnswer> http_post(const std::string& url, const std::string& body,
                             std::chrono::seconds timeout);

}  // namespace onus::cli
