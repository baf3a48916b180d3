#pragma once
// One payment by equal shares, by hand: for explanations and worked examples.

#include <optional>
#include <vector>

#include "kernel/ratio.hpp"

namespace veche::budgeting {

struct payment {
    ratio price;                ///< the most that anyone pays, in lowest terms
    std::vector<ratio> shares;  ///< of each, as `budgets` stand
    ratio effective_votes;      ///< cost / price, in lowest terms
};

/// Everyone pays the same, or all they have where that is less. Nothing where `budgets` hold less
/// than the cost. Amounts from 0, each and all together below 2^53; cost above 0.
std::optional<payment> pay_equally(std::int64_t cost, const std::vector<std::int64_t>& budgets);

}  // namespace veche::budgeting
