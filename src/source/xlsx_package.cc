// SPDX-License-Identifier: Apache-2.0
#include "source/xlsx_package.h"

#include <zip.h>

#include <algorithm>
#include <fstream>
#include <utility>

namespace onus::source {
namespace {

constexpr std::size_t kBeginBytes = 512;
constexpr std::size_t kDirectoryBytes = 4096;
constexpr std::string_view kCompoundFile = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

struct CloseZip {
  void operator()(zip_t* zip) const { zip_discard(zip); }
};
struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

std::uint32_t little_endian(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = size; i-- > 0;) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}

// Where a compound file ([MS-CFB] 2.2) lists its streams; 0: it says nothing that makes sense.
std::uint64_t directory_offset(std::string_view begin) {
  if (!begin.starts_with(kCompoundFile) || begin.size() < kBeginBytes) return 0;
  const std::uint32_t shift = little_endian(begin, 30, 2);
  if (shift != 9 && shift != 12) return 0;
  return (std::uint64_t{little_endian(begin, 48, 4)} + 1) << shift;
}

std::string_view slice(std::string_view bytes, std::uint64_t from, std::size_t size) {
  return from < bytes.size() ? bytes.substr(static_cast<std::size_t>(from), size)
                             : std::string_view();
}

std::string read_at(const std::filesystem::path& path, std::uint64_t from, std::size_t size) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(size, '\0');
  file.seekg(static_cast<std::streamoff>(from & 0x7FFFFFFFFFFF));
  file.read(bytes.data(), static_cast<std::streamsize>(size));
  bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  return bytes;
}

// Names of streams stand in UTF-16.
bool has_stream(std::string_view directory, std::string_view name) {
  std::string wide;
  for (const char c : name) wide.append({c, '\0'});
  return directory.find(wide) != std::string_view::npos;
}

// "xl/a.xml" for "/xl/a.xml": names in the zip file have no leading slash.
std::string entry_name(std::string_view part) {
  while (part.starts_with('/')) part.remove_prefix(1);
  return std::string(part);
}

tl::unexpected<Error> damaged(const std::string& name, zip_error_t* error) {
  std::string message = name + ": the zip file is damaged: " + zip_error_strerror(error);
  zip_error_fini(error);
  return fail(Code::bad_input, std::move(message));
}

}  // namespace

std::string_view not_a_workbook(std::string_view begin, std::string_view directory) {
  if (begin.starts_with(kCompoundFile)) {
    if (has_stream(directory, "EncryptedPackage")) {
      return "is under a password; open it in a spreadsheet program, remove the password and save "
             "it as .xlsx or CSV";
    }
    return "is a workbook of before 2007 (.xls) or another compound file; save it as .xlsx or CSV";
  }
  if (begin.starts_with("PK\x05\x06")) return "is an empty zip file";
  if (!begin.starts_with("PK\x03\x04")) return "is no .xlsx workbook: it is no zip file";
  return "";
}

bool is_old_workbook(const std::filesystem::path& path) {
  const std::string begin = read_at(path, 0, kBeginBytes);
  if (!begin.starts_with(kCompoundFile)) return false;
  const std::string directory = read_at(path, directory_offset(begin), kDirectoryBytes);
  return has_stream(directory, "Workbook") || has_stream(directory, "Book");
}

struct Part::State {
  Result<void> count(std::size_t got);

  std::unique_ptr<zip_file_t, CloseFile> file;
  std::string name;
  std::int64_t size = 0;
  std::int64_t max_bytes = 0;
  std::int64_t read = 0;
};

Part::Part(std::unique_ptr<State> state) : state_(std::move(state)) {}
Part::Part(Part&&) noexcept = default;
Part& Part::operator=(Part&&) noexcept = default;
Part::~Part() = default;

std::int64_t Part::size() const { return state_->size; }

Result<void> Part::State::count(std::size_t got) {
  read += static_cast<std::int64_t>(got);
  if (read <= max_bytes) return {};
  return fail(Code::over_budget, name +
                                     ": inflates to more than the limit; nothing that a log of "
                                     "lookups needs is packed so tightly");
}

Result<std::size_t> Part::read(char* to, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    const zip_int64_t got = zip_fread(state_->file.get(), to + done, size - done);
    if (got < 0) {
      return fail(Code::bad_input, state_->name + ": damaged in the zip file: " +
                                       zip_error_strerror(zip_file_get_error(state_->file.get())));
    }
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  ONUS_TRY_VOID(state_->count(done));
  return done;
}

struct Package::State {
  std::string name;
  std::string bytes;  // of a package in memory; must outlive `zip`
  std::int64_t size = 0;
  PackageLimits limits;
  std::unique_ptr<zip_t, CloseZip> zip;
};

Package::Package(std::unique_ptr<State> state) : state_(std::move(state)) {}
Package::Package(Package&&) noexcept = default;
Package& Package::operator=(Package&&) noexcept = default;
Package::~Package() = default;

const std::string& Package::name() const { return state_->name; }
std::int64_t Package::bytes() const { return state_->size; }

Result<Package> Package::from(std::unique_ptr<State> state) {
  const zip_int64_t entries = zip_get_num_entries(state->zip.get(), 0);
  if (entries > state->limits.max_entries) {
    return fail(Code::over_budget, state->name + ": more than " +
                                       std::to_string(state->limits.max_entries) +
                                       " entries in the zip file");
  }
  return Package(std::move(state));
}

Result<Package> Package::open(const std::filesystem::path& path, const PackageLimits& limits) {
  auto state = std::make_unique<State>();
  state->name = path.string();
  state->limits = limits;
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) {
    return fail(Code::not_found, state->name + ": no such file");
  }
  if (!std::filesystem::is_regular_file(status)) {
    return fail(Code::bad_input, state->name + ": not a file");
  }
  state->size = static_cast<std::int64_t>(std::filesystem::file_size(path, error));
  if (error) return fail(Code::io, state->name + ": " + error.message());
  if (state->size > limits.max_file_bytes) {
    return fail(Code::over_budget, state->name + ": larger than the limit on the size of a file");
  }
  const std::string begin = read_at(path, 0, kBeginBytes);
  const std::string directory = read_at(path, directory_offset(begin), kDirectoryBytes);
  if (const std::string_view why = not_a_workbook(begin, directory); !why.empty()) {
    return fail(Code::bad_input, state->name + " " + std::string(why));
  }
  int code = 0;
  state->zip.reset(zip_open(path.c_str(), ZIP_RDONLY, &code));
  if (!state->zip) {
    zip_error_t why;
    zip_error_init_with_code(&why, code);
    return damaged(state->name, &why);
  }
  return from(std::move(state));
}

Result<Package> Package::over(std::string bytes, const PackageLimits& limits) {
  auto state = std::make_unique<State>();
  state->name = "bytes in memory";
  state->limits = limits;
  state->bytes = std::move(bytes);
  state->size = static_cast<std::int64_t>(state->bytes.size());
  const std::string_view view = state->bytes;
  const std::string_view why =
      not_a_workbook(view, slice(view, directory_offset(view), kDirectoryBytes));
  if (!why.empty()) return fail(Code::bad_input, state->name + " " + std::string(why));
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(view.data(), view.size(), 0, &error);
  if (!source) return damaged(state->name, &error);
  state->zip.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
  if (!state->zip) {
    zip_source_free(source);
    return damaged(state->name, &error);
  }
  zip_error_fini(&error);
  return from(std::move(state));
}

bool Package::has(std::string_view part) const {
  return zip_name_locate(state_->zip.get(), entry_name(part).c_str(), ZIP_FL_NOCASE) >= 0;
}

Result<Part> Package::part(std::string_view part) const {
  const std::string name = entry_name(part);
  const std::string shown = state_->name + ", " + name;
  const zip_int64_t index = zip_name_locate(state_->zip.get(), name.c_str(), ZIP_FL_NOCASE);
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (index < 0 || zip_stat_index(state_->zip.get(), static_cast<zip_uint64_t>(index), 0, &stat)) {
    return fail(Code::bad_input, shown + ": this part of the workbook is missing");
  }
  auto out = std::make_unique<Part::State>();
  out->name = shown;
  out->size = static_cast<std::int64_t>(std::min<zip_uint64_t>(stat.size, zip_uint64_t{1} << 50));
  const PackageLimits& limits = state_->limits;
  const auto packed =
      static_cast<std::int64_t>(std::min<zip_uint64_t>(stat.comp_size, zip_uint64_t{1} << 40));
  out->max_bytes =
      std::min(limits.max_part_bytes, std::max(limits.free_bytes, packed * limits.max_ratio));
  out->file.reset(zip_fopen_index(state_->zip.get(), static_cast<zip_uint64_t>(index), 0));
  if (!out->file) {
    return fail(Code::bad_input,
                shown + ": cannot be unpacked: " + zip_strerror(state_->zip.get()));
  }
  return Part(std::move(out));
}

}  // namespace onus::source
