#pragma once
// Whether a matching with minimums, or the proof that there is none, holds: from the market and
// what is shown alone, by code that knows no step of the search.

#include <string>

#include "matching/minimums.hpp"

namespace veche::matching {

/// What is wrong, in words; empty where all holds. Names stand for the numbers of programmes.
///
/// What the proof rests on: with fewer programmes open, or fewer seats, no applicant is better off
/// and no other programme has fewer (Gale and Sotomayor 1985), and all stable matchings have the
/// same numbers at each programme (Roth 1986).
std::string minimum_fault(const market&, const minimum_terms&, minimum_rule, const minimum_outcome&,
                          const std::vector<std::string>& names);

}  // namespace veche::matching
