#pragma once
// What holds in one place for one kind, as stretches of days instead of days.

#include <limits>
#include <span>
#include <vector>

#include "prevention/kinds.hpp"

namespace veche::prevention {

/// The last day of what holds until further notice. No date of a command comes near it.
inline constexpr date no_end{std::numeric_limits<std::int32_t>::max()};
constexpr date next_day(date day) {
    return day == no_end ? no_end : date{day.days + 1};
}

/// What is in force on a day: the strictest level, general where any order of that level is; proofs
/// that are asked for, and those that are issued.
struct holding {
    std::int32_t level = 0;
    bool general = false;
    std::vector<std::string> asks;    ///< in order, each once
    std::vector<std::string> issues;  ///< likewise
    bool operator==(const holding&) const = default;
};

struct stretch {
    date from;
    date to;
    holding what;
    bool operator==(const stretch&) const = default;
};
/// Rising, none touching another with the same holding. On days without one nothing holds.
using timeline = std::vector<stretch>;

/// The stretches of orders that may overlap in any way.
timeline laid_out(std::span<const stretch> orders);
/// What holds on a day: level 0 where nothing does.
holding on_day(const timeline&, date);
/// Days on which any two of the places are `gap` levels or more apart. All of them end.
std::int64_t days_apart(std::span<const timeline> places, std::int32_t gap);
/// First days of stretches and the days after them, of all of these, rising, each once.
std::vector<date> turns_of(std::span<const timeline* const>);

}  // namespace veche::prevention
