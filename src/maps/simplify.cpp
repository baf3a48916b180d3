#include "maps/simplify.hpp"

#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <queue>

namespace veche::maps {
namespace {

double triangle(const point& a, const point& b, const point& c) {
    return std::abs((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)) / 2;
}

/// One side of the rectangle: what lies on its inner side stays.
template <class Inside, class Meet>
std::vector<point> cut_side(const std::vector<point>& ring, Inside inside, Meet meet) {
    std::vector<point> out;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const point& from = ring[i == 0 ? ring.size() - 1 : i - 1];
        const point& to = ring[i];
        if (inside(from) != inside(to)) out.push_back(meet(from, to));
        if (inside(to)) out.push_back(to);
    }
    return out;
}

point at_x(const point& a, const point& b, double x) {
    return {x, a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x)};
}

point at_y(const point& a, const point& b, double y) {
    return {a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y), y};
}

}  // namespace

std::vector<double> worth_of_points(const std::vector<point>& line) {
    const std::size_t n = line.size();
    std::vector<double> worth(n, std::numeric_limits<double>::infinity());
    if (n < 3) return worth;
    std::vector<std::size_t> before(n), after(n);
    using entry = std::pair<double, std::size_t>;
    // Equal areas go by their place on the line, so that the order is the same everywhere.
    std::priority_queue<entry, std::vector<entry>, std::greater<>> next;
    std::vector<double> area(n, 0);
    std::vector<bool> gone(n, false);
    for (std::size_t i = 1; i + 1 < n; ++i) {
        before[i] = i - 1;
        after[i] = i + 1;
        area[i] = triangle(line[i - 1], line[i], line[i + 1]);
        next.emplace(area[i], i);
    }
    double most = 0;
    const auto weigh = [&](std::size_t i) {
        if (i == 0 || i + 1 == n) return;
        area[i] = triangle(line[before[i]], line[i], line[after[i]]);
        next.emplace(area[i], i);
    };
    while (!next.empty()) {
        const auto [size, i] = next.top();
        next.pop();
        if (gone[i] || size != area[i]) continue;  // weighed anew since
        gone[i] = true;
        most = std::max(most, size);
        worth[i] = most;
        const std::size_t left = before[i];
        const std::size_t right = after[i];
        if (left > 0) after[left] = right;
        if (right + 1 < n) before[right] = left;
        weigh(left);
        weigh(right);
    }
    return worth;
}

std::vector<point> cut_to(const std::vector<point>& ring, double left, double top, double right,
                          double bottom) {
    auto out = cut_side(
        ring, [&](const point& p) { return p.x >= left; },
        [&](const point& a, const point& b) { return at_x(a, b, left); });
    out = cut_side(
        out, [&](const point& p) { return p.x <= right; },
        [&](const point& a, const point& b) { return at_x(a, b, right); });
    out = cut_side(
        out, [&](const point& p) { return p.y >= top; },
        [&](const point& a, const point& b) { return at_y(a, b, top); });
    return cut_side(
        out, [&](const point& p) { return p.y <= bottom; },
        [&](const point& a, const point& b) { return at_y(a, b, bottom); });
}

double twice_area(const std::vector<point>& ring) {
    double out = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const point& a = ring[i == 0 ? ring.size() - 1 : i - 1];
        out += a.x * ring[i].y - ring[i].x * a.y;
    }
    return out;
}

}  // namespace veche::maps
