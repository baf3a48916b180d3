#pragma once
// Random numbers by a seed that stands in the record of whatever was computed with them.

#include <cstdint>

namespace veche::numerics {

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine.
class random_stream {
  public:
    explicit random_stream(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    /// At least 0, below 1, in steps of 2^-53.
    double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }
    /// Standard normal, by Marsaglia's polar method (1964).
    double normal();

  private:
    std::uint64_t state_;
    double spare_ = 0;
    bool has_spare_ = false;
};

}  // namespace veche::numerics
