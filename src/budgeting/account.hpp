#pragma once
// Why a project was funded or not: a record for its proposers and for everybody. It names projects
// and sums of money, and never what a few voters did.

#include <optional>
#include <string>
#include <vector>

#include "budgeting/certificate.hpp"
#include "budgeting/election.hpp"

namespace veche::budgeting {

enum class fate : std::uint8_t {
    bought,       ///< by its supporters' shares
    completed,    ///< with money that was left, or by votes
    short_of,     ///< its supporters hold less than its cost
    out_of_turn,  ///< did not fit into what was left when its turn came
    excluded,     ///< by the filter or the threshold of the call
    unsupported,  ///< on no ballot
};
VECHE_CHOICES(fate, bought, completed, short_of, out_of_turn, excluded, unsupported)

/// A project for which supporters of the one explained paid.
struct taker {
    std::string project;
    std::int64_t supporters = 0;  ///< of the project explained who paid for it
    std::int64_t paid = 0;        ///< by them, minor units, cut
};
VECHE_FIELDS(taker, (project, "Id of the project that was paid for."),
             (supporters, "How many supporters of the explained project paid for it."),
             (paid, "What they paid, in whole minor units."))

struct project_account {
    std::string project;
    fate outcome = fate::unsupported;
    std::int64_t cost = 0;
    std::int64_t votes = 0;
    std::int64_t points = 0;
    std::int64_t turn = 0;  ///< place among what was chosen, from 1; 0 where it was not
    std::int64_t held = 0;  ///< by its supporters at the beginning, minor units, cut
    /// Of that at the end, or just before it was bought; by equal parts, of a losing project, the
    /// most that they could pay so; where it did not fit, what was left of the budget.
    std::int64_t left = 0;
    std::int64_t effective_support = 0;  ///< left / cost in thousandths, cut
    std::vector<taker> taken_by;         ///< most money first
    std::int64_t taken_by_others = 0;    ///< for projects that too few of its supporters share
    std::optional<std::string> price;    ///< of what is bought: the most one of them paid a point
    std::optional<std::int64_t> paid_in_full;  ///< how many paid that
    std::optional<std::int64_t> paid_less;     ///< how many paid all they had left, and it was less
    /// Others being as they are, at this cost it would have been chosen; none where it was, and
    /// where that cannot be said without another count.
    std::optional<std::int64_t> would_have_sufficed;
};
VECHE_FIELDS(project_account, (project, "Id of the project."), (outcome, "What became of it."),
             (cost, "Its cost in minor units."), (votes, "Ballots that name it."),
             (points, "Points that they give it."), (turn, "Its place among what was chosen."),
             (held, "Money of its supporters at the beginning."),
             (left, "What of it was left in the end, or just before it was bought."),
             (effective_support, "Money left over cost, in thousandths."),
             (taken_by, "What its supporters paid for instead."),
             (taken_by_others, "What went to projects that few of its supporters share."),
             (price, "The most that a supporter paid for each point."),
             (paid_in_full, "How many paid that."), (paid_less, "How many paid all they had left."),
             (would_have_sufficed, "At which cost it would have been chosen."))

/// Of one project, from the ballots and a sound certificate. Projects shared by fewer than
/// `least_shared` supporters are summed up without a name.
project_account account_of(const election&, const certificate&, std::uint32_t project,
                           std::int64_t least_shared = 3);

/// What supporters of one project held: in the end, or just before it was bought.
struct held_money {
    std::int64_t left = 0;               ///< minor units, cut
    std::int64_t effective_support = 0;  ///< left / cost in thousandths, cut
};
/// Of every project as account_of tells it, in one pass over the ballots. Zeros where nobody pays.
std::vector<held_money> money_left(const election&, const certificate&);

/// The whole part of such a fraction as certificates hold, for people.
std::int64_t whole_part(const std::string& fraction);

}  // namespace veche::budgeting
