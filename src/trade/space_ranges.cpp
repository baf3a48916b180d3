#include "trade/space_ranges.hpp"

#include <algorithm>
#include <cmath>

#include "numerics/random_stream.hpp"
#include "trade/quantiles.hpp"
#include "trade/symmetric_eigen.hpp"

namespace veche::trade {
namespace {

constexpr double least_gap_of_draws = 1e-6;

/// The index with each product counted so many times; nothing where a territory is left with none,
/// or the eigenvalues are too near to each other.
std::vector<double> weighted_complexity(const product_space& s,
                                        const std::vector<std::uint32_t>& times) {
    const std::size_t n = s.areas.size();
    std::vector<double> diversity(n, 0);
    std::vector<double> form(n * n, 0);
    std::vector<std::size_t> makers;
    for (std::size_t p = 0; p < s.products.size(); ++p) {
        if (times[p] == 0) continue;
        makers.clear();
        for (std::size_t a = 0; a < n; ++a)
            if (s.made[s.place(a, p)] != 0) makers.push_back(a);
        const double weight = times[p] / static_cast<double>(s.ubiquity[p]);
        for (const std::size_t a : makers) {
            diversity[a] += times[p];
            for (const std::size_t b : makers) form[a * n + b] += weight;
        }
    }
    for (const double one : diversity)
        if (!(one > 0)) return {};
    for (std::size_t a = 0; a < n; ++a)
        for (std::size_t b = 0; b < n; ++b)
            form[a * n + b] /= std::sqrt(diversity[a] * diversity[b]);
    const eigen_system found = symmetric_eigen(std::move(form), n);
    if (!found.converged || found.values[1] - found.values[2] < least_gap_of_draws ||
        1 - found.values[1] < least_gap_of_draws)
        return {};
    std::vector<double> out(n);
    double mean = 0;
    for (std::size_t a = 0; a < n; ++a) {
        out[a] = found.vectors[n + a] / std::sqrt(diversity[a]);
        mean += out[a] / static_cast<double>(n);
    }
    // The side of the vector on which most of the published index lies.
    double squares = 0;
    double along = 0;
    for (std::size_t a = 0; a < n; ++a) {
        out[a] -= mean;
        squares += out[a] * out[a];
        along += out[a] * s.complexity[a];
    }
    const double scale = (along < 0 ? -1 : 1) / std::sqrt(squares / static_cast<double>(n));
    for (double& one : out) one *= scale;
    return out;
}

}  // namespace

complexity_range range_of(const product_space& space, std::size_t area, const draw_options& how) {
    numerics::random_stream draw(how.seed);
    std::vector<double> values;
    std::vector<double> ranks;
    const std::size_t n = space.products.size();
    for (int i = 0; i < how.draws; ++i) {
        tell(how.progress, work_stage::drawing, static_cast<std::uint64_t>(i),
             static_cast<std::uint64_t>(how.draws));
        std::vector<std::uint32_t> times(n, 0);
        for (std::size_t k = 0; k < n; ++k) ++times[draw.next() % n];
        const auto index = weighted_complexity(space, times);
        if (index.empty()) continue;
        values.push_back(index[area]);
        ranks.push_back(
            1 + static_cast<double>(std::count_if(index.begin(), index.end(),
                                                  [&](double one) { return one > index[area]; })));
    }
    complexity_range out;
    out.draws = static_cast<int>(values.size());
    if (values.empty()) return out;
    std::sort(values.begin(), values.end());
    std::sort(ranks.begin(), ranks.end());
    const double tail = (1 - how.level) / 2;
    out.complexity = {quantile_of(values, tail), quantile_of(values, 1 - tail)};
    out.rank = {std::floor(quantile_of(ranks, tail)), std::ceil(quantile_of(ranks, 1 - tail))};
    return out;
}

}  // namespace veche::trade
