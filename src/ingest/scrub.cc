// SPDX-License-Identifier: Apache-2.0
// A text is cut into tokens (runs of ASCII letters and digits), and each rule looks at a token with
// its neighbours. Shapes: 'A' a letter, '9' a digit. The list holds the standing formats of US
// states that a statute, a radio code or a case number does not share: AA999 ("PC459"), AA9999
// ("PA2026") and 999AA ("211PC") are left out for that reason, measured on public reasons
// (docs/profiles.md has the figures).
#include "ingest/scrub.h"

#include <algorithm>
#include <array>

#include "ingest/fold.h"

namespace onus::ingest {
namespace {

using List = std::string_view;

constexpr auto kShapes =
    std::to_array<List>({"9AAA999", "AAA9999", "9999AAA", "999AAAA", "999AAA9", "AAA999", "999AAA",
                         "AA99999", "AAAA99",  "A99AAA",  "9AA9999", "9AAA99",  "9AA999", "99AA999",
                         "9A99999", "99A9999", "99A999",  "999A999", "AA9A9A",  "A9A999", "AA99AA",
                         "A999AA",  "AAA9A9",  "AAA99A",  "9AAA9A",  "A9A9A9A", "AAA9A99"});
constexpr auto kDashedShapes = std::to_array<List>({"AAA-9999", "AAA-999", "999-AAA", "9AAA-999"});

// Letters that make a token a statute, a month, a case number or a place, not a plate.
constexpr auto kNotPlateLetters = std::to_array<List>(
    {"pc",   "vc",   "hs",   "wi",   "bp",   "cvc",  "cpc", "hsc",  "wic",  "usc",  "ccp",  "ors",
     "rcw",  "orc",  "mcl",  "nrs",  "ars",  "crs",  "fss", "ilcs", "ksa",  "ocga", "rsmo", "mca",
     "tca",  "tpc",  "jan",  "feb",  "mar",  "apr",  "may", "jun",  "jul",  "aug",  "sep",  "sept",
     "oct",  "nov",  "dec",  "june", "july", "cad",  "cfs", "inc",  "inv",  "ref",  "rpt",  "case",
     "unit", "beat", "call", "hwy",  "exit", "room", "apt", "zone", "area", "code", "post", "mph",
     "yds",  "mins", "hrs",  "bolo", "sec",  "isr",  "cit"});

constexpr auto kPlateWords =
    std::to_array<List>({"plate", "plates", "license", "licence", "lic", "tag", "tags", "lp", "plt",
                         "reg", "registration"});
constexpr auto kLicenceWords =
    std::to_array<List>({"dl", "oln", "odl", "cdl", "driver", "drivers"});
constexpr auto kBirthWords = std::to_array<List>({"dob", "born", "birth", "birthdate", "bday"});
constexpr auto kPhoneWords = std::to_array<List>({"phone", "tel", "cell", "mobile", "telephone"});
constexpr auto kFillers = std::to_array<List>(
    {"is",    "of",   "no", "number", "num", "nbr", "license", "licence", "plate", "s", "ca",
     "state", "date", "tx", "fl",     "ny",  "il",  "az",      "nv",      "or",    "wa"});
// Words that people type into a plate field; a reason that has them names nobody.
constexpr auto kPlainWords = std::to_array<List>(
    {"STOLEN", "UNKNOWN", "NONE",   "TEST",    "PLATE",        "NOPLATE", "PAPER",
     "TEMP",   "VEHICLE", "WHITE",  "BLACK",   "SILVER",       "TRUCK",   "SEDAN",
     "TOYOTA", "HONDA",   "FORD",   "CHEVY",   "CHEVROLET",    "NISSAN",  "DODGE",
     "SEARCH", "SUSPECT", "WANTED", "MISSING", "INVESTIGATION"});

template <class Words>
bool in(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

struct Token {
  std::size_t begin, end;
  int letters, digits;
  std::size_t size() const { return end - begin; }
};

class Finder {
 public:
  Finder(std::string_view text, TextKind kind) : text_(text), kind_(kind) { cut(); }
  std::vector<TextSpan> all(std::span<const std::string> own_plates);

 private:
  void cut();
  void add(std::size_t begin, std::size_t end) { found_.push_back({begin, end}); }
  void emails();
  void own(std::string_view plate);
  void patterns();
  bool number_groups(std::size_t i);
  bool after_word(std::size_t i);
  bool plate_after(std::size_t i);
  void birth_after(std::size_t i);
  bool shaped(std::size_t i) const;
  bool dashed(std::size_t i);
  void alert_text();
  bool inside_compound(std::size_t i) const;
  bool digits_only(std::size_t i, std::size_t size) const {
    return i < tokens_.size() && tokens_[i].letters == 0 && tokens_[i].size() == size;
  }
  std::string_view at(std::size_t i) const {
    return text_.substr(tokens_[i].begin, tokens_[i].size());
  }
  std::string_view gap_after(std::size_t i) const {
    const std::size_t from = tokens_[i].end;
    const std::size_t to = i + 1 < tokens_.size() ? tokens_[i + 1].begin : text_.size();
    return text_.substr(from, to - from);
  }

  std::string_view text_;
  TextKind kind_;
  std::vector<Token> tokens_;
  std::vector<TextSpan> found_;
};

void Finder::cut() {
  for (std::size_t i = 0; i < text_.size();) {
    if (!is_alnum(text_[i])) {
      ++i;
      continue;
    }
    if (is_uuid(text_.substr(i, 36)) && (i + 36 == text_.size() || !is_alnum(text_[i + 36]))) {
      i += 36;
      continue;
    }
    Token token{i, i, 0, 0};
    while (token.end < text_.size() && is_alnum(text_[token.end])) {
      ++(is_digit(text_[token.end]) ? token.digits : token.letters);
      ++token.end;
    }
    tokens_.push_back(token);
    i = token.end;
  }
}

std::string shape_of(std::string_view token) {
  std::string shape;
  for (const char c : token) shape += is_digit(c) ? '9' : is_letter(c) ? 'A' : c;
  return shape;
}

std::string letters_of(std::string_view token) {
  std::string letters;
  for (const char c : token) {
    if (is_letter(c)) letters += to_lower(c);
  }
  return letters;
}

bool in_mail_name(char c) { return is_alnum(c) || c == '.' || c == '_' || c == '-' || c == '+'; }

void Finder::emails() {
  for (std::size_t at = text_.find('@'); at != std::string_view::npos;
       at = text_.find('@', at + 1)) {
    std::size_t begin = at;
    std::size_t end = at + 1;
    while (begin > 0 && in_mail_name(text_[begin - 1])) --begin;
    while (end < text_.size() && in_mail_name(text_[end])) ++end;
    const bool dot = text_.substr(at, end - at).find('.') != std::string_view::npos;
    if (begin < at && dot) add(begin, end);
  }
}

// The length of text from `begin` that spells `plate`, spaces and dashes within passed over; 0:
// none.
std::size_t spelled(std::string_view text, std::size_t begin, std::string_view plate) {
  std::size_t at = begin;
  for (const char wanted : plate) {
    while (at > begin && at < text.size() &&
           (text[at] == ' ' || text[at] == '-' || text[at] == '.')) {
      ++at;
    }
    if (at >= text.size() || to_upper(text[at]) != wanted) return 0;
    ++at;
  }
  return at < text.size() && is_alnum(text[at]) ? 0 : at - begin;
}

void Finder::own(std::string_view plate) {
  if (plate.size() < 4 || in(kPlainWords, plate)) return;
  if (kind_ == TextKind::name && std::none_of(plate.begin(), plate.end(), is_digit)) return;
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (i > 0 && is_alnum(text_[i - 1]) && is_alnum(text_[i])) continue;
    if (const std::size_t size = spelled(text_, i, plate)) add(i, i + size);
  }
}

// "123-45-6789", "555-123-4567", "(555) 123-4567".
bool Finder::number_groups(std::size_t i) {
  if (!digits_only(i, 3) || i + 2 >= tokens_.size()) return false;
  const bool dashes = gap_after(i) == "-" && gap_after(i + 1) == "-";
  const bool social = dashes && digits_only(i + 1, 2) && digits_only(i + 2, 4);
  const std::string_view gap = gap_after(i);
  const bool joined = gap == "-" || gap == "." || gap == ") " || gap == ")";
  const bool joined_too = gap_after(i + 1) == "-" || gap_after(i + 1) == ".";
  const bool phone = joined && joined_too && digits_only(i + 1, 3) && digits_only(i + 2, 4);
  if (social || phone) add(tokens_[i].begin, tokens_[i + 2].end);
  return social || phone;
}

// A run such as "2025-ABC1234" or "ABC1234/25": a token of a longer number is not a plate.
bool Finder::inside_compound(std::size_t i) const {
  const bool before = i > 0 && tokens_[i - 1].digits > 0 && gap_after(i - 1) == "-";
  const bool after = i + 1 < tokens_.size() && tokens_[i + 1].digits > 0 && gap_after(i) == "-";
  return before || after;
}

bool Finder::shaped(std::size_t i) const {
  const Token& token = tokens_[i];
  if (token.size() == 17 && token.digits >= 5 && token.letters >= 2) {
    return at(i).find_first_of("IOQioq") == std::string_view::npos;  // a vehicle's number
  }
  if (token.size() < 6 || token.size() > 7 || token.digits < 2 || token.letters < 1) return false;
  return in(kShapes, shape_of(at(i))) && !in(kNotPlateLetters, letters_of(at(i))) &&
         !inside_compound(i);
}

bool Finder::dashed(std::size_t i) {
  if (kind_ != TextKind::free_text || i + 1 >= tokens_.size() || gap_after(i) != "-") return false;
  if (i > 0 && gap_after(i - 1) == "-") return false;
  if (i + 2 < tokens_.size() && gap_after(i + 1) == "-") return false;
  const std::string_view both =
      text_.substr(tokens_[i].begin, tokens_[i + 1].end - tokens_[i].begin);
  if (both.size() > 8 || !in(kDashedShapes, shape_of(both))) return false;
  const std::string_view number = at(i + 1);
  const bool year = number.size() == 4 && number >= "2010" && number <= "2035";
  if (year || in(kNotPlateLetters, letters_of(both))) return false;
  add(tokens_[i].begin, tokens_[i + 1].end);
  return true;
}

// What stands after "plate": one token of five to eight, or two short ones that make such.
bool Finder::plate_after(std::size_t i) {
  std::size_t next = i + 1;
  while (next < tokens_.size() && in(kFillers, letters_of(at(next))) && tokens_[next].digits == 0)
    ++next;
  if (next >= tokens_.size() || next > i + 4) return false;
  const Token& token = tokens_[next];
  if (token.digits > 0 && token.size() >= 5 && token.size() <= 8) {
    add(token.begin, token.end);
    return true;
  }
  if (next + 1 >= tokens_.size() || gap_after(next).size() != 1) return false;
  const Token& second = tokens_[next + 1];
  const std::size_t size = token.size() + second.size();
  const bool mixed = token.digits + second.digits > 1 && token.letters + second.letters > 0 &&
                     token.size() <= 4 && second.digits > 0;
  if (!mixed || size < 5 || size > 8) return false;
  add(token.begin, second.end);
  return true;
}

// Up to three tokens that have digits: "1/2/1980", "Jan 2 1980" from its day on, "19800102".
void Finder::birth_after(std::size_t i) {
  std::size_t first = i + 1;
  while (first < tokens_.size() && first <= i + 3 && tokens_[first].digits == 0) ++first;
  if (first >= tokens_.size() || tokens_[first].digits == 0) return;
  std::size_t last = first;
  while (last + 1 < tokens_.size() && last < first + 2 && tokens_[last + 1].digits > 0 &&
         gap_after(last).size() == 1 && tokens_[first].size() < 6) {
    ++last;
  }
  add(tokens_[first].begin, tokens_[last].end);
}

bool Finder::after_word(std::size_t i) {
  const std::string word = letters_of(at(i));
  if (tokens_[i].digits > 0) return false;
  if (in(kPlateWords, word) && plate_after(i)) return true;
  if (in(kBirthWords, word)) birth_after(i);
  std::size_t next = i + 1;
  while (next < tokens_.size() && in(kFillers, letters_of(at(next))) && tokens_[next].digits == 0)
    ++next;
  if (next >= tokens_.size()) return false;
  const Token& token = tokens_[next];
  const bool licence = in(kLicenceWords, word) && token.digits > 0 && token.size() >= 5;
  const bool phone = in(kPhoneWords, word) && token.letters == 0 && token.size() >= 7;
  const bool social = (word == "ssn" || word == "ss") && token.letters == 0 && token.size() == 9;
  if (licence || phone || social) add(token.begin, token.end);
  return false;
}

void Finder::patterns() {
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    if (tokens_[i].digits == 0) after_word(i);
    if (number_groups(i) || dashed(i)) continue;
    if (shaped(i)) add(tokens_[i].begin, tokens_[i].end);
  }
}

// "... associated with Alert: Stolen Plate 7ABC123 - 2025-06-18T19:17:43.792Z": the vendor's own
// text has the plate before " - ", whatever its shape.
void Finder::alert_text() {
  static constexpr std::string_view kIntro = "associated with Alert:";
  const std::size_t intro = text_.find(kIntro);
  if (intro == std::string_view::npos) return;
  for (std::size_t i = 0; i + 1 < tokens_.size(); ++i) {
    if (tokens_[i].begin < intro + kIntro.size() || gap_after(i) != " - ") continue;
    if (digits_only(i + 1, 4) && tokens_[i].digits > 0) add(tokens_[i].begin, tokens_[i].end);
  }
}

std::vector<TextSpan> joined(std::vector<TextSpan> spans) {
  std::sort(spans.begin(), spans.end(), [](const TextSpan& a, const TextSpan& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  std::vector<TextSpan> out;
  for (const TextSpan& span : spans) {
    if (out.empty() || span.begin >= out.back().end) {
      out.push_back(span);
    } else {
      out.back().end = std::max(out.back().end, span.end);
    }
  }
  return out;
}

std::vector<TextSpan> Finder::all(std::span<const std::string> own_plates) {
  for (const std::string& plate : own_plates) own(plate);
  if (kind_ != TextKind::name) {
    emails();
    patterns();
    alert_text();
  }
  return joined(std::move(found_));
}

}  // namespace

bool may_hold_subject(std::string_view text) {
  int digits = 0;
  int letters = 0;
  for (const char c : text) {
    if (c == '@') return true;
    digits += is_digit(c) ? 1 : 0;
    letters += is_letter(c) ? 1 : 0;
  }
  return letters == 0 ? digits >= 9 : digits > 0 && text.size() >= 5;
}

std::vector<TextSpan> find_subjects(std::string_view text, std::span<const std::string> own_plates,
                                    TextKind kind) {
  if (own_plates.empty() && !may_hold_subject(text)) return {};
  return Finder(text, kind).all(own_plates);
}

Scrubbed scrub(std::string_view text, std::span<const std::string> own_plates, TextKind kind,
               Pseudonyms& pseudonyms) {
  const std::vector<TextSpan> spans = find_subjects(text, own_plates, kind);
  if (spans.empty()) return {std::string(text), false};
  Scrubbed out{{}, true};
  std::size_t from = 0;
  for (const TextSpan& span : spans) {
    out.text += text.substr(from, span.begin - from);
    const std::string_view subject = text.substr(span.begin, span.end - span.begin);
    out.text += pseudonyms.subject_mark(normalised_subject(subject));
    from = span.end;
  }
  out.text += text.substr(from);
  return out;
}

}  // namespace onus::ingest
