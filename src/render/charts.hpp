#pragma once
// Pictures of many figures as inline SVG: a treemap, several lines, a network (maps:
// map_chart.hpp). One unit is a pixel on the narrowest phone (340 of them across); wider screens
// show the same picture larger. Colours stand in the picture itself, so that a file of it looks the
// same; none carries a meaning alone, and text on each has a contrast of 4.5 or more. A picture
// never stands alone: its table is on the same page.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "render/markup.hpp"
#include "render/network.hpp"

namespace veche::render {

/// What a part of a picture is.
enum class chart_kind : std::uint8_t {
    own,    ///< of the union, or made with advantage: dark
    other,  ///< light
    rest    ///< what is shown together: grey
};

/// Colours of a kind: its ground and the text on it, as "#rrggbb".
struct chart_colours {
    std::string_view ground;
    std::string_view ink;
};
chart_colours colours_of(chart_kind kind);

inline constexpr double chart_width = 340;

/// A tile of a treemap: a code that fits small tiles, a name for large ones, its size as shown.
struct treemap_part {
    std::string code;
    std::string name;
    std::string shown;
    double size = 0;
    chart_kind kind{};
};

/// Tiles as large as their sizes, in the order given (largest first). Where a tile is too small for
/// its words it has none; a pointer that rests on it says them.
markup treemap(const std::string& title, const std::string& description,
               const std::vector<treemap_part>& parts);

/// One line: a value for each point of time, nothing where it is missing. What is missing breaks
/// the line.
struct chart_line {
    std::string code;
    std::string name;
    std::vector<std::optional<double>> values;
    chart_kind kind{};
};

/// Where a time or a value stands on its axis, and what is written there.
struct chart_tick {
    double at = 0;
    std::string label;
};

/// Lines over time, the scale from zero. `times`: where each value stands, rising. `ticks`: of the
/// values; the last is the top of the picture. Every line has its own dashes, marks and its code at
/// its end.
markup lines(const std::string& title, const std::string& description,
             const std::vector<chart_tick>& times, const std::vector<chart_tick>& ticks,
             const std::vector<chart_line>& all);

struct network_node {
    std::string code;
    std::string name;
    chart_kind kind{};
};

/// Things and their links, at the places that `network_places` gives them. `own` things are full
/// and ringed. Codes stand on things as far as there is room.
markup network(const std::string& title, const std::string& description,
               const std::vector<network_node>& nodes, const std::vector<network_link>& links);

/// Rising steps from zero for an axis up to at least `most`: 1, 2 or 5 times a power of ten, three
/// to six of them.
std::vector<double> axis_steps(double most);

}  // namespace veche::render
