// SPDX-License-Identifier: Apache-2.0
#include "report/short_names.h"

#include <algorithm>
#include <map>
#include <utility>

#include "text/normalise.h"

namespace onus::report {
namespace {

using Words = std::vector<std::string>;

bool is_letter(unsigned char c) { return (c >= 'a' && c <= 'z') || c == '\'' || c >= 0x80; }

// "SMITH, Jane" and "jane.smith" as {jane, smith}; {} for what is no name of two words or more.
Words words_of(std::string_view label, text::Normalised& normalised) {
  normalised.assign(label);
  const std::string_view text = normalised.text();
  Words words(1);
  std::size_t before_comma = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') return {};
    if (is_letter(static_cast<unsigned char>(c))) {
      words.back() += c;
      continue;
    }
    if (!words.back().empty()) words.emplace_back();
    if (c == ',' && before_comma == 0) before_comma = words.size() - 1;
  }
  if (words.back().empty()) words.pop_back();
  if (words.size() < 2) return {};
  std::rotate(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(before_comma),
              words.end());
  return words;
}

// May `shorter` be `longer`, cut? Never of a name and itself.
bool begins(const Words& shorter, const Words& longer) {
  if (shorter.size() != longer.size() || shorter == longer) return false;
  return std::equal(shorter.begin(), shorter.end(), longer.begin(),
                    [](const std::string& a, const std::string& b) { return b.starts_with(a); });
}

// Names of one agency that begin alike; names that are equal but for signs stand once.
using Group = std::map<Words, std::size_t>;

// Only what may be no shortening itself: of "J. Smith" and "Jane Smith" the second.
std::vector<std::size_t> longest_fits(const Words& words, const Group& group) {
  std::vector<std::pair<const Words*, std::size_t>> fits;
  for (const auto& [other, user] : group) {
    if (begins(words, other)) fits.emplace_back(&other, user);
  }
  std::vector<std::size_t> longest;
  for (const auto& [one, user] : fits) {
    const bool cut = std::ranges::any_of(
        fits, [&, one = one](const auto& other) { return begins(*one, *other.first); });
    if (!cut) longest.push_back(user);
  }
  std::ranges::sort(longest);
  return longest;
}

}  // namespace

std::vector<ShortName> short_names(std::span<const NamedUser> users) {
  using Key = std::pair<std::string, std::pair<std::string, std::string>>;
  std::map<Key, Group> groups;  // by agency and the first bytes of first and last word
  std::vector<std::pair<Words, Key>> all;
  text::Normalised normalised;
  for (std::size_t i = 0; i < users.size(); ++i) {
    Words words = users[i].agency.empty() ? Words() : words_of(users[i].label, normalised);
    Key key;
    if (!words.empty())
      key = {users[i].agency, {words.front().substr(0, 1), words.back().substr(0, 1)}};
    if (!words.empty()) groups[key].emplace(words, i);
    all.emplace_back(std::move(words), std::move(key));
  }
  std::vector<ShortName> out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].first.empty()) continue;
    std::vector<std::size_t> fits = longest_fits(all[i].first, groups[all[i].second]);
    if (!fits.empty()) out.push_back({i, std::move(fits)});
  }
  return out;
}

}  // namespace onus::report
