#include "shares/dose_shares.hpp"

#include <algorithm>
#include <set>

#include "shares/apportion.hpp"
#include "shares/refusal.hpp"
#include "shares/remainder.hpp"

namespace veche::shares {
namespace {

constexpr std::int64_t most_scale = 1'000;

result<void> check_request(const dose_request& in) {
    const std::string most = std::to_string(most_doses);
    if (in.regions.empty()) return refuse(refusals::nobody_shares, "regions");
    if (in.amount < 0 || in.amount > most_doses)
        return refuse(refusals::number_out_of_range, "amount", most);
    if (in.scale < 1 || in.scale > most_scale)
        return refuse(refusals::number_out_of_range, "scale", std::to_string(most_scale));
    if (in.pack < 1 || in.amount % in.pack != 0)
        return refuse(refusals::not_whole_packs, "amount", std::to_string(in.pack));
    std::set<std::string_view> names;
    std::int64_t weights = 0;
    std::int64_t before = 0;
    for (std::size_t i = 0; i < in.regions.size(); ++i) {
        const dose_region& one = in.regions[i];
        const std::string field = "regions." + std::to_string(i);
        if (one.name.empty())
            return refuse(refusals::name_missing, field + ".name", std::to_string(i + 1));
        if (!names.insert(one.name).second)
            return refuse(refusals::name_repeated, field + ".name", one.name);
        if (one.weight < 0 || one.weight > most_doses - weights || one.already < 0 ||
            one.already > most_doses - before || one.cap.value_or(0) < 0 ||
            one.cap.value_or(0) > most_doses)
            return refuse(refusals::number_out_of_range, field, most);
        weights += one.weight;
        before += one.already;
    }
    if (weights == 0) return refuse(refusals::no_votes, "regions");
    return {};
}

/// Shares as water that rises, all in parts of the scale.
struct dose_water {
    std::vector<std::int64_t> weights;
    std::vector<std::int64_t> least;
    std::vector<std::int64_t> most;
    std::int64_t amount = 0;
    std::int64_t left_over = 0;  ///< in doses
};

/// What a region may still get: whole packs under its cap; without a cap the whole amount, with
/// max_min as much as its weight, since nobody is covered twice.
std::int64_t room_of(const dose_request& in, const dose_region& one) {
    if (one.weight == 0) return 0;
    std::int64_t room = in.amount;
    const bool bound = one.cap || in.rule == dose_rule::max_min;
    if (bound) {
        const std::int64_t top = one.cap.value_or(one.weight) * in.scale;
        room = std::min(room, std::max<std::int64_t>(0, top - one.already) / in.scale);
    }
    return in.rule == dose_rule::proportional ? in.amount : room / in.pack * in.pack;
}

dose_water water_of(const dose_request& in) {
    dose_water out;
    std::int64_t room = 0;
    std::int64_t before = 0;
    for (const dose_region& one : in.regions) {
        const bool raises = in.rule == dose_rule::max_min;
        const std::int64_t base = raises ? one.already : 0;
        const std::int64_t may = one.weight == 0 ? 0 : room_of(in, one);
        out.weights.push_back(one.weight);
        out.least.push_back(base);
        out.most.push_back(base + may * in.scale);
        before += base;
        room += std::min(may, most_doses);
        room = std::min(room, most_doses);
    }
    const std::int64_t given = std::min(in.amount, room);
    out.left_over = in.amount - given;
    out.amount = before + given * in.scale;
    return out;
}

dose_reason reason_of(const dose_request& in, const dose_water& water, std::size_t i, uint128 risen,
                      uint128 den) {
    const auto at = [&](std::int64_t bound) { return risen == static_cast<uint128>(bound) * den; };
    if (in.rule == dose_rule::max_min && at(water.least[i])) return dose_reason::above;
    const bool bound = in.regions[i].cap || in.rule == dose_rule::max_min;
    if (bound && in.rule != dose_rule::proportional && at(water.most[i]))
        return dose_reason::at_cap;
    return in.rule == dose_rule::max_min ? dose_reason::raised : dose_reason::by_weight;
}

}  // namespace

result<dose_plan> share_doses(const dose_request& in) {
    VECHE_CHECK(check_request(in));
    const dose_water water = water_of(in);
    const fraction level = fill_level(water.weights, water.least, water.most, water.amount);
    const auto scale = static_cast<uint128>(in.scale);
    const auto pack = static_cast<uint128>(in.pack);
    dose_plan out;
    out.level = to_text(fraction{level.num, level.den * scale});
    out.left_over = water.left_over;
    parts whole;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < in.regions.size(); ++i) {
        const auto least = static_cast<uint128>(water.least[i]) * level.den;
        const auto most = static_cast<uint128>(water.most[i]) * level.den;
        const uint128 risen =
            std::clamp(static_cast<uint128>(water.weights[i]) * level.num, least, most);
        const uint128 gets = risen - least;
        whole.whole.push_back(static_cast<std::int64_t>(gets / (level.den * scale * pack)));
        whole.rest.push_back(gets % (level.den * scale * pack));
        names.push_back(in.regions[i].name);
        out.shares.push_back({in.regions[i].name, 0, to_text(fraction{gets, level.den * scale}),
                              reason_of(in, water, i, risen, level.den), false});
    }
    std::int64_t left = 0;
    divided rounded = *round_by_rests(whole, (in.amount - water.left_over) / in.pack, left);
    if (!rounded.tied.empty()) {
        const tie_rule by_list{tie_policy::order, {}, {}, {}};
        std::vector<std::string> among;
        for (const std::uint32_t i : rounded.tied) among.push_back(names[i]);
        const auto rank = VECHE_TRY(rank_by(by_list, among));
        settle(rounded, among, rank, by_list.policy);
    }
    for (std::size_t i = 0; i < out.shares.size(); ++i) {
        out.shares[i].doses = rounded.seats[i] * in.pack;
        out.shares[i].rounded_up = rounded.seats[i] > whole.whole[i];
    }
    return out;
}

}  // namespace veche::shares
