#include "doses/planned.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include <gmpxx.h>

#include "doses/checks.hpp"

namespace veche::doses {
namespace {

std::vector<std::int64_t> filled(const std::vector<std::int64_t>& from, std::int32_t weeks,
                                 std::int64_t times = 1) {
    std::vector<std::int64_t> out(static_cast<std::size_t>(weeks));
    for (std::size_t i = 0; i < from.size() && i < out.size(); ++i) out[i] = from[i] * times;
    return out;
}

/// A price that, as the check counts, is still a number of 64 bits.
bool sound_price(std::int64_t price) {
    return price >= 0 && price <= 900'000'000'000;
}

result<void> check_sizes(const death_plan& plan, std::size_t recipients) {
    VECHE_CHECK(check_range(plan.weeks, 2, max_plan_weeks, "plan.weeks"));
    VECHE_CHECK(check_range(plan.interval, 1, plan.weeks - 1, "plan.interval"));
    VECHE_CHECK(check_range(plan.now, 1, plan.weeks - plan.interval, "plan.now"));
    VECHE_CHECK(check_range(static_cast<std::int64_t>(plan.groups.size()), 1,
                            static_cast<std::int64_t>(max_plan_groups), "plan.groups"));
    const std::size_t columns =
        recipients * plan.groups.size() * static_cast<std::size_t>(plan.weeks);
    if (columns > max_plan_columns)
        return refuse(refusals::plan_too_large, "plan", std::to_string(columns),
                      std::to_string(max_plan_columns));
    if (plan.within < ratio{0, 1} || plan.within > most_within)
        return refuse(refusals::number_out_of_range, "plan.within", "0", to_text(most_within));
    return {};
}

result<void> check_sources(const death_plan& plan) {
    if (plan.sources.size() > max_plan_sources)
        return refuse(refusals::too_many_rows, "plan.sources", std::to_string(max_plan_sources));
    for (std::size_t i = 0; i < plan.sources.size(); ++i) {
        const plan_source& one = plan.sources[i];
        const std::string field = "plan.sources." + std::to_string(i);
        if (one.name.empty() || one.name.size() > max_word_bytes)
            return refuse(refusals::text_too_long, field + ".name", std::to_string(max_word_bytes));
        const bool hex = one.sha256.size() == 64 &&
                         one.sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
        if (!hex) return refuse(refusals::plan_source_unnamed, field + ".sha256", one.name);
    }
    return {};
}

result<void> check_groups(const world& w, const death_plan& plan) {
    std::set<group_id> seen;
    for (std::size_t g = 0; g < plan.groups.size(); ++g) {
        const std::string field = "plan.groups." + std::to_string(g) + ".group";
        const group_id& id = plan.groups[g].group;
        if (!w.own.groups.contains(id)) return refuse(refusals::group_unknown, field, id.value);
        if (!seen.insert(id).second) return refuse(refusals::group_repeated, field, id.value);
    }
    return {};
}

result<void> check_regions(const allocate& c) {
    const death_plan& plan = *c.plan;
    if (plan.regions.size() != c.recipients.size())
        return refuse(refusals::plan_regions_differ, "plan.regions",
                      std::to_string(plan.regions.size() + 1));
    for (std::size_t r = 0; r < plan.regions.size(); ++r) {
        const planned_region& one = plan.regions[r];
        const recipient& asked = c.recipients[r];
        std::int64_t before = 0;
        bool sound = one.site == asked.site && !asked.cap &&
                     one.groups.size() == plan.groups.size() &&
                     (one.before.empty() || one.before.size() == plan.groups.size());
        for (const std::int64_t some : one.before) {
            sound = sound && some >= 0 && some <= max_people;
            before += sound ? some : 0;
        }
        sound = sound && asked.weight >= 0 && asked.weight <= max_people &&
                int128{asked.already} == int128{before} * c.scale;
        if (!sound)
            return refuse(refusals::plan_regions_differ, "plan.regions." + std::to_string(r),
                          std::to_string(r + 1));
    }
    return {};
}

/// The refusal for what the check found.
refusal refusal_for(const shares::death_finding& found) {
    using enum shares::death_fault;
    const std::string field = "plan";
    switch (found.fault) {
        case supply:
            return refusal{&refusals::plan_exceeds_supply, field, {found.where}};
        case uptake:
            return refusal{&refusals::plan_exceeds_uptake, field, {found.where}};
        case capacity:
            return refusal{&refusals::plan_exceeds_capacity, field, {found.where}};
        case floor:
            return refusal{&refusals::plan_below_floor, field, {found.where}};
        case averted:
            return refusal{&refusals::plan_averts_other, "plan.averted", {found.where}};
        case bound:
            return refusal{&refusals::plan_bound_differs, "plan.bound", {found.where}};
        case price_negative:
        case price_rises:
        case certificate_size:
            return refusal{&refusals::plan_prices_unsound, field, {}};
        case problem:
        case plan_size:
        case dose_negative:
        case pack:
        case no_week:
            break;
    }
    return refusal{&refusals::plan_doses_unsound, field, {found.where}};
}

std::int64_t shared_of(const planned_weeks& of, std::int32_t now) {
    std::int64_t sum = 0;
    for (std::size_t t = 0; t < of.doses.size() && t < static_cast<std::size_t>(now); ++t)
        sum += of.doses[t];
    return sum;
}

std::vector<std::int64_t> without_last_noughts(std::vector<std::int64_t> from) {
    while (!from.empty() && from.back() == 0) from.pop_back();
    return from;
}

/// Prices of the wire are a million of those of the check: rounded up they bound as well.
std::int64_t wire_price(std::int64_t price) {
    return (price + price_unit - 1) / price_unit;
}

std::vector<std::int64_t> wire_prices(const std::vector<std::int64_t>& all, std::size_t from,
                                      std::size_t count) {
    std::vector<std::int64_t> out;
    for (std::size_t i = from; i < from + count; ++i) out.push_back(wire_price(all[i]));
    return without_last_noughts(std::move(out));
}

planned_region region_stated(const shares::death_problem& in, const shares::death_plan& plan,
                             const site_id& site, std::size_t r) {
    const auto weeks = static_cast<std::size_t>(in.weeks);
    planned_region out;
    out.site = site;
    out.hazard = in.regions[r].hazard;
    out.before = in.regions[r].before;
    out.floor_price = wire_price(plan.certificate.floor_price[r]);
    out.place_prices = wire_prices(plan.certificate.capacity_price, r * weeks, weeks);
    for (std::size_t g = 0; g < in.groups.size(); ++g) {
        const auto at =
            plan.doses.begin() + static_cast<std::ptrdiff_t>(shares::column_of(in, r, g, 0));
        out.groups.push_back({without_last_noughts({at, at + in.weeks})});
    }
    return out;
}

}  // namespace

shares::death_problem problem_of(const allocate& c, std::int32_t vial) {
    const death_plan& plan = *c.plan;
    shares::death_problem out;
    out.weeks = plan.weeks;
    out.interval = plan.interval;
    out.effect = plan.effect;
    out.supply = plan.supply;
    out.capacity = plan.capacity;
    out.floor = plan.floor;
    out.pack = vial;
    for (std::size_t r = 0; r < plan.regions.size(); ++r)
        out.regions.push_back({plan.regions[r].site.value, c.recipients[r].weight,
                               plan.regions[r].hazard, plan.regions[r].before});
    for (const planned_group& one : plan.groups)
        out.groups.push_back({one.group.value, one.share, one.fatality, one.uptake});
    return out;
}

std::optional<shares::death_plan> stated_plan(const allocate& c) {
    const death_plan& plan = *c.plan;
    const auto weeks = static_cast<std::size_t>(plan.weeks);
    const auto append = [&](std::vector<std::int64_t>& to, const std::vector<std::int64_t>& from,
                            std::int64_t times) {
        const auto row = filled(from, plan.weeks, times);
        to.insert(to.end(), row.begin(), row.end());
        return from.size() <= weeks;
    };
    const auto all_sound = [](const std::vector<std::int64_t>& prices) {
        return std::all_of(prices.begin(), prices.end(), sound_price);
    };
    shares::death_plan out;
    bool sound = all_sound(plan.supply_prices) &&
                 append(out.certificate.supply_price, plan.supply_prices, price_unit);
    for (const planned_region& one : plan.regions) {
        sound = sound && sound_price(one.floor_price) && all_sound(one.place_prices);
        if (!sound) return std::nullopt;
        out.certificate.floor_price.push_back(one.floor_price * price_unit);
        sound = append(out.certificate.capacity_price, one.place_prices, price_unit) && sound;
        for (const planned_weeks& group : one.groups)
            sound = append(out.doses, group.doses, 1) && sound;
    }
    if (!sound) return std::nullopt;
    out.averted = plan.averted;
    out.bound = plan.bound;
    return out;
}

result<void> check_plan(const world& w, const record_product& product, const allocate& c) {
    const death_plan& plan = *c.plan;
    VECHE_CHECK(check_sizes(plan, c.recipients.size()));
    if (product.course != 2 || plan.interval * 7 < product.interval_min)
        return refuse(refusals::plan_unfit, "plan.interval", std::to_string(product.course),
                      std::to_string(product.interval_min));
    VECHE_CHECK(check_range(c.scale, 1, 1'000, "scale"));
    VECHE_CHECK(check_sources(plan));
    VECHE_CHECK(check_groups(w, plan));
    VECHE_CHECK(check_regions(c));
    const shares::death_problem problem = problem_of(c, product.vial);
    VECHE_CHECK(shares::check_problem(problem));
    const auto stated = stated_plan(c);
    if (!stated) return refuse(refusals::plan_prices_unsound, "plan");
    if (const auto found = shares::find_fault(problem, *stated))
        return tl::unexpected(refusal_for(*found));
    if (!stays_within(plan.averted, plan.bound, plan.within))
        return refuse(refusals::plan_too_far, "plan.within", shares::in_decimals(plan.averted),
                      shares::in_decimals(plan.bound), to_text(plan.within));
    std::int64_t sum = 0;
    for (const planned_region& one : plan.regions)
        for (const planned_weeks& group : one.groups) sum += shared_of(group, plan.now);
    if (sum != c.doses)
        return refuse(refusals::plan_sum_differs, "doses", std::to_string(plan.now),
                      std::to_string(sum), std::to_string(c.doses));
    return {};
}

std::vector<allocated_share> planned_shares(const allocate& c) {
    const death_plan& plan = *c.plan;
    std::vector<allocated_share> out;
    for (const planned_region& one : plan.regions) {
        allocated_share share;
        share.site = one.site;
        share.why = "by_plan";
        for (std::size_t g = 0; g < plan.groups.size(); ++g) {
            const std::int64_t gets = shared_of(one.groups[g], plan.now);
            share.groups.push_back({plan.groups[g].group, gets});
            share.doses += gets;
        }
        share.exact = std::to_string(share.doses);
        out.push_back(std::move(share));
    }
    return out;
}

void state_plan(allocate& into, const std::vector<site_id>& sites, const shares::death_problem& in,
                const shares::death_plan& plan) {
    death_plan& said = *into.plan;
    into.rule = sharing_rule::fewest_deaths;
    into.scale = 1;
    said.weeks = in.weeks;
    said.interval = in.interval;
    said.effect = in.effect;
    said.supply = in.supply;
    said.capacity = in.capacity;
    said.floor = in.floor;
    for (const shares::death_group& one : in.groups)
        said.groups.push_back({{one.name}, one.share, one.fatality, one.uptake});
    for (std::size_t r = 0; r < in.regions.size(); ++r) {
        const auto& before = in.regions[r].before;
        const std::int64_t had = std::accumulate(before.begin(), before.end(), std::int64_t{0});
        into.recipients.push_back({sites[r], in.regions[r].people, had, {}});
        said.regions.push_back(region_stated(in, plan, sites[r], r));
    }
    said.supply_prices =
        wire_prices(plan.certificate.supply_price, 0, static_cast<std::size_t>(in.weeks));
    said.averted = plan.averted;
    said.bound = shares::bound_by(problem_of(into, in.pack), stated_plan(into)->certificate);
    for (const allocated_share& one : planned_shares(into)) {
        into.shares.push_back({one.site, one.doses});
        into.doses += one.doses;
    }
}

bool stays_within(const std::string& averted, const std::string& bound, const ratio& within) {
    const auto big = [](std::int64_t value) { return mpz_class(std::to_string(value)); };
    return mpq_class(averted) * big(within.den) >= mpq_class(bound) * big(within.den - within.num);
}

}  // namespace veche::doses
