#pragma once
// What follows: time closed a call, a custodian let the days pass, a run allocated, offers lapsed,
// an appeal had its effect, a call ended with its figures.

#include "calls/internship_terms.hpp"
#include "calls/shares_terms.hpp"

namespace veche::calls {

/// From here on the list is bound: the seed of the lots is made from this root.
struct call_closed {
    static constexpr wire_info wire{"calls.call_closed", 1, "A call closed."};
    call_id call;
    std::int64_t applications = 0;
    std::string root;
    bool operator==(const call_closed&) const = default;
};
VECHE_FIELDS(call_closed, (call, "The call."), (applications, "How many applications count."),
             (root, "Merkle root of their records in lower-case hex."))

/// Time fixed the ballot paper: projects judged eligible by now. What is not judged, or waits for
/// an appeal, is named and left out.
struct vote_opened {
    static constexpr wire_info wire{"calls.vote_opened", 1, "Voting on a budget began."};
    call_id call;
    std::vector<person_id> projects;
    std::vector<person_id> left_out;
    bool operator==(const vote_opened&) const = default;
};
VECHE_FIELDS(vote_opened, (call, "The call."),
             (projects, "Projects on the ballot, by the numbers of applicants, ascending."),
             (left_out, "Not judged in time, or with an appeal that waits: on no ballot."))

struct vote_closed {
    static constexpr wire_info wire{"calls.vote_closed", 1, "Voting on a budget ended."};
    call_id call;
    std::int64_t ballots = 0;
    std::string root;
    std::vector<member_votes> members;
    bool operator==(const vote_closed&) const = default;
};
VECHE_FIELDS(vote_closed, (call, "The call."), (ballots, "How many ballots count."),
             (root, "Merkle root of their records in lower-case hex."),
             (members, "How many by the member that voters named."))

/// Custodians who committed and did not reveal are passed over; where nobody revealed, the days run
/// once more.
struct lot_missed {
    static constexpr wire_info wire{"calls.lot_missed", 1,
                                    "Custodians did not reveal their numbers in time."};
    call_id call;
    std::vector<office_id> custodians;
    bool operator==(const lot_missed&) const = default;
};
VECHE_FIELDS(lot_missed, (call, "The call."), (custodians, "Those whose number is missing."))

/// From here on a programme whose host has not ranked takes nobody in the run that comes.
struct rankings_over {
    static constexpr wire_info wire{"calls.rankings_over", 1,
                                    "The days in which a run waits for hosts are over."};
    call_id call;
    std::vector<place_id> missing;
    bool operator==(const rankings_over&) const = default;
};
VECHE_FIELDS(rankings_over, (call, "The call."), (missing, "Programmes without a ranking."))

struct allocated {
    static constexpr wire_info wire{"calls.allocated", 1, "What a call offers was allocated."};
    call_id call;
    std::int32_t round = 0;
    std::int64_t candidates = 0;
    std::int64_t offers = 0;
    std::vector<cutoff> cutoffs;
    bool lots_decided = false;
    std::vector<place_id> lots_needed;
    std::string seed;
    std::string result_root;
    std::string certificate;
    instant answer_until;
    std::optional<std::string> endowment;
    std::vector<project_figures> projects;
    std::optional<host_result> hosts;
    std::vector<team_part> teams;
    bool operator==(const allocated&) const = default;
};
VECHE_FIELDS(allocated, (call, "The call."), (round, "Number of the round, from 1."),
             (candidates, "How many took part."), (offers, "How many got an offer."),
             (cutoffs, "Who got in, by programme and group."),
             (lots_decided, "Whether another lot could have led to another result."),
             (lots_needed, "Programmes at which lots decided."),
             (seed, "Seed of the lots in lower-case hex; empty where the rule draws none."),
             (result_root, "Merkle root of the result in lower-case hex."),
             (certificate, "SHA-256 of the certificate in lower-case hex."),
             (answer_until, "Until when offers can be answered."),
             (endowment, "What each ballot held at the beginning, in minor units; for a budget."),
             (projects, "What became of each project; for a budget."),
             (hosts, "The matching, where hosts rank."),
             (teams, "For teams: sites that were decided together, with what was found."))

/// What a call for shares divides was divided.
struct shared_out {
    static constexpr wire_info wire{"calls.shared_out", 1, "What a call divides was shared out."};
    call_id call;
    std::vector<party_share> shares;
    std::vector<share_level> levels;
    std::vector<share_tie> ties;
    bool losses = false;
    std::int64_t left = 0;
    bool lots_decided = false;
    std::string seed;
    std::string result_root;
    std::string certificate;
    bool operator==(const shared_out&) const = default;
};
VECHE_FIELDS(shared_out, (call, "The call."), (shares, "What each gets, in the order of the call."),
             (levels, "Group by group from above, or level by level from below."),
             (ties, "Units for which several stood equal."),
             (losses, "Of a division: whether its levels are of losses."),
             (left, "What nobody claims, in smallest units."),
             (lots_decided, "Whether lots decided."),
             (seed, "Seed of the lots in lower-case hex; empty where none were drawn."),
             (result_root, "Merkle root of the result in lower-case hex."),
             (certificate, "SHA-256 of the certificate in lower-case hex."))

struct offers_lapsed {
    static constexpr wire_info wire{"calls.offers_lapsed", 1,
                                    "Offers that nobody answered lapsed."};
    call_id call;
    std::int32_t round = 0;
    std::int64_t lapsed = 0;
    std::vector<list_move> lists = {};
    std::optional<std::string> root = {};
    bool operator==(const offers_lapsed&) const = default;
};
VECHE_FIELDS(offers_lapsed, (call, "The call."), (round, "The round of the offers."),
             (lapsed, "How many lapsed."),
             (lists, "Where offers roll: programmes whose places went on."),
             (root, "Merkle root of the offers that follow, in lower-case hex."))

/// Places that an answer freed went on to the next.
struct offers_moved {
    static constexpr wire_info wire{"calls.offers_moved", 1, "Places went on to the next."};
    call_id call;
    std::vector<list_move> lists;
    std::string root;
    bool operator==(const offers_moved&) const = default;
};
VECHE_FIELDS(offers_moved, (call, "The call."), (lists, "Programmes whose places went on."),
             (root, "Merkle root of the new offers in lower-case hex."))

/// The last day of rolling offers: what is kept is taken, and nobody is called any more.
struct offers_ended {
    static constexpr wire_info wire{"calls.offers_ended", 1, "Offers go out no more."};
    call_id call;
    std::int64_t kept = 0;
    std::int64_t lapsed = 0;
    std::int64_t waiting = 0;
    bool operator==(const offers_ended&) const = default;
};
VECHE_FIELDS(offers_ended, (call, "The call."),
             (kept, "Places that were kept and are taken from now on."),
             (lapsed, "Offers that nobody had answered."),
             (waiting, "Applicants who wait for a place and have none."))

/// The cutoff of one choice beside the corrected record.
struct appeal_figure {
    std::optional<place_id> programme;
    std::optional<std::int64_t> cutoff_score;
    std::int64_t score = 0;
    std::optional<std::int64_t> cutoff_rank = std::nullopt;
    std::optional<std::int64_t> rank = std::nullopt;
    bool operator==(const appeal_figure&) const = default;
};
VECHE_FIELDS(appeal_figure, (programme, "The programme; nothing for grants."),
             (cutoff_score, "Score from which on one got in."), (score, "The score as corrected."),
             (cutoff_rank, "Where hosts rank: the last place in the ranking that got in."),
             (rank, "Where hosts rank: the applicant's place, if there is one."))

struct appeal_settled {
    static constexpr wire_info wire{"calls.appeal_settled", 1, "An appeal had its effect."};
    call_id call;
    person_id applicant;
    appeal_effect effect{};
    std::int64_t score = 0;
    std::optional<place_id> programme;
    std::vector<appeal_figure> figures;
    std::optional<instant> answer_until;
    bool operator==(const appeal_settled&) const = default;
};
VECHE_FIELDS(appeal_settled, (call, "The call."), (applicant, "The applicant."),
             (effect, "What follows."), (score, "The score that counts now."),
             (programme, "Where a place beyond the capacity is offered."),
             (figures, "The better choices with their cutoffs."),
             (answer_until, "Until when the offer can be answered."))

struct programme_figures {
    std::optional<place_id> programme;
    std::int64_t capacity = 0;
    std::int64_t accepted = 0;
    std::int64_t beyond = 0;
    std::int64_t left = 0;
    bool operator==(const programme_figures&) const = default;
};
VECHE_FIELDS(programme_figures, (programme, "The programme; nothing for grants."),
             (capacity, "Places; for grants the budget."),
             (accepted, "Places taken; for grants the money granted."),
             (beyond, "Of them beyond the capacity."), (left, "Places left; for grants the money."))

struct group_figures {
    group_id group;
    std::int64_t applied = 0;
    std::int64_t accepted = 0;
    bool operator==(const group_figures&) const = default;
};
VECHE_FIELDS(group_figures, (group, "The group."), (applied, "Eligible applicants of it."),
             (accepted, "How many of them have a place or a grant."))

struct member_figures {
    member_id member;
    std::int64_t capacity = 0;
    std::int64_t accepted = 0;
    bool operator==(const member_figures&) const = default;
};
VECHE_FIELDS(member_figures, (member, "The member where the places are."), (capacity, "Places."),
             (accepted, "Places taken."))

struct party_figures {
    party_id party;
    std::optional<std::int64_t> claim;
    std::int64_t units = 0;
    bool operator==(const party_figures&) const = default;
};
VECHE_FIELDS(party_figures, (party, "The party."), (claim, "What it claimed."),
             (units, "What it got, in smallest units."))

struct call_concluded {
    static constexpr wire_info wire{"calls.call_concluded", 1, "A call was concluded."};
    call_id call;
    std::int64_t applications = 0;
    std::int64_t eligible = 0;
    std::int64_t offered = 0;
    std::int64_t accepted = 0;
    std::int64_t left = 0;
    std::vector<programme_figures> programmes;
    std::vector<group_figures> groups;
    std::vector<member_figures> members;
    std::vector<party_figures> parties;
    std::vector<team_made> teams;
    bool operator==(const call_concluded&) const = default;
};
VECHE_FIELDS(call_concluded, (call, "The call."), (applications, "Applications that counted."),
             (eligible, "Of them eligible."), (offered, "Applicants who got an offer."),
             (accepted, "Applicants who accepted."),
             (left, "What is left: places, or smallest units of money and things."),
             (programmes, "By programme."), (groups, "By group."), (members, "By member."),
             (parties, "By party, for shares."),
             (teams, "For teams: the teams as they are in the end."))

}  // namespace veche::calls
