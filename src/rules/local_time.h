// SPDX-License-Identifier: Apache-2.0
// Local clocks for rules: a closed list of zones, each with one standard offset and one summer-time
// rule, valid from 2007-01-01 to 2099-12-31 UTC (the present rule of the United States began in
// 2007). Outside of that the answer is unknown. No file of the system is read, so that the same
// rule gives the same answer on every machine; a test compares with DuckDB's ICU.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace onus::rules {

enum class SummerTime : std::uint8_t { none, united_states, european_union };

struct Zone {
  std::string_view name;
  int minutes;  // east of UTC, in winter
  SummerTime summer;
};

std::span<const Zone> zones();

inline constexpr std::string_view kLocalFrom = "2007-01-01 00:00:00";
inline constexpr std::string_view kLocalBefore = "2100-01-01 00:00:00";

struct LocalTime {
  int hour = 0;     // 0 to 23
  int weekday = 0;  // 1 Monday to 7 Sunday
};
std::optional<LocalTime> local_time(std::int64_t utc_us, const Zone& zone);

// "2025-07-01", "2025-07-01 12:30", "... 12:30:05", "... 12:30:05.000001"; years 1900 to 9999.
std::optional<std::int64_t> parse_timestamp(std::string_view text);
std::string print_timestamp(std::int64_t us);  // "2025-07-01 12:30:05.000001"

}  // namespace onus::rules
