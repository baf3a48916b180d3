#include "render/charts.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>

#include <fmt/format.h>

#include "render/escape.hpp"
#include "render/treemap.hpp"

namespace veche::render {
namespace {

constexpr double letter = 0.64;  // width of a letter over the size of its text, on the safe side
constexpr double small = 11;     // the least size of text
constexpr std::string_view ground = "#ffffff";
constexpr std::string_view ink = "#1a2430";

/// Characters of a text in UTF-8.
double letters_of(std::string_view text) {
    return static_cast<double>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
}

bool fits(std::string_view text, double width) {
    return !text.empty() && letters_of(text) * letter * small + 6 <= width;
}

/// An SVG that is being drawn.
class drawing {
  public:
    drawing(const std::string& title, const std::string& description, double height) {
        out_ = fmt::format(
            "<svg class=\"plot\" role=\"img\" width=\"100%\" viewBox=\"0 0 {:.0f} {:.0f}\" "
            "aria-label=\"{}\"><desc>{}</desc><rect width=\"{:.0f}\" height=\"{:.0f}\" "
            "fill=\"{}\"/>",
            chart_width, height, escaped(title), escaped(description), chart_width, height, ground);
    }
    void add(std::string_view piece) { out_ += piece; }
    void begin(std::string_view name) {
        out_ += fmt::format("<g><title>{}</title>", escaped(name));
    }
    void end() { out_ += "</g>"; }
    void words(double x, double y, std::string_view anchor, std::string_view text,
               std::string_view colour = ink) {
        out_ += fmt::format(
            "<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{:.0f}\" text-anchor=\"{}\" "
            "class=\"{}\" fill=\"{}\">{}</text>",
            x, y, small, anchor, colour == ink ? "on-light" : "on-dark", colour, escaped(text));
    }
    void line(double x1, double y1, double x2, double y2, std::string_view colour, double width) {
        out_ += fmt::format(
            "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" "
            "stroke-width=\"{:g}\"/>",
            x1, y1, x2, y2, colour, width);
    }
    markup take() { return {std::move(out_) + "</svg>"}; }

  private:
    std::string out_;
};

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
    const auto rows = static_cast<std::size_t>(std::max(0.0, (height - 5) / (small + 3)));
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
        at.x, at.y, at.width, at.height, colours.ground, ground));
    double y = at.y + small + 2;
    for (const std::string& line : words_of_tile(part, at.width, at.height)) {
        on.words(at.x + 4, y, "start", line, colours.ink);
        y += small + 3;
    }
    on.end();
}

/// Lines differ by dashes and marks, not by colour alone.
struct line_look {
    std::string_view colour;
    std::string_view dashes;
};
constexpr line_look looks[] = {
    {"#14425f", ""},    {"#a3262c", "7 3"}, {"#1c6440", "2 3"},  {"#7a4b00", "9 3 2 3"},
    {"#5a3d8a", "4 2"}, {"#505c69", "1 2"}, {"#0b5286", "12 4"}, {"#8a2f6b", "6 2 2 2 2 2"}};

/// Ends of lines with their labels kept from lying on each other: places from top to bottom.
std::vector<double> spread_labels(const std::vector<double>& wanted, double top, double bottom) {
    constexpr double step = small + 2;
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

/// The frame of lines: where times and values stand.
class line_frame {
  public:
    line_frame(const std::vector<chart_tick>& times, const std::vector<chart_tick>& ticks)
        : first_(times.empty() ? 0 : times.front().at),
          span_(times.size() < 2 ? 1 : times.back().at - first_),
          most_(ticks.empty() || ticks.back().at <= 0 ? 1 : ticks.back().at),
          alone_(times.size() < 2) {}
    [[nodiscard]] double x(double at) const {
        return left + (alone_ ? 0.5 : (at - first_) / span_) * (right - left);
    }
    [[nodiscard]] double y(double value) const { return bottom - value / most_ * (bottom - top); }

    static constexpr double left = 46;
    static constexpr double right = 286;
    static constexpr double top = 10;
    static constexpr double bottom = 206;
    static constexpr double height = 230;

  private:
    double first_, span_, most_;
    bool alone_;
};

void draw_axes(drawing& on, const line_frame& in, const std::vector<chart_tick>& times,
               const std::vector<chart_tick>& ticks) {
    for (const chart_tick& tick : ticks) {
        on.line(line_frame::left, in.y(tick.at), line_frame::right, in.y(tick.at), "#d8d5cb", 1);
        on.words(line_frame::left - 4, in.y(tick.at) + 4, "end", tick.label);
    }
    double next = -chart_width;
    for (std::size_t i = 0; i < times.size(); ++i) {
        const double x = in.x(times[i].at);
        const double half = letters_of(times[i].label) * letter * small / 2;
        if (x - half < next) continue;
        on.words(x, line_frame::bottom + 16, "middle", times[i].label);
        next = x + half + 4;
    }
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

/// Where degrees stand on a map of the chart's width.
class map_frame {
  public:
    explicit map_frame(const std::vector<map_circle>& circles) {
        double west = 180, east = -180, south = 90, north = -90;
        for (const map_circle& one : circles) {
            west = std::min(west, one.longitude);
            east = std::max(east, one.longitude);
            south = std::min(south, one.latitude);
            north = std::max(north, one.latitude);
        }
        constexpr double least = 4;
        const double across = std::max((east - west) * 1.15, least);
        const double up = std::max((north - south) * 1.25, least);
        const double middle = (south + north) / 2;
        shrink_ = std::cos(std::min(std::abs(middle), 75.0) * std::numbers::pi / 180);
        unit_ = std::min(chart_width / (across * shrink_), most_height / up);
        height_ = std::clamp(up * unit_, least_height, most_height);
        west_ = (west + east) / 2 - chart_width / 2 / (unit_ * shrink_);
        north_ = middle + height_ / 2 / unit_;
    }
    [[nodiscard]] double x(double longitude) const { return (longitude - west_) * unit_ * shrink_; }
    [[nodiscard]] double y(double latitude) const { return (north_ - latitude) * unit_; }
    [[nodiscard]] double height() const { return height_; }
    [[nodiscard]] double west() const { return west_; }
    [[nodiscard]] double east() const { return west_ + chart_width / (unit_ * shrink_); }
    [[nodiscard]] double north() const { return north_; }
    [[nodiscard]] double south() const { return north_ - height_ / unit_; }

  private:
    static constexpr double least_height = 160;
    static constexpr double most_height = 300;
    double shrink_ = 1, unit_ = 1, height_ = 0, west_ = 0, north_ = 0;
};

/// A rectangle of text, so that no two lie on each other.
struct text_box {
    double x, y, width;
    [[nodiscard]] bool meets(const text_box& other) const {
        return std::abs(x - other.x) < (width + other.width) / 2 &&
               std::abs(y - other.y) < small + 1;
    }
};

double net_step(const map_frame& in) {
    const double span = in.east() - in.west();
    return span > 120 ? 30 : span > 40 ? 10 : span > 12 ? 5 : 1;
}

void draw_net(drawing& on, const map_frame& in) {
    const double step = net_step(in);
    for (double at = std::ceil(in.west() / step) * step; at < in.east(); at += step)
        on.line(in.x(at), 0, in.x(at), in.height(), "#d8d5cb", 1);
    for (double at = std::ceil(in.south() / step) * step; at < in.north(); at += step)
        on.line(0, in.y(at), chart_width, in.y(at), "#d8d5cb", 1);
}

/// Figures of the net where names leave room for them; the lines say enough of the others.
void write_degrees(drawing& on, const map_frame& in, std::vector<text_box>& written) {
    const double step = net_step(in);
    const auto figure = [&](double x, double y, double degrees) {
        const std::string text = fmt::format("{:.0f}°", degrees + 0.0);
        const text_box box{x, y, letters_of(text) * letter * small};
        if (std::any_of(written.begin(), written.end(),
                        [&](const text_box& other) { return box.meets(other); }))
            return;
        written.push_back(box);
        on.words(x, y, "middle", text, ink);
    };
    for (double at = std::ceil(in.west() / step) * step; at < in.east(); at += step) {
        if (in.x(at) > 44 && in.x(at) < chart_width - 16) figure(in.x(at), in.height() - 4, at);
    }
    for (double at = std::ceil(in.south() / step) * step; at < in.north(); at += step) {
        if (in.y(at) > 14 && in.y(at) < in.height() - 24) figure(14, in.y(at) - 2, at);
    }
}

/// Lines bend a little to one side, so that those of many things with one are told apart.
void draw_map_lines(drawing& on, const map_frame& in, const std::vector<map_circle>& circles,
                    const std::vector<map_line>& lines) {
    constexpr double bend = 0.12;
    constexpr std::string_view dashes[] = {"", " stroke-dasharray=\"5 3\"",
                                           " stroke-dasharray=\"1 3\""};
    for (const map_line& one : lines) {
        const double x1 = in.x(circles[one.from].longitude);
        const double y1 = in.y(circles[one.from].latitude);
        const double x2 = in.x(circles[one.to].longitude);
        const double y2 = in.y(circles[one.to].latitude);
        on.begin(one.name);
        on.add(fmt::format(
            "<path d=\"M{:.1f} {:.1f}Q{:.1f} {:.1f} {:.1f} {:.1f}\" fill=\"none\" "
            "stroke=\"{}\"{}/>",
            x1, y1, (x1 + x2) / 2 - (y2 - y1) * bend, (y1 + y2) / 2 + (x2 - x1) * bend, x2, y2,
            colours_of(chart_kind::own).ground, dashes[static_cast<std::size_t>(one.kind)]));
        on.end();
    }
}

}  // namespace

chart_colours colours_of(chart_kind kind) {
    switch (kind) {
        case chart_kind::own:
            return {"#14425f", "#ffffff"};
        case chart_kind::other:
            return {"#bcd6e4", ink};
        case chart_kind::rest:
            break;
    }
    return {"#e3e0d8", ink};
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
    draw_axes(on, in, times, ticks);
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
            x, y, own ? radius : radius - 1, own ? colours.ground : ground, ink, own ? 2 : 1));
        if (letters_of(nodes[i].code) * letter * small <= 2 * radius)
            on.words(x, y + 4, "middle", nodes[i].code, own ? colours.ink : ink);
        on.end();
    }
    return on.take();
}

markup circle_map(const std::string& title, const std::string& description,
                  const std::vector<map_circle>& circles, const std::vector<map_line>& lines) {
    const double largest = lines.empty() ? 16 : 7;  // lines need room
    const map_frame in(circles);
    drawing on(title, description, in.height());
    draw_net(on, in);
    draw_map_lines(on, in, circles, lines);
    double most = 0;
    for (const map_circle& one : circles) most = std::max(most, one.size);
    // Large ones first, so that small ones lie on them and not under.
    for (const map_circle& one : circles) {
        if (!(one.size > 0)) continue;
        const chart_colours colours = colours_of(one.kind);
        const double x = in.x(one.longitude);
        const double y = in.y(one.latitude);
        on.begin(one.name);
        on.add(fmt::format(
            "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" fill=\"{}\" fill-opacity=\"0.85\" "
            "stroke=\"{}\"/>",
            x, y, std::max(std::sqrt(one.size / most) * largest, 2.0), colours.ground, ink));
        on.end();
    }
    std::vector<text_box> written;
    for (const map_circle& one : circles) {
        if (!(one.size > 0)) continue;
        const double radius = std::max(std::sqrt(one.size / most) * largest, 2.0);
        const double width = letters_of(one.code) * letter * small;
        const bool inside = width <= 2 * radius;
        const double y = in.y(one.latitude) + (inside ? 4 : radius + small);
        const text_box box{in.x(one.longitude), y, width};
        const bool free = std::none_of(written.begin(), written.end(),
                                       [&](const text_box& other) { return box.meets(other); });
        if (!free || y > in.height() || box.x < width / 2 || box.x > chart_width - width / 2)
            continue;
        written.push_back(box);
        on.words(box.x, y, "middle", one.code, inside ? colours_of(one.kind).ink : ink);
    }
    write_degrees(on, in, written);
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
