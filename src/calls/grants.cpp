#include "calls/grants.hpp"

#include <algorithm>
#include <numeric>

namespace veche::calls {
namespace {

/// Candidates by score, the highest first; equals by their lots, then by id.
std::vector<std::uint32_t> order_of(const run_input& in, std::vector<std::string>& keys) {
    const bool lots = draws_lots(in.of->asked);
    for (const candidate& one : in.candidates)
        keys.push_back(lots ? to_hex(key_of(*in.of, in.seed, std::nullopt, one.applicant))
                            : std::string());
    std::vector<std::uint32_t> order(in.candidates.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        const candidate& x = in.candidates[a];
        const candidate& y = in.candidates[b];
        if (x.score != y.score) return x.score > y.score;
        return std::tie(keys[a], x.applicant) < std::tie(keys[b], y.applicant);
    });
    return order;
}

/// One class of equal scores, and what is left before and after it.
class spender {
  public:
    spender(const run_input& in, run_result& out) : in_(in), out_(out), rest_(in.money) {}

    void take(std::span<const std::uint32_t> equals) {
        if (stopped_) return;
        if (in_.of->asked.rules.ties == tie_policy::hungarian)
            take_whole(equals);
        else
            take_by_lot(equals);
    }
    [[nodiscard]] std::int64_t spent() const { return in_.money - rest_; }
    [[nodiscard]] bool by_lot() const { return by_lot_; }

  private:
    void take_whole(std::span<const std::uint32_t> equals) {
        int128 sum = 0;
        for (const std::uint32_t a : equals) sum += in_.candidates[a].asks;
        if (sum > rest_) {
            stopped_ = in_.of->asked.rules.budget == budget_rule::stop;
            return;
        }
        for (const std::uint32_t a : equals) grant(a);
    }
    /// Another order of the lots would have another outcome exactly where somebody is refused who
    /// would have fitted as the first of the class; or, where the list stops, where some of the
    /// class are funded and some are not.
    void take_by_lot(std::span<const std::uint32_t> equals) {
        const std::int64_t before = rest_;
        bool funded = false;
        bool refused = false;
        for (const std::uint32_t a : equals) {
            const bool fits = !stopped_ && in_.candidates[a].asks <= rest_;
            if (fits) grant(a);
            funded = funded || fits;
            refused = refused || !fits;
            by_lot_ = by_lot_ || (!fits && in_.candidates[a].asks <= before);
            stopped_ = stopped_ || (!fits && in_.of->asked.rules.budget == budget_rule::stop);
        }
        if (stopped_) by_lot_ = by_lot_ || (funded && refused);
    }
    void grant(std::uint32_t a) {
        rest_ -= in_.candidates[a].asks;
        out_.placings[a].offered = true;
    }

    const run_input& in_;
    run_result& out_;
    std::int64_t rest_;
    bool stopped_ = false;
    bool by_lot_ = false;
};

/// From the outcome alone: what is granted fits, and nobody was refused whom the rest after all
/// better ones would have paid for.
std::string check_grants(const run_input& in, const run_result& out,
                         const std::vector<std::uint32_t>& order) {
    const call_rules& rules = in.of->asked.rules;
    int128 better = 0;  // granted to strictly better classes
    bool refused_above = false;
    for (std::size_t i = 0; i < order.size();) {
        std::size_t end = i;
        int128 asked = 0;
        int128 granted = 0;
        int128 so_far = better;
        bool passed_over = false;
        while (end < order.size() &&
               in.candidates[order[end]].score == in.candidates[order[i]].score) {
            const candidate& one = in.candidates[order[end]];
            asked += one.asks;
            if (out.placings[order[end]].offered) {
                so_far += one.asks;
                granted += one.asks;
                if (refused_above || (passed_over && rules.budget == budget_rule::stop))
                    return "granted below " + one.applicant.value + "'s betters who were refused";
            } else if (rules.ties == tie_policy::lottery && so_far + one.asks <= in.money &&
                       !refused_above && !(passed_over && rules.budget == budget_rule::stop)) {
                return one.applicant.value + " was refused though the grant fits";
            } else {
                passed_over = true;
            }
            ++end;
        }
        if (rules.ties == tie_policy::hungarian &&
            ((granted != 0 && granted != asked) ||
             (granted == 0 && !refused_above && better + asked <= in.money)))
            return "a class of equals was parted or refused though it fits";
        better += granted;
        refused_above = refused_above || (passed_over && rules.budget == budget_rule::stop);
        i = end;
    }
    return better <= in.money ? std::string() : "more was granted than there is";
}

}  // namespace

run_result allocate_grants(const run_input& in) {
    run_result out;
    out.placings.resize(in.candidates.size());
    std::vector<std::string> keys;
    const std::vector<std::uint32_t> order = order_of(in, keys);
    spender money(in, out);
    for (std::size_t i = 0; i < order.size();) {
        std::size_t end = i;
        while (end < order.size() &&
               in.candidates[order[end]].score == in.candidates[order[i]].score)
            ++end;
        money.take(std::span(order).subspan(i, end - i));
        i = end;
    }
    cutoff last;
    last.seats = in.money;
    last.taken = money.spent();
    bool refused = false;
    for (std::size_t i = 0; i < order.size(); ++i) {
        out.placings[order[i]].ranks = {static_cast<std::int64_t>(i) + 1};
        refused = refused || !out.placings[order[i]].offered;
    }
    if (refused)
        for (const std::uint32_t a : order)
            if (out.placings[a].offered) {
                last.score = in.candidates[a].score;
                if (!keys[a].empty()) last.key = keys[a];
            }
    // Where nobody got anything, nobody below the highest score could have.
    if (refused && !last.score) last.score = most_points(in.of->asked) + 1;
    out.cutoffs.push_back(last);
    out.lots_decided = money.by_lot();
    out.fault = check_grants(in, out, order);
    return out;
}

}  // namespace veche::calls
