// SPDX-License-Identifier: Apache-2.0
// Takes those who were looked up out of the free text of a log (reasons, case numbers, what the
// vendor's system writes itself), before anything is stored. Found are: the plate of the row's own
// plate cell, wherever it stands; tokens shaped like a plate; what follows "plate", "tag", "DL",
// "DOB" and the like; social security and phone numbers, vehicle identification numbers, e-mail
// addresses. Tokens are whole: no plate is seen inside a UUID, a case number or a long number.
//
// It cannot find names of people, addresses, plates that are all letters or all digits, or plates
// written with a space, unless they are the row's own or a word such as "plate" stands before.
// docs/profiles.md says so to users.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/pseudonym.h"

namespace onus::ingest {

struct TextSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
  friend bool operator==(const TextSpan&, const TextSpan&) = default;
};

enum class TextKind {
  free_text,    // everything above
  case_number,  // the same without plates written with a dash: "CFS-1234" is a case number
  name,         // of an agency, an actor: only the row's own plate
};

// Sorted, apart from each other. `own_plates`: those of the row's plate cell, as
// normalised_subject() has them; one of fewer than four characters, or a plain word ("STOLEN"), is
// not looked for, nor in a name one without a digit.
std::vector<TextSpan> find_subjects(std::string_view text, std::span<const std::string> own_plates,
                                    TextKind kind);

// False only where find_subjects(text, {}, free_text) is certain to be empty; much faster.
bool may_hold_subject(std::string_view text);

struct Scrubbed {
  std::string text;
  bool found = false;
};

Scrubbed scrub(std::string_view text, std::span<const std::string> own_plates, TextKind kind,
               Pseudonyms& pseudonyms);

}  // namespace onus::ingest
