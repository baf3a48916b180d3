#include <algorithm>
#include <functional>
#include <numeric>
#include <set>

#include "shares/refusal.hpp"
#include "shares/seat_by_seat.hpp"
#include "shares/wide.hpp"

namespace veche::shares {
namespace {

using member_places = std::vector<std::size_t>;
/// Says which of those who stand equal get one of so many places.
using chooser = std::function<member_places(const member_places& equal, std::size_t places)>;

constexpr std::int64_t large_council = 19;

/// One run through the law.
class dutch_council {
  public:
    dutch_council(const contest& in, const chooser& choose)
        : in_(in), choose_(choose), lists_(in.parties.size()) {
        for (const party& one : in.parties) votes_ += one.votes;
    }

    void run() {
        whole_quotas();
        remainder();
        majority();
        pass_on();
    }

    [[nodiscard]] std::vector<std::int64_t> seats() const {
        std::vector<std::int64_t> out;
        for (const list& one : lists_) out.push_back(one.seats);
        return out;
    }
    std::vector<award> awards;

  private:
    struct list {
        std::int64_t seats = 0;
        std::int64_t by_remainder = 0;
        std::int64_t by_one_average = 0;
        bool retracted = false;
        bool full = false;
    };

    [[nodiscard]] int128 votes(std::size_t i) const { return in_.parties[i].votes; }
    [[nodiscard]] std::int64_t room(std::size_t i) const {
        return in_.parties[i].most.value_or(in_.seats);
    }

    /// P 5, P 6.
    void whole_quotas() {
        open_ = in_.seats;
        for (std::size_t i = 0; i < lists_.size(); ++i) {
            lists_[i].seats = static_cast<std::int64_t>(votes(i) * in_.seats / votes_);
            open_ -= lists_[i].seats;
            if (lists_[i].seats > 0)
                awards.push_back({award_kind::whole_quota, in_.parties[i].name, lists_[i].seats});
        }
    }

    /// P 7, P 8.
    void remainder() {
        while (open_ > 0 && one_round()) {
        }
    }

    /// Gives a seat to each of those who stand first, and keeps who they were.
    bool one_round() {
        award_kind how = award_kind::average;
        member_places best;
        if (in_.seats < large_council) {
            how = award_kind::largest_remainder;
            best = with_largest_remainder();
            if (best.empty()) {
                how = award_kind::one_average;
                best = with_highest_average(true);
            }
        }
        if (best.empty()) {
            how = award_kind::average;
            best = with_highest_average(false);
        }
        if (best.empty()) return false;
        if (static_cast<std::int64_t>(best.size()) > open_)
            best = choose_(best, static_cast<std::size_t>(open_));
        for (const std::size_t i : best) give(how, i);
        last_ = std::move(best);
        return true;
    }

    void give(award_kind how, std::size_t i) {
        list& to = lists_[i];
        ++to.seats;
        --open_;
        to.by_remainder += how == award_kind::largest_remainder ? 1 : 0;
        to.by_one_average += how == award_kind::one_average ? 1 : 0;
        awards.push_back({how, in_.parties[i].name, 1});
    }

    [[nodiscard]] bool takes_part(std::size_t i) const { return votes(i) > 0 && !lists_[i].full; }

    [[nodiscard]] member_places with_largest_remainder() const {
        member_places best;
        const auto rest = [&](std::size_t i) { return votes(i) * in_.seats % votes_; };
        for (std::size_t i = 0; i < lists_.size(); ++i) {
            const list& one = lists_[i];
            const bool had = one.by_remainder > 0 && !(one.retracted && one.by_remainder == 1);
            const bool three_quarters = votes(i) * in_.seats * 4 >= votes_ * 3;
            if (!takes_part(i) || had || !three_quarters) continue;
            if (!best.empty() && rest(i) < rest(best.front())) continue;
            if (!best.empty() && rest(i) > rest(best.front())) best.clear();
            best.push_back(i);
        }
        return best;
    }

    [[nodiscard]] member_places with_highest_average(bool one_each) const {
        member_places best;
        for (std::size_t i = 0; i < lists_.size(); ++i) {
            const list& one = lists_[i];
            const bool had = one.by_one_average > 0 &&
                             !(one.retracted && one.by_one_average == 1 && one.by_remainder <= 1);
            if (!takes_part(i) || (one_each && had)) continue;
            if (!best.empty()) {
                const std::size_t b = best.front();
                const int128 mine = votes(i) * (lists_[b].seats + 1);
                const int128 theirs = votes(b) * (one.seats + 1);
                if (mine < theirs) continue;
                if (mine > theirs) best.clear();
            }
            best.push_back(i);
        }
        return best;
    }

    /// P 9.
    void majority() {
        for (std::size_t i = 0; i < lists_.size(); ++i) {
            if (last_.empty() || votes(i) * 2 <= votes_ || lists_[i].seats * 2 > in_.seats)
                continue;
            const std::size_t from = last_.size() > 1 ? choose_(last_, 1).front() : last_.front();
            if (from == i) return;
            --lists_[from].seats;
            lists_[from].retracted = true;
            ++lists_[i].seats;
            awards.push_back({award_kind::taken_for_majority, in_.parties[from].name, -1});
            awards.push_back({award_kind::majority, in_.parties[i].name, 1});
            return;
        }
    }

    /// P 10.
    void pass_on() {
        for (std::size_t i = 0; i < lists_.size(); ++i) {
            const std::int64_t over = lists_[i].seats - room(i);
            if (over <= 0) continue;
            lists_[i].seats -= over;
            open_ += over;
            awards.push_back({award_kind::exhausted, in_.parties[i].name, -over});
        }
        do {
            for (std::size_t i = 0; i < lists_.size(); ++i)
                lists_[i].full = lists_[i].seats >= room(i);
        } while (open_ > 0 && one_round());
    }

    const contest& in_;
    const chooser& choose_;
    std::vector<list> lists_;
    int128 votes_ = 0;
    std::int64_t open_ = 0;
    member_places last_;
};

/// All ways in which lots can fall, one after another: a way is the number of the choice at each
/// tie, and the next way counts the last of them up.
class ways_of_lots {
  public:
    member_places choose(const member_places& equal, std::size_t places) {
        if (at_ == way_.size()) {
            way_.push_back(0);
            ways_.push_back(choices(equal.size(), places));
        }
        std::vector<bool> taken(equal.size(), false);
        std::fill(taken.begin(), taken.begin() + static_cast<std::ptrdiff_t>(places), true);
        for (std::int64_t n = 0; n < way_[at_]; ++n)
            std::prev_permutation(taken.begin(), taken.end());
        ++at_;
        member_places out;
        for (std::size_t i = 0; i < equal.size(); ++i)
            if (taken[i]) out.push_back(equal[i]);
        return out;
    }

    /// Whether there is another way.
    bool next() {
        at_ = 0;
        while (!way_.empty() && way_.back() + 1 == ways_.back()) {
            way_.pop_back();
            ways_.pop_back();
        }
        if (way_.empty()) return false;
        ++way_.back();
        return true;
    }

    /// More than can be followed at one tie alone.
    [[nodiscard]] bool beyond() const {
        return !ways_.empty() && *std::max_element(ways_.begin(), ways_.end()) > most_ways;
    }

  private:
    static std::int64_t choices(std::size_t of, std::size_t places) {
        std::int64_t ways = 1;
        for (std::size_t i = 1; i <= places && ways <= most_ways; ++i)
            ways = ways * static_cast<std::int64_t>(of - places + i) / static_cast<std::int64_t>(i);
        return ways;
    }

    std::vector<std::int64_t> way_;
    std::vector<std::int64_t> ways_;
    std::size_t at_ = 0;
};

}  // namespace

result<seat_by_seat> by_dutch_law(const contest& in, std::span<const std::size_t> rank) {
    const int128 steps = static_cast<int128>(in.parties.size()) * in.seats;
    if (steps > most_steps)
        return refuse(refusals::too_long, "seats", std::to_string(most_steps), to_text(steps));
    seat_by_seat out;
    const chooser by_rank = [&](member_places equal, std::size_t places) {
        std::sort(equal.begin(), equal.end(),
                  [&](std::size_t a, std::size_t b) { return rank[a] < rank[b]; });
        equal.resize(places);
        std::sort(equal.begin(), equal.end());
        return equal;
    };
    dutch_council decided(in, by_rank);
    decided.run();
    out.given = decided.seats();
    out.awards = decided.awards;
    std::set<std::vector<std::int64_t>> all;
    ways_of_lots lots;
    const chooser by_way = [&](const member_places& equal, std::size_t places) {
        return lots.choose(equal, places);
    };
    out.certain = out.given;
    std::int64_t followed = 0;
    do {
        dutch_council one(in, by_way);
        one.run();
        if (lots.beyond() || ++followed > most_ways || followed * steps > 4 * most_steps)
            return refuse(refusals::too_many_ties, "ties", std::to_string(most_ways));
        std::vector<std::int64_t> seats = one.seats();
        for (std::size_t i = 0; i < seats.size(); ++i)
            out.certain[i] = std::min(out.certain[i], seats[i]);
        all.insert(std::move(seats));
    } while (lots.next());
    out.outcomes = static_cast<std::int64_t>(all.size());
    if (out.outcomes > 1 && out.outcomes <= most_outcomes_listed)
        out.all.assign(all.begin(), all.end());
    return out;
}

}  // namespace veche::shares
