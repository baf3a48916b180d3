// Judges a plan of first doses and its certificate in exact arithmetic. Includes no engine.
//
// Weak duality: with prices y >= 0 of uptake, supply, capacity and floor such that every column
// pays for what it averts, no plan averts more than what all is worth at these prices. Each column
// stands in one row of uptake alone, so that the price of that row is whatever is still missing.

#include <algorithm>
#include <string>

#include "shares/death_terms.hpp"

namespace veche::shares {
namespace {

mpz_class big_of(std::int64_t value) {
    return mpz_class(std::to_string(value));
}
mpq_class exact(const ratio& r) {
    mpq_class out(big_of(r.num), big_of(r.den));
    out.canonicalize();
    return out;
}
mpz_class down(const mpq_class& q) {
    mpz_class out;
    mpz_fdiv_q(out.get_mpz_t(), q.get_num_mpz_t(), q.get_den_mpz_t());
    return out;
}
mpz_class up(const mpq_class& q) {
    mpz_class out;
    mpz_cdiv_q(out.get_mpz_t(), q.get_num_mpz_t(), q.get_den_mpz_t());
    return out;
}
/// Sums of people, which fit.
std::int64_t small(const mpz_class& z) {
    return z.get_si();
}

mpz_class all_people(const death_problem& in) {
    mpz_class out = 0;
    for (const death_region& one : in.regions) out += big_of(one.people);
    return out;
}

/// A price is in billionths, of deaths times 10^9.
mpq_class priced(std::int64_t value) {
    mpq_class out(big_of(value), mpz_class("1000000000000000000"));
    out.canonicalize();
    return out;
}

/// Prices as fractions over one denominator, that of all: integers alone are compared below.
struct price_list {
    std::vector<mpz_class> week;  ///< of a first dose in the week and its second one
    const death_problem& in;
    const death_certificate& from;

    price_list(const death_problem& problem, const death_certificate& prices)
        : in(problem), from(prices) {
        const auto interval = static_cast<std::size_t>(problem.interval);
        for (std::size_t t = 0; t < static_cast<std::size_t>(open_weeks(problem)); ++t)
            week.push_back(big_of(prices.supply_price[t]) +
                           big_of(prices.supply_price[t + interval]));
    }
    /// What a first dose pays, uptake apart, in 10^-18 deaths.
    [[nodiscard]] mpz_class paid(std::size_t r, std::size_t t) const {
        const auto weeks = static_cast<std::size_t>(in.weeks);
        const auto later = t + static_cast<std::size_t>(in.interval);
        return week[t] + big_of(from.capacity_price[r * weeks + t]) +
               big_of(from.capacity_price[r * weeks + later]) - big_of(from.floor_price[r]);
    }
};

mpq_class bound_of(const death_problem& in, const death_certificate& from) {
    const price_list prices(in, from);
    const auto weeks = static_cast<std::size_t>(in.weeks);
    const mpq_class unit(mpz_class(1), mpz_class("1000000000000000000"));
    mpz_class supply_prices = 0;
    for (const std::int64_t one : from.supply_price) supply_prices += big_of(one);
    mpq_class bound =
        exact(in.supply) * mpq_class(all_people(in)) * mpq_class(supply_prices) * unit;
    for (std::size_t r = 0; r < in.regions.size(); ++r) {
        const mpq_class people(big_of(in.regions[r].people));
        mpz_class places = 0;
        for (std::size_t t = 0; t < weeks; ++t)
            places += big_of(from.capacity_price[r * weeks + t]);
        bound += exact(in.capacity) * people * mpq_class(places) * unit;
        bound -= exact(in.floor) * people * priced(from.floor_price[r]);
        for (const death_group& group : in.groups) {
            const mpq_class averts =
                exact(group.fatality) * exact(in.regions[r].hazard) * exact(in.effect);
            mpq_class price = 0;
            for (std::size_t t = 0; t < prices.week.size(); ++t) {
                const mpq_class lacks = averts * big_of(in.weeks - static_cast<std::int64_t>(t)) -
                                        mpq_class(prices.paid(r, t)) * unit;
                if (lacks > price) price = lacks;
            }
            bound += exact(group.uptake) * exact(group.share) * people * price;
        }
    }
    return bound;
}

mpq_class averted_by(const death_problem& in, const std::vector<std::int64_t>& doses) {
    const auto weeks = static_cast<std::size_t>(in.weeks);
    mpq_class sum = 0;
    for (std::size_t r = 0; r < in.regions.size(); ++r)
        for (std::size_t g = 0; g < in.groups.size(); ++g) {
            mpz_class weighted = 0;
            for (std::size_t t = 0; t < weeks; ++t)
                weighted +=
                    big_of(doses[column_of(in, r, g, t)]) * (in.weeks - static_cast<int>(t));
            if (weighted != 0)
                sum += exact(in.groups[g].fatality) * exact(in.regions[r].hazard) *
                       mpq_class(weighted);
        }
    return sum * exact(in.effect);
}

/// The first constraint that the whole doses break.
std::string broken_by(const death_problem& in, const std::vector<std::int64_t>& doses) {
    bounds_left left = whole_bounds(in).left_at_start();
    const auto weeks = static_cast<std::size_t>(in.weeks);
    const auto interval = static_cast<std::size_t>(in.interval);
    std::vector<std::int64_t> by_week(weeks);
    for (std::size_t r = 0; r < in.regions.size(); ++r)
        for (std::size_t g = 0; g < in.groups.size(); ++g)
            for (std::size_t t = 0; t < weeks; ++t) {
                const std::int64_t one = doses[column_of(in, r, g, t)];
                if (one < 0) return in.regions[r].name + " gives less than nothing";
                if (one == 0) continue;
                if (t + interval >= weeks) return in.regions[r].name + " has no week for a second";
                left.uptake[r * in.groups.size() + g] -= one;
                left.capacity[r * weeks + t] -= one;
                left.capacity[r * weeks + t + interval] -= one;
                left.floor[r] -= one;
                by_week[t] += one;
                by_week[t + interval] += one;
            }
    std::int64_t used = 0;
    for (std::size_t t = 0; t < weeks; ++t) {
        used += by_week[t];
        if (used > left.supply[t])
            return "more is given by week " + std::to_string(t) + " than came";
    }
    const auto below = [](const auto& all) {
        return std::any_of(all.begin(), all.end(), [](std::int64_t one) { return one < 0; });
    };
    if (below(left.uptake)) return "a group takes more than it will";
    if (below(left.capacity)) return "a region gives more than it can";
    for (std::size_t r = 0; r < in.regions.size(); ++r)
        if (left.floor[r] > 0) return in.regions[r].name + " is below the floor";
    return "";
}

}  // namespace

bounds_left whole_bounds::left_at_start() const {
    bounds_left out;
    const mpq_class week = exact(in_.supply) * mpq_class(all_people(in_));
    for (std::int32_t t = 0; t < in_.weeks; ++t)
        out.supply.push_back(small(down(week * mpq_class(mpz_class(t + 1)))));
    for (const death_region& region : in_.regions) {
        const mpq_class people(big_of(region.people));
        for (const death_group& group : in_.groups)
            out.uptake.push_back(small(down(exact(group.uptake) * exact(group.share) * people)));
        const std::int64_t places = small(down(exact(in_.capacity) * people));
        out.capacity.insert(out.capacity.end(), static_cast<std::size_t>(in_.weeks), places);
        out.floor.push_back(small(up(exact(in_.floor) * people)));
    }
    return out;
}

exact_sums sums_of(const death_problem& in, const death_plan& plan) {
    return {averted_by(in, plan.doses), bound_of(in, plan.certificate)};
}

std::string fault_in(const death_problem& in, const death_plan& plan) {
    const auto weeks = static_cast<std::size_t>(in.weeks);
    if (!check_problem(in)) return "the problem is none";
    if (plan.doses.size() != column_of(in, in.regions.size(), 0, 0))
        return "the plan has other weeks";
    const death_certificate& c = plan.certificate;
    if (c.supply_price.size() != weeks || c.floor_price.size() != in.regions.size() ||
        c.capacity_price.size() != in.regions.size() * weeks)
        return "the certificate has other weeks";
    for (const auto* list : {&c.supply_price, &c.capacity_price, &c.floor_price})
        for (const std::int64_t one : *list)
            if (one < 0) return "a price is below nothing";
    for (std::size_t t = 1; t < weeks; ++t)
        if (c.supply_price[t] > c.supply_price[t - 1])
            return "a dose is dearer later, though it can wait";
    if (std::string broken = broken_by(in, plan.doses); !broken.empty()) return broken;
    const exact_sums sums = sums_of(in, plan);
    if (plan.averted != sums.averted.get_str()) return "it averts another number of deaths";
    if (plan.bound != sums.bound.get_str()) return "the prices bound it otherwise";
    if (sums.averted > sums.bound) return "it averts more than the bound";
    return "";
}

std::string gap_of(const death_plan& plan) {
    mpq_class gap = mpq_class(plan.bound) - mpq_class(plan.averted);
    gap.canonicalize();
    return gap.get_str();
}

std::string in_decimals(const std::string& fraction) {
    mpq_class value(fraction);
    value.canonicalize();
    const bool negative = value < 0;
    mpz_class millionths = down((negative ? -value : value) * mpq_class(mpz_class(1'000'000)));
    std::string digits = millionths.get_str();
    if (digits.size() < 7) digits.insert(0, 7 - digits.size(), '0');
    digits.insert(digits.size() - 6, ".");
    return (negative ? "-" : "") + digits;
}

}  // namespace veche::shares
