#pragma once
// What a rule can come to with the voters there really are: an exact search over all ballots that
// says yes with ballots to show, no when none exist, or that it gave up.

#include "charter/rule.hpp"

namespace veche::charter {

enum class aim : std::uint8_t {
    quorum,       ///< there is a quorum
    adopted,      ///< and something is adopted
    not_adopted,  ///< though every seat that is held casts yes, no or an abstention: it falls
};

enum class reach : std::uint8_t { possible, impossible, undecided };

struct reach_answer {
    reach found = reach::undecided;
    ballot_map ballots;  ///< that do it, where possible
};

/// Steps after which a search gives up. Electorates of some hundred voters take a few thousand.
inline constexpr std::int64_t reach_steps = 300'000;

/// `vacant` seats stay absent. Ties are broken in favour, silences have ended.
reach_answer can_reach(const rule&, std::span<const voter>, const std::set<std::string>& vacant,
                       bloc_mode, aim, std::int64_t steps = reach_steps);

/// Whether, on these voters, a no that becomes a yes can never make an adopted text fail, as the
/// signs of the rule's sums show (law 9). False means that it may.
bool yes_never_hurts(const rule&, std::span<const voter>, bloc_mode);

}  // namespace veche::charter
