#pragma once
// Where the orders of two neighbours contradict each other, as intervals of days. What counts is
// data of the charter.

#include "prevention/timeline.hpp"

namespace veche::prevention {

using charter::clash_check;

struct clash_rules {
    std::vector<clash_check> checks{clash_check::calendar, clash_check::door,
                                    clash_check::level_gap, clash_check::scope_gap,
                                    clash_check::recognition};
    std::vector<preventive_kind> kinds{all_kinds.begin(), all_kinds.end()};
    std::int32_t gap = 2;             ///< levels apart
    std::int32_t calendar_days = 14;  ///< the same order so much later is no longer the same
    std::int32_t door_closed = 4;     ///< of C8
    std::int32_t door_open = 2;       ///< of C8, at most

    [[nodiscard]] bool looks_for(clash_check) const;
    [[nodiscard]] bool looks_at(preventive_kind) const;
};

struct clash_side {
    std::int32_t level = 0;
    bool general = false;
    bool operator==(const clash_side&) const = default;
};
VECHE_FIELDS(clash_side, (level, "The level on its scale, 0 where nothing is ordered."),
             (general, "Whether the order is general."))

/// An interval of days on which one check finds a clash. The sides are those of the first day on
/// which they are furthest apart.
struct clash_span {
    clash_check check{};
    date from;
    date to;  ///< `no_end` until further notice
    clash_side a;
    clash_side b;
    bool operator==(const clash_span&) const = default;
};

/// One side of a border: what holds there for the kind, and which proofs are issued.
struct border_side {
    const timeline& of_kind;
    const timeline& proofs;
};

/// Every interval, by check and then by day; intervals of one check never touch.
std::vector<clash_span> clashes_between(preventive_kind, const border_side& a, const border_side& b,
                                        const clash_rules&);

}  // namespace veche::prevention
