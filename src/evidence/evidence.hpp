#pragma once
// The room's front door: decide is pure and changes nothing; apply is total on what decide let
// pass. No figure is computed here: the room keeps what was claimed, from which data, by which
// method, and who computed it again.

#include "charter/charter.hpp"
#include "evidence/state.hpp"

namespace veche::evidence {

struct world {
    const charter::state& charter;
    const state& own;
};

result<events> decide(const world&, const register_dataset&, const context&);
result<events> decide(const world&, const withdraw_dataset&, const context&);
result<events> decide(const world&, const publish_finding&, const context&);
result<events> decide(const world&, const review_finding&, const context&);
result<events> decide(const world&, const withdraw_finding&, const context&);
result<events> decide(const world&, const attach_finding&, const context&);
result<events> decide(const world&, const detach_finding&, const context&);

void apply(state&, const charter::state&, const register_dataset&, const context&);
void apply(state&, const charter::state&, const withdraw_dataset&, const context&);
void apply(state&, const charter::state&, const publish_finding&, const context&);
void apply(state&, const charter::state&, const review_finding&, const context&);
void apply(state&, const charter::state&, const withdraw_finding&, const context&);
void apply(state&, const charter::state&, const attach_finding&, const context&);
void apply(state&, const charter::state&, const detach_finding&, const context&);

}  // namespace veche::evidence
