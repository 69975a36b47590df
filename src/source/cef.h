// SPDX-License-Identifier: Apache-2.0
// One line of the Common Event Format (CEF) or of LEEF, as keys and values. A syslog prefix before
// "CEF:" or "LEEF:" is read past.
//
//   CEF:0|Vendor|Product|Version|EventClass|Name|Severity|key=value key=value with spaces
//   LEEF:1.0|Vendor|Product|Version|EventID|key=value<tab>key=value
//   LEEF:2.0|Vendor|Product|Version|EventID|^|key=value^key=value
//
// The head's fields get the keys vendor, product, version, event_class, name, severity. A pair
// cs1Label=plate cs1=ABC becomes plate=ABC: which number a product gives a label differs from one
// to the next. A value runs up to the next " key=", so that it may hold spaces; in it "\=", "\\",
// "\n" and "\r" are undone, and in the head "\|" and "\\".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace onus::source {

struct CefPair {
  std::string key;
  std::string value;
};

// False: the line is neither CEF nor LEEF, or its head is cut off; `out` is empty then. A key that
// comes twice is there twice.
bool parse_cef(std::string_view line, std::vector<CefPair>& out);

}  // namespace onus::source
