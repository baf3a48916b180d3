#include "matching/couples_room.hpp"

#include <algorithm>

namespace veche::matching {

namespace {

using rank_row = std::vector<std::pair<std::uint32_t, std::uint32_t>>;  ///< programme, rank

std::uint32_t rank_in(const rank_row& row, std::uint32_t programme) {
    const auto at = std::lower_bound(row.begin(), row.end(), std::pair{programme, 0u});
    return at != row.end() && at->first == programme ? at->second : nobody;
}

}  // namespace

couples_room::couples_room(const couples_market& m) {
    std::vector<rank_row> ranks(m.lists.size());
    for (std::uint32_t p = 0; p < m.orders.size(); ++p)
        for (std::uint32_t r = 0; r < m.orders[p].size(); ++r)
            ranks[m.orders[p][r]].push_back({p, r});
    agent_of.assign(m.lists.size(), nobody);
    for (const couple& one : m.couples) agent_of[one.first] = agent_of[one.second] = 0;
    for (std::uint32_t a = 0; a < m.lists.size(); ++a) {
        if (agent_of[a] != nobody) continue;
        agent_of[a] = static_cast<std::uint32_t>(agents.size());
        couples_agent& single = agents.emplace_back();
        single.first = a;
        for (const std::uint32_t p : m.lists[a])
            if (const std::uint32_t rank = rank_in(ranks[a], p); rank != nobody)
                single.options.push_back({p, nobody, rank, 0});
    }
    singles = static_cast<std::uint32_t>(agents.size());
    for (const couple& one : m.couples) {
        agent_of[one.first] = agent_of[one.second] = static_cast<std::uint32_t>(agents.size());
        couples_agent& pair = agents.emplace_back();
        pair.first = one.first;
        pair.second = one.second;
        for (const pair_choice& wish : one.choices) {
            if (wish.first == nobody && wish.second == nobody) break;
            couples_option option{wish.first, wish.second, 0, 0};
            if (wish.first != nobody) option.first_rank = rank_in(ranks[one.first], wish.first);
            if (wish.second != nobody) option.second_rank = rank_in(ranks[one.second], wish.second);
            if (option.first_rank != nobody && option.second_rank != nobody)
                pair.options.push_back(option);
        }
    }
    ranked.resize(m.orders.size());
    for (std::uint32_t g = 0; g < agents.size(); ++g)
        for (const couples_option& option : agents[g].options) {
            if (option.first != nobody)
                ranked[option.first].push_back({option.first_rank, agents[g].first, g});
            if (option.second != nobody)
                ranked[option.second].push_back({option.second_rank, agents[g].second, g});
        }
    for (auto& row : ranked) {
        const auto by_rank = [](const ranked_agent& a, const ranked_agent& b) {
            return a.rank < b.rank;
        };
        const auto same = [](const ranked_agent& a, const ranked_agent& b) {
            return a.rank == b.rank;
        };
        std::sort(row.begin(), row.end(), by_rank);
        row.erase(std::unique(row.begin(), row.end(), same), row.end());
    }
}

}  // namespace veche::matching
