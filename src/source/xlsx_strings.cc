// SPDX-License-Identifier: Apache-2.0
#include "source/xlsx_strings.h"

#include <cstring>
#include <string>
#include <vector>

#include "source/xlsx_value.h"
#include "source/xlsx_xml.h"

namespace onus::source {
namespace {

constexpr std::size_t kStep = std::size_t{1} << 16;
constexpr std::size_t kChunkBytes = std::size_t{1} << 20;
constexpr std::size_t kChunkPlaces = std::size_t{1} << 14;
constexpr std::size_t kMaxOneText = std::size_t{1} << 17;  // a cell holds 32,767 characters

// Texts in chunks, each behind its size (7 bits a byte, the low ones first).
class Texts {
 public:
  std::uint64_t count() const { return count_; }
  std::uint64_t bytes() const { return chunks_.size() * kChunkBytes; }

  void add(std::string_view text) {
    if (used_ + text.size() + 3 > kChunkBytes) {
      chunks_.push_back(std::make_unique_for_overwrite<char[]>(kChunkBytes));
      used_ = 0;
    }
    if (count_ % kChunkPlaces == 0) {
      places_.push_back(std::make_unique_for_overwrite<std::uint32_t[]>(kChunkPlaces));
    }
    const std::size_t place = (chunks_.size() - 1) * kChunkBytes + used_;
    places_.back()[count_++ % kChunkPlaces] = static_cast<std::uint32_t>(place);
    char* to = chunks_.back().get() + used_;
    std::size_t size = text.size();
    for (; size >= 0x80; size >>= 7) *to++ = static_cast<char>(0x80 | (size & 0x7F));
    *to++ = static_cast<char>(size);
    if (!text.empty()) std::memcpy(to, text.data(), text.size());
    used_ = static_cast<std::size_t>(to - chunks_.back().get()) + text.size();
  }

  std::string_view at(std::uint64_t number) const {
    const std::uint32_t place = places_[number / kChunkPlaces][number % kChunkPlaces];
    const char* from = chunks_[place / kChunkBytes].get() + place % kChunkBytes;
    std::size_t size = 0;
    for (int shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(*from++);
      size |= std::size_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return {from, size};
    }
  }

 private:
  std::vector<std::unique_ptr<char[]>> chunks_;
  std::vector<std::unique_ptr<std::uint32_t[]>> places_;
  std::uint64_t count_ = 0;
  std::size_t used_ = kChunkBytes;
};

// <si> holds <t>, or runs <r> of which each holds a <t>. Readings of characters (<rPh>) are no text
// of the cell.
class StringsSink final : public XmlSink {
 public:
  explicit StringsSink(Texts& texts) : texts_(&texts) {}

  void start(std::string_view name, Attributes) override {
    ++depth_;
    if (skip_ > 0) return;
    if (depth_ == 2 && name == "si") text_.clear();
    const bool within = depth_ == 2 || name == "t" || (depth_ == 3 && name == "r");
    if (depth_ > 1 && !within) skip_ = depth_;
    in_text_ = skip_ == 0 && depth_ > 2 && name == "t";
  }
  void end(std::string_view name) override {
    if (depth_ == 2 && name == "si") finish();
    if (skip_ == depth_) skip_ = 0;
    --depth_;
    in_text_ = false;
  }
  void text(std::string_view text) override {
    if (!in_text_ || skip_ > 0 || text_.size() > kMaxOneText) return;
    text_ += text.substr(0, kMaxOneText + 1 - text_.size());
  }

 private:
  void finish() {
    if (text_.size() > kMaxOneText) cut_at_character();
    if (text_.find("_x") == std::string::npos) return texts_->add(text_);
    plain_.clear();
    append_unescaped(text_, plain_);
    texts_->add(plain_);
  }

  void cut_at_character() {
    while ((static_cast<unsigned char>(text_.back()) & 0xC0) == 0x80) text_.pop_back();
    text_.pop_back();
  }

  Texts* texts_;
  std::string text_;
  std::string plain_;
  int depth_ = 0;
  int skip_ = 0;  // depth of the element that is left out with all in it; 0: none
  bool in_text_ = false;
};

}  // namespace

struct SharedStrings::State {
  State(const Package& from, std::string_view name, std::uint32_t max)
      : package(&from),
        part_name(name),
        max_text_bytes(max),
        sink(texts),
        reader(sink, from.name() + ", " + part_name),
        at_end(name.empty()) {}
  Result<void> read_more();

  const Package* package;
  std::string part_name;
  std::uint32_t max_text_bytes;
  Texts texts;
  StringsSink sink;
  XmlReader reader;
  std::optional<Part> part;
  std::string buffer;
  bool at_end;
};

Result<void> SharedStrings::State::read_more() {
  if (!part) {
    ONUS_TRY(part, package->part(part_name));
    buffer.resize(kStep);
  }
  ONUS_TRY(const std::size_t got, part->read(buffer.data(), buffer.size()));
  at_end = got < buffer.size();
  ONUS_TRY_VOID(reader.feed(std::string_view(buffer).substr(0, got), at_end));
  if (texts.bytes() <= max_text_bytes) return {};
  return fail(Code::over_budget, package->name() + ": more than " + std::to_string(max_text_bytes) +
                                     " bytes of shared strings");
}

SharedStrings::SharedStrings(const Package& package, std::string_view part,
                             std::uint32_t max_text_bytes)
    : state_(std::make_unique<State>(package, part, max_text_bytes)) {}
SharedStrings::SharedStrings(SharedStrings&&) noexcept = default;
SharedStrings& SharedStrings::operator=(SharedStrings&&) noexcept = default;
SharedStrings::~SharedStrings() = default;

Result<std::optional<std::string_view>> SharedStrings::get(std::uint64_t number) {
  State& s = *state_;
  while (number >= s.texts.count()) {
    if (s.at_end) return std::optional<std::string_view>();
    ONUS_TRY_VOID(s.read_more());
  }
  return std::optional(s.texts.at(number));
}

}  // namespace onus::source
