#pragma once
// Counts whose variance exceeds their mean.

namespace veche::numerics {

/// A negative binomial distribution by its mean (> 0) and size r (> 0): variance mean + mean^2 / r.
struct negative_binomial {
    double mean = 0;
    double size = 0;
    /// Probability of at most k, for whole k; 0 below 0.
    [[nodiscard]] double at_most(double k) const;
    /// The least k with at least probability p up to it, 0 < p < 1. `normal`: the quantile of the
    /// normal distribution at p, where the search begins.
    [[nodiscard]] double quantile(double p, double normal) const;
};

/// That with this mean and variance; as good as Poisson's where the variance does not exceed it.
negative_binomial with_variance(double mean, double variance);

}  // namespace veche::numerics
