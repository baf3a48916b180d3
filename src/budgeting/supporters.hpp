#pragma once
// The ballots turned round: of each project the groups that support it, in rows.

#include <cstdint>
#include <span>
#include <vector>

#include "budgeting/election.hpp"

namespace veche::budgeting {

struct supporter {
    std::uint32_t group = 0;
    std::uint32_t count = 0;  ///< ballots of the group
};

struct supporters {
    explicit supporters(const election&);

    std::vector<std::uint32_t> begins;  ///< project c: rows [begins[c], begins[c + 1])
    std::vector<supporter> rows;
    std::vector<std::uint32_t> points;  ///< beside the rows; empty for approval ballots
    std::vector<std::int64_t> ballots;  ///< of each project: ballots that support it
    std::vector<std::int64_t> worth;    ///< points that they give it, in all

    [[nodiscard]] std::span<const supporter> of(std::uint32_t project) const {
        return {rows.data() + begins[project], rows.data() + begins[project + 1]};
    }
    /// Points that row `at` gives.
    [[nodiscard]] std::uint32_t points_at(std::size_t at) const {
        return points.empty() ? 1 : points[at];
    }
};

}  // namespace veche::budgeting
