// SPDX-License-Identifier: Apache-2.0
// What `pdftotext -raw -bbox` says of a document: pages of words with boxes, in the order in which
// the document draws them. A detail of module source.
//
// Why this form and not its neighbours (docs/formats-pdf.md has the figures): -raw keeps the order
// of drawing, in which the words of one cell stand together, and never glues two words because
// they came to lie close; -bbox-layout and -tsv add flows and blocks that cut across a table's
// rows, and -tsv rounds its boxes.
//
// Units are points, from the page's upper left corner, y downwards. The page's own width and height
// are as the document states them and may be those of the unturned sheet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace onus::source {

struct Word {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;  // finite, x0 <= x1, y0 <= y1
  std::string text = {};                  // not empty, no spaces at its ends

  double width() const { return x1 - x0; }
  double height() const { return y1 - y0; }
  double middle() const { return (y0 + y1) / 2; }
};

struct Page {
  std::int32_t number = 0;  // from 1
  double width = 0, height = 0;
  std::vector<Word> words = {};
  bool too_many = false;  // over max_words: the rest of its words was counted, not kept
  std::int64_t lost = 0;  // words not kept
};

// Reads the output of pdftotext piece by piece. Anything that is not a page or a word is passed
// over, so that hostile titles and meta data change nothing; a word whose box is no box is counted
// in Page::lost.
class BboxReader {
 public:
  BboxReader(std::int32_t first_page, std::size_t max_words)
      : next_page_(first_page), max_words_(max_words) {}
  // Appends to `pages` those that end in `bytes`.
  void feed(std::string_view bytes, std::vector<Page>& pages);
  // Bytes of a tag that has not ended. More than a few thousand: not what it should be.
  std::size_t waiting() const { return rest_.size(); }

 private:
  bool take_one(std::string_view& text, std::vector<Page>& pages);
  void take_page(std::string_view tag);
  void take_word(std::string_view tag, std::string_view content);
  std::int32_t next_page_;
  std::size_t max_words_;
  bool in_page_ = false;
  Page page_;
  std::string rest_;
};

// &amp; &lt; &gt; &quot; &apos; and &#N; as characters; anything else stays.
std::string unescape_xml(std::string_view text);

// Appends a code point as UTF-8; what is no scalar value becomes U+FFFD.
void append_utf8(std::string& out, char32_t point);
// The code point at `at`, which moves past it; U+FFFD for bytes that are not UTF-8.
char32_t next_point(std::string_view text, std::size_t& at);
std::size_t count_points(std::string_view text);

}  // namespace onus::source
