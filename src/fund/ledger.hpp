#pragma once
// The core of double entry: nothing is written that does not sum to zero in every unit (I1).

#include "fund/state.hpp"

namespace veche::fund {

/// The account whose balance would leave 64 bits, if any.
std::optional<std::string> overflowing_account(const state&, const std::vector<leg>& legs);
/// Writes the entry and folds it into the balances. The legs sum to zero per unit and fit.
void post(state&, ledger_entry entry);
std::int64_t balance(const state&, const std::string& account, const unit_id& unit);
/// What was spent on the line, in its unit: the balance of its account of expense.
std::int64_t spent_on(const state&, const budget_line&);
/// Whether a sum fits the 64 bits of a balance, its negative too.
bool fits(int128 minor);

}  // namespace veche::fund
