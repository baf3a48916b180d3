#include "render/charts.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "render/line_frame.hpp"
#include "render/treemap.hpp"

namespace veche::render {
namespace {

/// The text in lines that fit the width; nothing where a word does not.
std::vector<std::string> wrapped(std::string_view text, double width) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto blank = text.find(' ');
        const std::string word(text.substr(0, blank));
        if (!fits(word, width)) return {};
        if (!out.empty() && fits(out.back() + " " + word, width))
            out.back() += " " + word;
        else
            out.push_back(word);
        text.remove_prefix(blank == std::string_view::npos ? text.size() : blank + 1);
    }
    return out;
}

/// The name where it fits with the size below it, else the code, with the size where that fits.
std::vector<std::string> words_of_tile(const treemap_part& part, double width, double height) {
    const auto rows = static_cast<std::size_t>(std::max(0.0, (height - 5) / (small_text + 3)));
    std::vector<std::string> out = wrapped(part.name, width);
    if (out.empty() || out.size() + 1 > rows) out = {part.code};
    if (!fits(out.front(), width) || rows == 0) return {};
    if (rows > out.size() && fits(part.shown, width)) out.push_back(part.shown);
    return out;
}

void draw_tile(drawing& on, const tile& at, const treemap_part& part) {
    const chart_colours colours = colours_of(part.kind);
    on.begin(part.name + ": " + part.shown);
    on.add(fmt::format(
        "<rect x=\"{:.2f}\" y=\"{:.2f}\" width=\"{:.2f}\" height=\"{:.2f}\" fill=\"{}\" "
        "stroke=\"{}\"/>",
        at.x, at.y, at.width, at.height, colours.ground, paper_colour));
    double y = at.y + small_text + 2;
    for (const std::string& line : words_of_tile(part, at.width, at.height)) {
        on.words(at.x + 4, y, "start", line, colours.ink);
        y += small_text + 3;
    }
    on.end();
}

/// Ends of lines with their labels kept from lying on each other: places from top to bottom.
std::vector<double> spread_labels(const std::vector<double>& wanted, double top, double bottom) {
    constexpr double step = small_text + 2;
    std::vector<std::size_t> order(wanted.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return wanted[a] < wanted[b]; });
    std::vector<double> out(wanted.size());
    double least = top;
    for (const std::size_t i : order) {
        out[i] = std::max(wanted[i], least);
        least = out[i] + step;
    }
    double most = bottom;
    for (auto at = order.rbegin(); at != order.rend(); ++at) {
        out[*at] = std::min(out[*at], most);
        most = out[*at] - step;
    }
    return out;
}

void draw_line(drawing& on, const line_frame& in, const std::vector<chart_tick>& times,
               const chart_line& line, const line_look& look) {
    std::string way;
    std::string marks;
    bool drawn = false;
    for (std::size_t i = 0; i < times.size() && i < line.values.size(); ++i) {
        const auto& value = line.values[i];
        if (value) {
            const double x = in.x(times[i].at);
            const double y = in.y(*value);
            way += fmt::format("{}{:.1f} {:.1f}", drawn ? "L" : "M", x, y);
            marks += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2.5\" fill=\"{}\"/>", x,
                                 y, look.colour);
        }
        drawn = value.has_value();
    }
    on.add(fmt::format(
        "<path fill=\"none\" stroke=\"{}\" stroke-width=\"2\" stroke-dasharray=\"{}\" d=\"{}\"/>",
        look.colour, look.dashes.empty() ? "none" : look.dashes, way));
    on.add(marks);
}

}  // namespace

chart_colours colours_of(chart_kind kind) {
    switch (kind) {
        case chart_kind::own:
            return {"#14425f", "#ffffff"};
        case chart_kind::other:
            return {"#bcd6e4", ink_colour};
        case chart_kind::rest:
            break;
    }
    return {"#e3e0d8", ink_colour};
}

markup treemap(const std::string& title, const std::string& description,
               const std::vector<treemap_part>& parts) {
    constexpr double height = 300;
    drawing on(title, description, height);
    std::vector<double> sizes;
    for (const treemap_part& part : parts) sizes.push_back(part.size);
    const std::vector<tile> tiles = squarified(sizes, chart_width, height);
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (parts[i].size > 0) draw_tile(on, tiles[i], parts[i]);
    return on.take();
}

markup lines(const std::string& title, const std::string& description,
             const std::vector<chart_tick>& times, const std::vector<chart_tick>& ticks,
             const std::vector<chart_line>& all) {
    drawing on(title, description, line_frame::height);
    const line_frame in(times, ticks);
    in.draw_axes(on, times, ticks);
    std::vector<double> ends;
    for (const chart_line& line : all) {
        double last = 0;
        for (const auto& value : line.values)
            if (value) last = *value;
        ends.push_back(in.y(last) + 4);
    }
    const std::vector<double> labels =
        spread_labels(ends, line_frame::top + 4, line_frame::bottom + 4);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const line_look& look = looks[i % std::size(looks)];
        on.begin(all[i].name);
        draw_line(on, in, times, all[i], look);
        on.line(line_frame::right + 4, labels[i] - 4, line_frame::right + 10, labels[i] - 4,
                look.colour, 3);
        on.words(line_frame::right + 13, labels[i], "start", all[i].code);
        on.end();
    }
    return on.take();
}

markup network(const std::string& title, const std::string& description,
               const std::vector<network_node>& nodes, const std::vector<network_link>& links) {
    constexpr double height = 380;
    constexpr double margin = 14;
    drawing on(title, description, height);
    const std::vector<node_place> places =
        network_places(nodes.size(), links, chart_width - 2 * margin, height - 2 * margin);
    for (const network_link& link : links)
        on.line(places[link.from].x + margin, places[link.from].y + margin,
                places[link.to].x + margin, places[link.to].y + margin,
                link.tree ? "#8b929a" : "#d8d5cb", link.tree ? 1.5 : 1);
    // Some of the distance is left for the links between.
    constexpr double part = 0.42;
    const double radius =
        part * least_distance(nodes.size(), chart_width - 2 * margin, height - 2 * margin);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const double x = places[i].x + margin;
        const double y = places[i].y + margin;
        const chart_colours colours = colours_of(nodes[i].kind);
        const bool own = nodes[i].kind == chart_kind::own;
        on.begin(nodes[i].name);
        on.add(fmt::format(
            "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" fill=\"{}\" stroke=\"{}\" "
            "stroke-width=\"{}\"/>",
            x, y, own ? radius : radius - 1, own ? colours.ground : paper_colour, ink_colour,
            own ? 2 : 1));
        if (width_of(nodes[i].code) <= 2 * radius)
            on.words(x, y + 4, "middle", nodes[i].code, own ? colours.ink : ink_colour);
        on.end();
    }
    return on.take();
}

std::vector<double> axis_steps(double most) {
    if (!(most > 0)) return {0, 1};
    double step = std::pow(10, std::floor(std::log10(most / 3)));
    for (const double factor : {2.0, 2.5, 2.0})
        if (most / step > 5) step *= factor;
    std::vector<double> out{0};
    while (out.back() < most) out.push_back(static_cast<double>(out.size()) * step);
    return out;
}

}  // namespace veche::render
