#pragma once
// In which order to eliminate the unknowns of a matrix D'WD whose rows bear a few unknowns each, so
// that the factor stays thin; and what follows for its shape. Found once, used for any weights.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace veche::numerics {

/// Unknowns that are eliminated together, as columns of one dense block.
struct front {
    /// Numbers of the unknowns: first those eliminated here, then those that they touch, in the
    /// order in which they are eliminated later.
    std::vector<std::int32_t> unknown;
    std::int32_t pivots = 0;
    /// Rows of D that are added up here: all unknowns of such a row stand in `unknown`.
    std::vector<std::int32_t> rows;
    /// Fronts (before this one) whose remainder is added here.
    std::vector<std::int32_t> children;
};

struct elimination_plan {
    std::size_t unknowns = 0;
    std::size_t members = 0;     ///< unknowns that a row bears
    std::vector<front> fronts;   ///< each after its children
    double multiplications = 0;  ///< of one factorisation
    std::size_t entries = 0;     ///< numbers in the factor
};

/// `member`: `members` numbers of unknowns for each row, all below `unknowns`, or -1 where a row
/// has fewer. Minimum degree by rows, after COLAMD (Davis, Gilbert, Larimore, Ng 2004): approximate
/// degrees, unknowns with the same rows as one. None where a factorisation would take more
/// multiplications than `most`.
std::optional<elimination_plan> plan_elimination(std::size_t unknowns, std::size_t members,
                                                 std::span<const std::int32_t> member, double most);

}  // namespace veche::numerics
