#pragma once
// Indicators of trade as ratios of sums: the sums are kept, and divided last. NaN where there is
// nothing to divide by. All values in one unit, not below zero.

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kernel/result.hpp"
#include "trade/goods_matrix.hpp"

namespace veche::trade {

struct quotient {
    double part = 0, whole = 0;
    [[nodiscard]] double value() const {
        return whole > 0 ? part / whole : std::numeric_limits<double>::quiet_NaN();
    }
};

/// Revealed comparative advantage of territories in products, with its sums.
struct advantage_table {
    std::vector<std::string> areas, products;
    std::vector<double> exports;     ///< x_cp, row-major
    std::vector<double> of_area;     ///< x_c
    std::vector<double> of_product;  ///< x_p
    double world = 0;                ///< x: all exports in the data, not of the earth

    /// (x_cp / x_c) / (x_p / x): Balassa, Trade Liberalisation and "Revealed" Comparative
    /// Advantage, The Manchester School 33 (1965).
    [[nodiscard]] double rca(std::size_t area, std::size_t product) const;
    /// (RCA - 1) / (RCA + 1), from -1 to 1: Dalum, Laursen, Villumsen, Industry and Innovation 5
    /// (1998).
    [[nodiscard]] double symmetric(std::size_t area, std::size_t product) const;
    /// x_cp/x - x_c x_p/x^2; sums to zero over territories and over products: Yu, Cai, Leung, The
    /// normalized revealed comparative advantage index, Annals of Regional Science 43 (2009),
    /// eq. 4.
    [[nodiscard]] double normalised(std::size_t area, std::size_t product) const;
};
advantage_table advantages(const goods_matrix& exports);

/// How concentrated some values are. Only those above zero count, and n says how many they are.
struct concentration {
    double sum = 0, sum_of_squares = 0;
    std::int64_t n = 0;
    /// Sum of squared shares: Herfindahl (1950), Hirschman (1945).
    [[nodiscard]] double index() const;
    /// (H - 1/n) / (1 - 1/n): 0 where all are alike, 1 where there is one; NaN for n = 1.
    [[nodiscard]] double normalised() const;
    /// 1/H: so many partners of one size would be as concentrated.
    [[nodiscard]] double effective() const { return 1 / index(); }
};
concentration concentration_of(std::span<const double> values);

/// Intra-industry trade 1 - sum|X - M| / sum(X + M) over the groups given: Grubel, Lloyd,
/// Intra-industry Trade (1975), eq. 2.4. The finer the groups, the lower: say their level.
quotient grubel_lloyd(std::span<const double> exports, std::span<const double> imports);

/// How much more i sells to j than j's weight in imports would let expect. Two forms are in use.
struct intensity {
    double to_partner = 0, exports = 0;                              ///< X_ij, X_i
    double partner_imports = 0, world_imports = 0, own_imports = 0;  ///< M_j, M_w, M_i
    /// (X_ij/X_i) / (M_j/(M_w - M_i)): i does not buy from itself. Kojima, The pattern of
    /// international trade among advanced countries, Hitotsubashi Journal of Economics 5 (1964).
    [[nodiscard]] double value() const;
    /// (X_ij/X_i) / (M_j/M_w): Brown, Australian Export Industries (1949).
    [[nodiscard]] double simple() const;
};

/// 100 (1 - sum_k |m_k - x_k| / 2) over shares of j's imports and i's exports: Michaely, Trade
/// Preferential Agreements in Latin America (1996). NaN where a side trades nothing.
double complementarity(std::span<const double> exports, std::span<const double> imports);

/// Sum over products of the smaller share: Finger, Kreinin, A Measure of "Export Similarity", The
/// Economic Journal 89 (1979). NaN where a side exports nothing.
double export_similarity(std::span<const double> a, std::span<const double> b);

/// Value over quantity of the rows with a known, positive, not estimated quantity in the unit.
struct unit_value {
    double value = 0, quantity = 0;
    std::string value_unit, quantity_unit;
    std::int64_t rows = 0;
    std::int64_t rows_left_out = 0;  ///< without such a quantity, or without a value
    double value_left_out = 0;
    [[nodiscard]] double price() const { return quotient{value, quantity}.value(); }
};
/// Of the rows marked in `which`; nothing where no row has a quantity. Weights go before other
/// units ("t" before "kg", then by what most value is in).
std::optional<unit_value> unit_value_of(const flow_list& flows,
                                        const std::vector<std::uint8_t>& which);

/// What each group adds to the growth of the sum: (after - before) / sum of before. They add up to
/// the growth of the whole.
std::vector<quotient> growth_contributions(std::span<const double> before,
                                           std::span<const double> after);

}  // namespace veche::trade
