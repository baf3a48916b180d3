#pragma once
// Whether an outcome leaves out a group that could have claimed more: EJR+ up to one project
// (Brill, Peters, "Robust and verifiable proportionality axioms for multiwinner voting", 2023), for
// approval ballots and the cost of what one gets.

#include <vector>

#include "budgeting/election.hpp"

namespace veche::budgeting {

/// So many supporters of a project that was not chosen hold together as much of the budget as the
/// best served of them gets and the project costs.
struct unheard_group {
    std::uint32_t project = 0;
    std::int64_t supporters = 0;  ///< the least such number
};
/// For each project not chosen at most one; empty where the outcome satisfies EJR+ up to one
/// project. From memory of the paper; the data agree with it (tests).
std::vector<unheard_group> unheard_groups(const election&,
                                          const std::vector<std::uint32_t>& chosen);

}  // namespace veche::budgeting
