#pragma once
// The rows in use, laid out for passes over them: sorted by the effect with most levels (the first
// effect), whose coefficients are eliminated exactly inside each pass; the other effects as places
// in one vector of coefficients.

#include <cstdint>
#include <string>
#include <vector>

#include "gravity/sample.hpp"

namespace veche::gravity {

struct panel {
    std::size_t n = 0;       ///< rows
    std::size_t k = 0;       ///< regressors, a constant included
    std::size_t others = 0;  ///< effects beside the first
    bool centred = false;    ///< there is a first effect

    std::vector<std::uint32_t> row;    ///< of the model, by row here
    std::vector<std::uint32_t> begin;  ///< first row of each group; one more at the end
    std::vector<std::int32_t> place;   ///< n x others: into the levels of all other effects
    std::vector<double> x;             ///< n x k
    std::vector<double> y;
    std::vector<double> weight;  ///< empty: all 1
    std::vector<double> offset;  ///< empty: all 0

    std::vector<std::string> names;        ///< of regressors
    std::vector<std::size_t> source;       ///< of the model's regressors; past them: the constant
    std::vector<std::size_t> effect;       ///< of the model's effects, the first one first
    std::vector<std::size_t> first_place;  ///< of each other effect; one more at the end
    std::vector<std::vector<std::int32_t>> code;  ///< by effect as in `effect`: level -> model code

    /// Parts of the groups that are worked on side by side: how many depends on the rows alone.
    std::vector<std::size_t> block;
    std::size_t largest_group = 0;

    [[nodiscard]] std::size_t groups() const { return begin.size() - 1; }
    [[nodiscard]] std::size_t levels() const { return first_place.back(); }
    [[nodiscard]] std::size_t width() const { return k + levels(); }
    [[nodiscard]] std::size_t blocks() const { return block.size() - 1; }
    [[nodiscard]] double weight_of(std::size_t i) const { return weight.empty() ? 1 : weight[i]; }
    [[nodiscard]] double offset_of(std::size_t i) const { return offset.empty() ? 0 : offset[i]; }
    /// x b + the levels of the other effects; `theta` has b before the levels.
    [[nodiscard]] double linear(std::size_t i, const double* theta) const {
        double sum = 0;
        for (std::size_t j = 0; j < k; ++j) sum += x[i * k + j] * theta[j];
        for (std::size_t o = 0; o < others; ++o) sum += theta[k + place[i * others + o]];
        return sum;
    }
};

/// Bytes that an estimation needs at most beside what the caller holds.
std::uint64_t memory_needed(const model&);

panel lay_out(const model&, const sample&, numerics::workers&);

/// Takes out regressors (ascending numbers).
void remove_regressors(panel&, const std::vector<std::size_t>&);

}  // namespace veche::gravity
