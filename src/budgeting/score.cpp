#include "budgeting/score.hpp"

namespace veche::budgeting {

std::vector<support> supports_of(const election& e) {
    std::vector<support> out(e.projects.size());
    for (std::size_t g = 0; g < e.groups(); ++g)
        for (std::uint32_t m = e.begins[g]; m < e.begins[g + 1]; ++m) {
            support& one = out[e.marks[m].project];
            one.votes += e.counts[g];
            one.points += std::int64_t{e.marks[m].points} * e.counts[g];
        }
    return out;
}

}  // namespace veche::budgeting
