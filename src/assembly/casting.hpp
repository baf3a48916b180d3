#pragma once
// What a vote knows of its ballots besides who cast what: when it is over and when it is decided,
// hands, splits, corrections, proxies. Inside the room only.

#include <optional>
#include <string>
#include <vector>

#include "assembly/assembly.hpp"

namespace veche::assembly {

/// Whether ballots are no longer taken.
bool is_over(const vote&, instant at);
/// When it stopped taking ballots, if it has.
std::optional<instant> over_since(const vote&, instant at);
/// Whether its outcome comes only when the time for corrections is over.
bool decides_after_corrections(const vote&);
/// When corrections end; nothing where the charter has none, or the vote is still open.
std::optional<instant> corrections_end(const vote&, instant at);
/// When the vote decides itself: `never` where only the chair closes it.
instant due_time(const vote&);

/// The latest correction of the seat at that position, if any.
const correction* corrected(const vote&, std::uint32_t position);
/// The ballot that counts: the corrected one where corrections decide.
charter::ballot counting_ballot(const vote&, std::uint32_t position);
const objection* objection_of(const vote&, std::uint32_t position);

/// The same way of entering hands, if the chair used one.
std::optional<charter::hand_entry> hands_of(const vote&);
/// How many seats can raise a hand: held, not aside, and present where presence is kept; with the
/// seats they represent.
std::int32_t hands_possible(const world&, const vote&, date on);

/// The proxy under which another seat votes for this one on that day: one given for this vote goes
/// before one for the session.
const proxy* proxy_in_force(const world&, const vote&, std::string_view seat, date on);
/// All of a session in force on that day.
std::vector<const proxy*> proxies_in_force(const world&, const session_id&, date on);

/// Who casts a ballot for a seat: its holder, or the seat `proxy->by`.
struct caster {
    std::uint32_t position = 0;
    const proxy* by_proxy = nullptr;
};
/// Whatever must hold for any ballot of a seat: it has a vote, the actor may cast it, the vote is
/// open for ballots by name, the seat does not stand aside, whoever casts is present.
result<caster> check_casting(const world&, const vote&, const std::string& seat, const context&);
/// In a round without abstention only yes and no are taken.
result<void> check_choice(const vote&, vote_choice, const std::string& field);

/// The list of votes that are not decided yet, by the time at which they decide themselves.
void list_vote(state&, const vote&);
void unlist_vote(state&, const vote&);
/// Puts a ballot on a seat; the actor holds the seat or represents it.
void mark_ballot(const state&, const charter::state&, vote&, const std::string& seat,
                 charter::ballot, const context&);

}  // namespace veche::assembly
