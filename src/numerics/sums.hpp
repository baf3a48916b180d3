#pragma once
// Sums whose digits depend on the order of their terms only, and little on that.

#include <cmath>
#include <span>

#include "numerics/lanes.hpp"

namespace veche::numerics {

/// A sum with the error of each addition carried along (Knuth's two-sum; Ogita, Rump and Oishi
/// 2005, algorithm 4.4): as good as one in twice the digits, rounded once. The order is the order
/// in which terms are added. No branch: columns of sums go as fast as the memory.
class compensated_sum {
  public:
    void add(double term) {
        const double next = sum_ + term;
        const double added = next - sum_;
        lost_ += (sum_ - (next - added)) + (term - added);
        sum_ = next;
    }
    /// a times b, with the error of the product (by a fused multiplication) added too.
    void add_product(double a, double b) {
        const double product = a * b;
        add(product);
        lost_ += std::fma(a, b, -product);
    }
    [[nodiscard]] double value() const { return sum_ + lost_; }

  private:
    double sum_ = 0;
    double lost_ = 0;
};

/// Every fourth term is one sum, and the four are added in the end: additions of one sum wait for
/// each other, those of four do not. Terms come in fours, the rest one by one.
class four_sums {
  public:
    void add_four(const double* terms) {
        add(0, load_two(terms));
        add(1, load_two(terms + 2));
    }
    [[nodiscard]] double value(std::span<const double> rest) const {
        compensated_sum all;
        for (const std::size_t k : {0, 1, 2, 3}) {
            compensated_sum one;
            one.add(sum_[k / 2][k % 2]);
            one.add(lost_[k / 2][k % 2]);
            if (k < rest.size()) one.add(rest[k]);
            all.add(one.value());
        }
        return all.value();
    }

  private:
    void add(std::size_t k, two term) {
        const two next = sum_[k] + term;
        const two added = next - sum_[k];
        lost_[k] += (sum_[k] - (next - added)) + (term - added);
        sum_[k] = next;
    }
    two sum_[2] = {};
    two lost_[2] = {};
};

inline double sum_of(std::span<const double> terms) {
    four_sums sums;
    const std::size_t whole = terms.size() / 4 * 4;
    for (std::size_t k = 0; k < whole; k += 4) sums.add_four(terms.data() + k);
    return sums.value(terms.subspan(whole));
}

/// Sum of a[i] b[i]; the spans are as long as each other.
inline double dot(std::span<const double> a, std::span<const double> b) {
    compensated_sum sum;
    for (std::size_t i = 0; i < a.size(); ++i) sum.add_product(a[i], b[i]);
    return sum.value();
}

}  // namespace veche::numerics
