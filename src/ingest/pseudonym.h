// SPDX-License-Identifier: Apache-2.0
// Keyed pseudonyms. Whoever was looked up is a token from here on: HMAC-SHA-256 under the case's
// key, cut to 128 bits. The same plate gives the same token within a case and nothing outside it;
// without the key a token cannot be tried against a list of plates.
//
// Each use has a label of its own at the front of the message ("subject\0...", "actor\0..."), so
// that equal texts in two roles never give equal tokens.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "ingest/siphash.h"
#include "store/database.h"

namespace onus::ingest {

// Upper case, without white space, dashes and dots: "7abc-123" and "7ABC 123" are one plate.
std::string normalised_subject(std::string_view text);
const std::string& compact_into(std::string_view text, std::string& out);  // the same, into `out`

struct Actor {
  std::string token;  // 32 hex digits
  std::string label;  // the name as in the log; empty where the log has a machine's id
};

// Not for two threads at a time: clone() for each.
class Pseudonyms {
 public:
  explicit Pseudonyms(const Digest& key);
  Pseudonyms clone() const;

  store::HugeInt subject(std::string_view normalised);
  void prefetch(std::string_view normalised) const;  // for a subject() soon
  // "[subject:1a2b3c4d]": what stands in a text where the subject stood. The digits are the first
  // eight of subject()'s, so that the two can be compared.
  std::string subject_mark(std::string_view normalised);

  // A name belongs to its agency: "J. Smith" of two agencies is two actors. A machine's id (UUID,
  // 16 or more hexadecimal digits) stands for itself.
  Actor actor(std::string_view name, std::string_view agency);

  SipKey link_key();        // for ingest/act_key.h
  std::string key_check();  // 16 hex digits that tell whether a case was made with this key

 private:
  explicit Pseudonyms(Hmac hmac);
  Digest mac(std::string_view label, std::string_view message);
  static std::size_t seat_of(std::string_view normalised);

  struct Remembered {
    std::string text;
    store::HugeInt token;
  };
  Hmac hmac_;
  std::string message_;
  std::vector<Remembered> recent_;  // by a hash of the text; plates come in bursts
};

bool is_machine_id(std::string_view name);

}  // namespace onus::ingest
