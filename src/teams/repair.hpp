#pragma once
// From an assignment that breaks some windows to one that keeps all, and from that to a better one.
// Nothing here proves anything: the search takes what it gets and bounds it.

#include <vector>

#include "teams/problem.hpp"

namespace veche::teams {

/// How many of each rule's label are at its site.
std::vector<std::int64_t> counts_of(const problem&, const std::vector<std::uint32_t>& at);
/// Whether all rules hold.
bool keeps_rules(const problem&, const std::vector<std::uint32_t>& at);
int128 weight_of(const problem&, const std::vector<std::uint32_t>& at);

/// Moves and exchanges people as long as that mends windows. Whether all hold at the end.
bool repair(const problem&, std::vector<std::uint32_t>& at);
/// Moves and exchanges people as long as all windows hold and the weight grows; then the best
/// assignment with as many of every kind at every site, by flow; and again.
void improve(const problem&, std::vector<std::uint32_t>& at);

}  // namespace veche::teams
