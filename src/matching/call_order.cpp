#include "matching/call_order.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>

#include "matching/more_refusal.hpp"

namespace veche::matching {

namespace {

bool has_scholarship(call_kind k) {
    return k == call_kind::scholarship || k == call_kind::both;
}

bool has_sector(call_kind k) {
    return k == call_kind::sector || k == call_kind::both;
}

/// Four queues by kind, each by rank.
class call_queues {
  public:
    explicit call_queues(std::span<const call_kind> by_rank) {
        for (std::uint32_t r = 0; r < by_rank.size(); ++r)
            waiting_[static_cast<std::size_t>(by_rank[r])].push_back(r);
    }

    /// The best rank that waits in any of the kinds; `nobody` where none does.
    [[nodiscard]] std::uint32_t best(std::initializer_list<call_kind> kinds) const {
        std::uint32_t found = nobody;
        for (const call_kind k : kinds) {
            const auto at = static_cast<std::size_t>(k);
            if (next_[at] < waiting_[at].size()) found = std::min(found, waiting_[at][next_[at]]);
        }
        return found;
    }

    void take(call_kind k) { ++next_[static_cast<std::size_t>(k)]; }

  private:
    std::array<std::vector<std::uint32_t>, 4> waiting_;
    std::array<std::size_t, 4> next_{};
};

bool binds(std::uint64_t called, std::uint32_t rate, std::uint64_t k) {
    return called * 100 < rate * k;
}

}  // namespace

result<std::vector<std::uint32_t>> call_order(std::span<const call_kind> by_rank,
                                              least_rates rates) {
    for (const std::uint32_t rate : {rates.scholarship, rates.sector})
        if (rate > 100)
            return refuse(more_refusals::rate_out_of_range, "rates", std::to_string(rate));
    using enum call_kind;
    call_queues queues(by_rank);
    std::vector<std::uint32_t> order;
    order.reserve(by_rank.size());
    std::uint64_t scholarships = 0;
    std::uint64_t of_sector = 0;
    for (std::uint64_t k = 1; k <= by_rank.size(); ++k) {
        const std::uint32_t holder = queues.best({scholarship, both});
        const std::uint32_t local = queues.best({sector, both});
        const std::uint32_t double_ = queues.best({both});
        const bool first = binds(scholarships, rates.scholarship, k) && holder != nobody;
        const bool second = binds(of_sector, rates.sector, k) && local != nobody;
        std::uint32_t called = queues.best({neither, sector, scholarship, both});
        if (first && second)
            called = double_ != nobody ? double_ : holder;
        else if (first)
            called = holder;
        else if (second)
            called = local;
        const call_kind kind = by_rank[called];
        queues.take(kind);
        scholarships += has_scholarship(kind);
        of_sector += has_sector(kind);
        order.push_back(called);
    }
    return order;
}

result<market> ranked_by_call(const market& m, std::span<const call_kind> kinds,
                              std::span<const least_rates> rates) {
    if (kinds.size() != m.choices.size() || rates.size() != m.programmes())
        return refuse(more_refusals::market_malformed, {},
                      "every choice has a kind, and every programme its rates");
    // Of each programme: rank there and place among all choices.
    std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> rows(m.programmes());
    for (std::uint32_t c = 0; c < m.choices.size(); ++c) {
        if (m.choices[c].programme >= m.programmes())
            return refuse(more_refusals::market_malformed, {},
                          "a choice is at a programme that does not exist");
        rows[m.choices[c].programme].push_back({m.choices[c].rank, c});
    }
    market called = m;
    for (std::uint32_t p = 0; p < m.programmes(); ++p) {
        auto& row = rows[p];
        std::sort(row.begin(), row.end());
        std::vector<call_kind> by_rank;
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0 && row[i].first == row[i - 1].first)
                return refuse(more_refusals::market_malformed, "programme " + std::to_string(p),
                              "programme " + std::to_string(p) +
                                  " ranks two alike, and calls go by strict ranks");
            by_rank.push_back(kinds[row[i].second]);
        }
        const auto order = VECHE_TRY(call_order(by_rank, rates[p]));
        for (std::uint32_t k = 0; k < order.size(); ++k)
            called.choices[row[order[k]].second].rank = k;
    }
    return called;
}

std::vector<call_reason> call_reasons(std::span<const call_kind> by_rank,
                                      std::span<const std::uint32_t> order) {
    // Counts of smaller values before each place, by a binary indexed tree over ranks.
    std::vector<std::uint32_t> tree(order.size() + 1, 0);
    const auto below = [&](std::size_t rank) {
        std::uint32_t sum = 0;
        for (; rank > 0; rank &= rank - 1) sum += tree[rank];
        return sum;
    };
    std::vector<call_reason> reasons(order.size());
    for (std::size_t k = 0; k < order.size(); ++k) {
        const std::uint32_t rank = order[k];
        const std::int64_t better_before = below(rank);
        reasons[rank] = {.rank = rank + 1,
                         .called = static_cast<std::int64_t>(k) + 1,
                         .passed_by = static_cast<std::int64_t>(k) - better_before,
                         .passed = rank - better_before,
                         .kind = by_rank[rank]};
        for (std::size_t at = rank + 1; at < tree.size(); at += at & -at) ++tree[at];
    }
    return reasons;
}

std::string sentence(const call_reason& why) {
    std::string text = fmt::format("Rank {} is call {}", why.rank, why.called);
    if (why.passed_by > 0)
        text += fmt::format("; {} of lower rank go before, for a least rate", why.passed_by);
    if (why.passed > 0)
        text += fmt::format("; {} of higher rank come after, for a least rate", why.passed);
    return text + ".";
}

result<std::vector<call_kind>> kinds_of(std::string_view types) {
    std::vector<call_kind> kinds;
    constexpr std::string_view letters = "CRBX";
    for (const char c : types) {
        const std::size_t at = letters.find(c);
        if (at == std::string_view::npos)
            return refuse(more_refusals::market_malformed, "types",
                          fmt::format("types are letters C, R, B, X, and place {} has another",
                                      kinds.size() + 1));
        kinds.push_back(static_cast<call_kind>(at));
    }
    return kinds;
}

}  // namespace veche::matching
