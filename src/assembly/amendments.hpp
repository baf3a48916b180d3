#pragma once
// Amendments of one motion: their text, their places, the order of voting, and what merging makes
// of them. Pure functions of the state.
//
// Order of voting that the room proposes: by place in the order of the text, commands after
// paragraphs; at one place a deletion first, then replacements, then insertions; among those the
// one farthest from the text first, counted in words that go out and come in (word_diff.hpp); equal
// ones as they were tabled. Amendments to an amendment come right before it, by the same rule.

#include <optional>
#include <string>
#include <vector>

#include "assembly/motion_events.hpp"
#include "assembly/paragraphs.hpp"
#include "assembly/state.hpp"

namespace veche::assembly {

/// Whether it waits for its vote.
bool waits(const amendment&);

/// The paragraphs or orders that an amendment may name: those of the text as tabled.
std::size_t places_in(const charter::state&, const localized& text);

/// Whether both change the same place of the same text, so that only one of them can be adopted.
bool compete(const amendment&, const amendment&);

/// The adopted amendment that has changed that place of the motion, or of `amends`, if any.
const amendment* settled_by(const state&, const motion&, const amendment& like);

/// Amendments that wait for their vote and have enough supporters, in the order in which they are
/// to be voted on: as the chair has set it, then as the rule above proposes.
std::vector<amendment_id> voting_order(const state&, const motion&);

/// How far the amendment is from the text it amends, in words; 0 for one of an ordered command.
std::int64_t distance_of(const charter::state&, const localized& text, const amendment&);

/// What merging makes of the motion, or of the amendment `of` where it is given: the changes
/// adopted so far, and then `next`.
changed_text merge(const charter::state&, const state&, const motion&, const amendment* of,
                   const amendment* next);

/// After a vote adopted it.
text_amended amended_by(const charter::state&, const state&, const amendment& adopted);

/// What still waits lapses with the motion.
void lapse_amendments(state&, const motion&);

/// When the time for amendments to the motion ends, if the charter says so.
std::optional<instant> amendments_close(const charter::state&, const state&, const motion&);

/// The rule of the vote on an amendment to the motion.
std::string amendment_rule(const charter::state&, const motion&);

}  // namespace veche::assembly
