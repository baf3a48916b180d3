#pragma once
// The space of products: which are exported together, what a territory could make next, and how
// complex its exports are (Hidalgo, Klinger, Barabási, Hausmann 2007; Hidalgo, Hausmann 2009).

#include <string>
#include <vector>

#include "kernel/remark.hpp"
#include "trade/indicators.hpp"

namespace veche::trade {

/// What a reader must know beside the numbers; shown wherever they are.
struct space_caveat {
    char letter = 'a';
    std::string sentence;
    bool applies = true;  ///< seen in these data, not only possible
    remark said;          ///< the sentence as vocabulary
};

struct space_options {
    double least_advantage = 1;  ///< M_cp = RCA >= this
    /// Territories with fewer exports take no part (0: all do). Small ones top the ranking else.
    double least_exports = 0;
    /// The areas are regions and the products industries: caveat (d) then applies.
    bool regional = false;
};

struct product_space {
    std::vector<std::string> areas, products;
    std::vector<std::uint8_t> made;       ///< M_cp, row-major
    std::vector<double> rca;              ///< row-major
    std::vector<std::int64_t> diversity;  ///< k_c: products of a territory with advantage
    std::vector<std::int64_t> ubiquity;   ///< k_p: territories with advantage in a product
    /// phi_pq = sum_c M_cp M_cq / max(k_p, k_q), products x products, 0 on the diagonal.
    std::vector<double> proximity;
    /// sum_q M_cq phi_pq / sum_q phi_pq, row-major: how much of what is near to p is made in c.
    std::vector<double> density;
    std::vector<double> complexity;          ///< ECI by territory
    std::vector<double> product_complexity;  ///< PCI by product
    /// sum_p density_cp (1 - M_cp) PCI_p: what is in reach and not made yet.
    std::vector<double> opportunity;
    double second_eigenvalue = 0, third_eigenvalue = 0;
    double sign_correlation = 0;  ///< of the ECI with diversity, above zero by choice of sign
    std::vector<std::string>
        left_out;  ///< territories below the least exports, or without advantage
    std::vector<space_caveat> caveats;

    [[nodiscard]] std::size_t place(std::size_t area, std::size_t product) const {
        return area * products.size() + product;
    }
};

/// The space of exports. ECI is the second eigenvector of sum_p M_cp M_c'p / (k_c k_p), with mean 0
/// and (population) standard deviation 1; PCI is the vector of products of which it is the mean,
/// in its units. Refuses fewer than three territories, and two eigenvalues too near to each other,
/// whose eigenvectors mean nothing.
result<product_space> space_of(const goods_matrix& exports, const space_options& options = {});

/// Advantages and complexity alone, or advantages, proximity and density alone; the latter asks for
/// no eigenvector, so that near eigenvalues do not matter.
result<product_space> complexity_of(const goods_matrix& exports, const space_options& options = {});
result<product_space> relatedness_of(const goods_matrix& exports,
                                     const space_options& options = {});

}  // namespace veche::trade
