// SPDX-License-Identifier: Apache-2.0
#include "support/output.h"

namespace onus::makelogs {

std::string_view encoding_name(Encoding encoding) {
  static constexpr std::string_view kNames[] = {"utf-8", "utf-8-bom", "utf-16le", "utf-16be",
                                                "windows-1252"};
  return kNames[static_cast<std::size_t>(encoding)];
}

Result<Output> Output::open(const std::filesystem::path& path, Encoding encoding) {
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return fail(Code::io, "cannot write " + path.string());
  Output output(file, path, encoding);
  output.buffer_.reserve(kBlock + 4096);
  if (encoding == Encoding::utf8_bom) output.buffer_ = "\xef\xbb\xbf";
  if (encoding == Encoding::utf16le || encoding == Encoding::utf16be) output.put(0xfeff);
  return output;
}

void Output::put(std::uint16_t unit) {
  const char low = static_cast<char>(unit & 0xff);
  const char high = static_cast<char>(unit >> 8);
  if (encoding_ == Encoding::windows1252) {
    buffer_.push_back(low);
  } else if (encoding_ == Encoding::utf16le) {
    buffer_.append({low, high});
  } else {
    buffer_.append({high, low});
  }
}

void Output::recode(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      put(byte);
    } else if (++i < text.size()) {
      put(static_cast<std::uint16_t>((byte & 0x1f) << 6 | (text[i] & 0x3f)));
    }
  }
}

void Output::flush() {
  failed_ |= std::fwrite(buffer_.data(), 1, buffer_.size(), file_.get()) != buffer_.size();
  buffer_.clear();
}

Result<void> Output::close() {
  flush();
  failed_ |= std::fflush(file_.get()) != 0;
  file_.reset();
  if (failed_) return fail(Code::io, "cannot write all of " + path_.string());
  return {};
}

}  // namespace onus::makelogs
