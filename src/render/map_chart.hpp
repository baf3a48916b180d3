#pragma once
// Maps as inline SVG: circles and lines on outlines that a deployment cut, or, without outlines, on
// an empty net of degrees. Measures, colours and the table beside are those of charts.hpp.

#include <optional>
#include <string>
#include <vector>

#include "maps/sheet.hpp"
#include "render/charts.hpp"

namespace veche::render {

struct map_circle {
    std::string code;
    std::string name;
    double latitude = 0;   ///< degrees
    double longitude = 0;  ///< degrees
    double size = 0;       ///< its area, against the largest
    chart_kind kind{};
};

/// A line between two circles, by their numbers: `own` whole, `other` dashed, `rest` dotted.
struct map_line {
    std::size_t from = 0;
    std::size_t to = 0;
    std::string name;
    chart_kind kind{};
};

/// A unit of the outlines that the picture says something about.
struct map_region {
    std::string label;     ///< written on it where there is room
    std::string name;      ///< what it is and how much, for a pointer that rests on it
    std::string href;      ///< its page; "" where it has none
    std::size_t tint = 0;  ///< below map_tints: the darker, the more
};
inline constexpr std::size_t map_tints = 4;

/// What a tint means.
struct map_key {
    std::string label;
    std::size_t tint = 0;
};

inline constexpr double least_map_height = 160;
inline constexpr double most_map_height = 300;

/// Circles where things are, as large as their sizes, and lines between them, on an empty net of
/// degrees in which one of longitude is as long as at the middle latitude. No border is drawn.
markup circle_map(const std::string& title, const std::string& description,
                  const std::vector<map_circle>& circles, const std::vector<map_line>& lines = {});

/// Outlines, and what stands on them.
struct outline_picture {
    std::map<std::size_t, map_region> regions;  ///< by number of the unit; others stay pale
    std::vector<map_circle> circles;
    std::vector<map_line> lines;
    std::vector<map_key> keys;  ///< below the map; none where tints say nothing
};

/// The part of the outlines that the window shows, with the same circles and lines on it. A region
/// with a page is a link, which the keyboard reaches too.
markup outline_map(const std::string& title, const std::string& description, const maps::sheet&,
                   const maps::window&, const outline_picture&);

}  // namespace veche::render
