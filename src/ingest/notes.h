// SPDX-License-Identifier: Apache-2.0
// Every note that ingest puts on a file (files.notes) and every "expected" of a reject. A note may
// have arguments, apart by '|': "row_limit|1000000". The report has one message for each id.
#pragma once

#include <string>
#include <string_view>

namespace onus::ingest::note {

inline constexpr std::string_view kCutOff = "cut_off";                  // ends inside a row
inline constexpr std::string_view kHeaderRepeated = "header_repeated";  // |times
inline constexpr std::string_view kStacked = "stacked";     // |times the columns changed mid-file
inline constexpr std::string_view kNoHeader = "no_header";  // read by kinds of value alone
inline constexpr std::string_view kRowsBeforeHeader = "rows_before_header";  // |rows
inline constexpr std::string_view kRealigned = "realigned";                  // |rows put right
inline constexpr std::string_view kRowLimit = "row_limit";  // |rows: exactly a limit of a tool
inline constexpr std::string_view kWindows1252 = "windows_1252";
inline constexpr std::string_view kUtf16 = "utf_16";
inline constexpr std::string_view kBadEncoding = "bad_encoding";  // |rows
inline constexpr std::string_view kStrayQuotes = "stray_quotes";  // |rows
inline constexpr std::string_view kDatesDisagree =
    "file_name_disagrees";  // dates in the file's name
inline constexpr std::string_view kRoleDisagrees = "file_name_role_disagrees";  // -Audit of many
inline constexpr std::string_view kConstantColumn = "constant_column";  // |field: may be a mask
inline constexpr std::string_view kUnknownColumn = "unknown_column";    // |position from 1
inline constexpr std::string_view kZoneMixed = "zone_mixed";  // |rows whose time states no zone
inline constexpr std::string_view kDuplicateRows = "duplicate_rows";  // |rows equal to another one
inline constexpr std::string_view kClockOffset = "clock_offset";      // |hours its clock is ahead
inline constexpr std::string_view kClockOffsetSeconds = "clock_offset_seconds";  // where no hours
inline constexpr std::string_view kOwnerUnknown = "owner_unknown";
inline constexpr std::string_view kProfileGiven = "profile_given";  // |id: it was not recognised

inline std::string with(std::string_view id, std::int64_t number) {
  return std::string(id) + "|" + std::to_string(number);
}
inline std::string with(std::string_view id, std::string_view text) {
  return std::string(id) + "|" + std::string(text);
}

}  // namespace onus::ingest::note
