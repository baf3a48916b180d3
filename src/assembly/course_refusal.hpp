#pragma once
// Why the assembly says no about the support of motions, their course to the vote, and the acts
// they become. The order is as in refusal.hpp: what is named exists, the actor may, the contents
// are sound, the moment is right.

#include "kernel/result.hpp"

namespace veche::assembly::refusals {

// The actor may.
inline constexpr refusal_kind not_a_signatory{"assembly.not_a_signatory", 403,
                                              "The act of the decision {1} is not signed by {0}."};
inline constexpr refusal_kind signatory_not_held{"assembly.signatory_not_held", 403,
                                                 "You do not hold {0} on this day."};

// The contents are sound.
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
inline constexpr const refusal_kind* all[] = {
    &not_a_signatory,     &signatory_not_held, &origin_missing,  &forwards_others,
    &forwarded_to_itself, &not_forwardable,    &supports_itself, &supports_already,
    &supports_not,        &supporters_missing, &signed_already};

}  // namespace of_course

}  // namespace veche::assembly::refusals
