#pragma once
// From ballots to an outcome: the charter's rule applied to what a vote's roll and marks hold.

#include <optional>
#include <string>

#include "assembly/commands.hpp"
#include "assembly/state.hpp"

namespace veche::assembly {

charter::ballot as_ballot(vote_choice);
/// What the seat chose, if it has voted.
std::optional<vote_choice> choice_of(const cast_mark&);
bool has_cast(const cast_mark&);

/// When a vote opened now would close by itself: at the end of the silence where the rule is a
/// silence procedure, otherwise as asked.
std::optional<instant> closing_time(const charter::state&, const std::string& rule,
                                    const open_vote&, instant opened);

/// The rule under which what the command asks is decided. The motion is known.
std::string rule_of_vote(const charter::state&, const state&, const open_vote&);

/// How many voices these seats have as blocs.
std::size_t count_blocs(const std::vector<charter::elector>&);

void count_ballot(ballot_counts&, charter::ballot);
ballot_counts count_ballots(const vote&);

/// The result of the vote as it stands. `chair` is the seat whose ballot decides a tie where the
/// rule says so.
vote_decided tally(const vote&, const std::optional<std::string>& chair, closing);
/// The part of the record that does not fit into vote_decided: the ballots of the further seats.
events rest_of_roll(const vote&);

/// The same in words, of a decided vote. `margins` also looks where one other ballot would have
/// turned it, which takes longer.
charter::verdict explain(const vote&, bool margins);

}  // namespace veche::assembly
