#include "shares/remainder.hpp"

#include <algorithm>
#include <numeric>

#include "kernel/check.hpp"

namespace veche::shares {
namespace {

uint128 of(std::int64_t value) {
    return static_cast<uint128>(static_cast<std::uint64_t>(value));
}

/// Where a share begins to rise, or stops.
struct bend {
    fraction at;
    std::int64_t slope = 0;
    std::int64_t level = 0;  ///< what is added to the sum apart from the slope
};

std::vector<bend> bends_of(std::span<const std::int64_t> weights,
                           std::span<const std::int64_t> least,
                           std::span<const std::int64_t> most) {
    std::vector<bend> bends;
    bends.reserve(weights.size() * 2);
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const std::int64_t w = weights[i];
        if (w == 0) continue;
        const std::int64_t low = least.empty() ? 0 : least[i];
        bends.push_back({{of(low), of(w)}, w, -low});
        bends.push_back({{of(most[i]), of(w)}, -w, most[i]});
    }
    std::sort(bends.begin(), bends.end(), [](const bend& a, const bend& b) { return a.at < b.at; });
    return bends;
}

}  // namespace

fraction fill_level(std::span<const std::int64_t> weights, std::span<const std::int64_t> least,
                    std::span<const std::int64_t> most, std::int64_t amount) {
    int128 slope = 0;
    int128 fixed = std::accumulate(least.begin(), least.end(), int128{0});
    fraction at{0, 1};
    for (const bend& next : bends_of(weights, least, most)) {
        // What is given at the bend; the product stays below 2^120.
        const int128 den = static_cast<int128>(next.at.den);
        const int128 given = fixed * den + slope * static_cast<int128>(next.at.num);
        if (given >= int128{amount} * den) break;
        at = next.at;
        slope += next.slope;
        fixed += next.level;
    }
    if (slope == 0) return at;
    VECHE_ENSURE(amount >= fixed, "the bounds leave room for the amount");
    return {static_cast<uint128>(amount - fixed), static_cast<uint128>(slope)};
}

parts parts_of(const columns& in, const fraction& level) {
    parts out;
    out.whole.resize(in.votes.size());
    out.rest.resize(in.votes.size());
    for (std::size_t i = 0; i < in.votes.size(); ++i) {
        const uint128 scaled = of(in.votes[i]) * level.num;
        // Far above a maximum the quota does not fit 64 bits.
        uint128 whole = scaled / level.den;
        uint128 rest = scaled % level.den;
        if (!in.least.empty() && whole < of(in.least[i])) {
            whole = of(in.least[i]);
            rest = 0;
        }
        if (!in.most.empty() && whole >= of(in.most[i])) {
            whole = of(in.most[i]);
            rest = 0;
        }
        out.whole[i] = static_cast<std::int64_t>(whole);
        out.rest[i] = rest;
    }
    return out;
}

std::optional<divided> round_by_rests(const parts& in, std::int64_t units, std::int64_t& left) {
    divided out;
    out.seats = in.whole;
    std::vector<std::uint32_t> order;
    std::int64_t open = units;
    for (std::size_t i = 0; i < in.whole.size(); ++i) {
        open -= in.whole[i];
        if (in.rest[i] > 0) order.push_back(static_cast<std::uint32_t>(i));
    }
    VECHE_ENSURE(open >= 0, "whole parts are no more than there is");
    left = open - static_cast<std::int64_t>(order.size());
    if (left > 0) return std::nullopt;
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return in.rest[a] != in.rest[b] ? in.rest[a] > in.rest[b] : a < b;
    });
    const auto winners = static_cast<std::size_t>(open);
    for (std::size_t n = 0; n < winners; ++n) ++out.seats[order[n]];
    const auto mark = [&](std::uint32_t i) { return party_seat{i, in.whole[i] + 1}; };
    if (winners > 0) out.lowest_won = mark(order[winners - 1]);
    if (winners < order.size()) out.highest_lost = mark(order[winners]);
    if (!out.lowest_won || !out.highest_lost) return out;
    const uint128 line = in.rest[out.lowest_won->party];
    if (in.rest[out.highest_lost->party] != line) return out;
    for (std::size_t n = 0; n < order.size(); ++n) {
        if (in.rest[order[n]] != line) continue;
        out.tied.push_back(order[n]);
        out.holds.push_back(n < winners);
        out.places += n < winners ? 1 : 0;
    }
    return out;
}

parts quota_parts(const columns& in, const fraction& level, std::int64_t seats) {
    parts out = parts_of(in, level);
    if (std::accumulate(out.whole.begin(), out.whole.end(), std::int64_t{0}) <= seats) return out;
    for (std::size_t i = 0; i < out.whole.size(); ++i) {
        if (out.whole[i] == 0) continue;
        --out.whole[i];
        out.rest[i] = level.den;
    }
    return out;
}

}  // namespace veche::shares
