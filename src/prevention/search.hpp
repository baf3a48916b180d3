#pragma once
// Which clashes the register holds after a change, found by looking at what changed alone.

#include <set>

#include "charter/charter.hpp"
#include "prevention/state.hpp"

namespace veche::prevention {

/// What the charter says for the body that keeps the register, on that day.
struct border_rules {
    clash_rules clash;
    std::int32_t settle_days = 30;
    std::vector<std::pair<place_of, place_of>> neighbours;
};
border_rules rules_of(const charter::state&, const body_id&, date on);

/// What holds in a place for one kind, by the orders that stand; as it was known at a moment where
/// one is named. In a region holds what its member ordered everywhere or in that region, too.
timeline holding_in(const state&, const body_id&, const place_of&, preventive_kind,
                    const std::optional<instant>& known = std::nullopt);
/// Whether anything was ever recorded of that kind in the place, as known then.
bool recorded_in(const state&, const body_id&, const place_of&, preventive_kind,
                 const std::optional<instant>& known = std::nullopt);

/// Every interval between two neighbours in one kind.
std::vector<clash_span> spans_between(const state&, const body_id&, const place_of& a,
                                      const place_of& b, preventive_kind, const clash_rules&);

/// What was touched: kinds by place.
using touched_kinds = std::set<std::pair<place_of, preventive_kind>>;

/// The events by which the cases follow the register: found, changed, aligned. Intervals that were
/// over before today make no case.
events follow_clashes(const charter::state&, const state& after, const body_id&,
                      const touched_kinds&, date today);
/// The same for all neighbours and kinds.
events follow_all_clashes(const charter::state&, const state& after, const body_id&, date today);

}  // namespace veche::prevention
