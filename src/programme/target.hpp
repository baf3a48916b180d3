#pragma once
// Whether a target is met: computed from the values on the journal, typed in by nobody.
//
//   at_least, share   the newest value reaches the target
//   at_most           the newest value does not go above the target
//   by_date           some value reaches the target no later than the day; without a number, the
//                     measure is done or all its milestones are reached by then
//   trend             the newest value lies beyond the baseline in the direction said and, where a
//                     target is set, reaches it; without a stated baseline the first value is it
//   present           the newest value is above 0 and a document shows it
//
// A value that misses still counts as "on the way" while its period runs, but for at_most: what
// went above stays above. A value reported without a period runs until the last day of the measure.
// Where nothing was reported, or the target has no number yet, nothing is known.

#include <vector>

#include "programme/state.hpp"

namespace veche::programme {

enum class target_state : std::uint8_t { met, on_the_way, missed, not_known };
VECHE_CHOICES(target_state, met, on_the_way, missed, not_known)

/// One value of an indicator.
struct value_point {
    std::string period;  ///< as reported; "" where the value is that of the day of its report
    date from;
    date until;  ///< the last day of the period, or the day of the report
    ratio value;
    bool shown = false;     ///< a document shows it
    bool computed = false;  ///< told by the journal, not reported
    std::uint64_t seq = 0;  ///< entry of the report, or the last one that was counted
};

/// Reported values in the order of their periods; of two of the same period the later report.
std::vector<value_point> reported_values(const measure&);

/// What is judged, and the day on which it is.
struct target_question {
    const indicator& asked;
    date due;  ///< last day of the measure
    const std::vector<value_point>& values;
    std::optional<date> done;            ///< when it was declared done
    std::optional<date> all_milestones;  ///< when the last of its milestones was reached
    date today;
};
target_state state_of_target(const target_question&);

/// The whole part of part / whole * 10000, within 0 and 10000. `whole` is above 0.
std::int32_t hundredths_of_percent(ratio part, ratio whole);

}  // namespace veche::programme
