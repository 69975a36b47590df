// SPDX-License-Identifier: Apache-2.0
#include "source/convert.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/file.h"
#include "source/child.h"
#include "source/expand.h"
#include "source/open.h"
#include "source/table.h"
#include "support/xlsx_form.h"
#include "support/zip_writer.h"

namespace onus::source {
namespace {

namespace fs = std::filesystem;

// A stand-in for LibreOffice, called as it is: program -env:… … --outdir OUT COPY.
class Convert : public ::testing::Test {
 protected:
  std::string stand_in(const std::string& script) {
    const fs::path path = dir_.path() / "soffice";
    EXPECT_TRUE(write_file(path, "#!/bin/sh\nfor last; do :; done\nfolder=${last%/*}\n" + script));
    EXPECT_EQ(::chmod(path.c_str(), 0700), 0);
    return path;
  }
  std::string put(const std::string& name, std::string_view bytes) {
    EXPECT_TRUE(write_file(dir_.path() / name, bytes));
    return dir_.path() / name;
  }
  std::string text(const std::string& name) {
    return read_file(dir_.path() / name, 1U << 20).value_or("");
  }

  TempDir dir_ = TempDir::make().value();
};

TEST_F(Convert, TakesWhatWasMadeOfACopyInAFolderOfItsOwnAndRemovesIt) {
  const std::string seen = dir_.path() / "seen";
  const std::string program =
      stand_in("{ echo \"$folder\"; stat -c %a \"$folder\"; cat \"$last\"; } >" + seen +
               "\nmkdir \"$folder/out\"; echo made >\"$folder/out/book.xlsx\"\n");
  const auto made = convert_workbook(put("old.xls", "cells"), ".xls", program);
  ASSERT_TRUE(made) << made.error().text();
  EXPECT_EQ(read_file(made->path(), 100).value(), "made\n");
  const std::string said = text("seen");
  const fs::path folder = said.substr(0, said.find('\n'));
  EXPECT_EQ(said, folder.string() + "\n700\ncells");
  EXPECT_FALSE(fs::exists(folder));
}

TEST_F(Convert, SaysWhatToDoWhereTheProgramFailsOrMakesNothing) {
  const std::string workbook = put("old.xls", "cells");
  for (const char* script : {"exit 3\n", "exit 0\n", "kill -9 $$\n"}) {
    const auto made = convert_workbook(workbook, ".xls", stand_in(script));
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, Code::bad_input);
    EXPECT_NE(made.error().message.find("save it as .xlsx or CSV"), std::string::npos);
  }
}

TEST_F(Convert, AWorkbookOfTheUsualFormIsConvertedByNobody) {
  const std::string bytes = support::zip_of(
      support::entries_of({.sheets = {{"A", support::sheet_xml("<row><c><v>1</v></c></row>")}}}));
  const auto workbook = open_workbook(put("log.xls", bytes), Budget{});
  ASSERT_TRUE(workbook) << workbook.error().text();
  EXPECT_EQ(workbook->sheets.size(), 1U);
  EXPECT_EQ(workbook->converted, nullptr) << "whatever its name says";
}

constexpr std::string_view kContent =
    R"(<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0")"
    R"( xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0")"
    R"( xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">)"
    R"(<office:body><office:spreadsheet><table:table table:name="Audit"><table:table-row>)"
    R"(<table:table-cell office:value-type="string"><text:p>7ABC123</text:p></table:table-cell>)"
    R"(<table:table-cell office:value-type="string"><text:p>0042</text:p></table:table-cell>)"
    R"(</table:table-row></table:table></office:spreadsheet></office:body>)"
    R"(</office:document-content>)";
constexpr std::string_view kManifest =
    R"(<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">)"
    R"(<manifest:file-entry manifest:full-path="/")"
    R"( manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>)"
    R"(<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>)"
    R"(</manifest:manifest>)";

TEST_F(Convert, LibreOfficeConvertsAndTheFileKeepsItsNameItsBytesAndItsHash) {
  if (find_program("soffice").empty()) GTEST_SKIP() << "LibreOffice is not installed";
  const std::string bytes =
      support::zip_of({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
                       {"META-INF/manifest.xml", std::string(kManifest)},
                       {"content.xml", std::string(kContent)}});
  const std::vector<fs::path> named = {put("log.ods", bytes)};
  const auto inputs = expand_inputs(named);
  ASSERT_TRUE(inputs) << inputs.error().text();
  ASSERT_EQ(inputs->size(), 1U);
  const InputFile& input = inputs->front();
  EXPECT_TRUE(input.name().ends_with("/log.ods [Sheet 1: Audit]"));
  EXPECT_EQ(fingerprint_of(input)->bytes, static_cast<std::int64_t>(bytes.size()));
  auto stream = open_table(input, Budget{});
  ASSERT_TRUE(stream) << stream.error().text();
  const auto block = (*stream)->next();
  ASSERT_TRUE(block && *block);
  Records records(**block);
  Record record;
  ASSERT_TRUE(records.next(record));
  EXPECT_EQ(record.cells[0].text, "7ABC123");
  EXPECT_EQ(record.cells[1].text, "0042");
  EXPECT_FALSE(*(*stream)->next());
  EXPECT_EQ((*stream)->bytes(), static_cast<std::int64_t>(bytes.size()));
  EXPECT_EQ((*stream)->notes(), std::vector<std::string>{"converted_workbook"});
}

}  // namespace
}  // namespace onus::source
