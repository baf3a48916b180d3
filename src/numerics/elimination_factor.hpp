#pragma once
// Exact factors L L' of a matrix D'WD, front by front (multifrontal: Duff and Reid 1983).

#include <span>
#include <vector>

#include "numerics/elimination_plan.hpp"

namespace veche::numerics {

class elimination_factor {
  public:
    /// The plan stays the caller's. Factorises with these weights, which must not be far apart (all
    /// 1, or 0); unknowns that follow from others by them are named as dependent, and get 0 in
    /// every solution from now on.
    elimination_factor(const elimination_plan& plan, std::span<const std::int32_t> member,
                       std::span<const double> weight);

    /// Factorises with these weights of the rows, all at least 0.
    void make(std::span<const double> weight);
    /// v := A^-1 v, for r (1, 2 or 4) vectors side by side: r numbers for each unknown.
    void solve(double* v) const { solve(1, v); }
    void solve(std::size_t r, double* v) const;
    /// Unknowns that follow from others.
    [[nodiscard]] const std::vector<std::int32_t>& dependent() const { return dependent_; }

  private:
    template <std::size_t R>
    void solve_all(double* v) const;
    void make_fronts(std::span<const double> weight, bool find_dependent);
    void make_diagonal(std::span<const double> weight);
    void assemble(std::size_t f, std::span<const double> weight, std::vector<double>& rest);

    const elimination_plan& plan_;
    std::vector<std::vector<std::int32_t>> row_places_;    // by front: of each row's unknowns
    std::vector<std::vector<std::int32_t>> child_places_;  // by front: of its remainder in the next
    std::vector<std::vector<double>> columns_;             // by front: size x pivots, by column
    std::vector<std::vector<double>> remainder_;           // by front, until it is added
    std::vector<std::vector<double>> spare_;               // memory of those that were
    std::vector<double> diagonal_;                         // of the matrix, by unknown
    std::vector<bool> fixed_;                              // by unknown: dependent
    std::vector<std::int32_t> dependent_;
};

}  // namespace veche::numerics
