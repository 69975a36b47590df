// SPDX-License-Identifier: Apache-2.0
#include "source/pdf_notes.h"

#include <fmt/format.h>

#include <algorithm>

namespace onus::source {
namespace {

// "rows per page: 9 on 807 of 809 pages, else 2 to 8"
std::string rows_per_page(const PrintSeen& seen) {
  std::map<std::int64_t, std::int64_t> pages_with;
  for (const auto& [page, rows] : seen.rows_of_page) ++pages_with[rows];
  if (pages_with.empty()) return "";
  const auto usual = std::ranges::max_element(
      pages_with, [](const auto& a, const auto& b) { return a.second < b.second; });
  return fmt::format("pdf_rows_per_page|{}|{}|{}|{}|{}", usual->first, usual->second,
                     seen.rows_of_page.size(), pages_with.begin()->first,
                     pages_with.rbegin()->first);
}

}  // namespace

std::string page_list(const std::vector<std::int32_t>& pages) {
  constexpr std::size_t kMost = 20;
  std::string out;
  std::size_t stretches = 0;
  for (std::size_t i = 0; i < pages.size();) {
    std::size_t end = i;
    while (end + 1 < pages.size() && pages[end + 1] == pages[end] + 1) ++end;
    if (++stretches > kMost) return out + ", …";
    if (!out.empty()) out += ", ";
    out += std::to_string(pages[i]);
    if (end > i) out += (end == i + 1 ? ", " : "-") + std::to_string(pages[end]);
    i = end + 1;
  }
  return out;
}

std::vector<std::string> notes_of(const PrintSeen& seen, const PrintCounts& counts) {
  std::vector<std::string> out;
  const auto pages = [&](std::string_view id, const std::vector<std::int32_t>& list) {
    if (!list.empty()) out.push_back(fmt::format("{}|{}", id, page_list(list)));
  };
  const auto number = [&](std::string_view id, std::int64_t count) {
    if (count > 0) out.push_back(fmt::format("{}|{}", id, count));
  };
  pages("pdf_no_text", seen.no_text);
  pages("pdf_coded", seen.coded);
  pages("pdf_bad_pages", seen.bad);
  pages("pdf_no_rows", seen.no_rows);
  pages("pdf_ids_apart", seen.ids_apart);
  if (seen.decoded > 0) out.push_back(fmt::format("pdf_decoded|{}|{}", seen.decoded, seen.shift));
  number("pdf_turned", seen.turned);
  number("pdf_words_lost", seen.words_lost);
  if (std::string rows = rows_per_page(seen); !rows.empty()) out.push_back(std::move(rows));
  if (counts.header_lines + counts.furniture_lines + counts.above_lines > 0) {
    out.push_back(fmt::format("pdf_dropped|{}|{}|{}", counts.header_lines, counts.furniture_lines,
                              counts.above_lines));
  }
  number("pdf_strays", counts.strays);
  number("pdf_parted", counts.parted);
  number("pdf_overran", counts.overran);
  return out;
}

}  // namespace onus::source
