#include "matching/couples.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "kernel/check.hpp"
#include "matching/couples_replies.hpp"
#include "matching/more_refusal.hpp"

namespace veche::matching {

namespace {

/// Above this many agents a whole part is not searched, whatever its couples.
constexpr std::size_t most_searched = 5'000;
/// Above this many trials no fewest change of capacities is sought.
constexpr std::size_t most_trials = 700;
constexpr std::uint64_t trial_conflicts = 20'000;
/// Of a search of those who moved when one was let in.
constexpr std::uint64_t local_conflicts = 2'000;
/// Of how many who moved.
constexpr std::size_t most_moved = 150;
/// Replies when one is let in; a chain of them is some tens long.
constexpr std::uint64_t moves_of_one_search = 3'000;
/// How many wait in a part before less is done for others.
constexpr std::size_t most_waiting = 6;
/// Replies for one more who then waits.
constexpr std::uint64_t few_moves = 400;

tl::unexpected<refusal> unsound(const std::string& what) {
    return refuse(more_refusals::market_malformed, {}, what);
}

result<void> sound_couples(const couples_market& m) {
    const std::size_t people = m.lists.size();
    const std::size_t programmes = m.capacities.size();
    if (m.orders.size() != programmes) return unsound("every programme has an order");
    if (people >= nobody || programmes >= nobody) return unsound("there are too many");
    std::vector<std::uint32_t> seen(std::max(people, programmes), nobody);
    for (std::uint32_t p = 0; p < programmes; ++p)
        for (const std::uint32_t a : m.orders[p]) {
            if (a >= people) return unsound(fmt::format("programme {} ranks a stranger", p));
            if (std::exchange(seen[a], p) == p)
                return unsound(fmt::format("programme {} ranks applicant {} twice", p, a));
        }
    std::fill(seen.begin(), seen.end(), nobody);
    for (std::uint32_t a = 0; a < people; ++a)
        for (const std::uint32_t p : m.lists[a]) {
            if (p >= programmes) return unsound(fmt::format("applicant {} names no programme", a));
            if (std::exchange(seen[p], a) == a)
                return unsound(fmt::format("applicant {} names programme {} twice", a, p));
        }
    std::vector<bool> coupled(people, false);
    for (const couple& one : m.couples) {
        if (one.first >= people || one.second >= people) return unsound("a couple has a stranger");
        if (one.first == one.second) return unsound("a couple is two people");
        for (const std::uint32_t a : {one.first, one.second}) {
            if (coupled[a]) return unsound(fmt::format("applicant {} is in two couples", a));
            coupled[a] = true;
            if (!m.lists[a].empty())
                return unsound(fmt::format("applicant {} is in a couple and has a list alone", a));
        }
        std::vector<std::pair<std::uint32_t, std::uint32_t>> wishes;
        for (const pair_choice& wish : one.choices) {
            for (const std::uint32_t p : {wish.first, wish.second})
                if (p != nobody && p >= programmes) return unsound("a couple names no programme");
            wishes.push_back({wish.first, wish.second});
        }
        std::sort(wishes.begin(), wishes.end());
        if (std::adjacent_find(wishes.begin(), wishes.end()) != wishes.end())
            return unsound(
                fmt::format("the couple of {} and {} makes a choice twice", one.first, one.second));
    }
    return {};
}

/// Agents who could ever come into one another's way.
struct couples_part {
    std::vector<std::uint32_t> agents;  ///< singles, then couples
    std::vector<std::uint32_t> programmes;
    std::size_t couples = 0;
};

std::vector<couples_part> parts_of(const couples_room& room) {
    const std::size_t agents = room.agents.size();
    std::vector<std::uint32_t> root(agents + room.ranked.size());
    std::iota(root.begin(), root.end(), 0);
    const auto find = [&](std::uint32_t x) {
        while (root[x] != x) x = root[x] = root[root[x]];
        return x;
    };
    for (std::uint32_t p = 0; p < room.ranked.size(); ++p)
        for (const ranked_agent& one : room.ranked[p]) {
            const std::uint32_t a = find(one.agent);
            const std::uint32_t b = find(static_cast<std::uint32_t>(agents) + p);
            root[std::max(a, b)] = std::min(a, b);
        }
    std::vector<std::uint32_t> number(root.size(), nobody);
    std::vector<couples_part> parts;
    for (std::uint32_t x = 0; x < root.size(); ++x) {
        const std::uint32_t r = find(x);
        if (number[r] == nobody) {
            if (x >= agents) continue;  // a programme nobody asks for
            number[r] = static_cast<std::uint32_t>(parts.size());
            parts.emplace_back();
        }
        couples_part& part = parts[number[r]];
        if (x >= agents) {
            part.programmes.push_back(x - static_cast<std::uint32_t>(agents));
            continue;
        }
        part.agents.push_back(x);
        part.couples += room.agents[x].pair();
    }
    return parts;
}

class couples_matching {
  public:
    couples_matching(const couples_market& m, const couples_limits& limits)
        : m_(m), limits_(limits), room_(m), replies_(room_, m.capacities) {}

    couples_certificate run() {
        const auto parts = parts_of(room_);
        made_.parts = static_cast<std::int64_t>(parts.size());
        made_.proof = couples_proof::found;
        bool fewest = true;
        for (const couples_part& part : parts) {
            const couples_proof proof = match(part, fewest);
            // One part without a stable matching is enough for the whole to have none.
            if (proof == couples_proof::none || made_.proof == couples_proof::found)
                made_.proof = proof;
        }
        return written(fewest);
    }

  private:
    [[nodiscard]] std::size_t couples_in(const std::vector<std::uint32_t>& agents) const {
        return static_cast<std::size_t>(std::count_if(
            agents.begin(), agents.end(), [&](std::uint32_t g) { return g >= room_.singles; }));
    }

    couples_proof match(const couples_part& part, bool& fewest) {
        std::vector<std::uint32_t> waiting = part.agents;
        std::int64_t turn = 0;
        // Who could not be let in among some may be let in among more.
        while (!waiting.empty() && turn < limits_.orders_tried) {
            ++turn;
            const std::size_t before = waiting.size();
            let_in(waiting);
            if (waiting.size() == before) break;
        }
        made_.orders_tried = std::max(made_.orders_tried, turn);
        if (waiting.empty()) return couples_proof::found;
        made_.couples_in_conflict += static_cast<std::int64_t>(couples_in(waiting));
        const search_end whole = search_whole(part, m_.capacities, limits_.conflicts);
        if (whole == search_end::found) return couples_proof::found;
        const bool none = whole == search_end::none;
        if (none && change_fewest(part)) return couples_proof::none;
        for (const std::uint32_t g : waiting) keep_order(g);
        fewest = false;
        replies_.let_in_with_places(waiting, part.agents);
        return none ? couples_proof::none : couples_proof::unknown;
    }

    void keep_order(std::uint32_t g) {
        if (g >= room_.singles) made_.order.push_back(g - room_.singles);
    }

    /// Lets in one after the other. Whom replies go round and round over, a search of all who moved
    /// places, the others staying where they are; or they wait.
    void let_in(std::vector<std::uint32_t>& waiting) {
        std::vector<std::uint32_t> still;
        for (const std::uint32_t g : waiting) {
            // Where replies go round again and again, they do so for others too.
            const bool few = still.size() < most_waiting;
            if (replies_.let_in(g, few ? moves_of_one_search : few_moves) ||
                (few && search_moved()))
                keep_order(g);
            else
                still.push_back(g);
        }
        waiting = std::move(still);
    }

    bool search_moved() {
        const std::vector<std::uint32_t> moving = replies_.moved();
        if (couples_in(moving) > limits_.couples_searched || moving.size() > most_moved)
            return false;
        ++made_.searches;
        couples_state state = replies_.state();
        const auto made = search_couples(room_, replies_.capacities(), moving, rivals(moving),
                                         state, local_conflicts);
        made_.conflicts += static_cast<std::int64_t>(made.conflicts);
        if (made.end != search_end::found) return false;
        replies_.place(moving, state);
        return true;
    }

    /// The agents themselves, and all who are in and ask for a programme that one of them asks for.
    [[nodiscard]] std::vector<std::uint32_t> rivals(
        const std::vector<std::uint32_t>& moving) const {
        std::vector<bool> judged(room_.agents.size(), false);
        std::vector<bool> seen(room_.ranked.size(), false);
        for (const std::uint32_t g : moving) {
            judged[g] = true;
            for (const couples_option& option : room_.agents[g].options)
                for (const std::uint32_t p : {option.first, option.second}) {
                    if (p == nobody || seen[p]) continue;
                    seen[p] = true;
                    for (const ranked_agent& one : room_.ranked[p])
                        if (replies_.is_in(one.agent)) judged[one.agent] = true;
                }
        }
        std::vector<std::uint32_t> agents;
        for (std::uint32_t g = 0; g < judged.size(); ++g)
            if (judged[g]) agents.push_back(g);
        return agents;
    }

    search_end search_whole(const couples_part& part, const std::vector<std::uint32_t>& capacities,
                            std::uint64_t conflicts) {
        if (part.couples > limits_.couples_searched || part.agents.size() > most_searched)
            return search_end::given_up;
        ++made_.searches;
        couples_state state = replies_.state();
        const auto made =
            search_couples(room_, capacities, part.agents, part.agents, state, conflicts);
        made_.conflicts += static_cast<std::int64_t>(made.conflicts);
        if (made.end == search_end::found) {
            replies_.place(part.agents, state);
            for (const std::uint32_t p : part.programmes) changed_[p] = capacities[p];
        }
        return made.end;
    }

    /// Tries every change by one place, a place more before a place less, then every two of them.
    /// False where none of these allows a stable matching or a trial was given up.
    bool change_fewest(const couples_part& part) {
        changed_ = m_.capacities;
        const std::size_t n = 2 * part.programmes.size();
        if (n * (n + 1) / 2 > most_trials) return false;
        const auto apply = [&](std::vector<std::uint32_t>& capacities, std::size_t change) {
            const bool more = change < part.programmes.size();
            std::uint32_t& places = capacities[part.programmes[change % part.programmes.size()]];
            if (!more && places == 0) return false;
            places += more ? 1 : UINT32_MAX;
            return true;
        };
        for (std::size_t changes = 1; changes <= 2; ++changes)
            for (std::size_t i = 0; i < n; ++i)
                for (std::size_t j = changes == 1 ? n - 1 : i; j < n; ++j) {
                    auto capacities = m_.capacities;
                    if (!apply(capacities, i) || (changes == 2 && !apply(capacities, j))) continue;
                    const search_end end = search_whole(part, capacities, trial_conflicts);
                    if (end == search_end::given_up) return false;
                    if (end == search_end::none) continue;
                    for (const std::uint32_t p : part.programmes)
                        replies_.set_places(p, changed_[p]);
                    return true;
                }
        return false;
    }

    couples_certificate written(bool fewest) {
        made_.matching.assign(m_.lists.size(), -1);
        for (std::size_t g = 0; g < room_.agents.size(); ++g) {
            const couples_agent& agent = room_.agents[g];
            if (replies_.state()[g] == agent.none()) continue;
            const couples_option& at = agent.options[replies_.state()[g]];
            if (at.first != nobody) made_.matching[agent.first] = at.first;
            if (at.second != nobody) made_.matching[agent.second] = at.second;
        }
        for (std::uint32_t p = 0; p < m_.capacities.size(); ++p)
            if (replies_.capacities()[p] != m_.capacities[p])
                made_.changes.push_back({p, m_.capacities[p], replies_.capacities()[p]});
        made_.outcome =
            made_.changes.empty() ? couples_outcome::stable : couples_outcome::near_feasible;
        // A part that granted places and took all of them back is stable after all.
        if (made_.changes.empty()) made_.proof = couples_proof::found;
        made_.fewest = fewest;
        return std::move(made_);
    }

    const couples_market& m_;
    const couples_limits& limits_;
    couples_room room_;
    couples_replies replies_;
    couples_certificate made_;
    std::vector<std::uint32_t> changed_ = m_.capacities;
};

}  // namespace

result<couples_certificate> match_couples(const couples_market& m, const couples_limits& limits) {
    VECHE_CHECK(sound_couples(m));
    return couples_matching(m, limits).run();
}

}  // namespace veche::matching
