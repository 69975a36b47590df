// SPDX-License-Identifier: Apache-2.0
#include "source/xlsx_xml.h"

#include <expat.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace onus::source {
namespace {

constexpr std::size_t kStep = std::size_t{1} << 16;

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

std::string_view local(const char* name) {
  const std::string_view all(name);
  const std::size_t colon = all.rfind(':');
  return colon == std::string_view::npos ? all : all.substr(colon + 1);
}

}  // namespace

std::string_view attribute(Attributes attributes, std::string_view name) {
  const auto found = std::ranges::find(attributes, name, &Attribute::name);
  return found == attributes.end() ? std::string_view() : found->value;
}

struct XmlReader::State {
  State(XmlSink& to, std::string part) : sink(&to), name(std::move(part)) {}
  static void on_start(void* self, const XML_Char* name, const XML_Char** pairs);
  static void on_end(void* self, const XML_Char* name);
  static void on_text(void* self, const XML_Char* text, int size);
  static void on_doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int);
  void stop(const char* why);
  Result<void> broken() const;

  XmlSink* sink;
  std::string name;
  std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser> parser;
  std::vector<Attribute> attributes;
  std::int64_t fed = 0;
  int depth = 0;
  const char* refused = nullptr;
};

void XmlReader::State::stop(const char* why) {
  refused = why;
  XML_StopParser(parser.get(), XML_FALSE);
}

void XmlReader::State::on_start(void* self, const XML_Char* name, const XML_Char** pairs) {
  State& s = *static_cast<State*>(self);
  if (s.refused) return;
  if (++s.depth > kMaxDepth) return s.stop("nested too deep");
  s.attributes.clear();
  for (; *pairs; pairs += 2) s.attributes.push_back({local(pairs[0]), pairs[1]});
  s.sink->start(local(name), s.attributes);
}

void XmlReader::State::on_end(void* self, const XML_Char* name) {
  State& s = *static_cast<State*>(self);
  if (s.refused) return;
  --s.depth;
  s.sink->end(local(name));
}

void XmlReader::State::on_text(void* self, const XML_Char* text, int size) {
  const State& s = *static_cast<State*>(self);
  if (!s.refused) s.sink->text({text, static_cast<std::size_t>(size)});
}

void XmlReader::State::on_doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*,
                                  int) {
  static_cast<State*>(self)->stop("it has a document type declaration, which no workbook may");
}

Result<void> XmlReader::State::broken() const {
  if (refused) return fail(Code::over_budget, name + ": refused: " + refused);
  const XML_Error error = XML_GetErrorCode(parser.get());
  return fail(Code::bad_input, name + ": no well-formed XML at byte " +
                                   std::to_string(XML_GetCurrentByteIndex(parser.get())) + ": " +
                                   XML_ErrorString(error));
}

XmlReader::XmlReader(XmlSink& sink, std::string name)
    : state_(std::make_unique<State>(sink, std::move(name))) {
  state_->parser.reset(XML_ParserCreate(nullptr));
  XML_Parser parser = state_->parser.get();
  XML_SetUserData(parser, state_.get());
  XML_SetElementHandler(parser, State::on_start, State::on_end);
  XML_SetCharacterDataHandler(parser, State::on_text);
  XML_SetStartDoctypeDeclHandler(parser, State::on_doctype);
}
XmlReader::XmlReader(XmlReader&&) noexcept = default;
XmlReader& XmlReader::operator=(XmlReader&&) noexcept = default;
XmlReader::~XmlReader() = default;

Result<void> XmlReader::feed(std::string_view bytes, bool last) {
  State& s = *state_;
  XML_Parser parser = s.parser.get();
  s.fed += static_cast<std::int64_t>(bytes.size());
  if (XML_Parse(parser, bytes.data(), static_cast<int>(bytes.size()), last) == XML_STATUS_ERROR) {
    return s.broken();
  }
  if (s.fed - XML_GetCurrentByteIndex(parser) > kMaxTokenBytes) {
    s.refused = "a tag too long";
    return s.broken();
  }
  return {};
}

std::int64_t XmlReader::offset() const { return XML_GetCurrentByteIndex(state_->parser.get()); }
std::int64_t XmlReader::end_offset() const {
  return offset() + XML_GetCurrentByteCount(state_->parser.get());
}

Result<void> read_xml(const Package& package, std::string_view part, XmlSink& sink) {
  ONUS_TRY(Part bytes, package.part(part));
  XmlReader reader(sink, package.name() + ", " + std::string(part));
  std::string buffer(kStep, '\0');
  for (std::size_t got = kStep; got == kStep;) {
    ONUS_TRY(got, bytes.read(buffer.data(), buffer.size()));
    ONUS_TRY_VOID(reader.feed(std::string_view(buffer).substr(0, got), got < kStep));
  }
  return {};
}

}  // namespace onus::source
