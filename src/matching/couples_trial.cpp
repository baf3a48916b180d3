// Every placement of the couples of a part, tried: for the claim that none is stable. Knows nothing
// of the search that claims it.

#include <algorithm>
#include <map>
#include <numeric>

#include "matching/couples_check.hpp"

namespace veche::matching {

namespace {

/// A connected part as a market of its own.
struct part_market {
    couples_market market;
    std::uint64_t placements = 1;
};

class trial_parts {
  public:
    explicit trial_parts(const couples_market& m)
        : m_(m), root_(m.lists.size() + m.capacities.size()) {
        std::iota(root_.begin(), root_.end(), std::size_t{0});
        for (std::size_t a = 0; a < m.lists.size(); ++a)
            for (const std::uint32_t p : m.lists[a]) join(a, programme(p));
        for (const couple& one : m.couples) {
            join(one.first, one.second);
            for (const pair_choice& wish : one.choices) {
                if (wish.first != nobody) join(one.first, programme(wish.first));
                if (wish.second != nobody) join(one.second, programme(wish.second));
            }
        }
    }

    /// Those with couples; without, a stable matching always exists.
    std::vector<part_market> with_couples(std::uint64_t most) {
        std::map<std::size_t, part_market> parts;
        for (const couple& one : m_.couples) {
            auto& count = parts[root(one.first)].placements;
            count = std::min(count * (one.choices.size() + 1), most + 1);
        }
        std::vector<part_market> out;
        for (auto& [of, part] : parts) {
            if (part.placements <= most) fill(of, part.market);
            out.push_back(std::move(part));
        }
        return out;
    }

  private:
    [[nodiscard]] std::size_t programme(std::uint32_t p) const { return m_.lists.size() + p; }
    std::size_t root(std::size_t of) {
        while (root_[of] != of) of = root_[of] = root_[root_[of]];
        return of;
    }
    void join(std::size_t a, std::size_t b) { root_[root(a)] = root(b); }

    void fill(std::size_t of, couples_market& part) {
        std::vector<std::uint32_t> applicants(m_.lists.size(), nobody);
        std::vector<std::uint32_t> programmes(m_.capacities.size(), nobody);
        for (std::uint32_t p = 0; p < m_.capacities.size(); ++p) {
            if (root(programme(p)) != of) continue;
            programmes[p] = static_cast<std::uint32_t>(part.capacities.size());
            part.capacities.push_back(m_.capacities[p]);
        }
        for (std::uint32_t a = 0; a < m_.lists.size(); ++a) {
            if (root(a) != of) continue;
            applicants[a] = static_cast<std::uint32_t>(part.lists.size());
            part.lists.emplace_back();
            for (const std::uint32_t p : m_.lists[a]) part.lists.back().push_back(programmes[p]);
        }
        for (std::uint32_t p = 0; p < m_.capacities.size(); ++p) {
            if (programmes[p] == nobody) continue;
            part.orders.emplace_back();
            for (const std::uint32_t a : m_.orders[p])
                if (applicants[a] != nobody) part.orders.back().push_back(applicants[a]);
        }
        for (const couple& one : m_.couples) {
            if (root(one.first) != of) continue;
            couple mine{applicants[one.first], applicants[one.second], one.choices};
            for (pair_choice& wish : mine.choices) {
                if (wish.first != nobody) wish.first = programmes[wish.first];
                if (wish.second != nobody) wish.second = programmes[wish.second];
            }
            part.couples.push_back(std::move(mine));
        }
    }

    const couples_market& m_;
    std::vector<std::size_t> root_;
};

class part_trial {
  public:
    part_trial(const couples_market& m, std::uint64_t& tried)
        : m_(m), tried_(tried), at_(m.lists.size(), nobody), member_(m.lists.size(), false) {
        for (const couple& one : m.couples) member_[one.first] = member_[one.second] = true;
    }

    /// Whether some placement is stable.
    bool any(std::size_t next = 0) {
        if (next == m_.couples.size()) {
            ++tried_;
            return stable();
        }
        const couple& one = m_.couples[next];
        for (const pair_choice& wish : one.choices) {
            at_[one.first] = wish.first;
            at_[one.second] = wish.second;
            if (any(next + 1)) return true;
        }
        at_[one.first] = at_[one.second] = nobody;
        return any(next + 1);
    }

  private:
    /// Programmes offer, the best first; members take what they are placed at and nothing else.
    bool stable() {
        std::vector<std::uint32_t> held = at_;
        std::vector<std::uint32_t> free = m_.capacities;
        std::vector<std::size_t> next(m_.capacities.size(), 0);
        std::vector<std::uint32_t> offering(m_.capacities.size());
        std::iota(offering.begin(), offering.end(), 0U);
        std::vector<bool> offered(m_.lists.size(), false);
        while (!offering.empty()) {
            const std::uint32_t p = offering.back();
            if (free[p] == 0 || next[p] == m_.orders[p].size()) {
                offering.pop_back();
                continue;
            }
            const std::uint32_t a = m_.orders[p][next[p]++];
            if (member_[a]) {
                if (at_[a] != p) continue;
                offered[a] = true;
                --free[p];
                continue;
            }
            const auto& list = m_.lists[a];
            const auto mine = std::find(list.begin(), list.end(), p);
            if (mine == list.end() || std::find(list.begin(), mine, held[a]) != mine) continue;
            if (held[a] != nobody) {
                ++free[held[a]];
                offering.push_back(held[a]);
            }
            held[a] = p;
            --free[p];
            // Whose place came free offers again; this one goes on after it.
        }
        for (std::uint32_t a = 0; a < held.size(); ++a)
            if (member_[a] && at_[a] != nobody && !offered[a]) return false;
        couples_certificate said;
        said.outcome = couples_outcome::stable;
        said.proof = couples_proof::found;
        for (const std::uint32_t p : held)
            said.matching.push_back(p == nobody ? -1 : std::int64_t{p});
        return couples_fault(m_, said).empty();
    }

    const couples_market& m_;
    std::uint64_t& tried_;
    std::vector<std::uint32_t> at_;
    std::vector<bool> member_;
};

}  // namespace

couples_trial try_all_couples(const couples_market& m, std::uint64_t most_placements) {
    couples_trial out;
    bool all = true;
    for (const part_market& part : trial_parts(m).with_couples(most_placements)) {
        if (part.placements > most_placements) {
            all = false;
            continue;
        }
        std::uint64_t tried = 0;
        const bool any = part_trial(part.market, tried).any();
        out.placements += tried;
        if (any) continue;
        out.end = couples_tried::none;
        return out;
    }
    if (all) out.end = couples_tried::exists;
    return out;
}

}  // namespace veche::matching
