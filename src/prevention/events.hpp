#pragma once
// What follows by itself in the register of preventive measures.

#include <tuple>

#include "prevention/terms.hpp"

namespace veche::prevention {

/// An order met one of a neighbour that contradicts it. It is owed by the body that keeps the
/// register.
struct clash_found {
    static constexpr wire_info wire{"prevention.clash_found", 1,
                                    "Two orders contradict each other."};
    clash_id clash;
    body_id body;
    preventive_kind kind{};
    clash_check check{};
    place_of a;
    place_of b;
    clash_side on_a;
    clash_side on_b;
    date from;
    std::optional<date> to;
    date due;
};
VECHE_FIELDS(clash_found, (clash, "The clash."), (body, "The body that owes its settlement."),
             (kind, "Kind of the measures."), (check, "What contradicts what."), (a, "One side."),
             (b, "The other side."), (on_a, "What holds on the one side."),
             (on_b, "What holds on the other side."), (from, "First day of the clash."),
             (to, "Last day of the clash; until further notice where empty."),
             (due, "The last day to settle it."))

/// A change of an order moved it. Where it had been accepted as it was, it is open again.
struct clash_changed {
    static constexpr wire_info wire{"prevention.clash_changed", 1,
                                    "A clash has other days or sides."};
    clash_id clash;
    clash_side on_a;
    clash_side on_b;
    date from;
    std::optional<date> to;
    std::optional<date> due;
};
VECHE_FIELDS(clash_changed, (clash, "The clash."), (on_a, "What holds on the one side."),
             (on_b, "What holds on the other side."), (from, "First day of the clash."),
             (to, "Last day of the clash; until further notice where empty."),
             (due, "Open again, and the last day to settle it."))

/// A change of an order ended it.
struct clash_aligned {
    static constexpr wire_info wire{"prevention.clash_aligned", 1,
                                    "A change of an order ended a clash."};
    clash_id clash;
};
VECHE_FIELDS(clash_aligned, (clash, "The clash."))

/// Both sides accepted it.
struct clash_accepted {
    static constexpr wire_info wire{"prevention.clash_accepted", 1, "Both sides accept a clash."};
    clash_id clash;
};
VECHE_FIELDS(clash_accepted, (clash, "The clash."))

/// Its last day passed.
struct clash_over {
    static constexpr wire_info wire{"prevention.clash_over", 1, "The days of a clash have passed."};
    clash_id clash;
};
VECHE_FIELDS(clash_over, (clash, "The clash."))

struct clash_late {
    static constexpr wire_info wire{"prevention.clash_late", 1, "A clash was not settled in time."};
    clash_id clash;
    date due;
};
VECHE_FIELDS(clash_late, (clash, "The clash."), (due, "The last day."))

/// As for a measure of the programme: the body above is seized.
struct clash_escalated {
    static constexpr wire_info wire{"prevention.clash_escalated", 1,
                                    "A late clash went to the body above."};
    clash_id clash;
    body_id to;
};
VECHE_FIELDS(clash_escalated, (clash, "The clash."), (to, "The body above."))

using derived = std::tuple<clash_found, clash_changed, clash_aligned, clash_accepted, clash_over,
                           clash_late, clash_escalated>;

}  // namespace veche::prevention
