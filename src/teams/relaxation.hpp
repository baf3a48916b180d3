#pragma once
// The flow that a part of the search solves: people to sites, the windows of one family at each.

#include <vector>

#include "teams/flow.hpp"
#include "teams/problem.hpp"

namespace veche::teams {

/// What holds in a part of the search.
struct part_state {
    std::vector<std::uint8_t> barred;  ///< by option
    std::vector<std::uint8_t> forced;  ///< by person: must be placed
};

class relaxation {
  public:
    /// `family[s]`: the family whose windows at site s the flow keeps; 0 for that of the size
    /// alone.
    relaxation(const problem&, const std::vector<std::uint32_t>& family);

    /// Solves at these prices by rule, writes those of the flow's own rules into them, and gives
    /// the option of each person. Whether the flow keeps its rules within the part.
    bool solve(const part_state&, std::vector<int128>& prices, std::vector<std::uint32_t>& at);
    [[nodiscard]] bool keeps(std::uint32_t rule) const { return arc_of_rule_[rule] != nowhere; }
    /// Above every weight.
    [[nodiscard]] int128 heaviest() const { return heaviest_; }

  private:
    const problem& of_;
    int128 heaviest_;
    network net_;
    std::vector<network::arc> arc_of_option_, arc_of_rule_, stay_;
    std::vector<network::node> from_of_rule_;
};

/// What no assignment within the part exceeds, by the prices: each person takes the best site at
/// its prices, and each rule gives back its maximum or minimum at its price.
int128 bound_of(const problem&, const part_state&, const std::vector<int128>& prices);

}  // namespace veche::teams
