#include "maps/sheet.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "maps/simplify.hpp"

namespace veche::maps {
namespace {

constexpr double least_triangle = 0.2;  // of the picture's square units: what an eye can tell
constexpr double least_islet = 0.4;     // likewise; smaller ones are not drawn
constexpr double beyond = 4;            // outlines go on so far beyond the picture
constexpr double tenths = 10;

bool holds(const std::vector<point>& ring, const point& at) {
    bool within = false;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const point& a = ring[i == 0 ? ring.size() - 1 : i - 1];
        const point& b = ring[i];
        if ((a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x)
            within = !within;
    }
    return within;
}

/// The widest part of a ring at that height.
label_place widest_at(const std::vector<point>& ring, double y) {
    std::vector<double> crossings;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const point& a = ring[i == 0 ? ring.size() - 1 : i - 1];
        const point& b = ring[i];
        if ((a.y > y) != (b.y > y))
            crossings.push_back((b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x);
    }
    std::sort(crossings.begin(), crossings.end());
    label_place best{{0, y}, 0};
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2)
        if (crossings[i + 1] - crossings[i] > best.width)
            best = {{(crossings[i] + crossings[i + 1]) / 2, y}, crossings[i + 1] - crossings[i]};
    return best;
}

/// At the height of the middle of its area.
label_place label_of_ring(const std::vector<point>& ring) {
    double area = 0;
    double up = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const point& a = ring[i == 0 ? ring.size() - 1 : i - 1];
        const double part = a.x * ring[i].y - ring[i].x * a.y;
        area += part;
        up += (a.y + ring[i].y) * part;
    }
    if (area == 0) return {ring.empty() ? point{} : ring.front(), 0};
    return widest_at(ring, up / (3 * area));
}

/// "M12 34l-5 6 7 8z": whole numbers, each from the one before.
void write_ring(const std::vector<point>& ring, std::string& into) {
    std::int64_t x = 0;
    std::int64_t y = 0;
    std::size_t written = 0;
    for (const point& one : ring) {
        const std::int64_t to_x = std::llround(one.x * tenths);
        const std::int64_t to_y = std::llround(one.y * tenths);
        if (written > 0 && to_x == x && to_y == y) continue;
        const std::string_view before = written == 0   ? "M"
                                        : written == 1 ? "l"
                                        : to_x < x     ? ""
                                                       : " ";
        into += fmt::format("{}{}{}{}", before, to_x - x, to_y - y < 0 ? "" : " ", to_y - y);
        x = to_x;
        y = to_y;
        ++written;
    }
    into += 'z';
}

/// Whether a rectangle of the plane may lie anywhere in the picture.
bool is_seen(const extent& what, const window& in) {
    extent placed = extent::nothing();
    for (const point& corner : {point{what.west, what.south}, point{what.east, what.south},
                                point{what.west, what.north}, point{what.east, what.north}})
        placed.widen_to(in.place(corner));
    return placed.east >= 0 && placed.west <= in.width && placed.north >= 0 &&
           placed.south <= in.height;
}

}  // namespace

void extent::widen_to(const point& at) {
    west = std::min(west, at.x);
    east = std::max(east, at.x);
    south = std::min(south, at.y);
    north = std::max(north, at.y);
}

extent extent::nothing() {
    constexpr double far = std::numeric_limits<double>::max();
    return {far, far, -far, -far};
}

window whole_window(const extent& all, double width, double least_height, double most_height) {
    constexpr double least = 1e-6;
    const double across = std::max(all.width(), least);
    const double up = std::max(all.height(), least);
    window out;
    out.width = width;
    out.unit = std::min(width / across, most_height / up);
    out.height = std::clamp(up * out.unit, least_height, most_height);
    out.middle = {(all.west + all.east) / 2, (all.south + all.north) / 2};
    return out;
}

window zoomed(const window& whole, double zoom, const point& middle, double turn) {
    window out = whole;
    out.unit = whole.unit * zoom;
    const double across = (whole.width / whole.unit - whole.width / out.unit) / 2;
    const double up = (whole.height / whole.unit - whole.height / out.unit) / 2;
    out.middle = {std::clamp(middle.x, whole.middle.x - across, whole.middle.x + across),
                  std::clamp(middle.y, whole.middle.y - up, whole.middle.y + up)};
    out.cosine = std::cos(turn);
    out.sine = std::sin(turn);
    return out;
}

sheet::sheet(outlines from) : source_(std::move(from)), whole_(extent::nothing()) {
    for (const auto& arc : source_.arcs) {
        std::vector<point> line;
        line.reserve(arc.size());
        for (const position& at : arc) line.push_back(source_.onto.place(at));
        const std::vector<double> worth = worth_of_points(line);
        auto& made = arcs_.emplace_back();
        for (std::size_t i = 0; i < line.size(); ++i) made.push_back({line[i], worth[i]});
    }
    for (const unit& one : source_.units) {
        extent bounds = extent::nothing();
        label_place label;
        double most = -1;
        for (const auto& polygon : one.polygons) {
            const std::vector<point> outside = points_of(polygon.front(), 0);
            for (const point& at : outside) bounds.widen_to(at);
            const double area = std::abs(twice_area(outside));
            if (area <= most) continue;
            most = area;
            label = label_of_ring(outside);
        }
        if (!one.polygons.empty()) {
            whole_.widen_to({bounds.west, bounds.south});
            whole_.widen_to({bounds.east, bounds.north});
        }
        codes_.emplace(one.id, bounds_.size());
        if (!one.other.empty()) codes_.emplace(one.other, bounds_.size());
        bounds_.push_back(bounds);
        labels_.push_back(label);
    }
    if (source_.units.empty()) whole_ = {};
}

std::optional<std::size_t> sheet::find(std::string_view id) const {
    const auto known = codes_.find(id);
    return known == codes_.end() ? std::nullopt : std::optional(known->second);
}

std::optional<std::size_t> sheet::around(const position& where) const {
    const point at = place(where);
    for (std::size_t i = 0; i < source_.units.size(); ++i) {
        const extent& in = bounds_[i];
        if (at.x < in.west || at.x > in.east || at.y < in.south || at.y > in.north) continue;
        bool within = false;
        for (const auto& polygon : source_.units[i].polygons)
            for (const arc_ring& one : polygon)
                if (holds(points_of(one, 0), at)) within = !within;
        if (within) return i;
    }
    return std::nullopt;
}

std::vector<point> sheet::points_of(const arc_ring& of, double least) const {
    std::vector<point> out;
    for (const std::int32_t number : of) {
        const auto& arc = arcs_[static_cast<std::size_t>(number < 0 ? ~number : number)];
        const auto add = [&](const weighed_point& one) {
            if (one.worth >= least) out.push_back(one.at);
        };
        // The last point of an arc is the first of the next one.
        if (number < 0)
            std::for_each(arc.rbegin(), arc.rend() - 1, add);
        else
            std::for_each(arc.begin(), arc.end() - 1, add);
    }
    return out;
}

std::string sheet::path_of(std::size_t number, const window& in) const {
    if (!is_seen(bounds_[number], in)) return {};
    const double least = least_triangle / (in.unit * in.unit);
    std::string out;
    for (const auto& polygon : source_.units[number].polygons)
        for (const arc_ring& one : polygon) {
            std::vector<point> points = points_of(one, least);
            for (point& at : points) at = in.place(at);
            if (std::abs(twice_area(points)) < 2 * least_islet) continue;
            points = cut_to(points, -beyond, -beyond, in.width + beyond, in.height + beyond);
            if (points.size() > 2) write_ring(points, out);
        }
    return out;
}

}  // namespace veche::maps
