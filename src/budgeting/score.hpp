#pragma once
// Who supports what: the ballots turned round, and plain sums.

#include <cstdint>
#include <vector>

#include "budgeting/election.hpp"

namespace veche::budgeting {

struct support {
    std::int64_t votes = 0;   ///< ballots that name the project
    std::int64_t points = 0;  ///< what they give it: of approval ballots as many
};
/// Of each project, counted from the ballots.
std::vector<support> supports_of(const election&);

}  // namespace veche::budgeting
