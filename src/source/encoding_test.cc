// SPDX-License-Identifier: Apache-2.0
#include "source/encoding.h"

#include <gtest/gtest.h>

#include <string>

namespace onus::source {
namespace {

using namespace std::string_literals;

TEST(Encoding, TellsTheEncodingOfASample) {
  EXPECT_EQ(detect_encoding("").encoding, Encoding::utf8);
  EXPECT_EQ(detect_encoding("\xEF\xBB\xBFx").encoding, Encoding::utf8_bom);
  EXPECT_EQ(detect_encoding("\xFF\xFEx\0"s).encoding, Encoding::utf16le);
  EXPECT_EQ(detect_encoding("I\0D\0,\0N\0"s).encoding, Encoding::utf16le);
  EXPECT_EQ(detect_encoding("\0I\0D\0,\0N"s).encoding, Encoding::utf16be);
  EXPECT_EQ(detect_encoding("\0\0\0\0\0\0\0\0"s).encoding, Encoding::utf8) << "NULs are no text";
  EXPECT_EQ(detect_encoding("caf\xE9, ni\xF1o").encoding, Encoding::windows1252);
  EXPECT_EQ(detect_encoding("caf\xC3\xA9, \xC3\xB1, \xE9,x").encoding, Encoding::utf8)
      << "one bad cell among good ones";
  EXPECT_EQ(detect_encoding("x \xE2\x82").encoding, Encoding::utf8) << "cut by the sample's end";
}

TEST(Encoding, AcceptsExactlyTheWellFormedUtf8OfTable37) {
  for (const char* good : {"\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
                           "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(is_valid_utf8(good)) << good;
  }
  for (const char* bad :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xC2", "\xE2\x82", "\xF0\x9F\x9A", "\xC2\x41"}) {
    EXPECT_FALSE(is_valid_utf8(bad));
  }
}

TEST(Encoding, KeepsTheSizeOfUtf16Countable) {
  // a, euro, car, a lone high surrogate, a lone low one, half a unit.
  const std::string bytes = "a\0\xAC\x20\x3D\xD8\x97\xDE\x3D\xD8\x97\xDE\x97\xDE\x3D\xD8z\0q"s;
  std::string out(bytes.size() * 2, '\0');
  const Transcoded done = utf16_to_utf8(bytes, false, true, out.data());
  EXPECT_EQ(done.used, bytes.size());
  out.resize(done.written);
  EXPECT_EQ(utf16_size(out), static_cast<std::int32_t>(bytes.size()));
  std::string decoded;
  EXPECT_TRUE(decode(out, Encoding::utf16le, decoded).foreign);
  EXPECT_EQ(decoded,
            "a\xE2\x82\xAC\xF0\x9F\x9A\x97\xF0\x9F\x9A\x97\xEF\xBF\xBD\xEF\xBF\xBDz\xEF\xBF\xBD");
}

TEST(Encoding, WaitsForTheOtherHalfOfAPair) {
  char out[16];
  EXPECT_EQ(utf16_to_utf8("a\0\x3D\xD8"s, false, false, out).used, 2U);
  EXPECT_EQ(utf16_to_utf8("a\0\x3D"s, false, false, out).used, 2U);
}

TEST(Encoding, FlagsAByteThatWindows1252DoesNotAssign) {
  std::string decoded;
  EXPECT_FALSE(decode("\xE9\x80", Encoding::windows1252, decoded).foreign);
  EXPECT_TRUE(decode("\xE9\x81", Encoding::windows1252, decoded).foreign);
  EXPECT_EQ(decoded, "\xC3\xA9\xC2\x81");
}

}  // namespace
}  // namespace onus::source
