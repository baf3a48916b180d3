#include "shares/division.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "shares/apportion.hpp"
#include "shares/refusal.hpp"
#include "shares/remainder.hpp"

namespace veche::shares {
namespace {

result<void> check_division(const division& in) {
    if (in.claimants.empty()) return refuse(refusals::nobody_shares, "claimants");
    if (in.amount < 0 || in.amount > most_votes)
        return refuse(refusals::number_out_of_range, "amount", std::to_string(most_votes));
    std::set<std::string_view> names;
    std::int64_t claims = 0;
    std::int64_t weights = 0;
    for (std::size_t i = 0; i < in.claimants.size(); ++i) {
        const claimant& c = in.claimants[i];
        const std::string field = "claimants." + std::to_string(i);
        if (c.name.empty())
            return refuse(refusals::name_missing, field + ".name", std::to_string(i + 1));
        if (!names.insert(c.name).second)
            return refuse(refusals::name_repeated, field + ".name", c.name);
        const std::int64_t weight = c.weight.value_or(0);
        if (c.claim < 0 || c.claim > most_votes - claims || weight < 0 ||
            weight > most_votes - weights)
            return refuse(refusals::number_out_of_range, field, std::to_string(most_votes));
        claims += c.claim;
        weights += weight;
    }
    return {};
}

/// A division as water that rises: shares, or losses, up to `caps`, in units of 1/`scale`.
struct rising {
    std::vector<std::int64_t> weights;
    std::vector<std::int64_t> caps;
    std::int64_t amount = 0;
    std::int64_t left_over = 0;
    int128 scale = 1;
    bool losses = false;
};

rising rising_of(const division& in) {
    rising out;
    std::int64_t claims = 0;
    std::int64_t reachable = 0;
    for (const claimant& c : in.claimants) {
        std::int64_t weight = 1;
        if (in.rule == division_rule::max_min) weight = c.weight.value_or(1);
        if (in.rule == division_rule::proportional) weight = c.weight.value_or(c.claim);
        out.weights.push_back(weight);
        out.caps.push_back(c.claim);
        claims += c.claim;
        if (weight > 0) reachable += c.claim;
    }
    out.amount = std::min(in.amount, reachable);
    out.left_over = in.amount - out.amount;
    const bool talmud = in.rule == division_rule::talmud;
    out.losses = in.rule == division_rule::equal_losses || (talmud && out.amount * 2 > claims);
    if (out.losses) out.amount = claims - out.amount;
    // Half claims are whole in units of a half.
    if (talmud) {
        out.scale = 2;
        out.amount *= 2;
    }
    return out;
}

int128 signed_of(uint128 value) {
    return static_cast<int128>(value);
}

/// What each gets, over one denominator.
struct exact_shares {
    std::vector<int128> nums;
    int128 den = 1;
};

exact_shares shares_at(const rising& of, const division& in, const fraction& level) {
    exact_shares out;
    const int128 den = signed_of(level.den);
    out.den = den * of.scale;
    for (std::size_t i = 0; i < of.caps.size(); ++i) {
        const int128 risen =
            std::min(int128{of.caps[i]} * den, int128{of.weights[i]} * signed_of(level.num));
        out.nums.push_back(of.losses ? int128{in.claimants[i].claim} * out.den - risen : risen);
    }
    return out;
}

/// In units, whatever the scale.
std::string level_text(const fraction& level, const rising& of) {
    return to_text(fraction{level.num, level.den * static_cast<uint128>(of.scale)});
}

std::vector<freeze> freezes_of(const rising& of, const division& in, const fraction& level) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < of.caps.size(); ++i)
        if (of.weights[i] > 0) order.push_back(i);
    const auto brim = [&](std::size_t i) {
        const fraction full{static_cast<uint128>(of.caps[i]), static_cast<uint128>(of.weights[i])};
        return std::min(full, level);
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return brim(a) < brim(b); });
    std::vector<freeze> out;
    for (std::size_t n = 0; n < order.size(); ++n) {
        if (n == 0 || brim(order[n]) != brim(order[n - 1]))
            out.push_back({level_text(brim(order[n]), of), {}});
        out.back().frozen.push_back(in.claimants[order[n]].name);
    }
    return out;
}

result<void> round_units(const division& in, const exact_shares& exact, std::int64_t units,
                         division_certificate& into) {
    parts whole;
    for (const int128 num : exact.nums) {
        whole.whole.push_back(static_cast<std::int64_t>(num / exact.den));
        whole.rest.push_back(static_cast<uint128>(num % exact.den));
    }
    std::int64_t left = 0;
    divided rounded = *round_by_rests(whole, units, left);
    if (!rounded.tied.empty()) {
        std::vector<std::string> among;
        for (const std::uint32_t i : rounded.tied) among.push_back(in.claimants[i].name);
        const auto rank = VECHE_TRY(rank_by(in.ties, among));
        into.ties.push_back(settle(rounded, among, rank, in.ties.policy));
        into.decided = in.ties.policy != tie_policy::open;
    }
    into.units = std::move(rounded.seats);
    return {};
}

}  // namespace

result<division_certificate> divide_amount(const division& in) {
    VECHE_CHECK(check_division(in));
    const rising water = rising_of(in);
    const fraction level = fill_level(water.weights, {}, water.caps, water.amount);
    const exact_shares exact = shares_at(water, in, level);
    division_certificate out;
    out.rule = in.rule;
    out.amount = in.amount;
    out.left_over = water.left_over;
    out.losses = water.losses;
    for (const int128 num : exact.nums)
        out.exact.push_back(
            to_text(fraction{static_cast<uint128>(num), static_cast<uint128>(exact.den)}));
    out.levels = freezes_of(water, in, level);
    VECHE_CHECK(round_units(in, exact, in.amount - out.left_over, out));
    return out;
}

result<division_rule> read_division_rule(std::string_view text) {
    constexpr std::pair<std::string_view, division_rule> spellings_of_rules[] = {
        {"maxmin", division_rule::max_min},
        {"cea", division_rule::max_min},
        {"equalawards", division_rule::max_min},
        {"equallosses", division_rule::equal_losses},
        {"cel", division_rule::equal_losses},
        {"talmud", division_rule::talmud},
        {"proportional", division_rule::proportional},
    };
    std::string plain;
    for (const char c : text) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (lower >= 'a' && lower <= 'z') plain += lower;
    }
    for (const auto& [name, rule] : spellings_of_rules)
        if (name == plain) return rule;
    return refuse(refusals::method_unknown, "rule", std::string(text));
}

}  // namespace veche::shares
