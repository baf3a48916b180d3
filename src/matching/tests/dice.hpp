#pragma once
// Numbers for random cases from a seed that rapidcheck draws and shows: unlike its own ranges they
// are as large in the first case as in the last.

#include <cstdint>
#include <random>
#include <vector>

namespace veche::matching::testing {

class dice {
  public:
    explicit dice(std::uint32_t seed) : random_(seed) {}

    /// From 0, below `below`.
    std::uint32_t roll(std::uint32_t below) {
        return static_cast<std::uint32_t>(random_() % below);
    }
    std::uint32_t roll(std::uint32_t least, std::uint32_t most) {
        return least + roll(most - least + 1);
    }
    /// Some of 0 to n - 1, in any order; all where `part` is 1.
    std::vector<std::uint32_t> some_of(std::uint32_t n, std::uint32_t part) {
        std::vector<std::uint32_t> all;
        for (std::uint32_t i = 0; i < n; ++i) all.push_back(i);
        for (std::size_t i = all.size(); i > 1; --i)
            std::swap(all[i - 1], all[roll(static_cast<std::uint32_t>(i))]);
        if (part > 1) all.resize(roll(n / part, n));
        return all;
    }

  private:
    std::mt19937_64 random_;
};

}  // namespace veche::matching::testing
