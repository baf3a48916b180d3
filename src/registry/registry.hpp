#pragma once
// The room's front door: decide is pure and changes nothing; apply is total on what decide let
// pass. The register says who is linked with whom, from which source, and whether it is alive; it
// judges nobody.

#include <memory>

#include "charter/charter.hpp"
#include "registry/events.hpp"
#include "registry/outlook.hpp"
#include "registry/partial_day.hpp"
#include "registry/state.hpp"

namespace veche::registry {

struct world {
    const charter::state& charter;
    const state& own;
    std::shared_ptr<const outlook> around = nullptr;  ///< for views alone
};

result<events> decide(const world&, const record_place&, const context&);
result<events> decide(const world&, const record_population&, const context&);
result<events> decide(const world&, const record_organisation&, const context&);
result<events> decide(const world&, const merge_organisations&, const context&);
result<events> decide(const world&, const separate_organisations&, const context&);
result<events> decide(const world&, const record_link&, const context&);
result<events> decide(const world&, const claim_link&, const context&);
result<events> decide(const world&, const report_activity&, const context&);
result<events> decide(const world&, const record_enterprise&, const context&);
result<events> decide(const world&, const report_operation&, const context&);
result<events> decide(const world&, const record_owners&, const context&);
result<events> decide(const world&, const name_agent&, const context&);
result<events> decide(const world&, const submit_profile&, const context&);
result<events> decide(const world&, const review_profile&, const context&);
result<events> decide(const world&, const withdraw_profile&, const context&);
result<events> decide(const world&, const express_interest&, const context&);
result<events> decide(const world&, const answer_interest&, const context&);
result<events> decide(const world&, const record_outcome&, const context&);
result<events> decide(const world&, const record_exchange&, const context&);
result<events> decide(const world&, const record_season&, const context&);
result<events> decide(const world&, const report_season&, const context&);
result<events> decide(const world&, const plan_item&, const context&);
result<events> decide(const world&, const report_item&, const context&);
result<events> decide(const world&, const stage_rows&, const context&);
result<events> decide(const world&, const accept_batch&, const context&);
result<events> decide(const world&, const discard_batch&, const context&);

void apply(state&, const charter::state&, const record_place&, const context&);
void apply(state&, const charter::state&, const record_population&, const context&);
void apply(state&, const charter::state&, const record_organisation&, const context&);
void apply(state&, const charter::state&, const merge_organisations&, const context&);
void apply(state&, const charter::state&, const separate_organisations&, const context&);
void apply(state&, const charter::state&, const record_link&, const context&);
void apply(state&, const charter::state&, const claim_link&, const context&);
void apply(state&, const charter::state&, const report_activity&, const context&);
void apply(state&, const charter::state&, const record_enterprise&, const context&);
void apply(state&, const charter::state&, const report_operation&, const context&);
void apply(state&, const charter::state&, const record_owners&, const context&);
void apply(state&, const charter::state&, const name_agent&, const context&);
void apply(state&, const charter::state&, const submit_profile&, const context&);
void apply(state&, const charter::state&, const review_profile&, const context&);
void apply(state&, const charter::state&, const withdraw_profile&, const context&);
void apply(state&, const charter::state&, const express_interest&, const context&);
void apply(state&, const charter::state&, const answer_interest&, const context&);
void apply(state&, const charter::state&, const record_outcome&, const context&);
void apply(state&, const charter::state&, const record_exchange&, const context&);
void apply(state&, const charter::state&, const record_season&, const context&);
void apply(state&, const charter::state&, const report_season&, const context&);
void apply(state&, const charter::state&, const plan_item&, const context&);
void apply(state&, const charter::state&, const report_item&, const context&);
void apply(state&, const charter::state&, const stage_rows&, const context&);
void apply(state&, const charter::state&, const accept_batch&, const context&);
void apply(state&, const charter::state&, const discard_batch&, const context&);
void apply(state&, const charter::state&, const link_dormant&, const context&);
void apply(state&, const charter::state&, const profile_expired&, const context&);
void apply(state&, const charter::state&, const item_late&, const context&);

}  // namespace veche::registry
