// SPDX-License-Identifier: Apache-2.0
#include "source/xlsx_strings.h"

#include <string>

#include "source/xlsx_texts.h"
#include "source/xlsx_value.h"
#include "source/xlsx_xml.h"

namespace onus::source {
namespace {

constexpr std::size_t kStep = std::size_t{1} << 16;
constexpr std::size_t kMaxOneText = std::size_t{1} << 17;  // a cell holds 32,767 characters

// <si> holds <t>, or runs <r> of which each holds a <t>. Readings of characters (<rPh>) are no text
// of the cell.
class StringsSink final : public XmlSink {
 public:
  explicit StringsSink(HeldTexts& texts) : texts_(&texts) {}

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

  HeldTexts* texts_;
  std::string text_;
  std::string plain_;
  int depth_ = 0;
  int skip_ = 0;  // depth of the element that is left out with all in it; 0: none
  bool in_text_ = false;
};

}  // namespace

struct SharedStrings::State {
  State(const Package& from, std::string_view name, std::int64_t held, std::int64_t max)
      : package(&from),
        part_name(name),
        max_text_bytes(max),
        texts(held),
        sink(texts),
        reader(sink, from.name() + ", " + part_name),
        at_end(name.empty()) {}
  Result<void> read_more();

  const Package* package;
  std::string part_name;
  std::int64_t max_text_bytes;
  HeldTexts texts;
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

SharedStrings::SharedStrings(const Package& package, std::string_view part, std::int64_t held,
                             std::int64_t max_text_bytes)
    : state_(std::make_unique<State>(package, part, held, max_text_bytes)) {}
SharedStrings::SharedStrings(SharedStrings&&) noexcept = default;
SharedStrings& SharedStrings::operator=(SharedStrings&&) noexcept = default;
SharedStrings::~SharedStrings() = default;

Result<std::optional<std::string_view>> SharedStrings::get(std::uint64_t number) {
  State& s = *state_;
  while (number >= s.texts.count()) {
    if (s.at_end) return std::optional<std::string_view>();
    ONUS_TRY_VOID(s.read_more());
  }
  ONUS_TRY(const std::string_view text, s.texts.at(number));
  return std::optional(text);
}

}  // namespace onus::source
