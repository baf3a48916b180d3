#pragma once
// What whole numbers show to be odd in a series: told, never mended. Inside the room only.

#include "situation/views.hpp"

namespace veche::situation {

/// Gaps longer than figures are expected to leave, falls, and a sum that stands still.
std::vector<flag_row> flags_of(const series_id&, const figures&, std::int32_t every_days);

/// A total and the parts that have a figure on the same days.
struct compared {
    std::optional<std::int32_t> day;  ///< the newest
    std::int64_t total = 0, sum = 0;  ///< on that day
    std::int64_t days = 0, equal = 0;
    std::optional<std::int32_t> first_differing, last_differing;
};
compared compare(const figures& total, const std::vector<figures>& parts);

}  // namespace veche::situation
