// SPDX-License-Identifier: Apache-2.0
// XML as a stream of events, in constant memory. A detail of module source.
//
// Names come without their prefix: a workbook's parts may use any, and the strict and the
// transitional form differ in the namespace alone. A document type declaration is refused: no part
// may have one, and entities that hold each other expand without end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "source/xlsx_package.h"

namespace onus::source {

struct Attribute {
  std::string_view name;
  std::string_view value;
};
using Attributes = std::span<const Attribute>;
std::string_view attribute(Attributes attributes, std::string_view name);  // "" if there is none

// Views are good during the call alone. Text may come in pieces.
class XmlSink {
 public:
  virtual ~XmlSink() = default;
  virtual void start(std::string_view name, Attributes attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view text) = 0;
};

class XmlReader {
 public:
  static constexpr int kMaxDepth = 64;                                   // a sheet has 8
  static constexpr std::int64_t kMaxTokenBytes = std::int64_t{1} << 22;  // a tag with attributes

  // `sink` outlives the reader. `name`: of the part, for messages.
  XmlReader(XmlSink& sink, std::string name);
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;
  XmlReader(XmlReader&&) noexcept;
  XmlReader& operator=(XmlReader&&) noexcept;
  ~XmlReader();

  // Takes the next bytes; `last`: there are no more. bad_input if they are no well-formed XML,
  // over_budget past a limit. Events of what stands before the fault have come.
  Result<void> feed(std::string_view bytes, bool last);
  // Of the event under way, from the document's begin; where it ends.
  std::int64_t offset() const;
  std::int64_t end_offset() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// All of a small part.
Result<void> read_xml(const Package& package, std::string_view part, XmlSink& sink);

}  // namespace onus::source
