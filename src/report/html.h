// SPDX-License-Identifier: Apache-2.0
// HTML that cannot be broken by what it shows. Every text and attribute value passes through
// here and is escaped; tags and attribute names are ours. Characters that would act rather than
// show (controls, bidirectional overrides, invisible marks) are written as their code point.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace onus::report {

// Text for HTML content and for a double-quoted attribute. Bytes that are not UTF-8 become U+FFFD.
std::string escaped(std::string_view text);

// The first `max_characters` characters and an ellipsis; never cuts inside a character.
std::string shortened(std::string_view text, std::size_t max_characters);

class Html {
 public:
  using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  Html& open(std::string_view tag, Attributes attributes = {});
  Html& close();  // the innermost element that is open
  Html& text(std::string_view text);
  Html& line();  // a line break in the source, for readable files and small diffs
  // <tag attributes>text</tag>
  Html& element(std::string_view tag, std::string_view text, Attributes attributes = {});
  // <tag attributes>, for elements without content
  Html& empty(std::string_view tag, Attributes attributes = {});
  // A link within the report, and a value from the log, isolated from the text around it.
  Html& link(std::string_view href, std::string_view text);
  Html& value(std::string_view text);

  // The whole; every element must have been closed (ONUS_CHECK).
  std::string take();
  std::size_t depth() const { return open_.size(); }

 private:
  void tag(std::string_view tag, Attributes attributes);
  std::string out_;
  std::vector<std::string_view> open_;
};

}  // namespace onus::report
