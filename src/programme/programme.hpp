#pragma once
// The room's front door: decide is pure and changes nothing; apply is total on what decide let
// pass.

#include "programme/state.hpp"

namespace veche::programme {

struct world {
    const charter::state& charter;
    const state& own;
};

result<events> decide(const world&, const add_measure&, const context&);
result<events> decide(const world&, const amend_measure&, const context&);
result<events> decide(const world&, const drop_measure&, const context&);
result<events> decide(const world&, const report_progress&, const context&);
result<events> decide(const world&, const complete_measure&, const context&);
result<events> decide(const world&, const resolve_follow_up&, const context&);

void apply(state&, const charter::state&, const add_measure&, const context&);
void apply(state&, const charter::state&, const amend_measure&, const context&);
void apply(state&, const charter::state&, const drop_measure&, const context&);
void apply(state&, const charter::state&, const report_progress&, const context&);
void apply(state&, const charter::state&, const complete_measure&, const context&);
void apply(state&, const charter::state&, const resolve_follow_up&, const context&);
void apply(state&, const charter::state&, const measure_overdue&, const context&);
void apply(state&, const charter::state&, const measure_escalated&, const context&);
void apply(state&, const charter::state&, const follow_up_opened&, const context&);

/// Measures that are late and owed by the body, and those it has been seized of, by due date.
std::vector<measure_id> late_measures_for(const state&, const body_id&);
/// The entry that puts a failed decision on the follow-up list; nothing if it stands there already.
events follow_up(const world&, const decision_id&, const body_id&, std::int32_t index,
                 refusal_record why);

}  // namespace veche::programme
