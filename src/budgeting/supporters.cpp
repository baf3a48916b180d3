#include "budgeting/supporters.hpp"

namespace veche::budgeting {

supporters::supporters(const election& e)
    : begins(e.projects.size() + 1),
      rows(e.marks.size()),
      points(e.kind == ballot_kind::approval ? 0 : e.marks.size()),
      ballots(e.projects.size()),
      worth(e.projects.size()) {
    for (const mark& one : e.marks) ++begins[one.project + 1];
    for (std::size_t c = 0; c < e.projects.size(); ++c) begins[c + 1] += begins[c];
    std::vector<std::uint32_t> next(begins.begin(), begins.end() - 1);
    for (std::uint32_t g = 0; g < e.groups(); ++g)
        for (std::uint32_t m = e.begins[g]; m < e.begins[g + 1]; ++m) {
            const mark& one = e.marks[m];
            const std::uint32_t at = next[one.project]++;
            rows[at] = {g, e.counts[g]};
            if (!points.empty()) points[at] = one.points;
            ballots[one.project] += e.counts[g];
            worth[one.project] += std::int64_t{one.points} * e.counts[g];
        }
}

}  // namespace veche::budgeting
