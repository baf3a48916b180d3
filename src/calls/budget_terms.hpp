#pragma once
// Words of calls whose budget citizens divide by their votes: how one votes, what a ballot holds,
// what is said of each project. Methods of counting are those of the room budgeting.

#include "kernel/message.hpp"

namespace veche::calls {

enum class ballot_form : std::uint8_t {
    approval,  ///< a project is named or not
    points     ///< points are given to projects, as many as one likes of a sum
};
VECHE_CHOICES(ballot_form, approval, points)

/// What a voter gets of a project that is funded.
enum class utility_measure : std::uint8_t {
    cost,   ///< its cost: equal shares weigh money spent in one's favour
    number  ///< one: equal shares weigh the number of projects in one's favour
};
VECHE_CHOICES(utility_measure, cost, number)

/// What is done about money that no supporters hold together any more.
enum class rest_rule : std::uint8_t {
    none,             ///< it stays
    utilitarian,      ///< most votes first, as far as it goes
    add1,             ///< everybody's share rises by a step, as long as the cost fits the budget
    add1_utilitarian  ///< shares rise, and then most votes first
};
VECHE_CHOICES(rest_rule, none, utilitarian, add1, add1_utilitarian)

/// Where rising shares stop: before the first run that costs more than the budget, or already at
/// the first that leaves nothing that fits.
enum class stop_rule : std::uint8_t { overshoot, exhaustive };
VECHE_CHOICES(stop_rule, overshoot, exhaustive)

/// What parts projects of equal claim, before lots do.
enum class equals_rule : std::uint8_t { least_cost, most_votes };
VECHE_CHOICES(equals_rule, least_cost, most_votes)

/// How citizens vote and how it is counted, fixed before the call opens.
struct voting_terms {
    ballot_form ballots{};
    instant votes_from;
    instant votes_until;
    std::optional<std::int32_t> points;
    std::optional<std::int32_t> most_points;
    std::optional<std::int32_t> least;
    std::optional<std::int32_t> most;
    utility_measure measure{};
    rest_rule rest{};
    std::optional<stop_rule> stop;
    std::optional<std::int64_t> step;
    std::optional<std::int32_t> rises;
    std::vector<equals_rule> equals;
    bool operator==(const voting_terms&) const = default;
};
VECHE_FIELDS(voting_terms, (ballots, "Whether one names projects or gives them points."),
             (votes_from,
              "From when on one can vote; what is judged eligible by then is on the ballot."),
             (votes_until, "Until when."), (points, "Points one may give in all; by points."),
             (most_points, "Most points for one project; by points."),
             (least, "Fewest projects on a ballot; one where not said."),
             (most, "Most projects on a ballot; all where not said."),
             (measure, "Whether a funded project counts by its cost or as one."),
             (rest, "What is done about money that is left."),
             (stop, "Where rising shares stop; needed where they rise."),
             (step, "By how many minor units each share rises; needed where they rise."),
             (rises, "How often they rise at most; needed where they rise."),
             (equals, "What parts projects of equal claim, before lots do."))

/// A point of the Earth, in millionths of a degree.
struct map_place {
    std::int32_t latitude = 0;
    std::int32_t longitude = 0;
    bool operator==(const map_place&) const = default;
};
VECHE_FIELDS(map_place, (latitude, "Millionths of a degree, north above zero."),
             (longitude, "Millionths of a degree, east above zero."))

/// One project on a ballot, by the number of who applied with it.
struct vote_mark {
    person_id project;
    std::optional<std::int32_t> points;
    bool operator==(const vote_mark&) const = default;
};
VECHE_FIELDS(vote_mark, (project, "The project, by the number of its applicant."),
             (points, "Points given to it; by points."))

/// How many voters said that they are of this member.
struct member_votes {
    std::optional<member_id> member;
    std::int64_t ballots = 0;
    bool operator==(const member_votes&) const = default;
};
VECHE_FIELDS(member_votes, (member, "The member that voters named; nothing where they named none."),
             (ballots, "How many ballots."))

enum class project_fate : std::uint8_t {
    bought,      ///< by the shares of its supporters
    completed,   ///< with money that was left, by votes
    short_of,    ///< its supporters hold less than its cost
    unsupported  ///< on no ballot
};
VECHE_CHOICES(project_fate, bought, completed, short_of, unsupported)

/// What a run says of each project that was on the ballot.
struct project_figures {
    person_id project;
    project_fate fate{};
    std::int64_t votes = 0;
    std::int64_t points = 0;
    std::optional<std::int32_t> turn;
    std::optional<std::int64_t> price;
    std::int64_t left = 0;
    std::int64_t effective_support = 0;
    bool operator==(const project_figures&) const = default;
};
VECHE_FIELDS(project_figures, (project, "The project, by the number of its applicant."),
             (fate, "What became of it."), (votes, "Ballots that name it."),
             (points, "Points that they give it."), (turn, "Its place among what is funded."),
             (price, "The most a supporter paid for each point, minor units, cut."),
             (left, "Money its supporters held in the end or just before it was bought, cut."),
             (effective_support, "That over its cost, in thousandths, cut."))

}  // namespace veche::calls
