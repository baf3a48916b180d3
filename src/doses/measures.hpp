#pragma once
// Measures of supply and coverage, exact: shares as fractions, inequality over regions.

#include <span>

#include "doses/doses.hpp"

namespace veche::doses {

/// People covered of so many, in one region.
struct covered {
    std::int64_t people = 0;
    std::int64_t of = 0;
};

/// Over regions with people. Fractions with 64-bit parts where they fit, cut to millionths where
/// they do not.
struct equity {
    ratio least;
    ratio tenth;  ///< the coverage below which a tenth of the people live
    ratio most;
    ratio gini;  ///< 0 where all regions are covered alike
};

/// Nothing where no region has people.
std::optional<equity> equity_of(std::span<const covered>);

/// In lowest terms where both parts fit 64 bits, else in millionths.
ratio fraction_of(int128 num, int128 den);

}  // namespace veche::doses
