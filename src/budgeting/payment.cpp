#include "budgeting/payment.hpp"

#include <algorithm>
#include <numeric>

namespace veche::budgeting {

std::optional<payment> pay_equally(std::int64_t cost, const std::vector<std::int64_t>& budgets) {
    std::vector<std::int64_t> sorted = budgets;
    std::sort(sorted.begin(), sorted.end());
    std::int64_t left = cost;
    auto able = static_cast<std::int64_t>(sorted.size());
    // The poorest first: who has less than an equal part of what is left gives all.
    for (const std::int64_t has : sorted) {
        if (static_cast<int128>(has) * able >= left) break;
        left -= has;
        --able;
    }
    if (able == 0) return std::nullopt;
    const auto lowest = [](std::int64_t num, std::int64_t den) {
        const std::int64_t divisor = std::gcd(num, den);
        return ratio{num / divisor, den / divisor};
    };
    payment out{lowest(left, able), {}, {}};
    for (const std::int64_t has : budgets) out.shares.push_back(std::min(ratio{has, 1}, out.price));
    const std::int64_t common = std::gcd(cost, out.price.num);
    out.effective_votes = lowest(cost / common * out.price.den, out.price.num / common);
    return out;
}

}  // namespace veche::budgeting
