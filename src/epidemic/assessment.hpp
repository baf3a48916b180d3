#pragma once
// A series of counts as a page shows it: R of each window with both intervals, and what is odd.

#include <optional>

#include "epidemic/forecast.hpp"
#include "kernel/result.hpp"

namespace veche::epidemic {

/// Days without cases and then more than was foretold of the day: reported at once, it seems.
struct backlog {
    std::size_t day = 0;
    std::size_t empty_days = 0;  ///< before it
    double cases = 0;
};

/// Days that a dispersion needs, and as many before them, in which R is still being learned.
inline constexpr std::size_t least_foretold = 28;
inline constexpr double smooth_below = 0.5, rough_above = 2;

struct assessment {
    serial_interval interval;
    std::vector<window_estimate> windows;
    foretold ahead;
    /// Of the days foretold but the first `least_foretold`; nothing where fewer are left.
    std::optional<double> dispersion;
    /// Cases of the weekday with fewest over those of the one with most, in the last eight weeks;
    /// nothing where there are fewer weeks, or cases.
    std::optional<double> weekday_share;
    std::vector<backlog> backlogs;

    [[nodiscard]] bool smooth() const { return dispersion && *dispersion < smooth_below; }
    [[nodiscard]] bool rough() const { return dispersion && *dispersion > rough_above; }
    /// Days in which cases double at that R; below 0 they halve. Nothing where R is 1.
    [[nodiscard]] std::optional<double> doubling_days(double reproduction) const;
};
result<assessment> assess(const incidence&, serial_interval, const estimate_settings&);

}  // namespace veche::epidemic
