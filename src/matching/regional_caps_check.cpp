#include "matching/regional_caps_check.hpp"

#include <map>

namespace veche::matching {

namespace {

/// Whether the region holds the programme, itself or in one within it.
bool region_holds(const capped_market& m, std::uint32_t region, std::int64_t programme) {
    if (programme < 0) return false;
    std::uint32_t r = m.region_of[static_cast<std::size_t>(programme)];
    while (r != nobody && r != region) r = m.regions[r].within;
    return r == region;
}

/// Everybody at the first programme whose limit they meet; limits only where something is full.
std::string limits_fault(const capped_market& m, const capped_certificate& made) {
    const market& of = m.places;
    if (made.limits.size() != of.programmes()) return "not every programme has its limit";
    for (std::uint32_t p = 0; p < of.programmes(); ++p) {
        const cap_limit& limit = made.limits[p];
        if (limit.rank == -1) continue;
        const std::string who = "programme " + std::to_string(p);
        const bool known =
            limit.region >= -1 && limit.region < static_cast<std::int64_t>(m.regions.size());
        if (!known ||
            (limit.region >= 0 && !region_holds(m, static_cast<std::uint32_t>(limit.region), p)))
            return who + " refuses by a region that is not around it";
        const auto r = static_cast<std::size_t>(limit.region);
        if (limit.region == -1 ? made.taken[p] < of.capacities[p]
                               : made.region_taken[r] < m.regions[r].cap)
            return who + " refuses though there is room";
    }
    for (std::uint32_t a = 0; a < of.applicants(); ++a) {
        std::int64_t first = -1;
        for (std::uint32_t c = of.begins[a]; first == -1 && c < of.begins[a + 1]; ++c) {
            const cap_limit& limit = made.limits[of.choices[c].programme];
            const std::pair own{std::int64_t{of.choices[c].rank}, std::int64_t{a}};
            if (limit.rank == -1 || own < std::pair{limit.rank, limit.applicant})
                first = of.choices[c].programme;
        }
        if (first != made.matching[a])
            return "applicant " + std::to_string(a) +
                   " is not at the first programme that does not refuse them";
    }
    return {};
}

std::string denied_place(const capped_market& m, const capped_certificate& made, std::uint32_t p,
                         std::int64_t has) {
    if (made.taken[p] >= m.places.capacities[p]) return {};
    bool any = false;
    for (std::uint32_t r = m.region_of[p]; r != nobody; r = m.regions[r].within) {
        if (made.region_taken[r] < m.regions[r].cap) continue;
        if (!region_holds(m, r, has)) return {};
        any = true;
    }
    if (!any) return "has a place free, and no cap stands in the way";
    const auto from = static_cast<std::size_t>(has);
    const std::int64_t here = made.taken[p] + 1 - std::int64_t{m.targets[p]};
    const std::int64_t there = made.taken[from] - 1 - std::int64_t{m.targets[from]};
    return here > there ? "" : "would be nearer to its target";
}

}  // namespace

std::string caps_fault(const capped_market& m, const capped_certificate& made) {
    const market& of = m.places;
    if (made.matching.size() != of.applicants()) return "not every applicant is answered";
    std::vector<std::int64_t> taken(of.programmes(), 0);
    std::vector<std::int64_t> in_region(m.regions.size(), 0);
    std::vector<std::pair<std::int64_t, std::int64_t>> worst(of.programmes(), {-1, -1});
    for (std::uint32_t a = 0; a < of.applicants(); ++a) {
        if (made.matching[a] == -1) continue;
        const choice* found = nullptr;
        for (std::uint32_t c = of.begins[a]; c < of.begins[a + 1]; ++c)
            if (of.choices[c].programme == made.matching[a]) found = &of.choices[c];
        if (found == nullptr) return "applicant " + std::to_string(a) + " did not ask for it";
        ++taken[found->programme];
        worst[found->programme] =
            std::max(worst[found->programme], {std::int64_t{found->rank}, std::int64_t{a}});
        for (std::uint32_t r = 0; r < m.regions.size(); ++r)
            in_region[r] += region_holds(m, r, made.matching[a]);
    }
    if (taken != made.taken || in_region != made.region_taken) return "the counts are others";
    for (std::uint32_t p = 0; p < of.programmes(); ++p)
        if (taken[p] > of.capacities[p]) return "programme " + std::to_string(p) + " is over";
    for (std::uint32_t r = 0; r < m.regions.size(); ++r)
        if (in_region[r] > m.regions[r].cap) return "region " + std::to_string(r) + " is over";
    for (std::uint32_t a = 0; a < of.applicants(); ++a)
        for (std::uint32_t c = of.begins[a]; c < of.begins[a + 1]; ++c) {
            const std::uint32_t p = of.choices[c].programme;
            if (made.matching[a] == p) break;
            const std::string pair =
                "applicant " + std::to_string(a) + ", programme " + std::to_string(p) + ": ";
            if (worst[p] > std::pair{std::int64_t{of.choices[c].rank}, std::int64_t{a}})
                return pair + "somebody of worse rank is there";
            if (std::string why = denied_place(m, made, p, made.matching[a]); !why.empty())
                return pair + why;
        }
    return limits_fault(m, made);
}

}  // namespace veche::matching
