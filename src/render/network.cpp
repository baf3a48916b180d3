#include "render/network.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace veche::render {
namespace {

/// Sets of things joined by links.
class joined_sets {
  public:
    explicit joined_sets(std::size_t n) : above_(n) { std::iota(above_.begin(), above_.end(), 0); }
    std::size_t root(std::size_t i) {
        while (above_[i] != i) i = above_[i] = above_[above_[i]];
        return i;
    }
    /// False where they were joined before.
    bool join(std::size_t a, std::size_t b) {
        const std::size_t x = root(a);
        const std::size_t y = root(b);
        above_[std::max(x, y)] = std::min(x, y);
        return x != y;
    }

  private:
    std::vector<std::size_t> above_;
};

/// Places on circles around the middle of the tree, each branch with the room of its leaves.
class branch_places {
  public:
    branch_places(std::size_t n, const std::vector<network_link>& links)
        : beside_(n), places_(n), seen_(n, false), leaves_(n, 0) {
        for (const network_link& link : links) {
            if (!link.tree) continue;
            beside_[link.from].push_back(link.to);
            beside_[link.to].push_back(link.from);
        }
    }

    std::vector<node_place> run() {
        std::vector<std::size_t> middles = middles_of_parts();
        double whole = 0;
        for (const std::size_t middle : middles) whole += leaves_[middle];
        std::fill(seen_.begin(), seen_.end(), false);
        double at = 0;
        for (const std::size_t middle : middles) {
            const double turn = 2 * std::numbers::pi * leaves_[middle] / whole;
            put(middle, middles.size() == 1 ? 0 : 1, at, turn);
            at += turn;
        }
        return std::move(places_);
    }

  private:
    /// Of each part the thing with most neighbours, the first of them.
    std::vector<std::size_t> middles_of_parts() {
        std::vector<std::size_t> middles;
        for (std::size_t i = 0; i < beside_.size(); ++i) {
            if (seen_[i]) continue;
            std::vector<std::size_t> part{i};
            seen_[i] = true;
            for (std::size_t k = 0; k < part.size(); ++k)
                for (const std::size_t next : beside_[part[k]]) {
                    if (seen_[next]) continue;
                    seen_[next] = true;
                    part.push_back(next);
                }
            std::sort(part.begin(), part.end());
            middles.push_back(*std::max_element(part.begin(), part.end(), [&](auto a, auto b) {
                return beside_[a].size() < beside_[b].size();
            }));
        }
        std::fill(seen_.begin(), seen_.end(), false);
        for (const std::size_t middle : middles) count(middle);
        return middles;
    }

    void count(std::size_t at) {
        seen_[at] = true;
        for (const std::size_t next : beside_[at]) {
            if (seen_[next]) continue;
            count(next);
            leaves_[at] += leaves_[next];
        }
        leaves_[at] = std::max(leaves_[at], 1.0);
    }

    void put(std::size_t at, double ring, double from, double turn) {
        seen_[at] = true;
        const double angle = from + turn / 2;
        places_[at] = {ring * std::cos(angle), ring * std::sin(angle)};
        double below = 0;
        for (const std::size_t next : beside_[at])
            if (!seen_[next]) below += leaves_[next];
        for (const std::size_t next : beside_[at]) {
            if (seen_[next]) continue;
            const double part = turn * leaves_[next] / below;
            put(next, ring + 1, from, part);
            from += part;
        }
    }

    std::vector<std::vector<std::size_t>> beside_;
    std::vector<node_place> places_;
    std::vector<bool> seen_;
    std::vector<double> leaves_;
};

/// Stretches the places over the frame; of one height or width they stand in the middle.
void fit(std::vector<node_place>& places, double width, double height) {
    if (places.empty()) return;
    const auto [left, right] =
        std::minmax_element(places.begin(), places.end(),
                            [](const node_place& a, const node_place& b) { return a.x < b.x; });
    const auto [top, bottom] =
        std::minmax_element(places.begin(), places.end(),
                            [](const node_place& a, const node_place& b) { return a.y < b.y; });
    const node_place low{left->x, top->y};
    const node_place size{right->x - low.x, bottom->y - low.y};
    for (node_place& one : places) {
        one.x = size.x > 0 ? (one.x - low.x) / size.x * width : width / 2;
        one.y = size.y > 0 ? (one.y - low.y) / size.y * height : height / 2;
    }
}

/// From b to a, of length one; for things in one place a direction of their own.
node_place direction(const node_place& a, const node_place& b, std::size_t i, double& distance) {
    node_place way{a.x - b.x, a.y - b.y};
    distance = std::sqrt(way.x * way.x + way.y * way.y);
    if (distance < 1e-6) {
        const double angle = static_cast<double>(i) * 2.399963229728653;  // never twice the same
        return {std::cos(angle), std::sin(angle)};
    }
    return {way.x / distance, way.y / distance};
}

/// One step of forces (Fruchterman, Reingold 1991): nobody moves further than `reach`.
void move_once(std::vector<node_place>& places, const std::vector<network_link>& links, double rest,
               double reach) {
    std::vector<node_place> push(places.size());
    double distance = 0;
    for (std::size_t i = 0; i < places.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            const node_place way = direction(places[i], places[j], i, distance);
            const double force = rest * rest / std::max(distance, 1.0);
            push[i].x += way.x * force;
            push[i].y += way.y * force;
            push[j].x -= way.x * force;
            push[j].y -= way.y * force;
        }
    for (const network_link& link : links) {
        const node_place way = direction(places[link.from], places[link.to], link.to, distance);
        const double force = distance * distance / rest * (link.tree ? 1 : link.nearness / 2);
        push[link.from].x -= way.x * force;
        push[link.from].y -= way.y * force;
        push[link.to].x += way.x * force;
        push[link.to].y += way.y * force;
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
        const double length = std::sqrt(push[i].x * push[i].x + push[i].y * push[i].y);
        if (length <= 0) continue;
        const double step = std::min(length, reach) / length;
        places[i].x += push[i].x * step;
        places[i].y += push[i].y * step;
    }
}

/// Pushes apart what is too near, inside the frame; false where nothing was.
bool push_apart(std::vector<node_place>& places, double least, double width, double height) {
    bool moved = false;
    double distance = 0;
    for (std::size_t i = 0; i < places.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            const node_place way = direction(places[i], places[j], i, distance);
            if (distance >= least) continue;
            moved = true;
            const double half = (least * 1.01 - distance) / 2;
            places[i].x = std::clamp(places[i].x + way.x * half, 0.0, width);
            places[i].y = std::clamp(places[i].y + way.y * half, 0.0, height);
            places[j].x = std::clamp(places[j].x - way.x * half, 0.0, width);
            places[j].y = std::clamp(places[j].y - way.y * half, 0.0, height);
        }
    return moved;
}

}  // namespace

std::vector<network_link> strongest_links(const std::vector<double>& nearness, std::size_t n,
                                          double strong, std::size_t most) {
    std::vector<network_link> all;
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = i + 1; j < n; ++j)
            if (nearness[i * n + j] > 0) all.push_back({i, j, nearness[i * n + j], false});
    std::stable_sort(all.begin(), all.end(), [](const network_link& a, const network_link& b) {
        return a.nearness > b.nearness;
    });
    joined_sets sets(n);
    std::vector<network_link> out;
    std::vector<network_link> others;
    for (network_link& link : all) {
        link.tree = sets.join(link.from, link.to);
        if (link.tree)
            out.push_back(link);
        else if (link.nearness >= strong && others.size() < most)
            others.push_back(link);
    }
    out.insert(out.end(), others.begin(), others.end());
    return out;
}

double least_distance(std::size_t n, double width, double height) {
    constexpr double widest = 22;
    constexpr double filled = 0.55;  // of the room that equal squares would have
    if (n == 0) return widest;
    return std::min(widest, filled * std::sqrt(width * height / static_cast<double>(n)));
}

std::vector<node_place> network_places(std::size_t n, const std::vector<network_link>& links,
                                       double width, double height) {
    // Of many things fewer steps: a picture takes no longer than pairs of a few hundred do.
    constexpr double most_pairs = 16e6;
    const int steps = static_cast<int>(std::clamp(
        most_pairs / std::max(1.0, static_cast<double>(n) * static_cast<double>(n)), 60.0, 240.0));
    constexpr int last_steps = 400;
    std::vector<node_place> places = branch_places(n, links).run();
    fit(places, width, height);
    const double rest =
        0.6 * std::sqrt(width * height / static_cast<double>(std::max<std::size_t>(n, 1)));
    for (int step = 0; step < steps; ++step)
        move_once(places, links, rest, width / 12 * (steps - step) / steps);
    fit(places, width, height);
    const double least = least_distance(n, width, height);
    for (int step = 0; step < last_steps && push_apart(places, least, width, height);) ++step;
    return places;
}

}  // namespace veche::render
