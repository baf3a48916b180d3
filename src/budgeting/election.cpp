#include "budgeting/election.hpp"

#include <algorithm>
#include <numeric>
#include <span>

#include "budgeting/refusal.hpp"

namespace veche::budgeting {

void election::add(const std::vector<mark>& ballot, std::uint32_t count) {
    voters += count;
    marks.insert(marks.end(), ballot.begin(), ballot.end());
    begins.push_back(static_cast<std::uint32_t>(marks.size()));
    counts.push_back(count);
}

void election::group() {
    std::vector<std::uint32_t> order(groups());
    std::iota(order.begin(), order.end(), 0U);
    const auto ballot = [this](std::uint32_t g) {
        return std::span<const mark>(marks).subspan(begins[g], begins[g + 1] - begins[g]);
    };
    if (kind != ballot_kind::ordinal)
        for (std::uint32_t g = 0; g < groups(); ++g)
            std::sort(marks.begin() + begins[g], marks.begin() + begins[g + 1]);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        const auto x = ballot(a);
        const auto y = ballot(b);
        return std::lexicographical_compare(x.begin(), x.end(), y.begin(), y.end());
    });
    election out;
    for (const std::uint32_t g : order) {
        const auto now = ballot(g);
        if (!out.counts.empty()) {
            const std::span<const mark> last(out.marks.data() + out.begins.end()[-2],
                                             out.marks.data() + out.begins.back());
            if (std::equal(now.begin(), now.end(), last.begin(), last.end())) {
                out.counts.back() += counts[g];
                continue;
            }
        }
        out.marks.insert(out.marks.end(), now.begin(), now.end());
        out.begins.push_back(static_cast<std::uint32_t>(out.marks.size()));
        out.counts.push_back(counts[g]);
    }
    out.marks.shrink_to_fit();
    marks = std::move(out.marks);
    begins = std::move(out.begins);
    counts = std::move(out.counts);
}

result<void> check(const election& e) {
    if (e.projects.empty()) return refuse(refusals::project_missing, "projects");
    if (e.voters < 1) return refuse(refusals::voter_missing, "ballots");
    const std::string most = std::to_string(most_money);
    if (e.budget < 1 || e.budget > most_money)
        return refuse(refusals::budget_out_of_range, "budget", most);
    std::int64_t rest = most_money;
    for (const project& one : e.projects) {
        if (one.cost < 1 || one.cost > rest)
            return refuse(refusals::cost_out_of_range, "projects", one.id, most);
        rest -= one.cost;
    }
    std::int64_t ballots = 0;
    std::uint64_t points = 0;
    std::vector<std::size_t> seen(e.projects.size(), SIZE_MAX);
    for (std::size_t g = 0; g < e.groups(); ++g) {
        ballots += e.counts[g];
        for (std::uint32_t m = e.begins[g]; m < e.begins[g + 1]; ++m) {
            const mark& one = e.marks[m];
            if (one.project >= e.projects.size() || one.points == 0 || seen[one.project] == g)
                return refuse(refusals::ballot_malformed, "ballots", std::to_string(g));
            seen[one.project] = g;
            points += std::uint64_t{one.points} * e.counts[g];
            if (points >> 52 != 0)
                return refuse(refusals::too_many_ballots, "ballots", std::to_string(most_ballots));
        }
    }
    if (ballots > e.voters || e.voters > most_ballots)
        return refuse(refusals::too_many_ballots, "ballots", std::to_string(most_ballots));
    return {};
}

}  // namespace veche::budgeting
