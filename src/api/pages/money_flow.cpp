#include "api/pages/money_flow.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "ledger/division.hpp"

namespace veche::api::pages {
namespace {

/// Sum of the balances whose account begins so, in the unit. Debit is above zero.
std::int64_t held_under(const fund::balances_view& balances, std::string_view prefix,
                        const unit_id& unit) {
    std::int64_t sum = 0;
    for (const fund::balance_row& row : balances.accounts)
        if (row.balance.unit == unit && row.account.starts_with(prefix)) sum += row.balance.minor;
    return sum;
}

/// Income that no member owes: all but contributions.
std::int64_t other_income(const fund::balances_view& balances, const unit_id& unit) {
    return held_under(balances, "Income:Contribution:", unit) -
           held_under(balances, "Income:", unit);
}

std::int64_t recovered_in(const fund::payments_view& payments, const unit_id& unit) {
    std::int64_t sum = 0;
    for (const fund::payment_row& row : payments.payments)
        if (row.recovered.unit == unit) sum += row.recovered.minor;
    return sum;
}

/// Line by line in the order of the budget, each with its partners in the order of their names.
std::vector<flow_use> paid_to_partners(const fund::budget_view& budget,
                                       const fund::commitments_view& commitments,
                                       const unit_id& unit) {
    std::vector<flow_use> uses;
    for (const fund::line_row& line : budget.lines) {
        if (line.amended.unit != unit) continue;
        std::map<std::pair<std::string, std::string>, std::int64_t> paid;
        for (const fund::commitment_row& row : commitments.commitments)
            if (row.line == line.line && row.paid.minor > 0)
                paid[{row.partner.name, row.partner.registration}] += row.paid.minor;
        for (const auto& [partner, minor] : paid)
            uses.push_back({flow_goal::partner,
                            line.line,
                            line.title,
                            {partner.first, partner.second},
                            minor});
    }
    return uses;
}

std::int64_t sum_of(const std::vector<flow_use>& uses) {
    return std::accumulate(uses.begin(), uses.end(), std::int64_t{0},
                           [](std::int64_t sum, const flow_use& one) { return sum + one.minor; });
}

}  // namespace

std::vector<money_flow> flows_of(const fund::contributions_view& contributions,
                                 const fund::balances_view& balances,
                                 const fund::budget_view& budget,
                                 const fund::commitments_view& commitments,
                                 const fund::payments_view& payments) {
    std::set<unit_id> units;
    for (const fund::balance_row& row : balances.accounts)
        if (row.account.starts_with("Bank:")) units.insert(row.balance.unit);
    std::vector<money_flow> flows;
    for (const unit_id& unit : units) {
        money_flow flow{unit, {}, 0, paid_to_partners(budget, commitments, unit)};
        for (const fund::member_row& row : contributions.members)
            if (row.received.unit == unit && row.received.minor > 0)
                flow.sources.push_back(
                    {flow_side::member, row.member, row.name, row.received.minor});
        // What came back as income is counted there; the rest is on its lines again.
        const std::int64_t income = other_income(balances, unit);
        const std::int64_t reused =
            recovered_in(payments, unit) + held_under(balances, "Income:Recovered", unit);
        if (income > 0) flow.sources.push_back({flow_side::income, {}, {}, income});
        if (reused > 0) flow.sources.push_back({flow_side::came_back, {}, {}, reused});
        // A line's "paid" is what went out less what is on it again.
        std::int64_t charges = reused - sum_of(flow.uses);
        for (const fund::line_row& line : budget.lines)
            if (line.paid.unit == unit) charges += line.paid.minor;
        const std::int64_t exchanged = held_under(balances, "Exchange", unit);
        flow.got_in_exchange = std::max<std::int64_t>(-exchanged, 0);
        for (const auto& [goal, minor] :
             {std::pair{flow_goal::charges, charges},
              std::pair{flow_goal::advances, held_under(balances, "Advance:", unit)},
              std::pair{flow_goal::exchanged, exchanged},
              std::pair{flow_goal::in_bank, held_under(balances, "Bank:", unit)}})
            if (minor > 0) flow.uses.push_back({goal, {}, {}, {}, minor});
        flows.push_back(std::move(flow));
    }
    std::stable_partition(flows.begin(), flows.end(), [](const money_flow& one) {
        return !one.sources.empty() && one.sources.front().side == flow_side::member;
    });
    return flows;
}

std::vector<std::int64_t> parts_of_member(const money_flow& flow, const member_id& member) {
    int128 paid_in = 0;
    for (const flow_source& one : flow.sources)
        if (one.side == flow_side::member && one.member == member) paid_in += one.minor;
    std::vector<int128> uses;
    for (const flow_use& one : flow.uses) uses.push_back(one.minor);
    std::vector<std::int64_t> parts(uses.size());
    if (const auto divided = ledger::divide_by_largest_remainder(paid_in, uses))
        std::transform(divided->begin(), divided->end(), parts.begin(),
                       [](int128 part) { return static_cast<std::int64_t>(part); });
    return parts;
}

}  // namespace veche::api::pages
