#include "teams/search.hpp"

#include <algorithm>
#include <memory>

#include "teams/relaxation.hpp"
#include "teams/repair.hpp"

namespace veche::teams {
namespace {

using price_list = std::vector<int128>;

/// The family at each site whose windows the sizes alone miss most.
std::vector<std::uint32_t> choose_families(const problem& of, const part_state& whole) {
    std::vector<std::uint32_t> family(of.sites_count(), 0);
    relaxation sizes(of, family);
    price_list prices(of.rules.size(), 0);
    std::vector<std::uint32_t> at(of.people_count(), nowhere);
    sizes.solve(whole, prices, at);
    const auto counts = counts_of(of, at);
    for (std::uint32_t s = 0; s < of.sites_count(); ++s) {
        std::vector<std::int64_t> missed(of.families, -1);
        for (std::uint32_t r = of.rule_begins[s]; r < of.rule_begins[s + 1]; ++r) {
            const rule& one = of.rules[r];
            if (one.label == 0) continue;
            missed[one.family] =
                std::max<std::int64_t>(missed[one.family], 0) +
                std::max<std::int64_t>({0, counts[r] - one.max, one.min - counts[r]});
        }
        family[s] = static_cast<std::uint32_t>(std::max_element(missed.begin() + 1, missed.end()) -
                                               missed.begin());
        if (of.families == 1) family[s] = 0;
    }
    return family;
}

struct open_part {
    std::uint32_t number = 0;
    std::shared_ptr<const price_list> prices;  ///< the best of the part it was split from
};

class searcher {
  public:
    searcher(const problem& of, const search_limits& limits)
        : of_(of), limits_(limits), whole_(start()), relaxed_(of, choose_families(of, whole_)) {
        for (std::uint32_t r = 0; r < of_.rules.size(); ++r) any_priced_ |= !relaxed_.keeps(r);
    }

    search_result run() {
        parts_of_.push_back({nowhere, nowhere, false});
        out_.parts.emplace_back();
        if (!limits_.start.empty()) offer(limits_.start);
        std::vector<open_part> open{{0, std::make_shared<price_list>(of_.rules.size(), 0)}};
        while (!open.empty()) {
            const open_part next = open.back();
            open.pop_back();
            if (out_.nodes == limits_.nodes) {
                leave(next);
                continue;
            }
            ++out_.nodes;
            look_at(next, open);
        }
        if (out_.parts.front().option == nowhere) out_.first = out_.parts.front();
        out_.complete = true;
        for (const search_part& one : out_.parts)
            if (one.option == nowhere) out_.complete = out_.complete && closed(one.bound);
        return std::move(out_);
    }

  private:
    struct origin {
        std::uint32_t parent, option;
        bool yes;
    };

    [[nodiscard]] part_state start() const {
        part_state s{std::vector<std::uint8_t>(of_.options.size(), 0),
                     std::vector<std::uint8_t>(of_.people_count(), 0)};
        if (limits_.forced != nowhere) force(s, limits_.forced);
        return s;
    }

    void force(part_state& s, std::uint32_t option) const {
        const std::uint32_t person = of_.options[option].person;
        for (std::uint32_t i = of_.begins[person]; i < of_.begins[person + 1]; ++i)
            if (i != option) s.barred[i] = 1;
        s.forced[person] = 1;
    }

    [[nodiscard]] part_state state_of(std::uint32_t number) const {
        part_state s = whole_;
        for (std::uint32_t n = number; n != 0; n = parts_of_[n].parent) {
            const origin& from = parts_of_[n];
            if (from.yes)
                force(s, from.option);
            else
                s.barred[from.option] = 1;
        }
        return s;
    }

    /// The least that any assignment weighs, less one.
    [[nodiscard]] int128 below_all() const {
        int128 least = -1;
        for (std::uint32_t p = 0; p < of_.people_count(); ++p) {
            int128 worst = 0;
            for (std::uint32_t i = of_.begins[p]; i < of_.begins[p + 1]; ++i)
                worst = std::min(worst, of_.options[i].weight);
            least += worst;
        }
        return least;
    }

    [[nodiscard]] bool closed(int128 bound) const {
        return out_.found ? bound < out_.value + limits_.grain : bound <= below_all_;
    }

    void offer(const std::vector<std::uint32_t>& at) {
        if (limits_.forced != nowhere && at[of_.options[limits_.forced].person] != limits_.forced)
            return;
        const int128 value = weight_of(of_, at);
        if (out_.found && value <= out_.value) return;
        out_.found = true;
        out_.value = value;
        out_.at = at;
    }

    static void write(search_part& part, const price_list& prices, int128 bound) {
        part.bound = bound;
        for (std::uint32_t r = 0; r < prices.size(); ++r)
            if (prices[r] != 0) part.prices.emplace_back(r, prices[r]);
    }

    /// A part that is not looked at keeps the prices of the part it was split from.
    void leave(const open_part& part) {
        write(out_.parts[part.number], *part.prices,
              bound_of(of_, state_of(part.number), *part.prices));
    }

    /// Where the rules' prices at `at` pull: above zero where the price has to rise.
    [[nodiscard]] std::vector<std::int64_t> pull(const price_list& prices,
                                                 const std::vector<std::int64_t>& counts) const {
        std::vector<std::int64_t> g(of_.rules.size(), 0);
        for (std::uint32_t r = 0; r < of_.rules.size(); ++r) {
            if (relaxed_.keeps(r)) continue;
            const rule& one = of_.rules[r];
            if (prices[r] > 0 || (prices[r] == 0 && counts[r] > one.max))
                g[r] = counts[r] - one.max;
            else if (prices[r] < 0 || counts[r] < one.min)
                g[r] = counts[r] - one.min;
        }
        return g;
    }

    struct best_seen {
        int128 bound = 0;
        price_list prices;
        std::vector<std::uint32_t> at;
        bool any = false;
    };

    /// One step of the prices against the pull, of `pace` sixteenths of the way to the target.
    void step(price_list& prices, const std::vector<std::int64_t>& g, int128 bound,
              std::int64_t pace) const {
        // Long steps are for a part that seems empty; beside a solution they would overflow.
        if (out_.found) pace = std::min<std::int64_t>(pace, 64);
        std::int64_t square = 0;
        std::int64_t sum = 0;
        for (const std::int64_t one : g) square += one * one, sum += one < 0 ? -one : one;
        const int128 way = out_.found ? std::max<int128>(bound - out_.value, limits_.grain)
                                      : relaxed_.heaviest() * std::max<std::int64_t>(sum / 4, 1);
        const int128 unit = std::max<int128>(way * pace / 16 / square, 1);
        const int128 most = relaxed_.heaviest() << 16;
        for (std::size_t r = 0; r < g.size(); ++r) {
            if (g[r] == 0) continue;
            const int128 before = prices[r];
            int128 after = before + unit * g[r];
            if ((before > 0 && after < 0) || (before < 0 && after > 0)) after = 0;
            prices[r] = std::clamp(after, -most, most);
        }
    }

    /// Solves the part at better and better prices. Whether it is closed.
    bool price(const part_state& state, price_list prices, int steps, best_seen& best) {
        std::vector<std::uint32_t> at(of_.people_count(), nowhere);
        std::int64_t pace = 16;
        int idle = 0;
        for (int turn = 0; turn < steps; ++turn) {
            const bool kept = relaxed_.solve(state, prices, at);
            const int128 bound = bound_of(of_, state, prices);
            const auto counts = counts_of(of_, at);
            if (!best.any || bound < best.bound) {
                best = {bound, prices, at, true};
                idle = 0;
                if (!out_.found) pace = std::min<std::int64_t>(pace * 2, 1 << 24);
            } else if (++idle >= 4) {
                idle = 0;
                pace = std::max<std::int64_t>(pace / 2, 1);
            }
            if (kept && keeps_rules(of_, at)) offer(at);
            if (closed(best.bound)) return true;
            const auto g = pull(prices, counts);
            if (std::all_of(g.begin(), g.end(), [](std::int64_t one) { return one == 0; }))
                return false;
            step(prices, g, bound, pace);
        }
        return false;
    }

    void look_at(const open_part& part, std::vector<open_part>& open) {
        const part_state state = state_of(part.number);
        const bool large = of_.options.size() > 5'000;
        const int steps = !any_priced_ ? 1 : part.number == 0 ? 200 : large ? 10 : 25;
        best_seen best;
        if (price(state, *part.prices, steps, best)) {
            write(out_.parts[part.number], best.prices, best.bound);
            return;
        }
        if (part.number == 0 || !large) {
            std::vector<std::uint32_t> mended = best.at;
            if (repair(of_, mended)) {
                if (part.number == 0) improve(of_, mended);
                offer(mended);
            }
            // What was found makes the steps shorter, and so the prices better.
            if (part.number == 0 && out_.found && any_priced_ && !closed(best.bound))
                price(state, best.prices, steps, best);
            if (closed(best.bound)) {
                write(out_.parts[part.number], best.prices, best.bound);
                return;
            }
        }
        if (part.number == 0) write(out_.first, best.prices, best.bound);
        split(part.number, state, best, open);
    }

    /// What the person gains there at these prices.
    [[nodiscard]] int128 gain(std::uint32_t option, const price_list& prices) const {
        if (option == nowhere) return 0;
        const struct option& o = of_.options[option];
        int128 sum = o.weight;
        for (std::uint32_t r = of_.rule_begins[o.site]; r < of_.rule_begins[o.site + 1]; ++r)
            if (of_.has[of_.rules[r].label][o.person]) sum -= prices[r];
        return sum;
    }

    struct candidate {
        std::uint32_t option = nowhere;
        int128 regret = 0;
        bool leaving = false;
    };

    /// The cheapest change towards what the rule asks for: somebody who leaves, or who comes.
    void consider(const part_state& state, const best_seen& best, const rule& of, bool leaving,
                  candidate& into) const {
        for (std::uint32_t p = 0; p < of_.people_count(); ++p) {
            if (!of_.has[of.label][p] || state.forced[p]) continue;
            const bool here = best.at[p] != nowhere && of_.options[best.at[p]].site == of.site;
            if (here != leaving) continue;
            for (std::uint32_t i = of_.begins[p]; i < of_.begins[p + 1]; ++i) {
                if (of_.options[i].site != of.site || state.barred[i]) continue;
                int128 other = leaving ? 0 : gain(best.at[p], best.prices);
                if (leaving)
                    for (std::uint32_t j = of_.begins[p]; j < of_.begins[p + 1]; ++j)
                        if (j != i && !state.barred[j])
                            other = std::max(other, gain(j, best.prices));
                const int128 here_gain = gain(i, best.prices);
                const int128 regret = here_gain > other ? here_gain - other : other - here_gain;
                if (into.option == nowhere || regret < into.regret) into = {i, regret, leaving};
            }
        }
    }

    [[nodiscard]] candidate choose(const part_state& state, const best_seen& best) const {
        const auto counts = counts_of(of_, best.at);
        std::vector<std::pair<std::int64_t, std::uint32_t>> by_miss;
        const auto g = pull(best.prices, counts);
        for (std::uint32_t r = 0; r < g.size(); ++r)
            if (g[r] != 0) by_miss.emplace_back(g[r] < 0 ? g[r] : -g[r], r);
        std::sort(by_miss.begin(), by_miss.end());
        candidate found;
        for (const auto& [size, r] : by_miss) {
            consider(state, best, of_.rules[r], g[r] > 0, found);
            if (found.option != nowhere) return found;
        }
        // No rule tells: any person who is still free to choose.
        for (std::uint32_t p = 0; p < of_.people_count(); ++p)
            for (std::uint32_t i = of_.begins[p]; i < of_.begins[p + 1] && !state.forced[p]; ++i)
                if (!state.barred[i]) return {i, 0, false};
        return found;
    }

    void split(std::uint32_t number, const part_state& state, const best_seen& best,
               std::vector<open_part>& open) {
        const candidate by = choose(state, best);
        if (by.option == nowhere) {
            close_decided(number, state, best);
            return;
        }
        const auto prices = std::make_shared<const price_list>(best.prices);
        const auto yes = static_cast<std::uint32_t>(out_.parts.size());
        const std::uint32_t no = yes + 1;
        out_.parts[number].option = by.option;
        out_.parts[number].yes = yes;
        out_.parts[number].no = no;
        out_.parts.emplace_back();
        out_.parts.emplace_back();
        parts_of_.push_back({number, by.option, true});
        parts_of_.push_back({number, by.option, false});
        // The last one is looked at first.
        open.push_back({by.leaving ? yes : no, prices});
        open.push_back({by.leaving ? no : yes, prices});
    }

    /// Everybody's place is settled: the part holds one assignment. It is offered, or a rule that
    /// it breaks is priced so that the bound shows it.
    void close_decided(std::uint32_t number, const part_state& state, const best_seen& best) {
        std::vector<std::uint32_t> at(of_.people_count(), nowhere);
        for (std::uint32_t i = 0; i < of_.options.size(); ++i)
            if (!state.barred[i] && state.forced[of_.options[i].person])
                at[of_.options[i].person] = i;
        price_list prices(of_.rules.size(), 0);
        const auto counts = counts_of(of_, at);
        const int128 much = relaxed_.heaviest() * (of_.people_count() + 1) * 2 + limits_.grain;
        for (std::uint32_t r = 0; r < of_.rules.size(); ++r)
            if (counts[r] > of_.rules[r].max)
                prices[r] = much;
            else if (counts[r] < of_.rules[r].min)
                prices[r] = -much;
        if (keeps_rules(of_, at)) offer(at);
        const int128 bound = bound_of(of_, state, prices);
        if (bound < best.bound)
            write(out_.parts[number], prices, bound);
        else
            write(out_.parts[number], best.prices, best.bound);
    }

    const problem& of_;
    const search_limits& limits_;
    part_state whole_;
    relaxation relaxed_;
    bool any_priced_ = false;
    const int128 below_all_ = below_all();
    std::vector<origin> parts_of_;
    search_result out_;
};

}  // namespace

search_result search(const problem& of, const search_limits& limits) {
    return searcher(of, limits).run();
}

}  // namespace veche::teams
