#include "gravity/panel.hpp"

#include <algorithm>
#include <numeric>

#include "numerics/large_memory.hpp"

namespace veche::gravity {
namespace {

using numerics::resize_large;

constexpr std::size_t uncentred_group = 1024;  // rows of a group where groups mean nothing
constexpr std::size_t most_blocks = 16;

/// Rows in use, sorted by the code of one effect, else in their order.
std::vector<std::uint32_t> rows_by(const sample& s, const grouping* effect,
                                   std::vector<std::uint32_t>& begin,
                                   std::vector<std::int32_t>& code) {
    std::vector<std::uint32_t> row;
    resize_large(row, s.used());
    if (effect == nullptr) {
        std::size_t at = 0;
        for (std::size_t i = 0; i < s.of_row.size(); ++i)
            if (s.of_row[i] == fate::used) row[at++] = static_cast<std::uint32_t>(i);
        for (std::size_t i = 0; i < row.size(); i += uncentred_group)
            begin.push_back(static_cast<std::uint32_t>(i));
        begin.push_back(static_cast<std::uint32_t>(row.size()));
        return row;
    }
    std::vector<std::uint32_t> next(static_cast<std::size_t>(effect->levels) + 1);
    for (std::size_t i = 0; i < s.of_row.size(); ++i)
        if (s.of_row[i] == fate::used) ++next[effect->code[i] + 1];
    for (std::int32_t level = 0; level < effect->levels; ++level)
        if (next[level + 1] > 0) code.push_back(level);
    std::partial_sum(next.begin(), next.end(), next.begin());
    for (const std::int32_t level : code) begin.push_back(next[level]);
    begin.push_back(static_cast<std::uint32_t>(row.size()));
    for (std::size_t i = 0; i < s.of_row.size(); ++i)
        if (s.of_row[i] == fate::used) row[next[effect->code[i]]++] = static_cast<std::uint32_t>(i);
    return row;
}

/// Levels are numbered in the order in which rows come upon them: neighbours stay neighbours.
void place_effect(const grouping& effect, std::size_t o, panel& p) {
    std::vector<std::int32_t> number(static_cast<std::size_t>(effect.levels), -1);
    std::vector<std::int32_t> codes;
    codes.reserve(p.first_place[o + 1] - p.first_place[o]);
    const auto first = static_cast<std::int32_t>(p.first_place[o]);
    for (std::size_t i = 0; i < p.n; ++i) {
        const std::int32_t level = effect.code[p.row[i]];
        if (number[level] < 0) {
            number[level] = static_cast<std::int32_t>(codes.size());
            codes.push_back(level);
        }
        p.place[i * p.others + o] = first + number[level];
    }
    p.code[o + 1] = std::move(codes);
}

void cut_into_blocks(panel& p) {
    for (std::size_t g = 0; g < p.groups(); ++g)
        p.largest_group = std::max<std::size_t>(p.largest_group, p.begin[g + 1] - p.begin[g]);
    // Each block has a vector of all levels of its own, which must not outweigh its rows.
    const std::size_t wanted =
        std::clamp<std::size_t>(p.n / (2 * (p.width() + 1) + 2048), 1, most_blocks);
    p.block.push_back(0);
    for (std::size_t b = 1; b < wanted; ++b) {
        const auto row = static_cast<std::uint32_t>(p.n * b / wanted);
        const auto at = std::lower_bound(p.begin.begin(), p.begin.end() - 1, row);
        const auto group = static_cast<std::size_t>(at - p.begin.begin());
        if (group > p.block.back() && group < p.groups()) p.block.push_back(group);
    }
    p.block.push_back(p.groups());
}

void name_regressors(const model& m, panel& p) {
    for (std::size_t j = 0; j < m.regressors.size(); ++j) {
        p.names.push_back(m.regressors[j].name);
        p.source.push_back(j);
    }
    if (!p.centred && m.constant) {
        p.names.emplace_back("(constant)");
        p.source.push_back(m.regressors.size());
    }
    p.k = p.names.size();
}

/// Rows from `begin` on, up to `end`: what the model says of them.
void gather(const model& m, std::size_t begin, std::size_t end, panel& p) {
    const auto column = [&](std::span<const double> from, std::vector<double>& to) {
        for (std::size_t i = begin; i < end && !to.empty(); ++i) to[i] = from[p.row[i]];
    };
    column(m.outcome, p.y);
    column(m.weights, p.weight);
    column(m.offset, p.offset);
    for (std::size_t i = begin; i < end; ++i)
        for (std::size_t j = 0; j < p.k; ++j)
            p.x[i * p.k + j] = j < m.regressors.size() ? m.regressors[j].values[p.row[i]] : 1.0;
}

}  // namespace

std::uint64_t memory_needed(const model& m) {
    const std::uint64_t n = m.outcome.size();
    const std::uint64_t k = m.regressors.size() + 1;
    std::uint64_t levels = 0;
    for (const grouping& one : m.effects) levels += static_cast<std::uint64_t>(one.levels);
    // Rows: fate, number, places, outcome, weight, regressors, weights of the steps, one residual.
    const std::uint64_t row = 1 + 4 + 4 * m.effects.size() + 8 + 8 + 8 * k + 8 + 8 +
                              (m.weights.empty() ? 0 : 8) + (m.offset.empty() ? 0 : 8);
    const std::uint64_t pairs = m.effects.size() * (m.effects.size() - 1) / 2;
    // An approximate factor: about 48 bytes an edge while it is made, 16 while it is kept.
    const std::uint64_t factors = m.effects.size() < 2 ? 0 : n * (48 + 16 * pairs);
    return n * row + levels * 8 * (k + 24) + factors;
}

panel lay_out(const model& m, const sample& s, numerics::workers& crew) {
    panel p;
    p.n = s.used();
    p.centred = !m.effects.empty();
    p.others = p.centred ? m.effects.size() - 1 : 0;
    for (std::size_t q = 0; q < m.effects.size(); ++q) p.effect.push_back(q);
    p.code.resize(p.effect.size());
    if (p.centred) {
        const auto most = std::max_element(s.levels.begin(), s.levels.end()) - s.levels.begin();
        std::rotate(p.effect.begin(), p.effect.begin() + most, p.effect.begin() + most + 1);
    }
    std::vector<std::int32_t> unused;
    p.row = rows_by(s, p.centred ? &m.effects[p.effect[0]] : nullptr, p.begin,
                    p.centred ? p.code[0] : unused);
    p.first_place.push_back(0);
    for (std::size_t o = 0; o < p.others; ++o)
        p.first_place.push_back(p.first_place[o] +
                                static_cast<std::size_t>(s.levels[p.effect[o + 1]]));
    name_regressors(m, p);
    resize_large(p.place, p.n * p.others);
    resize_large(p.x, p.n * p.k);
    resize_large(p.y, p.n);
    resize_large(p.weight, m.weights.empty() ? 0 : p.n);
    resize_large(p.offset, m.offset.empty() ? 0 : p.n);
    const std::size_t parts = p.n / rows_of_part + 1;
    crew.run(p.others + parts, [&](std::size_t i) {
        if (i < p.others) return place_effect(m.effects[p.effect[i + 1]], i, p);
        const std::size_t part = i - p.others;
        gather(m, p.n * part / parts, p.n * (part + 1) / parts, p);
    });
    cut_into_blocks(p);
    return p;
}

void remove_regressors(panel& p, const std::vector<std::size_t>& which) {
    if (which.empty()) return;
    std::vector<std::size_t> kept;
    for (std::size_t j = 0; j < p.k; ++j)
        if (std::find(which.begin(), which.end(), j) == which.end()) kept.push_back(j);
    for (std::size_t i = 0; i < p.n; ++i)
        for (std::size_t j = 0; j < kept.size(); ++j)
            p.x[i * kept.size() + j] = p.x[i * p.k + kept[j]];
    p.x.resize(p.n * kept.size());
    for (std::size_t j = 0; j < kept.size(); ++j) {
        p.names[j] = p.names[kept[j]];
        p.source[j] = p.source[kept[j]];
    }
    p.names.resize(kept.size());
    p.source.resize(kept.size());
    p.k = kept.size();
}

}  // namespace veche::gravity
