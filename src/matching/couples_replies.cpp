#include "matching/couples_replies.hpp"

#include <algorithm>

namespace veche::matching {

couples_replies::couples_replies(const couples_room& room, std::vector<std::uint32_t> capacities)
    : room_(room),
      capacities_(std::move(capacities)),
      held_(room.ranked.size()),
      holds_(room.agent_of.size(), nobody),
      in_(room.agents.size(), false),
      is_freed_(room.ranked.size(), false),
      is_before_(room.agents.size(), false) {
    for (const couples_agent& agent : room.agents) at_.push_back(agent.none());
}

std::size_t couples_replies::better(std::uint32_t p, std::uint32_t rank, std::uint32_t a,
                                    std::uint32_t partner) const {
    const auto& row = held_[p];
    const auto end = std::lower_bound(row.begin(), row.end(), holder{rank, 0});
    auto count = static_cast<std::size_t>(end - row.begin());
    for (const std::uint32_t own : {a, partner})
        if (own != nobody && holds_[own] == p)
            count -= static_cast<std::size_t>(
                std::count_if(row.begin(), end, [&](const holder& h) { return h.second == own; }));
    return count;
}

bool couples_replies::takes(const couples_agent& a, const couples_option& o) const {
    if (a.pair() && o.first == o.second) {
        const std::uint32_t worse = std::max(o.first_rank, o.second_rank);
        return better(o.first, worse, a.first, a.second) + 2 <= capacities_[o.first];
    }
    const auto one = [&](std::uint32_t p, std::uint32_t rank) {
        return p == nobody || better(p, rank, a.first, a.second) < capacities_[p];
    };
    return one(o.first, o.first_rank) && one(o.second, o.second_rank);
}

void couples_replies::free(std::uint32_t p) {
    if (is_freed_[p]) return;
    is_freed_[p] = true;
    freed_.push_back(p);
}

/// Takes the agent from where it is; a place that the next option keeps is not free for others.
void couples_replies::leave(std::uint32_t g, const couples_option* unless) {
    const couples_agent& agent = room_.agents[g];
    if (at_[g] == agent.none()) return;
    const couples_option from = agent.options[at_[g]];
    at_[g] = agent.none();
    const auto out = [&](std::uint32_t applicant, std::uint32_t p, std::uint32_t rank, bool kept) {
        if (p == nobody) return;
        auto& row = held_[p];
        row.erase(std::lower_bound(row.begin(), row.end(), holder{rank, 0}));
        holds_[applicant] = nobody;
        if (!kept) free(p);
    };
    out(agent.first, from.first, from.first_rank, unless && unless->first == from.first);
    out(agent.second, from.second, from.second_rank, unless && unless->second == from.second);
}

void couples_replies::enter(std::uint32_t p, std::uint32_t rank, std::uint32_t applicant) {
    if (p == nobody) return;
    auto& row = held_[p];
    row.insert(std::lower_bound(row.begin(), row.end(), holder{rank, 0}), {rank, applicant});
    holds_[applicant] = p;
}

void couples_replies::move(std::uint32_t g, std::uint32_t k) {
    const couples_agent& agent = room_.agents[g];
    const couples_option& to = agent.options[k];
    remember(g);
    leave(g, &to);
    at_[g] = k;
    enter(to.first, to.first_rank, agent.first);
    enter(to.second, to.second_rank, agent.second);
    ++moves_;
    for (const std::uint32_t p : {to.first, to.second}) {
        if (p == nobody) continue;
        while (held_[p].size() > capacities_[p]) {
            if (granting_) {
                ++capacities_[p];
                continue;
            }
            const std::uint32_t last = room_.agent_of[held_[p].back().second];
            remember(last);
            leave(last, nullptr);
            out_.push_back(last);
        }
    }
}

void couples_replies::remember(std::uint32_t g) {
    if (is_before_[g]) return;
    is_before_[g] = true;
    before_.push_back({g, at_[g]});
}

bool couples_replies::reply(std::uint32_t g) {
    const couples_agent& agent = room_.agents[g];
    for (std::uint32_t k = 0; k < at_[g]; ++k) {
        if (!takes(agent, agent.options[k])) continue;
        move(g, k);
        return true;
    }
    return false;
}

/// Offers a programme whose place came free to all who are in, best first; whether anybody moved.
bool couples_replies::offer(std::uint32_t p) {
    const auto& row = held_[p];
    for (const ranked_agent& one : room_.ranked[p]) {
        const couples_agent& agent = room_.agents[one.agent];
        if (!in_[one.agent] || at_[one.agent] == 0) continue;
        const bool full = row.size() >= capacities_[p];
        const bool inside = holds_[agent.first] == p || (agent.pair() && holds_[agent.second] == p);
        if (full && !inside && (row.empty() || one.rank > row.back().first)) continue;
        if (reply(one.agent)) return true;
    }
    return false;
}

bool couples_replies::drain() {
    for (;;) {
        if (moves_ > most_moves_) return false;
        if (!out_.empty()) {
            const std::uint32_t g = out_.back();
            out_.pop_back();
            (void)reply(g);
        } else if (next_freed_ < freed_.size()) {
            const std::uint32_t p = freed_[next_freed_];
            if (offer(p)) continue;
            // Nobody would come, and who left it in this very turn is known to it.
            is_freed_[p] = false;
            ++next_freed_;
        } else {
            freed_.clear();
            next_freed_ = 0;
            return true;
        }
    }
}

void couples_replies::forget() {
    for (const auto& [g, at] : before_) is_before_[g] = false;
    before_.clear();
    for (std::size_t f = next_freed_; f < freed_.size(); ++f) is_freed_[freed_[f]] = false;
    freed_.clear();
    next_freed_ = 0;
    out_.clear();
    moves_ = 0;
}

bool couples_replies::let_in(std::uint32_t agent, std::uint64_t most_moves) {
    forget();
    most_moves_ = most_moves;
    in_[agent] = true;
    remember(agent);
    out_.push_back(agent);
    if (drain()) return true;
    std::vector<std::uint32_t> back;
    couples_state state = at_;
    for (const auto& [g, at] : before_) {
        back.push_back(g);
        state[g] = at;
    }
    const auto kept = before_;
    place(back, state);
    before_ = kept;
    for (const auto& [g, at] : before_) is_before_[g] = true;
    in_[agent] = false;
    return false;
}

std::vector<std::uint32_t> couples_replies::moved() const {
    std::vector<std::uint32_t> agents;
    for (const auto& [g, at] : before_) agents.push_back(g);
    std::sort(agents.begin(), agents.end());
    return agents;
}

void couples_replies::let_in_with_places(const std::vector<std::uint32_t>& waiting,
                                         const std::vector<std::uint32_t>& agents) {
    forget();
    granting_ = true;
    most_moves_ = UINT64_MAX;
    for (const std::uint32_t g : waiting) {
        in_[g] = true;
        (void)reply(g);
    }
    for (bool moved = true; moved;) {
        moved = false;
        for (const std::uint32_t g : agents) {
            if (!reply(g)) continue;
            moved = true;
            // The places it left go with it, or couples would follow into them without end.
            for (const std::uint32_t p : freed_)
                if (held_[p].size() < capacities_[p] && wanted(p))
                    capacities_[p] = static_cast<std::uint32_t>(held_[p].size());
            forget();
        }
    }
    granting_ = false;
}

bool couples_replies::wanted(std::uint32_t p) const {
    for (const ranked_agent& one : room_.ranked[p]) {
        const couples_agent& agent = room_.agents[one.agent];
        for (std::uint32_t k = 0; k < at_[one.agent]; ++k) {
            const couples_option& to = agent.options[k];
            if ((to.first == p || to.second == p) && takes(agent, to)) return true;
        }
    }
    return false;
}

void couples_replies::place(const std::vector<std::uint32_t>& agents, const couples_state& state) {
    for (const std::uint32_t g : agents) leave(g, nullptr);
    for (const std::uint32_t g : agents) {
        in_[g] = true;
        const couples_agent& agent = room_.agents[g];
        at_[g] = state[g];
        if (at_[g] == agent.none()) continue;
        const couples_option& to = agent.options[at_[g]];
        enter(to.first, to.first_rank, agent.first);
        enter(to.second, to.second_rank, agent.second);
    }
    forget();
}

}  // namespace veche::matching
