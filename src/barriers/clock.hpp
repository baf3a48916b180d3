#pragma once
// How long each step may take, and what begins and ends its clock.

#include "barriers/state.hpp"
#include "charter/charter.hpp"

namespace veche::barriers {

/// Calendar days of each step, as the charter says for the body, else as here.
struct step_days {
    std::int32_t intake = 7;
    std::int32_t position = 7;
    std::int32_t more_time = 7;  ///< added once, where the member asks with its reason
    std::int32_t finding = 15;
    std::int32_t panel = 30;
    std::int32_t plan = 30;
    std::int32_t claim = 15;
    std::int32_t confirm = 30;
    std::int32_t check_months = 6;
    std::int32_t check = 30;
    std::int32_t comments = 60;
    std::int32_t reply = 30;
};
step_days days_of(const charter::state&, const body_id&);
std::int32_t days_for(const step_days&, barrier_step);

/// A step may be done on its last day, and is late when that is over (UTC).
instant late_at(date due);

/// Begins the clock of a step; nothing says that one of this kind does not run already.
void begin(state&, const barrier_id&, step_run);
/// Ends the run of that step, if one is running: done, or stopped.
void end(state&, const barrier_id&, barrier_step, date on, bool stopped = false,
         const std::optional<remedy_id>& remedy = std::nullopt);
void stop_all(state&, const barrier_id&, date on);
/// Another last day of what runs.
void postpone(state&, const barrier_id&, barrier_step, const std::optional<remedy_id>&, date due);
/// The same for a draft, which has one clock at a time.
void begin(state&, const draft_id&, step_run);
void end(state&, const draft_id&, date on, bool stopped = false);

}  // namespace veche::barriers
