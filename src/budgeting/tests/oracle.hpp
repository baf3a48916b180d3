#pragma once
// Equal shares once more, slowly: every ballot alone, everything in rationals, nothing remembered
// from one purchase to the next. Written from the definition, not from the engine.

#include "budgeting/equal_shares.hpp"

namespace veche::budgeting::testing {

struct slow_purchase {
    std::uint32_t project = 0;
    std::string price;
};
/// `ranks`: what parts equals, the least first.
std::vector<slow_purchase> slow_shares(const election&, utility, const ratio& endowment,
                                       const std::vector<std::uint32_t>& ranks);

}  // namespace veche::budgeting::testing
