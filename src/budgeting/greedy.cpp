#include "budgeting/greedy.hpp"

#include <algorithm>
#include <numeric>

#include "budgeting/refusal.hpp"
#include "budgeting/score.hpp"

namespace veche::budgeting {

namespace {

/// Most points first.
void by_score(const election& e, std::vector<std::uint32_t>& projects,
              const std::vector<std::uint32_t>& tie_rank) {
    const std::vector<support> found = supports_of(e);
    std::sort(projects.begin(), projects.end(), [&](std::uint32_t a, std::uint32_t b) {
        return found[a].points != found[b].points ? found[a].points > found[b].points
                                                  : tie_rank[a] < tie_rank[b];
    });
}

}  // namespace

result<std::vector<std::uint32_t>> lottery_places(const election& e,
                                                  const std::vector<std::uint32_t>& lottery) {
    std::vector<std::uint32_t> places(e.projects.size());
    std::iota(places.begin(), places.end(), 0U);
    if (lottery.empty()) return places;
    std::vector<bool> seen(places.size());
    const bool sound = lottery.size() == places.size() &&
                       std::all_of(lottery.begin(), lottery.end(), [&](std::uint32_t c) {
                           const bool fresh = c < seen.size() && !seen[c];
                           if (fresh) seen[c] = true;
                           return fresh;
                       });
    if (!sound) return refuse(refusals::order_incomplete, "lottery", std::to_string(places.size()));
    for (std::uint32_t n = 0; n < lottery.size(); ++n) places[lottery[n]] = n;
    return places;
}

std::vector<std::uint32_t> spend_greedily(const election& e, std::int64_t money,
                                          std::vector<std::uint32_t> candidates,
                                          const std::vector<std::uint32_t>& tie_rank) {
    by_score(e, candidates, tie_rank);
    std::vector<std::uint32_t> out;
    for (const std::uint32_t c : candidates) {
        if (e.projects[c].cost > money) continue;
        money -= e.projects[c].cost;
        out.push_back(c);
    }
    return out;
}

result<std::vector<std::uint32_t>> greedy(const election& e, const greedy_rules& rules) {
    VECHE_CHECK(check(e));
    const auto places = VECHE_TRY(lottery_places(e, rules.lottery));
    const std::vector<support> found = supports_of(e);
    std::vector<std::uint32_t> candidates;
    for (std::uint32_t c = 0; c < e.projects.size(); ++c)
        if (found[c].points >= rules.threshold) candidates.push_back(c);
    if (!rules.no_skip) return spend_greedily(e, e.budget, std::move(candidates), places);
    by_score(e, candidates, places);
    std::int64_t money = e.budget;
    std::vector<std::uint32_t> out;
    for (const std::uint32_t c : candidates) {
        if (e.projects[c].cost > money) break;
        money -= e.projects[c].cost;
        out.push_back(c);
    }
    return out;
}

certificate certify(const election& e, std::string_view rule,
                    const std::vector<std::uint32_t>& chosen, const greedy_rules& rules) {
    certificate out;
    out.rule = rule;
    out.budget = e.budget;
    out.voters = e.voters;
    for (const std::uint32_t c : chosen) {
        out.completed.push_back(e.projects[c].id);
        out.cost += e.projects[c].cost;
    }
    const std::vector<support> found = supports_of(e);
    for (std::size_t c = 0; c < found.size(); ++c)
        if (found[c].points < rules.threshold) out.excluded.push_back(e.projects[c].id);
    return out;
}

}  // namespace veche::budgeting
