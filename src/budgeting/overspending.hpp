#pragma once
// Equal shares with bounded overspending (Papasotiropoulos, Pishbin, Skibski, Skowron and Was,
// "Method of Equal Shares with Bounded Overspending", 2024): a project may be bought whose
// supporters can pay only a part of it fairly, which leaves less money unused.

#include "budgeting/equal_shares.hpp"
#include "budgeting/paid_run.hpp"

namespace veche::budgeting {

/// Every voter holds the endowment. Where each supporter pays at most x for each point, they pay
/// T(x) together, at most the cost c: the share paid is T / c, the price x c / T, and a unit of
/// utility is bought for price / share. Of all projects that fit into what is left of the budget
/// and x, the least is bought (of equals of one project the greatest share; then `ranks`), and each
/// supporter pays the price for each point, or all they hold. Ends where nothing fits, or whoever
/// supports what fits holds nothing. Refuses numbers that grow beyond bounds.
result<paid_run> buy_with_overspending(const election&, utility, const ratio& endowment,
                                       const std::vector<std::uint32_t>& ranks,
                                       const std::vector<bool>& excluded);

}  // namespace veche::budgeting
