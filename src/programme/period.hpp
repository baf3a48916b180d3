#pragma once
// Periods of reported values, as people write them: a year, a half, a quarter, a month, a day.

#include <optional>
#include <string_view>

#include "kernel/instant.hpp"

namespace veche::programme {

struct period {
    date from;   ///< first day
    date until;  ///< last day
};

/// "2026", "2026-H1", "2026-Q3", "2026-07", "2026-07-15"; years 1900 to 9999; nothing for anything
/// else.
std::optional<period> parse_period(std::string_view text);

}  // namespace veche::programme
