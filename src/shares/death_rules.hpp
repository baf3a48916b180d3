#pragma once
// The same first doses, week by week, shared among regions by a plain rule: what a plan of fewest
// deaths is measured against. Exact, and without a solver.

#include <span>

#include "shares/dose_shares.hpp"
#include "shares/fewest_deaths.hpp"

namespace veche::shares {

/// First doses of every week of the plan, over all regions and groups.
std::vector<std::int64_t> first_doses_by_week(const death_problem&,
                                              const std::vector<std::int64_t>& doses);

/// In every week as many as `weekly` says are shared among the regions, as far as people take them
/// and each region can give them; what is left over waits for the next week. `capped`: by people;
/// `max_min`: the lowest coverage first, those before included. Inside a region groups are served
/// in the order given. Doses by region, group and week, as `column_of` counts.
result<std::vector<std::int64_t>> doses_by_rule(const death_problem&,
                                                std::span<const std::int64_t> weekly, dose_rule,
                                                std::span<const std::size_t> groups);

}  // namespace veche::shares
