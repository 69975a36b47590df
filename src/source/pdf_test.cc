// SPDX-License-Identifier: Apache-2.0
// Tables are printed by tests/support/pdf_writer.h and read back: each cell must be what was
// printed.
#include "source/pdf.h"

#include <gtest/gtest.h>

#include <random>

#include "base/file.h"
#include "source/child.h"
#include "support/pdf_writer.h"

namespace onus::source {
namespace {

namespace fs = std::filesystem;
using test::Align;
using test::PrintStyle;
using test::Stand;
using Rows = std::vector<std::vector<std::string>>;

struct Read {
  Rows rows = {};
  std::vector<Position> at = {};
  std::vector<Damage> damage = {};
  std::vector<std::string> notes = {};
  std::int64_t bytes = 0;
  std::string error = {};

  std::string note(std::string_view id) const {
    for (const std::string& one : notes) {
      if (one.starts_with(id)) return one;
    }
    return "";
  }
};

class Pdf : public testing::Test {
 protected:
  Pdf() : dir_(*TempDir::make()) {
    if (find_program("pdftotext").empty()) skip_ = true;
  }
  void SetUp() override {
    if (skip_) GTEST_SKIP() << "poppler-utils is not installed";
  }

  Read read(const std::string& bytes, const Budget& budget = {}) {
    const fs::path path = dir_.path() / "print.pdf";
    EXPECT_TRUE(write_file(path, bytes));
    Read out;
    Result<std::unique_ptr<TableStream>> stream = open_pdf(path, budget);
    if (!stream) {
      out.error = stream.error().message;
      return out;
    }
    for (;;) {
      const Result<std::optional<Block>> block = (*stream)->next();
      if (!block) out.error = block.error().message;
      if (!block || !*block) break;
      Records records(**block);
      for (Record record; records.next(record);) {
        std::vector<std::string>& row = out.rows.emplace_back();
        for (const Cell& cell : record.cells) row.emplace_back(cell.text);
        out.at.push_back(record.at);
        out.damage.push_back(record.damage);
      }
    }
    out.notes = (*stream)->notes();
    out.bytes = (*stream)->bytes();
    return out;
  }

  TempDir dir_;
  bool skip_ = false;
};

std::string hex(std::mt19937_64& random, int digits) {
  std::string out;
  for (int i = 0; i < digits; ++i) out += "0123456789abcdef"[random() % 16];
  return out;
}

std::string moment(std::mt19937_64& random) {
  char text[64];
  const auto pick = [&](int from, int to) {
    return from + static_cast<int>(random() % static_cast<std::uint64_t>(to - from + 1));
  };
  std::snprintf(text, sizeof text, "%02d/%02d/2025, %02d:%02d:%02d %s UTC", pick(1, 12),
                pick(1, 28), pick(1, 12), pick(0, 59), pick(0, 59), pick(0, 1) ? "AM" : "PM");
  return text;
}

// A log in the form of an organisation's audit, with reasons of none to many words.
Rows made_up_log(std::size_t count, std::uint64_t seed = 1) {
  std::mt19937_64 random(seed);
  const std::vector<std::string> reasons = {
      "bolo",
      "warrant service",
      "stolen vehicle recovery case 25-1183",
      "",
      "25-136102",
      "hit and run with injuries at the corner of Main and Fifth, grey sedan",
      "follow up"};
  Rows rows = {{"ID", "Org Name", "Total Networks Searched", "Time Frame", "Reason", "Search Time",
                "Search Type", "Moderation"}};
  for (std::size_t i = 0; i < count; ++i) {
    const std::string id = hex(random, 8) + '-' + hex(random, 4) + '-' + hex(random, 4) + '-' +
                           hex(random, 4) + '-' + hex(random, 12);
    rows.push_back({id, "Fairhollow PD", std::to_string(random() % 7000 + 1),
                    moment(random) + '\n' + moment(random), reasons[random() % reasons.size()],
                    moment(random), random() % 5 ? "lookup" : "search",
                    random() % 40 ? "" : "allow"});
  }
  return rows;
}

PrintStyle log_style() {
  PrintStyle style;
  style.columns = {145, 60, 90, 100, 110, 100, 50, 50};
  style.aligns = {Align::left, Align::left, Align::right};
  return style;
}

void expect_same(const Read& got, const Rows& want) {
  ASSERT_EQ(got.error, "");
  ASSERT_EQ(got.rows.size(), want.size());
  for (std::size_t i = 0; i < want.size(); ++i) ASSERT_EQ(got.rows[i], want[i]) << "row " << i;
}

TEST_F(Pdf, ReadsEveryCellWhereverLinesStandInTheirRow) {
  const Rows rows = made_up_log(300);
  for (const Stand stand : {Stand::top, Stand::middle, Stand::bottom}) {
    for (const double padding : {0.0, 3.0}) {
      SCOPED_TRACE(testing::Message() << static_cast<int>(stand) << ' ' << padding);
      PrintStyle style = log_style();
      style.stand = stand;
      style.padding = padding;
      expect_same(read(test::print_table(rows, style)), rows);
    }
  }
}

TEST_F(Pdf, ReadsTextThatRunsUpDownAndUpsideDown) {
  const Rows rows = made_up_log(120);
  for (const int turn : {0, 90, 180, 270}) {
    for (const int rotate : {0, 90, 270}) {
      SCOPED_TRACE(testing::Message() << turn << ' ' << rotate);
      PrintStyle style = log_style();
      style.turn = turn;
      style.rotate = rotate;
      const Read got = read(test::print_table(rows, style));
      expect_same(got, rows);
    }
  }
}

TEST_F(Pdf, KeepsAHeaderThatStandsOnTheFirstPageAlone) {
  const Rows rows = made_up_log(150);
  PrintStyle style = log_style();
  style.header_on_each_page = style.title_and_footer = false;
  const Read got = read(test::print_table(rows, style));
  expect_same(got, rows);
  EXPECT_EQ(got.note("pdf_dropped"), "pdf_dropped|1|0|0");
}

TEST_F(Pdf, ReadsLabelsThatWrap) {
  const Rows rows = made_up_log(90);
  for (const bool again : {true, false}) {
    for (const Stand stand : {Stand::top, Stand::middle}) {
      SCOPED_TRACE(testing::Message() << again << static_cast<int>(stand));
      PrintStyle style = log_style();
      style.columns = {145, 60, 45, 100, 110, 100, 30, 50};
      style.stand = stand;
      style.header_on_each_page = again;
      if (stand == Stand::middle && !again) continue;  // docs/formats-pdf.md: cannot be told
      expect_same(read(test::print_table(rows, style)), rows);
    }
  }
}

TEST_F(Pdf, JoinsARowThatGoesOnOnTheNextPage) {
  const Rows rows = made_up_log(200);
  PrintStyle style = log_style();
  style.rows_may_split = true;
  expect_same(read(test::print_table(rows, style)), rows);
}

TEST_F(Pdf, SaysWhereEachRowStands) {
  const Rows rows = made_up_log(60);
  const Read got = read(test::print_table(rows, log_style()));
  ASSERT_EQ(got.at.size(), rows.size());
  EXPECT_EQ(got.at[0].part, 1);
  EXPECT_GT(got.at.back().part, 1);
  for (std::size_t i = 0; i < got.at.size(); ++i) {
    EXPECT_EQ(got.at[i].row, static_cast<std::int64_t>(i) + 1);
    EXPECT_GT(got.at[i].line, 0);
    EXPECT_EQ(got.at[i].byte_offset, 0);
    EXPECT_GE(got.at[i].part, got.at[i > 0 ? i - 1 : 0].part);
  }
}

TEST_F(Pdf, PartsAnIdFromTheNameThatIsGluedToIt) {
  test::PdfWriter pdf(792, 612);
  pdf.begin_page();
  std::mt19937_64 random(3);
  const auto line = [&](double y, const std::vector<std::string>& cells, bool glued) {
    pdf.text(36, y, 8, glued ? cells[0] + cells[1] : cells[0]);
    if (!glued) pdf.text(36 + test::helvetica_width(std::string(36, '0'), 8), y, 8, cells[1]);
    pdf.text(300, y, 8, cells[2]);
    pdf.text(500, y, 8, cells[3]);
  };
  Rows rows = {{"ID", "Org Name", "Networks", "Search Time"}};
  line(50, rows[0], false);
  for (int i = 0; i < 30; ++i) {
    const std::string id = hex(random, 8) + "-1111-4111-8111-" + hex(random, 12);
    rows.push_back({id, "Fairhollow", std::to_string(100 + i), moment(random)});
    line(70 + 15.0 * i, rows.back(), i % 7 == 3);
  }
  const Read got = read(pdf.finish());
  expect_same(got, rows);
  EXPECT_EQ(got.note("pdf_parted"), "pdf_parted|4");
}

TEST_F(Pdf, NamesPagesWithoutText) {
  test::PdfWriter pdf(612, 792);
  for (int page = 1; page <= 5; ++page) {
    pdf.begin_page();
    if (page == 2 || page == 4) {
      pdf.box(50, 50, 500, 600);
      continue;
    }
    if (page == 1) {
      pdf.text(40, 40, 9, "User");
      pdf.text(200, 40, 9, "Reason");
    }
    for (int i = 0; i < 20; ++i) {
      pdf.text(40, 60 + 14 * i, 9, "user" + std::to_string(page * 100 + i));
      pdf.text(200, 60 + 14 * i, 9, "warrant " + std::to_string(i));
    }
  }
  const Read got = read(pdf.finish());
  EXPECT_EQ(got.rows.size(), 61U);
  EXPECT_EQ(got.note("pdf_no_text"), "pdf_no_text|2, 4");
  EXPECT_EQ(got.note("pdf_rows_per_page"), "pdf_rows_per_page|20|3|3|20|20");
}

TEST_F(Pdf, RefusesWhatHasNoTextOrIsNoPdf) {
  test::PdfWriter pdf(612, 792);
  pdf.begin_page();
  pdf.box(50, 50, 500, 600);
  EXPECT_NE(read(pdf.finish()).error.find("no page of the PDF has text"), std::string::npos);
  EXPECT_NE(read("not a PDF").error.find("cannot be opened as PDF"), std::string::npos);
  const Result<std::unique_ptr<TableStream>> none = open_pdf(dir_.path() / "none.pdf", {});
  EXPECT_FALSE(none.has_value());
}

TEST_F(Pdf, UndoesACodingThatHeaderWordsProve) {
  const Rows rows = made_up_log(80);
  PrintStyle style = log_style();
  style.shift = -29;
  const Read got = read(test::print_table(rows, style));
  expect_same(got, rows);
  EXPECT_TRUE(got.note("pdf_decoded").ends_with("|29"));
}

TEST_F(Pdf, DoesNotReadTextThatIsCodedWithoutAKey) {
  PrintStyle style = log_style();
  style.shift = 0xE100 - 0x20;  // private characters
  const Read got = read(test::print_table(made_up_log(80), style));
  EXPECT_NE(got.error.find("encoded without a key"), std::string::npos);
}

TEST_F(Pdf, LosesNoWordUnderTheTable) {
  Rows rows = made_up_log(10);
  PrintStyle style = log_style();
  style.title_and_footer = false;
  test::PdfWriter pdf(792, 612);
  pdf.begin_page();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    pdf.text(36, 40 + 14.0 * static_cast<double>(i), 7, rows[i][0]);
    pdf.text(250, 40 + 14.0 * static_cast<double>(i), 7, rows[i][1]);
    pdf.text(400, 40 + 14.0 * static_cast<double>(i), 7, rows[i][5]);
  }
  pdf.text(36, 400, 7, "Total: 10 searches");
  const Read got = read(pdf.finish());
  ASSERT_EQ(got.rows.size(), 12U);
  EXPECT_EQ(got.damage.back(), Damage::out_of_place);
  EXPECT_EQ(got.note("pdf_strays"), "pdf_strays|1");
}

TEST_F(Pdf, StopsAtTheBudgets) {
  Budget budget;
  budget.max_rows = 50;
  const std::string pdf = test::print_table(made_up_log(100), log_style());
  EXPECT_NE(read(pdf, budget).error.find("more than 50 rows"), std::string::npos);
  budget = {};
  budget.max_bytes = 1000;
  EXPECT_NE(read(pdf, budget).error.find("larger than the limit"), std::string::npos);
}

}  // namespace
}  // namespace onus::source
