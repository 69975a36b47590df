// SPDX-License-Identifier: Apache-2.0
// The arrays that a lexicon is read from. They are filled while lexicons are compiled, or are a
// view of bytes that a program before this one packed: those are used where they lie, so that
// nothing is done at a start. Bytes of another machine or another build are not for reading.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/check.h"

namespace onus::classify {

template <typename T>
class Flat {
  // Else the same lexicons would not be the same bytes.
  static_assert(std::has_unique_object_representations_v<T>);

 public:
  Flat() = default;
  explicit Flat(std::vector<T> made) : made_(std::move(made)), view_(made_) {}
  Flat(const Flat&) = delete;
  Flat& operator=(const Flat&) = delete;
  Flat(Flat&&) noexcept = default;
  Flat& operator=(Flat&&) noexcept = default;
  ~Flat() = default;

  std::size_t size() const { return view_.size(); }
  const T* data() const { return view_.data(); }
  const T& operator[](std::size_t at) const { return view_[at]; }
  operator std::span<const T>() const { return view_; }
  auto begin() const { return view_.begin(); }
  auto end() const { return view_.end(); }

  // Of what is still made, not of a view.
  T& at_made(std::size_t at) { return made_[at]; }
  void append(std::span<const T> more) {
    made_.insert(made_.end(), more.begin(), more.end());
    view_ = made_;
  }
  void push_back(const T& value) { append({&value, 1}); }
  void replace(std::vector<T> made) { *this = Flat(std::move(made)); }
  void show(std::span<const T> view) { view_ = view; }

 private:
  std::vector<T> made_;
  std::span<const T> view_;
};

// Each array behind its number of elements, on a boundary of eight bytes.
class Packer {
 public:
  template <typename T>
  void operator()(Flat<T>& array) {
    const std::uint64_t count = array.size();
    bytes_.append(reinterpret_cast<const char*>(&count), sizeof count);
    bytes_.append(reinterpret_cast<const char*>(array.data()), count * sizeof(T));
    bytes_.resize((bytes_.size() + 7) / 8 * 8);
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : rest_(bytes) {}
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;
  ~Unpacker() { ONUS_CHECK(rest_.empty()); }

  template <typename T>
  void operator()(Flat<T>& array) {
    static_assert(alignof(T) <= 8);
    const char* const count = cut(sizeof(std::uint64_t));
    std::uint64_t size = 0;
    std::memcpy(&size, count, sizeof size);
    array.show({reinterpret_cast<const T*>(cut((size * sizeof(T) + 7) / 8 * 8)), size});
  }

 private:
  const char* cut(std::uint64_t size) {
    ONUS_CHECK(size <= rest_.size());
    const char* const from = rest_.data();
    rest_.remove_prefix(size);
    return from;
  }

  std::string_view rest_;
};

}  // namespace onus::classify
