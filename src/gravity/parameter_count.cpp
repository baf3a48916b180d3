#include "gravity/parameter_count.hpp"

#include <algorithm>

#include "numerics/symmetric.hpp"

namespace veche::gravity {
namespace {

/// The level of a row, by effect as the panel has them; the first effect's is the row's group.
std::size_t level_at(const panel& p, std::size_t effect, std::size_t group, std::size_t i) {
    return effect == 0 ? group : static_cast<std::size_t>(p.place[i * p.others + effect - 1]);
}

/// Each level of the effect lies in one cluster.
bool nested(const panel& p, std::size_t effect, const groups& in) {
    std::vector<std::int32_t> of(effect == 0 ? p.groups() : p.levels(), -1);
    for (std::size_t g = 0; g < p.groups(); ++g)
        for (std::size_t i = p.begin[g]; i < p.begin[g + 1]; ++i) {
            const std::size_t level = level_at(p, effect, g, i);
            if (of[level] < 0) of[level] = in.code[i];
            if (of[level] != in.code[i]) return false;
        }
    return true;
}

/// Components of the graph of two effects: how many of their levels are redundant.
std::int64_t redundant_levels(const panel& p, std::size_t q, std::size_t r) {
    // Levels of the others follow those of the first effect.
    std::vector<std::size_t> parent(p.groups() + p.levels());
    for (std::size_t v = 0; v < parent.size(); ++v) parent[v] = v;
    const auto root = [&](std::size_t v) {
        while (parent[v] != v) v = parent[v] = parent[parent[v]];
        return v;
    };
    const auto vertex = [&](std::size_t effect, std::size_t g, std::size_t i) {
        return (effect == 0 ? 0 : p.groups()) + level_at(p, effect, g, i);
    };
    std::vector<bool> seen(parent.size());
    for (std::size_t g = 0; g < p.groups(); ++g)
        for (std::size_t i = p.begin[g]; i < p.begin[g + 1]; ++i) {
            const std::size_t a = vertex(q, g, i);
            const std::size_t b = vertex(r, g, i);
            seen[a] = seen[b] = true;
            const std::size_t from = root(a);
            const std::size_t to = root(b);
            parent[std::max(from, to)] = std::min(from, to);
        }
    std::int64_t out = 0;
    for (std::size_t v = 0; v < parent.size(); ++v) out += seen[v] && parent[v] == v;
    return out;
}

/// Redundant levels of some effects, in the order in which the formula has them: of each as many
/// as a pair of it and one before it makes, and at least one (of the first one `first`).
std::int64_t redundant_by_pairs(const panel& p, const std::vector<std::size_t>& effects,
                                std::int64_t first) {
    std::int64_t out = 0;
    for (std::size_t j = 0; j < effects.size(); ++j) {
        std::int64_t most = j == 0 ? first : 1;
        for (std::size_t i = 0; i < j; ++i)
            most = std::max(most, redundant_levels(p, effects[i], effects[j]));
        out += most;
    }
    return out;
}

/// Effects of the panel in the order of the model.
std::vector<std::size_t> in_order(const panel& p) {
    std::vector<std::size_t> out(p.effect.size());
    for (std::size_t q = 0; q < out.size(); ++q) out[q] = q;
    std::sort(out.begin(), out.end(),
              [&](std::size_t a, std::size_t b) { return p.effect[a] < p.effect[b]; });
    return out;
}

/// The rank of the other effects' dummies with the first effect taken out.
std::int64_t rank_beside_first(const panel& p) {
    const std::size_t m = p.levels();
    std::vector<double> cross(m * m);
    std::vector<double> count(m);
    std::vector<double> diagonal(m);
    for (std::size_t g = 0; g < p.groups(); ++g) {
        std::vector<std::size_t> here;
        for (std::size_t i = p.begin[g]; i < p.begin[g + 1]; ++i)
            for (std::size_t o = 0; o < p.others; ++o) {
                const auto level = static_cast<std::size_t>(p.place[i * p.others + o]);
                if (count[level] == 0) here.push_back(level);
                ++count[level];
                ++diagonal[level];
                for (std::size_t other = 0; other < p.others; ++other)
                    ++cross[level * m + static_cast<std::size_t>(p.place[i * p.others + other])];
            }
        const double rows = p.begin[g + 1] - p.begin[g];
        for (const std::size_t a : here)
            for (const std::size_t b : here) cross[a * m + b] -= count[a] * count[b] / rows;
        for (const std::size_t a : here) count[a] = 0;
    }
    constexpr double least = 1e-9;  // of a level's rows that are its own
    return static_cast<std::int64_t>(
        m - numerics::cholesky(m, cross, least, diagonal).dependent.size());
}

/// reghdfe 6: of effects that are not nested in a cluster, levels that pairs make redundant do not
/// count; where others are nested, the first loses one level too, and the constant counts.
std::int64_t count_as_reghdfe(const panel& p, const std::vector<std::size_t>& open,
                              std::int64_t levels) {
    const bool any_nested = open.size() < p.effect.size();
    return levels - redundant_by_pairs(p, open, any_nested ? 1 : 0) + (any_nested ? 1 : 0);
}

}  // namespace

std::int64_t rank_of_effects(const panel& p) {
    if (p.effect.empty()) return 0;
    const auto all = static_cast<std::int64_t>(p.groups() + p.levels());
    if (p.others >= 2 && p.levels() <= most_exact_levels)
        return static_cast<std::int64_t>(p.groups()) + rank_beside_first(p);
    return all - redundant_by_pairs(p, in_order(p), 0);
}

std::int64_t count_parameters(const estimation& e, std::string_view rule,
                              const std::vector<groups>& clusters) {
    const panel& p = e.rows;
    const auto k = static_cast<std::int64_t>(p.k);
    if (rule == "ppmlhdfe" || rule == "stata-ppml" || rule == "none") return 0;
    if (rule == "capybara" || p.effect.empty()) return k;
    if (rule == "stata-regress") return k + rank_of_effects(p);
    std::int64_t levels = 0;
    std::vector<std::size_t> open;  // effects that are not nested in a cluster
    for (const std::size_t q : in_order(p)) {
        const bool inside = std::any_of(clusters.begin(), clusters.end(),
                                        [&](const groups& one) { return nested(p, q, one); });
        if (inside) continue;
        open.push_back(q);
        levels += e.used.levels[p.effect[q]];
    }
    if (rule == "reghdfe") return k + count_as_reghdfe(p, open, levels);
    // One level of each effect is that of another, or of the constant.
    return k + levels + 1 - static_cast<std::int64_t>(open.size());
}

}  // namespace veche::gravity
