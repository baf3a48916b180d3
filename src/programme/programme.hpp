#pragma once
// The room's front door: decide is pure and changes nothing; apply is total on what decide let
// pass.

#include <memory>

#include "programme/state.hpp"

namespace veche::programme {

/// What other rooms tell of the programme; the office implements it (office/figures.hpp).
class figures;

struct world {
    const charter::state& charter;
    const state& own;
    std::shared_ptr<const figures> told = nullptr;  ///< only views look at it
};

result<events> decide(const world&, const add_measure&, const context&);
result<events> decide(const world&, const amend_measure&, const context&);
result<events> decide(const world&, const drop_measure&, const context&);
result<events> decide(const world&, const report_progress&, const context&);
result<events> decide(const world&, const complete_measure&, const context&);
result<events> decide(const world&, const resolve_follow_up&, const context&);
result<events> decide(const world&, const set_milestone&, const context&);
result<events> decide(const world&, const drop_milestone&, const context&);
result<events> decide(const world&, const reach_milestone&, const context&);
result<events> decide(const world&, const arrange_measure&, const context&);
result<events> decide(const world&, const start_approval&, const context&);
result<events> decide(const world&, const give_approval&, const context&);
result<events> decide(const world&, const return_for_revision&, const context&);
result<events> decide(const world&, const withdraw_approval&, const context&);

void apply(state&, const charter::state&, const add_measure&, const context&);
void apply(state&, const charter::state&, const amend_measure&, const context&);
void apply(state&, const charter::state&, const drop_measure&, const context&);
void apply(state&, const charter::state&, const report_progress&, const context&);
void apply(state&, const charter::state&, const complete_measure&, const context&);
void apply(state&, const charter::state&, const resolve_follow_up&, const context&);
void apply(state&, const charter::state&, const measure_overdue&, const context&);
void apply(state&, const charter::state&, const measure_escalated&, const context&);
void apply(state&, const charter::state&, const follow_up_opened&, const context&);
void apply(state&, const charter::state&, const set_milestone&, const context&);
void apply(state&, const charter::state&, const drop_milestone&, const context&);
void apply(state&, const charter::state&, const reach_milestone&, const context&);
void apply(state&, const charter::state&, const arrange_measure&, const context&);
void apply(state&, const charter::state&, const measure_reminded&, const context&);
void apply(state&, const charter::state&, const start_approval&, const context&);
void apply(state&, const charter::state&, const give_approval&, const context&);
void apply(state&, const charter::state&, const return_for_revision&, const context&);
void apply(state&, const charter::state&, const withdraw_approval&, const context&);
void apply(state&, const charter::state&, const approval_overdue&, const context&);
void apply(state&, const charter::state&, const approval_escalated&, const context&);
void apply(state&, const charter::state&, const approval_completed&, const context&);

/// Measures that are late and owed by the body, and those it has been seized of, by due date.
std::vector<measure_id> late_measures_for(const state&, const body_id&);
/// The entry that puts a failed decision on the follow-up list; nothing if it stands there already.
events follow_up(const world&, const decision_id&, const body_id&, std::int32_t index,
                 refusal_record why);

}  // namespace veche::programme
