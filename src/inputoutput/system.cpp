#include "inputoutput/system.hpp"

#include <algorithm>
#include <cmath>

#include "inputoutput/refusal.hpp"
#include "numerics/large_memory.hpp"
#include "numerics/sums.hpp"

namespace veche::inputoutput {
namespace {

using numerics::load_two;
using numerics::store_two;
using numerics::two;

std::vector<double> reciprocals(const std::vector<double>& of) {
    std::vector<double> out(of.size());
    for (std::size_t i = 0; i < of.size(); ++i) out[i] = of[i] == 0 ? 0 : 1 / of[i];
    return out;
}

numerics::factorised factorise(const numerics::dense& z, const std::vector<double>& per_x) {
    double norm = 0;
    numerics::dense matrix = leontief_matrix(z, per_x, &norm);
    return numerics::factorised(std::move(matrix), norm);
}

/// One pass over the flows gives all sums of them. What goes to the producers in `idle` counts as
/// final use of their regions.
use_by_region sums_of(const table& of, const std::vector<bool>& idle) {
    const std::size_t n = of.size(), regions = of.regions.size();
    use_by_region out{std::vector<double>(n), std::vector<double>(n), numerics::dense(n, regions),
                      numerics::dense(n, regions)};
    for (std::size_t j = 0; j < n; ++j) {
        const auto flows = of.z.column(j);
        const auto into = (idle[j] ? out.final : out.intermediate).column(of.producers[j].region);
        numerics::four_sums sums;
        const std::size_t whole = n / 4 * 4;
        for (std::size_t i = 0; i < whole; i += 4) {
            for (const std::size_t k : {i, i + 2})
                store_two(&into[k], load_two(&into[k]) + load_two(&flows[k]));
            sums.add_four(&flows[i]);
        }
        for (std::size_t i = whole; i < n; ++i) into[i] += flows[i];
        out.inputs[j] = sums.value(flows.subspan(whole));
    }
    for (std::size_t k = 0; k < of.finals.size(); ++k)
        for (std::size_t i = 0; i < n; ++i) out.final(i, of.finals[k].region) += of.y(i, k);
    for (std::size_t i = 0; i < n; ++i) {
        numerics::compensated_sum sum;
        for (std::size_t r = 0; r < regions; ++r) {
            sum.add(out.intermediate(i, r));
            sum.add(out.final(i, r));
        }
        out.output[i] = sum.value();
    }
    return out;
}

/// Inputs of a producer that makes nothing have no coefficient, and would be missing from
/// x = A x + y; so they end where they are used up.
use_by_region use_of(const table& of) {
    std::vector<bool> idle(of.size());
    use_by_region out = sums_of(of, idle);
    bool any = false;
    for (std::size_t j = 0; j < of.size(); ++j)
        if (out.output[j] == 0 && out.inputs[j] != 0) any = idle[j] = true;
    return any ? sums_of(of, idle) : out;
}

}  // namespace

numerics::dense leontief_matrix(const numerics::dense& z, const std::vector<double>& per_x,
                                double* norm) {
    // Column by column to the end of what is reserved: large memory is written once, not first
    // with zeros.
    numerics::dense out;
    out.rows = z.rows;
    out.columns = z.columns;
    out.cells.reserve(z.cells.size());
    numerics::get_large_pages(out.cells.data(), z.cells.size() * sizeof(double));
    std::vector<double> column(z.rows);
    double most = 0;
    for (std::size_t j = 0; j < z.columns; ++j) {
        const auto flows = z.column(j);
        two sums{};
        std::size_t i = 0;
        for (; i + 2 <= z.rows; i += 2) {
            const two a = load_two(&flows[i]) * -per_x[j];
            store_two(&column[i], a);
            sums += numerics::absolute(a);
        }
        if (i < z.rows) sums[0] += std::abs(column[i] = -flows[i] * per_x[j]);
        const double off_diagonal = sums[0] + sums[1] - std::abs(column[j]);
        column[j] += 1;
        most = std::max(most, off_diagonal + std::abs(column[j]));
        out.cells.insert(out.cells.end(), column.begin(), column.end());
    }
    if (norm != nullptr) *norm = most;
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

leontief_system::leontief_system(const table& of, use_by_region use)
    : data_(&of),
      x_(std::move(use.output)),
      per_x_(reciprocals(x_)),
      v_(of.size()),
      exports_(of.size()),
      members_(of.regions.size()),
      final_(std::move(use.final)),
      intermediate_(std::move(use.intermediate)),
      factors_(factorise(of.z, per_x_)) {
    for (std::size_t j = 0; j < of.size(); ++j) {
        members_[of.producers[j].region].push_back(j);
        v_[j] = 1 - use.inputs[j] * per_x_[j];
    }
    for (std::size_t r = 0; r < of.regions.size(); ++r)
        for (std::size_t i = 0; i < of.size(); ++i)
            if (of.producers[i].region != r) exports_[i] += final_(i, r) + intermediate_(i, r);
}

result<leontief_system> leontief_system::of(const table& of) {
    leontief_system out(of, use_of(of));
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
