#pragma once
// Exact factors of D'WD, of all effects, where the panel is so sparse that they cost little:
// regions by products, with few rows a level. Such a panel falls into components (products) that
// share no level; each is factorised by itself, and again only when its weights have moved.

#include <cstdint>
#include <memory>
#include <vector>

#include "gravity/panel.hpp"
#include "numerics/elimination_factor.hpp"
#include "numerics/workers.hpp"

namespace veche::gravity {

class component_factors {
  public:
    /// Null where the panel is not sparse enough, or factors would take more than `memory` bytes.
    static std::unique_ptr<component_factors> of(const panel&, numerics::workers&,
                                                 std::uint64_t memory);

    /// Takes over the weights of the rows where they have moved by more than a half; how many
    /// components were factorised.
    std::size_t make(const std::vector<double>& weight);
    /// Takes them over in these components, however little they have moved, and sets the levels of
    /// these in `out` to what `solve` gives for `in`, one vector.
    void solve_exactly(const std::vector<std::size_t>& which, const std::vector<double>& weight,
                       const double* in, double* out);
    /// out := the effects' part of (D'WD)^-1 in, for r (1, 2 or 4) vectors side by side over the
    /// levels of all effects but the first, whose part of `in` is 0: the inverse of the system with
    /// the first effect eliminated.
    void solve(std::size_t r, const double* in, double* out) const;

    [[nodiscard]] std::size_t count() const { return parts_.size(); }
    /// Of a group of the first effect.
    [[nodiscard]] std::int32_t component_of(std::size_t group) const { return of_group_[group]; }
    /// Of a level of the other effects.
    [[nodiscard]] std::int32_t component_of_level(std::size_t level) const {
        return of_level_[level];
    }
    [[nodiscard]] std::size_t made() const;
    /// What it takes, foreseen from the plans.
    [[nodiscard]] std::uint64_t bytes() const;

    /// One component.
    struct part {
        std::vector<std::int32_t> level;   // by unknown: group, or groups + place
        std::vector<std::uint32_t> row;    // of the panel
        std::vector<std::int32_t> member;  // unknowns of each row; -1: that level is fixed
        std::unique_ptr<numerics::elimination_plan> plan;
        std::unique_ptr<numerics::elimination_factor> factor;
        std::vector<double> weight;  // by row, as factorised; empty before
        std::size_t made = 0;
    };
    [[nodiscard]] const std::vector<part>& parts() const { return parts_; }

  private:
    component_factors(const panel& p, numerics::workers& crew) : p_(p), crew_(crew) {}
    void find_components();
    static void factorise(part&, const std::vector<double>& weight);
    void solve_part(const part&, std::size_t r, const double* in, double* out) const;

    const panel& p_;
    numerics::workers& crew_;
    std::vector<std::int32_t> of_group_, of_level_;
    std::vector<part> parts_;
};

}  // namespace veche::gravity
