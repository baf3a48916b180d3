#pragma once
// What the assembly answers to what happened, in itself and in other rooms. Pure: the office calls
// these, journals the events and applies them.

#include <optional>

#include "assembly/assembly.hpp"

namespace veche::assembly {

/// After a vote_decided was applied: the rest of its roll where it does not fit one entry, then
/// decision_adopted where the motion carried, or text_amended where an amendment did, one of these
/// for each member of a bundle that carried; part_dropped where a part was voted down;
/// motion_returned where an objection broke the motion's silence and a session is convened.
/// The number is the year of the entry and the next number in it: "2026-0007".
events after_vote_decided(const world&, const vote_id&, const context&);

/// The next number of a decision in that year.
std::int32_t next_number(const state&, instant at);
/// The decision that a motion becomes, under that number and the motion's rule; what it orders is
/// the motion's.
decision_adopted adoption_of(const world&, const motion&, const vote_id&, std::int32_t number,
                             instant at);

/// The session at which the body is next convened, by planned start, then id; none where it has
/// none convened. An open session is not next: its agenda is under way.
std::optional<session_id> next_session(const state&, const body_id&);

/// Motions whose silence was broken and that this session can take, in the order in which that
/// happened.
std::vector<motion_id> returning_to(const state&, const session_id&);
/// motion_returned for one of them, unless the agenda is full.
std::optional<event> return_motion(const state&, const motion_id&, const session_id&);

/// item_placed for a late measure on that session, unless it is there already or the agenda is
/// full.
std::optional<event> place_measure(const state&, const session_id&, const measure_id&,
                                   const localized& title);
/// case_placed for a case that another room keeps, at that page below the language, likewise.
std::optional<event> place_case(const state&, const session_id&, const std::string& about,
                                const localized& title);

}  // namespace veche::assembly
