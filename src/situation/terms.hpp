#pragma once
// Words of the situation: what is counted where, on which days.

#include <optional>
#include <string>
#include <vector>

#include "kernel/message.hpp"

namespace veche::situation {

/// A place of the register; only the office knows more of it.
using region_id = id<struct situation_region_tag>;
/// "cases", "deaths", "recovered", or one that was named.
using series_id = id<struct situation_series_tag>;
using batch_id = id<struct situation_batch_tag>;

/// What a count is of.
enum class count_basis : std::uint8_t {
    so_far,  ///< all days up to this one
    of_day   ///< this day alone
};
VECHE_CHOICES(count_basis, so_far, of_day)

/// Series that every union has.
inline constexpr std::string_view common_series[] = {"cases", "deaths", "recovered"};

/// Counts of one series of one region on days in a row. A day without a report stands in no run.
struct count_run {
    region_id region;
    series_id series;
    date from;
    std::vector<std::int64_t> values;
    bool operator==(const count_run&) const = default;
};
VECHE_FIELDS(count_run, (region, "The region."), (series, "What is counted, as in cases."),
             (from, "The first day."), (values, "A count for it and for each day after it."))

}  // namespace veche::situation
