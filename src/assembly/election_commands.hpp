#pragma once
// What one may ask about elections to posts. Ballots here are open and recorded by seat, like those
// of votes. What a ballot is, and how it is counted, is said in elections/elections.hpp.

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "assembly/election_terms.hpp"
#include "kernel/message.hpp"

namespace veche::assembly {

/// Power "preside". The body must be allowed to order charter.grant_mandate (and, where mandates
/// end, charter.end_mandate): its election does exactly that. Either an office or seats; as many
/// posts as seats.
struct call_election {
    static constexpr wire_info wire{"assembly.call_election", 1, "Call an election to a post."};
    election_id election;
    session_id session;
    item_id item;
    std::optional<body_id> body;
    localized title;
    std::optional<office_id> office;
    std::vector<std::string> seats;
    method how{};
    std::optional<needed> needs;
    std::int32_t posts = 1;
    std::optional<date> from;
    std::optional<date> until;
    std::vector<std::string> succeeds;
};
VECHE_FIELDS(call_election, (election, "Id of the election."), (session, "The session."),
             (item, "The item of its agenda."),
             (body, "The body that elects; the session's where nothing is said."),
             (title, "What is elected, by language."), (office, "The office that is to be filled."),
             (seats, "The seats that are to be filled, where it is not an office."),
             (how, "The method."),
             (needs, "What it takes to be elected; the most votes where nothing is said."),
             (posts, "How many are elected."),
             (from, "First day of the mandate; the day of the election where nothing is said."),
             (until, "Last day of the mandate."), (succeeds, "Mandates that end the day before."))

/// By the holder of a seat of the body, or with power "table". Until ballots open. Whoever
/// nominates themselves stands.
struct nominate_candidate {
    static constexpr wire_info wire{"assembly.nominate_candidate", 1, "Nominate a candidate."};
    election_id election;
    person_id candidate;
    localized name;
};
VECHE_FIELDS(nominate_candidate, (election, "The election."),
             (candidate, "Id of the person: a role and a number, never a name."),
             (name, "Title by language, for a person who never held a mandate."))

/// By the candidate. Until ballots open.
struct accept_candidacy {
    static constexpr wire_info wire{"assembly.accept_candidacy", 1, "Agree to stand."};
    election_id election;
    person_id candidate;
};
VECHE_FIELDS(accept_candidacy, (election, "The election."), (candidate, "The candidate: you."))

/// By the candidate. Until ballots open.
struct withdraw_candidacy {
    static constexpr wire_info wire{"assembly.withdraw_candidacy", 1, "Stand no more."};
    election_id election;
    person_id candidate;
};
VECHE_FIELDS(withdraw_candidacy, (election, "The election."), (candidate, "The candidate: you."))

/// Power "preside". Fixes who may vote and who stands, and commits to the secret number from which
/// lots will be drawn.
struct open_election {
    static constexpr wire_info wire{"assembly.open_election", 1,
                                    "Open the ballots of an election."};
    election_id election;
    std::string lot_commitment;
};
VECHE_FIELDS(open_election, (election, "The election."),
             (lot_commitment,
              "SHA-256 of the secret number, in lower-case hex: the number is 64 hex digits, and "
              "they are hashed as they are written."))

/// By the holder of the seat. The last ballot before closing counts. A ballot that names nobody is
/// blank.
struct cast_election_ballot {
    static constexpr wire_info wire{"assembly.cast_election_ballot", 1,
                                    "Cast a ballot in an election."};
    election_id election;
    std::string seat;
    std::vector<person_id> marks;
    std::vector<person_id> against;
};
VECHE_FIELDS(cast_election_ballot, (election, "The election."), (seat, "The seat you vote for."),
             (marks, "Whom you choose; by preference where the method ranks."),
             (against, "Whom you vote against, where the method asks it."))

/// Power "preside". Opens the secret number; counts; carries out the result.
struct close_election {
    static constexpr wire_info wire{"assembly.close_election", 1, "Close an election and count."};
    election_id election;
    std::string lot_number;
};
VECHE_FIELDS(close_election, (election, "The election."),
             (lot_number, "The secret number committed to when the ballots opened."))

/// Power "preside". Before it is decided: the number was lost, nobody stands.
struct annul_election {
    static constexpr wire_info wire{"assembly.annul_election", 1, "Break off an election."};
    election_id election;
    localized reason;
};
VECHE_FIELDS(annul_election, (election, "The election."), (reason, "Why, by language."))

using election_commands =
    std::tuple<call_election, nominate_candidate, accept_candidacy, withdraw_candidacy,
               open_election, cast_election_ballot, close_election, annul_election>;

}  // namespace veche::assembly
