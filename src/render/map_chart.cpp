#include "render/map_chart.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "render/drawing.hpp"
#include "render/escape.hpp"

namespace veche::render {
namespace {

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
        unit_ = std::min(chart_width / (across * shrink_), most_map_height / up);
        height_ = std::clamp(up * unit_, least_map_height, most_map_height);
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
    double shrink_ = 1, unit_ = 1, height_ = 0, west_ = 0, north_ = 0;
};

/// A rectangle of text, so that no two lie on each other.
struct text_box {
    double x, y, width;
    [[nodiscard]] bool meets(const text_box& other) const {
        return std::abs(x - other.x) < (width + other.width) / 2 &&
               std::abs(y - other.y) < small_text + 1;
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
        const text_box box{x, y, width_of(text)};
        if (std::any_of(written.begin(), written.end(),
                        [&](const text_box& other) { return box.meets(other); }))
            return;
        written.push_back(box);
        on.words(x, y, "middle", text);
    };
    for (double at = std::ceil(in.west() / step) * step; at < in.east(); at += step) {
        if (in.x(at) > 44 && in.x(at) < chart_width - 16) figure(in.x(at), in.height() - 4, at);
    }
    for (double at = std::ceil(in.south() / step) * step; at < in.north(); at += step) {
        if (in.y(at) > 14 && in.y(at) < in.height() - 24) figure(14, in.y(at) - 2, at);
    }
}

/// Circles and lines at their places in the picture, whatever was the map below them.
class marks {
  public:
    /// `places`: of the circles, in their order.
    marks(drawing& on, double height, const std::vector<map_circle>& circles,
          std::vector<maps::point> places, bool lines)
        : on_(on), height_(height), circles_(circles), places_(std::move(places)) {
        for (const map_circle& one : circles) most_ = std::max(most_, one.size);
        largest_ = lines ? 7 : 16;  // lines need room
    }

    /// Lines bend a little to one side, so that those of many things with one are told apart.
    void draw_lines(const std::vector<map_line>& lines) {
        constexpr double bend = 0.12;
        constexpr std::string_view dashes[] = {"", " stroke-dasharray=\"5 3\"",
                                               " stroke-dasharray=\"1 3\""};
        for (const map_line& one : lines) {
            const auto [x1, y1] = places_[one.from];
            const auto [x2, y2] = places_[one.to];
            if (!seen({std::min(x1, x2), std::min(y1, y2)}, {std::max(x1, x2), std::max(y1, y2)}))
                continue;
            on_.begin(one.name);
            on_.add(fmt::format(
                "<path d=\"M{:.1f} {:.1f}Q{:.1f} {:.1f} {:.1f} {:.1f}\" fill=\"none\" "
                "stroke=\"{}\"{}/>",
                x1, y1, (x1 + x2) / 2 - (y2 - y1) * bend, (y1 + y2) / 2 + (x2 - x1) * bend, x2, y2,
                colours_of(chart_kind::own).ground, dashes[static_cast<std::size_t>(one.kind)]));
            on_.end();
        }
    }

    /// Large ones first, so that small ones lie on them and not under.
    void draw_circles() {
        for (std::size_t i = 0; i < circles_.size(); ++i) {
            const map_circle& one = circles_[i];
            if (!drawn(i)) continue;
            on_.begin(one.name);
            on_.add(fmt::format(
                "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" fill=\"{}\" "
                "fill-opacity=\"0.85\" stroke=\"{}\"/>",
                places_[i].x, places_[i].y, radius(one), colours_of(one.kind).ground, ink_colour));
            on_.end();
        }
    }

    /// Names of the largest first, as far as there is room.
    void write_names(std::vector<text_box>& written) {
        std::vector<std::size_t> order(circles_.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return circles_[a].size > circles_[b].size;
        });
        for (const std::size_t i : order) {
            const map_circle& one = circles_[i];
            if (!drawn(i)) continue;
            const double width = width_of(one.code);
            const bool inside = width <= 2 * radius(one);
            const text_box box{places_[i].x, places_[i].y + (inside ? 4 : radius(one) + small_text),
                               width};
            if (!free(box, written)) continue;
            written.push_back(box);
            on_.words(box.x, box.y, "middle", one.code,
                      inside ? colours_of(one.kind).ink : ink_colour);
        }
    }

    /// Whether a text there stands within the picture and on no other.
    [[nodiscard]] bool free(const text_box& box, const std::vector<text_box>& written) const {
        return box.y <= height_ && box.y >= small_text && box.x >= box.width / 2 &&
               box.x <= chart_width - box.width / 2 &&
               std::none_of(written.begin(), written.end(),
                            [&](const text_box& other) { return box.meets(other); });
    }

  private:
    [[nodiscard]] double radius(const map_circle& one) const {
        return std::max(std::sqrt(one.size / most_) * largest_, 2.0);
    }
    [[nodiscard]] bool drawn(std::size_t i) const {
        return circles_[i].size > 0 && seen(places_[i], places_[i]);
    }
    /// Whether a thing between these corners is anywhere in the picture.
    [[nodiscard]] bool seen(const maps::point& least, const maps::point& most) const {
        constexpr double near = 16;
        return most.x >= -near && most.y >= -near && least.x <= chart_width + near &&
               least.y <= height_ + near;
    }

    drawing& on_;
    double height_;
    const std::vector<map_circle>& circles_;
    std::vector<maps::point> places_;
    double most_ = 0;
    double largest_ = 0;
};

// --- Outlines ---

constexpr std::string_view pale = "#f4f2ec";
constexpr std::string_view border = "#8b929a";
constexpr std::string_view tints[map_tints] = {"#e3ebef", "#c9dfea", "#a5cadd", "#86b3cb"};
constexpr double key_height = 20;

/// All units that are seen; those with a page are links.
void draw_units(drawing& on, const maps::sheet& of, const maps::window& in,
                const std::map<std::size_t, map_region>& regions) {
    // Paths are in tenths, and so is the width of borders.
    on.add(
        fmt::format("<g transform=\"scale(.1)\" stroke=\"{}\" stroke-width=\"4\" "
                    "stroke-linejoin=\"round\" fill=\"{}\">",
                    border, pale));
    for (std::size_t i = 0; i < of.source().units.size(); ++i) {
        const std::string path = of.path_of(i, in);
        if (path.empty()) continue;
        const auto known = regions.find(i);
        if (known == regions.end()) {
            on.add(fmt::format("<path d=\"{}\"/>", path));
            continue;
        }
        const map_region& region = known->second;
        if (!region.href.empty())
            on.add(fmt::format("<a href=\"{}\" aria-label=\"{}\">", escaped(region.href),
                               escaped(region.name)));
        on.add(fmt::format("<path fill=\"{}\" d=\"{}\"><title>{}</title></path>",
                           tints[std::min(region.tint, map_tints - 1)], path,
                           escaped(region.name)));
        if (!region.href.empty()) on.add("</a>");
    }
    on.add("</g>");
}

/// Names of units, widest first, where the unit has room for it and nothing else stands there.
void write_regions(drawing& on, const marks& at, const maps::sheet& of, const maps::window& in,
                   const std::map<std::size_t, map_region>& regions,
                   std::vector<text_box>& written) {
    std::vector<std::size_t> order;
    for (const auto& [unit, region] : regions) order.push_back(unit);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return of.label_of(a).width > of.label_of(b).width;
    });
    for (const std::size_t unit : order) {
        const maps::label_place& place = of.label_of(unit);
        const std::string& label = regions.at(unit).label;
        const maps::point to = in.place(place.at);
        const text_box box{to.x, to.y + 4, width_of(label)};
        if (box.width > place.width * in.unit || !at.free(box, written)) continue;
        written.push_back(box);
        on.words(box.x, box.y, "middle", label);
    }
}

void draw_keys(drawing& on, double top, const std::vector<map_key>& keys) {
    double x = 4;
    for (const map_key& one : keys) {
        on.add(
            fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"12\" height=\"12\" "
                        "fill=\"{}\" stroke=\"{}\"/>",
                        x, top + 4, tints[std::min(one.tint, map_tints - 1)], border));
        on.words(x + 16, top + 14, "start", one.label);
        x += 16 + width_of(one.label) + 12;
    }
}

bool has_links(const outline_picture& what) {
    return std::any_of(what.regions.begin(), what.regions.end(),
                       [](const auto& one) { return !one.second.href.empty(); });
}

}  // namespace

markup circle_map(const std::string& title, const std::string& description,
                  const std::vector<map_circle>& circles, const std::vector<map_line>& lines) {
    const map_frame in(circles);
    drawing on(title, description, in.height());
    draw_net(on, in);
    std::vector<maps::point> places;
    for (const map_circle& one : circles)
        places.push_back({in.x(one.longitude), in.y(one.latitude)});
    marks all(on, in.height(), circles, std::move(places), !lines.empty());
    all.draw_lines(lines);
    all.draw_circles();
    std::vector<text_box> written;
    all.write_names(written);
    write_degrees(on, in, written);
    return on.take();
}

markup outline_map(const std::string& title, const std::string& description, const maps::sheet& of,
                   const maps::window& in, const outline_picture& what) {
    const double below = what.keys.empty() ? 0 : key_height;
    drawing on(title, description, std::ceil(in.height + below),
               has_links(what) ? picture_role::links : picture_role::image);
    draw_units(on, of, in, what.regions);
    std::vector<maps::point> places;
    for (const map_circle& one : what.circles)
        places.push_back(in.place(of.place({one.longitude, one.latitude})));
    marks all(on, in.height, what.circles, std::move(places), !what.lines.empty());
    all.draw_lines(what.lines);
    all.draw_circles();
    if (below > 0)  // what lies beyond the map must not show beside the keys
        on.add(fmt::format("<rect y=\"{:.1f}\" width=\"{:.0f}\" height=\"{:.0f}\" fill=\"{}\"/>",
                           in.height, chart_width, below + 1, paper_colour));
    std::vector<text_box> written;
    all.write_names(written);
    write_regions(on, all, of, in, what.regions, written);
    draw_keys(on, in.height, what.keys);
    return on.take();
}

}  // namespace veche::render
