#include "matching/reserved_acceptance.hpp"

#include <algorithm>

namespace veche::matching {
namespace {

/// Who sits where among the reserved seats; a newcomer may make others change seats.
class reserved_seats {
  public:
    reserved_seats(const seat_plan& plan, std::span<const candidate> all)
        : plan_(plan), all_(all), sitting_(plan.runs.size()) {
        for (const seat_run& run : plan.runs)
            if (run.type != any_type) free_ += run.seats;
    }

    /// Whether one more can be seated. An augmenting path, through each run at most once.
    bool seat(std::uint32_t who) {
        if (free_ == 0) return false;
        std::uint32_t visited = 0;
        if (!place(who, visited)) return false;
        --free_;
        return true;
    }
    [[nodiscard]] const std::vector<std::uint32_t>& sitting(std::size_t run) const {
        return sitting_[run];
    }

  private:
    bool place(std::uint32_t who, std::uint32_t& visited) {
        for (std::size_t r = 0; r < plan_.runs.size(); ++r) {
            const seat_run& run = plan_.runs[r];
            if (run.type == any_type || (visited >> r & 1) != 0 ||
                !has_type(all_[who].types, run.type))
                continue;
            visited |= std::uint32_t{1} << r;
            if (sitting_[r].size() < run.seats) {
                sitting_[r].push_back(who);
                return true;
            }
            for (std::uint32_t& other : sitting_[r])
                if (place(other, visited)) {
                    other = who;
                    return true;
                }
        }
        return false;
    }

    const seat_plan& plan_;
    const std::span<const candidate> all_;
    std::vector<std::vector<std::uint32_t>> sitting_;
    std::uint64_t free_ = 0;
};

std::vector<std::uint32_t> choose_most_reserved(const seat_plan& plan,
                                                std::span<const candidate> all) {
    std::vector<std::uint32_t> taken(all.size(), nobody);
    reserved_seats reserved(plan, all);
    for (std::uint32_t i = 0; i < all.size(); ++i) reserved.seat(i);
    std::vector<std::uint32_t> left;
    for (std::size_t r = 0; r < plan.runs.size(); ++r) {
        for (const std::uint32_t who : reserved.sitting(r))
            taken[who] = static_cast<std::uint32_t>(r);
        left.push_back(plan.runs[r].seats - static_cast<std::uint32_t>(reserved.sitting(r).size()));
    }
    std::size_t r = 0;
    for (std::uint32_t& run : taken) {
        if (run != nobody) continue;
        while (r < left.size() && left[r] == 0) ++r;
        if (r == left.size()) break;
        run = static_cast<std::uint32_t>(r);
        --left[r];
    }
    return taken;
}

std::vector<std::uint32_t> choose_in_order(const seat_plan& plan, std::span<const candidate> all) {
    std::vector<std::uint32_t> taken(all.size(), nobody);
    for (std::size_t r = 0; r < plan.runs.size(); ++r) {
        const seat_run& run = plan.runs[r];
        std::uint32_t left = run.seats;
        const auto take = [&](std::uint32_t type) {
            for (std::size_t i = 0; i < all.size() && left > 0; ++i)
                if (taken[i] == nobody && has_type(all[i].types, type)) {
                    taken[i] = static_cast<std::uint32_t>(r);
                    --left;
                }
        };
        take(run.type);
        if (!run.hard) take(any_type);
    }
    return taken;
}

class seats_fill {
  public:
    seats_fill(const market& m, const reserves& r)
        : m_(m),
          r_(r),
          next_(m.begins.begin(), m.begins.end() - 1),
          held_(m.programmes()),
          asked_(m.programmes()) {}

    reserved_outcome run() {
        std::vector<std::uint32_t> asking(m_.applicants());
        for (std::uint32_t a = 0; a < m_.applicants(); ++a) asking[a] = a;
        while (!asking.empty()) {
            for (const std::uint32_t a : asking) ask(a);
            asking.clear();
            for (std::uint32_t p = 0; p < m_.programmes(); ++p)
                if (asked_[p]) select(p, asking);
        }
        return finished();
    }

  private:
    void ask(std::uint32_t a) {
        if (next_[a] == m_.begins[a + 1]) return;
        const choice& c = m_.choices[next_[a]++];
        ++proposals_;
        held_[c.programme].push_back({c.rank, a, r_.types[a]});
        asked_[c.programme] = true;
    }

    void sort(std::vector<candidate>& held) const {
        std::sort(held.begin(), held.end(),
                  [](const candidate& x, const candidate& y) { return x.rank < y.rank; });
    }

    void select(std::uint32_t p, std::vector<std::uint32_t>& refused) {
        auto& held = held_[p];
        sort(held);
        const auto taken = choose(r_.plans[p], held);
        std::size_t kept = 0;
        for (std::size_t i = 0; i < held.size(); ++i)
            if (taken[i] == nobody)
                refused.push_back(held[i].applicant);
            else
                held[kept++] = held[i];
        held.resize(kept);
        asked_[p] = false;
    }

    reserved_outcome finished() {
        reserved_outcome out{{assignment(m_.applicants(), nobody),
                              std::vector<std::uint32_t>(m_.programmes(), no_limit), proposals_},
                             std::vector<std::uint32_t>(m_.applicants(), nobody)};
        for (std::uint32_t p = 0; p < m_.programmes(); ++p) {
            const auto& held = held_[p];
            const auto taken = choose(r_.plans[p], held);
            for (std::size_t i = 0; i < held.size(); ++i) {
                out.of.placed[held[i].applicant] = p;
                out.runs[held[i].applicant] = taken[i];
            }
            if (held.size() >= m_.capacities[p])
                out.of.limits[p] = held.empty() ? 0 : held.back().rank + 1;
        }
        return out;
    }

    const market& m_;
    const reserves& r_;
    std::vector<std::uint32_t> next_;
    std::vector<std::vector<candidate>> held_;
    std::vector<bool> asked_;
    std::uint64_t proposals_ = 0;
};

}  // namespace

std::vector<std::uint32_t> choose(const seat_plan& plan, std::span<const candidate> all) {
    return plan.most_reserved ? choose_most_reserved(plan, all) : choose_in_order(plan, all);
}

reserved_outcome match_with_reserves(const market& m, const reserves& r) {
    return seats_fill(m, r).run();
}

}  // namespace veche::matching
