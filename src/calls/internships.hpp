#pragma once
// Places where hosts rank as well as applicants, and two may go together. There are no scores and
// no lots: the order of a host is strict, and whom it does not rank it does not take.

#include "calls/run.hpp"

namespace veche::calls {

/// Whether the applicant takes part in the next round: never had an offer, or accepted one alone
/// and waits for better, or lost one by the other's answer. A pair that had an offer does not wait.
bool waits_with_hosts(const state&, const application&);
/// Programmes that the applicant would take in a round: alone, those before the one it holds; in a
/// pair, its side of the pair's lines.
std::vector<place_id> wanted_with_hosts(const state&, const application&);
/// The orders of hosts and the pairs, once the candidates are known.
void add_hosts(const state&, const call&, run_input&);
/// Whether somebody waits for a place that is free and whose host ranked them.
bool hosts_have_work(const run_input&);
/// By the engine for couples, checked by its room and, for those who go alone, from the cutoffs. A
/// result that would need places changed and may not has no offers and says what is in the way.
run_result allocate_internships(const run_input&);

/// The applicant's place in the ranking as sent, from 1.
std::optional<std::int64_t> rank_at(const call&, const place_id&, const person_id&);
/// Programmes whose host has not ranked, though an eligible applicant who takes part named them.
std::vector<place_id> unranked(const state&, const call&);
/// Until when a run waits for hosts.
instant rankings_until(const call&);

}  // namespace veche::calls
