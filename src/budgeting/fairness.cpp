#include "budgeting/fairness.hpp"

#include <algorithm>

#include "budgeting/supporters.hpp"
#include "kernel/ratio.hpp"

namespace veche::budgeting {

std::vector<unheard_group> unheard_groups(const election& e,
                                          const std::vector<std::uint32_t>& chosen) {
    std::vector<bool> is_chosen(e.projects.size());
    for (const std::uint32_t c : chosen) is_chosen[c] = true;
    std::vector<std::int64_t> gets(e.groups());
    for (std::size_t g = 0; g < e.groups(); ++g)
        for (std::uint32_t m = e.begins[g]; m < e.begins[g + 1]; ++m)
            if (is_chosen[e.marks[m].project]) gets[g] += e.projects[e.marks[m].project].cost;
    const supporters index(e);
    std::vector<unheard_group> out;
    std::vector<std::pair<std::int64_t, std::int64_t>> served;  // what each gets, ballots
    for (std::uint32_t c = 0; c < e.projects.size(); ++c) {
        if (is_chosen[c]) continue;
        served.clear();
        for (const supporter& one : index.of(c)) served.emplace_back(gets[one.group], one.count);
        std::sort(served.begin(), served.end());
        std::int64_t ballots = 0;
        for (const auto& [most, count] : served) {
            // The least number of ballots with `most` among them that holds enough.
            const int128 asked = static_cast<int128>(most + e.projects[c].cost) * e.voters;
            const auto needed = static_cast<std::int64_t>((asked + e.budget - 1) / e.budget);
            if (std::max(needed, ballots + 1) <= ballots + count) {
                out.push_back({c, std::max(needed, ballots + 1)});
                break;
            }
            ballots += count;
        }
    }
    return out;
}

}  // namespace veche::budgeting
