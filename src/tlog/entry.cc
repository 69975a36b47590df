// SPDX-License-Identifier: Apache-2.0
#include "tlog/entry.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "tlog/tile.h"
#include "tlog/utf8.h"

namespace onus::tlog {
namespace {

constexpr std::string_view kRecord = "record\n";
constexpr std::string_view kErasure = "erasure\n";
constexpr std::string_view kStatement = "statement\n";

tl::unexpected<Error> bad(std::string what) { return fail(Code::bad_input, std::move(what)); }

void put(std::string& out, std::uint64_t value, std::size_t bytes) {
  while (bytes-- > 0) out += static_cast<char>(value >> (8 * bytes) & 255);
}

void put_name(std::string& out, std::string_view name) {
  ONUS_CHECK(is_group_name(name));
  put(out, name.size(), 1);
  out += name;
}

// Takes bytes off the front; remembers that there were too few.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}
  std::string_view take(std::size_t size) {
    if (size > rest_.size()) {
      failed_ = true;
      size = 0;
    }
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  std::uint64_t number(std::size_t bytes) {
    std::uint64_t value = 0;
    for (const char byte : take(bytes)) value = value << 8 | static_cast<unsigned char>(byte);
    return value;
  }
  template <class Bytes>
  void copy(Bytes& to) {
    const std::string_view from = take(to.size());
    std::copy(from.begin(), from.end(), reinterpret_cast<char*>(to.data()));
  }
  std::string name() { return std::string(take(number(1))); }
  bool failed() const { return failed_; }
  bool done() const { return !failed_ && rest_.empty(); }
  std::size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

bool in_order_of_writing(const std::vector<std::string>& names) {  // valid, and none twice
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!is_group_name(names[i])) return false;
    if (std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]) !=
        names.begin() + static_cast<std::ptrdiff_t>(i)) {
      return false;
    }
  }
  return !names.empty() && names.size() <= kMaxGroups;
}

std::string print(const Record& record) {
  std::string out = std::string(kEntryMagic) + std::string(kRecord);
  out.append(record.id.begin(), record.id.end());
  put(out, record.groups.size(), 1);
  for (const Commitment& group : record.groups) {
    put_name(out, group.group);
    out += view(group.hash);
  }
  return out;
}

std::string print(const Erasure& erasure) {
  std::string out = std::string(kEntryMagic) + std::string(kErasure);
  put(out, erasure.index, 8);
  put(out, erasure.groups.size(), 1);
  for (const std::string& group : erasure.groups) put_name(out, group);
  return out + erasure.ground;
}

std::string print(const Statement& statement) {
  return std::string(kEntryMagic) + std::string(kStatement) + statement.text;
}

std::string print(const Plain& plain) { return plain.bytes; }

Result<Entry> parse_record(Cursor cursor) {
  Record record;
  std::vector<std::string> names;
  cursor.copy(record.id);
  for (std::uint64_t left = cursor.number(1); left > 0 && !cursor.failed(); --left) {
    Commitment group{cursor.name(), {}};
    cursor.copy(group.hash);
    names.push_back(group.group);
    record.groups.push_back(std::move(group));
  }
  if (!cursor.done() || !in_order_of_writing(names)) return bad("the record entry is malformed");
  return record;
}

Result<Entry> parse_erasure(Cursor cursor) {
  Erasure erasure;
  erasure.index = cursor.number(8);
  for (std::uint64_t left = cursor.number(1); left > 0 && !cursor.failed(); --left) {
    erasure.groups.push_back(cursor.name());
  }
  erasure.ground = cursor.take(cursor.left());
  if (!cursor.done() || !in_order_of_writing(erasure.groups) || erasure.ground.empty() ||
      !is_utf8(erasure.ground)) {
    return bad("the erasure entry is malformed");
  }
  return erasure;
}

std::size_t padded_size(std::size_t size) { return (size / kPadding + 1) * kPadding; }

std::string pad(std::string_view content) {
  std::string padded(content);
  padded += '\x80';
  padded.resize(padded_size(content.size()), '\0');
  return padded;
}

Result<std::string> unpad(std::string_view padded) {
  const std::size_t end = padded.find_last_not_of('\0');
  if (end == padded.npos || padded[end] != '\x80' || padded_size(end) != padded.size()) {
    return bad("the padding of a content is malformed");
  }
  return std::string(padded.substr(0, end));
}

Hash hmac(const Digest& key, std::string_view message) {
  thread_local Sha256 sha;
  std::string inner(64, '\x36');
  std::string outer(64, '\x5c');
  for (std::size_t i = 0; i < key.size(); ++i) {
    inner[i] = static_cast<char>(inner[i] ^ static_cast<char>(key[i]));
    outer[i] = static_cast<char>(outer[i] ^ static_cast<char>(key[i]));
  }
  return sha(outer, view(sha(inner, message)));
}

}  // namespace

bool is_group_name(std::string_view name) {
  return !name.empty() && name.size() <= kMaxGroupName &&
         std::all_of(name.begin(), name.end(),
                     [](char letter) { return letter == '_' || (letter >= 'a' && letter <= 'z'); });
}

std::string print_entry(const Entry& entry) {
  return std::visit([](const auto& kind) { return print(kind); }, entry);
}

Result<Entry> parse_entry(std::string_view bytes) {
  if (!bytes.starts_with(kEntryMagic)) return Entry(Plain{std::string(bytes)});
  bytes.remove_prefix(kEntryMagic.size());
  if (bytes.starts_with(kRecord)) return parse_record(Cursor(bytes.substr(kRecord.size())));
  if (bytes.starts_with(kErasure)) return parse_erasure(Cursor(bytes.substr(kErasure.size())));
  if (!bytes.starts_with(kStatement)) return bad("an onus entry of a kind that is not known");
  bytes.remove_prefix(kStatement.size());
  if (!is_utf8(bytes)) return bad("the statement is not UTF-8");
  return Entry(Statement{std::string(bytes)});
}

// Per group: name, state (1 open, 0 erased), salt, padded length in 4 bytes, padded content.
std::string print_opening(const Opening& opening) {
  std::string out;
  put(out, opening.size(), 1);
  for (const Opened& opened : opening) {
    ONUS_CHECK(opened.content.size() <= kMaxContent);
    const std::string padded =
        opened.erased ? std::string(padded_size(opened.content.size()), '\0') : pad(opened.content);
    put_name(out, opened.group);
    put(out, padded.size(), 4);
    put(out, opened.erased ? 0 : 1, 1);
    out += opened.erased ? std::string(opened.salt.size(), '\0') : std::string(view(opened.salt));
    out += padded;
  }
  return out;
}

Result<Opening> parse_opening(std::string_view bytes) {
  Opening opening;
  std::vector<std::string> names;
  Cursor cursor(bytes);
  for (std::uint64_t left = cursor.number(1); left > 0 && !cursor.failed(); --left) {
    Opened opened;
    opened.group = cursor.name();
    const std::uint64_t size = cursor.number(4);
    const std::uint64_t state = cursor.number(1);
    cursor.copy(opened.salt);
    const std::string_view padded = cursor.take(size);
    if (state > 1 || size > kMaxContent + kPadding) return bad("an opening is malformed");
    opened.erased = state == 0;
    if (!opened.erased && !cursor.failed()) {
      ONUS_TRY(opened.content, unpad(padded));
    }
    names.push_back(opened.group);
    opening.push_back(std::move(opened));
  }
  if (!cursor.done() || !in_order_of_writing(names)) return bad("an opening is malformed");
  return opening;
}

Result<Place> place_of(std::string_view opening, std::string_view group) {
  Cursor cursor(opening);
  for (std::uint64_t left = cursor.number(1); left > 0 && !cursor.failed(); --left) {
    const std::string name = cursor.name();
    const std::size_t size = 1 + sizeof(Digest) + cursor.number(4);
    const Place place{opening.size() - cursor.left(), size};
    cursor.take(size);
    if (name == group && !cursor.failed()) return place;
  }
  return fail(Code::not_found, fmt::format("the entry has no group '{}'", group));
}

Hash commit(const EntryId& id, const Opened& opened) {
  std::string message = "onus-commitment/v1\n";
  message.append(id.begin(), id.end());
  put_name(message, opened.group);
  message += pad(opened.content);
  return hmac(opened.salt, message);
}

Record commit_all(const EntryId& id, const Opening& opening) {
  Record record{id, {}};
  for (const Opened& opened : opening) record.groups.push_back({opened.group, commit(id, opened)});
  return record;
}

Result<void> check_opening(const Record& record, const Opening& opening) {
  if (record.groups.size() != opening.size()) {
    return bad("the opening has not the groups of its entry");
  }
  for (std::size_t i = 0; i < opening.size(); ++i) {
    if (opening[i].group != record.groups[i].group) {
      return bad("the opening has not the groups of its entry");
    }
    if (!opening[i].erased && commit(record.id, opening[i]) != record.groups[i].hash) {
      return bad(fmt::format("the content of '{}' is not what was committed to", opening[i].group));
    }
  }
  return {};
}

std::string print_extra(std::string_view entry, std::string_view opening) {
  std::string out;
  put(out, entry.size(), 2);
  out += entry;
  return out += opening;
}

Result<Extra> parse_extra(std::string_view bytes) {
  Cursor cursor(bytes);
  Extra extra;
  extra.entry = cursor.take(cursor.number(2));
  extra.opening = cursor.take(cursor.left());
  if (cursor.failed()) return bad("the extra of the receipt does not hold an entry");
  return extra;
}

}  // namespace onus::tlog
