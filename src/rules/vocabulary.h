// SPDX-License-Identifier: Apache-2.0
// The words that a column can hold, where the list is closed: a rule that compares with any other
// word is misspelt. And the nearest word, for hints.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace onus::rules {

// The words of the language itself.
std::span<const std::string_view> reserved_words();
std::span<const std::string_view> functions();
bool is_reserved(std::string_view word);
bool is_function(std::string_view word);

// The closed words of a column of record::facts(), or none if it can hold any text. "unknown" is
// never among them: conditions see NULL there (kUnknownColumns).
std::vector<std::string_view> words_of(std::string_view column);

// "reason_state", and not "owner_state".
bool holds_cell_state(std::string_view column);

// Columns in which the store writes "unknown" and a condition reads NULL.
std::span<const std::string_view> unknown_columns();

// Two-letter codes of the states, districts and territories of the United States; of other states
// of a federation those whose law ships ("DE-HH").
std::span<const std::string_view> states();

// Of the hierarchy of purposes.
std::vector<std::string_view> purpose_ids();

// Two-letter codes of the countries that resolve knows.
std::span<const std::string_view> countries();

// " (did you mean 'x'?)" for the word that is near enough, else "".
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace onus::rules
