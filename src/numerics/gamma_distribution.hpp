#pragma once
// The gamma distribution with scale 1: probabilities and quantiles, exact to some 13 digits.
//
// Shapes from 20 on go by Temme's uniform expansion (DLMF 8.12; Temme 1979), the others and far
// tails by the power series and the continued fraction (DLMF 8.7.1, 8.9.2). Plain operations only,
// so that every C library gives the same bits.

namespace veche::numerics {

/// Probability that a gamma variable with that shape (> 0) stays below x: P(a, x).
double gamma_below(double shape, double x);
/// That it exceeds x: Q(a, x), with the digits of a small one kept.
double gamma_above(double shape, double x);

/// What stays below with a fixed probability, by shape. Making one takes longer than asking it.
class gamma_quantile {
  public:
    /// 0 < p < 1.
    explicit gamma_quantile(double p);
    double operator()(double shape) const;
    [[nodiscard]] double probability() const { return p_; }

  private:
    [[nodiscard]] double start(double shape) const;

    double p_;
    double normal_;  ///< the same quantile of the normal distribution
};

}  // namespace veche::numerics
