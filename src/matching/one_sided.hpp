#pragma once
// Calls in which only applicants rank (or, for trading, programmes say whose seats they are).

#include "matching/outcome.hpp"
#include "matching/rules.hpp"

namespace veche::matching {

/// Top trading cycles (Shapley and Scarf 1974; with priorities Abdulkadiroglu and Sonmez 2003):
/// each programme with a seat points to the best rank still there, each applicant to the best
/// programme with a seat, and whoever stands in a ring gets what they point to. Strict ranks.
/// Nobody can be better off without somebody being worse off, and telling the truth never hurts;
/// but somebody may rather be where a worse rank is.
assignment match_by_trading(const market&);

/// For aim::rank_maximal or least_cost. The ranks of programmes are not read (Irving 2004 for
/// rank_maximal). Least-cost paths, one for each applicant: meant for thousands of applicants, not
/// for millions.
priced_outcome match_at_least_cost(const market&, aim);

}  // namespace veche::matching
