#pragma once
// Sums whose digits depend on the order of their terms only, and little on that.

#include <cmath>
#include <span>

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
/// each other, those of four do not.
inline double sum_of(std::span<const double> terms) {
    compensated_sum sums[4];
    std::size_t k = 0;
    for (; k + 4 <= terms.size(); k += 4)
        for (std::size_t lane = 0; lane < 4; ++lane) sums[lane].add(terms[k + lane]);
    for (; k < terms.size(); ++k) sums[k % 4].add(terms[k]);
    compensated_sum all;
    for (const compensated_sum& one : sums) all.add(one.value());
    return all.value();
}

/// Sum of a[i] b[i]; the spans are as long as each other.
inline double dot(std::span<const double> a, std::span<const double> b) {
    compensated_sum sum;
    for (std::size_t i = 0; i < a.size(); ++i) sum.add_product(a[i], b[i]);
    return sum.value();
}

}  // namespace veche::numerics
