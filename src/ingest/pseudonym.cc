// SPDX-License-Identifier: Apache-2.0
#include "ingest/pseudonym.h"

#include <algorithm>
#include <functional>

#include "ingest/fold.h"

namespace onus::ingest {
namespace {

constexpr std::size_t kRemembered = 1 << 14;

std::uint64_t big_endian(const std::uint8_t* bytes) {
  std::uint64_t word = 0;
  for (int i = 0; i < 8; ++i) word = word << 8 | bytes[i];
  return word;
}

}  // namespace

std::string normalised_subject(std::string_view text) {
  std::string out;
  compact_into(text, out);
  return out;
}

const std::string& compact_into(std::string_view text, std::string& out) {
  out.clear();
  text = trimmed(text);
  while (!text.empty()) {
    const char c = text[0];
    const std::size_t space = is_ink(c) ? 0 : space_at_front(text);
    if (space > 0) {
      text.remove_prefix(space);
      continue;
    }
    if (c != '-' && c != '.') out += to_upper(c);
    text.remove_prefix(1);
  }
  return out;
}

bool is_machine_id(std::string_view name) {
  if (is_uuid(name)) return true;
  return name.size() >= 16 && std::all_of(name.begin(), name.end(), is_hex);
}

Pseudonyms::Pseudonyms(const Digest& key) : Pseudonyms(Hmac(key)) {}
Pseudonyms::Pseudonyms(Hmac hmac) : hmac_(std::move(hmac)), recent_(kRemembered) {}
Pseudonyms Pseudonyms::clone() const { return Pseudonyms(hmac_.clone()); }

Digest Pseudonyms::mac(std::string_view label, std::string_view message) {
  message_.assign(label);
  message_ += '\0';
  message_ += message;
  return hmac_(message_);
}

std::size_t Pseudonyms::seat_of(std::string_view normalised) {
  return std::hash<std::string_view>()(normalised) % kRemembered;
}

void Pseudonyms::prefetch(std::string_view normalised) const {
  __builtin_prefetch(&recent_[seat_of(normalised)]);
}

store::HugeInt Pseudonyms::subject(std::string_view normalised) {
  Remembered& seat = recent_[seat_of(normalised)];
  if (seat.text == normalised && !normalised.empty()) return seat.token;
  const Digest digest = mac("subject", normalised);
  seat.text.assign(normalised);
  seat.token = {big_endian(digest.data() + 8),
                static_cast<std::int64_t>(big_endian(digest.data()))};
  return seat.token;
}

std::string Pseudonyms::subject_mark(std::string_view normalised) {
  const auto top = static_cast<std::uint64_t>(subject(normalised).high) >> 32;
  std::uint8_t bytes[4];
  for (int i = 0; i < 4; ++i) bytes[i] = static_cast<std::uint8_t>(top >> (24 - 8 * i));
  return "[subject:" + to_hex(bytes, sizeof bytes) + "]";
}

Actor Pseudonyms::actor(std::string_view name, std::string_view agency) {
  name = trimmed(name);
  const bool machine = is_machine_id(name);
  std::string message = machine ? std::string() : folded(agency);
  message += '\0';
  message += folded(name);
  const Digest digest = mac("actor", message);
  std::string token = to_hex(digest.data(), 16);
  std::string label = machine ? std::string() : std::string(name);
  return {std::move(token), std::move(label)};
}

SipKey Pseudonyms::link_key() {
  const Digest digest = mac("link", "");
  SipKey key;
  std::copy_n(digest.begin(), key.size(), key.begin());
  return key;
}

std::string Pseudonyms::key_check() {
  const Digest digest = mac("check", "");
  return to_hex(digest.data(), 8);
}

}  // namespace onus::ingest
