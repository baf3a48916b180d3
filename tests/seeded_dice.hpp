#pragma once
// Random choices by a seed, the same on every machine.

#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace veche {

class seeded_dice {
  public:
    explicit seeded_dice(std::uint64_t seed) : engine_(seed) {}

    /// From 0, below `n`.
    std::uint64_t below(std::uint64_t n) { return engine_() % n; }
    bool chance(int percent) { return static_cast<int>(below(100)) < percent; }
    template <class T>
    const T& one_of(const std::vector<T>& all) {
        return all[static_cast<std::size_t>(below(all.size()))];
    }
    template <class T>
    void shuffle(std::vector<T>& list) {
        for (std::size_t i = list.size(); i > 1; --i)
            std::swap(list[i - 1], list[static_cast<std::size_t>(below(i))]);
    }

  private:
    std::mt19937_64 engine_;
};

}  // namespace veche
