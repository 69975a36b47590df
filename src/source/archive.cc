// SPDX-License-Identifier: Apache-2.0
#include "source/archive.h"

#include <sys/mman.h>
#include <unistd.h>
#include <zip.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "source/gzip.h"

namespace onus::source {
namespace {

struct CloseZip {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Zip = std::unique_ptr<zip_t, CloseZip>;

struct CloseMember {
  void operator()(zip_file_t* member) const { zip_fclose(member); }
};

Result<Zip> open_zip(const std::filesystem::path& path, const std::string& name) {
  int error = 0;
  Zip archive(zip_open(path.c_str(), ZIP_RDONLY, &error));
  if (archive) return archive;
  zip_error_t what;
  zip_error_init_with_code(&what, error);
  const std::string words = zip_error_strerror(&what);
  zip_error_fini(&what);
  return fail(Code::bad_input, name + ": cannot be read as a zip archive: " + words);
}

std::string shown(const char* path) {
  std::string out(path);
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
    if (c == '\\') c = '/';
  }
  return out;
}

class MemberReader final : public ByteReader {
 public:
  MemberReader(Zip archive, zip_file_t* member, std::int64_t packed, std::string name)
      : archive_(std::move(archive)), member_(member), packed_(packed), name_(std::move(name)) {}

  Result<std::size_t> read(char* to, std::size_t size) override {
    std::size_t done = 0;
    while (done < size) {
      const zip_int64_t got = zip_fread(member_.get(), to + done, size - done);
      if (got < 0) {
        return fail(Code::bad_input,
                    name_ + ": damaged: " + zip_error_strerror(zip_file_get_error(member_.get())));
      }
      if (got == 0) break;
      done += static_cast<std::size_t>(got);
      given_ += got;
      if (given_ > kRatioFree && given_ / kMaxRatio > packed_) {
        return fail(Code::over_budget, name_ + ": inflates more than " + std::to_string(kMaxRatio) +
                                           " times; not read");
      }
    }
    return done;
  }

 private:
  Zip archive_;
  std::unique_ptr<zip_file_t, CloseMember> member_;  // goes before its archive
  std::int64_t packed_;
  std::int64_t given_ = 0;
  std::string name_;
};

}  // namespace

Result<std::vector<ArchiveMember>> list_archive(const std::filesystem::path& path,
                                                std::size_t most) {
  ONUS_TRY(const Zip archive, open_zip(path, path.string()));
  const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
  if (static_cast<std::uint64_t>(count) > most) {
    return fail(Code::over_budget,
                path.string() + ": more than " + std::to_string(most) + " members; not read");
  }
  std::vector<ArchiveMember> out;
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t about;
    if (zip_stat_index(archive.get(), static_cast<zip_uint64_t>(i), 0, &about) != 0) continue;
    ArchiveMember member{.entry = i, .path = shown(about.name)};
    if (member.path.empty() || member.path.ends_with('/')) continue;
    member.bytes = static_cast<std::int64_t>(std::min(about.size, zip_uint64_t{1} << 60));
    member.encrypted = about.encryption_method != ZIP_EM_NONE;
    out.push_back(std::move(member));
  }
  return out;
}

Result<ByteSource> open_member(const std::filesystem::path& archive, std::int64_t entry,
                               std::string name, std::int64_t max_bytes) {
  ONUS_TRY(Zip zip, open_zip(archive, name));
  zip_stat_t about;
  zip_file_t* const member = zip_fopen_index(zip.get(), static_cast<zip_uint64_t>(entry), 0);
  if (member == nullptr ||
      zip_stat_index(zip.get(), static_cast<zip_uint64_t>(entry), 0, &about) != 0) {
    return fail(Code::bad_input, name + ": cannot be unpacked: " + zip_strerror(zip.get()));
  }
  const auto packed = static_cast<std::int64_t>(std::min(about.comp_size, zip_uint64_t{1} << 60));
  auto reader = std::make_unique<MemberReader>(std::move(zip), member, packed, name);
  return ByteSource::from(std::move(reader), std::move(name), max_bytes);
}

Result<HeldFile> HeldFile::hold(ByteSource source) {
  HeldFile held(::memfd_create("onus", MFD_CLOEXEC), 0);
  if (held.file_ < 0) return fail(Code::io, std::string("memfd_create: ") + std::strerror(errno));
  std::vector<char> buffer(std::size_t{1} << 20);
  for (;;) {
    ONUS_TRY(const std::size_t got, source.read(buffer.data(), buffer.size()));
    for (std::size_t done = 0; done < got;) {
      const ssize_t put = ::write(held.file_, buffer.data() + done, got - done);
      if (put < 0) return fail(Code::io, source.name() + ": no room to hold it in memory");
      done += static_cast<std::size_t>(put);
    }
    held.bytes_ += static_cast<std::int64_t>(got);
    if (got < buffer.size()) return held;
  }
}

HeldFile::HeldFile(HeldFile&& other) noexcept
    : file_(std::exchange(other.file_, -1)), bytes_(other.bytes_) {}
HeldFile& HeldFile::operator=(HeldFile&& other) noexcept {
  std::swap(file_, other.file_);
  std::swap(bytes_, other.bytes_);
  return *this;
}
HeldFile::~HeldFile() {
  if (file_ >= 0) ::close(file_);
}

std::filesystem::path HeldFile::path() const {
  return "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(file_);
}

}  // namespace onus::source
