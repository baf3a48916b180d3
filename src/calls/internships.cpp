#include "calls/internships.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "calls/pairs.hpp"
#include "kernel/check.hpp"
#include "matching/couples_check.hpp"

namespace veche::calls {
namespace {

using matching::nobody;

std::optional<std::uint32_t> candidate_at(const run_input& in, const person_id& who) {
    const auto at = std::lower_bound(
        in.candidates.begin(), in.candidates.end(), who,
        [](const candidate& one, const person_id& id) { return one.applicant < id; });
    if (at == in.candidates.end() || at->applicant != who) return std::nullopt;
    return static_cast<std::uint32_t>(at - in.candidates.begin());
}

/// The lines of a pair that name no programme set aside.
run_pair pair_of(const call& c, const application& a, std::uint32_t first, std::uint32_t second) {
    run_pair out{first, second, {}};
    for (const pair_wish& one : a.asked.pairs) {
        pair_line line;
        bool there = true;
        const auto side = [&](const std::optional<place_id>& id) -> std::optional<std::uint32_t> {
            if (!id) return std::nullopt;
            there = there && !c.is_set_aside(*id);
            return position_of(c, *id);
        };
        line.first = side(one.mine);
        line.second = side(one.partners);
        if (there) out.lines.push_back(line);
    }
    return out;
}

std::int64_t free_at(const run_input& in, std::uint32_t p) {
    std::int64_t free = 0;
    for (const seat_run& run : in.seats[p]) free += run.seats;
    return free;
}

matching::couples_market hosts_market(const run_input& in) {
    matching::couples_market m;
    for (std::uint32_t p = 0; p < in.seats.size(); ++p) {
        m.capacities.push_back(static_cast<std::uint32_t>(free_at(in, p)));
        std::vector<std::uint32_t>& order = m.orders.emplace_back();
        for (const ranked_candidate& one : in.orders[p]) order.push_back(one.candidate);
    }
    for (const candidate& one : in.candidates)
        m.lists.push_back(one.paired ? std::vector<std::uint32_t>() : one.choices);
    for (const run_pair& one : in.pairs) {
        matching::couple& made = m.couples.emplace_back();
        made.first = one.first;
        made.second = one.second;
        for (const pair_line& line : one.lines)
            made.choices.push_back({line.first.value_or(nobody), line.second.value_or(nobody)});
    }
    return m;
}

/// Whoever could ever come into the way of one of the programmes: all that is joined to them by
/// somebody who named a programme and is ranked there, or by a pair.
class joined_part {
  public:
    joined_part(const run_input& in, const std::vector<matching::seat_change>& changes)
        : in_(in), root_(in.candidates.size() + in.seats.size()) {
        std::iota(root_.begin(), root_.end(), std::size_t{0});
        for (std::size_t p = 0; p < in.orders.size(); ++p)
            for (const ranked_candidate& one : in.orders[p]) join(one.candidate, node(p));
        for (const run_pair& one : in.pairs) join(one.first, one.second);
        for (const matching::seat_change& one : changes)
            meant_.insert(find(node(static_cast<std::size_t>(one.programme))));
    }

    stuck_part make() {
        stuck_part out;
        for (std::size_t p = 0; p < in_.seats.size(); ++p)
            if (meant_.contains(find(node(p))))
                out.programmes.push_back(in_.of->asked.programmes[p].programme);
        for (const run_pair& one : in_.pairs)
            if (meant_.contains(find(one.first)))
                for (const std::uint32_t a : {one.first, one.second})
                    out.applicants.push_back(in_.candidates[a].applicant);
        return out;
    }

  private:
    [[nodiscard]] std::size_t node(std::size_t p) const { return in_.candidates.size() + p; }
    std::size_t find(std::size_t x) {
        while (root_[x] != x) x = root_[x] = root_[root_[x]];
        return x;
    }
    void join(std::size_t a, std::size_t b) { root_[find(a)] = find(b); }

    const run_input& in_;
    std::vector<std::size_t> root_;
    std::set<std::size_t> meant_;
};

/// What the matching says of each programme: its places, whom it took, and the last of them.
void show_programmes(const run_input& in, const matching::couples_certificate& made,
                     run_result& out) {
    for (std::uint32_t p = 0; p < in.seats.size(); ++p) {
        const place_id& id = in.of->asked.programmes[p].programme;
        cutoff last;
        last.programme = id;
        last.seats = free_at(in, p);
        for (const matching::seat_change& one : made.changes)
            if (one.programme == p) {
                out.hosts->changes.push_back({id, one.from, one.to});
                last.seats = one.to;
            }
        programme_placing took{id, {}};
        for (const ranked_candidate& one : in.orders[p])
            if (out.placings[one.candidate].offered && out.placings[one.candidate].programme == p)
                took.ranks.push_back(one.rank);
        last.taken = static_cast<std::int64_t>(took.ranks.size());
        if (last.taken > 0 && last.taken >= last.seats) last.rank = took.ranks.back();
        if (last.seats > 0) out.cutoffs.push_back(last);
        if (!took.ranks.empty()) out.hosts->placed.push_back(std::move(took));
    }
}

/// From the cutoffs alone: everybody who goes alone has the first of their choices that ranks them
/// not behind the last it took, or has a place left.
std::string check_alone(const run_input& in, const run_result& out) {
    for (std::size_t a = 0; a < in.candidates.size(); ++a) {
        const candidate& who = in.candidates[a];
        if (who.paired) continue;
        const auto first =
            std::find_if(who.choices.begin(), who.choices.end(), [&](std::uint32_t p) {
                const place_id& id = in.of->asked.programmes[p].programme;
                const auto rank = rank_at(*in.of, id, who.applicant);
                return rank &&
                       std::any_of(out.cutoffs.begin(), out.cutoffs.end(), [&](const cutoff& one) {
                           return one.programme == id && (!one.rank || *rank <= *one.rank);
                       });
            });
        const placing& got = out.placings[a];
        if (first == who.choices.end() ? got.offered : !got.offered || got.programme != *first)
            return "the cutoffs place " + who.applicant.value + " elsewhere";
    }
    return {};
}

}  // namespace

bool waits_with_hosts(const state& s, const application& a) {
    if (!a.in_run()) return false;
    if (const application* other = partner_of(s, a))
        return a.offers.empty() && other->offers.empty();
    const offer* last = a.current();
    if (!last || last->status == offer_status::partner_declined) return true;
    const offer* held = a.held();
    return held && held->status == offer_status::accepted && held->keep_waiting && !held->paired;
}

std::vector<place_id> wanted_with_hosts(const state& s, const application& a) {
    std::vector<place_id> out;
    if (partner_of(s, a)) {
        for (const pair_wish& one : a.asked.pairs)
            if (one.mine && std::find(out.begin(), out.end(), *one.mine) == out.end())
                out.push_back(*one.mine);
        return out;
    }
    const offer* held = a.held();
    for (const place_id& one : a.asked.choices) {
        if (held && held->programme == one) break;
        out.push_back(one);
    }
    return out;
}

void add_hosts(const state& s, const call& c, run_input& in) {
    in.orders.resize(in.seats.size());
    for (const host_ranking& one : c.rankings) {
        const std::uint32_t p = position_of(c, one.programme);
        for (std::size_t i = 0; i < one.applicants.size(); ++i) {
            const auto at = candidate_at(in, one.applicants[i]);
            if (!at) continue;
            const auto& wanted = in.candidates[*at].choices;
            if (std::find(wanted.begin(), wanted.end(), p) != wanted.end())
                in.orders[p].push_back({*at, static_cast<std::int64_t>(i) + 1});
        }
    }
    for (std::uint32_t a = 0; a < in.candidates.size(); ++a) {
        if (!in.candidates[a].paired) continue;
        const application* one = s.find(c.asked.call, in.candidates[a].applicant);
        const auto other = candidate_at(in, *one->asked.partner);
        VECHE_ENSURE(other, "both of a pair take part, or neither");
        if (a < *other) in.pairs.push_back(pair_of(c, *one, a, *other));
    }
}

bool hosts_have_work(const run_input& in) {
    for (std::uint32_t p = 0; p < in.seats.size(); ++p)
        if (free_at(in, p) > 0 && !in.orders[p].empty()) return true;
    return false;
}

run_result allocate_internships(const run_input& in) {
    const matching::couples_market m = hosts_market(in);
    const auto made = matching::match_couples(m);
    VECHE_ENSURE(made.has_value(), "what was applied for and ranked is a sound market");
    run_result out;
    out.placings.resize(in.candidates.size());
    const bool stable = made->outcome == matching::couples_outcome::stable;
    if (!stable && in.of->asked.hosts->changes == change_rule::none) {
        out.stuck = joined_part(in, made->changes).make();
        return out;
    }
    out.fault = matching::couples_fault(m, *made);
    for (std::size_t a = 0; a < in.candidates.size(); ++a)
        if (made->matching[a] >= 0) {
            out.placings[a].offered = true;
            out.placings[a].programme = static_cast<std::uint32_t>(made->matching[a]);
        }
    out.hosts.emplace();
    out.hosts->outcome = stable ? matching_outcome::stable : matching_outcome::near_feasible;
    out.hosts->none_stable = made->proof == matching::couples_proof::none;
    out.hosts->fewest = !stable && made->fewest;
    show_programmes(in, *made, out);
    if (out.fault.empty()) out.fault = check_alone(in, out);
    return out;
}

std::optional<std::int64_t> rank_at(const call& c, const place_id& programme,
                                    const person_id& who) {
    const host_ranking* order = c.ranking_of(programme);
    if (!order) return std::nullopt;
    const auto at = std::find(order->applicants.begin(), order->applicants.end(), who);
    if (at == order->applicants.end()) return std::nullopt;
    return at - order->applicants.begin() + 1;
}

std::vector<place_id> unranked(const state& s, const call& c) {
    std::set<place_id> wanted;
    each_application(s, c.asked.call, [&](const application& a) {
        if (!a.in_run()) return;
        for (const place_id& one : named_by(a.asked)) wanted.insert(one);
    });
    std::vector<place_id> out;
    for (const programme_plan& one : c.asked.programmes)
        if (wanted.contains(one.programme) && !c.is_set_aside(one.programme) &&
            !c.ranking_of(one.programme))
            out.push_back(one.programme);
    return out;
}

instant rankings_until(const call& c) {
    return plus_days(c.asked.closes, c.asked.hosts->rank_days);
}

}  // namespace veche::calls
