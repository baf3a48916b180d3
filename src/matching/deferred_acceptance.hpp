#pragma once
// Deferred acceptance (Gale and Shapley 1962; Roth 1984), with strict ranks: no programme ranks two
// of its applicants alike. Ranks are below no_limit, and nobody names a programme twice. Both
// outcomes are stable; the first is the best stable one for every applicant, the second for every
// programme. Neither depends on the order in which anybody asks.

#include "matching/outcome.hpp"

namespace veche::matching {

/// Applicants ask from the top of their lists. Time grows with the choices, memory with applicants
/// and places.
outcome match_by_applicants(const market&);

/// Programmes offer from the top of their orders. Needs four bytes more for each choice.
outcome match_by_programmes(const market&);

}  // namespace veche::matching
