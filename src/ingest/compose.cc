// SPDX-License-Identifier: Apache-2.0
#include "ingest/compose.h"

#include <algorithm>

#include "ingest/cell_state.h"
#include "ingest/fold.h"

namespace onus::ingest {
namespace {

constexpr std::size_t kMaxLabel = 40;  // a longer text before a colon is no label

std::string_view details_of(const Plan& plan, Cells cells) {
  const auto position = static_cast<std::size_t>(plan.position(Field::details));
  return position < cells.size() ? cells[position] : std::string_view();
}

// Cuts `text` at the first `separator`, and gives what stands before.
std::string_view cut(std::string_view& text, char separator) {
  const std::size_t at = std::min(text.find(separator), text.size());
  const std::string_view front = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return front;
}

// The next cell of a line of CSV; a doubled quote in it is one.
std::string_view csv_cell(std::string_view& rest, std::string& made) {
  if (!rest.starts_with('"')) return cut(rest, ',');
  made.clear();
  std::size_t at = 1;
  for (; at < rest.size(); ++at) {
    if (rest[at] == '"' && (at + 1 >= rest.size() || rest[at + 1] != '"')) break;
    if (rest[at] == '"') ++at;
    made += rest[at];
  }
  rest.remove_prefix(std::min(at + 1, rest.size()));
  cut(rest, ',');
  return made;
}

}  // namespace

std::string& Composer::new_text() {
  if (used_ == texts_.size()) texts_.emplace_back();
  std::string& text = texts_[used_++];
  text.clear();
  return text;
}

// The first with a value is a detail's; of two details of one field, the first that was asked for.
void Composer::keep(const Plan& plan, std::size_t detail, std::string_view value) {
  std::string_view& cell = row_[plan.width() + detail];
  if (trimmed(cell).empty()) cell = trimmed(value);
  const int position = plan.position(plan.profile->details[detail].field);
  if (position < static_cast<int>(plan.width())) return;
  std::string_view& shown = row_[static_cast<std::size_t>(position)];
  if (trimmed(shown).empty()) shown = cell;
}

void Composer::read_lines(const Plan& plan, std::string_view cell) {
  const bool list = plan.profile->detail_form == DetailForm::list;
  while (!cell.empty()) {
    const std::string_view line = cut(cell, list ? ';' : '\n');
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon > kMaxLabel) continue;
    fold_into(line.substr(0, colon), label_);
    for (std::size_t i = 0; i < plan.profile->details.size(); ++i) {
      if (plan.profile->details[i].label == label_) keep(plan, i, line.substr(colon + 1));
    }
  }
}

void Composer::read_csv(const Plan& plan, std::string_view cell) {
  for (std::size_t position = 1; !cell.empty() && position <= 100; ++position) {
    const std::string_view value = csv_cell(cell, new_text());
    for (std::size_t i = 0; i < plan.profile->details.size(); ++i) {
      if (plan.profile->details[i].position == position) keep(plan, i, value);
    }
  }
}

void Composer::join(const Plan& plan, const Join& join) {
  std::string_view shown;
  std::string* joined = nullptr;
  for (const Join::Part& part : join.parts) {
    const std::string_view cell = trimmed(row_[part.from]);
    if (cell.empty()) continue;
    if (!has_value(cell_state(cell, join.field, plan.profile->marks))) {
      if (shown.empty()) shown = cell;
      continue;
    }
    if (!joined) joined = &new_text();
    if (!joined->empty()) *joined += "; ";
    if (!part.label.empty()) joined->append(part.label).append(": ");
    joined->append(cell);
    if (join.together == Together::first) break;
  }
  row_[join.to] = joined ? std::string_view(*joined) : shown;
}

Cells Composer::compose(const Plan& plan, Cells cells) {
  row_.assign(cells.begin(),
              cells.begin() + static_cast<std::ptrdiff_t>(std::min(cells.size(), plan.width())));
  row_.resize(plan.width() + (plan.has_details ? plan.profile->details.size() : 0));
  used_ = 0;
  if (plan.has_details) {
    std::string_view cell = details_of(plan, cells);
    const std::string& after = plan.profile->detail_after;
    cell.remove_prefix(std::min(cell.find(after), cell.size()));
    if (!cell.empty()) cell.remove_prefix(after.size());
    if (plan.profile->detail_form == DetailForm::csv) {
      read_csv(plan, cell);
    } else {
      read_lines(plan, cell);
    }
  }
  for (const Join& each : plan.joins) join(plan, each);
  return row_;
}

bool Composer::is_foreign(const Plan& plan, Cells cells) {
  return plan.has_details && !plan.profile->detail_after.empty() &&
         details_of(plan, cells).find(plan.profile->detail_after) == std::string_view::npos;
}

}  // namespace onus::ingest
