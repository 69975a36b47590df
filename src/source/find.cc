// SPDX-License-Identifier: Apache-2.0
#include "source/find.h"

#include <algorithm>

namespace onus::source {

RecordFinder::RecordFinder(std::string_view text, bool whole, bool continued, char delimiter,
                           std::size_t max_record_bytes)
    : text_(text),
      whole_(whole),
      continued_(continued),
      delimiter_(delimiter == '\0' ? '\n' : delimiter),  // LF never stands before an opening quote
      max_record_bytes_(max_record_bytes),
      scan_(text.data(), text.size(), {'"', '\r', '\n'}) {}

bool RecordFinder::next(Found& found) {
  if (start_ == text_.size()) return false;
  open_ = false;
  first_break_ = 0;
  breaks_ = 0;
  for (Step step = Step::go_on; step == Step::go_on;) {
    const std::size_t at = scan_.peek();
    if (at - start_ >= max_record_bytes_) {
      step = at_limit();
    } else if (at == text_.size()) {
      step = at_end();
    } else {
      scan_.drop();
      step = text_[at] == '"' ? at_quote(at) : at_line_break(at);
    }
    if (step == Step::need_more) return false;
  }
  found = found_;
  return true;
}

RecordFinder::Step RecordFinder::at_quote(std::size_t at) {
  if (open_) return at_closing_quote(at);
  if (at == start_ || text_[at - 1] == delimiter_) {
    open_ = true;
    first_break_ = 0;
    breaks_before_ = breaks_;
  }
  return Step::go_on;
}

RecordFinder::Step RecordFinder::at_closing_quote(std::size_t at) {
  if (at + 1 == text_.size()) {
    if (!whole_) return Step::need_more;
  } else if (text_[at + 1] == '"') {
    scan_.peek();
    scan_.drop();
    return Step::go_on;
  }
  open_ = false;
  if (first_break_ == 0) return Step::go_on;
  bool need_more = false;
  const bool tail = tail_follows(at + 1, need_more);
  if (need_more) return Step::need_more;
  return tail ? recover() : Step::go_on;
}

// Whether more than spaces stands between a closing quote and the end of its cell.
bool RecordFinder::tail_follows(std::size_t at, bool& need_more) const {
  const std::size_t stop = std::min(text_.size(), start_ + max_record_bytes_);
  while (at < stop && text_[at] == ' ') ++at;
  if (at >= stop) {
    need_more = at == text_.size() && !whole_ && at - start_ < max_record_bytes_;
    return false;
  }
  return text_[at] != delimiter_ && text_[at] != '\r' && text_[at] != '\n';
}

RecordFinder::Step RecordFinder::at_line_break(std::size_t at) {
  if (open_) {
    if (first_break_ == 0) first_break_ = at;
    breaks_ += text_[at] != '\n' || text_[at - 1] != '\r';
    return Step::go_on;
  }
  if (may_be_crlf(at)) return Step::need_more;
  const std::size_t size = break_size(at);
  if (size == 2) {
    scan_.peek();
    scan_.drop();
  }
  return finish(at + size, size, Damage::none);
}

RecordFinder::Step RecordFinder::at_limit() {
  if (open_ && first_break_ != 0) return recover();
  std::size_t cut = start_ + max_record_bytes_;
  const auto inside_character = [&] {
    return cut < text_.size() && (static_cast<unsigned char>(text_[cut]) & 0xC0) == 0x80;
  };
  // The byte after the cut is known: either it is in `text_`, or a needle at the limit ended here.
  if (cut == text_.size() && !whole_) return Step::need_more;
  for (int back = 0; back < 3 && inside_character(); ++back) --cut;
  if (inside_character() || cut <= start_) cut = start_ + max_record_bytes_;
  const Damage damage = open_ ? Damage::too_long | Damage::unclosed_quote : Damage::too_long;
  const Step step = finish(cut, 0, damage);
  scan_.seek(cut);
  return step;
}

RecordFinder::Step RecordFinder::at_end() {
  if (!whole_) return Step::need_more;
  if (!open_) return finish(text_.size(), 0, Damage::none);
  if (first_break_ != 0) return recover();
  return finish(text_.size(), 0, Damage::unclosed_quote);
}

RecordFinder::Step RecordFinder::recover() {
  if (may_be_crlf(first_break_)) return Step::need_more;
  const std::size_t size = break_size(first_break_);
  const std::size_t end = first_break_ + size;
  breaks_ = breaks_before_;
  const Step step = finish(end, size, Damage::unclosed_quote);
  scan_.seek(end);
  return step;
}

RecordFinder::Step RecordFinder::finish(std::size_t end, std::size_t line_end, Damage damage) {
  if (continued_) damage |= Damage::too_long;
  found_ = {.end = end,
            .breaks = breaks_ + (line_end > 0 ? 1 : 0),
            .line_end = static_cast<std::uint8_t>(line_end),
            .damage = damage};
  continued_ = line_end == 0;
  start_ = end;
  return Step::found;
}

// A CR whose LF may not have been read yet.
bool RecordFinder::may_be_crlf(std::size_t at) const {
  return text_[at] == '\r' && at + 1 == text_.size() && !whole_;
}

std::size_t RecordFinder::break_size(std::size_t at) const {
  return text_[at] == '\r' && at + 1 < text_.size() && text_[at + 1] == '\n' ? 2 : 1;
}

}  // namespace onus::source
