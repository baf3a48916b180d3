#include "shares/fewest_deaths.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include <gmpxx.h>

#include "shares/death_terms.hpp"
#include "shares/refusal.hpp"

namespace veche::shares {
namespace {

constexpr std::int32_t most_weeks = 520;
constexpr std::int32_t most_pack = 1'000;
constexpr std::size_t most_columns = 2'000'000;
constexpr double price_scale = 1e9;  // of what `cost_of` has scaled already

/// What is left in every constraint while whole doses are given.
class slack_book {
  public:
    explicit slack_book(const death_problem& in)
        : in_(in), whole_(in), left_(whole_.left_at_start()) {}

    /// The most that can still be given in the column.
    [[nodiscard]] std::int64_t room(std::size_t r, std::size_t g, std::size_t t) const {
        const auto weeks = static_cast<std::size_t>(in_.weeks);
        const auto later = t + static_cast<std::size_t>(in_.interval);
        std::int64_t most = left_.uptake[r * in_.groups.size() + g];
        most = std::min({most, left_.capacity[r * weeks + t], left_.capacity[r * weeks + later]});
        for (std::size_t s = t; s < weeks && most > 0; ++s)
            most = std::min(most, s < later ? left_.supply[s] : left_.supply[s] / 2);
        return std::max<std::int64_t>(0, most) / in_.pack * in_.pack;
    }
    void take(std::size_t r, std::size_t g, std::size_t t, std::int64_t doses) {
        const auto weeks = static_cast<std::size_t>(in_.weeks);
        const auto later = t + static_cast<std::size_t>(in_.interval);
        left_.uptake[r * in_.groups.size() + g] -= doses;
        left_.capacity[r * weeks + t] -= doses;
        left_.capacity[r * weeks + later] -= doses;
        left_.floor[r] -= doses;
        for (std::size_t s = t; s < weeks; ++s) left_.supply[s] -= s < later ? doses : 2 * doses;
    }
    [[nodiscard]] std::int64_t missing(std::size_t r) const { return left_.floor[r]; }

  private:
    const death_problem& in_;
    whole_bounds whole_;
    bounds_left left_;
};

struct column {
    std::size_t region;
    std::size_t group;
    std::size_t week;
};

/// Columns in which doses are given, what averts most first.
std::vector<column> by_effect(const death_problem& in) {
    std::vector<column> out;
    const auto weeks = static_cast<std::size_t>(open_weeks(in));
    for (std::size_t r = 0; r < in.regions.size(); ++r)
        for (std::size_t g = 0; g < in.groups.size(); ++g)
            for (std::size_t t = 0; t < weeks; ++t) out.push_back({r, g, t});
    std::stable_sort(out.begin(), out.end(), [&](const column& a, const column& b) {
        return cost_of(in, a.region, a.group, a.week) > cost_of(in, b.region, b.group, b.week);
    });
    return out;
}

std::int64_t price_of(double value) {
    const double scaled = std::nearbyint(std::clamp(value, 0.0, 9.0e8) * price_scale);
    return static_cast<std::int64_t>(scaled);
}

death_certificate certificate_of(const death_problem& in, const death_proposal& from) {
    death_certificate out;
    for (const double one : from.supply_price) out.supply_price.push_back(price_of(one));
    // A dose that comes earlier is worth as much as one that comes later, for it can wait.
    for (std::size_t t = out.supply_price.size(); t-- > 1;)
        out.supply_price[t - 1] = std::max(out.supply_price[t - 1], out.supply_price[t]);
    for (const double one : from.capacity_price) out.capacity_price.push_back(price_of(one));
    for (const double one : from.floor_price) out.floor_price.push_back(price_of(one));
    out.supply_price.resize(static_cast<std::size_t>(in.weeks));
    out.capacity_price.resize(in.regions.size() * static_cast<std::size_t>(in.weeks));
    out.floor_price.resize(in.regions.size());
    return out;
}

}  // namespace

std::size_t column_of(const death_problem& in, std::size_t region, std::size_t group,
                      std::size_t week) {
    return (region * in.groups.size() + group) * static_cast<std::size_t>(in.weeks) + week;
}

std::int32_t open_weeks(const death_problem& in) {
    return std::max(0, in.weeks - in.interval);
}

double cost_of(const death_problem& in, std::size_t region, std::size_t group, std::size_t week) {
    const auto value = [](const ratio& r) {
        return static_cast<double>(r.num) / static_cast<double>(r.den);
    };
    return 1e9 * value(in.groups[group].fatality) * value(in.regions[region].hazard) *
           value(in.effect) * static_cast<double>(static_cast<std::size_t>(in.weeks) - week);
}

result<void> check_problem(const death_problem& in) {
    if (in.regions.empty() || in.groups.empty()) return refuse(refusals::nobody_shares, "regions");
    if (in.weeks < 1 || in.weeks > most_weeks)
        return refuse(refusals::number_out_of_range, "weeks", std::to_string(most_weeks));
    if (in.interval < 1 || in.interval >= in.weeks)
        return refuse(refusals::number_out_of_range, "interval", std::to_string(in.weeks - 1));
    const auto part = [](const ratio& r) { return r.num >= 0 && r.den > 0 && r.num <= r.den; };
    std::int64_t people = 0;
    std::set<std::string_view> names;
    for (const death_region& one : in.regions) {
        if (!names.insert(one.name).second)
            return refuse(refusals::name_repeated, "regions", one.name);
        if (one.people < 0 || one.people > most_votes - people || !part(one.hazard))
            return refuse(refusals::number_out_of_range, "regions", std::to_string(most_votes));
        people += one.people;
        if (!one.before.empty() && one.before.size() != in.groups.size())
            return refuse(refusals::number_out_of_range, "regions.before",
                          std::to_string(in.groups.size()));
        std::int64_t before = 0;
        for (const std::int64_t some : one.before) {
            if (some < 0 || some > one.people - before)
                return refuse(refusals::number_out_of_range, "regions.before",
                              std::to_string(one.people));
            before += some;
        }
    }
    if (in.pack < 1 || in.pack > most_pack)
        return refuse(refusals::number_out_of_range, "pack", std::to_string(most_pack));
    for (const death_group& one : in.groups)
        if (!part(one.share) || !part(one.fatality) || !part(one.uptake))
            return refuse(refusals::number_out_of_range, "groups", "1");
    for (const ratio& one : {in.effect, in.supply, in.capacity, in.floor})
        if (!part(one)) return refuse(refusals::number_out_of_range, "effect", "1");
    if (in.regions.size() * in.groups.size() * static_cast<std::size_t>(in.weeks) > most_columns)
        return refuse(refusals::too_long, "regions", std::to_string(most_columns),
                      "more than that");
    return {};
}

result<void> check_floor(const death_problem& in) {
    const whole_bounds whole(in);
    const bounds_left at = whole.left_at_start();
    const auto weeks = static_cast<std::size_t>(in.weeks);
    // A first dose takes a place in its week and one in that of its second. Weeks fall into chains
    // `interval` apart, and of a chain of n weeks, each with the same places, floor(n / 2) pairs
    // can be filled.
    std::int64_t pairs = 0;
    for (std::int32_t first = 0; first < in.interval; ++first)
        pairs += ((in.weeks - first + in.interval - 1) / in.interval) / 2;
    int128 all = 0;
    for (std::size_t r = 0; r < in.regions.size(); ++r) {
        int128 takes = 0;
        for (std::size_t g = 0; g < in.groups.size(); ++g)
            takes += at.uptake[r * in.groups.size() + g];
        if (takes < at.floor[r])
            return refuse(refusals::floor_above_uptake, "floor", in.regions[r].name,
                          std::to_string(at.floor[r]), to_text(takes));
        const int128 places = int128{at.capacity[r * weeks]} * pairs;
        if (places < at.floor[r])
            return refuse(refusals::floor_above_capacity, "floor", in.regions[r].name,
                          std::to_string(at.floor[r]), to_text(places));
        all += at.floor[r];
    }
    if (all * 2 > at.supply.back())
        return refuse(refusals::floor_above_supply, "floor", to_text(all * 2),
                      std::to_string(at.supply.back()));
    return {};
}

result<death_plan> whole_plan(const death_problem& in, const death_proposal& from) {
    VECHE_CHECK(check_problem(in));
    if (!from.feasible) {
        VECHE_CHECK(check_floor(in));
        return refuse(refusals::floor_not_kept, "floor", "");
    }
    death_plan out;
    out.doses.resize(column_of(in, in.regions.size(), 0, 0));
    slack_book book(in);
    const std::vector<column> order = by_effect(in);
    const auto give = [&](const column& c, std::int64_t most) {
        const std::int64_t doses = std::min(most, book.room(c.region, c.group, c.week));
        if (doses <= 0) return;
        out.doses[column_of(in, c.region, c.group, c.week)] += doses;
        book.take(c.region, c.group, c.week, doses);
    };
    for (const column& c : order) {
        const double asked = from.doses[column_of(in, c.region, c.group, c.week)];
        // What lies a hair below a whole number is that number.
        if (asked > 0)
            give(c, static_cast<std::int64_t>(std::floor(asked + 1e-6)) / in.pack * in.pack);
    }
    for (const column& c : order)
        if (const std::int64_t lacks = book.missing(c.region); lacks > 0)
            give(c, (lacks + in.pack - 1) / in.pack * in.pack);
    for (std::size_t r = 0; r < in.regions.size(); ++r)
        if (book.missing(r) > 0)
            return refuse(refusals::floor_not_kept, "floor", " (" + in.regions[r].name + ")");
    for (const column& c : order) give(c, most_votes);
    out.certificate = certificate_of(in, from);
    const exact_sums sums = sums_of(in, out);
    out.averted = sums.averted.get_str();
    out.bound = sums.bound.get_str();
    return out;
}

}  // namespace veche::shares
