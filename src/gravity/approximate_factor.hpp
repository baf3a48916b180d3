#pragma once
// Approximate factors of the Laplacian of a weighted graph, by random sampling with a seed
// (Gao, Kyng, Spielman, arXiv:2303.00709): vertices are eliminated in order of degree, and the
// clique that each leaves among its neighbours is replaced by a sampled tree with the same
// expectation.

#include <cstdint>
#include <vector>

namespace veche::gravity {

struct edge {
    std::int32_t from, to;
    double weight;  ///< positive
};

class approximate_factor {
  public:
    approximate_factor() = default;
    /// Vertices 0 to count - 1; several edges between the same two add up.
    approximate_factor(std::size_t count, const std::vector<edge>& edges, std::uint64_t seed);

    /// v := an approximate solution of Laplacian x = v. Symmetric and positive semidefinite as an
    /// operator, whatever was sampled.
    void solve(double* v) const;

  private:
    friend class factor_maker;
    std::vector<std::int32_t> order_;  // vertices as they were eliminated
    std::vector<double> pivot_;        // by place in that order; 0 has no neighbours left
    std::vector<std::size_t> begin_;   // of the entries of each
    std::vector<std::int32_t> vertex_;
    std::vector<double> part_;  // weight of the edge over the pivot
};

}  // namespace veche::gravity
