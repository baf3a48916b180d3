#pragma once
// Why the assembly says no about the support of motions, their course to the vote, and the acts
// they become. The order is as in refusal.hpp: what is named exists, the actor may, the contents
// are sound, the moment is right.

#include "kernel/result.hpp"

namespace veche::assembly::refusals {

// What is named exists.
inline constexpr refusal_kind bundle_unknown{"assembly.bundle_unknown", 404,
                                             "There is no bundle called {0} with this motion."};
inline constexpr refusal_kind part_unknown{"assembly.part_unknown", 404,
                                           "The motion has no part {0}."};
inline constexpr refusal_kind stage_unknown{"assembly.stage_unknown", 404,
                                            "This motion passes through no stage called {0}."};

// The actor may.
inline constexpr refusal_kind may_not_ask{
    "assembly.may_not_ask", 403,
    "Only a holder of a seat in {0}, or an office that presides there, may ask for this."};
inline constexpr refusal_kind may_not_advance{
    "assembly.may_not_advance", 403,
    "The charter names others who move a motion to the stage {0}."};
inline constexpr refusal_kind not_of_the_winners{
    "assembly.not_of_the_winners", 403,
    "Only a seat that voted against may have it reconsidered; {0} did not."};
inline constexpr refusal_kind not_a_signatory{"assembly.not_a_signatory", 403,
                                              "The act of the decision {1} is not signed by {0}."};
inline constexpr refusal_kind signatory_not_held{"assembly.signatory_not_held", 403,
                                                 "You do not hold {0} on this day."};

// The contents are sound.
inline constexpr refusal_kind one_question{
    "assembly.one_question", 400,
    "One vote asks one thing: the motion, an amendment, a bundle, a part or the urgency."};
inline constexpr refusal_kind bundled_twice{"assembly.bundled_twice", 400, "{0} is named twice."};
inline constexpr refusal_kind bundle_too_small{
    "assembly.bundle_too_small", 400,
    "A bundle has at least two motions, or at least two amendments to one motion."};
inline constexpr refusal_kind bundle_mixed{
    "assembly.bundle_mixed", 400,
    "{0} is of another body, session or rule, so it cannot be decided by the same vote."};
inline constexpr refusal_kind bundle_competes{
    "assembly.bundle_competes", 400,
    "{0} changes the same place as another one that waits, or amends an amendment, so it must be "
    "voted on by itself."};
inline constexpr refusal_kind silence_is_whole{
    "assembly.silence_is_whole", 409,
    "Under the rule {0} silence decides and an objection is to one text, so nothing is bundled or "
    "split."};
inline constexpr refusal_kind not_in_bundle{"assembly.not_in_bundle", 400,
                                            "{0} is not in the bundle {1}."};
inline constexpr refusal_kind part_empty{"assembly.part_empty", 400,
                                         "A part names at least one paragraph or ordered command."};
inline constexpr refusal_kind parts_overlap{"assembly.parts_overlap", 400,
                                            "Number {0} is in two parts."};
inline constexpr refusal_kind repeals_others{
    "assembly.repeals_others", 400, "The decision {0} is not one of {1}, which cannot repeal it."};
inline constexpr refusal_kind origin_missing{"assembly.origin_missing", 400,
                                             "Name the motion that is forwarded."};
inline constexpr refusal_kind forwards_others{
    "assembly.forwards_others", 400, "A decision of {0} can forward only a motion of that body."};
inline constexpr refusal_kind forwarded_to_itself{
    "assembly.forwarded_to_itself", 400, "The motion is before {0} already: choose another body."};
inline constexpr refusal_kind supports_itself{
    "assembly.supports_itself", 400,
    "The seat {0} tabled this itself, so its support does not count."};

// The moment is right.
inline constexpr refusal_kind in_bundle{
    "assembly.in_bundle", 409,
    "{0} is in the bundle {1}. Have it taken out, or vote on the bundle."};
inline constexpr refusal_kind bundle_not_standing{
    "assembly.bundle_not_standing", 409, "The bundle {0} does not wait for its vote: it is {1}."};
inline constexpr refusal_kind split_already{"assembly.split_already", 409,
                                            "The motion {0} is voted on part by part already."};
inline constexpr refusal_kind part_voted{"assembly.part_voted", 409,
                                         "Part {0} does not wait for its vote: it is {1}."};
inline constexpr refusal_kind parts_pending{"assembly.parts_pending", 409,
                                            "Vote on the parts first; part {0} is waiting."};
inline constexpr refusal_kind motions_closed{"assembly.motions_closed", 409,
                                             "The time for motions ended at {0}."};
inline constexpr refusal_kind not_urgent{
    "assembly.not_urgent", 409,
    "The motion {0} came after the time for motions and has not been found urgent."};
inline constexpr refusal_kind no_urgency_vote{"assembly.no_urgency_vote", 409,
                                              "The urgency of {0} is not open to a vote."};
inline constexpr refusal_kind stage_missing{"assembly.stage_missing", 409,
                                            "The motion {0} has yet to reach the stage {1}."};
inline constexpr refusal_kind stage_not_next{"assembly.stage_not_next", 409,
                                             "{0} is not next: {1} is."};
inline constexpr refusal_kind round_of_bundle{
    "assembly.round_of_bundle", 409,
    "{0} was last voted on in the bundle {1}, and only a vote of its own has a further round."};
inline constexpr refusal_kind winners_unknown{
    "assembly.winners_unknown", 409,
    "The vote on {0} named nobody, so that nobody can be known to have voted against."};
inline constexpr refusal_kind needs_repeal{
    "assembly.needs_repeal", 409,
    "It was adopted as {0} and stays so. Table a motion that repeals the decision."};
inline constexpr refusal_kind nothing_to_reconsider{"assembly.nothing_to_reconsider", 409,
                                                    "No vote turned {0} down: it is {1}."};
inline constexpr refusal_kind never_reconsidered{"assembly.never_reconsidered", 409,
                                                 "The charter knows no reconsideration in {0}."};
inline constexpr refusal_kind reconsidered_already{"assembly.reconsidered_already", 409,
                                                   "{0} was reconsidered once already."};
inline constexpr refusal_kind reconsidered_too_late{"assembly.reconsidered_too_late", 409,
                                                    "The time for reconsidering ended at {0}."};
inline constexpr refusal_kind repealed_already{"assembly.repealed_already", 409,
                                               "The decision {0} was repealed by {1} already."};
inline constexpr refusal_kind not_forwardable{
    "assembly.not_forwardable", 409,
    "Only a motion that is tabled or adopted can be forwarded; {0} is {1}."};
inline constexpr refusal_kind supports_already{"assembly.supports_already", 409,
                                               "The seat {0} supports this already."};
inline constexpr refusal_kind supports_not{"assembly.supports_not", 409,
                                           "The seat {0} does not support this."};
inline constexpr refusal_kind supporters_missing{
    "assembly.supporters_missing", 409,
    "{0} has the support of {1} seats and needs that of {2} before it is voted on."};
inline constexpr refusal_kind signed_already{"assembly.signed_already", 409,
                                             "{0} has signed the act of this decision already."};

namespace of_course {
inline constexpr const refusal_kind* all[] = {&bundle_unknown,
                                              &part_unknown,
                                              &stage_unknown,
                                              &may_not_ask,
                                              &may_not_advance,
                                              &not_of_the_winners,
                                              &not_a_signatory,
                                              &signatory_not_held,
                                              &one_question,
                                              &bundled_twice,
                                              &bundle_too_small,
                                              &bundle_mixed,
                                              &bundle_competes,
                                              &silence_is_whole,
                                              &not_in_bundle,
                                              &part_empty,
                                              &parts_overlap,
                                              &repeals_others,
                                              &origin_missing,
                                              &forwards_others,
                                              &forwarded_to_itself,
                                              &supports_itself,
                                              &in_bundle,
                                              &bundle_not_standing,
                                              &split_already,
                                              &part_voted,
                                              &parts_pending,
                                              &motions_closed,
                                              &not_urgent,
                                              &no_urgency_vote,
                                              &stage_missing,
                                              &stage_not_next,
                                              &round_of_bundle,
                                              &winners_unknown,
                                              &needs_repeal,
                                              &nothing_to_reconsider,
                                              &never_reconsidered,
                                              &reconsidered_already,
                                              &reconsidered_too_late,
                                              &repealed_already,
                                              &not_forwardable,
                                              &supports_already,
                                              &supports_not,
                                              &supporters_missing,
                                              &signed_already};

}  // namespace of_course

}  // namespace veche::assembly::refusals
