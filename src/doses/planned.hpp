#pragma once
// A plan of fewest deaths in the words of the check, and what an allocation makes of it.

#include "doses/doses.hpp"
#include "shares/fewest_deaths.hpp"

namespace veche::doses {

inline constexpr std::size_t max_plan_groups = 20;
inline constexpr std::int32_t max_plan_weeks = 104;
/// Regions times groups times weeks: what the one writer checks in some hundredths of a second.
inline constexpr std::size_t max_plan_columns = 30'000;
inline constexpr std::size_t max_plan_sources = 10;
/// A price on the wire is a million of those of the check.
inline constexpr std::int64_t price_unit = 1'000'000;
/// How far below its bound a plan may stay at most, as a part of it.
inline constexpr ratio most_within{1, 100};

shares::death_problem problem_of(const allocate&, std::int32_t vial);
/// Nothing where doses or prices of more weeks are stated than the plan has.
std::optional<shares::death_plan> stated_plan(const allocate&);

/// The whole of it: that it is a plan for this allocation, keeps every bound, is as good as it says
/// and sums to what is shared out.
result<void> check_plan(const world&, const record_product&, const allocate&);
/// What each store gets of a plan that was checked: the first doses of its first weeks.
std::vector<allocated_share> planned_shares(const allocate&);

/// The other way: states a plan that was made for these stores in the command, whose plan says
/// `now`, `within` and its sources: recipients, plan, bound by the prices of the wire, shares.
void state_plan(allocate&, const std::vector<site_id>& sites, const shares::death_problem&,
                const shares::death_plan&);

/// How far a sound plan is below the bound, as a part of it, is at most so much.
bool stays_within(const std::string& averted, const std::string& bound, const ratio& within);

}  // namespace veche::doses
