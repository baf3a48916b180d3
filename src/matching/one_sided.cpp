#include "matching/one_sided.hpp"

#include <algorithm>
#include <numeric>

namespace veche::matching {
namespace {

class trade {
  public:
    explicit trade(const market& m)
        : m_(m),
          seats_(m.capacities),
          next_(m.begins.begin(), m.begins.end() - 1),
          order_(m.programmes()),
          first_(m.programmes()),
          gone_(m.applicants()),
          placed_(m.applicants(), nobody),
          on_path_(m.applicants()) {
        for (std::uint32_t a = 0; a < m.applicants(); ++a)
            for (std::uint32_t i = m.begins[a]; i < m.begins[a + 1]; ++i)
                order_[m.choices[i].programme].emplace_back(m.choices[i].rank, a);
        for (auto& of : order_) std::sort(of.begin(), of.end());
    }

    assignment run() {
        for (std::uint32_t a = 0; a < m_.applicants(); ++a)
            while (!gone_[a]) follow(a);
        return std::move(placed_);
    }

  private:
    /// The best programme with a seat; nobody where none is left.
    std::uint32_t wanted(std::uint32_t a) {
        while (next_[a] < m_.begins[a + 1] && seats_[m_.choices[next_[a]].programme] == 0)
            ++next_[a];
        return next_[a] == m_.begins[a + 1] ? nobody : m_.choices[next_[a]].programme;
    }

    /// Whoever wants a seat is on the programme's order, so that there is always somebody.
    std::uint32_t first_at(std::uint32_t p) {
        while (gone_[order_[p][first_[p]].second]) ++first_[p];
        return order_[p][first_[p]].second;
    }

    /// Follows who points to whom until a ring closes, and gives everybody in it what they want.
    void follow(std::uint32_t a) {
        std::vector<std::uint32_t> path;
        while (!on_path_[a]) {
            const std::uint32_t p = wanted(a);
            if (p == nobody) {
                gone_[a] = true;
                break;
            }
            on_path_[a] = true;
            path.push_back(a);
            a = first_at(p);
        }
        const bool ring = on_path_[a];
        for (const std::uint32_t one : path) on_path_[one] = false;
        if (!ring) return;
        for (auto at = std::find(path.begin(), path.end(), a); at != path.end(); ++at) {
            placed_[*at] = m_.choices[next_[*at]].programme;
            --seats_[placed_[*at]];
            gone_[*at] = true;
        }
    }

    const market& m_;
    std::vector<std::uint32_t> seats_;
    std::vector<std::uint32_t> next_;
    std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> order_;
    std::vector<std::size_t> first_;
    std::vector<bool> gone_;
    assignment placed_;
    std::vector<bool> on_path_;
};

price sum(price x, const price& y, std::int64_t sign = 1) {
    for (std::size_t i = 0; i < x.size(); ++i) x[i] += sign * y[i];
    return x;
}

/// Kuhn's Hungarian method (1955) with seats: applicants come one by one, each by the cheapest path
/// on which others change their place.
class cheapest_paths {
  public:
    cheapest_paths(const market& m, aim what)
        : m_(m),
          what_(what),
          zero_(size_of(m, what)),
          nowhere_(m.programmes()),
          seats_(m.capacities),
          members_(m.programmes() + std::size_t{1}),
          placed_(m.applicants(), nobody),
          own_(m.applicants(), zero_),
          other_(m.programmes() + std::size_t{1}, zero_) {
        seats_.push_back(UINT32_MAX);
    }

    priced_outcome run() {
        for (std::uint32_t a = 0; a < m_.applicants(); ++a) add(a);
        for (std::uint32_t& at : placed_)
            if (at == nowhere_) at = nobody;
        other_.pop_back();
        return {std::move(placed_), std::move(own_), std::move(other_)};
    }

  private:
    static std::size_t size_of(const market& m, aim what) {
        if (what == aim::least_cost) return 2;
        std::size_t longest = 1;
        for (std::uint32_t a = 0; a < m.applicants(); ++a)
            longest = std::max<std::size_t>(longest, m.begins[a + 1] - m.begins[a]);
        return longest;
    }

    [[nodiscard]] price cost(std::uint32_t number) const {
        price of = zero_;
        if (what_ == aim::rank_maximal)
            of[number] = -1;
        else
            of = {-1, number + std::int64_t{1}};
        return of;
    }

    struct reached {
        price distance;
        std::uint32_t from = nobody;  ///< the applicant who would come; nobody: not reached
        bool done = false;
    };

    /// What the applicant's choices come to, having come so far.
    void look_from(std::uint32_t a, const price& far, std::vector<reached>& at) const {
        const auto see = [&](std::uint32_t p, const price& of) {
            if (at[p].done) return;
            price whole = sum(sum(sum(far, of), own_[a], -1), other_[p], -1);
            if (at[p].from == nobody || whole < at[p].distance)
                at[p] = {std::move(whole), a, false};
        };
        for (std::uint32_t i = m_.begins[a]; i < m_.begins[a + std::size_t{1}]; ++i)
            see(m_.choices[i].programme, cost(i - m_.begins[a]));
        see(nowhere_, zero_);
    }

    void add(std::uint32_t newcomer) {
        std::vector<reached> at(m_.programmes() + std::size_t{1});
        look_from(newcomer, zero_, at);
        std::uint32_t end = nobody;
        for (;;) {
            std::uint32_t p = nobody;
            for (std::uint32_t q = 0; q < at.size(); ++q)
                if (at[q].from != nobody && !at[q].done &&
                    (p == nobody || at[q].distance < at[p].distance))
                    p = q;
            if (members_[p].size() < seats_[p]) {
                end = p;
                break;
            }
            at[p].done = true;
            for (const std::uint32_t a : members_[p]) look_from(a, at[p].distance, at);
        }
        reprice(newcomer, at, at[end].distance);
        for (std::uint32_t p = end; p != nobody;) {
            const std::uint32_t a = at[p].from;
            const std::uint32_t left = placed_[a];
            if (left != nobody) std::erase(members_[left], a);
            members_[p].push_back(a);
            placed_[a] = p;
            p = a == newcomer ? nobody : left;
        }
    }

    void reprice(std::uint32_t newcomer, const std::vector<reached>& at, const price& whole) {
        own_[newcomer] = sum(own_[newcomer], whole);
        for (std::uint32_t p = 0; p < at.size(); ++p) {
            if (!at[p].done) continue;
            const price less = sum(whole, at[p].distance, -1);
            other_[p] = sum(other_[p], less, -1);
            for (const std::uint32_t a : members_[p]) own_[a] = sum(own_[a], less);
        }
    }

    const market& m_;
    const aim what_;
    const price zero_;
    const std::uint32_t nowhere_;  ///< a programme for all, at no cost
    std::vector<std::uint32_t> seats_;
    std::vector<std::vector<std::uint32_t>> members_;
    assignment placed_;
    std::vector<price> own_;
    std::vector<price> other_;
};

}  // namespace

assignment match_by_trading(const market& m) {
    return trade(m).run();
}

priced_outcome match_at_least_cost(const market& m, aim what) {
    return cheapest_paths(m, what).run();
}

}  // namespace veche::matching
