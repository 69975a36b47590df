// SPDX-License-Identifier: Apache-2.0
#include "ingest/pseudonym.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/siphash.h"

namespace onus::ingest {
namespace {

Digest key(std::uint8_t first) {
  Digest out{};
  out[0] = first;
  return out;
}

std::string hex(const Hash128& hash) {
  std::string out;
  for (const std::uint64_t word : {hash.low, hash.high}) {
    for (int i = 0; i < 8; ++i) out += fmt::format("{:02x}", (word >> (8 * i)) & 0xff);
  }
  return out;
}

// The published vectors: key 00 01 .. 0f, message 00 01 .. of each length.
TEST(SipHash, MatchesThePublishedVectorsFor128Bits) {
  SipKey sip_key;
  for (std::size_t i = 0; i < sip_key.size(); ++i) sip_key[i] = static_cast<std::uint8_t>(i);
  const auto of = [&](int size) {
    std::string message;
    for (int i = 0; i < size; ++i) message += static_cast<char>(i);
    return hex(siphash128_2_4(sip_key, message));
  };
  EXPECT_EQ(of(0), "a3817f04ba25a8e66df67214c7550293");
  EXPECT_EQ(of(1), "da87c1d86b99af44347659119b22fc45");
  EXPECT_EQ(of(7), "a1f1ebbed8dbc153c0b84aa61ff08239");
  EXPECT_EQ(of(8), "3b62a9ba6258f5610f83e264f31497b4");
  EXPECT_EQ(of(15), "5493e99933b0a8117e08ec0f97cfc3d9");
}

TEST(Pseudonym, OneSubjectHasOneTokenHoweverItIsWritten) {
  EXPECT_EQ(normalised_subject(" 7abc-123 "), "7ABC123");
  EXPECT_EQ(normalised_subject("7ABC\xC2\xA0"
                               "123"),
            "7ABC123");
}

TEST(Pseudonym, TheTokenFollowsFromTheKeyAndStaysTheSameWhenAskedAgain) {
  Pseudonyms a(key(1));
  Pseudonyms b(key(2));
  const store::HugeInt first = a.subject("7ABC123");
  EXPECT_EQ(a.subject("7ABC123").low, first.low);
  EXPECT_EQ(a.clone().subject("7ABC123").high, first.high);
  EXPECT_NE(b.subject("7ABC123").low, first.low);
  EXPECT_NE(a.key_check(), b.key_check());
}

TEST(Pseudonym, TheMarkShowsTheTopOfTheToken) {
  Pseudonyms pseudonyms(key(1));
  const auto top = static_cast<std::uint64_t>(pseudonyms.subject("7ABC123").high) >> 32;
  EXPECT_EQ(pseudonyms.subject_mark("7ABC123"), fmt::format("[subject:{:08x}]", top));
}

TEST(Pseudonym, TheTokenIsTheHmacOfLabelAndSubject) {
  const Digest expected =
      Hmac(key(1))(std::string_view("subject\0"
                                    "7ABC123",
                                    15));
  std::uint64_t high = 0;
  for (std::size_t i = 0; i < 8; ++i) high = high << 8 | expected[i];
  EXPECT_EQ(static_cast<std::uint64_t>(Pseudonyms(key(1)).subject("7ABC123").high), high);
}

TEST(Pseudonym, ANameBelongsToItsAgencyAndAMachineIdToNone) {
  Pseudonyms pseudonyms(key(1));
  const std::string id = "2423221c-ac64-41d4-867e-8ac686507af0";
  EXPECT_NE(pseudonyms.actor("J. Smith", "A PD").token, pseudonyms.actor("J. Smith", "B PD").token);
  EXPECT_EQ(pseudonyms.actor(" j. smith", "A PD").token,
            pseudonyms.actor("J. Smith", "a pd").token);
  EXPECT_EQ(pseudonyms.actor(id, "A PD").token, pseudonyms.actor(id, "B PD").token);
  EXPECT_EQ(pseudonyms.actor("J. Smith", "A PD").label, "J. Smith");
  EXPECT_EQ(pseudonyms.actor(id, "").label, "") << "no digit of the id or its token is shown";
  EXPECT_EQ(pseudonyms.actor("u000", "").label, "u000");
}

}  // namespace
}  // namespace onus::ingest
