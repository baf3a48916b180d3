#pragma once
// Why no teams exist: sides of windows that cannot hold together, found by leaving out one after
// another (the deletion filter of Chinneck and Dravnieks 1991).

#include "teams/outcome.hpp"
#include "teams/search.hpp"

namespace veche::teams {

/// `proof`: a search of the problem that is complete and found nothing.
conflict find_conflict(const problem&, const search_result& proof, std::int64_t node_limit);

/// What does not hold and what would mend it, in English.
std::string sentence_of(const conflict&);

}  // namespace veche::teams
