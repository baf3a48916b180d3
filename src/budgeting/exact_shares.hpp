#pragma once
// Exact equal shares (Kraiczy, Robinson and Elkind, "Streamlining Equal Shares", 2025): whoever
// pays for a project pays the same as all others who do. Endowments rise to the very next at which
// anything changes, so that no step need be named.

#include "budgeting/equal_shares.hpp"
#include "budgeting/paid_run.hpp"

namespace veche::budgeting {

/// Of approval ballots. A project is bought by the most supporters who can each pay the same part
/// of its cost; the next is that with the most utility for the money: by cost the most payers, by
/// cardinality the most payers for each unit of cost; equals by `ranks`. The endowment rises to the
/// least at which a run differs, until a run costs more than the budget; the run before counts
/// (with `stopping::exhaustive` the first that leaves nothing that fits). Refuses points, and more
/// runs than allowed.
result<paid_run> raise_exact_shares(const election&, const shares_rules&, const ratio& endowment,
                                    const std::vector<std::uint32_t>& ranks,
                                    const std::vector<bool>& excluded);

}  // namespace veche::budgeting
