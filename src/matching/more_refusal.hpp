#pragma once
// Why an allocation of places with couples, caps, call orders or rolling offers is not run.

#include "kernel/result.hpp"

namespace veche::matching::more_refusals {

inline constexpr refusal_kind couples_malformed{
    "places.couples_malformed", 400, "Line {0} cannot be read: {1}. It should have {2}."};
inline constexpr refusal_kind market_malformed{"places.market_malformed", 400,
                                               "What is to be allocated is unsound: {0}."};
inline constexpr refusal_kind rate_out_of_range{"places.rate_out_of_range", 400,
                                                "A least rate is 0 to 100 percent, not {0}."};
inline constexpr refusal_kind caps_contradict{
    "places.caps_contradict", 400,
    "The targets within region {0} come to {1}, and its cap is {2}."};
inline constexpr refusal_kind event_refused{"places.event_refused", 409,
                                            "Event {0} does not follow: {1}."};

inline constexpr const refusal_kind* all[] = {&couples_malformed, &market_malformed,
                                              &rate_out_of_range, &caps_contradict, &event_refused};

}  // namespace veche::matching::more_refusals
