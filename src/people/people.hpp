#pragma once
// The room's front door. That a public key is a sound point of the curve is for the office to
// check: it knows the journal's rule of acceptance.

#include "charter/charter.hpp"
#include "people/commands.hpp"
#include "people/state.hpp"

namespace veche::people {

struct world {
    const charter::state& charter;
    const state& own;
};

result<events> decide(const world&, const enroll_key&, const context&);
result<events> decide(const world&, const enroll_passkey&, const context&);
result<events> decide(const world&, const revoke_key&, const context&);
result<events> decide(const world&, const propose_recovery&, const context&);
result<events> decide(const world&, const confirm_recovery&, const context&);
result<events> decide(const world&, const withdraw_recovery&, const context&);
result<events> decide(const world&, const complete_recovery&, const context&);
result<events> decide(const world&, const propose_log_key&, const context&);
result<events> decide(const world&, const confirm_log_key&, const context&);
result<events> decide(const world&, const withdraw_log_key&, const context&);
result<events> decide(const world&, const take_log_key&, const context&);
void apply(state&, const charter::state&, const enroll_key&, const context&);
void apply(state&, const charter::state&, const enroll_passkey&, const context&);
void apply(state&, const charter::state&, const revoke_key&, const context&);
void apply(state&, const charter::state&, const propose_recovery&, const context&);
void apply(state&, const charter::state&, const confirm_recovery&, const context&);
void apply(state&, const charter::state&, const withdraw_recovery&, const context&);
void apply(state&, const charter::state&, const complete_recovery&, const context&);
void apply(state&, const charter::state&, const propose_log_key&, const context&);
void apply(state&, const charter::state&, const confirm_log_key&, const context&);
void apply(state&, const charter::state&, const withdraw_log_key&, const context&);
void apply(state&, const charter::state&, const take_log_key&, const context&);

}  // namespace veche::people
