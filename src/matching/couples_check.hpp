#pragma once
// Whether a matching with couples is what its certificate says, seen from the market and the
// certificate alone. Shares no code with what made it. That none exists is tried anew, in another
// way, where a part of the market is small enough.

#include <string>

#include "matching/couples.hpp"

namespace veche::matching {

/// What is wrong, in words: a place nobody asked for, a programme over its capacity, a single or a
/// couple that blocks, capacities that are not as claimed; that none exists, where there is one.
/// Empty where all holds.
std::string couples_fault(const couples_market&, const couples_certificate&);

enum class couples_tried : std::uint8_t {
    none,    ///< some connected part has no stable matching: all were tried
    exists,  ///< every part has one
    open     ///< no part is without one as far as was tried; some are too large to be tried
};

struct couples_trial {
    couples_tried end = couples_tried::open;
    std::uint64_t placements = 0;  ///< of couples, that were tried
};

/// Whether a stable matching exists by the capacities given, by trying every placement of the
/// couples of each connected part, up to `most_placements` a part. Where couples stay put, singles
/// are matched so that programmes have the best they can (Gale and Shapley 1962): that matching
/// holds at each programme at least as many above any rank as every other stable one, so that where
/// a couple blocks it, it blocks all.
couples_trial try_all_couples(const couples_market&, std::uint64_t most_placements = 20'000);

}  // namespace veche::matching
