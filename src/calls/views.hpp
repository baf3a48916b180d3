#pragma once
// What one can know of calls. The call, its rules, numbers and cutoffs are everybody's; an
// application is its applicant's and of those who lead, assess or hear appeals.

#include <tuple>

#include "calls/blockers.hpp"
#include "calls/budget_views.hpp"
#include "calls/contract_views.hpp"
#include "calls/history_views.hpp"
#include "calls/pairs.hpp"
#include "calls/rolling_views.hpp"
#include "calls/run.hpp"
#include "calls/share_views.hpp"

namespace veche::calls {

// --- For everybody
// ----------------------------------------------------------------------------------

struct call_row {
    call_id call;
    call_kind kind{};
    localized title;
    body_id body;
    localized body_name;
    call_stage stage{};
    instant opens;
    instant closes;
    std::int64_t applications = 0;
    std::int64_t places = 0;
    std::optional<amount> budget;
    std::optional<std::int64_t> left;
    std::optional<instant> votes_until;
};
VECHE_FIELDS(call_row, (call, "The call."), (kind, "What is offered."), (title, "Title."),
             (body, "The body that runs it."), (body_name, "Name of the body."),
             (stage, "Where it stands."), (opens, "When it opens."), (closes, "When it closes."),
             (applications, "Applications that count."),
             (places, "Places of all programmes, or to be divided."),
             (budget, "Money for all grants, or what is divided."),
             (left, "What was left, once it is concluded."),
             (votes_until, "Until when citizens vote; of a budget."))

struct calls_query {
    static constexpr wire_info wire{"calls.calls", 1, "All calls, those that close first first."};
    std::optional<body_id> body;
    std::optional<call_stage> stage;
    std::optional<backing_id> commitment;
};
VECHE_FIELDS(calls_query, (body, "Only those of this body."), (stage, "Only those at this stage."),
             (commitment, "Only those that stand on this commitment of the fund."))

struct calls_view {
    std::vector<call_row> calls;
};
VECHE_FIELDS(calls_view, (calls, "The calls."))

struct lot_row {
    office_id custodian;
    localized custodian_name;
    std::string hash;
    std::string number;
    bool missed = false;
};
VECHE_FIELDS(lot_row, (custodian, "The office."), (custodian_name, "Its name."),
             (hash, "Hash of its commitment; empty where there is none."),
             (number, "The number revealed."), (missed, "Passed over, because it did not reveal."))

struct programme_row {
    place_id programme;
    localized title;
    std::string host;
    std::optional<member_id> member;
    localized member_name;
    std::int32_t capacity = 0;
    std::vector<reserve> reserves;
    std::optional<amount> stipend;
    std::int64_t wanted = 0;
    std::int64_t first = 0;
    std::int64_t offered = 0;
    std::int64_t accepted = 0;
    bool set_aside = false;
    localized set_aside_reason;
    std::optional<office_id> office;
    localized office_name;
    std::optional<date> first_day;
    std::optional<date> last_day;
    std::optional<std::int64_t> ranked;
    std::optional<std::int64_t> ranked_seq;
    std::optional<list_row> list = {};
    std::optional<host_ref> organisation = {};
};
VECHE_FIELDS(programme_row, (programme, "The programme."), (title, "Title."), (host, "The host."),
             (member, "The member where it is."), (member_name, "Name of the member."),
             (capacity, "Places."), (reserves, "Places held for groups."),
             (stipend, "What each place costs the fund."), (wanted, "Applications that name it."),
             (first, "Of them as the first choice."),
             (offered, "Offers that wait or are accepted."), (accepted, "Accepted offers."),
             (set_aside, "Taken out of the run."), (set_aside_reason, "Why."),
             (office, "The office that ranks for the host."), (office_name, "Its name."),
             (first_day, "First day of the stay."), (last_day, "Last day of the stay."),
             (ranked, "How many the host ranked; nothing where it has not ranked."),
             (ranked_seq, "Entry of the ranking."),
             (list, "Where offers roll: its list in numbers, from the run on."),
             (organisation, "The host in the register."))

struct round_row {
    std::int32_t round = 0;
    instant at;
    std::int64_t seq = 0;
    std::int64_t candidates = 0;
    std::int64_t offers = 0;
    instant answer_until;
    std::vector<cutoff> cutoffs;
    bool lots_decided = false;
    std::vector<place_id> lots_needed;
    std::string seed;
    std::string result_root;
    std::string certificate;
    std::optional<host_result> hosts;
    std::vector<team_part> teams;
};
VECHE_FIELDS(round_row, (round, "Number of the round."), (at, "When it was run."),
             (seq, "Entry of the journal."), (candidates, "Who took part."),
             (offers, "Offers made."), (answer_until, "Until when one could answer."),
             (cutoffs, "Who got in."), (lots_decided, "Whether lots decided."),
             (lots_needed, "Where lots decided."), (seed, "Seed of the lots."),
             (result_root, "Merkle root of the result."),
             (certificate, "SHA-256 of the certificate."),
             (hosts, "The matching, where hosts rank."),
             (teams, "For teams: sites decided together, with what was found."))

struct host_side {
    host_terms terms;
    instant until;
    bool over = false;
    std::vector<place_id> ranks_for;
};
VECHE_FIELDS(host_side, (terms, "Who ranks, and whether places may change."),
             (until, "Until when a run waits for hosts."), (over, "Whether it waits no longer."),
             (ranks_for, "Programmes for which you may rank."))

struct team_sheet {
    team_terms terms;
    std::vector<team_made> filled;
};
VECHE_FIELDS(team_sheet, (terms, "Features, skills, windows and aim."),
             (filled, "The teams as they stand: offers that wait or are accepted."))

struct lot_times {
    std::optional<instant> settled;
    std::optional<instant> until;
    bool over = false;
};
VECHE_FIELDS(lot_times, (settled, "When the list was settled."),
             (until, "Until when custodians reveal."), (over, "Whether the lots are fixed."))

struct call_query {
    static constexpr wire_info wire{"calls.call", 1,
                                    "A call: text, rules, numbers, cutoffs and where it stands."};
    call_id call;
};
VECHE_FIELDS(call_query, (call, "The call."))

struct call_view {
    call_id call;
    call_kind kind{};
    localized title;
    localized text;
    body_id body;
    localized body_name;
    decision_id decision;
    std::int64_t seq = 0;
    call_stage stage{};
    std::vector<programme_row> programmes;
    std::vector<group_plan> groups;
    std::optional<amount> budget;
    std::optional<amount> granted;
    call_rules rules;
    std::vector<criterion_plan> criteria;
    std::int32_t assessors = 0;
    std::int64_t most_points = 0;
    instant opens;
    instant closes;
    std::int32_t answer_days = 0;
    std::int32_t appeal_days = 0;
    std::optional<backing_id> commitment;
    std::vector<lot_row> lot;
    lot_times lots;
    std::int64_t applications = 0;
    std::string root;
    std::optional<std::int64_t> closed_seq;
    std::vector<round_row> rounds;
    std::int64_t open_offers = 0;
    std::optional<instant> answers_until;
    std::int64_t lapsed = 0;
    std::int64_t open_appeals = 0;
    std::optional<instant> appeals_until;
    std::optional<call_concluded> concluded;
    bool leads = false;
    bool applies = false;
    std::optional<office_id> keeps_lot;
    std::optional<voting_terms> voting;
    std::optional<host_side> hosts;
    std::optional<team_sheet> teams;
};
VECHE_FIELDS(call_view, (call, "The call."), (kind, "What is offered."), (title, "Title."),
             (text, "Who may apply for what."), (body, "The body that runs it."),
             (body_name, "Name of the body."), (decision, "The decision that opened it."),
             (seq, "Entry that opened it."), (stage, "Where it stands."),
             (programmes, "Programmes with their numbers."), (groups, "Groups."),
             (budget, "Money for all grants."), (granted, "Of it held by offers."),
             (rules, "The rules."), (criteria, "By what is assessed."),
             (assessors, "How many assess each application."),
             (most_points, "The highest score one can have."), (opens, "When it opens."),
             (closes, "When it closes."), (answer_days, "Days to answer an offer."),
             (appeal_days, "Days to appeal."), (commitment, "Commitment of the fund behind it."),
             (lot, "Custodians of the lots."), (lots, "How far the lots are."),
             (applications, "Applications that count."), (root, "Merkle root of the list."),
             (closed_seq, "Entry of the closing."), (rounds, "What was run."),
             (open_offers, "Offers that wait for an answer."),
             (answers_until, "Until when the last of them can be answered."),
             (lapsed, "Offers that nobody answered."),
             (open_appeals, "Appeals that wait for a decision."),
             (appeals_until, "Until when one can appeal."), (concluded, "The report."),
             (leads, "Whether you may lead it."), (applies, "Whether you have applied."),
             (keeps_lot, "The office under which you keep its lots."),
             (voting, "How citizens vote; for a budget."),
             (hosts, "Where hosts rank: their terms and where they stand."),
             (teams, "What sites ask of their teams, and the teams as they stand."))

struct lot_query {
    static constexpr wire_info wire{"calls.lot", 1,
                                    "The lottery number of an applicant, to be checked by anyone."};
    call_id call;
    person_id applicant;
    std::optional<place_id> programme;
};
VECHE_FIELDS(lot_query, (call, "The call."), (applicant, "Number of the applicant."),
             (programme, "The programme, where each has its own lots."))

struct lot_view {
    std::string root;
    std::string seed;
    std::string programme;
    std::string key;
    bool known = false;
};
VECHE_FIELDS(lot_view, (root, "Merkle root of the list."), (seed, "Seed of the lots."),
             (programme, "Programme in the key: \"*\" where one lot serves all."),
             (key, "The lottery number: the lowest comes first."),
             (known, "Whether there is an application of that number."))

struct count_row {
    std::int32_t choice = 0;
    std::int64_t offers = 0;
};
VECHE_FIELDS(count_row, (choice, "Which choice it was, from 1; 0 for nothing."),
             (offers, "How many."))

struct placed_row {
    person_id applicant;
    std::optional<place_id> programme;
    std::optional<group_id> group;
    std::int32_t round = 0;
    bool beyond = false;
    offer_status status{};
    std::int64_t score = 0;
    localized title;
    std::optional<amount> asks;
    std::optional<std::int64_t> rank = std::nullopt;
};
VECHE_FIELDS(placed_row, (applicant, "Number of the applicant."), (programme, "The programme."),
             (group, "Group whose reserved place it is."), (round, "The round."),
             (beyond, "Beyond the capacity, from an appeal."), (status, "What became of it."),
             (score, "Score."), (title, "Title of the project."), (asks, "The grant."),
             (rank, "Place in the host's ranking."))

struct result_query {
    static constexpr wire_info wire{"calls.result", 1,
                                    "What was offered to whom, under the numbers of applicants."};
    call_id call;
    std::optional<person_id> after;
};
VECHE_FIELDS(result_query, (call, "The call."), (after, "Only those after this number."))

struct result_view {
    std::vector<count_row> choices;
    std::vector<group_figures> groups;
    std::vector<placed_row> placed;
    bool more = false;
};
VECHE_FIELDS(result_view, (choices, "How many got which of their choices."),
             (groups, "Applied and accepted by group."), (placed, "Who holds or held an offer."),
             (more, "Whether there are more."))

// --- For an applicant
// -------------------------------------------------------------------------------

/// What an applicant can still do, or must.
enum class todo : std::uint8_t { apply, change, answer, appeal, wait };
VECHE_CHOICES(todo, apply, change, answer, appeal, wait)

struct my_application_row {
    call_id call;
    localized title;
    call_stage stage{};
    std::vector<todo> left;
    std::optional<instant> until;
    std::optional<offer_status> offer;
    std::optional<place_id> programme;
    bool withdrawn = false;
};
VECHE_FIELDS(my_application_row, (call, "The call."), (title, "Title of the call."),
             (stage, "Where it stands."), (left, "What you can do."),
             (until, "Until when the first of it."), (offer, "What became of your offer."),
             (programme, "What is offered."), (withdrawn, "Whether you withdrew."))

/// A vote on a budget that runs now.
struct my_vote_row {
    call_id call;
    localized title;
    instant until;
    std::int32_t projects = 0;
    bool voted = false;
};
VECHE_FIELDS(my_vote_row, (call, "The call."), (title, "Title of the call."),
             (until, "Until when one votes."), (projects, "Projects on the ballot paper."),
             (voted, "Whether you have cast a ballot."))

struct my_applications_query {
    static constexpr wire_info wire{
        "calls.my_applications", 1,
        "Your applications, votes that you can cast, and calls that you can still apply to."};
};
VECHE_NO_FIELDS(my_applications_query)

struct my_applications_view {
    std::vector<my_application_row> applications;
    std::vector<call_row> open;
    std::vector<my_vote_row> votes;
};
VECHE_FIELDS(my_applications_view, (applications, "What you applied for."),
             (votes, "Votes on budgets that run, those that end first first."),
             (open, "Calls that are open and have no application of yours."))

enum class choice_outcome : std::uint8_t {
    placed,
    below_cutoff,
    lost_lottery,
    ineligible,
    quota_full,  ///< the open places are full, and the rest is held for others
    not_needed,  ///< a better choice was offered
    set_aside,
    waiting,      ///< nothing was allocated yet
    not_ranked,   ///< the host did not rank the applicant
    not_together  ///< this side would have been taken; the two places together were not to be had
};
VECHE_CHOICES(choice_outcome, placed, below_cutoff, lost_lottery, ineligible, quota_full,
              not_needed, set_aside, waiting, not_ranked, not_together)

/// Why a choice came out as it did, in figures of this applicant and of the cutoff alone.
struct choice_explanation {
    std::int32_t choice = 0;
    std::optional<place_id> programme;
    localized title;
    choice_outcome outcome{};
    std::int64_t seats = 0;
    std::optional<std::int64_t> your_rank;
    std::int64_t your_score = 0;
    std::optional<std::int64_t> cutoff_score;
    std::optional<std::string> your_key;
    std::optional<std::string> cutoff_key;
    std::optional<group_id> reserve_used;
    std::optional<std::int64_t> sufficient_score;
    std::optional<std::int64_t> cutoff_rank;
    bool with_partner = false;
    std::optional<place_id> partners_programme;
};
VECHE_FIELDS(choice_explanation, (choice, "Which choice, from 1."), (programme, "The programme."),
             (title, "Its title."), (outcome, "What came of it."),
             (seats, "Places free in the first round; for grants the money."),
             (your_rank, "Your place in its order, from 1."), (your_score, "Your score."),
             (cutoff_score, "Score from which on one got in, by what is open to you."),
             (your_key, "Your lottery number."), (cutoff_key, "Highest number that got in."),
             (reserve_used, "Group whose place you got."),
             (sufficient_score, "Score that would have sufficed, all others as they are."),
             (cutoff_rank,
              "Last place in the host's ranking that got in; nothing where one was left."),
             (with_partner, "Whether it is a line of two who go together."),
             (partners_programme, "The programme of the other in that line."))

enum class team_outcome : std::uint8_t {
    placed,
    feature_full,      ///< a window that counts the applicant is at its maximum
    site_full,         ///< the team has its greatest size
    kept_for_others,   ///< the team is full, and a window that does not count them has its minimum
    better_elsewhere,  ///< all together reach more without them there
    no_teams,          ///< no teams were found that keep all windows
    undecided,         ///< whether the teams found are the best was not decided
    set_aside,
    ineligible,
    waiting
};
VECHE_CHOICES(team_outcome, placed, feature_full, site_full, kept_for_others, better_elsewhere,
              no_teams, undecided, set_aside, ineligible, waiting)

/// Why an applicant is sent to a site or not, in their own figures and those of the team alone.
struct site_explanation {
    std::int32_t choice = 0;
    place_id programme;
    localized title;
    team_outcome outcome{};
    std::int64_t utility = 0;
    std::optional<window_count> by;
    std::int64_t team = 0;
    bool tried = false;
    bool decided = false;
    bool possible = false;
    bool equally_good = false;
    std::optional<std::int64_t> lost;
    std::optional<std::int64_t> sufficient_score;
};
VECHE_FIELDS(site_explanation, (choice, "Which choice, from 1."), (programme, "The site."),
             (title, "Its title."), (outcome, "What came of it."),
             (utility, "Points for sending you there."), (by, "The window in the way."),
             (team, "Size of the team."), (tried, "Whether it was tried with you there."),
             (decided, "Whether that came to its end."),
             (possible, "Whether all windows could hold with you there."),
             (equally_good, "Whether only the lot decided."),
             (lost, "What all together would reach less, by the aim."),
             (sufficient_score, "Score that would have sufficed, all others as they are."))

/// What an application for teams has more than others.
struct team_case {
    std::vector<feature_claim> features;
    std::vector<skill_id> skills;
    std::vector<skill_refusal> refused_skills;
    std::vector<feature_mending> mended_features;
    std::vector<site_explanation> sites;
};
VECHE_FIELDS(team_case, (features, "Features claimed."), (skills, "Skills claimed."),
             (refused_skills, "Skills that do not count, and why."),
             (mended_features, "Features that count instead, and why."),
             (sites, "Each choice with its reason, once something was allocated."))

struct assessor_row {
    person_id assessor;
    localized name;
    std::optional<interest> declared;
    std::vector<criterion_points> points;
};
VECHE_FIELDS(assessor_row, (assessor, "Who assesses; the applicant sees no name."),
             (name, "Title of the assessor."), (declared, "What was declared."),
             (points, "Points given."))

struct offer_row {
    std::int32_t round = 0;
    std::optional<place_id> programme;
    std::optional<group_id> group;
    bool beyond = false;
    offer_status status{};
    bool keep_waiting = false;
    instant until;
};
VECHE_FIELDS(offer_row, (round, "The round."), (programme, "The programme."),
             (group, "Group whose place it is."), (beyond, "Beyond the capacity, from an appeal."),
             (status, "What became of it."), (keep_waiting, "Whether you wait for better."),
             (until, "Until when it could be answered."))

struct application_query {
    static constexpr wire_info wire{"calls.application", 1,
                                    "An application with its case and the reasons of its result."};
    call_id call;
    std::optional<person_id> applicant;
    std::optional<bool> otherwise = {};
};
VECHE_FIELDS(application_query, (call, "The call."), (applicant, "The applicant; you, if absent."),
             (otherwise, "For teams: try for each site what would be with the applicant there."))

struct application_view {
    call_id call;
    localized title;
    call_stage stage{};
    person_id applicant;
    std::vector<place_id> choices;
    std::vector<group_id> groups;
    std::vector<group_refusal> refused_groups;
    std::optional<amount> asks;
    localized project;
    std::vector<seal_ref> sealed;
    instant at;
    std::int64_t seq = 0;
    std::int32_t versions = 0;
    bool withdrawn = false;
    eligibility eligible{};
    std::optional<ineligibility> reason;
    bool set_aside = false;
    localized set_aside_reason;
    std::vector<assessor_row> assessors;
    std::int32_t assessed = 0;
    std::int32_t assessors_needed = 0;
    std::optional<std::int64_t> score;
    std::vector<choice_explanation> explanation;
    std::vector<offer_row> offers;
    std::optional<appeal_ground> appeal;
    std::optional<bool> upheld;
    localized appeal_reason;
    std::optional<appeal_settled> effect;
    std::vector<todo> left;
    std::optional<instant> until;
    bool own = false;
    localized about;
    std::optional<map_place> place;
    bool on_ballot = false;
    std::optional<person_id> partner;
    std::vector<pair_wish> pairs;
    std::optional<pair_state> pair;
    std::vector<person_id> named_by;
    std::optional<team_case> team;
    std::optional<rolling_case> rolling;
};
VECHE_FIELDS(application_view, (call, "The call."), (title, "Title of the call."),
             (stage, "Where the call stands."), (applicant, "Number of the applicant."),
             (choices, "Programmes in order."), (groups, "Groups claimed."),
             (refused_groups, "Groups that do not count, and why."), (asks, "Money asked for."),
             (project, "Title of the project."), (sealed, "What lies sealed."),
             (at, "When it was sent."), (seq, "Entry of the journal."),
             (versions, "How often it was sent; the last one counts."),
             (withdrawn, "Whether it is withdrawn."), (eligible, "Whether it is eligible."),
             (reason, "Why it is not."), (set_aside, "Taken out of the run."),
             (set_aside_reason, "Why."), (assessors, "Assessors and points."),
             (assessed, "Assessments there."), (assessors_needed, "Assessments needed."),
             (score, "The score, once all have assessed."),
             (explanation, "Each choice with its reason."), (offers, "What was offered."),
             (appeal, "What the appeal is about."), (upheld, "Whether it was upheld."),
             (appeal_reason, "Why."), (effect, "What followed."), (left, "What can be done."),
             (until, "Until when the first of it."), (own, "Whether it is yours."),
             (about, "What the project is."), (place, "Where it is."),
             (on_ballot, "Whether citizens can vote on it."), (partner, "With whom."),
             (pairs, "What the two want together."), (pair, "Whether the pair counts."),
             (named_by, "Who wants to go with the applicant and is not named in turn."),
             (team, "For teams: claims that count or not, and the reason of each choice."),
             (rolling, "Where offers roll: where the application stands on each list."))

// --- For those who lead and assess
// ------------------------------------------------------------------

struct board_row {
    person_id applicant;
    instant at;
    eligibility eligible{};
    std::int32_t assessors = 0;
    std::int32_t declared = 0;
    std::int32_t assessed = 0;
    std::optional<std::int64_t> score;
    bool withdrawn = false;
    bool set_aside = false;
    bool appeal_open = false;
    std::optional<offer_status> offer;
    std::optional<place_id> programme;
    std::optional<person_id> partner;
    std::optional<pair_state> pair;
    localized title;
    std::optional<amount> asks;
};
VECHE_FIELDS(board_row, (applicant, "Number of the applicant."), (at, "When it was sent."),
             (eligible, "Whether it is eligible."), (assessors, "Assessors it has."),
             (declared, "Of them declared."), (assessed, "Of them done."),
             (score, "The score, once all have assessed."), (withdrawn, "Withdrawn."),
             (set_aside, "Taken out of the run."), (appeal_open, "An appeal waits."),
             (offer, "What became of the offer."), (programme, "What is offered."),
             (partner, "With whom."), (pair, "Whether the pair counts."),
             (title, "Title of the project."), (asks, "Money asked for."))

struct board_query {
    static constexpr wire_info wire{"calls.board", 1, "The pipeline of a call, for its officers."};
    call_id call;
};
VECHE_FIELDS(board_query, (call, "The call."))

struct board_view {
    std::vector<board_row> applications;
    std::int64_t unjudged = 0;
    std::int64_t to_assess = 0;
    std::int64_t ready = 0;
    std::int64_t appeals = 0;
};
VECHE_FIELDS(board_view, (applications, "All applications."), (unjudged, "To be judged eligible."),
             (to_assess, "To be assessed."), (ready, "Ready for the run."),
             (appeals, "Appeals that wait."))

struct my_assessment_row {
    call_id call;
    localized title;
    person_id applicant;
    std::optional<interest> declared;
    bool assessed = false;
};
VECHE_FIELDS(my_assessment_row, (call, "The call."), (title, "Title of the call."),
             (applicant, "Number of the applicant."), (declared, "What you declared."),
             (assessed, "Whether you have assessed."))

struct my_assessments_query {
    static constexpr wire_info wire{"calls.my_assessments", 1,
                                    "Applications of a call that are given to you to assess."};
    call_id call;
};
VECHE_FIELDS(my_assessments_query, (call, "The call."))

struct my_assessments_view {
    std::vector<my_assessment_row> applications;
    std::vector<criterion_plan> criteria;
};
VECHE_FIELDS(my_assessments_view, (applications, "The applications."), (criteria, "The criteria."))

struct blockers_query {
    static constexpr wire_info wire{"calls.blockers", 1,
                                    "What stands in the way of the run, for its officers."};
    call_id call;
};
VECHE_FIELDS(blockers_query, (call, "The call."))

struct blockers_view {
    std::vector<blocker> blockers;
    bool can_run = false;
};
VECHE_FIELDS(blockers_view, (blockers, "What stands in the way."),
             (can_run, "Whether nothing does, and something can come of a run."))

/// What a run would come to for one who takes part.
struct trial_row {
    person_id applicant;
    localized title;
    bool offered = false;
    std::optional<place_id> programme;
    std::optional<group_id> group;
    std::int32_t choice = 0;
    std::int64_t score = 0;
    std::optional<amount> asks;
};
VECHE_FIELDS(trial_row, (applicant, "Number of the applicant."), (title, "Title of the project."),
             (offered, "Whether something would be offered."), (programme, "The programme."),
             (group, "Group whose reserved place it would be."),
             (choice, "Which choice it would be, from 1; 0 where one does not choose."),
             (score, "Score."), (asks, "Money asked for."))

struct dry_run_query {
    static constexpr wire_info wire{"calls.dry_run", 1,
                                    "What a run would come to now, for the officers of the call."};
    call_id call;
};
VECHE_FIELDS(dry_run_query, (call, "The call."))

struct dry_run_view {
    std::int64_t blockers = 0;
    std::optional<allocated> would;
    std::optional<shared_out> would_share;
    std::vector<count_row> choices;
    std::vector<group_figures> groups;
    std::string fault;
    std::optional<stuck_part> stuck;
    std::vector<trial_row> placed;
};
VECHE_FIELDS(dry_run_view, (blockers, "How much stands in the way of a real run."),
             (would, "The event that would follow; nothing while the lots are not fixed."),
             (would_share, "The same for a call that divides over parties."),
             (choices, "How many would get which of their choices."),
             (groups, "Taking part and offered, by group."), (fault, "What the check found."),
             (stuck, "Where no stable matching was found."),
             (placed, "Everybody who would take part, by applicant."))

// --- For those who rank for a host
// ------------------------------------------------------------------

struct host_desk_row {
    person_id applicant;
    eligibility eligible{};
    bool set_aside = false;
    std::optional<std::int64_t> rank;
    std::vector<sealed_id> sealed;
};
VECHE_FIELDS(host_desk_row, (applicant, "Number of the applicant."),
             (eligible, "Whether the application is eligible."),
             (set_aside, "Taken out of the run."), (rank, "Place in the ranking."),
             (sealed, "What lies sealed."))

struct host_desk_query {
    static constexpr wire_info wire{"calls.host_desk", 1,
                                    "Who named a programme, for the office that ranks for it."};
    call_id call;
    place_id programme;
};
VECHE_FIELDS(host_desk_query, (call, "The call."), (programme, "The programme."))

struct host_desk_view {
    place_id programme;
    localized title;
    std::int32_t capacity = 0;
    instant until;
    bool ranks = false;
    std::optional<instant> sent;
    std::optional<std::int64_t> seq;
    std::vector<host_desk_row> applicants;
};
VECHE_FIELDS(host_desk_view, (programme, "The programme."), (title, "Its title."),
             (capacity, "Its places."), (until, "Until when a run waits for the ranking."),
             (ranks, "Whether you may rank."), (sent, "When it was ranked."),
             (seq, "Entry of the ranking."),
             (applicants, "Who named it: the ranking first, then the others by number."))

using queries =
    std::tuple<calls_query, call_query, lot_query, result_query, my_applications_query,
               application_query, board_query, my_assessments_query, blockers_query, dry_run_query,
               voting_query, project_query, ballots_query, shares_query, share_query,
               histories_query, call_search_query, host_desk_query, promised_query>;

result<calls_view> ask(const world&, const calls_query&, const viewer&);
result<call_view> ask(const world&, const call_query&, const viewer&);
result<lot_view> ask(const world&, const lot_query&, const viewer&);
result<result_view> ask(const world&, const result_query&, const viewer&);
result<my_applications_view> ask(const world&, const my_applications_query&, const viewer&);
result<application_view> ask(const world&, const application_query&, const viewer&);
result<board_view> ask(const world&, const board_query&, const viewer&);
result<my_assessments_view> ask(const world&, const my_assessments_query&, const viewer&);
result<blockers_view> ask(const world&, const blockers_query&, const viewer&);
result<dry_run_view> ask(const world&, const dry_run_query&, const viewer&);
result<shares_view> ask(const world&, const shares_query&, const viewer&);
result<share_view> ask(const world&, const share_query&, const viewer&);
result<histories_view> ask(const world&, const histories_query&, const viewer&);
result<call_search_view> ask(const world&, const call_search_query&, const viewer&);
result<host_desk_view> ask(const world&, const host_desk_query&, const viewer&);
result<promised_view> ask(const world&, const promised_query&, const viewer&);

}  // namespace veche::calls
