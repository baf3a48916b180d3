#include "matching/call_order_check.hpp"

#include <array>

namespace veche::matching {

namespace {

/// The best rank that waits of each set of kinds: anybody, scholarship, sector, both.
using still_waiting = std::array<std::uint32_t, 4>;

std::string at_call(std::size_t k, const std::string& what) {
    return "call " + std::to_string(k + 1) + ": " + what;
}

}  // namespace

std::string call_order_fault(std::span<const call_kind> by_rank, least_rates rates,
                             std::span<const std::uint32_t> order) {
    if (order.size() != by_rank.size()) return "not everybody is called once";
    std::vector<bool> seen(order.size(), false);
    for (const std::uint32_t r : order) {
        if (r >= seen.size() || seen[r]) return "not everybody is called once";
        seen[r] = true;
    }
    const auto holds = [&](std::uint32_t rank, int set) {
        const bool scholarship =
            by_rank[rank] == call_kind::scholarship || by_rank[rank] == call_kind::both;
        const bool local = by_rank[rank] == call_kind::sector || by_rank[rank] == call_kind::both;
        return set == 0 || (set == 1 && scholarship) || (set == 2 && local) ||
               (set == 3 && scholarship && local);
    };
    std::vector<still_waiting> best(order.size() + 1, {nobody, nobody, nobody, nobody});
    for (std::size_t k = order.size(); k-- > 0;) {
        best[k] = best[k + 1];
        for (int set = 0; set < 4; ++set)
            if (holds(order[k], set) && order[k] < best[k][static_cast<std::size_t>(set)])
                best[k][static_cast<std::size_t>(set)] = order[k];
    }
    std::uint64_t scholarships = 0;
    std::uint64_t locals = 0;
    for (std::size_t k = 0; k < order.size(); ++k) {
        const still_waiting& wait = best[k];
        const bool needs_first =
            wait[1] != nobody && scholarships * 100 < std::uint64_t{rates.scholarship} * (k + 1);
        const bool needs_second =
            wait[2] != nobody && locals * 100 < std::uint64_t{rates.sector} * (k + 1);
        if (needs_first && !holds(order[k], 1)) return at_call(k, "a scholarship holder was due");
        if (needs_second && !needs_first && !holds(order[k], 2))
            return at_call(k, "an applicant of the sector was due");
        int set = needs_first ? 1 : needs_second ? 2 : 0;
        if (needs_first && needs_second && wait[3] != nobody) set = 3;
        if (!holds(order[k], set)) return at_call(k, "an applicant of both kinds was due");
        if (wait[static_cast<std::size_t>(set)] != order[k])
            return at_call(k, "somebody of better rank waits");
        scholarships += holds(order[k], 1);
        locals += holds(order[k], 2);
    }
    return {};
}

}  // namespace veche::matching
