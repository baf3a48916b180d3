#pragma once
// Work on eight runs of a model side by side: cell (r, l) of an array is region r of run l, at
// 8 r + l. Written once and compiled for vectors of two, four and eight numbers; the machine takes
// the widest that it has. Nothing is fused and each lane is computed by itself, so that all widths
// give the same bits, those of `binomial` and its kin.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "numerics/binomial.hpp"
#include "numerics/dense.hpp"

namespace veche::numerics {

inline constexpr std::size_t runs_aside = 8;

/// Draws of one stream and one day in all regions of eight runs with consecutive numbers.
struct eight_draws {
    std::size_t regions = 0;
    const double* n = nullptr;  ///< by region and run
    /// Chances (least and log_rest) by region and run, or eight of each for all regions.
    const double* least = nullptr;
    const double* log_rest = nullptr;
    bool same_chance = false;
    std::uint32_t seed = 0, first_replicate = 0, day = 0, stream = 0;
};

struct eights {
    const char* name;
    std::size_t width;
    /// out(r, l) = binomial(n, chance, number of the draw).
    void (*binomials)(const eight_draws&, double* out);
    /// Chances of the hazards times `factor`, as chance_of_hazard has them.
    void (*chances)(const double* hazards, double factor, std::size_t regions, double* least,
                    double* log_rest);
    /// out = K x for eight x; K is symmetric. Regions where all eight x are zero are passed over.
    void (*weigh)(const dense& k, const double* x, double* out);
    /// out = K x for one x.
    void (*weigh_one)(const dense& k, const double* x, double* out);
    /// out = y + h (sum of factors[j] terms[j]), for `count` numbers.
    void (*combine)(const double* y, double h, const double* factors, const double* const* terms,
                    std::size_t how_many, std::size_t count, double* out);
    /// The greatest of |h (sum of factors[j] terms[j])| / (1 + max(|y|, |next|)).
    double (*worst)(const double* y, const double* next, double h, const double* factors,
                    const double* const* terms, std::size_t how_many, std::size_t count);
};

/// The widest that this machine has.
const eights& widest_eights();
/// All that it has, two first.
std::vector<const eights*> all_eights();

}  // namespace veche::numerics
