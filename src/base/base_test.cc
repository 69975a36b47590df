// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "base/builtin.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/result.h"
#include "base/toml.h"

namespace onus {
namespace {

TEST(Digest, Sha256MatchesThePublishedVectorOfFips180) {
  EXPECT_EQ(to_hex(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, HmacMatchesAnIndependentComputationFromItsDefinition) {
  Digest key{};
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(i * 7 + 1);
  std::string inner(64, '\x36');
  std::string outer(64, '\x5c');
  for (std::size_t i = 0; i < key.size(); ++i) {
    inner[i] = static_cast<char>(inner[i] ^ static_cast<char>(key[i]));
    outer[i] = static_cast<char>(outer[i] ^ static_cast<char>(key[i]));
  }
  const Digest first = sha256(inner + "7ABC123");
  const Digest wanted = sha256(outer + std::string(first.begin(), first.end()));
  Hmac hmac(key);
  EXPECT_EQ(hmac("7ABC123"), wanted);
  Hmac copy = hmac.clone();
  EXPECT_EQ(copy("7ABC123"), wanted);
  EXPECT_EQ(hmac("7ABC123"), wanted) << "a state that was used must give the same again";
}

TEST(File, WriteThenReadGivesTheSameBytesAndLeavesNoPart) {
  const Result<TempDir> dir = TempDir::make();
  ASSERT_TRUE(dir);
  const std::filesystem::path path = dir->path() / "a";
  ASSERT_TRUE(write_file(path, std::string_view("a\0b", 3), true));
  EXPECT_EQ(read_file(path, 10).value(), std::string_view("a\0b", 3));
  EXPECT_FALSE(std::filesystem::exists(dir->path() / "a.part"));
  EXPECT_EQ(std::filesystem::status(path).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST(File, RefusesAFileOverItsBudget) {
  const Result<TempDir> dir = TempDir::make();
  ASSERT_TRUE(dir && write_file(dir->path() / "a", "12345"));
  EXPECT_TRUE(read_file(dir->path() / "a", 5));
  EXPECT_EQ(read_file(dir->path() / "a", 4).error().code, Code::over_budget);
}

TEST(Toml, KeepsOrderAndPositions) {
  const Result<TomlValue> tree = parse_toml("z = 1\na = 'x'\n[t]\nd = 2025-07-01\n", "f");
  ASSERT_TRUE(tree);
  EXPECT_EQ(tree->members[0].first, "z");
  EXPECT_EQ(tree->members[1].second.line, 2);
  EXPECT_EQ(tree->find("t")->find("d")->text, "2025-07-01");
}

TEST(Toml, NamesFileLineAndColumnOfAMistake) {
  EXPECT_EQ(parse_toml("a = 1\nb = \n", "f.toml").error().message.substr(0, 9), "f.toml:2:");
  const Result<TomlValue> tree = parse_toml("a = 1\nbb = 2\n", "f.toml");
  EXPECT_EQ(tree->only("f.toml", {"a"}).error().message, "f.toml:2:6: unknown key 'bb'");
  EXPECT_EQ(tree->text_at("f.toml", "a").error().message, "f.toml:1:5: 'a' must be a text");
}

TEST(Toml, ABracketWithoutAKeyIsAnErrorOfTheFile) {
  for (const char* text : {"[[\nid = 1\n", "[[", "[", "[\n", "[[a", "a.\n = 1", "a = [\n", "'"})
    EXPECT_EQ(parse_toml(text, "f.toml").error().message.substr(0, 6), "f.toml") << text;
}

TEST(Toml, LettersBeyondAsciiOutsideOfStringsAreAnError) {
  EXPECT_TRUE(
      parse_toml("\xef\xbb\xbf# \xc3\xa9\na = '\xc3\xa9'\nb = \"\\\"\xc3\xa9\"\n"
                 "c = \"\"\"\n\xc3\xa9\"\"\"\nd = '''\xc3\xa9\n'''\n",
                 "f"));
  EXPECT_EQ(parse_toml("a = 1\nb = \xc3\xa9\n", "f").error().message.substr(0, 4), "f:2:");
  EXPECT_FALSE(parse_toml("\xc3\xa9 = 1\n", "f"));
  EXPECT_FALSE(parse_toml("a = 'x\n\xc3\xa9 = 1", "f"));
}

Result<int> half(int n) {
  if (n % 2) return fail(Code::bad_input, "odd");
  return n / 2;
}
Result<int> quarter(int n) {
  ONUS_TRY(const int once, half(n));
  ONUS_TRY(const int twice, half(once));
  return twice;
}

TEST(Result, TryPassesTheValueOrTheError) {
  EXPECT_EQ(quarter(8).value(), 2);
  EXPECT_EQ(quarter(6).error().message, "odd");
}

TEST(Builtin, FindsFilesByFolderInOrder) {
  for (const BuiltinFile& file : builtin_files_in("profiles/"))
    EXPECT_TRUE(file.path.starts_with("profiles/"));
}

TEST(TempDir, IsMadeInTmpWhereTmpdirNamesNoFolder) {
  const char* const before = std::getenv("TMPDIR");
  const std::string kept = before == nullptr ? "" : before;
  ASSERT_EQ(::setenv("TMPDIR", "", 1), 0);
  const Result<TempDir> made = TempDir::make();
  before == nullptr ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", kept.c_str(), 1);
  ASSERT_TRUE(made) << made.error().text();
  EXPECT_EQ(made->path().parent_path(), "/tmp");
}

}  // namespace
}  // namespace onus
