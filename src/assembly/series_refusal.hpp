#pragma once
// Why the assembly says no about series of sessions. The order is as in refusal.hpp.

#include "kernel/result.hpp"

namespace veche::assembly::refusals {

// What is named exists.
inline constexpr refusal_kind series_unknown{"assembly.series_unknown", 404,
                                             "There is no series of sessions called {0}."};

// The contents are sound.
inline constexpr refusal_kind rhythm_out_of_range{"assembly.rhythm_out_of_range", 400,
                                                  "Choose a number from {0} to {1}."};
inline constexpr refusal_kind rhythm_unsound{
    "assembly.rhythm_unsound", 400,
    "A rhythm of weeks names a weekday; one of months names a weekday and which of the month, or a "
    "day of the month."};
inline constexpr refusal_kind time_malformed{"assembly.time_malformed", 400,
                                             "Enter the time of day as in 10:00."};
inline constexpr refusal_kind offsets_missing{
    "assembly.offsets_missing", 400,
    "Say how far the clocks of {0} are from UTC, from the first day on, the earliest first."};
inline constexpr refusal_kind days_reversed{"assembly.days_reversed", 400,
                                            "The last day comes before the first."};
inline constexpr refusal_kind series_name_long{
    "assembly.series_name_long", 400,
    "Choose a shorter name: those of its sessions are made of it."};
inline constexpr refusal_kind series_empty{"assembly.series_empty", 400,
                                           "No day of the rhythm falls between these days."};

// The moment is right.
inline constexpr refusal_kind series_ended{"assembly.series_ended", 409,
                                           "The series {0} was ended."};

namespace of_series {
inline constexpr const refusal_kind* all[] = {
    &series_unknown, &rhythm_out_of_range, &rhythm_unsound, &time_malformed, &offsets_missing,
    &days_reversed,  &series_name_long,    &series_empty,   &series_ended};
}  // namespace of_series

}  // namespace veche::assembly::refusals
