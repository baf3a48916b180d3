#include "trade/order_test.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "numerics/random_stream.hpp"
#include "trade/quantiles.hpp"
#include "trade/refusal.hpp"
#include "trade/remarks.hpp"

namespace veche::trade {
namespace {

constexpr double most_work = 3e9;
constexpr std::size_t least_side = 6;
constexpr std::size_t most_comparisons = 100'000;  // of one split; beyond them some are drawn

/// The first half of the numbers below n, in an order drawn by the stream; both halves sorted.
struct halves_of {
    std::vector<std::size_t> first, second;
    halves_of(std::size_t n, numerics::random_stream& draw) {
        std::vector<std::size_t> order(n);
        for (std::size_t i = 0; i < n; ++i) order[i] = i;
        for (std::size_t i = n; i > 1; --i)
            std::swap(order[i - 1], order[static_cast<std::size_t>(draw.next() % i)]);
        first.assign(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(n / 2));
        second.assign(order.begin() + static_cast<std::ptrdiff_t>(n / 2), order.end());
        std::sort(first.begin(), first.end());
        std::sort(second.begin(), second.end());
    }
};

goods_matrix part_of(const goods_matrix& m, const std::vector<std::size_t>& areas,
                     const std::vector<std::size_t>& products) {
    goods_matrix out;
    for (const std::size_t a : areas) out.areas.push_back(m.areas[a]);
    for (const std::size_t p : products) out.products.push_back(m.products[p]);
    for (const std::size_t a : areas)
        for (const std::size_t p : products) out.values.push_back(m.at(a, p));
    return out;
}

struct placed {
    std::size_t at = 0;
    double place = 0;
};

/// Territories with their complexity by some products; those without any are left out.
std::vector<placed> order_areas(const goods_matrix& m, const std::vector<std::size_t>& products,
                                const space_options& options) {
    std::vector<std::size_t> all(m.areas.size());
    for (std::size_t a = 0; a < all.size(); ++a) all[a] = a;
    const auto found = complexity_of(part_of(m, all, products), options);
    std::vector<placed> out;
    if (!found) return out;
    for (std::size_t a = 0; a < found->areas.size(); ++a)
        out.push_back(
            {static_cast<std::size_t>(code_of(m.areas, found->areas[a])), found->complexity[a]});
    return out;
}

/// Products with the mean place of those of the territories that make them with an advantage.
std::vector<placed> order_products(const goods_matrix& m, const std::vector<placed>& areas,
                                   const std::vector<std::size_t>& products, double least) {
    std::vector<std::size_t> rows;
    for (const placed& one : areas) rows.push_back(one.at);
    const advantage_table t = advantages(part_of(m, rows, products));
    std::vector<placed> out;
    for (std::size_t p = 0; p < products.size(); ++p) {
        double sum = 0;
        std::size_t makers = 0;
        for (std::size_t a = 0; a < rows.size(); ++a)
            if (t.rca(a, p) >= least) {
                sum += areas[a].place;
                ++makers;
            }
        if (makers > 0) out.push_back({products[p], sum / static_cast<double>(makers)});
    }
    return out;
}

struct tally {
    std::int64_t in_order = 0, compared = 0;

    void add(const goods_matrix& m, placed a, placed b, placed p, placed q) {
        if (a.place < b.place) std::swap(a, b);
        if (p.place < q.place) std::swap(p, q);
        if (!(a.place > b.place) || !(p.place > q.place)) return;
        const double with = m.at(a.at, p.at) * m.at(b.at, q.at);
        const double against = m.at(a.at, q.at) * m.at(b.at, p.at);
        if (with == against) return;
        ++compared;
        in_order += with > against;
    }
};

tally compare(const goods_matrix& m, const std::vector<placed>& areas,
              const std::vector<placed>& products, numerics::random_stream& draw) {
    tally out;
    const std::size_t n = areas.size();
    const std::size_t k = products.size();
    if (n < 2 || k < 2) return out;
    if (n * (n - 1) / 2 * (k * (k - 1) / 2) > most_comparisons) {
        for (std::size_t i = 0; i < most_comparisons; ++i) {
            const placed& one = areas[draw.next() % n];
            const placed& other = areas[draw.next() % n];
            const placed& product = products[draw.next() % k];
            out.add(m, one, other, product, products[draw.next() % k]);
        }
        return out;
    }
    for (std::size_t a = 0; a < n; ++a)
        for (std::size_t b = a + 1; b < n; ++b)
            for (std::size_t p = 0; p < k; ++p)
                for (std::size_t q = p + 1; q < k; ++q)
                    out.add(m, areas[a], areas[b], products[p], products[q]);
    return out;
}

}  // namespace

result<order_test> test_order(const goods_matrix& exports, const space_options& options,
                              const order_test_options& how) {
    if (exports.areas.size() < least_side || exports.products.size() < least_side)
        return refuse(refusals::order_too_small, "exports", std::to_string(exports.areas.size()),
                      std::to_string(exports.products.size()));
    numerics::random_stream draw(how.seed);
    order_test out;
    std::vector<double> shares;
    // Eigenvectors of many territories take long: fewer halves then, and the result says how many.
    const double each = std::pow(static_cast<double>(exports.areas.size()), 3);
    const int splits =
        std::min(how.splits, std::max(10, static_cast<int>(std::min(most_work / each, 1e6))));
    for (int i = 0; i < splits; ++i) {
        const halves_of products(exports.products.size(), draw);
        const halves_of areas(exports.areas.size(), draw);
        const auto ordered = order_areas(exports, products.first, options);
        std::vector<placed> makers;
        std::vector<placed> compared;
        for (const placed& one : ordered)
            (std::binary_search(areas.first.begin(), areas.first.end(), one.at) ? makers : compared)
                .push_back(one);
        if (makers.size() < 2) continue;
        const tally found = compare(
            exports, compared,
            order_products(exports, makers, products.second, options.least_advantage), draw);
        if (found.compared == 0) continue;
        ++out.splits;
        out.comparisons += found.compared;
        shares.push_back(static_cast<double>(found.in_order) / static_cast<double>(found.compared));
        out.in_order += shares.back();
    }
    if (out.splits == 0) return refuse(refusals::order_undecided, "exports");
    out.in_order /= out.splits;
    std::sort(shares.begin(), shares.end());
    out.low = quantile_of(shares, (1 - how.level) / 2);
    out.high = quantile_of(shares, (1 + how.level) / 2);
    return out;
}

remark said_of(const order_test& test) {
    const auto percent = [](double share) { return fmt::format("{:.1f}", 100 * share); };
    return remark_of(test.holds() ? remarks::order_holds : remarks::order_fails,
                     percent(test.in_order), percent(test.low), percent(test.high),
                     std::to_string(test.splits));
}

}  // namespace veche::trade
