#pragma once
// Numbers for random cases from a seed that rapidcheck draws and shows: unlike its own ranges they
// are as large in the first case as in the last.

#include <cstdint>
#include <vector>

#include "seeded_dice.hpp"

namespace veche::matching::testing {

class dice : public seeded_dice {
  public:
    using seeded_dice::seeded_dice;

    /// From 0, below `most`.
    std::uint32_t roll(std::uint32_t most) { return static_cast<std::uint32_t>(below(most)); }
    std::uint32_t roll(std::uint32_t least, std::uint32_t most) {
        return least + roll(most - least + 1);
    }
    /// Some of 0 to n - 1, in any order; all where `part` is 1.
    std::vector<std::uint32_t> some_of(std::uint32_t n, std::uint32_t part) {
        std::vector<std::uint32_t> all;
        for (std::uint32_t i = 0; i < n; ++i) all.push_back(i);
        shuffle(all);
        if (part > 1) all.resize(roll(n / part, n));
        return all;
    }
};

}  // namespace veche::matching::testing
