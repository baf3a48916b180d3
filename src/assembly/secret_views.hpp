#pragma once
// Views of secret votes: who may vote, how far the trustees are, the public board, the totals.

#include <tuple>

#include "assembly/view_parts.hpp"

namespace veche::assembly {

// --- assembly.secret_votes
// ------------------------------------------------------------------------

struct secret_votes_query {
    static constexpr wire_info wire{"assembly.secret_votes", 1,
                                    "Secret votes, the latest opened first."};
    std::optional<session_id> session;
    std::optional<motion_id> motion;
    std::optional<bool> under_way;
};
VECHE_FIELDS(secret_votes_query, (session, "Only those of this session."),
             (motion, "Only those on this motion."),
             (under_way, "Only those that are not finished, or only those that are."))

struct secret_vote_row {
    vote_id id;
    motion_id motion;
    localized title;
    session_id session;
    named_body body;
    secret_status status{};
    instant opened;
    std::int32_t voters = 0;
    std::int32_t counted = 0;
    std::optional<charter::outcome> outcome;
};
VECHE_FIELDS(secret_vote_row, (id, "Id of the vote."), (motion, "The motion."),
             (title, "The question."), (session, "The session."), (body, "The body that decides."),
             (status, "How far it has come."), (opened, "When it was opened."),
             (voters, "Voters on the roll."), (counted, "Voters who have voted."),
             (outcome, "The outcome, once decided."))

struct secret_votes_view {
    std::vector<secret_vote_row> votes;
};
VECHE_FIELDS(secret_votes_view, (votes, "The votes."))

// --- assembly.secret_vote
// -------------------------------------------------------------------------

struct secret_vote_query {
    static constexpr wire_info wire{"assembly.secret_vote", 1,
                                    "One secret vote: roll, trustees, board, totals."};
    vote_id id;
};
VECHE_FIELDS(secret_vote_query, (id, "Id of the vote."))

struct secret_option_view {
    std::string id;
    localized title;
    std::optional<std::int64_t> ballots;
    bool elected = false;
    std::vector<enactment_view> enactments;
};
VECHE_FIELDS(secret_option_view, (id, "Short name; \"blank\" for the blank vote."),
             (title, "In words; nothing for the blank vote."),
             (ballots, "Ballots for it, once decrypted."), (elected, "Whether it is elected."),
             (enactments, "What the decision orders if so."))

struct trustee_view {
    std::int32_t number = 0;
    person_id person;
    localized title;
    bool spoke = false;
    bool decrypted = false;
};
VECHE_FIELDS(trustee_view, (number, "Number, from 1."), (person, "The trustee."),
             (title, "Title of that person."),
             (spoke, "Whether its message of this round of making the key is here."),
             (decrypted, "Whether its part of the decryption is here."))

struct board_row {
    std::string tracker;
    std::string seat;
    instant at;
    bool counts = false;
    std::int64_t seq = 0;
};
VECHE_FIELDS(board_row, (tracker, "The ballot's tracker."),
             (seat, "The seat that voted; how is encrypted."), (at, "When it was taken."),
             (counts, "Whether it is the seat's last ballot."), (seq, "Journal entry."))

struct own_secret_seat {
    std::string seat;
    localized name;
    bool credential = false;
    bool on_roll = false;
    bool must_register = false;
    std::optional<std::string> tracker;
};
VECHE_FIELDS(own_secret_seat, (seat, "The seat."), (name, "Title of the seat."),
             (credential, "Whether a credential is registered for it."),
             (on_roll, "Whether it is on the roll of this vote."),
             (must_register, "Whether its presence must be registered first."),
             (tracker, "Tracker of its ballot that counts."))

struct secret_result_view {
    charter::outcome outcome{};
    std::optional<std::string> elected;
    localized elected_title;
    ballot_counts counts;
    std::string sentence;
    std::vector<charter::reason_line> lines;
    std::optional<decision_id> decision;
    std::int64_t seq = 0;
};
VECHE_FIELDS(secret_result_view, (outcome, "The outcome under the rule."),
             (elected, "The option elected."), (elected_title, "The same in words."),
             (counts, "What the rule was applied to."), (sentence, "Why, in one sentence."),
             (lines, "Each condition of the rule that was tried."),
             (decision, "The decision it made."), (seq, "Journal entry of the result."))

struct secret_vote_view {
    vote_id id;
    secret_status status{};
    session_id session;
    localized session_title;
    motion_id motion;
    localized title;
    localized text;
    named_body body;
    rule_view rule;
    bool election = false;
    instant opened;
    std::optional<instant> casting_since;
    std::optional<instant> closed;
    std::optional<instant> ended;
    localized reason;
    std::int32_t entitled = 0;
    std::int32_t voters = 0;
    std::int32_t floor = 0;
    std::int32_t threshold = 0;
    std::int32_t rounds = 0;
    std::vector<trustee_view> trustees;
    std::int32_t decrypted = 0;
    std::vector<secret_option_view> options;
    std::int32_t accepted = 0;
    std::int32_t counted = 0;
    std::vector<board_row> board;
    std::string board_head;
    std::string election_hash;
    std::string record_head;
    std::optional<secret_result_view> result;
    std::vector<own_secret_seat> own;
    std::optional<std::int32_t> own_trustee;
    viewer_means means;
    std::int64_t seq = 0;
};
VECHE_FIELDS(
    secret_vote_view, (id, "Id of the vote."), (status, "How far it has come."),
    (session, "The session."), (session_title, "Title of the session."), (motion, "The motion."),
    (title, "The question in one sentence."), (text, "The text that is decided on."),
    (body, "The body that decides."), (rule, "The rule it decides under."),
    (election, "Whether somebody is elected; otherwise the motion is voted on."),
    (opened, "When it was opened."), (casting_since, "When ballots could be cast."),
    (closed, "When it was closed for ballots."), (ended, "When it was decided or given up."),
    (reason, "Why it was given up."), (entitled, "Seats of the body."),
    (voters, "Seats on the roll: present, with a credential."),
    (floor, "Voters who must take part before anything is decrypted."),
    (threshold, "Trustees who decrypt together."),
    (rounds, "Rounds of making the key that are done, of four."), (trustees, "The trustees."),
    (decrypted, "Trustees who have given their part."), (options, "What can be chosen."),
    (accepted, "Ballots on the board."), (counted, "Ballots that count, one for each voter."),
    (board, "The board, in order."), (board_head, "Hash over all trackers of the board."),
    (election_hash, "What every proof is bound to."),
    (record_head, "Hash of the last line of the public record."),
    (result, "The result, once there is one."), (own, "The viewer's own seats in this body."),
    (own_trustee, "Number of the viewer as a trustee."), (means, "What the viewer may do here."),
    (seq, "Journal entry that opened it."))

/// A decided secret vote as votes are listed, and why it was decided so.
vote_row show_row(const world&, const secret_vote&);

result<secret_votes_view> ask(const world&, const secret_votes_query&, const viewer&);
result<secret_vote_view> ask(const world&, const secret_vote_query&, const viewer&);

using secret_queries = std::tuple<secret_votes_query, secret_vote_query>;

}  // namespace veche::assembly
