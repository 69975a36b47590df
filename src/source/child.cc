// SPDX-License-Identifier: Apache-2.0
#include "source/child.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

namespace onus::source {
namespace {

constexpr int kCannotStart = 127;

tl::unexpected<Error> refused(const std::string& name, const char* what) {
  return fail(Code::io, name + ": cannot " + what + ": " + std::strerror(errno));
}

void limit(__rlimit_resource what, rlim_t most) {
  const rlimit both{.rlim_cur = most, .rlim_max = most};
  if (::setrlimit(what, &both) != 0) ::_exit(kCannotStart);
}

// Between fork and exec: async-signal-safe calls alone, as another thread may hold a lock.
[[noreturn]] void become(char* const* arguments, int output, const ChildLimits& limits) {
  static char path[] = "PATH=/usr/bin:/bin";
  static char locale[] = "LC_ALL=C";
  static char* environment[] = {path, locale, nullptr};
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  const int nowhere = ::open("/dev/null", O_RDWR);
  if (nowhere < 0 || ::dup2(nowhere, 0) < 0 || ::dup2(output, 1) < 0 || ::dup2(nowhere, 2) < 0) {
    ::_exit(kCannotStart);
  }
  ::close_range(3, ~0U, 0);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  limit(RLIMIT_CPU, static_cast<rlim_t>(limits.cpu.count()));
  if (!limits.network) ::unshare(CLONE_NEWUSER | CLONE_NEWNET);
  limit(RLIMIT_FSIZE, static_cast<rlim_t>(limits.file_bytes));
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_AS, static_cast<rlim_t>(limits.memory_bytes));
  ::execve(arguments[0], arguments, environment);
  ::_exit(kCannotStart);
}

}  // namespace

Result<Child> Child::start(const std::vector<std::string>& arguments, const ChildLimits& limits) {
  std::vector<std::string> own = arguments;
  std::vector<char*> pointers;
  pointers.reserve(own.size() + 1);
  for (std::string& argument : own) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return refused(arguments[0], "start");
  Child child;
  child.name_ = arguments[0];
  child.limits_ = limits;
  child.left_ = limits.output_bytes;
  child.output_ = ends[0];
  child.pid_ = ::fork();
  if (child.pid_ == 0) become(pointers.data(), ends[1], limits);
  ::close(ends[1]);
  if (child.pid_ < 0) return refused(arguments[0], "start");
  return child;
}

Child::Child(Child&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      output_(std::exchange(other.output_, -1)),
      name_(std::move(other.name_)),
      limits_(other.limits_),
      left_(other.left_) {}

Child& Child::operator=(Child&& other) noexcept {
  std::swap(pid_, other.pid_);
  std::swap(output_, other.output_);
  std::swap(name_, other.name_);
  std::swap(limits_, other.limits_);
  std::swap(left_, other.left_);
  return *this;
}

Child::~Child() { stop(); }

void Child::stop() {
  if (output_ >= 0) ::close(std::exchange(output_, -1));
  if (pid_ <= 0) return;
  ::kill(-pid_, SIGKILL);
  ::kill(pid_, SIGKILL);  // where it has no group yet
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
}

Result<std::size_t> Child::read(char* to, std::size_t size) {
  const auto silence = static_cast<int>(
      std::chrono::duration_cast<std::chrono::milliseconds>(limits_.silence).count());
  for (;;) {
    pollfd wait{.fd = output_, .events = POLLIN, .revents = 0};
    const int ready = ::poll(&wait, 1, silence);
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0) return refused(name_, "be read");
    if (ready == 0) {
      stop();
      return fail(Code::over_budget, name_ + ": no output for too long");
    }
    const ssize_t got = ::read(output_, to, size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return refused(name_, "be read");
    left_ -= got;
    if (left_ >= 0) return static_cast<std::size_t>(got);
    stop();
    return fail(Code::over_budget, name_ + ": too much output");
  }
}

Result<int> Child::wait() {
  if (output_ >= 0) ::close(std::exchange(output_, -1));
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0) {
    if (errno != EINTR) return refused(name_, "be waited for");
  }
  pid_ = -1;
  if (WIFEXITED(status)) return WEXITSTATUS(status);
  return 256 + (WIFSIGNALED(status) ? WTERMSIG(status) : 0);
}

std::string find_program(const std::string& name) {
  for (const char* place : {"/usr/bin/", "/usr/local/bin/", "/bin/"}) {
    const std::string path = place + name;
    if (::access(path.c_str(), X_OK) == 0) return path;
  }
  return "";
}

}  // namespace onus::source
