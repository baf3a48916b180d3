#pragma once
// Lines over time with what lies around them: medians between quantiles, estimates in intervals.

#include <string>
#include <vector>

#include "render/charts.hpp"

namespace veche::render {

/// A line by time; `low` and `high` as long as it, or empty where no band is drawn.
struct band_line {
    std::string name;
    std::vector<double> middle, low, high;
};

/// The title stands above, the names below with their lines; else as `lines`.
markup bands(const std::string& title, const std::string& description,
             const std::vector<chart_tick>& times, const std::vector<chart_tick>& ticks,
             const std::vector<band_line>& all);

}  // namespace veche::render
