// SPDX-License-Identifier: Apache-2.0
// A disk in memory for tests, harsher than real ones. Each call is counted; one can be made to
// fail, or to be where the process dies, half done. power_cut() keeps of what was not synced any
// subset: of writes whole ones, pieces, or only the length of the file with zeros in it; of new,
// removed and renamed names each or none, in any combination. After a sync that failed, what it was
// to write is read as if it were there, and the next sync says that all is well without it, as
// Linux does.
#pragma once

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/disk.h"

namespace onus::ledger {

class FakeDisk : public Disk {
 public:
  static constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t calls = 0;
  std::uint64_t fail_at = kNever;   // this call fails, once
  std::uint64_t die_at = kNever;    // at this call the process dies
  std::uint64_t capacity = kNever;  // bytes in all files
  bool locks = true;

  struct Node {
    bool folder = false;
    std::string now;
    std::string durable;
    struct Change {
      std::uint64_t offset = 0;
      std::string bytes;
      bool truncate = false;  // to offset
    };
    std::vector<Change> changes;  // since the last sync
    std::vector<Change> doomed;   // whose sync failed: still read, and no later sync writes them
  };
  using Names = std::map<std::string, std::shared_ptr<Node>>;

  FakeDisk() { names_["/"] = durable_["/"] = folder_node(); }

  // The process is gone, the machine is not.
  void restart() {
    ++life_;
    dead_ = false;
    fail_at = die_at = kNever;
    held_.clear();
  }

  void power_cut(std::mt19937_64& random) {
    for (const NameChange& change : name_changes_) {
      if (random() % 2 == 0) apply(durable_, change);
    }
    drop_orphans(durable_);
    names_ = durable_;
    name_changes_.clear();
    for (auto& [path, node] : names_) node->now = node->durable = survivor(*node, random);
    for (auto& [path, node] : names_) node->changes.clear(), node->doomed.clear();
    restart();
  }

  // Files by path, for flips, cuts and backups. Everything is durable afterwards.
  std::map<std::string, std::string> files(const std::string& below = "/") const {
    std::map<std::string, std::string> out;
    for (const auto& [path, node] : names_) {
      if (!node->folder && path.starts_with(below)) out[path] = node->now;
    }
    return out;
  }
  void put(const std::string& path, std::string bytes) {
    const auto node = std::make_shared<Node>();
    node->now = node->durable = std::move(bytes);
    names_[path] = durable_[path] = node;
  }
  void put_folder(const std::string& path) { names_[path] = durable_[path] = folder_node(); }
  void erase_all(const std::string& below) {
    for (Names* names : {&names_, &durable_}) {
      std::erase_if(*names, [&](const auto& name) { return name.first.starts_with(below); });
    }
  }
  void settle() {
    durable_ = names_;
    name_changes_.clear();
    for (auto& [path, node] : names_) {
      node->durable = node->now;
      node->changes.clear();
      node->doomed.clear();
    }
  }
  // Another disk with the same files, all durable.
  void copy_to(FakeDisk& other) const {
    for (const auto& [path, node] : names_) {
      node->folder ? other.put_folder(path) : other.put(path, node->now);
    }
  }

  Result<std::unique_ptr<DiskFile>> open(const Path& path, OpenMode mode) override;
  Result<bool> exists(const Path& path) override {
    if (!step()) return refused("look at", path);
    return names_.contains(path.string());
  }
  Result<std::vector<std::string>> list(const Path& folder) override {
    if (!step()) return refused("list", folder);
    std::vector<std::string> out;
    for (const auto& [path, node] : names_) {
      if (Path(path).parent_path() == folder && path != "/") out.push_back(Path(path).filename());
    }
    return out;
  }
  Result<bool> make_dir(const Path& path, bool) override {
    if (!step()) return refused("make", path);
    if (!names_.contains(path.parent_path().string())) return missing(path);
    if (names_.contains(path.string())) return false;
    change({path.parent_path().string(), {{path.string(), folder_node()}}});
    return true;
  }
  Result<void> rename(const Path& from, const Path& to) override {
    if (!step()) return refused("rename", from);
    const auto found = names_.find(from.string());
    if (found == names_.end()) return missing(from);
    change({to.parent_path().string(), {{from.string(), nullptr}, {to.string(), found->second}}});
    return {};
  }
  Result<void> remove(const Path& path) override {
    if (!step()) return refused("remove", path);
    if (!names_.contains(path.string())) return missing(path);
    change({path.parent_path().string(), {{path.string(), nullptr}}});
    return {};
  }
  Result<void> sync_dir(const Path& folder) override {
    if (!step()) return refused("sync", folder);
    std::erase_if(name_changes_, [&](const NameChange& change) {
      if (change.folder != folder.string()) return false;
      apply(durable_, change);
      return true;
    });
    return {};
  }
  Result<std::unique_ptr<DiskLock>> lock(const Path& path) override;

 private:
  friend class FakeFile;
  friend class FakeLock;
  struct NameChange {
    std::string folder;
    std::vector<std::pair<std::string, std::shared_ptr<Node>>> names;  // null: removed
  };

  static std::shared_ptr<Node> folder_node() {
    auto node = std::make_shared<Node>();
    node->folder = true;
    return node;
  }
  static void apply(Names& names, const NameChange& change) {
    for (const auto& [path, node] : change.names) {
      if (node) {
        names[path] = node;
      } else {
        names.erase(path);
      }
    }
  }
  static void drop_orphans(Names& names) {
    for (auto name = names.begin(); name != names.end();) {
      const bool there = name->first == "/" || names.contains(Path(name->first).parent_path());
      name = there ? std::next(name) : names.erase(name);
    }
  }
  void change(NameChange what) {
    apply(names_, what);
    name_changes_.push_back(std::move(what));
  }
  static std::string survivor(const Node& node, std::mt19937_64& random) {
    std::string bytes = node.durable;
    std::vector<Node::Change> unsure = node.doomed;
    unsure.insert(unsure.end(), node.changes.begin(), node.changes.end());
    for (const Node::Change& change : unsure) {
      const std::uint64_t fate = random() % 4;
      if (fate == 0) continue;
      if (change.truncate) {
        bytes.resize(change.offset);
        continue;
      }
      bytes.resize(std::max<std::size_t>(bytes.size(), change.offset + change.bytes.size()));
      bool kept = fate == 2;  // fate 1: only the length
      std::size_t piece = 0;
      for (std::size_t i = 0; i < change.bytes.size() && fate != 1; ++i, --piece) {
        if (fate == 3 && piece == 0) {
          piece = 1 + random() % 64;
          kept = random() % 2 == 0;
        }
        if (kept) bytes[change.offset + i] = change.bytes[i];
      }
    }
    return bytes;
  }

  bool step() {
    if (dead_) return false;
    const std::uint64_t call = calls++;
    if (call == die_at) dead_ = true;
    return call != die_at && call != fail_at;
  }
  static tl::unexpected<Error> refused(const char* what, const Path& path) {
    return fail(Code::io, std::string("cannot ") + what + " " + path.string() + " (made to fail)");
  }
  static tl::unexpected<Error> missing(const Path& path) {
    return fail(Code::not_found, path.string() + " is not there");
  }
  std::uint64_t used() const {
    std::uint64_t sum = 0;
    for (const auto& [path, node] : names_) sum += node->now.size();
    return sum;
  }

  Names names_;
  Names durable_;
  std::vector<NameChange> name_changes_;
  std::set<std::string> held_;
  std::uint64_t life_ = 0;
  bool dead_ = false;
};

class FakeFile : public DiskFile {
 public:
  FakeFile(FakeDisk& disk, std::shared_ptr<FakeDisk::Node> node, FakeDisk::Path path)
      : disk_(disk), node_(std::move(node)), path_(std::move(path)), life_(disk.life_) {}

  Result<void> write_at(std::uint64_t offset, std::string_view bytes) override {
    const bool was_dead = gone();
    const bool whole = step();
    if (was_dead) return FakeDisk::refused("write", path_);
    std::size_t size = whole ? bytes.size() : bytes.size() / 2;
    const std::uint64_t grows =
        std::max<std::uint64_t>(offset + size, node_->now.size()) - node_->now.size();
    const bool full =
        grows > 0 && disk_.capacity != FakeDisk::kNever && disk_.used() + grows > disk_.capacity;
    if (full) size = 0;
    if (node_->now.size() < offset + size) node_->now.resize(offset + size);
    std::copy_n(bytes.begin(), size, node_->now.begin() + static_cast<std::ptrdiff_t>(offset));
    node_->changes.push_back({offset, std::string(bytes.substr(0, size)), false});
    if (!whole || full) return FakeDisk::refused("write", path_);
    return {};
  }
  Result<std::string> read_at(std::uint64_t offset, std::size_t size) override {
    if (gone() || !step()) return FakeDisk::refused("read", path_);
    return offset >= node_->now.size() ? std::string() : node_->now.substr(offset, size);
  }
  Result<std::uint64_t> size() override {
    if (gone() || !step()) return FakeDisk::refused("look at", path_);
    return node_->now.size();
  }
  Result<void> truncate(std::uint64_t size) override {
    if (gone() || !step()) return FakeDisk::refused("shorten", path_);
    node_->now.resize(size);
    node_->changes.push_back({size, {}, true});
    return {};
  }
  Result<void> sync() override {
    if (gone()) return FakeDisk::refused("sync", path_);
    if (!step()) {
      if (!gone())
        node_->doomed.insert(node_->doomed.end(), node_->changes.begin(), node_->changes.end());
      if (!gone()) node_->changes.clear();
      return FakeDisk::refused("sync", path_);
    }
    for (const FakeDisk::Node::Change& change : node_->changes) write_through(change);
    node_->changes.clear();
    return {};
  }

 private:
  void write_through(const FakeDisk::Node::Change& change) {
    std::string& bytes = node_->durable;
    if (change.truncate) return bytes.resize(change.offset);
    bytes.resize(std::max<std::size_t>(bytes.size(), change.offset + change.bytes.size()));
    bytes.replace(change.offset, change.bytes.size(), change.bytes);
  }
  bool gone() const { return life_ != disk_.life_ || disk_.dead_; }
  bool step() { return disk_.step(); }
  FakeDisk& disk_;
  std::shared_ptr<FakeDisk::Node> node_;
  FakeDisk::Path path_;
  std::uint64_t life_;
};

class FakeLock : public DiskLock {
 public:
  FakeLock(FakeDisk& disk, std::string path)
      : disk_(disk), path_(std::move(path)), life_(disk.life_) {}
  FakeLock(const FakeLock&) = delete;
  FakeLock& operator=(const FakeLock&) = delete;
  FakeLock(FakeLock&&) = delete;
  FakeLock& operator=(FakeLock&&) = delete;
  ~FakeLock() override {
    if (life_ == disk_.life_) disk_.held_.erase(path_);
  }

 private:
  FakeDisk& disk_;
  std::string path_;
  std::uint64_t life_;
};

inline Result<std::unique_ptr<DiskFile>> FakeDisk::open(const Path& path, OpenMode mode) {
  if (!step()) return refused("open", path);
  auto found = names_.find(path.string());
  if (found == names_.end()) {
    const bool makes = mode == OpenMode::create || mode == OpenMode::create_private;
    if (!makes || !names_.contains(path.parent_path().string())) return missing(path);
    change({path.parent_path().string(), {{path.string(), std::make_shared<Node>()}}});
    found = names_.find(path.string());
  }
  return std::unique_ptr<DiskFile>(std::make_unique<FakeFile>(*this, found->second, path));
}

inline Result<std::unique_ptr<DiskLock>> FakeDisk::lock(const Path& path) {
  if (!step()) return refused("lock", path);
  if (locks && !held_.insert(path.string()).second) {
    return fail(Code::conflict, "another process writes to this ledger");
  }
  return std::unique_ptr<DiskLock>(std::make_unique<FakeLock>(*this, path.string()));
}

}  // namespace onus::ledger
