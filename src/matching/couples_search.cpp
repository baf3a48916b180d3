// The exact search for a stable matching with couples, as clauses (after Drummond, Perrault and
// Bacchus 2015, "SAT is an effective and complete method for solving stable matching problems with
// couples"): each agent is at one of its options; counters say whether at least so many of the best
// of a programme are there; and for each option, an agent is there or better, or some programme of
// it is full with better ones.

#include <algorithm>

#include "matching/clause_search.hpp"
#include "matching/couples_room.hpp"

namespace veche::matching {

namespace {

class couples_clauses {
  public:
    couples_clauses(const couples_room& room, const std::vector<std::uint32_t>& capacities,
                    const std::vector<std::uint32_t>& agents, const couples_state& at)
        : room_(room),
          capacities_(capacities),
          at_(at),
          moving_(room.agents.size(), false),
          positions_(room.agents.size()),
          counters_(room.ranked.size()) {
        yes_ = search_.variable(true);
        search_.clause({yes_});
        for (const std::uint32_t g : agents) moving_[g] = true;
        for (const std::uint32_t g : agents) positions(g);
    }

    couples_search run(const std::vector<std::uint32_t>& agents,
                       const std::vector<std::uint32_t>& judged, couples_state& state,
                       std::uint64_t most_conflicts) {
        for (const std::uint32_t g : judged) rest(g);
        // A programme that is in no way of anybody's still has its capacity.
        for (const std::uint32_t g : agents)
            for (const couples_option& option : room_.agents[g].options) {
                if (option.first != nobody) (void)counter(option.first);
                if (option.second != nobody) (void)counter(option.second);
            }
        const auto answer = search_.solve(most_conflicts);
        couples_search made{search_end::given_up, search_.conflicts()};
        if (answer == clause_search::answer::contradicts) made.end = search_end::none;
        if (answer != clause_search::answer::holds) return made;
        made.end = search_end::found;
        for (const std::uint32_t g : agents) {
            state[g] = room_.agents[g].none();
            for (std::uint32_t k = 0; k < positions_[g].at.size(); ++k)
                if (search_.value(positions_[g].at[k])) state[g] = k;
        }
        return made;
    }

  private:
    struct position_literals {
        std::vector<literal> at;  ///< at exactly this option
        std::vector<literal> by;  ///< at this or a better one
    };
    struct programme_counter {
        bool made = false;
        std::vector<std::uint32_t> fixed;  ///< ranks of those who stay there
        std::vector<std::uint32_t> ranks;  ///< of those who may come
        /// [i][j]: at least j + 1 of the first i + 1 of them are there.
        std::vector<std::vector<literal>> least;
    };

    void positions(std::uint32_t g) {
        auto& p = positions_[g];
        const std::uint32_t n = room_.agents[g].none();
        for (std::uint32_t k = 0; k < n; ++k) {
            p.at.push_back(search_.variable(at_[g] == k));
            p.by.push_back(search_.variable(at_[g] <= k));
            search_.clause({~p.at[k], p.by[k]});
            if (k == 0) {
                search_.clause({~p.by[k], p.at[k]});
                continue;
            }
            search_.clause({~p.by[k - 1], p.by[k]});
            search_.clause({~p.by[k], p.by[k - 1], p.at[k]});
            search_.clause({~p.at[k], ~p.by[k - 1]});
        }
    }

    static bool uses(const couples_agent& a, const couples_option& o, std::uint32_t applicant,
                     std::uint32_t p) {
        return (a.first == applicant && o.first == p) || (a.second == applicant && o.second == p);
    }

    /// Whether the applicant is at the programme.
    literal there(std::uint32_t applicant, std::uint32_t p) {
        const std::uint32_t g = room_.agent_of[applicant];
        const couples_agent& agent = room_.agents[g];
        if (!moving_[g]) {
            const bool is =
                at_[g] != agent.none() && uses(agent, agent.options[at_[g]], applicant, p);
            return is ? yes_ : ~yes_;
        }
        std::vector<literal> ways;
        for (std::uint32_t k = 0; k < agent.none(); ++k)
            if (uses(agent, agent.options[k], applicant, p)) ways.push_back(positions_[g].at[k]);
        if (ways.empty()) return ~yes_;
        if (ways.size() == 1) return ways[0];
        const literal is = search_.variable(false);
        for (const literal way : ways) search_.clause({~way, is});
        ways.push_back(~is);
        search_.clause(std::move(ways));
        return is;
    }

    programme_counter& counter(std::uint32_t p) {
        programme_counter& c = counters_[p];
        if (c.made) return c;
        c.made = true;
        std::vector<literal> coming;
        for (const ranked_agent& one : room_.ranked[p]) {
            const literal is = there(one.applicant, p);
            if (is == yes_) {
                c.fixed.push_back(one.rank);
            } else if (!(is == ~yes_)) {
                c.ranks.push_back(one.rank);
                coming.push_back(is);
            }
        }
        if (c.fixed.size() > capacities_[p]) {
            search_.clause({~yes_});
            return c;
        }
        const std::size_t room_left = capacities_[p] - c.fixed.size();
        for (std::size_t i = 0; i < coming.size(); ++i) {
            auto& row = c.least.emplace_back();
            const std::size_t most = std::min(i + 1, room_left);
            for (std::size_t j = 0; j < most; ++j) {
                // At least j + 1 of i + 1: of the i before, or j of them and this one.
                const literal before =
                    i > 0 && j < c.least[i - 1].size() ? c.least[i - 1][j] : ~yes_;
                const literal fewer = j == 0 ? yes_ : c.least[i - 1][j - 1];
                const literal is = search_.variable(false);
                search_.clause({~before, is});
                search_.clause({~fewer, ~coming[i], is});
                search_.clause({~is, before, fewer});
                search_.clause({~is, before, coming[i]});
                row.push_back(is);
            }
            if (room_left == 0)
                search_.clause({~coming[i]});
            else if (i >= room_left)
                search_.clause({~coming[i], ~c.least[i - 1][room_left - 1]});
        }
        return c;
    }

    /// Whether the programme holds at least `count` who are better than the rank.
    literal holds_better(std::uint32_t p, std::uint32_t rank, std::size_t count) {
        programme_counter& c = counter(p);
        const auto fixed = static_cast<std::size_t>(
            std::lower_bound(c.fixed.begin(), c.fixed.end(), rank) - c.fixed.begin());
        if (fixed >= count) return yes_;
        const auto first = static_cast<std::size_t>(
            std::lower_bound(c.ranks.begin(), c.ranks.end(), rank) - c.ranks.begin());
        const std::size_t needed = count - fixed;
        if (first == 0 || needed > c.least[first - 1].size()) return ~yes_;
        return c.least[first - 1][needed - 1];
    }

    literal both(literal a, literal b) {
        const literal is = search_.variable(false);
        search_.clause({~is, a});
        search_.clause({~is, b});
        return is;
    }

    /// Whether the programme would refuse one of the rank, its partner at the other rank leaving.
    literal refuses(std::uint32_t p, std::uint32_t rank, std::uint32_t partner) {
        if (p == nobody) return ~yes_;
        const literal full = holds_better(p, rank, capacities_[p]);
        if (partner == nobody || full == ~yes_) return full;
        for (const ranked_agent& one : room_.ranked[p])
            if (one.applicant == partner && one.rank < rank) return both(full, ~there(partner, p));
        return full;
    }

    /// Ways in which the option is refused.
    std::vector<literal> refusals_of(const couples_agent& a, const couples_option& o) {
        if (!a.pair()) return {refuses(o.first, o.first_rank, nobody)};
        if (o.first != o.second)
            return {refuses(o.first, o.first_rank, a.second),
                    refuses(o.second, o.second_rank, a.first)};
        const std::size_t places = capacities_[o.first];
        if (places < 2) return {yes_};
        const bool first_better = o.first_rank < o.second_rank;
        const std::uint32_t worse = std::max(o.first_rank, o.second_rank);
        const std::uint32_t better = first_better ? a.first : a.second;
        return {both(holds_better(o.first, worse, places - 1), ~there(better, o.first)),
                holds_better(o.first, worse, places)};
    }

    /// The agent would not be taken where it would rather be.
    void rest(std::uint32_t g) {
        const couples_agent& agent = room_.agents[g];
        const std::uint32_t until = moving_[g] ? agent.none() : at_[g];
        for (std::uint32_t k = 0; k < until; ++k) {
            std::vector<literal> any = refusals_of(agent, agent.options[k]);
            if (moving_[g]) any.push_back(positions_[g].by[k]);
            search_.clause(std::move(any));
        }
    }

    const couples_room& room_;
    const std::vector<std::uint32_t>& capacities_;
    const couples_state& at_;
    clause_search search_;
    literal yes_{};
    std::vector<bool> moving_;
    std::vector<position_literals> positions_;
    std::vector<programme_counter> counters_;
};

}  // namespace

couples_search search_couples(const couples_room& room,
                              const std::vector<std::uint32_t>& capacities,
                              const std::vector<std::uint32_t>& agents,
                              const std::vector<std::uint32_t>& judged, couples_state& state,
                              std::uint64_t most_conflicts) {
    const couples_state at = state;
    return couples_clauses(room, capacities, agents, at).run(agents, judged, state, most_conflicts);
}

}  // namespace veche::matching
