// SPDX-License-Identifier: Apache-2.0
#include "rules/lexer.h"

#include <fmt/format.h>

#include <charconv>

#include "rules/condition.h"

namespace onus::rules {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The length of the UTF-8 character at the front, by the table of RFC 3629 section 4; 0 if none is.
std::size_t utf8_length(std::string_view in) {
  const auto byte = [&](std::size_t i) {
    return i < in.size() ? static_cast<unsigned char>(in[i]) : 0U;
  };
  const auto tail = [&](std::size_t i) { return byte(i) >= 0x80 && byte(i) <= 0xbf; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return tail(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const bool second =
        byte(1) >= (first == 0xe0 ? 0xa0U : 0x80U) && byte(1) <= (first == 0xed ? 0x9fU : 0xbfU);
    return second && tail(2) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const bool second =
        byte(1) >= (first == 0xf0 ? 0x90U : 0x80U) && byte(1) <= (first == 0xf4 ? 0x8fU : 0xbfU);
    return second && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

class Lexer {
 public:
  Lexer(std::string_view condition, const Origin& origin) : in_(condition), origin_(origin) {}

  Result<std::vector<Token>> run() {
    while (true) {
      while (at_ < in_.size() && std::string_view(" \t\r\n").find(in_[at_]) < 4) ++at_;
      Token token;
      token.offset = at_;
      if (at_ == in_.size()) {
        out_.push_back(std::move(token));
        return std::move(out_);
      }
      ONUS_TRY_VOID(read(token));
      out_.push_back(std::move(token));
    }
  }

 private:
  Result<void> read(Token& token) {
    const char c = in_[at_];
    if (is_letter(c)) return read_word(token);
    if (c == '\'') return read_text(token);
    if (c == '@') return read_list(token);
    const bool negative = c == '-' && at_ + 1 < in_.size() && is_digit(in_[at_ + 1]);
    if (is_digit(c) || negative) return read_integer(token);
    return read_symbol(token);
  }

  Result<void> read_word(Token& token) {
    token.kind = Token::Kind::word;
    token.text = std::string(word());
    return {};
  }

  Result<void> read_list(Token& token) {
    token.kind = Token::Kind::list;
    ++at_;
    token.text = std::string(word());
    if (token.text.empty()) return wrong(token.offset, "expected the name of a list after '@'");
    return {};
  }

  std::string_view word() {
    const std::size_t begin = at_;
    while (at_ < in_.size() && (is_letter(in_[at_]) || is_digit(in_[at_]))) ++at_;
    return in_.substr(begin, at_ - begin);
  }

  Result<void> read_text(Token& token) {
    token.kind = Token::Kind::text;
    ++at_;
    while (at_ < in_.size()) {
      const std::size_t length = utf8_length(in_.substr(at_));
      if (length == 0) return wrong(at_, "expected text in UTF-8");
      if (in_[at_] == '\0') return wrong(at_, "expected text, found a NUL byte");
      const bool quote = in_[at_] == '\'';
      if (quote && !in_.substr(at_).starts_with("''")) {
        ++at_;
        return {};
      }
      token.text += in_.substr(at_, length);
      at_ += quote ? 2 : length;
    }
    return wrong(token.offset, "expected a ' that ends this text ('' is a quote inside it)");
  }

  Result<void> read_integer(Token& token) {
    token.kind = Token::Kind::integer;
    const auto [rest, error] =
        std::from_chars(in_.data() + at_, in_.data() + in_.size(), token.integer);
    if (error != std::errc()) return wrong(at_, "expected a whole number of at most 63 bits");
    at_ = static_cast<std::size_t>(rest - in_.data());
    if (at_ < in_.size() && (in_[at_] == '.' || is_letter(in_[at_])))
      return wrong(at_, "expected a whole number: there are no fractions here");
    return {};
  }

  Result<void> read_symbol(Token& token) {
    token.kind = Token::Kind::symbol;
    for (const std::string_view symbol : {"<>", "<=", ">=", "=", "<", ">", "(", ")", ","}) {
      if (!in_.substr(at_).starts_with(symbol)) continue;
      token.text = std::string(symbol);
      at_ += symbol.size();
      return {};
    }
    return wrong(at_, unknown_symbol());
  }

  std::string unknown_symbol() const {
    const unsigned char c = static_cast<unsigned char>(in_[at_]);
    if (c == '"') return "expected a word, found '\"': texts stand in ', columns without quotes";
    if (c == '!') return "expected a word, found '!' (did you mean '<>' or NOT?)";
    if (c == ';') return "expected the condition to go on or end, found ';'";
    if (c < 0x20 || c > 0x7e) return fmt::format("expected a word, found the byte 0x{:02x}", c);
    return fmt::format("expected a word, a value or an operator, found '{}'", in_[at_]);
  }

  tl::unexpected<Error> wrong(std::size_t offset, std::string what) const {
    return error_at(origin_, in_, offset, std::move(what));
  }

  std::string_view in_;
  const Origin& origin_;
  std::size_t at_ = 0;
  std::vector<Token> out_;
};

}  // namespace

tl::unexpected<Error> error_at(const Origin& origin, std::string_view condition, std::size_t offset,
                               std::string what) {
  int line = origin.line;
  int column = origin.column;
  for (const char c : condition.substr(0, offset)) {
    column = c == '\n' ? 1 : column + 1;
    line += c == '\n' ? 1 : 0;
  }
  return fail(Code::bad_input, fmt::format("{}:{}:{}: {}", origin.file, line, column, what));
}

Result<std::vector<Token>> tokens_of(std::string_view condition, const Origin& origin) {
  if (condition.size() > kMaxConditionBytes)
    return error_at(origin, condition, 0, "expected a condition of at most 16 KiB");
  return Lexer(condition, origin).run();
}

}  // namespace onus::rules
