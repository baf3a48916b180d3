#pragma once
// A plan of first doses that averts most deaths, as a motion states it: who gets doses in which
// week, by region and group, and the prices that bound every other plan. Whoever made it only
// proposed; what binds is the check (`shares::find_fault`).

#include "doses/terms.hpp"

namespace veche::doses {

using dataset_ref = id<struct dose_dataset_tag>;

struct planned_group {
    group_id group;
    ratio share;
    ratio fatality;
    ratio uptake;
    bool operator==(const planned_group&) const = default;
};
VECHE_FIELDS(planned_group, (group, "The priority group."),
             (share, "Its part of the people of every region."),
             (fatality, "Deaths for each infection in it."),
             (uptake, "The part of it that takes a dose."))

struct planned_weeks {
    std::vector<std::int64_t> doses;
    bool operator==(const planned_weeks&) const = default;
};
VECHE_FIELDS(planned_weeks,
             (doses, "First doses by week, from the first; noughts at the end may be left out."))

struct planned_region {
    site_id site;
    ratio hazard;
    std::vector<std::int64_t> before;
    std::vector<planned_weeks> groups;
    std::int64_t floor_price = 0;
    std::vector<std::int64_t> place_prices;
    bool operator==(const planned_region&) const = default;
};
VECHE_FIELDS(planned_region, (site, "The store of the region, in the order of the recipients."),
             (hazard, "Infections for each person and week without a dose."),
             (before, "Who of each group had a first dose before."),
             (groups, "First doses of each group, in the order of the groups."),
             (floor_price, "Deaths that a person more in the floor costs, in 10^-12."),
             (place_prices, "Deaths that a place more in a week averts, in 10^-12."))

/// Where figures of the plan are from: by hash, so that everyone can compare.
struct plan_source {
    std::string name;
    std::string sha256;
    std::optional<dataset_ref> dataset;
    bool operator==(const plan_source&) const = default;
};
VECHE_FIELDS(plan_source, (name, "What it is, as in regions."),
             (sha256, "SHA-256 of the file in lower-case hex."),
             (dataset, "The data set of the evidence that has these bytes."))

struct death_plan {
    std::int32_t weeks = 0;
    std::int32_t interval = 0;
    std::int32_t now = 0;
    ratio effect;
    ratio supply;
    ratio capacity;
    ratio floor;
    ratio within;
    std::vector<planned_group> groups;
    std::vector<planned_region> regions;
    std::vector<std::int64_t> supply_prices;
    std::string averted;
    std::string bound;
    std::vector<plan_source> sources;
    bool operator==(const death_plan&) const = default;
};
VECHE_FIELDS(death_plan, (weeks, "Weeks that are planned."), (interval, "Weeks between the doses."),
             (now, "Weeks whose first doses this allocation shares out."),
             (effect, "The part of infections that a first dose averts."),
             (supply, "Doses that come each week, as a part of all people."),
             (capacity, "Doses that a region can give in a week, as a part of its people."),
             (floor, "The part of every region's people that has a first dose in the end."),
             (within, "How far below its bound the plan may stay, as a part of the bound."),
             (groups, "The groups, each once."), (regions, "The regions with their doses."),
             (supply_prices, "Deaths that a dose more in a week averts, in 10^-12."),
             (averted, "Deaths that the plan averts, an exact fraction."),
             (bound, "Deaths that no plan exceeds, an exact fraction."),
             (sources, "Where the figures are from."))

}  // namespace veche::doses
