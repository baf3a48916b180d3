#pragma once
// Views of motions, votes and decisions.

#include "assembly/act_views.hpp"
#include "assembly/amendment_views.hpp"
#include "assembly/casting_views.hpp"
#include "assembly/course_views.hpp"
#include "assembly/forward_views.hpp"

namespace veche::assembly {

// --- assembly.vote
// --------------------------------------------------------------------------------

struct vote_query {
    static constexpr wire_info wire{"assembly.vote", 1,
                                    "One vote: question, rule, ballots, result."};
    vote_id id;
};
VECHE_FIELDS(vote_query, (id, "Id of the vote."))

/// What became of a vote. Present once it is decided. `reasons` are whole English lines; `lines`
/// and `margins` carry the same with codes, for other languages.
struct result_view {
    charter::outcome outcome{};
    instant decided;
    closing closed{};
    std::optional<std::string> chair;
    std::string sentence;
    std::vector<std::string> reasons;
    std::vector<charter::reason_line> lines;
    std::vector<charter::turning> margins;
    std::vector<bloc_voice> blocs;
    std::optional<decision_id> decision;
    std::int64_t seq = 0;
};
VECHE_FIELDS(result_view, (outcome, "The outcome."), (decided, "When it was decided."),
             (closed, "Whether the chair closed it or its deadline did."),
             (chair, "The seat whose ballot counted for the chair."),
             (sentence, "Why, in one sentence."), (reasons, "Why, step by step, in words."),
             (lines, "Each condition of the rule that was tried."),
             (margins, "Where one other ballot would have turned it."),
             (blocs, "The one ballot of each member, where its seats vote as one."),
             (decision, "The decision it made."), (seq, "Journal entry of the result."))

/// A seat of the viewer in an open vote.
struct own_seat {
    std::string seat;
    localized name;
    std::optional<vote_choice> cast;
    bool may_cast = false;
    bool must_register = false;
    std::string auth;
    bool by_proxy = false;
    bool has_cast = false;
    std::optional<std::int64_t> weight;
    std::optional<charter::split_votes> votes;
    bool may_correct = false;
    std::optional<vote_choice> corrected;
};
VECHE_FIELDS(own_seat, (seat, "The seat."), (name, "Title of the seat."),
             (cast, "What it has cast so far."), (may_cast, "Whether it may vote now."),
             (must_register, "Whether presence must be registered first."),
             (auth, "The viewer's own seat under which the ballot is cast."),
             (by_proxy, "Whether the viewer's seat only represents it."),
             (has_cast, "Whether it has voted."),
             (weight, "How many votes it may split; nothing where it may not."),
             (votes, "How it has split them so far."),
             (may_correct, "Whether it may now state that something else was meant."),
             (corrected, "What it has stated."))

/// What is known of a secret vote besides its outcome: how many, never who.
struct secret_total {
    std::string option;
    localized title;
    std::int64_t ballots = 0;
    bool elected = false;
};
VECHE_FIELDS(secret_total, (option, "Id of the option, or \"blank\"."),
             (title, "In words; nothing for the blank vote."), (ballots, "Ballots for it."),
             (elected, "Whether it is elected."))

struct secret_totals {
    std::int32_t voters = 0;
    std::int32_t counted = 0;
    std::vector<secret_total> totals;
};
VECHE_FIELDS(secret_totals, (voters, "Seats on the roll."), (counted, "Seats that took part."),
             (totals, "Ballots by option; none where too few took part."))

struct vote_view {
    vote_id id;
    vote_status status{};
    session_id session;
    localized session_title;
    motion_id motion;
    localized title;
    localized text;
    named_body body;
    rule_view rule;
    std::vector<enactment_view> enactments;
    instant opened;
    std::optional<instant> closes;
    std::optional<instant> closed;
    ballot_counts counts;
    std::int32_t electorate = 0;
    std::vector<delegation_view> delegations;
    std::optional<result_view> result;
    std::vector<own_seat> own;
    viewer_means means;
    std::optional<amendment_view> amendment;
    std::optional<secret_totals> secret;
    casting_view casting;
    std::optional<bundle_view> bundle;
    std::optional<part_view> part;
    bool urgency = false;
    std::int64_t seq = 0;
};
VECHE_FIELDS(vote_view, (id, "Id of the vote."), (status, "Open or closed."),
             (session, "The session."), (session_title, "Title of the session."),
             (motion, "The motion."), (title, "The question in one sentence."),
             (text, "The text that is decided on."), (body, "The body that decides."),
             (rule, "The rule it decides under."),
             (enactments, "What Yes does: these commands are carried out. No changes nothing."),
             (opened, "When it was opened."), (closes, "When it closes by itself."),
             (closed, "When it was closed."), (counts, "Ballots by seat."),
             (electorate, "How many seats have a vote."),
             (delegations, "Every seat and its ballot, by member."),
             (result, "The result, once decided."), (own, "The viewer's own seats in this vote."),
             (means, "What the viewer may do here."),
             (amendment, "The amendment that is voted on, where it is one."),
             (secret, "Of a secret vote: totals instead of ballots by seat."),
             (casting, "Hands, rounds, corrections, objections."),
             (bundle, "The bundle that is voted on, where it is one."),
             (part, "The part of the motion that is voted on, where it is one."),
             (urgency, "Whether it is the urgency of the motion."),
             (seq, "Journal entry that opened it."))

// --- assembly.tally
// ------------------------------------------------------------------------------

struct tally_query {
    static constexpr wire_info wire{"assembly.tally", 1, "The counts of a vote, and nothing else."};
    vote_id vote;
};
VECHE_FIELDS(tally_query, (vote, "Id of the vote."))

struct tally_view {
    vote_id vote;
    vote_status status{};
    ballot_counts counts;
    std::optional<charter::outcome> outcome;
};
VECHE_FIELDS(tally_view, (vote, "Id of the vote."), (status, "Open or closed."),
             (counts, "Ballots so far, by seat."), (outcome, "The outcome, once decided."))

// --- assembly.motion
// ------------------------------------------------------------------------------

struct motion_query {
    static constexpr wire_info wire{"assembly.motion", 1, "One motion with its votes."};
    motion_id id;
};
VECHE_FIELDS(motion_query, (id, "Id of the motion."))

struct motion_view {
    motion_id id;
    motion_status status{};
    session_id session;
    localized session_title;
    session_status session_state{};
    item_id item;
    localized item_title;
    named_body body;
    localized title;
    localized text;
    rule_view rule;
    std::vector<enactment_view> enactments;
    std::optional<person_id> tabled_by;
    localized tabled_by_title;
    std::string tabled_as;
    instant at;
    std::vector<vote_row> votes;
    std::optional<decision_id> decision;
    bool may_withdraw = false;
    viewer_means means;
    bool amended = false;
    std::vector<std::string> left_behind;
    std::vector<amendment_view> amendments;
    std::optional<instant> amendments_close;
    bool may_amend = false;
    std::int32_t supporters_needed = 0;
    std::vector<supporter_view> supporters;
    bool may_support = false;
    std::optional<date> force_on;
    std::vector<forward_view> forwarded;
    std::optional<forward_view> came_from;
    std::vector<stage_view> stages;
    std::vector<part_view> parts;
    std::optional<bundle_row> bundle;
    assembly::urgency urgent{};
    bool urgency_votable = false;
    std::optional<decision_id> repeals;
    std::optional<instant> reconsidered;
    bool may_reconsider = false;
    std::int64_t seq = 0;
};
VECHE_FIELDS(
    motion_view, (id, "Id of the motion."), (status, "Where it stands."), (session, "The session."),
    (session_title, "Title of the session."), (session_state, "Where the session stands."),
    (item, "The item of its agenda."), (item_title, "Title of the item."),
    (body, "The body that is to decide."), (title, "The question in one sentence."),
    (text, "Full text by language."), (rule, "The rule it is to be decided under."),
    (enactments, "Commands that the decision orders."), (tabled_by, "Who tabled it."),
    (tabled_by_title, "Title of that person."),
    (tabled_as, "The seat or office under which it was tabled."), (at, "When it was tabled."),
    (votes, "Votes on it, in order."), (decision, "The decision it became."),
    (may_withdraw, "Whether the viewer may withdraw it now."),
    (means, "What the viewer may do here."),
    (amended, "Whether an amendment was adopted: the text is the merged one."),
    (left_behind, "Languages in which the text could not follow."),
    (amendments, "Amendments, those to an amendment behind it."),
    (amendments_close, "When the time for amendments ends."),
    (may_amend, "Whether amendments may be tabled now."),
    (supporters_needed, "How many seats must support it before its vote."),
    (supporters, "Seats that support it."),
    (may_support, "Whether seats of the body may support it now."),
    (force_on, "First day on which the decision would be in force."),
    (forwarded, "Where it was forwarded, and what became of it there."),
    (came_from, "Where it was forwarded from."), (stages, "Stages of the charter before its vote."),
    (parts, "Parts that are voted on apart."), (bundle, "The bundle it is in."),
    (urgent, "Whether it must be urgent, and is."),
    (urgency_votable, "Whether its urgency can be voted on now."),
    (repeals, "The decision that ends if it carries."),
    (reconsidered, "When somebody had it voted on again."),
    (may_reconsider, "Whether the charter lets it be reconsidered now."), (seq, "Journal entry."))

// --- assembly.decisions
// ---------------------------------------------------------------------------

struct decisions_query {
    static constexpr wire_info wire{"assembly.decisions", 1, "What was decided, the latest first."};
    std::optional<std::string> query;
    std::optional<body_id> body;
    std::optional<std::int32_t> year;
    std::optional<std::int32_t> offset;
    std::optional<std::int32_t> count;
};
VECHE_FIELDS(decisions_query, (query, "Words that its number, title or text holds, all of them."),
             (body, "Only decisions of this body."), (year, "Only decisions of this year."),
             (offset, "How many to leave out at the beginning."),
             (count, "How many to show; all where nothing is said."))

struct decision_row {
    decision_id id;
    localized title;
    named_body body;
    instant at;
    session_id session;
    vote_id vote;
    std::int32_t enactments = 0;
    enactment_fate fate{};
};
VECHE_FIELDS(decision_row, (id, "Number of the decision."), (title, "Title by language."),
             (body, "The body that decided."), (at, "When."), (session, "In which session."),
             (vote, "By which vote."), (enactments, "How many commands it orders."),
             (fate, "What became of them."))

/// `years` and `total` are of all decisions, so that a page can offer the way out of a filter.
struct decisions_view {
    std::vector<decision_row> decisions;
    std::vector<std::int32_t> years;
    std::int32_t total = 0;
    std::int32_t found = 0;
};
VECHE_FIELDS(decisions_view, (decisions, "Those that match, as far as they were asked for."),
             (years, "Years with decisions, the latest first."),
             (total, "How many decisions there are in all."), (found, "How many match."))

// --- assembly.decision
// ----------------------------------------------------------------------------

struct decision_query {
    static constexpr wire_info wire{
        "assembly.decision", 1, "One decision: text, vote, what it ordered and what became of it."};
    decision_id id;
};
VECHE_FIELDS(decision_query, (id, "Number of the decision."))

struct failure_view {
    std::int32_t number = 0;
    refusal_record why;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(failure_view, (number, "Which command could not be carried out, from 1."),
             (why, "Why it was refused."), (at, "When it was tried."), (seq, "Journal entry."))

struct decision_view {
    decision_id id;
    localized title;
    localized text;
    named_body body;
    instant at;
    session_id session;
    localized session_title;
    motion_id motion;
    rule_view rule;
    vote_row vote;
    std::string sentence;
    std::vector<std::string> reasons;
    std::vector<enactment_view> enactments;
    enactment_fate fate{};
    std::optional<failure_view> failed;
    std::int32_t attempts = 0;
    bool may_retry = false;
    std::optional<instant> in_force;
    std::optional<date> force_on;
    bool signatures_decide = false;
    std::vector<signature_view> signatures;
    std::vector<forward_view> forwarded;
    std::optional<decision_id> repeals;
    std::optional<decision_id> repealed_by;
    std::int32_t signatures_missing = 0;
    viewer_means means;
    std::int64_t seq = 0;
};
VECHE_FIELDS(decision_view, (id, "Number of the decision."), (title, "Title by language."),
             (text, "Full text by language."), (body, "The body that decided."), (at, "When."),
             (session, "In which session."), (session_title, "Title of the session."),
             (motion, "The motion it was."), (rule, "The rule it was taken under."),
             (vote, "The vote."), (sentence, "Why the vote adopted it, in one sentence."),
             (reasons, "The same step by step."),
             (enactments, "What it ordered, each with the entry that carried it out."),
             (fate, "What became of its orders."), (failed, "Why they could not be carried out."),
             (attempts, "How often it was tried to carry them out."),
             (may_retry, "Whether the viewer may try again."),
             (in_force, "Since when it is in force; nothing while it is not."),
             (force_on, "First day on which it may be in force."),
             (signatures_decide, "Whether it is in force only with the last signature."),
             (signatures, "Who signs its act, and who has signed."),
             (forwarded, "Where its motion was forwarded, and what became of it there."),
             (repeals, "The decision that it ended."), (repealed_by, "The decision that ended it."),
             (signatures_missing, "How many have not signed."),
             (means, "What the viewer may do here."), (seq, "Journal entry."))

// --- assembly.my_duties
// ---------------------------------------------------------------------------

struct my_duties_query {
    static constexpr wire_info wire{"assembly.my_duties", 1,
                                    "Open votes that a person may vote in."};
    person_id person;
};
VECHE_FIELDS(my_duties_query, (person, "The person."))

struct duty {
    vote_id vote;
    motion_id motion;
    localized title;
    named_body body;
    session_id session;
    localized session_title;
    std::optional<instant> closes;
    std::vector<own_seat> seats;
    bool all_cast = false;
    std::optional<amendment_id> amendment;
};
VECHE_FIELDS(duty, (vote, "The vote."), (motion, "The motion."), (title, "The question."),
             (body, "The body that decides."), (session, "The session."),
             (session_title, "Title of the session."), (closes, "When it closes by itself."),
             (seats, "Seats the person votes for."),
             (all_cast, "Whether all of them have voted already."),
             (amendment, "The amendment that is voted on, where it is one."))

struct my_duties_view {
    localized title;
    std::vector<duty> votes;
    std::vector<unsigned_act_row> acts;
};
VECHE_FIELDS(my_duties_view, (title, "Title of the person."),
             (votes, "Open votes, those that close soonest first."),
             (acts, "Acts that wait for the person's signature, the oldest first."))

}  // namespace veche::assembly
