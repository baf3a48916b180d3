#include "matching/boarding_bars_check.hpp"

#include <set>

namespace veche::matching {

namespace {

struct beds_taken {
    std::vector<std::set<std::int64_t>> ranks;       ///< of each house
    std::vector<std::vector<std::int64_t>> offered;  ///< of each group
};

beds_taken under_bars(const boarding_market& m, const std::vector<std::int64_t>& bars) {
    beds_taken taken;
    taken.ranks.resize(m.beds.size());
    for (const boarding_group& group : m.groups) {
        auto& row = taken.offered.emplace_back();
        for (const boarding_call& one : group.calls) {
            if (row.size() == group.seats) break;
            const bool boards = one.house != nobody;
            if (boards && one.house_rank >= bars[one.house]) continue;
            row.push_back(one.applicant);
            if (boards) taken.ranks[one.house].insert(one.house_rank);
        }
    }
    return taken;
}

}  // namespace

std::string boarding_fault(const boarding_market& m, const boarding_certificate& made) {
    if (made.bars.size() != m.beds.size()) return "there is not one bar for each house";
    std::vector<std::int64_t> bars(m.beds.size(), 0);
    for (const boarding_group& group : m.groups)
        for (const boarding_call& one : group.calls)
            if (one.house != nobody && one.house_rank >= bars[one.house])
                bars[one.house] = std::int64_t{one.house_rank} + 1;
    for (std::size_t s = 0; s < made.steps.size();) {
        const beds_taken taken = under_bars(m, bars);
        const std::int64_t round = made.steps[s].round;
        for (; s < made.steps.size() && made.steps[s].round == round; ++s) {
            const bar_step& step = made.steps[s];
            const auto house = static_cast<std::size_t>(step.house);
            const std::string where = "step " + std::to_string(s + 1);
            if (step.house < 0 || house >= bars.size()) return where + ": there is no such house";
            if (step.bar >= bars[house]) return where + ": the bar is not lowered";
            std::size_t before = 0;
            for (const std::int64_t rank : taken.ranks[house]) before += rank <= step.bar;
            if (before <= m.beds[house]) return where + ": the bar need not fall so low";
            bars[house] = step.bar;
        }
    }
    if (bars != made.bars) return "the bars are not those that the steps lead to";
    const beds_taken taken = under_bars(m, bars);
    for (std::size_t h = 0; h < bars.size(); ++h)
        if (taken.ranks[h].size() > m.beds[h])
            return "house " + std::to_string(h) + " has more offers than beds";
    if (taken.offered != made.offers) return "the offers are not those under the bars";
    return {};
}

}  // namespace veche::matching
