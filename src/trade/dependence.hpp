#pragma once
// On whom a member depends for what it buys, and what of it another member could sell.

#include <string>
#include <vector>

#include "trade/goods_matrix.hpp"
#include "trade/indicators.hpp"

namespace veche::trade {

/// The imports of one product, or of all of a sector, by origin.
struct import_dependence {
    std::string product;
    double imports = 0;
    double from_union = 0;  ///< from the other members
    double from_third = 0;  ///< from everybody else
    concentration origins;  ///< over the territories it comes from
    std::string largest;    ///< origin with the largest part
    double from_largest = 0;
    [[nodiscard]] quotient on_union() const { return {from_union, imports}; }
    [[nodiscard]] quotient on_third() const { return {from_third, imports}; }
    [[nodiscard]] quotient on_largest() const { return {from_largest, imports}; }
};

struct dependence_scope {
    std::string member;                ///< whose imports
    std::string period;                ///< "" all together
    std::vector<std::string> members;  ///< of the union, from its charter
    std::size_t digits = 0;            ///< products cut to so many digits: 2 are chapters
};

struct dependence_table {
    std::vector<import_dependence> products;  ///< by code
    import_dependence all;
    std::string unit;
    std::int64_t rows = 0, rows_missing = 0;
    bool mirrored = false;  ///< made from the exports of others, because the member declares none
};

/// By the member's declared imports; where it declares none, by what others declare to sell to it
/// (free on board, so lower than what it pays). Refuses unknown names and a member nobody trades
/// with.
result<dependence_table> dependence_of(const flow_list& flows, const dependence_scope& scope);

/// A product that a member buys from third countries, and another member sells with a revealed
/// comparative advantage of 1 or more.
struct substitution {
    std::string buyer, seller, product;
    double bought_from_third = 0;  ///< by the buyer from outside of the union
    double bought_from_seller = 0;
    double sold_to_third = 0;  ///< by the seller outside of the union
    double advantage = 0;      ///< RCA of the seller
    /// What could move at most without the seller making more: the smaller of both amounts.
    [[nodiscard]] double amount() const {
        return bought_from_third < sold_to_third ? bought_from_third : sold_to_third;
    }
};

struct substitution_scope {
    std::string period;
    std::vector<std::string> members;
    double least_advantage = 1;
    std::size_t digits = 0;
};

/// All such products, those with the largest amounts first. RCA is over the exports of all
/// reporters in the data: with few of them it says little.
result<std::vector<substitution>> substitutions(const flow_list& flows,
                                                const substitution_scope& scope);

}  // namespace veche::trade
