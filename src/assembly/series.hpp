#pragma once
// What is known of a series: how it was planned, and the sessions it made.

#include "assembly/series_commands.hpp"

namespace veche::assembly {

struct session_series {
    plan_series plan;  ///< `until` and `offsets` as last extended
    std::vector<session_id> sessions;
    std::optional<instant> ended;
    localized reason;
    instant at;
    std::uint64_t seq = 0;
};

/// Of a session that a series made: which, and what was due.
struct series_link {
    series_id series;
    std::int32_t number = 0;
    date due;
    instant due_at;
};

}  // namespace veche::assembly
