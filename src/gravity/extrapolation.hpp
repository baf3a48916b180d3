#pragma once
// Fixed points x = x + f(x) reached sooner: the next x is the combination of the last few steps
// whose f is least (Anderson 1965; Walker and Ni 2011). Header only: it is used in one place, and
// its steps are short.

#include <cstddef>
#include <vector>

#include "numerics/symmetric.hpp"

namespace veche::gravity {

class extrapolation {
  public:
    /// Where to go from x with the step f.
    std::vector<double> next(const std::vector<double>& x, const std::vector<double>& f) {
        if (!last_f_.empty()) remember(x, f);
        last_x_ = x;
        last_f_ = f;
        std::vector<double> out(x.size());
        for (std::size_t i = 0; i < x.size(); ++i) out[i] = x[i] + f[i];
        const std::vector<double> part = parts(f);
        for (std::size_t k = 0; k < part.size(); ++k)
            for (std::size_t i = 0; i < x.size(); ++i) out[i] -= part[k] * past_[k].both[i];
        return out;
    }
    /// Begins anew: the next step is f alone.
    void forget() {
        past_.clear();
        last_f_.clear();
    }

  private:
    static constexpr std::size_t most = 6;  // differences kept
    struct difference {
        std::vector<double> f, both;  // of f, and of x + f
        std::vector<double> with;     // products of f with those that came before it and itself
    };

    /// The latest first, so that the oldest are those that are left out where one follows from
    /// others.
    void remember(const std::vector<double>& x, const std::vector<double>& f) {
        difference one{f, f, {}};
        for (std::size_t i = 0; i < x.size(); ++i) {
            one.f[i] -= last_f_[i];
            one.both[i] = one.f[i] + (x[i] - last_x_[i]);
        }
        if (past_.size() == most) past_.pop_back();
        one.with.push_back(dot(one.f, one.f));
        for (const difference& before : past_) one.with.push_back(dot(one.f, before.f));
        past_.insert(past_.begin(), std::move(one));
    }
    /// Least squares of f on the differences of f.
    [[nodiscard]] std::vector<double> parts(const std::vector<double>& f) const {
        const std::size_t m = past_.size();
        std::vector<double> cross(m * m), out(m);
        for (std::size_t k = 0; k < m; ++k) {
            for (std::size_t l = k; l < m; ++l)
                cross[k * m + l] = cross[l * m + k] = past_[k].with[l - k];
            out[k] = dot(past_[k].f, f);
        }
        numerics::cholesky(m, cross, 1e-10).solve(out.data());
        return out;
    }
    static double dot(const std::vector<double>& a, const std::vector<double>& b) {
        double sums[4] = {};
        std::size_t i = 0;
        for (; i + 4 <= a.size(); i += 4)
            for (std::size_t lane = 0; lane < 4; ++lane) sums[lane] += a[i + lane] * b[i + lane];
        for (; i < a.size(); ++i) sums[0] += a[i] * b[i];
        return (sums[0] + sums[1]) + (sums[2] + sums[3]);
    }

    std::vector<difference> past_;
    std::vector<double> last_x_, last_f_;
};

}  // namespace veche::gravity
