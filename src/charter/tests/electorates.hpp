#pragma once
// Electorates, ballots and rules made up for the tests, the same on every run.

#include <string>
#include <vector>

#include "charter/rule.hpp"
#include "seeded_dice.hpp"

namespace veche::charter::testing {

/// A rule from its text, which must be one.
rule from_text(std::string_view text);

/// "A" to "Z" with weights pop as given.
std::vector<voter> weighing(const std::vector<std::int64_t>& pop);

/// Random pieces. `monotone` rules never punish a yes: their law is tested with it.
class dice : public seeded_dice {
  public:
    using seeded_dice::seeded_dice;
    std::int64_t upto(std::int64_t most);  ///< 0 to most
    std::vector<voter> electorate();
    /// The same with seats of one member that have the member's weights.
    std::vector<voter> delegations();
    ballot_map ballots(const std::vector<voter>&);
    rule any_rule();
    rule monotone_rule();

  private:
    condition any_condition(int depth);
    condition monotone_condition(int depth);
    measure any_measure();
    ratio share();
    std::string weight();
};

}  // namespace veche::charter::testing
