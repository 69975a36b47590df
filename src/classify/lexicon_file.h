// SPDX-License-Identifier: Apache-2.0
// One lexicon as it stands in its TOML file (docs/vocabulary.md has the manual), checked for form:
// every axis value is of its vocabulary, every word is in normalised form, every pattern has an id
// and an example. Whether the examples read as they say is for the loaded lexicon to prove.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/builtin.h"
#include "base/result.h"

namespace onus::classify {

// Empty: the axis is not touched. The views look into the fixed vocabularies of record/record.h.
struct Axes {
  std::string_view purpose;
  std::string_view offence;
  std::string_view specificity;
  std::string_view topic;
  std::string_view on_behalf_of;
  std::string_view certainty;
};

using Phrase = std::vector<std::string>;  // words; "_" is any one word, "@" one that may be a name

struct PatternDef {
  std::string id;
  int line = 0;
  Axes axes;
  bool ignore = false;  // the words are read and say nothing ("test drive")
  std::string state;    // of a code: whose law or radio it is
  std::vector<Phrase> phrases;
  std::vector<std::string> codes;  // "243(e)(1)" as "243e1"
  std::vector<std::string> books;  // of which one must stand beside the code; none: it stands alone
  bool alone = false;              // it stands alone too
  std::vector<std::string> not_before, not_after, not_with, only_with;
  std::vector<std::string> examples;
};

// A book of law and how its name is written, each way a phrase.
struct BookDef {
  std::string id;
  std::vector<Phrase> names;
};

struct ExampleDef {
  std::string text;
  int line = 0;
  Axes wanted;  // purpose always; offence, topic, on_behalf_of: empty means none; the rest if given
};

struct LexiconFile {
  std::string path;
  std::vector<PatternDef> patterns;
  std::vector<BookDef> books;
  std::vector<ExampleDef> examples;
  std::vector<std::string> known;          // words that are no slip of another
  std::vector<std::string> names;          // words that are no slip of another, and names of places
  std::vector<std::string> articles;       // may stand between the words of a phrase
  std::vector<std::string> negators;       // "not"
  std::vector<std::string> fillers;        // may stand between a negator and what it negates
  std::vector<std::string> plain_books;    // whose sections are codes without books: "pc", "vc"
  std::vector<std::string> section_parts;  // may stand between a section and its book: "abs"
  std::vector<std::string> code_not_after;   // words after which a number is no code: "unit"
  std::vector<std::string> radio_words;      // words after which a number is a radio code: "signal"
  std::vector<std::string> reference_words;  // words after which a number is a reference: "case"
};

Result<LexiconFile> read_lexicon_file(const BuiltinFile& file);

// "243(e)(1)" -> "243e1", "13-1802(A)" -> "13-1802a": the form in which codes are compared.
std::string code_form(std::string_view code);

}  // namespace onus::classify
