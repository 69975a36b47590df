// SPDX-License-Identifier: Apache-2.0
// ONUS_CHECK(condition): what only a bug of ours can break. On in every build; it prints where and
// aborts. Never on input: bad input is data (a reject, a finding) or an Error.
#pragma once

namespace onus {

[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace onus

#define ONUS_CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::onus::check_failed(#condition, __FILE__, __LINE__))
