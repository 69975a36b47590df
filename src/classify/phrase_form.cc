// SPDX-License-Identifier: Apache-2.0
#include "classify/phrase_form.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/normalise.h"
#include "text/tokens.h"

namespace onus::classify {
namespace {

constexpr std::size_t kMaxPhrases = 20'000;
using Phrase = std::vector<std::string>;

std::vector<std::string_view> split(std::string_view text, std::string_view at) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(at), text.size());
    if (end > 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

Result<Phrase> phrase_of(std::string_view words) {
  Phrase phrase;
  for (const std::string_view word : split(words, " ~")) {
    if (word != "_" && word != "@" && !is_lexicon_word(word, true))
      return fail(Code::bad_input, fmt::format("'{}' is not a word in normalised form", word));
    phrase.emplace_back(word);
  }
  return phrase;
}

// What one element may be: "a|{list}" -> phrases of one or more words each.
Result<std::vector<Phrase>> choices_of(std::string_view element, const WordLists& lists) {
  std::vector<Phrase> choices;
  for (const std::string_view choice : split(element, "|")) {
    if (!choice.starts_with('{')) {
      ONUS_TRY(Phrase phrase, phrase_of(choice));
      choices.push_back(std::move(phrase));
      continue;
    }
    const auto list = lists.find(choice.substr(1, choice.size() - 2));
    if (list == lists.end() || !choice.ends_with('}'))
      return fail(Code::bad_input, fmt::format("no list named '{}'", choice));
    for (const std::string& entry : list->second) {
      ONUS_TRY(Phrase phrase, phrase_of(entry));
      choices.push_back(std::move(phrase));
    }
  }
  return choices;
}

}  // namespace

bool is_lexicon_word(std::string_view word, bool shapes) {
  if (shapes && word.find_first_of("*?") != std::string_view::npos) {
    std::string_view letters = word;
    const bool ending = letters.starts_with('*');
    if (ending) letters.remove_prefix(1);
    if (!ending && letters.ends_with('*')) letters.remove_suffix(1);
    return letters.size() >= 2 && std::all_of(letters.begin(), letters.end(), [&](char c) {
             const bool other = static_cast<unsigned char>(c) >= 0x80;
             return (c == '?' && !ending) || (c >= 'a' && c <= 'z') || other;
           });
  }
  text::Normalised normalised;
  normalised.assign(word);
  std::vector<text::Token> tokens;
  text::tokenise(normalised.text(), tokens);
  const bool one_word = !tokens.empty() && std::all_of(tokens.begin() + 1, tokens.end(),
                                                       [](const auto& t) { return t.glued; });
  return one_word && normalised.text() == word && tokens.front().span.begin == 0 &&
         tokens.back().stem.end == static_cast<std::int32_t>(word.size());
}

Result<std::vector<Phrase>> expand_phrase(std::string_view notation, const WordLists& lists) {
  std::vector<Phrase> phrases = {Phrase{}};
  for (std::string_view element : split(notation, " ")) {
    const bool optional = element.starts_with('[') && element.ends_with(']');
    if (optional) element = element.substr(1, element.size() - 2);
    ONUS_TRY(std::vector<Phrase> choices, choices_of(element, lists));
    if (optional) choices.emplace_back();
    if (choices.empty() || phrases.size() * choices.size() > kMaxPhrases)
      return fail(Code::over_budget, fmt::format("'{}' stands for too many phrases", notation));
    std::vector<Phrase> longer;
    for (const Phrase& phrase : phrases) {
      for (const Phrase& choice : choices) {
        longer.push_back(phrase);
        longer.back().insert(longer.back().end(), choice.begin(), choice.end());
      }
    }
    phrases = std::move(longer);
  }
  std::erase_if(phrases, [](const Phrase& phrase) { return phrase.empty(); });
  return phrases;
}

}  // namespace onus::classify
