#pragma once
// Pabulib's form of an election on a budget (`.pb`): META, PROJECTS and VOTES, rows parted by
// semicolons (docs/format/budgeting.md).

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "budgeting/election.hpp"

namespace veche::budgeting {

struct pb_project_row {
    std::vector<std::string> fields;  ///< in the order of the header, as written
    std::int64_t votes = -1;          ///< as the file states it, -1 where it does not
    std::int64_t score = -1;          ///< the same, in points of the election
    std::int64_t selected = 0;        ///< 1 by the rule; another number above 0 by another route
};

struct pb_file {
    election on;
    std::vector<std::pair<std::string, std::string>> meta;
    std::vector<std::string> header;  ///< of the projects
    std::vector<pb_project_row> rows;
    std::string votes;  ///< the section VOTES, as written
    int decimals = 0;   ///< of the amounts: one minor unit is 10^-decimals
    int point_decimals = 0;
    bool states_selected = false;
    std::int64_t threshold = 0;  ///< min_project_score_threshold, in points of the election
    /// What the file says of itself and does not keep to, and what was read kindly; in words.
    std::vector<std::string> remarks;

    [[nodiscard]] std::string_view said(std::string_view key) const;
};

/// Refuses with the line and what to do about it.
result<pb_file> read_pb(std::string_view text);

/// The same file with `selected` (1 or 0) of these projects, and the rule that chose them.
std::string write_pb(const pb_file&, const std::vector<std::uint32_t>& chosen,
                     std::string_view rule);

}  // namespace veche::budgeting
