#pragma once
// A budget on which citizens vote: what is on the ballot paper, ballots as they are kept and as
// they are bound by their root, and what opening, judging and voting are refused for.

#include "calls/checks.hpp"

namespace veche::calls {

/// Projects on one ballot paper: what is said of each fits one entry.
constexpr std::size_t max_slate = 200;
/// So that all projects together cost no more than the engine counts (budgeting::most_money).
constexpr std::int64_t max_voted_budget = ((std::int64_t{1} << 53) - 1) / max_slate;
constexpr std::int32_t max_rises = 10'000;

/// Whether the project of this applicant is on the ballot paper.
bool on_slate(const call&, const person_id& applicant);
/// Until when it must be judged to get there; nothing where nobody votes.
std::optional<instant> judged_until(const call&);
/// Fixes the ballot paper: who is eligible now. The state as it stands at that moment.
vote_opened begin_vote(const state&, const call&);
/// Counts the ballots and binds them.
vote_closed end_vote(const state&, const call&);
/// As ballots are kept; only of marks that are on the ballot paper.
ballot packed(const call&, const vote&, std::uint64_t seq);
/// And as they were sent, by project.
std::vector<vote_mark> unpacked(const call&, const ballot&);

/// The rules of the vote go together, and with those of the call.
result<void> check_voting(const open_call&);
result<void> check_voting_times(const open_call&);
/// The ballot paper is not fixed yet.
result<void> check_slate_open(const call&);
/// One more project would still fit on it.
result<void> check_slate_room(const world&, const call&);
/// What a project says of itself, where citizens vote, and only there.
result<void> check_project(const world&, const call&, const submit_application&);

}  // namespace veche::calls
