#pragma once
// Sequential Phragmen for budgets (Los, Christoff, Grossi, "Proportional budget allocations:
// towards a systematization", 2022; Brill et al., "Phragmen's voting methods and justified
// representation", 2017): everyone earns money at the same pace, and whatever its supporters can
// pay is bought at once.

#include <string>
#include <vector>

#include "budgeting/certificate.hpp"
#include "budgeting/election.hpp"
#include "kernel/ratio.hpp"

namespace veche::budgeting {

struct phragmen_outcome {
    std::vector<std::uint32_t> bought;  ///< in order
    std::vector<std::string>
        moments;  ///< of the purchases, as fractions: money earned by each voter
    std::int64_t cost = 0;
};

/// Buys as long as the next purchase fits into the budget; of several at one moment the first of
/// `tie_rank`. Points count as approval. `tie_rank`: of each project its place among equals.
result<phragmen_outcome> phragmen(const election&, const std::vector<std::uint32_t>& tie_rank);

certificate certify(const election&, const phragmen_outcome&);

}  // namespace veche::budgeting
