// SPDX-License-Identifier: Apache-2.0
#include "tlog/note.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encode.h"
#include "tlog/utf8.h"

namespace onus::tlog {
namespace {

constexpr std::string_view kDash = "\xe2\x80\x94 ";  // U+2014 and a space
constexpr std::string_view kSecret = "PRIVATE+KEY+";
constexpr std::size_t kTime = 8;

std::string_view text_of(const Digest& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string big_endian(std::uint64_t value, std::size_t bytes) {
  std::string out;
  while (bytes-- > 0) out += static_cast<char>(value >> (8 * bytes) & 255);
  return out;
}

std::uint64_t from_big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

std::string cosigned_text(std::string_view text, std::uint64_t time) {
  return fmt::format("cosignature/v1\ntime {}\n{}", time, text);
}

tl::unexpected<Error> bad(std::string what) { return fail(Code::bad_input, std::move(what)); }

// "name+8 hex+base64", split at the first two plus signs: base64 may hold more of them.
struct KeyParts {
  std::string name;
  std::uint32_t id = 0;
  KeyKind kind = KeyKind::ed25519;
  Digest key{};
};

Result<KeyParts> split_key(std::string_view text) {
  const std::size_t first = text.find('+');
  const std::size_t second = first == text.npos ? text.npos : text.find('+', first + 1);
  if (second == text.npos) return bad("a key has the form name+id+base64");
  const auto id = from_hex(text.substr(first + 1, second - first - 1));
  const auto key = from_base64(text.substr(second + 1));
  KeyParts parts;
  parts.name = text.substr(0, first);
  if (!is_key_name(parts.name) || !id || id->size() != 4 || !key || key->empty()) {
    return bad("a key has the form name+id+base64");
  }
  parts.id = static_cast<std::uint32_t>(from_big_endian(*id));
  const auto kind = static_cast<unsigned char>((*key)[0]);
  if (kind != 1 && kind != 4) {
    return bad(fmt::format("key {}: kind {} is not one that is checked here (1 and 4 are)",
                           parts.name, kind));
  }
  parts.kind = static_cast<KeyKind>(kind);
  if (key->size() != 1 + parts.key.size()) return bad("an Ed25519 key has 32 bytes");
  std::copy(key->begin() + 1, key->end(), parts.key.begin());
  return parts;
}

std::string join_key(const Verifier& verifier, const Digest& key) {
  const std::string kind(1, static_cast<char>(verifier.kind));
  return fmt::format("{}+{:08x}+{}", verifier.name, verifier.id(),
                     to_base64(kind + std::string(text_of(key))));
}

bool has_control(std::string_view bytes) {
  return std::any_of(bytes.begin(), bytes.end(), [](char byte) {
    return static_cast<unsigned char>(byte) < 0x20 && byte != '\n';
  });
}

}  // namespace

bool is_key_name(std::string_view name) {
  if (name.empty()) return false;
  while (!name.empty()) {
    const std::optional<char32_t> character = take_character(name);
    if (!character || *character < 0x20 || *character == '+' || is_space(*character)) return false;
  }
  return true;
}

std::uint32_t Verifier::id() const {
  const Digest digest =
      sha256(fmt::format("{}\n{}{}", name, static_cast<char>(kind), text_of(public_key)));
  return static_cast<std::uint32_t>(from_big_endian(text_of(digest).substr(0, 4)));
}

std::string Verifier::vkey() const { return join_key(*this, public_key); }

Result<Verifier> parse_vkey(std::string_view vkey) {
  ONUS_TRY(KeyParts parts, split_key(vkey));
  Verifier verifier{std::move(parts.name), parts.kind, parts.key};
  if (verifier.id() != parts.id) return bad("the id of the key is not that of its name and bytes");
  return verifier;
}

Signer::Signer(std::string name, KeyKind kind, const Digest& seed)
    : verifier_{std::move(name), kind, {}}, seed_(seed), key_(seed) {
  verifier_.public_key = key_.public_key();
}

std::string Signer::secret() const { return std::string(kSecret) + join_key(verifier_, seed_); }

Result<Signer> parse_secret(std::string_view secret) {
  if (!secret.starts_with(kSecret)) return bad("a secret key begins with PRIVATE+KEY+");
  ONUS_TRY(KeyParts parts, split_key(secret.substr(kSecret.size())));
  Signer signer(std::move(parts.name), parts.kind, parts.key);
  if (signer.verifier().id() != parts.id) return bad("the id of the secret key is not its own");
  return signer;
}

Line Signer::sign(std::string_view text, std::uint64_t unix_seconds) const {
  Line line{verifier_.name, verifier_.id(), {}};
  std::string message(text);
  if (verifier_.kind == KeyKind::cosigner) {
    message = cosigned_text(text, unix_seconds);
    line.signature = big_endian(unix_seconds, kTime);
  }
  const Ed25519Signature signature = key_.sign(message);
  line.signature.append(signature.begin(), signature.end());
  return line;
}

std::string Line::print() const {
  return fmt::format("{}{} {}\n", kDash, name, to_base64(big_endian(id, 4) + signature));
}

Result<Line> parse_line(std::string_view line) {
  const std::size_t space = line.rfind(' ');
  if (!line.starts_with(kDash) || space < kDash.size()) return bad("a signature line is malformed");
  const std::string_view name = line.substr(kDash.size(), space - kDash.size());
  const auto bytes = from_base64(line.substr(space + 1));
  if (!is_key_name(name) || !bytes || bytes->size() < 5) {
    return bad("a signature line is malformed");
  }
  return Line{std::string(name), static_cast<std::uint32_t>(from_big_endian(bytes->substr(0, 4))),
              bytes->substr(4)};
}

std::string Note::print() const {
  std::string out = text + "\n";
  for (const Line& line : lines) out += line.print();
  return out;
}

Result<Note> parse_note(std::string_view bytes) {
  if (bytes.size() > kMaxNote) return fail(Code::over_budget, "a note of over 1 MiB");
  if (has_control(bytes) || !is_utf8(bytes)) return bad("a note is UTF-8 without control letters");
  const std::size_t blank = bytes.rfind("\n\n");
  if (blank == bytes.npos || !bytes.ends_with('\n')) return bad("a note ends in signature lines");
  Note note{std::string(bytes.substr(0, blank + 1)), {}};
  std::string_view rest = bytes.substr(blank + 2);
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    ONUS_TRY(Line line, parse_line(rest.substr(0, end)));
    note.lines.push_back(std::move(line));
    if (note.lines.size() > kMaxSignatures) return fail(Code::over_budget, "too many signatures");
    rest.remove_prefix(end + 1);
  }
  if (note.lines.empty()) return bad("a note without a signature");
  return note;
}

std::optional<std::uint64_t> check_line(const Verifier& verifier, std::string_view text,
                                        const Line& line) {
  const std::size_t before = verifier.kind == KeyKind::cosigner ? kTime : 0;
  Ed25519Signature signature{};
  if (line.signature.size() != before + signature.size()) return std::nullopt;
  std::copy(line.signature.begin() + static_cast<std::ptrdiff_t>(before), line.signature.end(),
            signature.begin());
  const std::uint64_t time = from_big_endian(std::string_view(line.signature).substr(0, before));
  if (time >> 63 != 0) return std::nullopt;
  const std::string message = before ? cosigned_text(text, time) : std::string(text);
  if (!ed25519_verify(verifier.public_key, message, signature)) return std::nullopt;
  return time;
}

Result<std::vector<Signed>> check_signatures(const Note& note,
                                             std::span<const Verifier> verifiers) {
  std::vector<Signed> good;
  for (std::size_t i = 0; i < verifiers.size(); ++i) {
    for (const Line& line : note.lines) {
      if (line.name != verifiers[i].name || line.id != verifiers[i].id()) continue;
      const std::optional<std::uint64_t> time = check_line(verifiers[i], note.text, line);
      if (!time) return bad(fmt::format("the signature of {} is not good", line.name));
      good.push_back({i, *time});
      break;
    }
  }
  return good;
}

}  // namespace onus::tlog
