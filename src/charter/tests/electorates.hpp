#pragma once
// Electorates, ballots and rules made up for the tests, the same on every run.

#include <random>
#include <string>
#include <vector>

#include "charter/rule.hpp"

namespace veche::charter::testing {

/// A rule from its text, which must be one.
rule from_text(std::string_view text);

/// "A" to "Z" with weights pop as given.
std::vector<voter> weighing(const std::vector<std::int64_t>& pop);

/// Random pieces. `monotone` rules never punish a yes: their law is tested with it.
class dice {
  public:
    explicit dice(std::uint64_t seed) : engine_(seed) {}
    std::int64_t upto(std::int64_t most);  ///< 0 to most
    bool chance(int percent) { return upto(99) < percent; }
    std::vector<voter> electorate();
    /// The same with seats of one member that have the member's weights.
    std::vector<voter> delegations();
    ballot_map ballots(const std::vector<voter>&);
    rule any_rule();
    rule monotone_rule();
    template <class T>
    void shuffle(std::vector<T>& list) {
        for (std::size_t i = list.size(); i > 1; --i)
            std::swap(list[i - 1],
                      list[static_cast<std::size_t>(upto(static_cast<std::int64_t>(i) - 1))]);
    }

  private:
    condition any_condition(int depth);
    condition monotone_condition(int depth);
    measure any_measure();
    ratio share();
    std::string weight();
    std::mt19937_64 engine_;
};

}  // namespace veche::charter::testing
