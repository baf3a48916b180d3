#include "doses/plan_views.hpp"

#include <algorithm>
#include <numeric>

#include "doses/checks.hpp"
#include "doses/measures.hpp"
#include "doses/plan_making.hpp"
#include "doses/planned.hpp"
#include "doses/view_rows.hpp"
#include "shares/death_rules.hpp"

namespace veche::doses {
namespace {

/// "156.425678" as 15642 hundredths; nought where it is too long for any real number of people.
ratio cut_to_hundredths(const std::string& fraction) {
    std::string digits = shares::in_decimals(fraction);
    if (digits.size() > 22) return {0, 1};
    digits.erase(digits.size() - 4);
    digits.erase(digits.find('.'), 1);
    return fraction_of(std::stoll(digits), 100);
}

ratio difference_of(const std::string& larger, const std::string& smaller) {
    shares::death_plan both;
    both.bound = larger;
    both.averted = smaller;
    return cut_to_hundredths(shares::gap_of(both));
}

std::vector<std::size_t> groups_by_rank(const state& s, const death_plan& plan) {
    std::vector<std::size_t> out(plan.groups.size());
    std::iota(out.begin(), out.end(), 0);
    const auto rank = [&](std::size_t g) {
        const auto* one = s.groups.find(plan.groups[g].group);
        return one ? one->what.rank : INT32_MAX;
    };
    std::stable_sort(out.begin(), out.end(),
                     [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
    return out;
}

/// First doses of each region in the end, those before included.
std::vector<std::int64_t> had_in_the_end(const shares::death_problem& in,
                                         const std::vector<std::int64_t>& doses) {
    std::vector<std::int64_t> out;
    const std::size_t row = in.groups.size() * static_cast<std::size_t>(in.weeks);
    for (std::size_t r = 0; r < in.regions.size(); ++r) {
        const auto& before = in.regions[r].before;
        const auto at = doses.begin() + static_cast<std::ptrdiff_t>(r * row);
        out.push_back(std::accumulate(before.begin(), before.end(), std::int64_t{0}) +
                      std::accumulate(at, at + static_cast<std::ptrdiff_t>(row), std::int64_t{0}));
    }
    return out;
}

planned_rule_row rule_row(const shares::death_problem& in, sharing_rule rule,
                          const std::vector<std::int64_t>& doses, const std::string& averted) {
    planned_rule_row out;
    out.rule = rule;
    out.averted_exact = averted;
    out.averted = cut_to_hundredths(averted);
    out.firsts = std::accumulate(doses.begin(), doses.end(), std::int64_t{0});
    const auto had = had_in_the_end(in, doses);
    for (std::size_t r = 0; r < had.size(); ++r) {
        if (in.regions[r].people == 0) continue;
        const ratio covered = fraction_of(had[r], in.regions[r].people);
        out.least = out.least ? std::min(*out.least, covered) : covered;
    }
    return out;
}

void add_rules(const state& s, const death_plan& plan, const shares::death_problem& in,
               const shares::death_plan& stated, plan_view& out) {
    out.rules.push_back(rule_row(in, sharing_rule::fewest_deaths, stated.doses, stated.averted));
    out.rules.back().chosen = true;
    const auto weekly = shares::first_doses_by_week(in, stated.doses);
    const auto order = groups_by_rank(s, plan);
    for (const auto& [rule, by] : {std::pair{sharing_rule::proportional, shares::dose_rule::capped},
                                   std::pair{sharing_rule::max_min, shares::dose_rule::max_min}}) {
        const auto doses = shares::doses_by_rule(in, weekly, by, order);
        if (!doses) continue;
        const std::string averted = shares::averted_by(in, *doses);
        out.rules.push_back(rule_row(in, rule, *doses, averted));
        out.rules.back().fewer = difference_of(stated.averted, averted);
    }
}

void add_rows(const world& w, const allocate& asked, const shares::death_problem& in,
              const shares::death_plan& stated, plan_view& out) {
    const death_plan& plan = *asked.plan;
    const auto had = had_in_the_end(in, stated.doses);
    const auto shares = planned_shares(asked);
    for (const planned_group& one : plan.groups) {
        const auto* record = w.own.groups.find(one.group);
        out.groups.push_back(
            {one.group, record ? record->what.names : localized{}, one.share, one.fatality,
             fraction_of(int128{one.fatality.num} * 100'000, one.fatality.den), one.uptake, 0, 0});
    }
    for (std::size_t r = 0; r < plan.regions.size(); ++r) {
        const planned_region& one = plan.regions[r];
        planned_region_row row;
        row.site = one.site;
        row.names = names_of_site(w, one.site);
        row.people = in.regions[r].people;
        row.hazard = one.hazard;
        for (const std::int64_t some : one.before) row.before += some;
        row.shared = shares[r].doses;
        row.firsts = had[r] - row.before;
        if (row.people > 0) row.coverage = fraction_of(had[r], row.people);
        row.floor_price = fraction_of(one.floor_price, 1'000'000'000);
        for (std::size_t g = 0; g < plan.groups.size(); ++g) {
            out.groups[g].shared += shares[r].groups[g].doses;
            for (const std::int64_t doses : one.groups[g].doses) out.groups[g].firsts += doses;
        }
        out.doses += row.shared;
        out.regions.push_back(std::move(row));
    }
    const auto weekly = shares::first_doses_by_week(in, stated.doses);
    const auto interval = static_cast<std::size_t>(plan.interval);
    for (std::size_t t = 0; t < weekly.size(); ++t)
        out.by_week.push_back({static_cast<std::int64_t>(t) + 1, weekly[t],
                               t >= interval ? weekly[t - interval] : 0,
                               t < static_cast<std::size_t>(plan.now)});
}

}  // namespace

std::optional<plan_view> plan_view_of(const world& w, const allocate& asked) {
    const auto* product = w.own.products.find(asked.product);
    if (!asked.plan || !product) return std::nullopt;
    const death_plan& plan = *asked.plan;
    plan_view out;
    out.within = plan.within;
    out.weeks = plan.weeks;
    out.interval = plan.interval;
    out.now = plan.now;
    out.effect = plan.effect;
    out.supply = plan.supply;
    out.capacity = plan.capacity;
    out.floor = plan.floor;
    out.sources = plan.sources;
    if (const auto sound = check_plan(w, product->what, asked); !sound) {
        out.fault = sound.error().sentence();
        return out;
    }
    const shares::death_problem in = problem_of(asked, product->what.vial);
    const shares::death_plan stated = *stated_plan(asked);
    out.holds = true;
    out.averted_exact = stated.averted;
    out.bound_exact = stated.bound;
    out.averted = cut_to_hundredths(stated.averted);
    out.bound = cut_to_hundredths(stated.bound);
    out.gap = difference_of(stated.bound, stated.averted);
    add_rules(w.own, plan, in, stated, out);
    add_rows(w, asked, in, stated, out);
    return out;
}

result<plan_view> ask(const world& w, const weigh_query& q, const viewer&) {
    const allocate* asked = q.proposal ? &*q.proposal : nullptr;
    std::uint64_t newest = 0;
    if (!asked)
        for (const auto& [id, one] : w.own.allocations) {
            if (q.allocation ? id != *q.allocation : !one.asked.plan || one.seq < newest) continue;
            asked = &one.asked;
            newest = one.seq;
        }
    if (!asked)
        return refuse(refusals::allocation_unknown, "allocation",
                      q.allocation ? q.allocation->value : std::string("with a plan"));
    VECHE_CHECK(find_product(w, asked->product, "proposal.product"));
    auto out = plan_view_of(w, *asked);
    if (!out) return refuse(refusals::plan_missing, "proposal.plan");
    return *std::move(out);
}

}  // namespace veche::doses
