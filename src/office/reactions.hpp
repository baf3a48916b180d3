#pragma once
// What passes between rooms: one event of one room makes something happen in another. Only the
// office knows more than one room, so all of it is here (docs/ARCHITECTURE.md lists it).

#include "office/fold.hpp"

namespace veche::office {

/// Applies events in order, each with its reactions right after it; appends all to `out`.
void settle(state&, events seeds, instant at, events& out);

/// Reactions to an event that was just folded under `ctx`.
void react(state&, const event&, const context& ctx, events& out);
/// Reactions to an act that was just folded, after its own derived events.
void react_to_act(state&, const act&, const context& ctx, events& out);

/// Whether a decision can order commands of this type at all.
bool may_be_ordered(std::string_view type);

/// Tries a motion's enactments as if it carried now, on a scratch copy. Refusals name
/// "enactments.N" and the field within. Nothing is changed.
result<void> rehearse_enactments(const state&, const std::vector<assembly::enactment>&,
                                 const decision_authority&, instant at);
/// Whether enactments of a decision can be carried out now (for a second try).
result<void> rehearse_decision(const state&, const decision_id&, instant at);

}  // namespace veche::office
