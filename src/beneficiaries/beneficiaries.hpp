#pragma once
// The room's front door: decide is pure and changes nothing; apply is total on what decide let
// pass. It says who was paid by whom, under which rule; it judges nobody.

#include <memory>

#include "beneficiaries/outlook.hpp"
#include "beneficiaries/state.hpp"
#include "charter/charter.hpp"

namespace veche::beneficiaries {

struct world {
    const charter::state& charter;
    const state& own;
    std::shared_ptr<const outlook> around = nullptr;  ///< for views alone
};

result<events> decide(const world&, const name_payer&, const context&);
result<events> decide(const world&, const report_payments&, const context&);
result<events> decide(const world&, const refer_commitment&, const context&);

void apply(state&, const charter::state&, const name_payer&, const context&);
void apply(state&, const charter::state&, const report_payments&, const context&);
void apply(state&, const charter::state&, const refer_commitment&, const context&);

}  // namespace veche::beneficiaries
