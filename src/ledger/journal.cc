// SPDX-License-Identifier: Apache-2.0
#include "ledger/journal.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/check.h"
#include "base/digest.h"

namespace onus::ledger {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic("onus-frame/v1\n\0\0", 16);
constexpr std::size_t kFields = kMagic.size() + 16;
constexpr std::size_t kHeader = kFields + sizeof(Digest);
constexpr std::size_t kMaxSegment = std::size_t{1} << 30;

void put(std::string& out, std::uint64_t value, std::size_t bytes) {
  while (bytes-- > 0) out += static_cast<char>(value >> (8 * bytes) & 255);
}

std::uint64_t get(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  for (const char byte : bytes.substr(at, size))
    value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

std::string_view view(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string frame_of(std::uint64_t first, std::span<const Item> items) {
  std::string payload;
  for (const Item& item : items) {
    put(payload, item.entry.size(), 4);
    payload += item.entry;
    put(payload, item.opening.size(), 4);
    payload += item.opening;
  }
  std::string frame(kMagic);
  put(frame, first, 8);
  put(frame, items.size(), 4);
  put(frame, payload.size(), 4);
  const Digest digest = Sha256()(frame, payload);
  frame += view(digest);
  return frame += payload;
}

struct Frame {
  std::uint64_t first = 0;
  std::vector<Item> items;
  std::size_t size = 0;
};

std::optional<std::vector<Item>> items_of(std::string_view payload, std::uint64_t count) {
  std::vector<Item> items;
  while (items.size() < count) {
    Item item;
    for (std::string* part : {&item.entry, &item.opening}) {
      if (payload.size() < 4) return std::nullopt;
      const std::uint64_t size = get(payload, 0, 4);
      if (payload.size() - 4 < size) return std::nullopt;
      *part = payload.substr(4, size);
      payload.remove_prefix(4 + size);
    }
    items.push_back(std::move(item));
  }
  return payload.empty() ? std::optional(std::move(items)) : std::nullopt;
}

// The frame that begins here, if it is whole.
std::optional<Frame> frame_at(std::string_view bytes) {
  if (bytes.size() < kHeader || !bytes.starts_with(kMagic)) return std::nullopt;
  const std::uint64_t size = get(bytes, kMagic.size() + 12, 4);
  if (bytes.size() - kHeader < size) return std::nullopt;
  const std::string_view payload = bytes.substr(kHeader, size);
  const Digest digest = Sha256()(bytes.substr(0, kFields), payload);
  if (view(digest) != bytes.substr(kFields, sizeof(Digest))) return std::nullopt;
  auto items = items_of(payload, get(bytes, kMagic.size() + 8, 4));
  if (!items) return std::nullopt;
  return Frame{get(bytes, kMagic.size(), 8), std::move(*items), kHeader + size};
}

bool holds_frame(std::string_view bytes) {
  for (std::size_t at = bytes.find(kMagic); at != bytes.npos; at = bytes.find(kMagic, at + 1)) {
    if (frame_at(bytes.substr(at))) return true;
  }
  return false;
}

fs::path segment_path(const fs::path& dir, std::uint64_t first) {
  return dir / fmt::format("{:020}", first);
}

Result<std::vector<std::uint64_t>> segments_in(Disk& disk, const fs::path& dir) {
  ONUS_TRY(const std::vector<std::string> names, disk.list(dir));
  std::vector<std::uint64_t> segments;
  for (const std::string& name : names) {
    const bool digits = std::all_of(name.begin(), name.end(),
                                    [](char letter) { return letter >= '0' && letter <= '9'; });
    if (name.size() == 20 && digits) segments.push_back(std::stoull(name));
  }
  return segments;
}

// The count in `acked`, or 0 where it cannot be read: it only ever adds a reason to refuse.
std::uint64_t read_acked(Disk& disk, const fs::path& dir) {
  const Result<std::string> bytes = read_all(disk, dir / "acked", 64);
  if (!bytes || bytes->size() != 16) return 0;
  const Digest check = sha256(std::string_view(*bytes).substr(0, 8));
  return view(check).substr(0, 8) == std::string_view(*bytes).substr(8) ? get(*bytes, 0, 8) : 0;
}

tl::unexpected<Error> damaged(const fs::path& path, std::size_t offset, std::uint64_t index) {
  return fail(Code::conflict,
              fmt::format("{} is damaged at byte {}: entry {} was acknowledged and cannot be read. "
                          "Nothing was changed; restore this file from what the disk still holds",
                          path.string(), offset, index));
}

// Takes the frames of one segment; `next` goes on with each. Returns where it stops being good.
std::size_t take_frames(std::string_view bytes, std::uint64_t from, std::uint64_t& next,
                        std::vector<Item>& items) {
  std::size_t at = 0;
  for (;;) {
    std::optional<Frame> frame = frame_at(bytes.substr(at));
    if (!frame || frame->first != next) return at;
    for (Item& item : frame->items) {
      if (next++ >= from) items.push_back(std::move(item));
    }
    at += frame->size;
  }
}

}  // namespace

Result<void> Journal::create(Disk& disk, const fs::path& dir) {
  ONUS_TRY(const bool made, disk.make_dir(dir, true));
  static_cast<void>(made);
  {
    ONUS_TRY(const auto file, disk.open(segment_path(dir, 0), OpenMode::create_private));
    ONUS_TRY_VOID(file->sync());
  }
  return disk.sync_dir(dir);
}

// NOLINTNEXTLINE(readability-function-size): the order of its steps is the promise
Result<Journal::Opened> Journal::open(Disk& disk, const fs::path& dir, std::uint64_t from) {
  Opened opened{Journal(disk, dir), {}};
  Journal& journal = opened.journal;
  ONUS_TRY(journal.segments_, segments_in(disk, dir));
  std::vector<std::uint64_t> live = journal.segments_;
  while (live.size() > 1 && live[1] <= from) live.erase(live.begin());
  if (live.empty() || live[0] > from) {
    return fail(Code::conflict, fmt::format("{} holds no segment that begins at entry {} or before",
                                            dir.string(), from));
  }
  const std::uint64_t acked = read_acked(disk, dir);
  std::uint64_t next = live[0];
  std::size_t good = 0;
  for (std::size_t i = 0; i < live.size(); ++i) {
    const fs::path path = segment_path(dir, live[i]);
    ONUS_TRY(const auto file, disk.open(path, OpenMode::write));
    ONUS_TRY(const std::uint64_t size, file->size());
    if (size > kMaxSegment) return damaged(path, kMaxSegment, next);
    ONUS_TRY(const std::string bytes, file->read_at(0, size));
    if (live[i] != next) return damaged(path, 0, next);
    good = take_frames(bytes, from, next, opened.items);
    const bool last = i + 1 == live.size();
    if (good < bytes.size() && holds_frame(std::string_view(bytes).substr(good))) {
      return damaged(path, good, next);
    }
    if (last && next < acked) return damaged(path, good, next);
    if (last && good < bytes.size()) ONUS_TRY_VOID(file->truncate(good));
    // Where a sync failed, the cache holds what the disk does not and takes it for written.
    ONUS_TRY_VOID(file->write_at(0, std::string_view(bytes).substr(0, good)));
    ONUS_TRY_VOID(file->sync());
  }
  ONUS_TRY_VOID(disk.sync_dir(dir));
  if (next < from) return damaged(segment_path(dir, live.back()), good, next);
  journal.next_ = next;
  ONUS_TRY(journal.acked_, disk.open(dir / "acked", OpenMode::create_private));
  ONUS_TRY_VOID(journal.write_acked());
  ONUS_TRY_VOID(journal.open_segment(live.back()));
  return opened;
}

Result<void> Journal::open_segment(std::uint64_t first) {
  ONUS_TRY(file_, disk_->open(segment_path(dir_, first), OpenMode::write));
  ONUS_TRY(offset_, file_->size());
  return {};
}

Result<void> Journal::write_acked() {
  std::string bytes;
  put(bytes, next_, 8);
  const Digest check = sha256(bytes);
  bytes += view(check).substr(0, 8);
  return acked_->write_at(0, bytes);
}

Result<void> Journal::append(std::span<const Item> items) {
  ONUS_CHECK(!items.empty());
  const std::string frame = frame_of(next_, items);
  ONUS_TRY_VOID(file_->write_at(offset_, frame));
  ONUS_TRY_VOID(file_->sync());
  offset_ += frame.size();
  next_ += items.size();
  return write_acked();
}

Result<void> Journal::begin_segment() {
  if (segments_.back() == next_) return {};
  {
    ONUS_TRY(const auto file, disk_->open(segment_path(dir_, next_), OpenMode::create_private));
    ONUS_TRY_VOID(file->sync());
  }
  ONUS_TRY_VOID(disk_->sync_dir(dir_));
  segments_.push_back(next_);
  return open_segment(next_);
}

Result<void> Journal::drop(std::uint64_t covered) {
  while (segments_.size() > 1 && segments_[1] <= covered) {
    ONUS_TRY_VOID(disk_->remove(segment_path(dir_, segments_[0])));
    segments_.erase(segments_.begin());
  }
  return {};
}

}  // namespace onus::ledger
