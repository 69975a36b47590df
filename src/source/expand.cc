// SPDX-License-Identifier: Apache-2.0
#include "source/expand.h"

#include <algorithm>
#include <array>
#include <string>
#include <system_error>
#include <tuple>

#include "source/archive_inputs.h"
#include "source/bytes.h"
#include "source/cef_stream.h"
#include "source/convert.h"
#include "source/encoding.h"

namespace onus::source {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFiles = 1'000'000;
constexpr std::size_t kSampleBytes = 4096;

// Of a file that was named, whatever its extension says.
InputKind kind_by_content(std::string_view begin) {
  if (looks_like_cef(begin)) return InputKind::cef;
  if (begin.starts_with("\xEF\xBB\xBF")) begin.remove_prefix(3);
  const std::size_t first = begin.find_first_not_of(" \t\r\n");
  const bool json = first != std::string_view::npos && (begin[first] == '{' || begin[first] == '[');
  return json ? InputKind::json : InputKind::csv;
}

// Those that are not read too: only the reader can say what to do with them.
bool has_workbook_extension(const fs::path& path) {
  const std::string extension = lower_extension(path);
  return extension == ".xlsx" || extension == ".xlsm" || extension == ".xlsb" ||
         extension == ".xls" || extension == ".ods";
}

bool is_hidden(const fs::path& path) { return path.filename().native().starts_with('.'); }

tl::unexpected<Error> refused(const fs::path& path, const std::error_code& error) {
  return fail(Code::io, path.string() + ": cannot be listed: " + error.message());
}

InputFile unread(const fs::path& path, std::int64_t bytes, Unread reason) {
  return {.path = path, .bytes = bytes, .kind = InputKind::unsupported, .reason = reason};
}

// Bytes of workbooks that were converted, which are held in memory.
std::int64_t held_bytes(const std::vector<InputFile>& inputs) {
  std::int64_t bytes = 0;
  const HeldFile* last = nullptr;
  for (const InputFile& input : inputs) {
    if (input.converted && input.converted.get() != last) bytes += input.converted->bytes();
    last = input.converted.get();
  }
  return bytes;
}

Result<void> add_sheets(const fs::path& path, std::int64_t bytes, std::vector<InputFile>& out) {
  ONUS_TRY(Workbook workbook, open_workbook(path, Budget{}));
  if (workbook.converted && held_bytes(out) + workbook.converted->bytes() > kMaxHeld) {
    return fail(Code::over_budget, path.string() +
                                       ": too many workbooks to convert at once; give them in "
                                       "several runs, or save them as .xlsx or CSV");
  }
  for (Sheet& sheet : workbook.sheets) {
    InputFile input{.path = path, .bytes = bytes, .kind = InputKind::xlsx};
    input.sheet = std::move(sheet);
    input.converted = workbook.converted;
    out.push_back(std::move(input));
  }
  return {};
}

// One table that was packed: "log.csv.gz". How much it inflates to is known once it was read.
std::optional<InputFile> packed_file(const fs::path& path, std::int64_t bytes) {
  if (packing_of(path) != Packing::gzip) return std::nullopt;
  const std::optional<InputKind> kind = kind_by_extension(path.stem());
  if (!kind) return std::nullopt;
  InputFile input{.path = path, .bytes = bytes, .kind = *kind};
  input.gzip = true;
  return input;
}

Result<InputFile> named_file(const fs::path& path, std::int64_t bytes) {
  if (const auto packed = packed_file(path, bytes)) return *packed;
  if (const auto kind = kind_by_extension(path)) {
    return InputFile{.path = path, .bytes = bytes, .kind = *kind};
  }
  ONUS_TRY(ByteSource source, ByteSource::open(path, std::max<std::int64_t>(bytes, 1) * 2));
  ONUS_TRY(const std::string_view begin, source.peek(kSampleBytes));
  if (begin.starts_with("%PDF-")) {
    return InputFile{.path = path, .bytes = bytes, .kind = InputKind::pdf};
  }
  if (begin.starts_with("PAR1")) {
    return InputFile{.path = path, .bytes = bytes, .kind = InputKind::parquet};
  }
  if (!looks_like_text(begin)) return unread(path, bytes, Unread::not_text);
  return InputFile{.path = path, .bytes = bytes, .kind = kind_by_content(begin)};
}

Result<InputFile> found_file(const fs::directory_entry& entry) {
  std::error_code error;
  if (entry.is_symlink(error)) return unread(entry.path(), 0, Unread::symbolic_link);
  if (!entry.is_regular_file(error)) return unread(entry.path(), 0, Unread::special_file);
  const auto bytes = static_cast<std::int64_t>(entry.file_size(error));
  if (error) return refused(entry.path(), error);
  if (const auto packed = packed_file(entry.path(), bytes)) return *packed;
  const std::optional<InputKind> kind = kind_by_extension(entry.path());
  if (!kind) return unread(entry.path(), bytes, Unread::extension);
  return InputFile{.path = entry.path(), .bytes = bytes, .kind = *kind};
}

Result<void> add_found(const fs::directory_entry& entry, std::vector<InputFile>& out) {
  ONUS_TRY(InputFile file, found_file(entry));
  if (file.reason == Unread::extension && has_workbook_extension(file.path)) {
    if (add_sheets(file.path, file.bytes, out)) return {};
    file.reason = Unread::workbook;
  } else if (file.reason == Unread::extension && packing_of(file.path) == Packing::zip) {
    const Result<void> added = add_zip(file.path, out);
    if (added) return {};
    const bool over = added.error().code == Code::over_budget;
    file.reason = over ? Unread::over_budget : Unread::damaged;
  }
  out.push_back(std::move(file));
  return {};
}

Result<void> add_folder(const fs::path& folder, std::vector<InputFile>& out) {
  std::error_code error;
  fs::recursive_directory_iterator at(folder, error);
  while (!error && at != fs::recursive_directory_iterator()) {
    const bool hidden = is_hidden(at->path());
    std::error_code ignored;
    if (at->is_directory(ignored) && !at->is_symlink(ignored)) {
      if (hidden) at.disable_recursion_pending();
    } else if (!hidden) {
      ONUS_TRY_VOID(add_found(*at, out));
      if (out.size() > kMaxFiles)
        return fail(Code::over_budget, folder.string() + ": too many files");
    }
    at.increment(error);
  }
  if (error) return refused(folder, error);
  return {};
}

Result<void> add_named(const fs::path& path, std::vector<InputFile>& out) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) {
    return fail(Code::not_found, path.string() + ": no such file or folder");
  }
  if (error) return refused(path, error);
  if (fs::is_directory(status)) return add_folder(path, out);
  if (!fs::is_regular_file(status)) {
    out.push_back(unread(path, 0, Unread::special_file));
    return {};
  }
  const auto bytes = static_cast<std::int64_t>(fs::file_size(path, error));
  if (error) return refused(path, error);
  if (has_workbook_extension(path)) return add_sheets(path, bytes, out);
  if (packing_of(path) == Packing::zip) return add_zip(path, out);
  ONUS_TRY(InputFile file, named_file(path, bytes));
  out.push_back(std::move(file));
  return {};
}

}  // namespace

std::string lower_extension(const fs::path& path) {
  std::string extension = path.extension().string();
  for (char& c : extension) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return extension;
}

std::optional<InputKind> kind_by_extension(const fs::path& path) {
  const std::string extension = lower_extension(path);
  if (extension == ".csv" || extension == ".tsv" || extension == ".txt") return InputKind::csv;
  if (extension == ".json") return InputKind::json;
  if (extension == ".ndjson" || extension == ".jsonl") return InputKind::ndjson;
  if (extension == ".pdf") return InputKind::pdf;
  if (extension == ".parquet") return InputKind::parquet;
  if (extension == ".cef" || extension == ".leef") return InputKind::cef;
  return std::nullopt;
}

std::string InputFile::file_name() const {
  if (!known_as.empty()) return known_as;
  return member.empty() ? path.string() : path.string() + '/' + member;
}

std::string InputFile::name() const { return file_name() + sheet_name(); }

std::string InputFile::sheet_name() const {
  if (sheet.number == 0) return "";
  return " [Sheet " + std::to_string(sheet.number) + ": " + sheet.name + ']';
}

std::string_view name(Unread reason) {
  static constexpr std::array<std::string_view, 9> kNames = {
      "none",     "extension", "not_text", "symbolic_link", "special_file",
      "workbook", "encrypted", "damaged",  "over_budget"};
  return kNames[static_cast<std::size_t>(reason)];
}

Result<std::vector<InputFile>> expand_inputs(std::span<const fs::path> named) {
  std::vector<InputFile> files;
  for (const fs::path& path : named) ONUS_TRY_VOID(add_named(path.lexically_normal(), files));
  // A file that is read wins over the same path as found in a folder.
  const auto place = [](const InputFile& file) {
    return std::tuple(std::string_view(file.path.native()), std::string_view(file.member),
                      file.entry, file.sheet.number);
  };
  std::ranges::sort(files, [&](const InputFile& a, const InputFile& b) {
    return place(a) != place(b) ? place(a) < place(b) : a.kind < b.kind;
  });
  const auto repeated = std::ranges::unique(files, {}, place);
  files.erase(repeated.begin(), repeated.end());
  return files;
}

bool looks_like_text(std::string_view begin) {
  for (const std::string_view signature : {"PK\x03\x04", "%PDF", "\xD0\xCF\x11\xE0", "\x1F\x8B",
                                           "PAR1", "SQLite format 3", "\x7F\x45LF"}) {
    if (begin.starts_with(signature)) return false;
  }
  if (is_utf16(detect_encoding(begin).encoding)) return true;
  const auto control = std::ranges::count_if(begin, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\t' && c != '\n' && c != '\r';
  });
  return static_cast<std::size_t>(control) * 50 <= begin.size();
}

}  // namespace onus::source
