// SPDX-License-Identifier: Apache-2.0
// A file written from front to back in blocks of one mebibyte, in one of the encodings that
// released logs come in. An error is kept and told once, by close().
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace onus::makelogs {

enum class Encoding : std::uint8_t { utf8, utf8_bom, utf16le, utf16be, windows1252 };
std::string_view encoding_name(Encoding encoding);

class Output {
 public:
  static Result<Output> open(const std::filesystem::path& path, Encoding encoding = Encoding::utf8);

  // UTF-8 of Latin letters only (up to U+00FF): enough for names.
  void write(std::string_view text) {
    if (encoding_ == Encoding::utf8 || encoding_ == Encoding::utf8_bom) {
      buffer_.append(text);
    } else {
      recode(text);
    }
    if (buffer_.size() >= kBlock) flush();
  }
  Result<void> close();

 private:
  static constexpr std::size_t kBlock = 1 << 20;
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  Output(std::FILE* file, std::filesystem::path path, Encoding encoding)
      : file_(file), path_(std::move(path)), encoding_(encoding) {}
  void recode(std::string_view text);
  void put(std::uint16_t unit);
  void flush();

  std::unique_ptr<std::FILE, Closer> file_;
  std::filesystem::path path_;
  Encoding encoding_;
  std::string buffer_;
  bool failed_ = false;
};

}  // namespace onus::makelogs
