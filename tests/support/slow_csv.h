// SPDX-License-Identifier: Apache-2.0
// A reader of well-formed delimited text, one character at a time, to hold the fast one against.
// Quotes only around a whole cell and doubled inside it; CR, LF or CRLF after a record.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace onus::support {

struct SlowRecord {
  std::vector<std::string> cells;  // none for a blank record
  std::size_t end = 0;             // past its line end
};

class SlowCsv {
 public:
  SlowCsv(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}

  // Nothing if the text is not well formed.
  std::optional<std::vector<SlowRecord>> read() {
    std::vector<SlowRecord> records;
    while (at_ < text_.size()) {
      SlowRecord record;
      if (!at_line_end()) {
        do {
          if (!read_cell(record.cells.emplace_back())) return std::nullopt;
        } while (take(delimiter_));
      }
      const bool cr = take('\r');
      const bool ended = take('\n') || cr;
      if (!ended && at_ < text_.size()) return std::nullopt;
      record.end = at_;
      records.push_back(std::move(record));
    }
    return records;
  }

 private:
  bool at_line_end() const {
    return at_ == text_.size() || text_[at_] == '\r' || text_[at_] == '\n';
  }
  bool take(char c) {
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool read_cell(std::string& cell) {
    if (take('"')) return read_quoted(cell);
    while (!at_line_end() && text_[at_] != delimiter_) {
      if (text_[at_] == '"') return false;
      cell += text_[at_++];
    }
    return true;
  }
  bool read_quoted(std::string& cell) {
    while (at_ < text_.size()) {
      if (!take('"')) {
        cell += text_[at_++];
      } else if (take('"')) {
        cell += '"';
      } else {
        return at_line_end() || text_[at_] == delimiter_;
      }
    }
    return false;
  }

  std::string_view text_;
  char delimiter_;
  std::size_t at_ = 0;
};

}  // namespace onus::support
