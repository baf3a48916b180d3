#include "matching/couples_check.hpp"

#include <algorithm>
#include <map>

namespace veche::matching {

namespace {

/// Every programme with the ranks of those it holds, and of all whom it ranks.
class judged_couples {
  public:
    judged_couples(const couples_market& m, const couples_certificate& made) : m_(m), made_(made) {}

    std::string fault() {
        if (made_.matching.size() != m_.lists.size()) return "not every applicant is answered";
        if (std::string wrong = places(); !wrong.empty()) return wrong;
        if (std::string wrong = seats(); !wrong.empty()) return wrong;
        for (std::size_t a = 0; a < m_.lists.size(); ++a)
            if (!in_couple_[a])
                if (std::string wrong = single(static_cast<std::uint32_t>(a)); !wrong.empty())
                    return wrong;
        for (const couple& one : m_.couples)
            if (std::string wrong = pair(one); !wrong.empty()) return wrong;
        return {};
    }

  private:
    std::string places() {
        places_.assign(m_.capacities.begin(), m_.capacities.end());
        std::int64_t last = -1;
        for (const seat_change& change : made_.changes) {
            const auto p = static_cast<std::size_t>(change.programme);
            if (change.programme <= last || p >= places_.size())
                return "the changes are not in order of programmes";
            last = change.programme;
            if (places_[p] != change.from || change.to == change.from || change.to < 0)
                return "a change is not from the places given to others";
            places_[p] = change.to;
        }
        const bool given = made_.changes.empty();
        if (given != (made_.outcome == couples_outcome::stable) ||
            given != (made_.proof == couples_proof::found))
            return "the outcome is not what the changes say";
        return {};
    }

    std::string seats() {
        rank_.resize(m_.orders.size());
        held_.resize(m_.orders.size());
        for (std::size_t p = 0; p < m_.orders.size(); ++p)
            for (std::size_t r = 0; r < m_.orders[p].size(); ++r) {
                const std::uint32_t a = m_.orders[p][r];
                rank_[p][a] = r;
                if (made_.matching[a] == static_cast<std::int64_t>(p)) held_[p].push_back(a);
            }
        for (std::size_t a = 0; a < m_.lists.size(); ++a) {
            const std::int64_t p = made_.matching[a];
            if (p == -1) continue;
            if (p < 0 || static_cast<std::size_t>(p) >= rank_.size() || !ranks(p, a))
                return "applicant " + std::to_string(a) + " holds a place that does not rank them";
        }
        for (std::size_t p = 0; p < held_.size(); ++p)
            if (static_cast<std::int64_t>(held_[p].size()) > places_[p])
                return "programme " + std::to_string(p) + " is over its places";
        in_couple_.assign(m_.lists.size(), false);
        for (const couple& one : m_.couples) in_couple_[one.first] = in_couple_[one.second] = true;
        return {};
    }

    [[nodiscard]] bool ranks(std::int64_t p, std::size_t a) const {
        return rank_[static_cast<std::size_t>(p)].contains(static_cast<std::uint32_t>(a));
    }

    /// How many others the programme holds and likes better than `a`.
    [[nodiscard]] std::int64_t better(std::uint32_t p, std::uint32_t a,
                                      std::uint32_t partner) const {
        const auto& rank = rank_[p];
        return std::count_if(held_[p].begin(), held_[p].end(), [&](std::uint32_t other) {
            return other != a && other != partner && rank.at(other) < rank.at(a);
        });
    }

    std::string single(std::uint32_t a) const {
        for (const std::uint32_t p : m_.lists[a]) {
            if (made_.matching[a] == p) return {};
            if (ranks(p, a) && better(p, a, a) < places_[p])
                return "applicant " + std::to_string(a) + " and programme " + std::to_string(p) +
                       " would rather have each other";
        }
        if (made_.matching[a] == -1) return {};
        return "applicant " + std::to_string(a) + " holds a place not on their list";
    }

    [[nodiscard]] bool would_take(std::uint32_t p, std::uint32_t a, std::uint32_t partner) const {
        return p == nobody || (ranks(p, a) && better(p, a, partner) < places_[p]);
    }

    std::string pair(const couple& c) const {
        const auto name = "couple " + std::to_string(c.first) + ", " + std::to_string(c.second);
        const std::int64_t one = made_.matching[c.first];
        const std::int64_t two = made_.matching[c.second];
        const auto is = [](std::int64_t has, std::uint32_t p) {
            return p == nobody ? has == -1 : has == p;
        };
        for (const pair_choice& wish : c.choices) {
            if (is(one, wish.first) && is(two, wish.second)) return {};
            bool taken = would_take(wish.first, c.first, c.second) &&
                         would_take(wish.second, c.second, c.first);
            if (taken && wish.first == wish.second && wish.first != nobody) {
                const bool first_is_last =
                    rank_[wish.first].at(c.first) > rank_[wish.first].at(c.second);
                const std::uint32_t worse = first_is_last ? c.first : c.second;
                const std::uint32_t partner = first_is_last ? c.second : c.first;
                taken = better(wish.first, worse, partner) + 2 <= places_[wish.first];
            }
            if (taken) return name + " would be taken where they would rather go";
            if (wish.first == nobody && wish.second == nobody) break;
        }
        if (one == -1 && two == -1) return {};
        return name + " hold places not on their list";
    }

    const couples_market& m_;
    const couples_certificate& made_;
    std::vector<std::int64_t> places_;
    std::vector<std::map<std::uint32_t, std::size_t>> rank_;
    std::vector<std::vector<std::uint32_t>> held_;
    std::vector<bool> in_couple_;
};

}  // namespace

std::string couples_fault(const couples_market& m, const couples_certificate& made) {
    std::string fault = judged_couples(m, made).fault();
    if (fault.empty() && made.proof == couples_proof::none &&
        try_all_couples(m).end == couples_tried::exists)
        return "a stable matching exists by the places given";
    return fault;
}

}  // namespace veche::matching
