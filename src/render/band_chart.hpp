#pragma once
// Lines over time with what lies around them: medians between quantiles, estimates in intervals.

#include <optional>
#include <string>
#include <vector>

#include "render/charts.hpp"

namespace veche::render {

/// A value for each time, or nothing where none is known: the line and its band are broken there.
using band_values = std::vector<std::optional<double>>;

/// A line by time; `low` and `high` as long as it, or empty where no band is drawn. Without a
/// `middle` it is a band alone.
struct band_line {
    std::string name;
    band_values middle, low, high;
};

/// The title stands above, the names below with their lines; else as `lines`. `level`: a value that
/// divides, drawn across.
markup bands(const std::string& title, const std::string& description,
             const std::vector<chart_tick>& times, const std::vector<chart_tick>& ticks,
             const std::vector<band_line>& all, std::optional<double> level = {});

}  // namespace veche::render
