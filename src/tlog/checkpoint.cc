// SPDX-License-Identifier: Apache-2.0
#include "tlog/checkpoint.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encode.h"

namespace onus::tlog {
namespace {

constexpr std::string_view kProofHeader = "c2sp.org/tlog-proof@v1";
constexpr std::size_t kMaxExtra = 1U << 20;

tl::unexpected<Error> bad(std::string what) { return fail(Code::bad_input, std::move(what)); }

// The next line without its break; nothing at the end or where a break is missing.
std::optional<std::string_view> take_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  if (end == rest.npos) return std::nullopt;
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

}  // namespace

std::optional<std::uint64_t> parse_decimal(std::string_view text) {
  if (text.empty() || text.size() > 19 || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  std::uint64_t value = 0;
  for (const char letter : text) {
    if (letter < '0' || letter > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(letter - '0');
  }
  return value >> 63 == 0 ? std::optional(value) : std::nullopt;
}

std::optional<Hash> parse_hash(std::string_view base64) {
  const std::optional<std::string> bytes = from_base64(base64);
  Hash hash;
  if (!bytes || bytes->size() != hash.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), reinterpret_cast<char*>(hash.data()));
  return hash;
}

std::string print_hash(const Hash& hash) { return to_base64(view(hash)); }

std::string Checkpoint::text() const {
  return fmt::format("{}\n{}\n{}\n{}", origin, size, print_hash(root), extensions);
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  std::string_view rest = text;
  const auto origin = take_line(rest);
  const auto size = take_line(rest);
  const auto root = take_line(rest);
  if (!origin || origin->empty() || !size || !root) return bad("a checkpoint has three lines");
  const auto count = parse_decimal(*size);
  const auto hash = parse_hash(*root);
  if (!count) return bad("the second line of a checkpoint is its size in decimal");
  if (!hash) return bad("the third line of a checkpoint is a SHA-256 in base64");
  Checkpoint checkpoint{std::string(*origin), *count, *hash, std::string(rest)};
  if (rest.starts_with('\n') || rest.find("\n\n") != rest.npos ||
      (!rest.empty() && !rest.ends_with('\n'))) {
    return bad("lines behind a checkpoint's root must not be empty");
  }
  return checkpoint;
}

std::string ProofFile::print() const {
  std::string out = fmt::format("{}\n", kProofHeader);
  if (extra) out += fmt::format("extra {}\n", to_base64(*extra));
  out += fmt::format("index {}\n", index);
  for (const Hash& hash : proof) out += print_hash(hash) + "\n";
  return out + "\n" + checkpoint;
}

Result<ProofFile> parse_proof_file(std::string_view bytes) {
  std::string_view rest = bytes;
  if (take_line(rest) != kProofHeader) {
    return bad(fmt::format("a proof begins with the line {}", kProofHeader));
  }
  ProofFile file;
  auto line = take_line(rest);
  if (line && line->starts_with("extra ")) {
    file.extra = from_base64(line->substr(6));
    if (!file.extra) return bad("the line extra of a proof is not base64");
    if (file.extra->size() > kMaxExtra) return fail(Code::over_budget, "extra of over 1 MiB");
    line = take_line(rest);
  }
  if (!line || !line->starts_with("index ")) return bad("a proof names its index");
  const auto index = parse_decimal(line->substr(6));
  if (!index) return bad("the index of a proof is a decimal number");
  file.index = *index;
  for (line = take_line(rest); line && !line->empty(); line = take_line(rest)) {
    const auto hash = parse_hash(*line);
    if (!hash) return bad("a line of a proof is not a SHA-256 in base64");
    file.proof.push_back(*hash);
    if (file.proof.size() > kMaxProof) return fail(Code::over_budget, "a proof of over 63 lines");
  }
  if (!line) return bad("a proof ends in its checkpoint");
  file.checkpoint = rest;
  return file;
}

}  // namespace onus::tlog
