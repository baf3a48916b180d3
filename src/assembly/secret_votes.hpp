#pragma once
// Secret votes on a union's journal: what is voted on, who may vote, and the outcome. Pure.

#include <functional>
#include <optional>

#include "assembly/assembly.hpp"

namespace veche::assembly {

result<const secret_vote*> known_secret_vote(const state&, const vote_id&, std::string field);

/// Whether the outcome under the rule follows from the totals and from who took part, which is
/// public: no votes by group or weight, no voter named, no tie for the chair or by lot, no silence.
/// A quorum by group is fine: it counts who is present.
bool decides_by_totals(const charter::rule&);

/// The electorate of a secret vote opened now: everyone entitled, and the credentials of those
/// present with the position of each one's seat, ascending.
struct secret_electorate {
    std::vector<charter::elector> entitled;
    std::vector<std::pair<ballot::element, std::uint32_t>> voters;
};
secret_electorate secret_electorate_of(const world&, const motion&, date on);

/// The trustees a vote would have, with their keys; in the order of the charter or of the command.
result<std::vector<ballot::trustee>> trustees_of(const world&, const charter::secret_procedure&,
                                                 const open_secret_vote&, date on);

/// The record's first two lines.
ballot::definition define(const world&, const open_secret_vote&, std::vector<ballot::trustee>);
ballot::roll roll_of(const secret_electorate&);

/// What a message of the ceremony is on the record. Exactly one is given.
struct key_message {
    ballot::record_kind kind{};
    std::int32_t trustee = 0;
    std::string body;  ///< canonical JSON
};
std::optional<key_message> message_of(const send_key_message&);

/// The outcome of totals under the rule of the vote; of a vote below the floor where there are
/// none.
secret_vote_decided decide_secret(const secret_vote&, const std::optional<ballot::outcome>&);
/// The same in words.
charter::verdict explain(const secret_vote&);

/// What the decision orders: the commands of the motion, then those of the option elected.
std::vector<enactment> ordered_by(const state&, const secret_vote&);

/// After a secret_vote_decided was applied: decision_adopted where it carried.
events after_secret_vote(const world&, const vote_id&, const context&);

/// The costly part of judging a ballot, to be done outside the writer or in threads: nothing where
/// decide refuses the ballot anyway. What it says depends on the command and the vote's key alone.
std::function<result<void>()> ballot_proofs(const state&, const cast_secret_ballot&);
/// Judges a ballot of which that work was done.
result<events> decide_checked(const world&, const cast_secret_ballot&, const context&);

}  // namespace veche::assembly
