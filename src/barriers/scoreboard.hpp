#pragma once
// How each member keeps the clocks, recomputed from the journal in whole numbers.

#include "barriers/barriers.hpp"

namespace veche::barriers {

/// Above 75 in a hundred steps in time, from 55 to 75, below; nothing where no step was due yet.
enum class punctuality : std::uint8_t { none, low, middle, high };
VECHE_CHOICES(punctuality, none, low, middle, high)

punctuality punctuality_of(std::int64_t in_time, std::int64_t all);

struct step_score {
    barrier_step step{};
    std::int64_t done = 0;
    std::int64_t in_time = 0;
    std::int64_t late_now = 0;
    std::optional<std::int64_t> median_days;
};
VECHE_FIELDS(step_score, (step, "The step."), (done, "How often it was done."),
             (in_time, "How often by its last day."), (late_now, "How many are late now."),
             (median_days, "Days that it took, the median; the lower of two in the middle."))

struct score_row {
    std::optional<member_id> member;
    std::int64_t cases = 0;
    std::int64_t open = 0;
    std::int64_t late = 0;
    std::int64_t due = 0;
    std::int64_t in_time = 0;
    std::optional<std::int64_t> percent;
    punctuality kept{};
    std::int64_t removed = 0;
    std::int64_t by_complainant = 0;
    std::int64_t by_test = 0;
    std::int64_t returned = 0;
    std::int64_t not_found = 0;
    std::vector<step_score> steps;
};
VECHE_FIELDS(score_row, (member, "The member; the body that keeps the register where empty."),
             (cases, "Cases it answers for, linked ones left out."), (open, "Open now."),
             (late, "Steps of it that are late now."),
             (due, "Steps that were done, and those that are late now."),
             (in_time, "How many of these by their last day."),
             (percent, "In time of a hundred, rounded down."),
             (kept, "high above 75, middle from 55, low below."),
             (removed, "Removed and not back."), (by_complainant, "Confirmed by who reported it."),
             (by_test, "Confirmed by a test."), (returned, "How often one came back."),
             (not_found, "In which the panel found nothing."), (steps, "Each step that it owes."))

/// Members in the order of the charter, then the body's own steps.
std::vector<score_row> scores(const world&);

}  // namespace veche::barriers
