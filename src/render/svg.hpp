#pragma once
// Calm plots as inline SVG, drawn by the server: bars, one stacked bar, a line, flows. Widths are
// in percent and text in pixels, so that a phone shows them as legibly as a wall. A plot never
// stands alone: its table is on the same page.

#include <cstddef>
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

/// One bar for each part, label above, all to one scale. Where a value is below zero, all bars
/// start from a line at zero and those below it go to the left.
markup bars(const std::string& title, const std::vector<plot_part>& parts);

/// A value and from where to where it may lie.
struct plot_interval {
    std::string label;
    double low = 0;
    double at = 0;
    double high = 0;
    std::string shown;  ///< both as the reader sees them
};

/// A dot on its interval for each, label above, all to one scale that holds zero, which a line
/// marks.
markup intervals(const std::string& title, const std::vector<plot_interval>& parts);

/// A line through the values in their order, first and last labelled; scale from zero.
markup line(const std::string& title, const std::vector<plot_part>& points);

/// A place where a quantity stands, in one of the columns of a flow (a Sankey diagram).
struct flow_node {
    std::size_t column = 0;  ///< from the left
    std::string mark;        ///< shown beside it, short: a number that its table explains
    std::string name;        ///< what it is and how much, for a pointer that rests on it
    std::string kind;        ///< its colour class, as of a plot_part
};

/// What goes from one node to one of a later column; above zero.
struct flow_band {
    std::size_t from = 0;  ///< index of the node
    std::size_t to = 0;
    std::int64_t value = 0;
};

/// Bands between columns of nodes, as thick as their values, all to one scale. Nodes stand in the
/// order given; a band leaves and enters a node in the order of `bands`. A node is as high as what
/// comes in or what goes out, whichever is more. Bands that name no node are left out.
markup flow(const std::string& title, const std::string& description,
            const std::vector<flow_node>& nodes, const std::vector<flow_band>& bands);

}  // namespace veche::render
