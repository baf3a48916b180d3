#pragma once
// The room's front door: decide is pure and changes nothing; apply is total on what decide let
// pass. The register says what was ordered where, and where orders of neighbours contradict each
// other; it judges nobody.

#include "charter/charter.hpp"
#include "prevention/state.hpp"

namespace veche::prevention {

struct world {
    const charter::state& charter;
    const state& own;
};

result<events> decide(const world&, const order_measure&, const context&);
result<events> decide(const world&, const amend_order&, const context&);
result<events> decide(const world&, const extend_order&, const context&);
result<events> decide(const world&, const end_order&, const context&);
result<events> decide(const world&, const withdraw_order&, const context&);
result<events> decide(const world&, const stage_orders&, const context&);
result<events> decide(const world&, const accept_orders&, const context&);
result<events> decide(const world&, const discard_orders&, const context&);
result<events> decide(const world&, const state_position&, const context&);
result<events> decide(const world&, const refer_clash&, const context&);
result<events> decide(const world&, const settle_clash&, const context&);
result<events> decide(const world&, const search_again&, const context&);

void apply(state&, const charter::state&, const order_measure&, const context&);
void apply(state&, const charter::state&, const amend_order&, const context&);
void apply(state&, const charter::state&, const extend_order&, const context&);
void apply(state&, const charter::state&, const end_order&, const context&);
void apply(state&, const charter::state&, const withdraw_order&, const context&);
void apply(state&, const charter::state&, const stage_orders&, const context&);
void apply(state&, const charter::state&, const accept_orders&, const context&);
void apply(state&, const charter::state&, const discard_orders&, const context&);
void apply(state&, const charter::state&, const state_position&, const context&);
void apply(state&, const charter::state&, const refer_clash&, const context&);
void apply(state&, const charter::state&, const settle_clash&, const context&);
void apply(state&, const charter::state&, const search_again&, const context&);
void apply(state&, const charter::state&, const clash_found&, const context&);
void apply(state&, const charter::state&, const clash_changed&, const context&);
void apply(state&, const charter::state&, const clash_aligned&, const context&);
void apply(state&, const charter::state&, const clash_accepted&, const context&);
void apply(state&, const charter::state&, const clash_over&, const context&);
void apply(state&, const charter::state&, const clash_late&, const context&);
void apply(state&, const charter::state&, const clash_escalated&, const context&);

/// The first thing that has fallen due at or before `at`. To be applied before asking again.
std::optional<event> next_due(const state&, const charter::state&, instant at);
std::optional<instant> earliest_due(const state&);

/// Late clashes that the body owes, and those it has been seized of, by number.
std::vector<clash_id> late_clashes_for(const state&, const body_id&);
/// What an agenda says of a clash: the stricter order in its words, and its code.
localized heading_of(const state&, const clash_id&);

/// Why orders of a batch cannot be recorded, each judged as if those before it were. Rows count
/// from 1.
struct order_problem {
    std::int64_t row = 0;
    order_id order;
    refusal why;
};
std::vector<order_problem> problems_of(const world&, const body_id&,
                                       const std::vector<staged_order>&, const context&);

}  // namespace veche::prevention
