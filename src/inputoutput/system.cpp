#include "inputoutput/system.hpp"

#include <algorithm>
#include <cmath>

#include "inputoutput/balance.hpp"
#include "inputoutput/refusal.hpp"
#include "numerics/sums.hpp"

namespace veche::inputoutput {
namespace {

std::vector<double> reciprocals(const std::vector<double>& of) {
    std::vector<double> out(of.size());
    for (std::size_t i = 0; i < of.size(); ++i) out[i] = of[i] == 0 ? 0 : 1 / of[i];
    return out;
}

}  // namespace

numerics::dense leontief_matrix(const numerics::dense& z, const std::vector<double>& per_x) {
    numerics::dense out(z.rows, z.columns);
    for (std::size_t j = 0; j < z.columns; ++j) {
        for (std::size_t i = 0; i < z.rows; ++i) out(i, j) = -z(i, j) * per_x[j];
        out(j, j) += 1;
    }
    return out;
}

numerics::dense local_system(const leontief_system& of, const std::vector<std::size_t>& producers) {
    numerics::dense out(producers.size(), producers.size());
    for (std::size_t j = 0; j < producers.size(); ++j) {
        for (std::size_t i = 0; i < producers.size(); ++i)
            out(i, j) = -of.a(producers[i], producers[j]);
        out(j, j) += 1;
    }
    return out;
}

leontief_system::leontief_system(const table& of, std::vector<double> x)
    : data_(&of),
      x_(std::move(x)),
      per_x_(reciprocals(x_)),
      v_(of.size()),
      exports_(of.size()),
      members_(of.regions.size()),
      final_(of.size(), of.regions.size()),
      intermediate_(of.size(), of.regions.size()),
      factors_(leontief_matrix(of.z, per_x_)) {
    for (std::size_t j = 0; j < of.size(); ++j) {
        members_[of.producers[j].region].push_back(j);
        numerics::compensated_sum left;
        left.add(1);
        for (const double flow : of.z.column(j)) left.add(-flow * per_x_[j]);
        v_[j] = left.value();
        for (std::size_t i = 0; i < of.size(); ++i)
            intermediate_(i, of.producers[j].region) += of.z(i, j);
    }
    for (std::size_t k = 0; k < of.finals.size(); ++k)
        for (std::size_t i = 0; i < of.size(); ++i) final_(i, of.finals[k].region) += of.y(i, k);
    for (std::size_t r = 0; r < of.regions.size(); ++r)
        for (std::size_t i = 0; i < of.size(); ++i)
            if (of.producers[i].region != r) exports_[i] += final_(i, r) + intermediate_(i, r);
}

result<leontief_system> leontief_system::of(const table& of) {
    leontief_system out(of, row_sums(of));
    if (const auto at = out.factors_.singular_at())
        return refuse(refusals::not_productive, "z", of.label(*at));
    return out;
}

double leontief_system::residual() const {
    std::vector<double> y(size());
    for (std::size_t r = 0; r < regions(); ++r)
        for (std::size_t i = 0; i < size(); ++i) y[i] += final_(i, r);
    std::vector<double> x = y;
    factors_.solve(x);
    std::vector<numerics::compensated_sum> left(size());
    double largest = 0, scale = 0;
    for (std::size_t j = 0; j < size(); ++j) {
        const double per = x[j] * per_x_[j];
        for (std::size_t i = 0; i < size(); ++i) left[i].add_product(data_->z(i, j), per);
    }
    for (std::size_t i = 0; i < size(); ++i) {
        left[i].add(y[i]);
        left[i].add(-x[i]);
        largest = std::max(largest, std::abs(left[i].value()));
        scale = std::max(scale, std::abs(y[i]));
    }
    return scale > 0 ? largest / scale : 0;
}

}  // namespace veche::inputoutput
