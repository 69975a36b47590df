// SPDX-License-Identifier: Apache-2.0
#include "report/messages.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/builtin.h"
#include "base/check.h"
#include "base/toml.h"

namespace onus::report {
namespace {

// Calls on_text for what stands outside braces and on_name for what stands inside.
template <class OnText, class OnName>
void split_placeholders(std::string_view form, OnText on_text, OnName on_name) {
  std::size_t at = 0;
  while (at < form.size()) {
    const std::size_t open = form.find('{', at);
    const std::size_t close =
        open == std::string_view::npos ? std::string_view::npos : form.find('}', open);
    if (close == std::string_view::npos) break;
    on_text(form.substr(at, open - at));
    on_name(form.substr(open + 1, close - open - 1));
    at = close + 1;
  }
  on_text(form.substr(at));
}

const Arg* find_arg(std::span<const Arg> args, std::string_view name) {
  const auto found = std::ranges::find(args, name, &Arg::name);
  return found == args.end() ? nullptr : &*found;
}

bool is_plural(const TomlValue& value) {
  return value.members.size() == 2 && value.find("one") && value.find("other");
}

std::vector<std::string_view> split(std::string_view code, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = code.find(separator);
    parts.push_back(code.substr(0, end));
    if (end == std::string_view::npos) return parts;
    code.remove_prefix(end + 1);
  }
}

}  // namespace

Result<Messages> Messages::load(std::string_view language) {
  const std::string path = fmt::format("messages/{}.toml", language);
  std::string known;
  for (const BuiltinFile& file : builtin_files_in("messages/")) {
    if (file.path == path) return parse(file.bytes, path);
    const std::string_view name = file.path.substr(9, file.path.size() - 14);
    known += fmt::format("{}{}", known.empty() ? "" : ", ", name);
  }
  return fail(Code::usage,
              fmt::format("no messages in language '{}'; there are: {}", language, known));
}

Result<Messages> Messages::parse(std::string_view toml, std::string_view file) {
  ONUS_TRY(const TomlValue root, parse_toml(toml, file));
  Messages messages;
  // Two levels are enough: [group] with texts, or with plurals ({one = , other = }).
  for (const auto& [group, members] : root.members) {
    for (const auto& [key, value] : members.members) {
      Entry entry{.id = fmt::format("{}.{}", group, key), .one = {}, .other = value.text};
      if (is_plural(value)) {
        ONUS_TRY(entry.one, value.text_at(file, "one"));
        ONUS_TRY(entry.other, value.text_at(file, "other"));
      } else if (!value.is(TomlValue::Kind::text)) {
        return toml_error(file, value, fmt::format("'{}' must be a text or a plural", entry.id));
      }
      messages.entries_.push_back(std::move(entry));
    }
  }
  std::ranges::sort(messages.entries_, {}, &Entry::id);
  messages.language_ = messages.text("language.code");
  messages.thousands_ = messages.text("language.thousands");
  messages.decimal_ = messages.text("language.decimal");
  messages.percent_ = messages.text("language.percent");
  return messages;
}

const Messages::Entry* Messages::find(std::string_view id) const {
  const auto found = std::ranges::lower_bound(entries_, id, {}, &Entry::id);
  return found == entries_.end() || found->id != id ? nullptr : &*found;
}

bool Messages::has(std::string_view id) const { return find(id) != nullptr; }

std::string Messages::text(std::string_view id, std::initializer_list<Arg> args) const {
  const Entry* entry = find(id);
  ONUS_CHECK(entry != nullptr);
  std::string_view form = entry->other;
  if (!entry->one.empty()) {
    const Arg* count = find_arg(args, "n");
    ONUS_CHECK(count != nullptr && count->number);
    if (*count->number == 1) form = entry->one;
  }
  std::string out;
  split_placeholders(
      form, [&](std::string_view plain) { out += plain; },
      [&](std::string_view name) {
        const Arg* arg = find_arg(args, name);
        ONUS_CHECK(arg != nullptr);
        out += arg->number ? number(*arg->number) : arg->text;
      });
  return out;
}

std::string Messages::word(std::string_view group, std::string_view word) const {
  const Entry* entry = find(fmt::format("{}.{}", group, word));
  return entry != nullptr && entry->one.empty() ? entry->other : std::string(word);
}

std::string Messages::coded(std::string_view group, std::string_view code) const {
  const std::vector<std::string_view> parts = split(code, '|');
  const Entry* entry = find(fmt::format("{}.{}", group, parts[0]));
  if (entry == nullptr) return std::string(code);
  std::string out;
  split_placeholders(
      entry->other, [&](std::string_view plain) { out += plain; },
      [&](std::string_view name) {
        const std::size_t index = name.size() == 1 ? static_cast<std::size_t>(name[0] - '0') : 99;
        if (index >= parts.size()) return;
        const std::string_view part = parts[index];
        const bool digits = !part.empty() && part.size() < 18 &&
                            std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
        out += digits ? number(std::stoll(std::string(part))) : std::string(part);
      });
  return out;
}

std::string Messages::number(std::int64_t value) const {
  const std::string digits = fmt::format("{}", value);
  const std::size_t first = value < 0 ? 1 : 0;
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const std::size_t left = digits.size() - i;
    if (i > first && left % 3 == 0) out += thousands_;
    out += digits[i];
  }
  return out;
}

std::string Messages::percent(double share, int decimals) const {
  std::string out = fmt::format("{:.{}f}", share * 100, decimals);
  if (const std::size_t dot = out.find('.'); dot != std::string::npos) {
    out.replace(dot, 1, decimal_);
  }
  return out + percent_;
}

std::string Messages::share(std::int64_t hits, std::int64_t total) const {
  if (total <= 0) return "\u2013";
  const double part = static_cast<double>(hits) / static_cast<double>(total);
  if (hits == 0 || hits == total) return percent(part, 0);
  if (part < 0.0001) return text("share.under", {{"share", percent(0.0001, 2)}});
  if (part > 0.9995) return text("share.over", {{"share", percent(0.999, 1)}});
  return percent(part, part < 0.01 ? 2 : 1);
}

std::string Messages::date(std::string_view iso) const {
  if (iso.size() < 10 || iso[4] != '-' || iso[7] != '-') return std::string(iso);
  const std::string month = word("month", iso.substr(5, 2));
  const std::string_view day = iso.substr(iso[8] == '0' ? 9 : 8, iso[8] == '0' ? 1 : 2);
  return text("language.date", {{"day", day}, {"month", month}, {"year", iso.substr(0, 4)}});
}

std::vector<std::string> Messages::ids() const {
  std::vector<std::string> out;
  for (const Entry& entry : entries_) {
    if (!entry.one.empty()) out.push_back(entry.id + "#one");
    out.push_back(entry.id + "#other");
  }
  return out;
}

std::vector<std::string> Messages::placeholders(std::string_view id_and_form) const {
  const std::size_t mark = id_and_form.find('#');
  const Entry* entry = find(id_and_form.substr(0, mark));
  ONUS_CHECK(entry != nullptr);
  std::vector<std::string> out;
  split_placeholders(
      id_and_form.substr(mark + 1) == "one" ? entry->one : entry->other, [](std::string_view) {},
      [&](std::string_view name) { out.emplace_back(name); });
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace onus::report
