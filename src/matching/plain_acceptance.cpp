#include "matching/plain_acceptance.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "kernel/check.hpp"

namespace veche::matching {

namespace {

using ranked_applicant = std::pair<std::uint32_t, std::uint32_t>;  ///< rank, applicant

}  // namespace

assignment plain_acceptance(const market& m) {
    std::vector<std::set<ranked_applicant>> held(m.programmes());
    std::vector<std::uint32_t> next(m.begins.begin(), m.begins.end() - 1);
    assignment got(m.applicants(), nobody);
    std::vector<std::uint32_t> free;
    for (std::uint32_t a = m.applicants(); a-- > 0;) free.push_back(a);
    while (!free.empty()) {
        const std::uint32_t a = free.back();
        if (next[a] == m.begins[a + 1]) {
            free.pop_back();
            continue;
        }
        const choice& wish = m.choices[next[a]++];
        VECHE_ENSURE(wish.programme < m.programmes(), "a choice is at a programme that exists");
        auto& holders = held[wish.programme];
        holders.insert({wish.rank, a});
        got[a] = wish.programme;
        free.pop_back();
        if (holders.size() <= m.capacities[wish.programme]) continue;
        const std::uint32_t out = std::prev(holders.end())->second;
        holders.erase(std::prev(holders.end()));
        got[out] = nobody;
        free.push_back(out);
    }
    return got;
}

assignment plain_offers(const market& m) {
    struct caller {
        std::uint32_t rank;
        std::uint32_t applicant;
        std::uint32_t place;  ///< of the programme in the applicant's list
        auto operator<=>(const caller&) const = default;
    };
    std::vector<std::vector<caller>> orders(m.programmes());
    for (std::uint32_t a = 0; a < m.applicants(); ++a)
        for (std::uint32_t c = m.begins[a]; c < m.begins[a + 1]; ++c)
            orders[m.choices[c].programme].push_back({m.choices[c].rank, a, c});
    for (auto& order : orders) std::sort(order.begin(), order.end());
    std::vector<std::size_t> next(m.programmes(), 0);
    std::vector<std::uint32_t> seats = m.capacities;
    std::vector<std::uint32_t> held(m.applicants(), nobody);  ///< position in choices
    std::vector<std::uint32_t> calling;
    for (std::uint32_t p = 0; p < m.programmes(); ++p) calling.push_back(p);
    while (!calling.empty()) {
        const std::uint32_t p = calling.back();
        if (seats[p] == 0 || next[p] == orders[p].size()) {
            calling.pop_back();
            continue;
        }
        const caller& to = orders[p][next[p]++];
        std::uint32_t& has = held[to.applicant];
        if (has < to.place) continue;  // the one held is better
        if (has != nobody) {
            ++seats[m.choices[has].programme];
            calling.push_back(m.choices[has].programme);
        }
        has = to.place;
        --seats[p];
    }
    assignment got(m.applicants(), nobody);
    for (std::uint32_t a = 0; a < m.applicants(); ++a)
        if (held[a] != nobody) got[a] = m.choices[held[a]].programme;
    return got;
}

}  // namespace veche::matching
