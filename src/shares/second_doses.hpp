#pragma once
// Policies for second doses, week by week: what goes to first ones when it comes, and what is kept.
// Exact, pure; side by side they show what each costs.

#include <cstdint>
#include <vector>

#include "kernel/result.hpp"
#include "shares/shares.hpp"

namespace veche::shares {

enum class reserve_policy : std::uint8_t {
    release,    ///< nothing is kept: all that second doses leave goes to first ones
    lockbox,    ///< each first dose locks its second one at once
    set_aside,  ///< what falls due within the horizon is kept
};
VECHE_CHOICES(reserve_policy, release, lockbox, set_aside)

struct second_dose_question {
    std::vector<std::int64_t> supply;  ///< doses that come at the start of each week
    std::int32_t interval = 0;         ///< weeks between the doses
    reserve_policy policy{};
    std::int32_t horizon = 0;  ///< weeks, read only for set_aside
};

struct dose_week {
    std::int64_t came = 0;
    std::int64_t due = 0;      ///< second doses that are due, late ones included
    std::int64_t seconds = 0;  ///< given
    std::int64_t firsts = 0;
    std::int64_t late = 0;  ///< due and not given
    std::int64_t kept = 0;  ///< in stock at the end of the week
    bool operator==(const dose_week&) const = default;
};
VECHE_FIELDS(dose_week, (came, "Doses that came."), (due, "Second doses due, late ones included."),
             (seconds, "Second doses given."), (firsts, "First doses given."),
             (late, "Second doses due and not given."), (kept, "Doses left at the end."))

struct second_dose_run {
    std::vector<dose_week> weeks;
    std::int64_t firsts = 0;
    std::int64_t seconds = 0;
    std::int64_t peak_reserve = 0;
    std::int64_t late_weeks = 0;     ///< second doses times the weeks that each waited
    std::int64_t covered_weeks = 0;  ///< first doses times the weeks since
};

/// Each week doses come, second ones that are due are given, then first ones as the policy lets.
/// Refuses supply below nothing, an interval below a week, more than 1,040 weeks.
result<second_dose_run> run_policy(const second_dose_question&);

}  // namespace veche::shares
