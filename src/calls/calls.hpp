#pragma once
// The room's front door: decide is pure and changes nothing; apply is total on what decide let
// pass.

#include "calls/state.hpp"

namespace veche::calls {

struct world {
    const charter::state& charter;
    const state& own;
};

result<events> decide(const world&, const open_call&, const context&);
result<events> decide(const world&, const commit_lot&, const context&);
result<events> decide(const world&, const reveal_lot&, const context&);
result<events> decide(const world&, const submit_application&, const context&);
result<events> decide(const world&, const withdraw_application&, const context&);
result<events> decide(const world&, const answer_offer&, const context&);
result<events> decide(const world&, const rank_offers&, const context&);
result<events> decide(const world&, const lodge_appeal&, const context&);
result<events> decide(const world&, const rank_applicants&, const context&);
result<events> decide(const world&, const judge_eligibility&, const context&);
result<events> decide(const world&, const assign_assessor&, const context&);
result<events> decide(const world&, const set_aside&, const context&);
result<events> decide(const world&, const settle_list&, const context&);
result<events> decide(const world&, const run_allocation&, const context&);
result<events> decide(const world&, const conclude_call&, const context&);
result<events> decide(const world&, const declare_interest&, const context&);
result<events> decide(const world&, const assess&, const context&);
result<events> decide(const world&, const decide_appeal&, const context&);
result<events> decide(const world&, const state_claim&, const context&);
result<events> decide(const world&, const vote&, const context&);

void apply(state&, const charter::state&, const open_call&, const context&);
void apply(state&, const charter::state&, const commit_lot&, const context&);
void apply(state&, const charter::state&, const reveal_lot&, const context&);
void apply(state&, const charter::state&, const submit_application&, const context&);
void apply(state&, const charter::state&, const withdraw_application&, const context&);
void apply(state&, const charter::state&, const answer_offer&, const context&);
void apply(state&, const charter::state&, const rank_offers&, const context&);
void apply(state&, const charter::state&, const lodge_appeal&, const context&);
void apply(state&, const charter::state&, const rank_applicants&, const context&);
void apply(state&, const charter::state&, const judge_eligibility&, const context&);
void apply(state&, const charter::state&, const assign_assessor&, const context&);
void apply(state&, const charter::state&, const set_aside&, const context&);
void apply(state&, const charter::state&, const settle_list&, const context&);
void apply(state&, const charter::state&, const run_allocation&, const context&);
void apply(state&, const charter::state&, const conclude_call&, const context&);
void apply(state&, const charter::state&, const declare_interest&, const context&);
void apply(state&, const charter::state&, const assess&, const context&);
void apply(state&, const charter::state&, const decide_appeal&, const context&);
void apply(state&, const charter::state&, const vote&, const context&);
void apply(state&, const charter::state&, const call_closed&, const context&);
void apply(state&, const charter::state&, const lot_missed&, const context&);
void apply(state&, const charter::state&, const rankings_over&, const context&);
void apply(state&, const charter::state&, const allocated&, const context&);
void apply(state&, const charter::state&, const offers_lapsed&, const context&);
void apply(state&, const charter::state&, const offers_moved&, const context&);
void apply(state&, const charter::state&, const offers_ended&, const context&);
void apply(state&, const charter::state&, const appeal_settled&, const context&);
void apply(state&, const charter::state&, const call_concluded&, const context&);
void apply(state&, const charter::state&, const state_claim&, const context&);
void apply(state&, const charter::state&, const shared_out&, const context&);
void apply(state&, const charter::state&, const vote_opened&, const context&);
void apply(state&, const charter::state&, const vote_closed&, const context&);

}  // namespace veche::calls
