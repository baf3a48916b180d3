#pragma once
// Deferred acceptance where programmes choose by seat plans: reserves that others may fall back on,
// hard quotas, applicants of several types, a declared order of seats (Hafalir, Yenmez and
// Yildirim 2013; Kominers and Sonmez 2016; Sonmez and Yenmez 2022).

#include <span>

#include "matching/seats.hpp"

namespace veche::matching {

/// One who asks a programme.
struct candidate {
    std::uint32_t rank = 0;
    std::uint32_t applicant = 0;
    std::uint32_t types = 0;
};

/// Whom the programme takes of candidates in ascending rank: the run of seats of each, or nobody.
/// Whoever is refused stays refused when more ask, so that it serves deferred acceptance.
std::vector<std::uint32_t> choose(const seat_plan&, std::span<const candidate>);

/// Applicants ask; strict ranks. limits holds the rank just behind the last admitted where all
/// seats are filled, which with reserves refuses nobody by itself.
reserved_outcome match_with_reserves(const market&, const reserves&);

}  // namespace veche::matching
