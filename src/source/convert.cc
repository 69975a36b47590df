// SPDX-License-Identifier: Apache-2.0
#include "source/convert.h"

#include <array>
#include <system_error>

#include "base/file.h"
#include "source/child.h"
#include "source/xlsx.h"

namespace onus::source {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMostMemory = std::int64_t{4} << 30;  // of addresses: most stay unused

constexpr std::string_view kNotInstalled =
    " is no .xlsx; LibreOffice, with which .xls, .xlsb and .ods are read, is not installed "
    "(Debian: apt install libreoffice-calc-nogui); or save it as .xlsx or CSV";
constexpr std::string_view kNotConverted =
    ": LibreOffice cannot convert it: it is damaged, locked by a password or too large; save it as "
    ".xlsx or CSV";

// What the workbook is, where it is one that can be converted; else "".
std::string extension_of(const fs::path& path, const Budget& budget) {
  if (is_old_workbook(path)) return ".xls";
  PackageLimits limits;
  limits.max_file_bytes = budget.max_bytes;
  const Result<Package> package = Package::open(path, limits);
  if (!package) return "";
  if (package->has("xl/workbook.bin")) return ".xlsb";
  return package->has("content.xml") && package->has("META-INF/manifest.xml") ? ".ods" : "";
}

// Output is of no interest. It ends when the program and all that it started have ended.
Result<int> run(const std::vector<std::string>& arguments) {
  const ChildLimits limits{.cpu = std::chrono::seconds(300),
                           .silence = std::chrono::seconds(300),
                           .memory_bytes = kMostMemory,
                           .output_bytes = 1 << 20,
                           .file_bytes = kMaxHeld,
                           .network = false};
  ONUS_TRY(Child child, Child::start(arguments, limits));
  std::array<char, 4096> piece{};
  for (;;) {
    ONUS_TRY(const std::size_t got, child.read(piece.data(), piece.size()));
    if (got == 0) return child.wait();
  }
}

}  // namespace

Result<HeldFile> convert_workbook(const fs::path& path, const std::string& extension,
                                  const std::string& program) {
  ONUS_TRY(const TempDir folder, TempDir::make("/tmp"));
  const fs::path copy = folder.path() / ("book" + extension);
  std::error_code error;
  fs::copy_file(path, copy, error);
  if (error) return fail(Code::io, path.string() + ": cannot be copied: " + error.message());
  const fs::path out = folder.path() / "out";
  ONUS_TRY(const int status,
           run({program, "-env:UserInstallation=file://" + (folder.path() / "profile").string(),
                "--headless", "--norestore", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
                "--outdir", out.string(), copy.string()}));
  const fs::path made = out / "book.xlsx";
  if (status != 0 || !fs::is_regular_file(made, error)) {
    return fail(Code::bad_input, path.string() + std::string(kNotConverted));
  }
  ONUS_TRY(ByteSource bytes, ByteSource::open(made, kMaxHeld));
  return HeldFile::hold(std::move(bytes));
}

Result<Workbook> open_workbook(const fs::path& path, const Budget& budget) {
  Workbook out;
  const std::string extension = extension_of(path, budget);
  if (extension.empty()) {
    ONUS_TRY(out.sheets, list_sheets(path, budget));
    return out;
  }
  const std::string program = find_program("soffice");
  if (program.empty()) return fail(Code::bad_input, path.string() + std::string(kNotInstalled));
  ONUS_TRY(HeldFile held, convert_workbook(path, extension, program));
  out.converted = std::make_shared<const HeldFile>(std::move(held));
  ONUS_TRY(out.sheets, list_sheets(out.converted->path(), budget));
  return out;
}

}  // namespace onus::source
