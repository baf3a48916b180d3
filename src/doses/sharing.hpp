#pragma once
// An allocation in the words of the engine that shares out.

#include "doses/doses.hpp"
#include "shares/dose_shares.hpp"

namespace veche::doses {

shares::dose_request request_of(const allocate&, const record_product&);
/// The same, with the reasons, and inside each region by group: each group up to those of it who
/// had no first dose there, in the order of priority.
std::vector<allocated_share> shares_for(const state&, const allocate&, const shares::dose_plan&);
/// The plan again, as the journal has it, for the check.
shares::dose_plan plan_of(const allocated&);

}  // namespace veche::doses
