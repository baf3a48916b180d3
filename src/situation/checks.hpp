#pragma once
// What the rules of counts share, and every fault of a report at once.

#include "kernel/refusal_record.hpp"
#include "situation/situation.hpp"

namespace veche::situation {

inline constexpr std::int64_t max_act_values = 12'000;
inline constexpr std::int64_t max_batch_values = 2'000'000;
inline constexpr std::int64_t max_count = 1'000'000'000'000;

/// Why a count cannot be reported: that of `value` (from 0) of `run`; -1 where it is about the
/// whole run.
struct count_problem {
    std::int64_t run = 0;
    std::int64_t value = 0;
    refusal_record why;
};
VECHE_FIELDS(count_problem, (run, "Number of the run, from 0."),
             (value, "Number of the count in it, from 0; -1: the whole run."),
             (why, "Why it cannot be reported."))

/// All faults in order, at most `most`. A fault of a whole run is told once.
std::vector<count_problem> problems_of(const world&, const std::vector<count_run>&, count_basis,
                                       const context&, std::size_t most);

/// The same, as a report is refused: the first fault, by the field of the command.
result<void> check_runs(const world&, const std::vector<count_run>&, count_basis, const context&);

/// An office with the power in the body of the region, or the region's own office.
bool may_report(const world&, const kept<watch_region>&, const context&);

/// The newest figure of a day, or `no_figure`.
std::int64_t figure_on(const counts&, std::int32_t day);

/// How many counts there are, and how many of them change a figure that was known.
std::int64_t values_in(const std::vector<count_run>&);
std::int64_t changes_in(const state&, const std::vector<count_run>&);

}  // namespace veche::situation
