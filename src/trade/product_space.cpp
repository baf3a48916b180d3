#include "trade/product_space.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "trade/refusal.hpp"
#include "trade/remarks.hpp"
#include "trade/symmetric_eigen.hpp"

namespace veche::trade {
namespace {

constexpr std::size_t most_territories = 1'500;
constexpr std::size_t most_space_products = 6'500;
/// Eigenvalues nearer than this, of a first one of 1, leave the direction of the vector to
/// rounding.
constexpr double least_gap = 1e-6;

/// Rows and columns with marks, over and over, until all that is left has some.
goods_matrix pruned(const goods_matrix& m, const std::vector<std::uint8_t>& rows,
                    const std::vector<std::uint8_t>& columns) {
    goods_matrix out;
    out.unit = m.unit;
    out.source = m.source;
    for (std::size_t a = 0; a < m.areas.size(); ++a)
        if (rows[a] != 0) out.areas.push_back(m.areas[a]);
    for (std::size_t p = 0; p < m.products.size(); ++p)
        if (columns[p] != 0) out.products.push_back(m.products[p]);
    for (std::size_t a = 0; a < m.areas.size(); ++a)
        for (std::size_t p = 0; p < m.products.size(); ++p)
            if (rows[a] != 0 && columns[p] != 0) out.values.push_back(m.at(a, p));
    return out;
}

void mark_advantages(product_space& s, const advantage_table& t, double least) {
    s.areas = t.areas;
    s.products = t.products;
    s.made.assign(t.exports.size(), 0);
    s.rca.assign(t.exports.size(), 0);
    s.diversity.assign(s.areas.size(), 0);
    s.ubiquity.assign(s.products.size(), 0);
    for (std::size_t a = 0; a < s.areas.size(); ++a)
        for (std::size_t p = 0; p < s.products.size(); ++p) {
            const double index = t.rca(a, p);
            s.rca[s.place(a, p)] = index;
            if (!(index >= least)) continue;
            s.made[s.place(a, p)] = 1;
            ++s.diversity[a];
            ++s.ubiquity[p];
        }
}

/// Advantages among territories and products that have some; RCA is over the data as they come.
product_space with_advantages(goods_matrix m, const space_options& options) {
    product_space out;
    std::vector<std::string> gone;
    const advantage_table all = advantages(m);
    std::vector<std::uint8_t> rows(m.areas.size(), 1);
    std::vector<std::uint8_t> columns(m.products.size(), 1);
    for (std::size_t a = 0; a < m.areas.size(); ++a)
        if (all.of_area[a] < options.least_exports) {
            rows[a] = 0;
            gone.push_back(m.areas[a]);
        }
    m = pruned(m, rows, columns);
    for (;;) {
        mark_advantages(out, advantages(m), options.least_advantage);
        rows.assign(m.areas.size(), 1);
        columns.assign(m.products.size(), 1);
        bool whole = true;
        for (std::size_t a = 0; a < rows.size(); ++a)
            if (out.diversity[a] == 0) {
                rows[a] = 0;
                gone.push_back(m.areas[a]);
                whole = false;
            }
        for (std::size_t p = 0; p < columns.size(); ++p)
            if (out.ubiquity[p] == 0) {
                columns[p] = 0;
                whole = false;
            }
        if (whole) break;
        m = pruned(m, rows, columns);
    }
    std::sort(gone.begin(), gone.end());
    out.left_out = std::move(gone);
    return out;
}

void fill_proximity(product_space& s) {
    const std::size_t n = s.products.size();
    std::vector<std::int32_t> together(n * n, 0);
    std::vector<std::size_t> own;
    for (std::size_t a = 0; a < s.areas.size(); ++a) {
        own.clear();
        for (std::size_t p = 0; p < n; ++p)
            if (s.made[s.place(a, p)] != 0) own.push_back(p);
        for (const std::size_t p : own)
            for (const std::size_t q : own) ++together[p * n + q];
    }
    s.proximity.assign(n * n, 0);
    for (std::size_t p = 0; p < n; ++p)
        for (std::size_t q = 0; q < n; ++q)
            if (p != q)
                s.proximity[p * n + q] =
                    static_cast<double>(together[p * n + q]) /
                    static_cast<double>(std::max(s.ubiquity[p], s.ubiquity[q]));
}

void fill_density(product_space& s) {
    const std::size_t n = s.products.size();
    s.density.assign(s.made.size(), 0);
    std::vector<double> all(n, 0);
    for (std::size_t p = 0; p < n; ++p)
        for (std::size_t q = 0; q < n; ++q) all[p] += s.proximity[p * n + q];
    for (std::size_t a = 0; a < s.areas.size(); ++a) {
        double* own = &s.density[a * n];
        for (std::size_t q = 0; q < n; ++q) {
            if (s.made[s.place(a, q)] == 0) continue;
            for (std::size_t p = 0; p < n; ++p) own[p] += s.proximity[q * n + p];
        }
        for (std::size_t p = 0; p < n; ++p) own[p] = all[p] > 0 ? own[p] / all[p] : 0;
    }
}

/// D^-1/2 M Kp^-1 M' D^-1/2, which is similar to the matrix of the definition and symmetric.
std::vector<double> symmetric_form(const product_space& s) {
    const std::size_t n = s.areas.size();
    std::vector<double> out(n * n, 0);
    for (std::size_t a = 0; a < n; ++a)
        for (std::size_t b = a; b < n; ++b) {
            double sum = 0;
            for (std::size_t p = 0; p < s.products.size(); ++p)
                if (s.made[s.place(a, p)] != 0 && s.made[s.place(b, p)] != 0)
                    sum += 1 / static_cast<double>(s.ubiquity[p]);
            out[a * n + b] = out[b * n + a] = sum / std::sqrt(static_cast<double>(s.diversity[a]) *
                                                              static_cast<double>(s.diversity[b]));
        }
    return out;
}

double mean_of(const std::vector<double>& v) {
    double sum = 0;
    for (const double one : v) sum += one;
    return sum / static_cast<double>(v.size());
}

/// Sum of products of deviations from the means.
double moment(const std::vector<double>& a, const std::vector<double>& b) {
    const double ma = mean_of(a);
    const double mb = mean_of(b);
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - ma) * (b[i] - mb);
    return sum;
}

result<void> fill_complexity(product_space& s) {
    const eigen_system found = symmetric_eigen(symmetric_form(s), s.areas.size());
    if (!found.converged)
        return refuse(refusals::not_converged, "exports", "The eigenvectors",
                      fmt::format("{} sweeps left {:.1e} off the diagonal", found.sweeps,
                                  found.off_diagonal));
    s.second_eigenvalue = found.values[1];
    s.third_eigenvalue = found.values[2];
    if (s.second_eigenvalue - s.third_eigenvalue < least_gap || 1 - s.second_eigenvalue < least_gap)
        return refuse(refusals::eigenvalues_near, "exports", fmt::format("{:.9f}", found.values[0]),
                      fmt::format("{:.9f}", found.values[1]),
                      fmt::format("{:.9f}", found.values[2]));
    std::vector<double> raw(s.areas.size());
    std::vector<double> diversity(s.areas.size());
    for (std::size_t a = 0; a < raw.size(); ++a) {
        diversity[a] = static_cast<double>(s.diversity[a]);
        raw[a] = found.vectors[found.n + a] / std::sqrt(diversity[a]);
    }
    if (moment(raw, diversity) < 0)
        for (double& one : raw) one = -one;
    const double mean = mean_of(raw);
    const double deviation = std::sqrt(moment(raw, raw) / static_cast<double>(raw.size()));
    s.sign_correlation =
        moment(raw, diversity) / std::sqrt(moment(raw, raw) * moment(diversity, diversity));
    for (const double one : raw) s.complexity.push_back((one - mean) / deviation);
    // The vector of products whose mean over the products of a territory is the territory's own.
    for (std::size_t p = 0; p < s.products.size(); ++p) {
        double sum = 0;
        for (std::size_t a = 0; a < raw.size(); ++a)
            if (s.made[s.place(a, p)] != 0) sum += raw[a];
        const double own = sum / static_cast<double>(s.ubiquity[p]) / s.second_eigenvalue;
        s.product_complexity.push_back((own - mean) / deviation);
    }
    return {};
}

void fill_opportunity(product_space& s) {
    for (std::size_t a = 0; a < s.areas.size(); ++a) {
        double sum = 0;
        for (std::size_t p = 0; p < s.products.size(); ++p)
            if (s.made[s.place(a, p)] == 0)
                sum += s.density[s.place(a, p)] * s.product_complexity[p];
        s.opportunity.push_back(sum);
    }
}

void add_caveat(product_space& s, char letter, bool applies, const remark_kind& kind,
                std::vector<std::string> args = {}) {
    std::string sentence = english(kind, args);
    s.caveats.push_back(
        {letter, std::move(sentence), applies, remark{std::string(kind.code), std::move(args)}});
}

void add_caveats(product_space& s, const space_options& options) {
    const std::size_t top = static_cast<std::size_t>(
        std::max_element(s.complexity.begin(), s.complexity.end()) - s.complexity.begin());
    constexpr std::int64_t few = 30;
    add_caveat(s, 'a', s.diversity[top] < few, remarks::tiny_territories,
               {s.areas[top], std::to_string(s.diversity[top])});
    add_caveat(s, 'b', s.sign_correlation < 0.3, remarks::sign_by_diversity,
               {fmt::format("{:.3f}", s.sign_correlation)});
    add_caveat(s, 'c', true, remarks::other_indices);
    add_caveat(s, 'd', options.regional, remarks::order_needed);
    add_caveat(
        s, 'e', s.third_eigenvalue > 0.9 * s.second_eigenvalue, remarks::near_eigenvalues,
        {fmt::format("{:.6f}", s.second_eigenvalue), fmt::format("{:.6f}", s.third_eigenvalue)});
}

result<product_space> advantages_checked(const goods_matrix& exports,
                                         const space_options& options) {
    product_space out = with_advantages(exports, options);
    if (out.areas.size() < 3 || out.products.size() < 3)
        return refuse(refusals::space_too_small, "exports", std::to_string(out.areas.size()),
                      std::to_string(out.products.size()));
    if (out.areas.size() > most_territories || out.products.size() > most_space_products)
        return refuse(refusals::space_too_large, "exports", std::to_string(out.areas.size()),
                      std::to_string(out.products.size()), std::to_string(most_territories),
                      std::to_string(most_space_products));
    return out;
}

}  // namespace

result<product_space> complexity_of(const goods_matrix& exports, const space_options& options) {
    product_space out = VECHE_TRY(advantages_checked(exports, options));
    VECHE_CHECK(fill_complexity(out));
    return out;
}

result<product_space> relatedness_of(const goods_matrix& exports, const space_options& options) {
    product_space out = VECHE_TRY(advantages_checked(exports, options));
    fill_proximity(out);
    fill_density(out);
    return out;
}

result<product_space> space_of(const goods_matrix& exports, const space_options& options) {
    product_space out = VECHE_TRY(complexity_of(exports, options));
    fill_proximity(out);
    fill_density(out);
    fill_opportunity(out);
    add_caveats(out, options);
    return out;
}

}  // namespace veche::trade
