#pragma once
// A plan of fewest deaths as people read it: what it averts beside plain rules, region by region
// and week by week. Decimals are cut for reading; the exact numbers stand beside.

#include "doses/commands.hpp"

namespace veche::doses {

/// The same first doses in the same weeks, shared among regions by a rule.
struct planned_rule_row {
    sharing_rule rule{};
    ratio averted;
    std::string averted_exact;
    ratio fewer;
    std::int64_t firsts = 0;
    std::optional<ratio> least;
    bool chosen = false;
};
VECHE_FIELDS(planned_rule_row, (rule, "The rule."), (averted, "Deaths averted, in hundredths."),
             (averted_exact, "The same, exactly."), (fewer, "Deaths fewer than the plan averts."),
             (firsts, "First doses given in the end."),
             (least, "The lowest coverage of a region in the end."),
             (chosen, "Whether it is the plan."))

struct planned_region_row {
    site_id site;
    localized names;
    std::int64_t people = 0;
    ratio hazard;
    std::int64_t before = 0;
    std::int64_t shared = 0;
    std::int64_t firsts = 0;
    std::optional<ratio> coverage;
    ratio floor_price;
};
VECHE_FIELDS(planned_region_row, (site, "The store."), (names, "Its name by language."),
             (people, "People of the region."), (hazard, "Infections for each person and week."),
             (before, "Who had a first dose before."),
             (shared, "First doses that this allocation gives."),
             (firsts, "First doses of the whole plan."),
             (coverage, "Who has a first dose in the end, of all people."),
             (floor_price, "Deaths that a thousand people more in its floor cost."))

struct planned_group_row {
    group_id group;
    localized names;
    ratio share;
    ratio fatality;
    ratio per_100k;
    ratio uptake;
    std::int64_t shared = 0;
    std::int64_t firsts = 0;
};
VECHE_FIELDS(planned_group_row, (group, "The group."), (names, "Its name by language."),
             (share, "Its part of the people."), (fatality, "Deaths for each infection."),
             (per_100k, "Deaths of 100,000 infections."), (uptake, "The part that takes a dose."),
             (shared, "First doses of this allocation."),
             (firsts, "First doses of the whole plan."))

struct planned_week_row {
    std::int64_t week = 0;
    std::int64_t firsts = 0;
    std::int64_t seconds = 0;
    bool shared = false;
};
VECHE_FIELDS(planned_week_row, (week, "The week, from 1."), (firsts, "First doses."),
             (seconds, "Second doses."), (shared, "Whether this allocation gives its first ones."))

struct plan_view {
    ratio averted;
    ratio bound;
    ratio gap;
    std::string averted_exact;
    std::string bound_exact;
    ratio within;
    std::int64_t weeks = 0;
    std::int64_t interval = 0;
    std::int64_t now = 0;
    std::int64_t doses = 0;
    ratio effect;
    ratio supply;
    ratio capacity;
    ratio floor;
    std::vector<planned_rule_row> rules;
    std::vector<planned_region_row> regions;
    std::vector<planned_group_row> groups;
    std::vector<planned_week_row> by_week;
    std::vector<plan_source> sources;
    bool holds = false;
    std::string fault;
};
VECHE_FIELDS(plan_view, (averted, "Deaths averted, in hundredths."),
             (bound, "What no plan exceeds, in hundredths."), (gap, "The difference."),
             (averted_exact, "Deaths averted, exactly."), (bound_exact, "The bound, exactly."),
             (within, "How far apart they may be, as a part of the bound."),
             (weeks, "Weeks that are planned."), (interval, "Weeks between the doses."),
             (now, "Weeks whose first doses are shared out now."),
             (doses, "Doses that are shared out now."),
             (effect, "The part of infections that a first dose averts."),
             (supply, "Doses a week, as a part of all people."),
             (capacity, "Doses a region gives a week, as a part of its people."),
             (floor, "The part of every region that has a first dose in the end."),
             (rules, "The plan beside plain rules."), (regions, "By region."),
             (groups, "By group."), (by_week, "By week."), (sources, "Where the figures are from."),
             (holds, "Whether the check, which knows no solver, finds no fault."),
             (fault, "What it finds."))

struct weigh_query {
    static constexpr wire_info wire{"doses.weigh", 1,
                                    "A plan of fewest deaths beside plain rules, with what the "
                                    "check finds."};
    std::optional<allocation_id> allocation;
    std::optional<allocate> proposal;
};
VECHE_FIELDS(weigh_query,
             (allocation, "One that was decided; the newest with a plan where nothing is said."),
             (proposal, "Or one that is proposed: the body of doses.allocate, with its plan."))

}  // namespace veche::doses
