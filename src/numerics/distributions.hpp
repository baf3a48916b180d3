#pragma once
// The normal distribution and Student's t.

namespace veche::numerics {

/// Probability that a standard normal variable exceeds x.
double normal_above(double x);
/// The x that a standard normal variable stays below with probability p, 0 < p < 1.
double normal_quantile(double p);

/// Probability that Student's t with so many degrees of freedom exceeds x. Infinite degrees are
/// the normal distribution.
double student_above(double x, double degrees);
double student_quantile(double p, double degrees);

/// The regularised incomplete beta function I_x(a, b), by its continued fraction (Lentz's method).
double incomplete_beta(double a, double b, double x);

}  // namespace veche::numerics
