#pragma once
// What the tests of plain matching share: small markets from a number, and the slow truth about
// them, found by trying everything.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <numeric>
#include <sstream>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "matching/outcome.hpp"
#include "source_dir.hpp"

namespace veche::matching::core_testing {

/// Numbers from a seed.
struct core_dice {
    std::uint64_t state;
    std::uint32_t below(std::uint32_t n) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::uint32_t>((state >> 33) % n);
    }
    std::vector<std::uint32_t> shuffled(std::uint32_t n) {
        std::vector<std::uint32_t> all(n);
        std::iota(all.begin(), all.end(), 0);
        for (std::uint32_t i = n; i > 1; --i) std::swap(all[i - 1], all[below(i)]);
        return all;
    }
};

/// Up to six applicants and four programmes. With classes ranks are 0 to classes - 1 and repeat.
inline market small_market(std::uint32_t seed, std::uint32_t classes = 0) {
    core_dice d{seed * std::uint64_t{2654435761} + 12345};
    market m;
    const std::uint32_t programmes = 1 + d.below(4);
    const std::uint32_t applicants = 1 + d.below(6);
    // Now and then as tight as can be, so that there is more than one stable matching.
    const bool tight = d.below(3) == 0;
    std::vector<std::vector<std::uint32_t>> order;
    for (std::uint32_t p = 0; p < programmes; ++p) {
        m.capacities.push_back(tight ? 1 : d.below(4));
        order.push_back(d.shuffled(applicants));
    }
    for (std::uint32_t a = 0; a < applicants; ++a) {
        auto list = d.shuffled(programmes);
        if (!tight) list.resize(d.below(programmes + 1));
        for (const std::uint32_t p : list)
            m.choices.push_back({p, classes == 0 ? order[p][a] * 3 : d.below(classes)});
        m.begins.push_back(static_cast<std::uint32_t>(m.choices.size()));
    }
    return m;
}

inline void each_assignment(const market& m, const std::function<void(const assignment&)>& see) {
    assignment placed(m.applicants(), nobody);
    const std::function<void(std::uint32_t)> place = [&](std::uint32_t a) {
        if (a == m.applicants()) return see(placed);
        placed[a] = nobody;
        place(a + 1);
        for (std::uint32_t i = m.begins[a]; i < m.begins[a + 1]; ++i) {
            placed[a] = m.choices[i].programme;
            place(a + 1);
        }
        placed[a] = nobody;
    };
    place(0);
}

/// Where the programme stands on the applicant's list; the end of it for nobody.
inline std::uint32_t liking(const market& m, std::uint32_t a, std::uint32_t p) {
    std::uint32_t i = m.begins[a];
    while (i < m.begins[a + 1] && m.choices[i].programme != p) ++i;
    return i;
}

/// By the definition, pair by pair: equals do not block one another.
inline bool is_stable(const market& m, const assignment& placed) {
    const auto fill = fill_of(m, placed);
    for (std::uint32_t p = 0; p < m.programmes(); ++p)
        if (fill[p] > m.capacities[p]) return false;
    for (std::uint32_t a = 0; a < m.applicants(); ++a)
        for (std::uint32_t i = m.begins[a]; i < liking(m, a, placed[a]); ++i) {
            const choice& c = m.choices[i];
            if (fill[c.programme] < m.capacities[c.programme]) return false;
            for (std::uint32_t b = 0; b < m.applicants(); ++b)
                if (placed[b] == c.programme && m.choices[liking(m, b, c.programme)].rank > c.rank)
                    return false;
        }
    return true;
}

inline std::vector<assignment> stable_ones(const market& m) {
    std::vector<assignment> found;
    each_assignment(m, [&](const assignment& placed) {
        if (is_stable(m, placed)) found.push_back(placed);
    });
    return found;
}

/// Whether everybody likes the first at least as much.
inline bool no_worse(const market& m, const assignment& x, const assignment& y) {
    for (std::uint32_t a = 0; a < m.applicants(); ++a)
        if (liking(m, a, x[a]) > liking(m, a, y[a])) return false;
    return true;
}

/// A file of the shared data on allocation; empty where the data is not here.
inline std::string shared_allocation(const std::string& name) {
    const char* given = std::getenv("VECHE_SHARED");
    const std::filesystem::path folder = given != nullptr ? given : source_dir() + "/../shared";
    std::ifstream in(folder / "data/allocation" / name, std::ios::binary);
    if (!in) return {};
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

}  // namespace veche::matching::core_testing
