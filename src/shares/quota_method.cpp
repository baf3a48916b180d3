#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "shares/refusal.hpp"
#include "shares/seat_by_seat.hpp"
#include "shares/wide.hpp"

namespace veche::shares {
namespace {

using seat_row = std::vector<std::int64_t>;

/// Parties sorted by votes, so that equal ones are neighbours. Equal parties are interchangeable: a
/// state stands for all that come from it by exchanging the seats of equals, which keeps the number
/// of states small where outcomes are many.
class quota_house {
  public:
    explicit quota_house(const contest& in) : order_(in.parties.size()) {
        std::iota(order_.begin(), order_.end(), std::size_t{0});
        std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
            return in.parties[a].votes > in.parties[b].votes;
        });
        for (const std::size_t i : order_) {
            votes_.push_back(in.parties[i].votes);
            all_ += votes_.back();
        }
    }

    [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(votes_.size()); }
    [[nodiscard]] std::size_t party(std::size_t place) const { return order_[place]; }

    /// Places of those who stand first for seat number `house`.
    [[nodiscard]] std::vector<std::size_t> first(const seat_row& seats, std::int64_t house) const {
        std::vector<std::size_t> best;
        for (std::size_t i = 0; i < votes_.size(); ++i) {
            if (int128{seats[i]} * all_ >= int128{votes_[i]} * house) continue;
            if (!best.empty()) {
                const std::size_t b = best.front();
                const int128 mine = int128{votes_[i]} * (seats[b] + 1);
                const int128 theirs = int128{votes_[b]} * (seats[i] + 1);
                if (mine < theirs) continue;
                if (mine > theirs) best.clear();
            }
            best.push_back(i);
        }
        return best;
    }

    /// States that follow, each once, seats of equals in falling order.
    void follow(const seat_row& state, std::int64_t house, std::set<seat_row>& into) const {
        const std::vector<std::size_t> best = first(state, house);
        for (std::size_t n = 0; n < best.size(); ++n) {
            if (n > 0 && votes_[best[n]] == votes_[best[n - 1]]) continue;
            seat_row next = state;
            ++next[best[n]];
            std::size_t at = best[n];
            while (at > 0 && votes_[at - 1] == votes_[at] && next[at - 1] < next[at]) {
                std::swap(next[at - 1], next[at]);
                --at;
            }
            into.insert(std::move(next));
        }
    }

    /// begin and end of each run of equals.
    [[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> equals() const {
        std::vector<std::pair<std::size_t, std::size_t>> runs;
        for (std::size_t i = 0; i < votes_.size(); ++i) {
            if (i == 0 || votes_[i] != votes_[i - 1]) runs.emplace_back(i, i);
            ++runs.back().second;
        }
        return runs;
    }

    [[nodiscard]] seat_row in_their_order(const seat_row& state) const {
        seat_row out(state.size());
        for (std::size_t i = 0; i < state.size(); ++i) out[order_[i]] = state[i];
        return out;
    }

  private:
    std::vector<std::size_t> order_;
    std::vector<std::int64_t> votes_;
    int128 all_ = 0;
};

/// In how many ways the seats of a run can be exchanged, up to most_votes.
int128 arrangements(const seat_row& state, std::size_t begin, std::size_t end) {
    int128 ways = 1;
    std::int64_t same = 0;
    for (std::size_t i = begin; i < end; ++i) {
        same = i > begin && state[i] == state[i - 1] ? same + 1 : 1;
        // Exact at each step: a product of binomial coefficients.
        ways = ways * static_cast<int128>(i - begin + 1) / same;
        if (ways > most_votes) return most_votes;
    }
    return ways;
}

/// All that come from a state by exchanging equals.
void exchange(const quota_house& of, seat_row state, std::vector<seat_row>& into) {
    const auto runs = of.equals();
    for (const auto& [begin, end] : runs)
        std::sort(state.begin() + static_cast<std::ptrdiff_t>(begin),
                  state.begin() + static_cast<std::ptrdiff_t>(end));
    for (bool more = true; more;) {
        into.push_back(of.in_their_order(state));
        more = false;
        for (const auto& [begin, end] : runs) {
            more = std::next_permutation(state.begin() + static_cast<std::ptrdiff_t>(begin),
                                         state.begin() + static_cast<std::ptrdiff_t>(end));
            if (more) break;
        }
    }
}

void count_outcomes(const quota_house& house, const std::set<seat_row>& states,
                    seat_by_seat& into) {
    int128 ways = 0;
    seat_row least(states.begin()->size(), most_seats);
    for (const seat_row& state : states) {
        int128 here = 1;
        for (const auto& [begin, end] : house.equals()) {
            here = std::min<int128>(here * arrangements(state, begin, end), most_votes);
            for (std::size_t i = begin; i < end; ++i) least[i] = std::min(least[i], state[end - 1]);
        }
        ways = std::min<int128>(ways + here, most_votes);
    }
    into.outcomes = static_cast<std::int64_t>(ways);
    into.certain = house.in_their_order(least);
    if (ways == 1 || ways > most_outcomes_listed) return;
    for (const seat_row& state : states) exchange(house, state, into.all);
    std::sort(into.all.begin(), into.all.end());
}

}  // namespace

result<seat_by_seat> by_quota_method(const contest& in, std::span<const std::size_t> rank) {
    const quota_house house(in);
    const int128 steps = int128{house.size()} * in.seats;
    if (steps > most_steps)
        return refuse(refusals::too_long, "seats", std::to_string(most_steps), to_text(steps));
    seat_by_seat out;
    std::set<seat_row> states = {seat_row(in.parties.size(), 0)};
    seat_row chosen = *states.begin();
    std::int64_t work = 0;
    for (std::int64_t h = 1; h <= in.seats; ++h) {
        work += house.size() * static_cast<std::int64_t>(states.size());
        if (static_cast<std::int64_t>(states.size()) > most_ways || work > 4 * most_steps)
            return refuse(refusals::too_many_ties, "ties", std::to_string(most_ways));
        std::set<seat_row> next;
        for (const seat_row& state : states) house.follow(state, h, next);
        states = std::move(next);
        const auto best = house.first(chosen, h);
        const std::size_t winner =
            *std::min_element(best.begin(), best.end(), [&](std::size_t a, std::size_t b) {
                return rank[house.party(a)] < rank[house.party(b)];
            });
        ++chosen[winner];
        out.awards.push_back({award_kind::average, in.parties[house.party(winner)].name, 1});
    }
    out.given = house.in_their_order(chosen);
    count_outcomes(house, states, out);
    return out;
}

}  // namespace veche::shares
