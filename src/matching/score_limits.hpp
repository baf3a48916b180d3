#pragma once
// Score limits where programmes rank applicants alike and nobody draws lots (Biro and Kiselgof
// 2015; Agoston, Biro, Kovats and Janko 2021).

#include "matching/outcome.hpp"
#include "matching/rules.hpp"

namespace veche::matching {

/// Deferred acceptance by classes. Hungarian: a class that would overflow is refused whole, seats
/// stay empty; the limit is that class. Chilean: a class that begins while a seat is free is
/// admitted whole, beyond the seats; the limit lies just behind it. A limit once set never rises,
/// which remembers everybody who ever asked. The best such outcome for every applicant.
outcome match_by_limits(const market&, tie_policy);

}  // namespace veche::matching
