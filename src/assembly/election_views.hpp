#pragma once
// What one may see of elections to posts.

#include "assembly/view_parts.hpp"

namespace veche::assembly {

// --- assembly.elections
// ---------------------------------------------------------------------------

struct elections_query {
    static constexpr wire_info wire{"assembly.elections", 1,
                                    "Elections to posts, the latest called first."};
    std::optional<session_id> session;
};
VECHE_FIELDS(elections_query, (session, "Only those of this session."))

/// Somebody who stands, stood, or was nominated.
struct candidate_view {
    person_id person;
    localized name;
    candidacy_status status{};
    bool own = false;
    std::int64_t seq = 0;
};
VECHE_FIELDS(candidate_view, (person, "Id of the person."), (name, "Their title."),
             (status, "Whether they stand."), (own, "Whether it is the viewer."),
             (seq, "Journal entry of the nomination."))

struct election_row {
    election_id id;
    localized title;
    named_body body;
    session_id session;
    localized session_title;
    item_id item;
    method how{};
    std::int32_t posts = 1;
    election_status status{};
    std::int32_t candidates = 0;
    instant at;
    std::vector<candidate_view> elected;
    bool may_cast = false;
};
VECHE_FIELDS(election_row, (id, "Id of the election."), (title, "What is elected."),
             (body, "The body that elects."), (session, "The session."),
             (session_title, "Title of the session."), (item, "The item of its agenda."),
             (how, "The method."), (posts, "Posts to fill."), (status, "Where it stands."),
             (candidates, "How many are nominated."), (at, "When it was called."),
             (elected, "Who is elected."), (may_cast, "Whether the viewer may vote in it now."))

struct elections_view {
    std::vector<election_row> elections;
};
VECHE_FIELDS(elections_view, (elections, "The elections."))

// --- assembly.election
// ----------------------------------------------------------------------------

struct election_query {
    static constexpr wire_info wire{
        "assembly.election", 1,
        "One election: candidates, ballots by seat, the count stage by stage."};
    election_id id;
};
VECHE_FIELDS(election_query, (id, "Id of the election."))

struct post_view {
    std::string seat;
    localized name;
};
VECHE_FIELDS(post_view, (seat, "The seat."), (name, "Its title."))

struct election_ballot_view {
    std::string seat;
    localized name;
    std::optional<person_id> holder;
    localized holder_title;
    bool cast = false;
    std::vector<candidate_view> marks;
    std::vector<candidate_view> against;
    std::optional<std::int64_t> seq;
};
VECHE_FIELDS(election_ballot_view, (seat, "The seat."), (name, "Title of the seat."),
             (holder, "Who held it when the ballots opened."),
             (holder_title, "Title of that person."), (cast, "Whether it has voted."),
             (marks, "Whom it chose; by preference where the method ranks."),
             (against, "Whom it voted against."), (seq, "Journal entry of the ballot."))

struct round_view {
    std::int32_t number = 1;
    instant opened;
    std::optional<instant> closed;
    std::vector<candidate_view> candidates;
    std::int32_t electorate = 0;
    std::int32_t cast = 0;
    std::string lot_commitment;
    std::optional<std::string> lot_number;
    std::vector<elections::stage> stages;
    std::optional<election_decided> result;
    std::vector<election_ballot_view> ballots;
    std::int64_t seq = 0;
    std::optional<std::int64_t> decided_seq;
};
VECHE_FIELDS(round_view, (number, "The round, from 1."), (opened, "When the ballots opened."),
             (closed, "When it was closed."), (candidates, "Who stands in it."),
             (electorate, "Seats that may vote."), (cast, "Seats that have voted."),
             (lot_commitment, "SHA-256 of the secret number for lots."),
             (lot_number, "That number, once it was opened."),
             (stages, "The count, stage by stage."), (result, "The result."),
             (ballots, "Ballots by seat, in the order of the charter."),
             (seq, "Journal entry of its opening."), (decided_seq, "Journal entry of its result."))

/// A seat of the viewer.
struct own_election_seat {
    std::string seat;
    localized name;
    bool may_cast = false;
    bool cast = false;
    std::vector<person_id> marks;
    std::vector<person_id> against;
};
VECHE_FIELDS(own_election_seat, (seat, "The seat."), (name, "Its title."),
             (may_cast, "Whether it may vote now."), (cast, "Whether it has voted."),
             (marks, "Whom it chose so far."), (against, "Whom it voted against so far."))

struct election_failure_view {
    std::int32_t number = 0;
    refusal_record why;
    std::int64_t seq = 0;
};
VECHE_FIELDS(election_failure_view, (number, "Which command could not be carried out, from 1."),
             (why, "Why it was refused."), (seq, "Journal entry."))

struct election_view {
    election_id id;
    localized title;
    session_id session;
    localized session_title;
    session_status session_state{};
    item_id item;
    localized item_title;
    named_body body;
    std::optional<office_id> office;
    localized office_name;
    std::vector<post_view> seats;
    method how{};
    needed needs{};
    std::int32_t posts = 1;
    std::optional<date> from;
    std::optional<date> until;
    std::vector<std::string> succeeds;
    election_status status{};
    localized reason;
    std::vector<candidate_view> candidates;
    std::vector<round_view> rounds;
    std::vector<enactment_view> orders;
    std::optional<election_failure_view> failed;
    std::vector<own_election_seat> own;
    bool may_nominate = false;
    bool may_cast = false;
    viewer_means means;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(election_view, (id, "Id of the election."), (title, "What is elected."),
             (session, "The session."), (session_title, "Title of the session."),
             (session_state, "Where the session stands."), (item, "The item of its agenda."),
             (item_title, "Title of the item."), (body, "The body that elects."),
             (office, "The office that is filled."), (office_name, "Title of the office."),
             (seats, "The seats that are filled."), (how, "The method."),
             (needs, "What it takes to be elected."), (posts, "Posts to fill."),
             (from, "First day of the mandate; the day of the election where nothing is said."),
             (until, "Last day of the mandate."), (succeeds, "Mandates that end the day before."),
             (status, "Where it stands."), (reason, "Why it was broken off."),
             (candidates, "Everybody nominated, in that order."),
             (rounds, "Rounds, the first first."),
             (orders, "What carries out the result, each with its entry."),
             (failed, "Why it could not be carried out."), (own, "The viewer's seats."),
             (may_nominate, "Whether the viewer may nominate now."),
             (may_cast, "Whether the viewer may vote now."),
             (means, "What the viewer may do here."), (at, "When it was called."),
             (seq, "Journal entry."))

}  // namespace veche::assembly
