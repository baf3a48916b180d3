#pragma once
// The core of double entry: nothing is written that does not sum to zero in every unit (I1).

#include "fund/state.hpp"

namespace veche::fund {

/// The account whose balance would leave 64 bits, if any.
std::optional<std::string> overflowing_account(const state&, const std::vector<leg>& legs);
/// Writes the entry and folds it into the balances. The legs sum to zero per unit and fit.
void post(state&, ledger_entry entry);
std::int64_t balance(const state&, const std::string& account, const unit_id& unit);

}  // namespace veche::fund
