// SPDX-License-Identifier: Apache-2.0
// The exit codes of the program. They are a promise: scripts depend on them.
#pragma once

#include "base/result.h"

namespace onus::cli {

enum class Exit : int {
  done = 0,
  findings = 1,  // only where asked for with --fail-on
  usage = 2,     // the call makes no sense
  input = 3,     // a file, profile, pack or case cannot be used as asked
  failure = 4,   // the system refused (disk full, no permission), or a bug of ours
  interrupted = 130,
};

inline Exit exit_for(const Error& error) {
  switch (error.code) {
    case Code::usage:
      return Exit::usage;
    case Code::not_found:
    case Code::bad_input:
    case Code::ambiguous:
    case Code::over_budget:
    case Code::conflict:
      return Exit::input;
    case Code::interrupted:
      return Exit::interrupted;
    case Code::io:
    case Code::engine:
      return Exit::failure;
  }
  return Exit::failure;
}

}  // namespace onus::cli
