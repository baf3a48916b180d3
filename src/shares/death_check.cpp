// Judges a plan of first doses and its certificate in exact arithmetic. Includes no engine.
//
// Weak duality: with prices y >= 0 of uptake, supply, capacity and floor such that every column
// pays for what it averts, no plan averts more than what all is worth at these prices. Each column
// stands in one row of uptake alone, so that the price of that row is whatever is still missing.

#include <algorithm>
#include <string>

#include "kernel/check.hpp"
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

std::int64_t before_of(const death_region& one, std::size_t group) {
    return group < one.before.size() ? one.before[group] : 0;
}
/// What a group may still take, and a region is still owed: those before are off.
mpq_class still_takes(const death_region& region, const death_group& group, std::size_t g) {
    mpq_class out = exact(group.uptake) * exact(group.share) * mpq_class(big_of(region.people)) -
                    mpq_class(big_of(before_of(region, g)));
    return out < 0 ? mpq_class(0) : out;
}
mpq_class still_owed(const death_problem& in, const death_region& region) {
    mpq_class out = exact(in.floor) * mpq_class(big_of(region.people));
    for (const std::int64_t one : region.before) out -= mpq_class(big_of(one));
    return out < 0 ? mpq_class(0) : out;
}

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
        bound -= still_owed(in, in.regions[r]) * priced(from.floor_price[r]);
        for (std::size_t g = 0; g < in.groups.size(); ++g) {
            const death_group& group = in.groups[g];
            const mpq_class averts =
                exact(group.fatality) * exact(in.regions[r].hazard) * exact(in.effect);
            mpq_class price = 0;
            for (std::size_t t = 0; t < prices.week.size(); ++t) {
                const mpq_class lacks = averts * big_of(in.weeks - static_cast<std::int64_t>(t)) -
                                        mpq_class(prices.paid(r, t)) * unit;
                if (lacks > price) price = lacks;
            }
            bound += still_takes(in.regions[r], group, g) * price;
        }
    }
    return bound;
}

mpq_class averts(const death_problem& in, const std::vector<std::int64_t>& doses) {
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

using finding = std::optional<death_finding>;

/// What is left of every bound after the doses; the first that no bound is needed to judge.
finding take_doses(const death_problem& in, const std::vector<std::int64_t>& doses,
                   bounds_left& left, std::vector<std::int64_t>& by_week) {
    const auto weeks = static_cast<std::size_t>(in.weeks);
    const auto interval = static_cast<std::size_t>(in.interval);
    for (std::size_t r = 0; r < in.regions.size(); ++r)
        for (std::size_t g = 0; g < in.groups.size(); ++g)
            for (std::size_t t = 0; t < weeks; ++t) {
                const std::int64_t one = doses[column_of(in, r, g, t)];
                const std::string& name = in.regions[r].name;
                if (one < 0) return death_finding{death_fault::dose_negative, name};
                if (one == 0) continue;
                if (one % in.pack != 0) return death_finding{death_fault::pack, name};
                if (t + interval >= weeks) return death_finding{death_fault::no_week, name};
                // Far above what there may be: sums below stay in 64 bits.
                if (one > most_votes) return death_finding{death_fault::uptake, name};
                left.uptake[r * in.groups.size() + g] -= one;
                left.capacity[r * weeks + t] -= one;
                left.capacity[r * weeks + t + interval] -= one;
                left.floor[r] -= one;
                if (left.uptake[r * in.groups.size() + g] < 0)
                    return death_finding{death_fault::uptake, name};
                by_week[t] += one;
                by_week[t + interval] += one;
            }
    return std::nullopt;
}

/// The first constraint that the whole doses break.
finding broken_by(const death_problem& in, const std::vector<std::int64_t>& doses) {
    bounds_left left = whole_bounds(in).left_at_start();
    const auto weeks = static_cast<std::size_t>(in.weeks);
    std::vector<std::int64_t> by_week(weeks);
    if (finding found = take_doses(in, doses, left, by_week)) return found;
    std::int64_t used = 0;
    for (std::size_t t = 0; t < weeks; ++t) {
        used += by_week[t];
        if (used > left.supply[t]) return death_finding{death_fault::supply, std::to_string(t + 1)};
    }
    for (std::size_t at = 0; at < left.capacity.size(); ++at)
        if (left.capacity[at] < 0)
            return death_finding{death_fault::capacity, in.regions[at / weeks].name};
    for (std::size_t r = 0; r < in.regions.size(); ++r)
        if (left.floor[r] > 0) return death_finding{death_fault::floor, in.regions[r].name};
    return std::nullopt;
}

}  // namespace

bounds_left whole_bounds::left_at_start() const {
    bounds_left out;
    const mpq_class week = exact(in_.supply) * mpq_class(all_people(in_));
    for (std::int32_t t = 0; t < in_.weeks; ++t)
        out.supply.push_back(small(down(week * mpq_class(mpz_class(t + 1)))));
    for (const death_region& region : in_.regions) {
        const mpq_class people(big_of(region.people));
        for (std::size_t g = 0; g < in_.groups.size(); ++g)
            out.uptake.push_back(small(down(still_takes(region, in_.groups[g], g))));
        const std::int64_t places = small(down(exact(in_.capacity) * people));
        out.capacity.insert(out.capacity.end(), static_cast<std::size_t>(in_.weeks), places);
        out.floor.push_back(small(up(still_owed(in_, region))));
    }
    return out;
}

exact_sums sums_of(const death_problem& in, const death_plan& plan) {
    return {averts(in, plan.doses), bound_of(in, plan.certificate)};
}

std::string averted_by(const death_problem& in, const std::vector<std::int64_t>& doses) {
    return averts(in, doses).get_str();
}
std::string bound_by(const death_problem& in, const death_certificate& from) {
    return bound_of(in, from).get_str();
}

std::optional<death_finding> find_fault(const death_problem& in, const death_plan& plan) {
    const auto weeks = static_cast<std::size_t>(in.weeks);
    if (!check_problem(in)) return death_finding{death_fault::problem, {}};
    if (plan.doses.size() != column_of(in, in.regions.size(), 0, 0))
        return death_finding{death_fault::plan_size, {}};
    const death_certificate& c = plan.certificate;
    if (c.supply_price.size() != weeks || c.floor_price.size() != in.regions.size() ||
        c.capacity_price.size() != in.regions.size() * weeks)
        return death_finding{death_fault::certificate_size, {}};
    for (const auto* list : {&c.supply_price, &c.capacity_price, &c.floor_price})
        for (const std::int64_t one : *list)
            if (one < 0) return death_finding{death_fault::price_negative, {}};
    for (std::size_t t = 1; t < weeks; ++t)
        if (c.supply_price[t] > c.supply_price[t - 1])
            return death_finding{death_fault::price_rises, {}};
    if (finding broken = broken_by(in, plan.doses)) return broken;
    const exact_sums sums = sums_of(in, plan);
    // Weak duality: what keeps every bound never averts more than the prices say.
    VECHE_ENSURE(sums.averted <= sums.bound, "no plan averts more than its bound");
    if (plan.averted != sums.averted.get_str())
        return death_finding{death_fault::averted, sums.averted.get_str()};
    if (plan.bound != sums.bound.get_str())
        return death_finding{death_fault::bound, sums.bound.get_str()};
    return std::nullopt;
}

std::string fault_in(const death_problem& in, const death_plan& plan) {
    const auto found = find_fault(in, plan);
    if (!found) return "";
    switch (found->fault) {
        case death_fault::problem:
            return "the problem is none";
        case death_fault::plan_size:
            return "the plan has other weeks";
        case death_fault::certificate_size:
            return "the certificate has other weeks";
        case death_fault::price_negative:
            return "a price is below nothing";
        case death_fault::price_rises:
            return "a dose is dearer later, though it can wait";
        case death_fault::dose_negative:
            return found->where + " gives less than nothing";
        case death_fault::pack:
            return found->where + " gets a part of a pack";
        case death_fault::no_week:
            return found->where + " has no week for a second";
        case death_fault::supply:
            return "more is given by week " + found->where + " than came";
        case death_fault::uptake:
            return "a group takes more than it will in " + found->where;
        case death_fault::capacity:
            return found->where + " gives more than it can";
        case death_fault::floor:
            return found->where + " is below the floor";
        case death_fault::averted:
            return "it averts another number of deaths: " + found->where;
        case death_fault::bound:
            break;
    }
    return "the prices bound it otherwise: " + found->where;
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
