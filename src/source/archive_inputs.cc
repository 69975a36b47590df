// SPDX-License-Identifier: Apache-2.0
#include "source/archive_inputs.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "source/archive.h"
#include "source/gzip.h"
#include "source/xlsx.h"

namespace onus::source {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxDepth = 3;
constexpr std::size_t kMaxMembers = 100'000;  // of all archives in one

bool is_hidden(const fs::path& path) {
  return std::any_of(path.begin(), path.end(), [](const fs::path& part) {
    return part.native().starts_with('.') || part.native() == "__MACOSX";
  });
}

// An archive in an archive, or the outermost one.
struct Archive {
  std::string name;  // in the outermost one: "inner.zip/"; "": that itself
  std::shared_ptr<const HeldFile> held;
  int depth = 1;
};

class Lister {
 public:
  Lister(const fs::path& path, std::vector<InputFile>& out) : path_(path), out_(out) {}
  Result<void> list(const Archive& archive);

 private:
  void add(const Archive& archive, const ArchiveMember& member);
  void add_sheets(const Archive& archive, InputFile input);
  void nest(const Archive& archive, const InputFile& input);
  fs::path file_of(const Archive& archive) const {
    return archive.held ? archive.held->path() : path_;
  }

  fs::path path_;
  std::vector<InputFile>& out_;
  std::size_t members_ = 0;
  std::int64_t held_ = 0;
};

// NOLINTBEGIN(misc-no-recursion): to kMaxDepth
void Lister::add(const Archive& archive, const ArchiveMember& member) {
  const fs::path inside(member.path);
  if (is_hidden(inside)) return;
  InputFile input{.path = path_, .bytes = member.bytes};
  input.member = archive.name + member.path;
  input.archive = archive.held;
  input.entry = member.entry;
  const Packing packing = packing_of(inside);
  if (packing == Packing::zip && !member.encrypted) return nest(archive, input);
  const std::string extension = lower_extension(inside);
  const bool workbook = extension == ".xlsx" || extension == ".xlsm";
  if (workbook && !member.encrypted) return add_sheets(archive, input);
  input.gzip = packing == Packing::gzip;
  const std::optional<InputKind> kind = kind_by_extension(input.gzip ? inside.stem() : inside);
  if (member.encrypted || !kind) {
    input.kind = InputKind::unsupported;
    input.reason = member.encrypted ? Unread::encrypted : Unread::extension;
  } else {
    input.kind = *kind;
  }
  out_.push_back(std::move(input));
}

// A workbook is held while its sheets are listed, and again when one is read.
void Lister::add_sheets(const Archive& archive, InputFile input) {
  input.kind = InputKind::xlsx;
  Result<ByteSource> bytes = open_member(file_of(archive), input.entry, input.name(), kMaxHeld);
  Result<HeldFile> held = bytes ? HeldFile::hold(std::move(*bytes)) : tl::unexpected(bytes.error());
  Result<std::vector<Sheet>> sheets =
      held ? list_sheets(held->path(), Budget{}) : tl::unexpected(held.error());
  if (!sheets) {
    const bool over = sheets.error().code == Code::over_budget;
    input.kind = InputKind::unsupported;
    input.reason = over ? Unread::over_budget : Unread::damaged;
    return out_.push_back(std::move(input));
  }
  for (Sheet& sheet : *sheets) {
    input.sheet = std::move(sheet);
    out_.push_back(input);
  }
}

// An archive in the archive is inflated once, and held for as long as an input stands in it.
void Lister::nest(const Archive& archive, const InputFile& input) {
  InputFile refused = input;
  refused.kind = InputKind::unsupported;
  refused.reason = Unread::over_budget;
  if (archive.depth == kMaxDepth) return out_.push_back(std::move(refused));
  Result<ByteSource> bytes =
      open_member(file_of(archive), input.entry, input.name(), kMaxHeld - held_);
  Result<HeldFile> held = bytes ? HeldFile::hold(std::move(*bytes)) : tl::unexpected(bytes.error());
  if (!held) {
    if (held.error().code != Code::over_budget) refused.reason = Unread::damaged;
    return out_.push_back(std::move(refused));
  }
  held_ += held->bytes();
  Archive inner{input.member + '/', std::make_shared<const HeldFile>(std::move(*held)),
                archive.depth + 1};
  if (!list(inner)) {
    refused.reason = Unread::damaged;
    out_.push_back(std::move(refused));
  }
}

Result<void> Lister::list(const Archive& archive) {
  const fs::path file = file_of(archive);
  ONUS_TRY(const std::vector<ArchiveMember> members, list_archive(file, kMaxMembers - members_));
  members_ += members.size();
  std::error_code ignored;
  const auto packed = static_cast<std::int64_t>(fs::file_size(file, ignored));
  std::int64_t inflated = 0;
  for (const ArchiveMember& member : members) inflated += std::min(member.bytes, kRatioFree << 20);
  if (inflated > kRatioFree && inflated / kMaxRatio > packed) {
    return fail(Code::over_budget, path_.string() + ": says that it inflates more than " +
                                       std::to_string(kMaxRatio) + " times; not read");
  }
  for (const ArchiveMember& member : members) add(archive, member);
  return {};
}
// NOLINTEND(misc-no-recursion)

}  // namespace

Packing packing_of(const fs::path& path) {
  const std::string extension = lower_extension(path);
  if (extension == ".zip") return Packing::zip;
  return extension == ".gz" ? Packing::gzip : Packing::none;
}

Result<void> add_zip(const fs::path& path, std::vector<InputFile>& out) {
  std::vector<InputFile> found;
  ONUS_TRY_VOID(Lister(path, found).list({}));
  out.insert(out.end(), std::make_move_iterator(found.begin()),
             std::make_move_iterator(found.end()));
  return {};
}

}  // namespace onus::source
