#include "matching/certificate_check.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace veche::matching {
namespace {

/// Where an applicant stands on the own list: the index of the choice, or the end of the list.
std::uint32_t place_on_list(const market& m, std::uint32_t a, std::uint32_t programme) {
    std::uint32_t i = m.begins[a];
    if (programme == nobody) return m.begins[a + 1];
    while (i < m.begins[a + 1] && m.choices[i].programme != programme) ++i;
    return i;
}

verdict check_shape(const market& m, const assignment& placed) {
    if (placed.size() != m.applicants()) return {fault::shape};
    for (std::uint32_t a = 0; a < m.applicants(); ++a) {
        if (placed[a] == nobody) continue;
        if (placed[a] >= m.programmes()) return {fault::shape, a};
        if (place_on_list(m, a, placed[a]) == m.begins[a + 1])
            return {fault::not_asked_for, a, placed[a]};
    }
    return {};
}

/// What the scan of the lists gathers of each programme.
struct programme_tally {
    std::uint64_t fill = 0;
    std::uint32_t worst = 0;  ///< the highest rank held, where anybody is held
};

/// Everybody sits at the first programme of the list whose limit they meet.
verdict scan(const market& m, const outcome& out, std::vector<programme_tally>& tally) {
    if (out.placed.size() != m.applicants() || out.limits.size() != m.programmes())
        return {fault::shape};
    for (std::uint32_t a = 0; a < m.applicants(); ++a) {
        const std::uint32_t placed = out.placed[a];
        const choice* at = m.choices.data() + m.begins[a];
        const choice* const end = m.choices.data() + m.begins[a + 1];
        while (at != end && at->rank >= out.limits[at->programme] && at->programme != placed) ++at;
        if (at == end) {
            if (placed != nobody) return {fault::not_asked_for, a, placed};
            continue;
        }
        if (at->programme != placed) return {fault::passed_over, a, at->programme};
        if (at->rank >= out.limits[placed]) return {fault::refused_placed, a, placed};
        ++tally[placed].fill;
        tally[placed].worst = std::max(tally[placed].worst, at->rank);
    }
    return {};
}

/// Follows one edge from each programme; whether a ring closes, and where.
std::uint32_t ring(const std::vector<std::uint32_t>& next) {
    std::vector<std::uint32_t> seen(next.size(), nobody);
    for (std::uint32_t from = 0; from < next.size(); ++from) {
        std::uint32_t p = from;
        while (p != nobody && seen[p] == nobody) {
            seen[p] = from;
            p = next[p];
        }
        if (p != nobody && seen[p] == from) return p;
    }
    return nobody;
}

/// To where the best of those who would rather be at each programme would leave a seat.
std::vector<std::uint32_t> wanted_moves(const market& m, const outcome& out) {
    std::vector<std::uint32_t> best(m.programmes(), no_limit);
    std::vector<std::uint32_t> next(m.programmes(), nobody);
    for (std::uint32_t a = 0; a < m.applicants(); ++a) {
        const std::uint32_t own = place_on_list(m, a, out.placed[a]);
        for (std::uint32_t i = m.begins[a]; i < own; ++i) {
            const choice& c = m.choices[i];
            if (c.rank >= best[c.programme]) continue;
            best[c.programme] = c.rank;
            next[c.programme] = out.placed[a];
        }
    }
    return next;
}

/// To where the worst whom each programme holds could go, if a full programme there would rather
/// have them than its worst.
std::vector<std::uint32_t> offered_moves(const market& m, const outcome& out) {
    std::vector<std::uint32_t> worst(m.programmes(), nobody);
    std::vector<std::uint32_t> rank(m.programmes(), 0);
    std::vector<std::uint32_t> fill(m.programmes(), 0);
    for (std::uint32_t a = 0; a < m.applicants(); ++a) {
        if (out.placed[a] == nobody) continue;
        const choice& c = m.choices[place_on_list(m, a, out.placed[a])];
        ++fill[c.programme];
        if (worst[c.programme] != nobody && c.rank < rank[c.programme]) continue;
        worst[c.programme] = a;
        rank[c.programme] = c.rank;
    }
    std::vector<std::uint32_t> next(m.programmes(), nobody);
    for (std::uint32_t p = 0; p < m.programmes(); ++p) {
        if (worst[p] == nobody || fill[p] < m.capacities[p]) continue;
        const std::uint32_t a = worst[p];
        std::uint32_t i = place_on_list(m, a, p) + 1;
        while (i < m.begins[a + 1]) {
            const choice& c = m.choices[i];
            const bool open = fill[c.programme] < m.capacities[c.programme];
            if (open || (worst[c.programme] != nobody && c.rank < rank[c.programme])) break;
            ++i;
        }
        if (i == m.begins[a + 1]) continue;
        const std::uint32_t to = m.choices[i].programme;
        if (fill[to] == m.capacities[to]) next[p] = to;
    }
    return next;
}

/// One candidate of a programme in the check of reserves.
struct claimant {
    std::uint32_t rank;
    std::uint32_t applicant;
    std::uint32_t types;
    bool held;
    bool taken = false;
};

/// Fills run by run, as the plan declares.
bool fill_in_order(const seat_plan& plan, std::vector<claimant>& all) {
    for (const seat_run& run : plan.runs) {
        std::uint32_t left = run.seats;
        for (int turn = 0; turn < (run.hard ? 1 : 2); ++turn)
            for (claimant& one : all) {
                if (left == 0) break;
                if (one.taken || (turn == 0 && !has_type(one.types, run.type))) continue;
                one.taken = true;
                --left;
            }
    }
    return std::all_of(all.begin(), all.end(), [](const claimant& c) { return c.taken == c.held; });
}

/// Whether everybody of a growing group can sit in a reserved seat of their own: Hall's theorem
/// (1935) over all sets of runs, so that no search of a matching is shared with the engine.
class hall {
  public:
    explicit hall(const seat_plan& plan) {
        for (const seat_run& run : plan.runs)
            if (run.type != any_type && run.seats > 0) reserved_.push_back(run);
        for (std::uint32_t set = 0; set < std::uint32_t{1} << reserved_.size(); ++set) {
            std::uint64_t seats = 0;
            std::uint32_t outside = 0;
            for (std::size_t i = 0; i < reserved_.size(); ++i)
                if ((set >> i & 1) != 0)
                    seats += reserved_[i].seats;
                else
                    outside |= std::uint32_t{1} << reserved_[i].type;
            room_.push_back(seats);
            outside_.push_back(outside);
        }
    }

    /// Adds one more where that is possible.
    bool add(std::uint32_t types) {
        for (std::size_t set = 0; set < room_.size(); ++set)
            if (room_[set] + ((types & outside_[set]) != 0) <= size_) return false;
        for (std::size_t set = 0; set < room_.size(); ++set)
            room_[set] += (types & outside_[set]) != 0;
        ++size_;
        return true;
    }
    [[nodiscard]] std::uint64_t size() const { return size_; }

  private:
    std::vector<seat_run> reserved_;
    std::vector<std::uint64_t> room_;  ///< seats of the set, and members who could sit outside it
    std::vector<std::uint32_t> outside_;
    std::uint64_t size_ = 0;
};

/// Greedy over ranks: who raises the number of reserved seats filled is in; then ranks alone.
bool fill_most_reserved(const seat_plan& plan, std::vector<claimant>& all) {
    std::uint64_t seats = 0;
    for (const seat_run& run : plan.runs) seats += run.seats;
    hall reserved(plan);
    for (claimant& one : all) one.taken = reserved.add(one.types);
    seats -= reserved.size();
    for (claimant& one : all)
        if (!one.taken && seats > 0) {
            one.taken = true;
            --seats;
        }
    return std::all_of(all.begin(), all.end(), [](const claimant& c) { return c.taken == c.held; });
}

std::vector<std::vector<claimant>> claimants_of(const market& m, const reserves& r,
                                                const assignment& placed) {
    std::vector<std::vector<claimant>> all(m.programmes());
    for (std::uint32_t a = 0; a < m.applicants(); ++a) {
        const std::uint32_t own = place_on_list(m, a, placed[a]);
        for (std::uint32_t i = m.begins[a]; i < m.begins[a + 1] && i <= own; ++i)
            all[m.choices[i].programme].push_back({m.choices[i].rank, a, r.types[a], i == own});
    }
    for (auto& of : all)
        std::sort(of.begin(), of.end(),
                  [](const claimant& x, const claimant& y) { return x.rank < y.rank; });
    return all;
}

verdict check_seats(const market& m, const reserves& r, const reserved_outcome& out) {
    std::vector<std::vector<std::uint64_t>> used(m.programmes());
    for (std::uint32_t p = 0; p < m.programmes(); ++p) used[p].resize(r.plans[p].runs.size());
    for (std::uint32_t a = 0; a < m.applicants(); ++a) {
        const std::uint32_t p = out.of.placed[a];
        if (p == nobody) continue;
        if (out.runs[a] >= used[p].size()) return {fault::wrong_seat, a, p};
        const seat_run& run = r.plans[p].runs[out.runs[a]];
        if (++used[p][out.runs[a]] > run.seats) return {fault::over_capacity, a, p};
        if (run.hard && !r.plans[p].most_reserved && !has_type(r.types[a], run.type))
            return {fault::wrong_seat, a, p};
    }
    return {};
}

}  // namespace

verdict check_stable(const market& m, const outcome& out) {
    std::vector<programme_tally> tally(m.programmes());
    if (const verdict v = scan(m, out, tally); !v.holds()) return v;
    for (std::uint32_t p = 0; p < m.programmes(); ++p) {
        if (tally[p].fill > m.capacities[p]) return {fault::over_capacity, nobody, p};
        if (out.limits[p] == no_limit) continue;
        if (tally[p].fill < m.capacities[p]) return {fault::needless_limit, nobody, p};
        if (out.limits[p] != (tally[p].fill == 0 ? 0 : tally[p].worst + 1))
            return {fault::loose_limit, nobody, p};
    }
    return {};
}

verdict check_optimal(const market& m, const outcome& out, proposing side) {
    const std::uint32_t at =
        ring(side == proposing::applicants ? wanted_moves(m, out) : offered_moves(m, out));
    if (at != nobody) return {fault::improvable, nobody, at};
    return {};
}

verdict check_score_limits(const market& m, const outcome& out, tie_policy policy) {
    if (policy != tie_policy::hungarian && policy != tie_policy::chilean) return {fault::shape};
    std::vector<programme_tally> tally(m.programmes());
    if (const verdict v = scan(m, out, tally); !v.holds()) return v;
    // The next class of those who would rather be there, and how many it is; how many the last
    // class admitted is.
    std::vector<std::uint32_t> next(m.programmes(), no_limit);
    std::vector<std::uint64_t> next_size(m.programmes());
    std::vector<std::uint64_t> last_size(m.programmes());
    for (std::uint32_t a = 0; a < m.applicants(); ++a)
        for (std::uint32_t i = m.begins[a]; i < m.begins[a + 1]; ++i) {
            const choice& c = m.choices[i];
            if (c.programme == out.placed[a]) {
                last_size[c.programme] += c.rank == tally[c.programme].worst;
                break;
            }
            if (c.rank < next[c.programme]) next_size[c.programme] = 0;
            next[c.programme] = std::min(next[c.programme], c.rank);
            next_size[c.programme] += c.rank == next[c.programme];
        }
    for (std::uint32_t p = 0; p < m.programmes(); ++p) {
        const std::uint64_t fill = tally[p].fill;
        const std::uint64_t seats = m.capacities[p];
        if (policy == tie_policy::hungarian) {
            if (fill > seats) return {fault::over_capacity, nobody, p};
            if (next[p] != no_limit && fill + next_size[p] <= seats)
                return {fault::needless_limit, nobody, p};
            if (out.limits[p] != next[p]) return {fault::loose_limit, nobody, p};
            continue;
        }
        if (fill > seats && fill - last_size[p] >= seats) return {fault::over_capacity, nobody, p};
        if (next[p] != no_limit && fill < seats) return {fault::needless_limit, nobody, p};
        if (next[p] == no_limit && out.limits[p] == no_limit) continue;
        if (out.limits[p] != (fill < seats ? no_limit : fill == 0 ? 0 : tally[p].worst + 1))
            return {fault::loose_limit, nobody, p};
    }
    return {};
}

verdict check_reserved(const market& m, const reserves& r, const reserved_outcome& out) {
    if (const verdict v = check_shape(m, out.of.placed); !v.holds()) return v;
    if (out.runs.size() != m.applicants() || r.types.size() != m.applicants() ||
        r.plans.size() != m.programmes())
        return {fault::shape};
    if (const verdict v = check_seats(m, r, out); !v.holds()) return v;
    auto all = claimants_of(m, r, out.of.placed);
    for (std::uint32_t p = 0; p < m.programmes(); ++p) {
        const seat_plan& plan = r.plans[p];
        const bool right =
            plan.most_reserved ? fill_most_reserved(plan, all[p]) : fill_in_order(plan, all[p]);
        if (!right) return {fault::wrong_choice, nobody, p};
    }
    return {};
}

verdict check_weakly_stable(const market& m, const assignment& placed) {
    if (const verdict v = check_shape(m, placed); !v.holds()) return v;
    std::vector<programme_tally> tally(m.programmes());
    for (std::uint32_t a = 0; a < m.applicants(); ++a) {
        if (placed[a] == nobody) continue;
        programme_tally& at = tally[placed[a]];
        ++at.fill;
        at.worst = std::max(at.worst, m.choices[place_on_list(m, a, placed[a])].rank);
    }
    for (std::uint32_t p = 0; p < m.programmes(); ++p)
        if (tally[p].fill > m.capacities[p]) return {fault::over_capacity, nobody, p};
    for (std::uint32_t a = 0; a < m.applicants(); ++a) {
        const std::uint32_t own = place_on_list(m, a, placed[a]);
        for (std::uint32_t i = m.begins[a]; i < own; ++i) {
            const choice& c = m.choices[i];
            const programme_tally& at = tally[c.programme];
            const bool free = at.fill < m.capacities[c.programme];
            if (free || (at.fill > 0 && c.rank < at.worst))
                return {fault::passed_over, a, c.programme};
        }
    }
    return {};
}

std::string sentence(const verdict& v, const std::string& applicant, const std::string& programme) {
    switch (v.found) {
        case fault::none:
            return "The certificate holds.";
        case fault::shape:
            return "The certificate is of another input.";
        case fault::not_asked_for:
            return fmt::format("{} is placed at {}, which is not on their list.", applicant,
                               programme);
        case fault::over_capacity:
            return fmt::format("{} has more admitted than seats.", programme);
        case fault::refused_placed:
            return fmt::format("{} is placed at {}, whose limit refuses them.", applicant,
                               programme);
        case fault::passed_over:
            return fmt::format("{} would rather be at {}, which could take them.", applicant,
                               programme);
        case fault::needless_limit:
            return fmt::format("{} refuses though it could take more.", programme);
        case fault::loose_limit:
            return fmt::format("The limit of {} does not follow from who is admitted.", programme);
        case fault::wrong_choice:
            return fmt::format("{} would choose others by its own rule.", programme);
        case fault::improvable:
            return fmt::format("The side that asks could do better, beginning at {}.", programme);
        case fault::wrong_seat:
            return fmt::format("{} sits at {} in a seat that is not for them.", applicant,
                               programme);
    }
    return {};
}

}  // namespace veche::matching
