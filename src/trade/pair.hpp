#pragma once
// Figures of one territory with another in one period, as the first one declares.

#include <optional>

#include "trade/flow_list.hpp"
#include "trade/goods_matrix.hpp"
#include "trade/indicators.hpp"

namespace veche::trade {

struct pair_scope {
    std::string area, partner, period;
    std::size_t digits = 0;  ///< products cut to so many digits
};

/// Sums of what a territory declares one way, and what of it is with the partner.
struct declared_sums {
    double with_partner = 0, all = 0;
    std::vector<double> by_partner;  ///< by area of the flows
    std::int64_t rows = 0;           ///< with a value; none: it declares nothing
};

/// How the products of both are alike. Nothing where the data hold no products.
struct pair_likeness {
    std::size_t products = 0;
    double similarity = 0;                  ///< of what both export (Finger-Kreinin)
    std::optional<double> complementarity;  ///< nothing where nobody declares imports
    concentration exported;                 ///< products of the first one's exports
    quotient intra_industry;                ///< Grubel-Lloyd of the pair by product
};

struct pair_figures {
    declared_sums sold, bought;  ///< by the first
    declared_sums theirs;        ///< imports of the partner
    declared_sums world;         ///< imports of all reporters
    std::int64_t reporters = 0;  ///< with rows in the period
    intensity index;
    quotient intra_industry;  ///< Grubel-Lloyd of the totals: the coarsest level there is
    std::optional<pair_likeness> likeness;

    [[nodiscard]] quotient sold_share() const { return {sold.with_partner, sold.all}; }
    [[nodiscard]] quotient bought_share() const { return {bought.with_partner, bought.all}; }
};

/// Refuses names that the data lack.
result<pair_figures> pair_figures_of(const flow_list& flows, const pair_scope& scope);

}  // namespace veche::trade
