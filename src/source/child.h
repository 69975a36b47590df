// SPDX-License-Identifier: Apache-2.0
// A program run on hostile input as a child process, with limits: its output is read piece by
// piece, and it is killed when it takes too much of anything. docs/adr/ says why a child. A detail
// of module source.
//
// No shell: the arguments reach the program as they are. The child gets an empty standard input,
// a standard error that goes nowhere, no other open file, and an environment of two variables; it
// can write no file unless it is let (RLIMIT_FSIZE) and gains no rights (no_new_privs). It dies
// with us, and what it has started is killed with it.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace onus::source {

struct ChildLimits {
  std::chrono::seconds cpu{60};                       // RLIMIT_CPU
  std::chrono::seconds silence{60};                   // without any output
  std::int64_t memory_bytes = std::int64_t{1} << 30;  // RLIMIT_AS
  std::int64_t output_bytes = std::int64_t{1} << 30;
  std::int64_t file_bytes = 0;  // RLIMIT_FSIZE, of each file that it writes
  bool network = true;          // false: none, where the system lets us take it away
};

class Child {
 public:
  // `arguments[0]` is the program, by its path.
  static Result<Child> start(const std::vector<std::string>& arguments, const ChildLimits& limits);
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  Child(Child&& other) noexcept;
  Child& operator=(Child&& other) noexcept;
  ~Child();  // kills it if it still runs

  // 0 at the end of its output. Code::over_budget where it was silent for too long or wrote too
  // much.
  Result<std::size_t> read(char* to, std::size_t size);

  // After the end: how it ended. 0 is well; 1-255 is what it exited with; 256 and over is 256 and
  // the number of the signal that killed it.
  Result<int> wait();

 private:
  Child() = default;
  void stop();
  pid_t pid_ = -1;
  int output_ = -1;
  std::string name_;
  ChildLimits limits_;
  std::int64_t left_ = 0;
};

// The first of the places where systems keep programs that has one of this name; "" for none.
std::string find_program(const std::string& name);

}  // namespace onus::source
