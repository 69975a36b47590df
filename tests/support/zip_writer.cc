// SPDX-License-Identifier: Apache-2.0
#include "support/zip_writer.h"

#include <zip.h>

#include "base/check.h"

namespace onus::support {
namespace {

constexpr const char* kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr const char* kRelations =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::time_t kWhen = 1'735'732'800;  // 2025-01-01 12:00 UTC

zip_source_t* source_of(zip_t* zip, const ZipEntry& entry) {
  if (!entry.file.empty()) return zip_source_file(zip, entry.file.c_str(), 0, -1);
  return zip_source_buffer(zip, entry.bytes.data(), entry.bytes.size(), 0);
}

bool add(zip_t* zip, const ZipEntry& entry, Packing packing) {
  zip_source_t* source = source_of(zip, entry);
  if (!source) return false;
  const zip_int64_t index = zip_file_add(zip, entry.name.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(source);
    return false;
  }
  const auto at = static_cast<zip_uint64_t>(index);
  zip_set_file_compression(zip, at, packing == Packing::stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 6);
  zip_file_set_mtime(zip, at, kWhen, 0);
  return true;
}

std::string relation(const std::string& id, const std::string& type, const std::string& target) {
  return "<Relationship Id=\"" + id + "\" Type=\"" + kRelations + "/" + type + "\" Target=\"" +
         target + "\"/>";
}

std::string relations(const std::string& inside) {
  return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" +
         inside + "</Relationships>";
}

std::string content_types(const std::vector<ZipEntry>& entries) {
  std::string inside =
      "<Default Extension=\"rels\" "
      "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>";
  for (const ZipEntry& entry : entries) {
    const std::string type = entry.name == "xl/workbook.xml"        ? "sheet.main"
                             : entry.name == "xl/sharedStrings.xml" ? "sharedStrings"
                             : entry.name == "xl/styles.xml"        ? "styles"
                                                                    : "worksheet";
    if (entry.name.ends_with(".rels")) continue;
    inside += "<Override PartName=\"/" + entry.name +
              "\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml." +
              type + "+xml\"/>";
  }
  return "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">" + inside +
         "</Types>";
}

bool is_number(const std::string& text) {
  return text.find_first_not_of("0123456789") == std::string::npos && text.size() < 4;
}

}  // namespace

std::string zip_of(const std::vector<ZipEntry>& entries, Packing packing) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  ONUS_CHECK(target);
  zip_source_keep(target);
  zip_t* zip = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &error);
  ONUS_CHECK(zip);
  for (const ZipEntry& entry : entries) ONUS_CHECK(add(zip, entry, packing));
  ONUS_CHECK(zip_close(zip) == 0);
  zip_stat_t stat;
  ONUS_CHECK(zip_source_open(target) == 0 && zip_source_stat(target, &stat) == 0);
  std::string bytes(stat.size, '\0');
  ONUS_CHECK(zip_source_read(target, bytes.data(), bytes.size()) ==
             static_cast<zip_int64_t>(bytes.size()));
  zip_source_close(target);
  zip_source_free(target);
  zip_error_fini(&error);
  return bytes;
}

Result<void> write_zip(const std::filesystem::path& path, const std::vector<ZipEntry>& entries) {
  zip_t* zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  if (!zip) return fail(Code::io, "cannot write " + path.string());
  bool whole = true;
  for (const ZipEntry& entry : entries) whole = whole && add(zip, entry, Packing::deflated);
  if (whole && zip_close(zip) == 0) return {};
  zip_discard(zip);
  return fail(Code::io, "cannot write " + path.string());
}

std::vector<ZipEntry> entries_of(const Workbook& book) {
  std::string sheets;
  std::string inside;
  std::vector<ZipEntry> out;
  for (std::size_t i = 0; i < book.sheets.size(); ++i) {
    const WorkbookSheet& sheet = book.sheets[i];
    const std::string number = std::to_string(i + 1);
    sheets += "<sheet name=\"" + xml_escaped(sheet.name) + "\" sheetId=\"" + number + "\" " +
              sheet.attributes + " r:id=\"rId" + number + "\"/>";
    inside += relation("rId" + number, "worksheet", "worksheets/sheet" + number + ".xml");
    out.push_back({"xl/worksheets/sheet" + number + ".xml", sheet.xml, sheet.file});
  }
  if (!book.strings.empty() || !book.strings_file.empty()) {
    inside += relation("rIdS", "sharedStrings", "sharedStrings.xml");
    out.push_back({"xl/sharedStrings.xml", book.strings, book.strings_file});
  }
  if (!book.styles.empty()) {
    inside += relation("rIdT", "styles", "styles.xml");
    out.push_back({"xl/styles.xml", book.styles});
  }
  out.push_back({"xl/workbook.xml", std::string("<workbook xmlns=\"") + kMain + "\" xmlns:r=\"" +
                                        kRelations + "\">" + book.properties + "<sheets>" + sheets +
                                        "</sheets></workbook>"});
  out.push_back({"xl/_rels/workbook.xml.rels", relations(inside)});
  out.push_back({"_rels/.rels", relations(relation("rId1", "officeDocument", "xl/workbook.xml"))});
  out.push_back({"[Content_Types].xml", content_types(out)});
  return out;
}

std::string sheet_xml(const std::string& rows, const std::string& after) {
  return std::string(
             "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
             "<worksheet xmlns=\"") +
         kMain + "\"><dimension ref=\"A1:B2\"/><sheetData>" + rows + "</sheetData>" + after +
         "</worksheet>";
}

std::string styles_xml(const std::vector<std::string>& formats) {
  std::string codes;
  std::string cells;
  int next = 164;
  for (const std::string& format : formats) {
    std::string id = format;
    if (!is_number(format)) {
      id = std::to_string(next++);
      codes += "<numFmt numFmtId=\"" + id + "\" formatCode=\"" + xml_escaped(format) + "\"/>";
    }
    cells += "<xf numFmtId=\"" + id + "\" applyNumberFormat=\"1\"/>";
  }
  return std::string("<styleSheet xmlns=\"") + kMain + "\"><numFmts>" + codes +
         "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>" + cells +
         "</cellXfs></styleSheet>";
}

std::string xml_escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace onus::support
