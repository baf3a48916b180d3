#pragma once
// Branch and bound over flow relaxations. At every part the windows of one family at each site stay
// in the flow; those of the others are priced (Lagrange; Held, Wolfe, Crowder 1974 for the steps).
// One family at every site: the flow alone decides, and the first part is the whole proof.

#include <utility>
#include <vector>

#include "teams/problem.hpp"

namespace veche::teams {

struct search_part {
    std::uint32_t option = nowhere;  ///< by which it is split
    std::uint32_t yes = 0, no = 0;
    std::vector<std::pair<std::uint32_t, int128>> prices;  ///< by rule; zero where not named
    int128 bound = 0;
};

struct search_limits {
    std::int64_t nodes = 2'000;
    int128 grain = 1;  ///< every value that can be reached is a multiple of this
    /// A person who must go to a site: an option, or none.
    std::uint32_t forced = nowhere;
    /// An assignment to begin from, as in search_result; may be empty.
    std::vector<std::uint32_t> start;
};

struct search_result {
    bool complete = false;  ///< nothing better exists than what was found; or nothing at all
    bool found = false;
    int128 value = 0;
    std::vector<std::uint32_t> at;  ///< by person: an option, or nowhere
    std::vector<search_part> parts;
    /// The first part as if it had not been split: less exact, and always small.
    search_part first;
    std::int64_t nodes = 0;
};

/// Looks for the assignment of the greatest weight that keeps all rules.
search_result search(const problem&, const search_limits&);

}  // namespace veche::teams
