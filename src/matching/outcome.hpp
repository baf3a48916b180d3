#pragma once
// What a matching comes out as, in numbers: who goes where, and from which rank on a programme
// refuses. Engines fill it, certificate_check judges it, explanations are read from it.

#include <cstdint>
#include <vector>

#include "matching/market.hpp"

namespace veche::matching {

/// In limits: the programme refuses nobody who applies to it.
constexpr std::uint32_t no_limit = UINT32_MAX;

struct outcome {
    assignment placed;
    /// Ranks from this one on are refused there. With free places no_limit; 0 refuses everybody.
    std::vector<std::uint32_t> limits;
    /// How often an applicant asked or a programme offered: the work that was done.
    std::uint64_t proposals = 0;
};

/// Counts that are compared one after another: what is first decides.
using price = std::vector<std::int64_t>;

/// An assignment and the prices that prove it best: no choice costs less than the prices of both
/// its ends; those taken cost exactly that; who is not placed, and a programme with a free seat,
/// has the price zero (duality of linear programs, which holds for counts compared in turn as for
/// numbers).
struct priced_outcome {
    assignment placed;
    std::vector<price> applicants;
    std::vector<price> programmes;
};

/// How many are placed at each programme.
inline std::vector<std::uint32_t> fill_of(const market& m, const assignment& placed) {
    std::vector<std::uint32_t> fill(m.programmes());
    for (const std::uint32_t at : placed)
        if (at != nobody) ++fill[at];
    return fill;
}

}  // namespace veche::matching
