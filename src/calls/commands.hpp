#pragma once
// What one may ask of calls. A call is opened only by decision; officers of the body that runs it
// lead it; applicants act for themselves, under a pseudonym.

#include "calls/contract_terms.hpp"
#include "calls/internship_terms.hpp"
#include "calls/shares_terms.hpp"

namespace veche::calls {

// --- By decision
// ------------------------------------------------------------------------------------

/// Only by decision. What could not be run is refused here, before anybody applies.
struct open_call {
    static constexpr wire_info wire{"calls.open_call", 1, "Open a call."};
    call_id call;
    call_kind kind{};
    localized title;
    localized text;
    body_id body;
    std::vector<programme_plan> programmes;
    std::vector<group_plan> groups;
    std::optional<amount> budget;
    call_rules rules;
    std::vector<criterion_plan> criteria;
    std::optional<std::int32_t> assessors;
    std::vector<office_id> custodians;
    instant opens;
    instant closes;
    std::int32_t answer_days = 0;
    std::int32_t appeal_days = 0;
    std::optional<std::int32_t> reveal_days;
    std::optional<backing_id> commitment;
    std::optional<voting_terms> voting;
    std::optional<share_terms> shares;
    std::optional<host_terms> hosts;
    std::optional<team_terms> teams;
    std::optional<contract_terms> contracts;
    bool operator==(const open_call&) const = default;
};
VECHE_FIELDS(open_call, (call, "Id of the call."), (kind, "What is offered."),
             (title, "Title by language."), (text, "Who may apply for what, by language."),
             (body, "The body that runs the call."), (programmes, "Programmes with their places."),
             (groups, "Groups for which places are reserved."),
             (budget, "Money for all grants together."), (rules, "The rules, fixed from here on."),
             (criteria, "By what applications are assessed."),
             (assessors, "How many assess each application."),
             (custodians, "Offices whose numbers make the seed of the lots."),
             (opens, "From when on one can apply."), (closes, "Until when."),
             (answer_days, "Days to answer an offer."),
             (appeal_days, "Days after an allocation within which one can appeal."),
             (reveal_days, "Days after the list is settled in which custodians reveal."),
             (commitment, "Commitment of the fund that covers what is offered."),
             (voting, "How citizens vote; for a budget."),
             (shares, "What is divided over whom, and how; for shares."),
             (hosts, "Who ranks applicants; for internships."),
             (teams, "Features, skills, windows and aim; for teams."),
             (contracts, "Instalments of the contracts with winners; where money is given."))

// --- Custodians of the lot
// --------------------------------------------------------------------------

/// Before anybody has applied, under the office that the call names.
struct commit_lot {
    static constexpr wire_info wire{"calls.commit_lot", 1,
                                    "Commit to a secret number for the lots of a call."};
    call_id call;
    std::string hash;
    bool operator==(const commit_lot&) const = default;
};
VECHE_FIELDS(commit_lot, (call, "The call."),
             (hash, "SHA-256 that binds the number, 64 hexadecimal digits."))

/// After the list is settled (settle_list).
struct reveal_lot {
    static constexpr wire_info wire{"calls.reveal_lot", 1,
                                    "Reveal the number for the lots of a call."};
    call_id call;
    std::string number;
    bool operator==(const reveal_lot&) const = default;
};
VECHE_FIELDS(reveal_lot, (call, "The call."), (number, "The number, 64 hexadecimal digits."))

// --- Applicants
// -------------------------------------------------------------------------------------

/// By a person for themselves. The last one before closing counts, whole.
struct submit_application {
    static constexpr wire_info wire{"calls.submit_application", 1, "Apply to a call."};
    call_id call;
    std::vector<place_id> choices;
    std::vector<group_id> groups;
    std::optional<amount> asks;
    localized title;
    std::vector<seal_ref> sealed;
    localized about;
    std::optional<map_place> place;
    std::optional<person_id> partner;
    std::vector<pair_wish> pairs;
    std::vector<feature_claim> features;
    std::vector<skill_id> skills;
    bool operator==(const submit_application&) const = default;
};
VECHE_FIELDS(submit_application, (call, "The call."),
             (choices, "Programmes, the most wanted first."),
             (groups, "Groups to which you belong."), (asks, "How much you ask for; for grants."),
             (title, "Title of the project by language; for grants. Everybody reads it."),
             (sealed, "Evidence and personal data, sealed beside the journal."),
             (about, "What the project is, by language; for a budget. Everybody reads it."),
             (place, "Where it is on the map; for a budget."),
             (partner, "With whom you go; counts where the other says the same of you."),
             (pairs, "What you two want together, the most wanted first."),
             (features, "Your feature in each category; for teams."),
             (skills, "Skills that you have; for teams."))

struct withdraw_application {
    static constexpr wire_info wire{"calls.withdraw_application", 1, "Withdraw your application."};
    call_id call;
    bool operator==(const withdraw_application&) const = default;
};
VECHE_FIELDS(withdraw_application, (call, "The call."))

struct answer_offer {
    static constexpr wire_info wire{"calls.answer_offer", 1, "Accept or decline what is offered."};
    call_id call;
    offer_answer answer{};
    std::optional<bool> keep_waiting;
    std::optional<place_id> programme = {};
    bool operator==(const answer_offer&) const = default;
};
VECHE_FIELDS(answer_offer, (call, "The call."), (answer, "Accept or decline."),
             (keep_waiting, "Accept, and move up where a better choice becomes free."),
             (programme, "Which offer, where several programmes make you one."))

/// Where offers roll. From now on what is offered is kept or given up by this order.
struct rank_offers {
    static constexpr wire_info wire{"calls.rank_offers", 1,
                                    "Answer all offers to come by a ranking."};
    call_id call;
    std::vector<place_id> ranking;
    bool operator==(const rank_offers&) const = default;
};
VECHE_FIELDS(rank_offers, (call, "The call."),
             (ranking,
              "Programmes that are open to you, the most wanted first; what you leave out "
              "you give up."))

struct lodge_appeal {
    static constexpr wire_info wire{"calls.lodge_appeal", 1,
                                    "Appeal against how your application was judged."};
    call_id call;
    appeal_ground ground{};
    std::vector<seal_ref> sealed;
    bool operator==(const lodge_appeal&) const = default;
};
VECHE_FIELDS(lodge_appeal, (call, "The call."), (ground, "What it is about."),
             (sealed, "The reasons, sealed beside the journal."))

// --- Parties of shares
// ------------------------------------------------------------------------------

/// Under the office that the call names for the party. The last one before closing counts.
struct state_claim {
    static constexpr wire_info wire{"calls.state_claim", 1,
                                    "State what a party of a call for shares claims."};
    call_id call;
    party_id party;
    std::int64_t claim = 0;
    localized reason;
    bool operator==(const state_claim&) const = default;
};
VECHE_FIELDS(state_claim, (call, "The call."), (party, "The party."),
             (claim, "What it claims, in the smallest units."),
             (reason, "Why so much, by language."))
/// By any person, on the projects of a budget. The last one before the end counts, whole. It stands
/// on the journal under the number of the person, as published ballots of cities do.
struct vote {
    static constexpr wire_info wire{"calls.vote", 1, "Vote on the projects of a budget."};
    call_id call;
    std::vector<vote_mark> marks;
    std::optional<member_id> member;
    bool operator==(const vote&) const = default;
};
VECHE_FIELDS(vote, (call, "The call."), (marks, "Projects, each once."),
             (member, "The member you are of, as you say; only counted, by nobody checked."))

// --- Offices that rank for hosts
// --------------------------------------------------------------------

/// Under the office that the call names for the programme. The last one before the run counts,
/// whole; after it a ranking is only continued. Whom a host does not rank it does not take.
struct rank_applicants {
    static constexpr wire_info wire{"calls.rank_applicants", 1,
                                    "Rank for a host those who named its programme."};
    call_id call;
    place_id programme;
    std::vector<person_id> applicants;
    bool operator==(const rank_applicants&) const = default;
};
VECHE_FIELDS(rank_applicants, (call, "The call."), (programme, "The programme."),
             (applicants, "Numbers of applicants, the best first."))

// --- Power "calls" in the body
// ----------------------------------------------------------------------

struct judge_eligibility {
    static constexpr wire_info wire{"calls.judge_eligibility", 1,
                                    "Say whether an application is eligible."};
    call_id call;
    person_id applicant;
    bool eligible = false;
    std::optional<ineligibility> reason;
    std::vector<group_refusal> refused_groups;
    std::vector<skill_refusal> refused_skills = {};
    std::vector<feature_mending> mended_features = {};
    bool operator==(const judge_eligibility&) const = default;
};
VECHE_FIELDS(judge_eligibility, (call, "The call."), (applicant, "The applicant."),
             (eligible, "Whether the application takes part."),
             (reason, "Why not; needed where it does not."),
             (refused_groups, "Groups claimed that do not count, with the reason."),
             (refused_skills, "Skills claimed that do not count, with the reason."),
             (mended_features, "Features that count instead of those claimed, with the reason."))

struct assign_assessor {
    static constexpr wire_info wire{"calls.assign_assessor", 1,
                                    "Give an application to an assessor."};
    call_id call;
    person_id applicant;
    person_id assessor;
    bool operator==(const assign_assessor&) const = default;
};
VECHE_FIELDS(assign_assessor, (call, "The call."), (applicant, "The applicant."),
             (assessor, "Who is to assess."))

/// Exactly one of applicant and programme. The others do not wait for it.
struct set_aside {
    static constexpr wire_info wire{
        "calls.set_aside", 1, "Take an application or a programme out of the run, with a reason."};
    call_id call;
    std::optional<person_id> applicant;
    std::optional<place_id> programme;
    localized reason;
    bool operator==(const set_aside&) const = default;
};
VECHE_FIELDS(set_aside, (call, "The call."), (applicant, "The application, by its applicant."),
             (programme, "Or the programme."), (reason, "Why, by language."))

/// Where lots are drawn. From here on nothing is judged before the run, so that whoever judges
/// cannot know the lots; the custodians have their days to reveal.
struct settle_list {
    static constexpr wire_info wire{"calls.settle_list", 1,
                                    "Settle the list: all is judged, the lots can be revealed."};
    call_id call;
    bool operator==(const settle_list&) const = default;
};
VECHE_FIELDS(settle_list, (call, "The call."))

struct run_allocation {
    static constexpr wire_info wire{"calls.run_allocation", 1, "Allocate what the call offers."};
    call_id call;
    bool operator==(const run_allocation&) const = default;
};
VECHE_FIELDS(run_allocation, (call, "The call."))

struct conclude_call {
    static constexpr wire_info wire{"calls.conclude_call", 1, "Conclude a call with its report."};
    call_id call;
    bool operator==(const conclude_call&) const = default;
};
VECHE_FIELDS(conclude_call, (call, "The call."))

// --- Power "assess", power "appeals"
// ----------------------------------------------------------------

struct declare_interest {
    static constexpr wire_info wire{"calls.declare_interest", 1,
                                    "Declare what ties you to an applicant, or that nothing does."};
    call_id call;
    person_id applicant;
    interest tie{};
    bool operator==(const declare_interest&) const = default;
};
VECHE_FIELDS(declare_interest, (call, "The call."), (applicant, "The applicant."),
             (tie, "What ties you to the applicant."))

struct assess {
    static constexpr wire_info wire{"calls.assess", 1, "Give an application its points."};
    call_id call;
    person_id applicant;
    std::vector<criterion_points> points;
    bool operator==(const assess&) const = default;
};
VECHE_FIELDS(assess, (call, "The call."), (applicant, "The applicant."),
             (points, "Points for every criterion."))

/// By another person than those who assessed or judged. Corrected points are sums over all
/// assessors, of the criteria that change.
struct decide_appeal {
    static constexpr wire_info wire{"calls.decide_appeal", 1, "Decide an appeal."};
    call_id call;
    person_id applicant;
    bool upheld = false;
    localized reason;
    std::vector<criterion_points> points;
    std::optional<bool> eligible;
    std::vector<group_id> groups;
    std::vector<skill_id> skills = {};
    std::vector<feature_claim> features = {};
    bool operator==(const decide_appeal&) const = default;
};
VECHE_FIELDS(decide_appeal, (call, "The call."), (applicant, "The applicant."),
             (upheld, "Whether the appeal is right."), (reason, "Why, by language."),
             (points, "Criteria whose points change: the sum over all assessors."),
             (eligible, "True where the application is eligible after all."),
             (groups, "Groups claimed that count after all."),
             (skills, "Skills claimed that count after all."),
             (features, "Features that count after all."))

}  // namespace veche::calls
