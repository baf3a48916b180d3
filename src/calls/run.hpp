#pragma once
// A run of a call: what takes part, what comes out, and its entry. Each kind of call has a file
// that asks its engine and has the result checked by code that shares nothing with it. Pure: the
// same state gives the same bytes.

#include <string>

#include "calls/root.hpp"

namespace veche::calls {

/// One who takes part in a round.
struct candidate {
    person_id applicant;
    std::vector<std::uint32_t> choices;  ///< positions of programmes of the call, best first
    std::uint32_t groups = 0;            ///< bit g: group g of the call counts
    std::int64_t score = 0;
    std::int64_t asks = 0;  ///< for grants, in minor units
    bool paired = false;    ///< goes with a partner; `choices` are its side, each once
};

/// One of a host's order who takes part, with the place in the ranking as sent, from 1.
struct ranked_candidate {
    std::uint32_t candidate = 0;
    std::int64_t rank = 0;
};

/// Programmes, by position, that two want together; nothing: that one goes without.
struct pair_line {
    std::optional<std::uint32_t> first;
    std::optional<std::uint32_t> second;
};

/// Two candidates who go together.
struct run_pair {
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    std::vector<pair_line> lines;  ///< best first
};

/// A run of places of a programme, in the order in which they are filled.
struct seat_run {
    std::int64_t seats = 0;              ///< free in this round
    std::optional<std::uint32_t> group;  ///< position of the group they are held for
    bool hard = false;                   ///< stays empty rather than go to others
};

struct run_input {
    const call* of = nullptr;
    std::int32_t round = 1;
    std::vector<std::vector<seat_run>> seats;  ///< by position of the programme
    std::int64_t money = 0;                    ///< for grants: what is free
    std::vector<candidate> candidates;         ///< by applicant
    hash256 seed{};                            ///< where lots are drawn
    const ballot_box* ballots = nullptr;       ///< where citizens vote
    /// Where hosts rank: by position of the programme, those who want it, best first.
    std::vector<std::vector<ranked_candidate>> orders;
    std::vector<run_pair> pairs;  ///< by the first of each
    /// For teams: sites that share applicants, with what is still open of their windows.
    std::vector<teams::call> parts;
    /// For teams, by programme and window (windows_of): how many who hold a place it counts.
    std::vector<std::vector<std::int64_t>> held;
};

/// Where a candidate came out.
struct placing {
    bool offered = false;
    std::uint32_t programme = 0;      ///< position; of no meaning for grants
    std::uint32_t seat = 0;           ///< position of the run of places
    std::vector<std::int64_t> ranks;  ///< place in the order of each choice, from 1
};

/// Where no stable matching was found and no places may change: all whom it concerns. The rest of
/// the call would be run without them.
struct stuck_part {
    std::vector<place_id> programmes;
    std::vector<person_id> applicants;  ///< those who go in pairs, two by two
    bool operator==(const stuck_part&) const = default;
};
VECHE_FIELDS(stuck_part, (programmes, "Programmes where it hangs."),
             (applicants, "Those who go in pairs there, two by two."))

struct run_result {
    std::vector<placing> placings;  ///< of the candidates, in their order
    std::vector<cutoff> cutoffs;
    bool lots_decided = false;  ///< another lot could have led to another result
    std::vector<place_id> lots_needed;
    std::optional<std::string> endowment;       ///< where citizens vote
    std::vector<project_figures> projects;      ///< where citizens vote
    std::shared_ptr<const voted_result> voted;  ///< where citizens vote
    std::optional<host_result> hosts;           ///< the matching, where hosts rank
    std::optional<stuck_part> stuck;            ///< nothing is offered, and this is why
    std::vector<team_part> parts;               ///< for teams
    std::vector<team_solved> solved;            ///< the same, for explanations and appeals
    std::shared_ptr<rolling_book> rolled;       ///< where offers roll
    std::string fault;  ///< what the check found; empty where the result holds
};

/// How the places of a programme are laid out before anybody has one.
std::vector<seat_run> seats_of(const call&, const programme_plan&);
/// Who and what is part of the next round, by the state as it stands.
run_input next_round(const state&, const call&);
/// What is free of the money of grants and projects: without what is offered or accepted.
std::int64_t free_money(const state&, const call&);
/// Whether anything can come of it: somebody waits for something that is free.
bool has_work(const run_input&);
/// The next round, if nothing stands in its way and something can come of it; refuses with blocked,
/// nothing_to_allocate.
result<run_input> ready_round(const state&, const call&);
/// The same of a call that nothing blocks, as whoever asks has seen already.
result<run_input> unblocked_round(const state&, const call&);
/// The result with its check.
run_result allocate(const run_input&);
/// The event that says so.
allocated summary_of(const run_input&, const run_result&, instant at);

/// Whether this record meets a cutoff of the programme (or of grants), by the open places or those
/// of its groups. `key` is its lottery number there, in hex.
bool meets(const cutoff&, const call&, std::uint32_t groups, std::int64_t score,
           const std::string& key);
/// The position of a programme of the call.
std::uint32_t position_of(const call&, const place_id&);
/// The groups that count of an application, as bits.
std::uint32_t groups_of(const call&, const application&);

}  // namespace veche::calls
