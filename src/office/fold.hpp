#pragma once
// What follows from what: the pure heart of the office. One act (or one passed deadline) and all
// its consequences, in the order in which they stand on the journal. The live writer, the replay at
// start and `veche verify` run exactly this code.

#include "office/routes.hpp"

namespace veche::office {

/// A command as its entry states it.
struct act {
    std::string_view type;
    std::int32_t v = 1;
    json::node body;
    person_id actor;
    std::string auth;
    bool proofs_checked = false;  ///< what `route::proofs` gives was done
    const route* by = nullptr;    ///< its type's, where the caller has looked it up
};

/// Decides and applies an act as entry number `state.size` at `at`, then everything that follows.
/// Returns the derived events, already applied, in order; their entries carry by = number of the
/// act. On refusal the state is unchanged. Refuses an unknown type or version.
result<events> carry_out(state&, const act&, instant at);

/// The same for the first thing that has fallen due at `at`: the deadline's event and what follows.
/// Empty where nothing is due. The first entry carries its own number as `by` (time caused it), the
/// others the number of the first.
events pass_deadline(state&, instant at);
/// When the next deadline falls, if any is set.
std::optional<instant> next_deadline(const state&);

}  // namespace veche::office
