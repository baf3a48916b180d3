#pragma once
// From the ballots of an election to its result, and from the result to the commands that carry it
// out. Pure.

#include <string>

#include "assembly/assembly.hpp"
#include "assembly/election_state.hpp"

namespace veche::assembly {

namespace election_limits {
inline constexpr std::size_t candidates = 100;
inline constexpr std::int32_t posts = 100;
inline constexpr std::size_t id_bytes = 50;  ///< "election/", "/100" or "-2" still fit an id
}  // namespace election_limits

/// Where it stands, seen with its session: what was not decided when that ended has lapsed.
election_status standing_of(const state&, const election&);

/// No session closes while ballots of an election in it are open.
result<void> check_no_election_open(const state&, const session&);

/// The ballots of a round as they count, in the order of the charter's seats: canonical JSON of
/// [{"against":[...],"marks":[...],"seat":...}], empty lists left out, seats that have not voted
/// too. Its SHA-256 goes into the result and into the seed of the lots.
std::string ballots_text(const election_round&);

/// Lots are drawn from both what the chair committed to before the first ballot and the ballots:
/// SHA-256 of "veche election lot 1", the number, and the ballots' SHA-256 in hex, each ended by a
/// line feed. The chair cannot foresee the ballots, nor a voter the number.
std::string lot_seed(const std::string& number, const std::string& ballots_sha256);

/// Hex SHA-256 of the number as it is written.
std::string commitment_to(const std::string& number);

/// The count of the round that is open.
elections::contest contest_of(const election&, const std::string& number);

/// stage_counted for each stage, then election_decided.
result<events> count_round(const election&, const std::string& number);

/// The commands that give the elected their posts on that day, after those that end the mandates
/// they succeed to. Seats are filled in the order of election.
std::vector<enactment> orders_after(const charter::state&, const election&,
                                    const std::vector<person_id>& elected, date today);

}  // namespace veche::assembly
