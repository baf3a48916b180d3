#pragma once
// The room's front door: decide is pure and changes nothing; apply is total on what decide let
// pass.

#include "fund/state.hpp"

namespace veche::fund {

struct world {
    const charter::state& charter;
    const state& own;
};

result<events> decide(const world&, const appropriate&, const context&);
result<events> decide(const world&, const amend_appropriation&, const context&);
result<events> decide(const world&, const assess_contributions&, const context&);
result<events> decide(const world&, const receive_contribution&, const context&);
result<events> decide(const world&, const correct_contribution&, const context&);

void apply(state&, const charter::state&, const appropriate&, const context&);
void apply(state&, const charter::state&, const amend_appropriation&, const context&);
void apply(state&, const charter::state&, const assess_contributions&, const context&);
void apply(state&, const charter::state&, const receive_contribution&, const context&);
void apply(state&, const charter::state&, const correct_contribution&, const context&);

/// The members' parts of an assessment: as stated, or by the weight "money" of the day.
result<std::vector<share>> shares_of(const charter::state&, const assess_contributions&, date on);

}  // namespace veche::fund
