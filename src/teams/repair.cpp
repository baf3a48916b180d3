#include "teams/repair.hpp"

#include <algorithm>
#include <map>

#include "teams/flow.hpp"

namespace veche::teams {
namespace {

std::int64_t missed(const rule& r, std::int64_t count) {
    return count > r.max ? count - r.max : count < r.min ? r.min - count : 0;
}

/// An assignment with its counts; tries changes and takes them back.
class board {
  public:
    board(const problem& of, std::vector<std::uint32_t>& at)
        : of_(of), at_(at), counts_(counts_of(of, at)) {}

    [[nodiscard]] std::int64_t broken() const {
        std::int64_t sum = 0;
        for (std::size_t r = 0; r < of_.rules.size(); ++r) sum += missed(of_.rules[r], counts_[r]);
        return sum;
    }
    [[nodiscard]] bool is_broken(std::uint32_t r) const {
        return missed(of_.rules[r], counts_[r]) > 0;
    }

    /// Sends the person to the option, and gives how many more places in windows are missed.
    std::int64_t send(std::uint32_t person, std::uint32_t to) {
        const std::int64_t change = count(person, at_[person], -1) + count(person, to, 1);
        at_[person] = to;
        return change;
    }
    [[nodiscard]] int128 weight(std::uint32_t option) const {
        return option == nowhere ? 0 : of_.options[option].weight;
    }
    /// The person's option at the other's site; false where there is none.
    bool option_at(std::uint32_t person, std::uint32_t others, std::uint32_t& found) const {
        found = nowhere;
        if (others == nowhere) return true;
        const std::uint32_t site = of_.options[others].site;
        const auto begin = of_.options.begin() + of_.begins[person];
        const auto end = of_.options.begin() + of_.begins[person + 1];
        const auto one = std::lower_bound(
            begin, end, site, [](const option& o, std::uint32_t s) { return o.site < s; });
        if (one == end || one->site != site) return false;
        found = static_cast<std::uint32_t>(one - of_.options.begin());
        return true;
    }
    [[nodiscard]] std::uint32_t at(std::uint32_t person) const { return at_[person]; }

  private:
    std::int64_t count(std::uint32_t person, std::uint32_t option, std::int64_t by) {
        if (option == nowhere) return 0;
        const std::uint32_t site = of_.options[option].site;
        std::int64_t change = 0;
        for (std::uint32_t r = of_.rule_begins[site]; r < of_.rule_begins[site + 1]; ++r)
            if (of_.has[of_.rules[r].label][person]) {
                change -= missed(of_.rules[r], counts_[r]);
                counts_[r] += by;
                change += missed(of_.rules[r], counts_[r]);
            }
        return change;
    }

    const problem& of_;
    std::vector<std::uint32_t>& at_;
    std::vector<std::int64_t> counts_;
};

struct change {
    std::int64_t broken = 0;
    int128 gain = 0;
    std::uint32_t first = nowhere, first_to = nowhere, second = nowhere, second_to = nowhere;

    [[nodiscard]] bool better_than(const change& other) const {
        return broken != other.broken ? broken < other.broken : gain > other.gain;
    }
};

/// Weighs moves and exchanges, one at a time.
class mover {
  public:
    mover(const problem& of, std::vector<std::uint32_t>& at) : of_(of), board_(of, at) {}

    [[nodiscard]] const board& now() const { return board_; }

    change move(std::uint32_t person, std::uint32_t to) {
        const std::uint32_t from = board_.at(person);
        change c{board_.send(person, to), board_.weight(to) - board_.weight(from), person, to};
        board_.send(person, from);
        return c;
    }
    /// Nothing where one of them may not go where the other is.
    bool exchange(std::uint32_t a, std::uint32_t b, change& c) {
        const std::uint32_t at_a = board_.at(a);
        const std::uint32_t at_b = board_.at(b);
        std::uint32_t to_a = nowhere;
        std::uint32_t to_b = nowhere;
        if (!board_.option_at(a, at_b, to_a) || !board_.option_at(b, at_a, to_b)) return false;
        c = {0,
             board_.weight(to_a) + board_.weight(to_b) - board_.weight(at_a) - board_.weight(at_b),
             a,
             to_a,
             b,
             to_b};
        c.broken = board_.send(a, to_a) + board_.send(b, to_b);
        board_.send(a, at_a);
        board_.send(b, at_b);
        return true;
    }
    void take(const change& c) {
        board_.send(c.first, c.first_to);
        if (c.second != nowhere) board_.send(c.second, c.second_to);
    }
    template <class Each>
    void each_move(std::uint32_t person, const Each& each) {
        for (std::uint32_t i = of_.begins[person]; i < of_.begins[person + 1]; ++i)
            if (i != board_.at(person)) each(i);
        if (board_.at(person) != nowhere) each(nowhere);
    }

  private:
    const problem& of_;
    board board_;
};

change best_move(const problem& of, mover& by) {
    change best;
    for (std::uint32_t p = 0; p < of.people_count(); ++p)
        by.each_move(p, [&](std::uint32_t to) {
            const change c = by.move(p, to);
            if (c.broken < 0 && (best.first == nowhere || c.better_than(best))) best = c;
        });
    return best;
}

/// Of exchanges between people at the site of a broken rule and all others.
change best_exchange(const problem& of, mover& by) {
    change best;
    for (std::uint32_t r = 0; r < of.rules.size() && best.first == nowhere; ++r) {
        if (!by.now().is_broken(r)) continue;
        for (std::uint32_t a = 0; a < of.people_count(); ++a) {
            const std::uint32_t at = by.now().at(a);
            if (at == nowhere || of.options[at].site != of.rules[r].site) continue;
            for (std::uint32_t b = 0; b < of.people_count(); ++b) {
                change c;
                if (by.now().at(b) == at || !by.exchange(a, b, c) || c.broken >= 0) continue;
                if (best.first == nowhere || c.better_than(best)) best = c;
            }
        }
    }
    return best;
}

constexpr std::uint32_t most_for_exchange = 4'000;

bool improve_by_moves(const problem& of, mover& by) {
    bool any = false;
    for (std::uint32_t p = 0; p < of.people_count(); ++p) {
        change best;
        by.each_move(p, [&](std::uint32_t to) {
            const change c = by.move(p, to);
            if (c.broken == 0 && c.gain > best.gain) best = c;
        });
        if (best.first != nowhere) by.take(best), any = true;
    }
    if (of.people_count() > most_for_exchange) return any;
    for (std::uint32_t a = 0; a < of.people_count(); ++a)
        for (std::uint32_t b = a + 1; b < of.people_count(); ++b) {
            change c;
            if (by.now().at(a) == by.now().at(b) || !by.exchange(a, b, c)) continue;
            if (c.broken == 0 && c.gain > 0) by.take(c), any = true;
        }
    return any;
}

/// The best assignment that leaves the number of people with each set of labels at each site as it
/// is.
bool improve_by_flow(const problem& of, std::vector<std::uint32_t>& at) {
    const std::uint32_t people = of.people_count();
    std::map<std::vector<std::uint32_t>, std::uint32_t> cells;
    std::vector<std::int64_t> fill;
    std::vector<std::uint32_t> cell_of;
    for (const option& o : of.options) {
        std::vector<std::uint32_t> key{o.site};
        for (std::uint32_t r = of.rule_begins[o.site]; r < of.rule_begins[o.site + 1]; ++r)
            if (of.has[of.rules[r].label][o.person]) key.push_back(r);
        const auto cell =
            cells.emplace(std::move(key), static_cast<std::uint32_t>(cells.size())).first->second;
        fill.resize(cells.size(), 0);
        cell_of.push_back(cell);
    }
    int128 heaviest = 1;
    for (const option& o : of.options)
        heaviest = std::max(heaviest, o.weight < 0 ? -o.weight : o.weight);
    for (const std::uint32_t i : at)
        if (i != nowhere) ++fill[cell_of[i]];
    const auto sink = static_cast<network::node>(people + fill.size());
    network net(sink + 1, heaviest << 20);
    std::vector<network::arc> arcs;
    for (std::uint32_t p = 0; p < people; ++p) {
        net.supply(p, 1);
        net.add(p, sink, 0, 1, 0);
    }
    net.supply(sink, -static_cast<std::int64_t>(people));
    for (std::uint32_t c = 0; c < fill.size(); ++c) net.add(people + c, sink, fill[c], fill[c], 0);
    for (std::size_t i = 0; i < of.options.size(); ++i)
        arcs.push_back(
            net.add(of.options[i].person, people + cell_of[i], 0, 1, -of.options[i].weight));
    net.solve();
    std::vector<std::uint32_t> better(people, nowhere);
    for (std::uint32_t i = 0; i < arcs.size(); ++i)
        if (net.flow(arcs[i]) == 1) better[of.options[i].person] = i;
    if (!keeps_rules(of, better) || weight_of(of, better) <= weight_of(of, at)) return false;
    at = std::move(better);
    return true;
}

}  // namespace

std::vector<std::int64_t> counts_of(const problem& of, const std::vector<std::uint32_t>& at) {
    std::vector<std::int64_t> counts(of.rules.size(), 0);
    for (std::uint32_t p = 0; p < at.size(); ++p) {
        if (at[p] == nowhere) continue;
        const std::uint32_t site = of.options[at[p]].site;
        for (std::uint32_t r = of.rule_begins[site]; r < of.rule_begins[site + 1]; ++r)
            counts[r] += of.has[of.rules[r].label][p];
    }
    return counts;
}

bool keeps_rules(const problem& of, const std::vector<std::uint32_t>& at) {
    const auto counts = counts_of(of, at);
    for (std::size_t r = 0; r < counts.size(); ++r)
        if (missed(of.rules[r], counts[r]) > 0) return false;
    return true;
}

int128 weight_of(const problem& of, const std::vector<std::uint32_t>& at) {
    int128 sum = 0;
    for (const std::uint32_t i : at)
        if (i != nowhere) sum += of.options[i].weight;
    return sum;
}

bool repair(const problem& of, std::vector<std::uint32_t>& at) {
    mover by(of, at);
    std::int64_t broken = by.now().broken();
    while (broken > 0) {
        change next = best_move(of, by);
        if (next.first == nowhere) next = best_exchange(of, by);
        if (next.first == nowhere) return false;
        by.take(next);
        broken += next.broken;
    }
    return true;
}

void improve(const problem& of, std::vector<std::uint32_t>& at) {
    constexpr int most_rounds = 20;
    for (int round = 0; round < most_rounds; ++round) {
        bool any = false;
        mover by(of, at);
        while (improve_by_moves(of, by)) any = true;
        if (!improve_by_flow(of, at) && (!any || round > 0)) return;
    }
}

}  // namespace veche::teams
