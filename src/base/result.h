// SPDX-License-Identifier: Apache-2.0
// How an operation that can fail answers. Three kinds of trouble, three ways to say it:
//   someone's data is bad   -> data: a Reject or a Finding, with its position; the run goes on
//   an operation failed     -> Result<T>, which cannot be dropped unread
//   our own bug             -> ONUS_CHECK (base/check.h)
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace onus {

// Ten at most. The program's exit code follows from it (cli/exit.h).
enum class Code {
  usage,        // the call makes no sense: unknown option, two options that exclude each other
  not_found,    // a file, a profile, a pack that was named is not there
  bad_input,    // the content of a named file cannot be used as asked
  ambiguous,    // more than one reading, and the choice is the user's
  over_budget,  // a stated limit (bytes, rows, depth) was reached
  io,           // the system refused: read, write, disk full
  conflict,     // the case folder belongs to another version, another process holds it
  interrupted,  // the user ended it
  engine,       // DuckDB refused something that we asked of it
};

// `message` is for an administrator: what was tried, on what, what to do. `contexts` run from the
// innermost to the outermost step.
struct Error {
  Code code = Code::io;
  std::string message;
  std::vector<std::string> contexts = {};

  // "message (while reading the profile; while opening a.csv)"
  std::string text() const;
};

template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
};

inline tl::unexpected<Error> fail(Code code, std::string message) {
  return tl::unexpected<Error>(Error{code, std::move(message)});
}

// Passes an error on with one more step named.
template <class T>
tl::unexpected<Error> fail_in(Result<T>& result, std::string context) {
  Error error = std::move(result.error());
  error.contexts.push_back(std::move(context));
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace onus

// ONUS_TRY(auto x, f()): x is f()'s value, or the error is returned to our caller. One use per
// line. ONUS_TRY_VOID(f()): the same where there is no value.
#define ONUS_TRY(declaration, expression) ONUS_TRY_AT(declaration, expression, __LINE__)
#define ONUS_TRY_AT(declaration, expression, line) ONUS_TRY_NAMED(declaration, expression, line)
#define ONUS_TRY_NAMED(declaration, expression, line)                                    \
  auto onus_result_##line = (expression);                                                \
  if (!onus_result_##line) return tl::unexpected(std::move(onus_result_##line).error()); \
  declaration = std::move(*onus_result_##line)  // NOLINT(bugprone-macro-parentheses): it declares
#define ONUS_TRY_VOID(expression)                            \
  do {                                                       \
    if (auto onus_result = (expression); !onus_result)       \
      return tl::unexpected(std::move(onus_result).error()); \
  } while (false)
