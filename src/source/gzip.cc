// SPDX-License-Identifier: Apache-2.0
#include "source/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "base/check.h"

namespace onus::source {
namespace {

constexpr std::size_t kStep = std::size_t{1} << 16;

class GzipReader final : public ByteReader {
 public:
  explicit GzipReader(ByteSource source) : source_(std::move(source)), in_(kStep) {
    ONUS_CHECK(inflateInit2(&stream_, 15 + 16) == Z_OK);
  }
  ~GzipReader() override { inflateEnd(&stream_); }
  GzipReader(const GzipReader&) = delete;
  GzipReader& operator=(const GzipReader&) = delete;
  GzipReader(GzipReader&&) = delete;
  GzipReader& operator=(GzipReader&&) = delete;

  Result<std::size_t> read(char* to, std::size_t size) override;

 private:
  Result<void> refill();
  Result<bool> next_member();
  tl::unexpected<Error> damaged(std::string_view how) const {
    return fail(Code::bad_input, source_.name() + ": damaged: " + std::string(how));
  }

  ByteSource source_;
  std::vector<unsigned char> in_;
  z_stream stream_{};
  bool at_end_ = false;
  bool at_begin_ = true;  // of a member
  std::int64_t taken_ = 0;
  std::int64_t given_ = 0;
};

Result<void> GzipReader::refill() {
  if (stream_.avail_in > 0 || at_end_) return {};
  ONUS_TRY(const std::size_t got, source_.read(reinterpret_cast<char*>(in_.data()), in_.size()));
  at_end_ = got < in_.size();
  taken_ += static_cast<std::int64_t>(got);
  stream_.next_in = in_.data();
  stream_.avail_in = static_cast<uInt>(got);
  return {};
}

// Zero bytes may fill up the end, as tapes had it.
Result<bool> GzipReader::next_member() {
  for (;;) {
    ONUS_TRY_VOID(refill());
    if (stream_.avail_in == 0) return false;
    if (*stream_.next_in != 0 || given_ == 0) break;
    ++stream_.next_in;
    --stream_.avail_in;
  }
  ONUS_CHECK(inflateReset(&stream_) == Z_OK);
  at_begin_ = false;
  return true;
}

Result<std::size_t> GzipReader::read(char* to, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    if (at_begin_) {
      ONUS_TRY(const bool more, next_member());
      if (!more) break;
    }
    ONUS_TRY_VOID(refill());
    if (stream_.avail_in == 0) return damaged("it ends in the middle");
    const std::size_t room = std::min<std::size_t>(size - done, std::size_t{1} << 30);
    stream_.next_out = reinterpret_cast<unsigned char*>(to + done);
    stream_.avail_out = static_cast<uInt>(room);
    const int state = inflate(&stream_, Z_NO_FLUSH);
    done += room - stream_.avail_out;
    given_ += static_cast<std::int64_t>(room - stream_.avail_out);
    at_begin_ = state == Z_STREAM_END;
    if (state != Z_OK && state != Z_STREAM_END) return damaged("what is in it cannot be inflated");
    if (given_ > kRatioFree && given_ / kMaxRatio > taken_) {
      return fail(Code::over_budget, source_.name() + ": inflates more than " +
                                         std::to_string(kMaxRatio) + " times; not read");
    }
  }
  return done;
}

}  // namespace

ByteSource gunzip(ByteSource source, std::int64_t max_bytes) {
  std::string name = source.name();
  return ByteSource::from(std::make_unique<GzipReader>(std::move(source)), std::move(name),
                          max_bytes);
}

}  // namespace onus::source
