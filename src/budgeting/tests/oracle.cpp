#include "budgeting/tests/oracle.hpp"

#include <algorithm>
#include <optional>

#include <gmpxx.h>

namespace veche::budgeting::testing {

namespace {

struct lone_voter {
    mpq_class money;
    std::vector<mark> ballot;
};

mpq_class q(std::int64_t value) {
    return mpq_class(static_cast<long>(value));
}

/// The poorest for their points give all; the first who need not, and all richer, share the rest.
std::optional<mpq_class> slow_price(const std::vector<lone_voter>& voters, std::uint32_t project,
                                    std::int64_t cost) {
    std::vector<std::pair<mpq_class, long>> reach;  // money for each point, points
    long points = 0;
    for (const lone_voter& v : voters)
        for (const mark& m : v.ballot)
            if (m.project == project) {
                reach.emplace_back(v.money / q(m.points), m.points);
                points += m.points;
            }
    std::sort(reach.begin(), reach.end());
    mpq_class left = q(cost);
    for (const auto& [most, own] : reach) {
        if (most * points >= left) return mpq_class(left / points);
        left -= most * own;
        points -= own;
    }
    return std::nullopt;
}

}  // namespace

std::vector<slow_purchase> slow_shares(const election& e, utility measure, const ratio& endowment,
                                       const std::vector<std::uint32_t>& ranks) {
    std::vector<lone_voter> voters;
    for (std::size_t g = 0; g < e.groups(); ++g)
        for (std::uint32_t n = 0; n < e.counts[g]; ++n)
            voters.push_back({q(endowment.num) / q(endowment.den),
                              {e.marks.begin() + e.begins[g], e.marks.begin() + e.begins[g + 1]}});
    std::vector<bool> done(e.projects.size());
    std::vector<slow_purchase> out;
    for (;;) {
        std::optional<std::uint32_t> best;
        mpq_class best_price;
        mpq_class best_each;
        for (std::uint32_t c = 0; c < e.projects.size(); ++c) {
            if (done[c]) continue;
            const auto price = slow_price(voters, c, e.projects[c].cost);
            if (!price) continue;
            const mpq_class each =
                measure == utility::cost ? mpq_class(*price / q(e.projects[c].cost)) : *price;
            if (best && (each > best_each || (each == best_each && ranks[c] > ranks[*best])))
                continue;
            best = c;
            best_price = *price;
            best_each = each;
        }
        if (!best) return out;
        done[*best] = true;
        out.push_back({*best, best_price.get_str()});
        for (lone_voter& v : voters)
            for (const mark& m : v.ballot)
                if (m.project == *best) {
                    const mpq_class asked = best_price * q(m.points);
                    v.money = v.money > asked ? mpq_class(v.money - asked) : mpq_class();
                }
    }
}

}  // namespace veche::budgeting::testing
