#pragma once
// The room's front door. Another room that seals something needs two calls: `check_new` while it
// decides, and an event text_kept when it has decided; the rest is here.

#include "charter/charter.hpp"
#include "sealed/messages.hpp"
#include "sealed/state.hpp"

namespace veche::sealed {

/// A disclosed text must fit its entry with room for the rest.
inline constexpr std::size_t max_text_bytes = 24 * 1024;
inline constexpr std::size_t max_ground_bytes = 4000;

struct world {
    const charter::state& charter;
    const state& own;
};

/// That a seal is well-formed and new; refuses at `field`.
result<void> check_new(const world&, const seal_ref&, const std::string& field);

result<events> decide(const world&, const propose_disclosure&, const context&);
result<events> decide(const world&, const confirm_disclosure&, const context&);
result<events> decide(const world&, const propose_shredding&, const context&);
result<events> decide(const world&, const confirm_shredding&, const context&);
result<events> decide(const world&, const withdraw_proposal&, const context&);

void apply(state&, const charter::state&, const propose_disclosure&, const context&);
void apply(state&, const charter::state&, const confirm_disclosure&, const context&);
void apply(state&, const charter::state&, const propose_shredding&, const context&);
void apply(state&, const charter::state&, const confirm_shredding&, const context&);
void apply(state&, const charter::state&, const withdraw_proposal&, const context&);
void apply(state&, const charter::state&, const text_kept&, const context&);
void apply(state&, const charter::state&, const disclosed&, const context&);
void apply(state&, const charter::state&, const shredded&, const context&);

}  // namespace veche::sealed
