#pragma once
// Calm plots as inline SVG, drawn by the server: bars, one stacked bar, a line. Widths are in
// percent and text in pixels, so that a phone shows them as legibly as a wall. A plot never stands
// alone: its table is on the same page.

#include <cstdint>
#include <string>
#include <vector>

#include "render/markup.hpp"

namespace veche::render {

/// One part of a stacked bar or one bar: its label, its size, and its colour class "s-<kind>".
struct plot_part {
    std::string label;
    std::int64_t value = 0;
    std::string kind;   ///< yes, no, abstain, none, a, b
    std::string shown;  ///< the value as the reader sees it; the number itself where empty
};

/// A mark across a bar at a value: the votes needed.
struct plot_mark {
    std::int64_t value = 0;
    std::string label;
};

/// One horizontal bar of parts. `title` tells a screen reader what it shows.
markup stacked_bar(const std::string& title, const std::vector<plot_part>& parts,
                   const std::vector<plot_mark>& marks = {});

/// What the colours of a stacked bar mean, with the figures.
markup legend(const std::vector<plot_part>& parts);

/// One bar for each part, label above, all to the scale of the largest.
markup bars(const std::string& title, const std::vector<plot_part>& parts);

/// A line through the values in their order, first and last labelled; scale from zero.
markup line(const std::string& title, const std::vector<plot_part>& points);

}  // namespace veche::render
