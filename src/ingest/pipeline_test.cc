// SPDX-License-Identifier: Apache-2.0
#include "ingest/pipeline.h"
#include "source/csv.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace onus::ingest {
namespace {

constexpr std::string_view kWindow = "\"04/01/2025, 01:00:00 AM UTC\n04/02/2025, 01:00:00 AM UTC\"";
constexpr std::string_view kWhen = "\"04/02/2025, 05:00:00 AM UTC\"";

std::string long_row(int i) {
  return fmt::format("J. Doe {},{} PD,{},100,{},,theft {},,,{},search\n", i % 5, i % 3, i, kWindow,
                     i % 11, kWhen);
}
std::string short_row(int i) {
  return fmt::format("{} PD,{},{},{},lookup\n", i % 3, i, kWindow, kWhen);
}

constexpr std::string_view kLong =
    "Name,Org Name,Total Networks Searched,Total Devices Searched,Time Frame,License Plate,Reason,"
    "Case #,Filters,Search Time,Search Type\n";
constexpr std::string_view kShort =
    "Org Name,Total Networks Searched,Time Frame,Search Time,Search Type\n";

// Exports of two forms stacked in any order, with and without headers, and rows that do not read.
std::string stacked(unsigned seed) {
  std::mt19937 random(seed);
  std::string out(kLong);
  bool is_long = true;
  for (int i = 0; i < 400; ++i) {
    const auto what = random() % 40;
    if (what == 0) is_long = !is_long;
    if (what == 0 || what == 1) out += is_long ? kLong : kShort;
    if (what == 2) is_long = !is_long;  // the form changes and no header says so
    if (what == 3) out += "nothing,to,see\n";
    out += is_long ? long_row(i) : short_row(i);
  }
  return out;
}

struct Read {
  std::string rows;  // everything about each row, in order
  std::int64_t headers = 0;
  std::int64_t stacked = 0;
  std::int64_t repeated = 0;
};

void append_batch(const Batch& batch, std::string& out) {
  for (const Sighting& s : batch.sightings) {
    out +=
        fmt::format("{} {} {} {} {} {}\n", s.at.row, s.at.byte_offset, s.networks, s.act_key.low,
                    batch.agencies.at(s.agency), s.reason == kNone ? "" : batch.texts.at(s.reason));
  }
  for (const Reject& r : batch.rejects) out += fmt::format("{} {}\n", r.at.row, r.expected);
}

Read read(const std::string& bytes, std::size_t block_bytes, int threads, int most = 1 << 30) {
  static const std::vector<Profile> profiles = load_profiles({}).value();
  Result<source::CsvStream> stream =
      source::CsvStream::from_bytes(bytes, source::Budget{}, block_bytes);
  Recognition recognition;
  for (const Profile& profile : profiles) {
    if (const Variant* found = profile.variant("flock-network-audit")) {
      recognition.profile = &profile;
      recognition.variant = found;
    }
  }
  recognition.header_row = 1;
  const std::string first(kLong.substr(0, kLong.size() - 1));
  for (std::size_t at = 0; at != std::string::npos;) {
    const std::size_t comma = first.find(',', at);
    recognition.header.push_back(first.substr(at, comma - at));
    at = comma == std::string::npos ? comma : comma + 1;
  }
  Plans plans(profiles, recognition);
  const Pseudonyms pseudonyms{Digest{}};
  Pipeline pipeline(*stream, std::nullopt, plans, pseudonyms, "", threads);
  Read out;
  while (most-- > 0) {
    const Result<std::optional<Mapped>> mapped = pipeline.next();
    EXPECT_TRUE(mapped);
    if (!mapped || !*mapped) break;
    append_batch((*mapped)->batch, out.rows);
    out.headers += (*mapped)->batch.headers;
    out.stacked += (*mapped)->outcome.stacked;
    out.repeated += (*mapped)->outcome.repeated_headers;
  }
  return out;
}

std::string sorted_lines(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  std::sort(lines.begin(), lines.end());
  return fmt::format("{}", fmt::join(lines, "\n"));
}

TEST(Pipeline, BlocksAndThreadsDoNotChangeWhatIsRead) {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    const std::string bytes = stacked(seed);
    const Read whole = read(bytes, 1 << 20, 1);
    EXPECT_GT(whole.stacked, 0);
    for (const std::size_t block : {200, 1000, 7000}) {
      for (const int threads : {1, 4}) {
        const Read cut = read(bytes, block, threads);
        EXPECT_EQ(sorted_lines(cut.rows), sorted_lines(whole.rows)) << seed << " " << block;
        EXPECT_EQ(cut.headers, whole.headers);
        EXPECT_EQ(cut.stacked, whole.stacked);
        EXPECT_EQ(cut.repeated, whole.repeated);
      }
    }
  }
}

TEST(Pipeline, EveryRowOfAStackIsRead) {
  std::string bytes(kLong);
  for (int i = 0; i < 50; ++i) bytes += long_row(i);
  for (int i = 0; i < 50; ++i) bytes += short_row(i);
  bytes += kLong;
  for (int i = 0; i < 50; ++i) bytes += long_row(i);
  const Read got = read(bytes, 500, 3);
  EXPECT_EQ(std::count(got.rows.begin(), got.rows.end(), '\n'), 150);
  EXPECT_EQ(got.rows.find("width"), std::string::npos);
  EXPECT_EQ(got.headers, 2);
  EXPECT_EQ(got.stacked, 2);
}

TEST(Pipeline, ItCanBeLeftHalfWay) {
  const std::string bytes = stacked(1);
  for (int i = 0; i < 20; ++i) EXPECT_FALSE(read(bytes, 300, 4, i).rows.size() > bytes.size());
}

}  // namespace
}  // namespace onus::ingest
