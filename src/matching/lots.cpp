#include "matching/lots.hpp"

#include <algorithm>
#include <numeric>

namespace veche::matching {
namespace {

/// One application, as its programme sees it.
struct application {
    std::uint32_t rank;
    std::uint32_t applicant;
    std::uint32_t at;  ///< index of the choice
};

std::vector<std::vector<application>> applications_of(const market& m) {
    std::vector<std::vector<application>> of(m.programmes());
    for (std::uint32_t a = 0; a < m.applicants(); ++a)
        for (std::uint32_t i = m.begins[a]; i < m.begins[a + 1]; ++i)
            of[m.choices[i].programme].push_back({m.choices[i].rank, a, i});
    return of;
}

void part_equals(std::vector<application>& equal, std::uint32_t programme, const lots& lot) {
    std::vector<std::pair<std::string, application>> keyed;
    keyed.reserve(equal.size());
    for (const application& one : equal) keyed.emplace_back(lot(programme, one.applicant), one);
    std::sort(keyed.begin(), keyed.end(),
              [](const auto& x, const auto& y) { return x.first < y.first; });
    std::transform(keyed.begin(), keyed.end(), equal.begin(),
                   [](const auto& one) { return one.second; });
}

/// A ring: in each programme somebody who moves on to the next.
struct ring_move {
    std::uint32_t applicant;
    std::uint32_t from;
};

/// Looks for a ring of programmes p1, p2, ... in which each holds an applicant who would rather be
/// at the next, and is among the best-ranked of all who would. A search in depth, without
/// recursion.
class ring_search {
  public:
    ring_search(const market& m, const assignment& placed, const std::vector<std::uint32_t>& order)
        : m_(m),
          placed_(placed),
          order_(order),
          best_(m.programmes(), no_limit),
          members_(m.programmes()),
          seen_(m.programmes()) {
        for (const std::uint32_t a : order) {
            if (placed[a] != nobody) members_[placed[a]].push_back(a);
            for (std::uint32_t i = m.begins[a];
                 i < m.begins[a + 1] && m.choices[i].programme != placed[a]; ++i)
                best_[m.choices[i].programme] =
                    std::min(best_[m.choices[i].programme], m.choices[i].rank);
        }
    }

    std::vector<ring_move> find() {
        for (const std::uint32_t a : order_) {
            if (placed_[a] == nobody || seen_[placed_[a]] != fresh) continue;
            if (auto found = from(placed_[a]); !found.empty()) return found;
        }
        return {};
    }

  private:
    enum : std::uint8_t { fresh, open, closed };
    struct frame {
        std::uint32_t programme;
        std::size_t member = 0;
        std::uint32_t steps = 0;  ///< choices of that member already tried
    };

    /// The next programme to which somebody of the frame's would move; nobody at the end.
    std::uint32_t advance(frame& f) const {
        for (; f.member < members_[f.programme].size(); ++f.member, f.steps = 0) {
            const std::uint32_t a = members_[f.programme][f.member];
            while (true) {
                const choice& c = m_.choices[m_.begins[a] + f.steps];
                if (c.programme == f.programme) break;
                ++f.steps;
                if (c.rank == best_[c.programme] && seen_[c.programme] != closed)
                    return c.programme;
            }
        }
        return nobody;
    }

    std::vector<ring_move> from(std::uint32_t start) {
        std::vector<frame> stack{{start}};
        seen_[start] = open;
        while (!stack.empty()) {
            const std::uint32_t to = advance(stack.back());
            if (to == nobody) {
                seen_[stack.back().programme] = closed;
                stack.pop_back();
            } else if (seen_[to] == open) {
                std::vector<ring_move> found;
                auto at = stack.rbegin();
                for (;; ++at) {
                    found.push_back({members_[at->programme][at->member], at->programme});
                    if (at->programme == to) break;
                }
                std::reverse(found.begin(), found.end());
                return found;
            } else {
                seen_[to] = open;
                stack.push_back({to});
            }
        }
        return {};
    }

    const market& m_;
    const assignment& placed_;
    const std::vector<std::uint32_t>& order_;
    std::vector<std::uint32_t> best_;
    std::vector<std::vector<std::uint32_t>> members_;
    std::vector<std::uint8_t> seen_;
};

}  // namespace

market drawn(const market& m, const lots& lot) {
    market strict = m;
    auto all = applications_of(m);
    for (std::uint32_t p = 0; p < m.programmes(); ++p) {
        auto& of = all[p];
        std::stable_sort(of.begin(), of.end(), [](const application& x, const application& y) {
            return x.rank < y.rank;
        });
        for (std::size_t begin = 0; begin < of.size();) {
            std::size_t end = begin + 1;
            while (end < of.size() && of[end].rank == of[begin].rank) ++end;
            if (end - begin > 1) {
                std::vector<application> equal(of.begin() + static_cast<std::ptrdiff_t>(begin),
                                               of.begin() + static_cast<std::ptrdiff_t>(end));
                part_equals(equal, p, lot);
                std::copy(equal.begin(), equal.end(),
                          of.begin() + static_cast<std::ptrdiff_t>(begin));
            }
            begin = end;
        }
        for (std::size_t i = 0; i < of.size(); ++i)
            strict.choices[of[i].at].rank = static_cast<std::uint32_t>(i);
    }
    return strict;
}

std::vector<std::uint32_t> decided_by_lot(const market& m, const assignment& placed) {
    std::vector<std::uint32_t> worst(m.programmes(), nobody);
    std::vector<bool> decided(m.programmes());
    const auto each_until_placed = [&](const auto& see) {
        for (std::uint32_t a = 0; a < m.applicants(); ++a)
            for (std::uint32_t i = m.begins[a]; i < m.begins[a + 1]; ++i) {
                const bool here = m.choices[i].programme == placed[a];
                see(m.choices[i], here);
                if (here) break;
            }
    };
    each_until_placed([&](const choice& c, bool here) {
        if (here && (worst[c.programme] == nobody || c.rank > worst[c.programme]))
            worst[c.programme] = c.rank;
    });
    each_until_placed([&](const choice& c, bool here) {
        if (!here && worst[c.programme] == c.rank) decided[c.programme] = true;
    });
    if (std::find(decided.begin(), decided.end(), true) == decided.end()) {
        std::vector<std::uint32_t> order(m.applicants());
        std::iota(order.begin(), order.end(), 0);
        for (const ring_move& move : ring_search(m, placed, order).find())
            decided[move.from] = true;
    }
    std::vector<std::uint32_t> at;
    for (std::uint32_t p = 0; p < m.programmes(); ++p)
        if (decided[p]) at.push_back(p);
    return at;
}

assignment improve(const market& m, assignment placed, const std::vector<std::uint32_t>& order) {
    for (;;) {
        const auto ring = ring_search(m, placed, order).find();
        if (ring.empty()) return placed;
        for (std::size_t i = 0; i < ring.size(); ++i)
            placed[ring[i].applicant] = ring[(i + 1) % ring.size()].from;
    }
}

}  // namespace veche::matching
