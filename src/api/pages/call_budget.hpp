#pragma once
// Budgets on which citizens vote, as parts of the pages of calls and as pages of their own.

#include "api/pages/call_map.hpp"
#include "api/pages/call_parts.hpp"

namespace veche::api::pages {

/// A project in the list beside the map.
struct project_card {
    std::int32_t number = 0;
    calls::project_row row;
    std::string title;
    std::string where;
    std::optional<std::int64_t> support;
    bool counted = false;
};
VECHE_VIEW(project_card, (number, "Its number on the map."), (row, "The project."),
           (title, "Its title."), (where, "Latitude and longitude in degrees."),
           (support, "Its effective support in per cent, cut."),
           (counted, "Whether the list has columns of the count."))

/// What the page of a call shows of its vote.
struct budget_part {
    shown<calls::voting_view> voting;
    std::vector<project_card> projects;
    render::markup map;
    bool counted = false;
    bool runs = false;
    bool shows_ballots = false;
    bool login_to_vote = false;
};
VECHE_VIEW(budget_part, (voting, "The vote."), (projects, "Its projects."),
           (map, "Where they are."), (counted, "Whether it was run."),
           (runs, "Whether one can vote now."), (shows_ballots, "Whether ballots can be read."),
           (login_to_vote, "Whether one can vote after logging in."))

/// The projects as a run on trial would leave them; nothing where citizens do not vote.
std::vector<project_card> tried_projects(visit&, const calls::call_view&,
                                         const std::vector<calls::project_figures>&);

/// Nothing where citizens do not vote in this call.
std::optional<budget_part> budget_part_of(visit&, const calls::call_view&);
/// How one votes and how it is counted, in sentences.
std::vector<std::string> voting_sentences(const visit&, const calls::call_view&);

}  // namespace veche::api::pages
