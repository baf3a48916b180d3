#pragma once
// The room's front door: decide is pure and changes nothing; apply is total on what decide let
// pass. It keeps what was reported; it mends nothing and judges nobody.

#include <memory>

#include "charter/charter.hpp"
#include "situation/outlook.hpp"
#include "situation/state.hpp"

namespace veche::situation {

struct world {
    const charter::state& charter;
    const state& own;
    std::shared_ptr<const outlook> around = nullptr;  ///< for views alone
};

result<events> decide(const world&, const watch_region&, const context&);
result<events> decide(const world&, const name_series&, const context&);
result<events> decide(const world&, const name_method&, const context&);
result<events> decide(const world&, const report_counts&, const context&);
result<events> decide(const world&, const stage_counts&, const context&);
result<events> decide(const world&, const accept_counts&, const context&);
result<events> decide(const world&, const discard_counts&, const context&);
result<events> decide(const world&, const withdraw_counts&, const context&);

void apply(state&, const charter::state&, const watch_region&, const context&);
void apply(state&, const charter::state&, const name_series&, const context&);
void apply(state&, const charter::state&, const name_method&, const context&);
void apply(state&, const charter::state&, const report_counts&, const context&);
void apply(state&, const charter::state&, const stage_counts&, const context&);
void apply(state&, const charter::state&, const accept_counts&, const context&);
void apply(state&, const charter::state&, const discard_counts&, const context&);
void apply(state&, const charter::state&, const withdraw_counts&, const context&);

}  // namespace veche::situation
