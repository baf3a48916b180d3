#include "matching/one_sided_check.hpp"

#include <algorithm>

namespace veche::matching {
namespace {

/// Who is placed where they did not apply, and how full programmes are.
verdict tally_places(const market& m, const assignment& placed, std::vector<std::uint32_t>& fill) {
    if (placed.size() != m.applicants()) return {fault::shape};
    fill.assign(m.programmes(), 0);
    for (std::uint32_t a = 0; a < m.applicants(); ++a) {
        if (placed[a] == nobody) continue;
        bool listed = false;
        for (std::uint32_t i = m.begins[a]; i < m.begins[a + 1]; ++i)
            listed |= m.choices[i].programme == placed[a];
        if (!listed) return {fault::not_asked_for, a, placed[a]};
        if (++fill[placed[a]] > m.capacities[placed[a]])
            return {fault::over_capacity, nobody, placed[a]};
    }
    return {};
}

bool all_zero(const price& of) {
    return std::all_of(of.begin(), of.end(), [](std::int64_t n) { return n == 0; });
}

}  // namespace

verdict check_prices(const market& m, aim what, const priced_outcome& out) {
    std::vector<std::uint32_t> fill;
    if (const verdict v = tally_places(m, out.placed, fill); !v.holds()) return v;
    if (out.applicants.size() != m.applicants() || out.programmes.size() != m.programmes())
        return {fault::shape};
    std::size_t size = what == aim::least_cost ? 2 : 1;
    for (std::uint32_t a = 0; what == aim::rank_maximal && a < m.applicants(); ++a)
        size = std::max<std::size_t>(size, m.begins[a + 1] - m.begins[a]);
    for (const auto* prices : {&out.applicants, &out.programmes})
        for (const price& one : *prices)
            if (one.size() != size || one > price(size, 0)) return {fault::shape};
    for (std::uint32_t p = 0; p < m.programmes(); ++p)
        if (fill[p] < m.capacities[p] && !all_zero(out.programmes[p]))
            return {fault::needless_limit, nobody, p};
    for (std::uint32_t a = 0; a < m.applicants(); ++a) {
        if (out.placed[a] == nobody && !all_zero(out.applicants[a])) return {fault::improvable, a};
        for (std::uint32_t i = m.begins[a]; i < m.begins[a + 1]; ++i) {
            const std::uint32_t p = m.choices[i].programme;
            const std::uint32_t number = i - m.begins[a];
            // What the choice costs above the prices of its ends.
            price above(size, 0);
            if (what == aim::least_cost)
                above = {-1, number + std::int64_t{1}};
            else
                above[number] = -1;
            for (std::size_t k = 0; k < size; ++k)
                above[k] -= out.applicants[a][k] + out.programmes[p][k];
            if (above < price(size, 0)) return {fault::improvable, a, p};
            if (out.placed[a] == p && !all_zero(above)) return {fault::improvable, a, p};
        }
    }
    return {};
}

verdict check_efficient(const market& m, const assignment& placed) {
    std::vector<std::uint32_t> fill;
    if (const verdict v = tally_places(m, placed, fill); !v.holds()) return v;
    // An arrow from the programme where somebody is to each that they would rather have. Programmes
    // to which no arrow leads are taken away until none is left, or a ring remains.
    std::vector<std::vector<std::uint32_t>> to(m.programmes());
    std::vector<std::uint32_t> arrows(m.programmes());
    for (std::uint32_t a = 0; a < m.applicants(); ++a)
        for (std::uint32_t i = m.begins[a];
             i < m.begins[a + 1] && m.choices[i].programme != placed[a]; ++i) {
            const std::uint32_t p = m.choices[i].programme;
            if (fill[p] < m.capacities[p]) return {fault::passed_over, a, p};
            if (placed[a] == nobody) continue;
            to[placed[a]].push_back(p);
            ++arrows[p];
        }
    std::vector<std::uint32_t> free;
    for (std::uint32_t p = 0; p < m.programmes(); ++p)
        if (arrows[p] == 0) free.push_back(p);
    for (std::size_t i = 0; i < free.size(); ++i)
        for (const std::uint32_t p : to[free[i]])
            if (--arrows[p] == 0) free.push_back(p);
    if (free.size() == m.programmes()) return {};
    for (std::uint32_t p = 0; p < m.programmes(); ++p)
        if (arrows[p] > 0) return {fault::improvable, nobody, p};
    return {};
}

}  // namespace veche::matching
