#pragma once
// What follows by itself in the register of barriers.

#include <tuple>

#include "barriers/terms.hpp"

namespace veche::barriers {

/// What the panel found.
struct qualified {
    static constexpr wire_info wire{"barriers.qualified", 1, "The panel judged what a case is."};
    barrier_id barrier;
    barrier_class class_{};
    std::int32_t votes = 0;
    std::int32_t cast = 0;
    std::int32_t panel = 0;
};
VECHE_FIELDS(qualified, (barrier, "The case."), (class_, "What it is."), (votes, "Votes for that."),
             (cast, "Votes cast."), (panel, "Members of the panel."))

/// The last day of a step passed and the step was not done.
struct step_late {
    static constexpr wire_info wire{"barriers.step_late", 1, "A step of a case is late."};
    barrier_id barrier;
    barrier_step step{};
    std::optional<remedy_id> remedy;
    date due;
};
VECHE_FIELDS(step_late, (barrier, "The case."), (step, "The step."), (remedy, "The measure."),
             (due, "The last day."))

/// The months after a removal are over.
struct check_due {
    static constexpr wire_info wire{"barriers.check_due", 1,
                                    "It is time to check that a barrier is still gone."};
    barrier_id barrier;
};
VECHE_FIELDS(check_due, (barrier, "The case."))

/// The time for comments on a draft is over.
struct comments_closed {
    static constexpr wire_info wire{"barriers.comments_closed", 1,
                                    "The time for comments on a draft rule is over."};
    draft_id draft;
    std::int32_t comments = 0;
};
VECHE_FIELDS(comments_closed, (draft, "The draft."), (comments, "Comments that came."))

struct reply_late {
    static constexpr wire_info wire{"barriers.reply_late", 1,
                                    "The answer to comments on a draft rule is late."};
    draft_id draft;
    date due;
};
VECHE_FIELDS(reply_late, (draft, "The draft."), (due, "The last day."))

using derived = std::tuple<qualified, step_late, check_due, comments_closed, reply_late>;

}  // namespace veche::barriers
