#pragma once
// What one may ask about the plan of a measure: its milestones, what it is part of, what it waits
// for. Planning is done by decision or by the keeper of the owner's measures; that a milestone is
// reached is said by those who report.

#include "programme/terms.hpp"

namespace veche::programme {

/// By decision, or power "measures" in the owner. Puts a milestone, or gives one another day or
/// title; what was reached stays as it was.
struct set_milestone {
    static constexpr wire_info wire{"programme.set_milestone", 1,
                                    "Put a milestone on a measure, or change it."};
    measure_id measure;
    milestone_id milestone;
    localized title;
    date due;
};
VECHE_FIELDS(set_milestone, (measure, "The measure."), (milestone, "Short name of the milestone."),
             (title, "Title by language."), (due, "Its day."))

/// By decision, or power "measures" in the owner.
struct drop_milestone {
    static constexpr wire_info wire{"programme.drop_milestone", 1,
                                    "Take a milestone off a measure."};
    measure_id measure;
    milestone_id milestone;
    localized reason;
};
VECHE_FIELDS(drop_milestone, (measure, "The measure."), (milestone, "The milestone."),
             (reason, "Why, by language."))

/// Power "report" in the owner, or the office named as responsible; never a decision. `on` is the
/// day on which it was reached, today where it is not said.
struct reach_milestone {
    static constexpr wire_info wire{"programme.reach_milestone", 1,
                                    "Say that a milestone is reached."};
    measure_id measure;
    milestone_id milestone;
    std::optional<date> on;
    localized note;
    std::vector<evidence> evidence_;
};
VECHE_FIELDS(reach_milestone, (measure, "The measure."), (milestone, "The milestone."),
             (on, "The day on which it was reached; today where it is left empty."),
             (note, "What was done, by language."), (evidence_, "Documents that show it."))

/// By decision, or power "measures" in the owner. Says all three anew: what is not said falls.
struct arrange_measure {
    static constexpr wire_info wire{"programme.arrange_measure", 1,
                                    "Say what a measure is part of and what it waits for."};
    measure_id measure;
    std::optional<measure_id> parent;
    std::optional<std::int32_t> weight;
    std::vector<measure_id> waits_for;
};
VECHE_FIELDS(arrange_measure, (measure, "The measure."), (parent, "The measure it is part of."),
             (weight, "How much it counts among the parts, from 1 to 1000."),
             (waits_for, "Measures that must be done before it."))

/// A promise falls due in so many days, as the owner's charter wants to be reminded.
struct measure_reminded {
    static constexpr wire_info wire{"programme.measure_reminded", 1,
                                    "The owner is reminded that a measure falls due."};
    measure_id measure;
    body_id owner;
    date due;
    std::int32_t days = 0;
};
VECHE_FIELDS(measure_reminded, (measure, "The measure."), (owner, "The body that owes it."),
             (due, "Its last day."), (days, "Days that are left."))

}  // namespace veche::programme
