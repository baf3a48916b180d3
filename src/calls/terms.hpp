#pragma once
// Words that the commands of calls share.

#include "calls/budget_terms.hpp"
#include "calls/teams_terms.hpp"
#include "kernel/message.hpp"
#include "kernel/seal_ref.hpp"

namespace veche::calls {

using call_id = id<struct call_tag>;
using group_id = id<struct call_group_tag>;  ///< for whom places are reserved
using criterion_id = id<struct criterion_tag>;
/// A commitment of the fund; only the office knows more of it.
using backing_id = id<struct backing_tag>;
/// An organisation of the register; only the office knows more of it.
using host_ref = id<struct host_ref_tag>;

enum class call_kind : std::uint8_t {
    places,  ///< programmes with capacity, applicants with ordered choices
    grants,  ///< ranked by score under one budget
    /// Programmes whose hosts rank, applicants with ordered choices, alone or in pairs.
    internships,
    teams,   ///< sites with windows on who comes, applicants with ordered choices
    budget,  ///< projects under one budget, chosen by citizens' votes
    shares   ///< divided over the parties that the call names
};
VECHE_CHOICES(call_kind, places, grants, internships, teams, budget, shares)

/// What is done with applicants of one score where not all of them fit; each is law somewhere.
enum class tie_policy : std::uint8_t {
    lottery,    ///< public lots part them
    hungarian,  ///< the whole class is refused, places stay empty
    chilean,    ///< the whole class is admitted beyond the places
    order       ///< shares: who stands first in the call comes first
};
VECHE_CHOICES(tie_policy, lottery, hungarian, chilean, order)

enum class reserve_rule : std::uint8_t {
    first,  ///< reserved places are filled first; what is left of them goes to others
    last,   ///< open places are filled first; what is left of the reserved ones goes to others
    hard    ///< reserved places first; what is left of them stays empty
};
VECHE_CHOICES(reserve_rule, first, last, hard)

enum class lottery_kind : std::uint8_t { single, per_programme };
VECHE_CHOICES(lottery_kind, single, per_programme)

/// What happens with places that are free when all have answered.
enum class unfilled_rule : std::uint8_t { next_round, none };
VECHE_CHOICES(unfilled_rule, next_round, none)

/// What a project that does not fit into the rest of the budget does to those below it.
enum class budget_rule : std::uint8_t {
    skip,  ///< it is passed over, and the next that fits gets its grant
    stop   ///< nobody below it gets anything
};
VECHE_CHOICES(budget_rule, skip, stop)

/// Places of a programme held for a group.
struct reserve {
    group_id group;
    std::int32_t seats = 0;
    bool operator==(const reserve&) const = default;
};
VECHE_FIELDS(reserve, (group, "The group."), (seats, "Places held for it."))

struct programme_plan {
    place_id programme;
    localized title;
    std::string host;
    std::optional<member_id> member;
    std::int32_t capacity = 0;
    std::vector<reserve> reserves;
    std::optional<amount> stipend = {};
    std::optional<host_ref> organisation = {};
    bool operator==(const programme_plan&) const = default;
};
VECHE_FIELDS(programme_plan, (programme, "Id of the programme."), (title, "Title by language."),
             (host, "Who offers the places."), (member, "The member where the places are."),
             (capacity, "Number of places."), (reserves, "Places held for groups."),
             (stipend, "What each place costs the commitment of the fund behind the call."),
             (organisation, "The host in the register, where it has it."))

struct group_plan {
    group_id group;
    localized title;
    bool operator==(const group_plan&) const = default;
};
VECHE_FIELDS(group_plan, (group, "Id of the group."), (title, "Who belongs to it, by language."))

struct criterion_plan {
    criterion_id criterion;
    localized title;
    std::int32_t max = 0;
    std::int32_t weight = 1;
    bool operator==(const criterion_plan&) const = default;
};
VECHE_FIELDS(criterion_plan, (criterion, "Id of the criterion."), (title, "Title by language."),
             (max, "Most points one assessor can give."),
             (weight, "By how much the points are multiplied."))

/// Everything on which laws differ, fixed before the call opens.
struct call_rules {
    tie_policy ties = tie_policy::lottery;
    std::optional<reserve_rule> reserves;
    std::optional<lottery_kind> lottery;
    std::optional<std::int32_t> max_choices;
    unfilled_rule unfilled = unfilled_rule::next_round;
    std::optional<budget_rule> budget;
    std::optional<instant> rolling_until = {};
    bool operator==(const call_rules&) const = default;
};
VECHE_FIELDS(call_rules, (ties, "What is done with equal scores where not all fit."),
             (reserves, "How reserved places are filled; needed where there are any."),
             (lottery, "One lot for all programmes or one for each; needed where lots part."),
             (max_choices, "How many programmes an applicant may name; all where not said."),
             (unfilled, "What happens with places that are free when all have answered."),
             (budget, "What a project that does not fit does to those below it; for grants."),
             (rolling_until,
              "Until when offers go out one after another, where they roll; for places."))

/// How far the list of a programme moved in one step of rolling offers.
struct list_move {
    place_id programme;
    std::int64_t offered = 0;
    std::int64_t last = 0;
    bool operator==(const list_move&) const = default;
};
VECHE_FIELDS(list_move, (programme, "The programme."), (offered, "How many got an offer now."),
             (last, "Place in its order of the last who ever got one, from 1."))

/// Why somebody, or a claim to belong to a group, is not eligible.
enum class ineligibility : std::uint8_t {
    evidence_missing,
    evidence_unsound,
    condition_unmet,
    outside_scope,
    applied_twice
};
VECHE_CHOICES(ineligibility, evidence_missing, evidence_unsound, condition_unmet, outside_scope,
              applied_twice)

struct group_refusal {
    group_id group;
    ineligibility reason{};
    bool operator==(const group_refusal&) const = default;
};
VECHE_FIELDS(group_refusal, (group, "The group claimed."), (reason, "Why it is not counted."))

struct skill_refusal {
    skill_id skill;
    ineligibility reason{};
    bool operator==(const skill_refusal&) const = default;
};
VECHE_FIELDS(skill_refusal, (skill, "The skill claimed."), (reason, "Why it is not counted."))

/// The feature that counts instead of the one that was claimed.
struct feature_mending {
    category_id category;
    feature_id feature;
    ineligibility reason{};
    bool operator==(const feature_mending&) const = default;
};
VECHE_FIELDS(feature_mending, (category, "The category."), (feature, "The feature that counts."),
             (reason, "Why not the one claimed."))

/// What ties an assessor to an applicant.
enum class interest : std::uint8_t { none, family, employment, supervision, financial, other };
VECHE_CHOICES(interest, none, family, employment, supervision, financial, other)

struct criterion_points {
    criterion_id criterion;
    std::int32_t points = 0;
    bool operator==(const criterion_points&) const = default;
};
VECHE_FIELDS(criterion_points, (criterion, "The criterion."), (points, "Points."))

enum class offer_answer : std::uint8_t { accept, decline };
VECHE_CHOICES(offer_answer, accept, decline)

enum class appeal_ground : std::uint8_t { points, eligibility, group, procedure };
VECHE_CHOICES(appeal_ground, points, eligibility, group, procedure)

enum class appeal_effect : std::uint8_t {
    dismissed,      ///< not upheld
    place,          ///< a place beyond the capacity, which nobody else loses
    below_cutoff,   ///< upheld, and still below the cutoff of every better choice
    beyond_budget,  ///< a grant would have been due, and no money is left
    before_run,     ///< upheld before the run, which will count what was corrected
    vote_stands     ///< upheld when the ballot paper was fixed: nobody can vote on it anew
};
VECHE_CHOICES(appeal_effect, dismissed, place, below_cutoff, beyond_budget, before_run, vote_stands)

/// Who or what is admitted of those who asked: the lowest that got in, of a programme and of a
/// group where places are reserved. Without a score everybody who asked and was eligible got in.
struct cutoff {
    std::optional<place_id> programme;
    std::optional<group_id> group;
    std::int64_t seats = 0;
    std::int64_t taken = 0;
    std::optional<std::int64_t> score;
    std::optional<std::string> key;
    std::optional<std::int64_t> rank = std::nullopt;
    bool operator==(const cutoff&) const = default;
};
VECHE_FIELDS(cutoff, (programme, "The programme; nothing for grants."),
             (group, "The group for which the places are held; nothing for open places."),
             (seats, "Places that were free for this round; for grants the budget."),
             (taken, "How many got in this way; for grants how much was granted."),
             (score, "Score from which on one got in; nothing where nobody was refused."),
             (key, "Highest lottery number of that score that got in, where lots parted it."),
             (rank,
              "Where hosts rank: the last place in the ranking that got in, if all are taken."))

}  // namespace veche::calls
