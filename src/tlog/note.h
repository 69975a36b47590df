// SPDX-License-Identifier: Apache-2.0
// Signed notes (C2SP signed-note): a text, an empty line, and lines "— name base64(key id, sig)".
// Kinds of signature that are checked: Ed25519 (0x01) and timestamped Ed25519 cosignatures (0x04,
// C2SP tlog-cosignature). Lines of other keys and kinds are kept as they are and prove nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ed25519.h"
#include "base/result.h"

namespace onus::tlog {

inline constexpr std::size_t kMaxNote = 1U << 20;
inline constexpr std::size_t kMaxSignatures = 128;

enum class KeyKind : std::uint8_t { ed25519 = 1, cosigner = 4 };

// Who may sign, and how it is checked. Printed as a vkey: "name+8 hex+base64(kind, public key)".
struct Verifier {
  std::string name;
  KeyKind kind = KeyKind::ed25519;
  Digest public_key{};

  std::uint32_t id() const;
  std::string vkey() const;
};

// A key of another kind (ECDSA, ML-DSA) is Code::bad_input, by name.
Result<Verifier> parse_vkey(std::string_view vkey);

// Not empty, no '+', no space of Unicode, no control character, UTF-8.
bool is_key_name(std::string_view name);

// One signature line.
struct Line {
  std::string name;
  std::uint32_t id = 0;
  std::string signature;  // what follows the key id: 64 bytes, or 8 of time and 64, or anything

  std::string print() const;  // with its line break
  bool operator==(const Line&) const = default;
};

class Signer {
 public:
  Signer(std::string name, KeyKind kind, const Digest& seed);
  const Verifier& verifier() const { return verifier_; }
  // "PRIVATE+KEY+name+8 hex+base64(kind, seed)", the form that Go's note package reads.
  std::string secret() const;
  // A signature line of the note text. `unix_seconds` only goes into cosignatures.
  Line sign(std::string_view text, std::uint64_t unix_seconds = 0) const;

 private:
  Verifier verifier_;
  Digest seed_;
  Ed25519Key key_;
};

Result<Signer> parse_secret(std::string_view secret);

struct Note {
  std::string text;  // ends in a line break
  std::vector<Line> lines;

  std::string print() const;
};

Result<Note> parse_note(std::string_view bytes);
Result<Line> parse_line(std::string_view line);  // without its line break

struct Signed {
  std::size_t verifier = 0;  // which of those given
  std::uint64_t time = 0;    // of a cosignature, unix seconds
};

// Which of the verifiers signed the note. A line of a known key (name and id) that does not verify
// is Code::bad_input: such a note is no note.
Result<std::vector<Signed>> check_signatures(const Note& note, std::span<const Verifier> verifiers);

// The time of a good cosignature, 0 for a good plain signature; nothing if it is not good.
std::optional<std::uint64_t> check_line(const Verifier& verifier, std::string_view text,
                                        const Line& line);

}  // namespace onus::tlog
