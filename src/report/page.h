// SPDX-License-Identifier: Apache-2.0
// The frame that all pages share (head, navigation, foot), and the few shapes they are made of.
// Every page is a pure function of the model and the messages.
#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "report/html.h"
#include "report/messages.h"
#include "report/model.h"

namespace onus::report {

struct Page {
  std::string file;  // name within the folder
  std::string bytes;
};

// What a page is drawn with. Lives as long as one page is being made.
struct View {
  const Model& model;
  const Messages& say;
  Html& html;

  void heading(int level, std::string_view id, std::string_view text) const;
  void paragraph(std::string_view text, std::string_view css_class = "") const;
  void term(std::string_view name, std::string_view value) const;     // within a <dl>
  std::string ratio(std::int64_t hits, std::int64_t total) const;     // "12 of 4,000 (0.30 %)"
  std::string in_words(std::int64_t hits, std::int64_t total) const;  // "about 3 in 1,000"
};

// The whole page around `body`. `title` is the page's <title> and heading of level 1.
Page make_page(const Model& model, const Messages& say, std::string_view file,
               std::string_view title, const std::function<void(const View&)>& body);

// A page of its own, beside no other: without navigation, with a foot of the caller's words.
Page make_lone_page(const Messages& say, std::string_view file, std::string_view title,
                    std::string_view foot, const std::function<void(const View&)>& body);

// What lies beside every page as style.css.
std::string_view style_sheet();

struct Column {
  std::string title;
  bool number = false;
};

// A table with caption and header cells; the first cell of each row names the row. `stacked` tables
// become a list of cards on a phone; others scroll within their own box.
class Table {
 public:
  enum class Shape { scrolling, stacked };
  Table(const View& view, std::string_view caption, std::vector<Column> columns,
        Shape shape = Shape::scrolling);
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;
  ~Table();

  void row(std::initializer_list<std::string_view> cells);
  // The same by hand: begin_row, then for each cell begin_cell, content, end_cell, then end_row.
  void begin_row();
  void begin_cell();
  void end_cell();
  void end_row();
  void cell(std::string_view text);

 private:
  const View& view_;
  std::vector<Column> columns_;
  Shape shape_;
  std::size_t at_ = 0;
};

// In the language of the messages.
const std::string& title_of(const RuleUse& rule, const Messages& say);
const std::string& sentence_of(const RuleUse& rule, const Messages& say);
const std::vector<std::string>& evidence_of(const RuleUse& rule, const Messages& say);

// "2025-07-01 12:00:00.000000" -> "2025-07-01 12:00:00"
std::string moment(std::string_view timestamp);

Page index_page(const Model& model, const Messages& say);
Page files_page(const Model& model, const Messages& say);
Page reasons_page(const Model& model, const Messages& say);
Page searchers_page(const Model& model, const Messages& say);
Page hours_page(const Model& model, const Messages& say);
Page reach_page(const Model& model, const Messages& say);
Page rejects_page(const Model& model, const Messages& say);
Page method_page(const Model& model, const Messages& say);
Page glossary_page(const Model& model, const Messages& say);
Page rule_page(const RuleUse& rule, const Model& model, const Messages& say);

// All of the above, in the order of the navigation, then the rules.
std::vector<Page> all_pages(const Model& model, const Messages& say);

}  // namespace onus::report
