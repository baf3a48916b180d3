#include "fund/ledger.hpp"

#include <algorithm>
#include <numeric>

#include "kernel/check.hpp"

namespace veche::fund {
namespace {

/// What the legs add to each account, legs on one account together.
std::map<balance_key, int128> changes_of(const std::vector<leg>& legs) {
    std::map<balance_key, int128> change;
    for (const leg& l : legs) change[{l.account, l.amount_.unit}] += l.amount_.minor;
    return change;
}

}  // namespace

bool fits(int128 minor) {
    return minor <= INT64_MAX && minor >= -INT64_MAX;
}

std::int64_t balance(const state& s, const std::string& account, const unit_id& unit) {
    const account_fold* found = s.balances.find(balance_key{account, unit});
    return found ? found->minor : 0;
}

std::int64_t spent_on(const state& s, const budget_line& line) {
    return balance(s, "Expense:" + line.id.value, line.amended.unit);
}

std::optional<std::string> overflowing_account(const state& s, const std::vector<leg>& legs) {
    for (const auto& [key, by] : changes_of(legs))
        if (!fits(by + balance(s, key.first, key.second))) return key.first;
    return std::nullopt;
}

void post(state& s, ledger_entry entry) {
    std::map<unit_id, int128> sums;
    for (const leg& l : entry.legs) sums[l.amount_.unit] += l.amount_.minor;
    for (const auto& [unit, sum] : sums)
        VECHE_ENSURE(sum == 0, "an entry sums to zero in every unit");
    for (const auto& [key, by] : changes_of(entry.legs)) {
        account_fold& held =
            s.balances.contains(key) ? s.balances.edit(key) : s.balances.insert(key, {});
        VECHE_ENSURE(fits(by + held.minor), "balances fit 64 bits");
        held.minor = static_cast<std::int64_t>(by + held.minor);
        ++held.entries;
        held.last_seq = entry.seq;
    }
    const std::uint64_t seq = entry.seq;
    s.entries.insert(seq, std::move(entry));
}

std::vector<int128> divide_by_largest_remainder(int128 total,
                                                const std::vector<std::int64_t>& weights) {
    const int128 sum = std::accumulate(weights.begin(), weights.end(), int128{0});
    VECHE_ENSURE(sum > 0 && total >= 0 && total >> 64 == 0, "there is something to divide by");
    std::vector<int128> parts;
    std::vector<int128> remainders;
    int128 left = total;
    for (const std::int64_t w : weights) {
        VECHE_ENSURE(w >= 0, "no weight is negative");
        parts.push_back(total * w / sum);
        remainders.push_back(total * w % sum);
        left -= parts.back();
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return remainders[a] > remainders[b]; });
    for (std::size_t i = 0; left > 0; ++i, --left) ++parts[order[i]];
    return parts;
}

}  // namespace veche::fund
