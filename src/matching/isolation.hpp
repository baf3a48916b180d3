#pragma once
// What cannot be run is taken out with all that hangs on it, and nothing else.

#include <utility>

#include "matching/market.hpp"

namespace veche::matching {

/// The first rank that each programme gives to two applicants; programmes without one are not here.
std::vector<std::pair<std::uint32_t, std::uint32_t>> equal_ranks(const market&);

struct isolation {
    market rest;  ///< numbers as before; those taken out have no choices
    std::vector<std::uint32_t> applicants;
    std::vector<std::uint32_t> programmes;
};

/// Takes out the broken programmes and everybody joined to them by a chain of choices.
isolation isolate(const market&, const std::vector<std::uint32_t>& broken);

}  // namespace veche::matching
