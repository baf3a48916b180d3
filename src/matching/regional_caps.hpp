#pragma once
// Stable matching where regions have caps beside the places of their programmes: flexible deferred
// acceptance (Kamada and Kojima 2015), with regions within regions (2018). Each programme first
// takes up to its target; what a region has left goes round its programmes, one place a turn, while
// no cap stands in the way. Applicants do best by the truth.

#include <cstdint>
#include <string>
#include <vector>

#include "kernel/fields.hpp"
#include "matching/market.hpp"

namespace veche::matching {

struct capped_region {
    std::uint32_t cap = 0;
    /// The region around it, of a lower number; nobody: none.
    std::uint32_t within = nobody;
};

struct capped_market {
    market places;  ///< where a programme ranks two alike, the lower number goes first
    std::vector<capped_region> regions;
    std::vector<std::uint32_t> region_of;  ///< of each programme, the innermost; nobody: none
    std::vector<std::uint32_t> targets;    ///< of each programme
};

/// From which place in its order on a programme refuses: (rank, number of the applicant), since
/// equals go by number.
struct cap_limit {
    std::int64_t rank = -1;       ///< -1: it refuses nobody
    std::int64_t applicant = -1;  ///< of that rank from this number on
    std::int64_t region = -1;     ///< whose cap stands in the way; -1: its own places are taken
    bool operator==(const cap_limit&) const = default;
};
VECHE_FIELDS(cap_limit, (rank, "Rank from which on it refuses; -1: it refuses nobody."),
             (applicant, "Of that rank the number from which on it refuses."),
             (region, "The region whose cap stands in the way; -1: its own places."))

struct capped_certificate {
    std::vector<std::int64_t> matching;
    std::vector<std::int64_t> taken;
    std::vector<std::int64_t> region_taken;
    std::vector<cap_limit> limits;
    bool operator==(const capped_certificate&) const = default;
};
VECHE_FIELDS(capped_certificate, (matching, "The programme of each applicant; -1 is none."),
             (taken, "Places taken at each programme."),
             (region_taken, "Places taken in each region, those within it included."),
             (limits, "Of each programme, from where on it refuses, and why."))

/// Refuses targets above the places of a programme or together above a cap, and regions or
/// programmes that do not exist.
result<capped_certificate> match_with_caps(const capped_market&);

/// The same market by the rule that flexible acceptance replaced: every programme has its target
/// for places and no more (the Japanese programme as Kamada and Kojima describe it).
capped_certificate match_by_targets(const capped_market&);

}  // namespace veche::matching
