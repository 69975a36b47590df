// SPDX-License-Identifier: Apache-2.0
#include "base/scratch.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "base/file.h"

namespace onus {
namespace {

namespace fs = std::filesystem;

// The descriptor of this process whose file stands, or stood, in `folder`.
int file_in(const fs::path& folder) {
  for (const fs::directory_entry& entry : fs::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    const std::string target = fs::read_symlink(entry.path(), gone).string();
    if (target.starts_with(folder.string() + "/")) return std::stoi(entry.path().filename());
  }
  return -1;
}

class ScratchTest : public testing::Test {
 protected:
  TempDir dir_ = std::move(*TempDir::make());
  Scratch scratch_ = std::move(*Scratch::make(dir_.path()));

  std::string read(std::uint64_t place, std::size_t size) {
    std::string out(size, '\0');
    const Result<void> done = scratch_.read(place, out.data(), size);
    return done ? out : done.error().message;
  }
  std::string on_disk() {
    std::string bytes(1 << 20, '\0');
    const ssize_t got = ::pread(file_in(dir_.path()), bytes.data(), bytes.size(), 0);
    bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return bytes;
  }
};

TEST_F(ScratchTest, GivesEachPieceBackWhereverItStands) {
  const std::uint64_t first = scratch_.write("7ABC123").value();
  const std::uint64_t none = scratch_.write("").value();
  const std::string large(300'000, 'p');
  const std::uint64_t last = scratch_.write(large).value();
  EXPECT_EQ(read(last, large.size()), large);
  EXPECT_EQ(read(first, 7), "7ABC123");
  EXPECT_EQ(read(none, 0), "");
  EXPECT_EQ(read(first, 7), "7ABC123");
}

TEST_F(ScratchTest, LeavesNoNameAndNothingInClear) {
  const std::string plates = "7ABC123 7ABC123 7ABC123 7ABC123 ";
  ASSERT_TRUE(scratch_.write(plates));
  ASSERT_TRUE(scratch_.write(plates));
  EXPECT_TRUE(fs::is_empty(dir_.path()));
  const std::string bytes = on_disk();
  ASSERT_GE(bytes.size(), 2 * plates.size());
  EXPECT_EQ(bytes.find("7ABC"), std::string::npos);
  EXPECT_NE(bytes.substr(0, plates.size()), bytes.substr(bytes.size() / 2, plates.size()))
      << "equal pieces must not look equal";
}

TEST_F(ScratchTest, RefusesAPieceThatWasChanged) {
  const std::uint64_t place = scratch_.write("7ABC123").value();
  const int file = file_in(dir_.path());
  ASSERT_GE(file, 0);
  const char other = static_cast<char>(on_disk()[3] ^ 1);
  ASSERT_EQ(::pwrite(file, &other, 1, 3), 1);
  EXPECT_EQ(read(place, 7), "a temporary file was changed");
}

TEST_F(ScratchTest, SaysThatAPieceIsNotThere) {
  EXPECT_EQ(read(0, 7), "cannot read a temporary file back");
  EXPECT_EQ(Scratch::make(dir_.path() / "none").error().code, Code::io);
}

}  // namespace
}  // namespace onus
