// SPDX-License-Identifier: Apache-2.0
// An agency's name cut into words, with its bracketed marks taken off.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace onus::resolve {

struct Word {
  std::string folded;      // lower case, apostrophes and full stops gone: "sheriffs", "us"
  bool upper = false;      // was written in capitals
  bool separated = false;  // a comma, slash or bracket stands before it
  bool in_parens = false;
  bool used = false;  // taken by a phrase or a state; what is left is the place
};

struct NameWords {
  std::vector<Word> words;
  bool federal_mark = false;   // "[Federal]"
  bool inactive_mark = false;  // "[Inactive]"
  bool mixed_case = false;     // capitals mean something: there are small letters too
  bool slug = false;           // "contra-costa-county-ca-so"
};

// Reads at most 512 bytes and 64 words; a longer name is no agency's.
NameWords cut_name(std::string_view name);

}  // namespace onus::resolve
