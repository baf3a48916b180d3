#include "budgeting/equal_shares.hpp"

#include <algorithm>
#include <numeric>

#include "budgeting/exact_shares.hpp"
#include "budgeting/greedy.hpp"
#include "budgeting/overspending.hpp"
#include "budgeting/refusal.hpp"
#include "budgeting/score.hpp"
#include "budgeting/shares_run.hpp"

namespace veche::budgeting {

namespace {

/// Endowments stay far from overflow when they are multiplied.
constexpr std::int64_t most_endowment = std::int64_t{1} << 61;

std::vector<bool> filtered(const election& e, const shares_rules& rules,
                           const std::vector<support>& found) {
    std::vector<bool> out(e.projects.size());
    if (rules.filter <= 0) return out;
    for (std::size_t c = 0; c < e.projects.size(); ++c)
        out[c] = static_cast<int128>(found[c].votes) * e.budget * rules.filter <
                 static_cast<int128>(e.projects[c].cost) * e.voters;
    return out;
}

class shares_engine {
  public:
    shares_engine(const election& e, const shares_rules& rules, std::vector<std::uint32_t> ranks)
        : election_(e),
          rules_(rules),
          index_(e),
          ranks_(ranks),
          excluded_(filtered(e, rules, supports_of(e))),
          run_(e, index_, rules.measure, std::move(ranks), excluded_) {}

    result<shares_outcome> go() {
        ratio first = rules_.endowment.value_or(ratio{election_.budget, election_.voters});
        switch (rules_.then) {
            case completion::bos: {
                paid_run made = VECHE_TRY(
                    buy_with_overspending(election_, rules_.measure, first, ranks_, excluded_));
                take(std::move(made));
                break;
            }
            case completion::ees_addopt: {
                paid_run made =
                    VECHE_TRY(raise_exact_shares(election_, rules_, first, ranks_, excluded_));
                take(std::move(made));
                break;
            }
            case completion::none:
            case completion::utilitarian:
                run(first);
                keep(first);
                break;
            case completion::integral:
                first = {first.num / first.den, 1};
                VECHE_CHECK(raise(first));
                break;
            default:
                VECHE_CHECK(raise(first));
        }
        if (rules_.then == completion::utilitarian || rules_.then == completion::add1_utilitarian)
            spend_rest();
        if (rules_.then == completion::comparison) compare();
        out_.asked_exactly = run_.asked_exactly();
        out_.entries_read = run_.entries_read();
        for (std::uint32_t c = 0; c < excluded_.size(); ++c)
            if (excluded_[c]) out_.excluded.push_back(c);
        return std::move(out_);
    }

  private:
    void run(const ratio& endowment) {
        run_.go(endowment, election_.budget);
        ++out_.runs;
    }

    void take(paid_run made) {
        out_.bought = std::move(made.bought);
        out_.paid = std::move(made.purchases);
        out_.paid_from = std::move(made.endowment);
        out_.cost = made.cost;
        out_.runs = made.runs;
    }

    void keep(const ratio& endowment) {
        out_.bought = run_.bought();
        out_.cost = run_.cost();
        out_.endowment = endowment;
    }

    [[nodiscard]] std::vector<std::uint32_t> left_over() const {
        std::vector<bool> taken = excluded_;
        for (const std::uint32_t c : out_.bought) taken[c] = true;
        std::vector<std::uint32_t> out;
        for (std::uint32_t c = 0; c < taken.size(); ++c)
            if (!taken[c]) out.push_back(c);
        return out;
    }

    [[nodiscard]] bool exhaustive() const {
        const std::vector<std::uint32_t> rest = left_over();
        return std::none_of(rest.begin(), rest.end(), [this](std::uint32_t c) {
            return election_.projects[c].cost <= election_.budget - out_.cost;
        });
    }

    /// Raises the endowment step by step. Ends, since what everybody can pay alone is bought.
    result<void> raise(ratio endowment) {
        const auto ends = static_cast<std::size_t>(
            std::count_if(index_.worth.begin(), index_.worth.end(), [](auto w) { return w > 0; }) -
            excluded_supported());
        for (;;) {
            run(endowment);
            if (run_.cost() > election_.budget) return {};
            keep(endowment);
            if (out_.bought.size() == ends) return {};
            if (rules_.stop == stopping::exhaustive && exhaustive()) return {};
            if (rules_.most_rises > 0 && out_.runs > rules_.most_rises) return {};
            std::int64_t more = 0;
            if (out_.runs >= rules_.most_runs ||
                __builtin_mul_overflow(rules_.step, endowment.den, &more) ||
                endowment.num > most_endowment - more)
                return refuse(refusals::too_many_runs, "step", std::to_string(out_.runs),
                              std::to_string(rules_.step));
            endowment.num += more;
        }
    }

    [[nodiscard]] std::ptrdiff_t excluded_supported() const {
        std::ptrdiff_t out = 0;
        for (std::size_t c = 0; c < excluded_.size(); ++c)
            out += excluded_[c] && index_.worth[c] > 0;
        return out;
    }

    void spend_rest() {
        out_.added = spend_greedily(election_, election_.budget - out_.cost, left_over(), ranks_);
        for (const std::uint32_t c : out_.added) out_.cost += election_.projects[c].cost;
    }

    /// The greedy outcome where more voters get more of it than get less.
    void compare() {
        std::vector<std::uint32_t> all(election_.projects.size());
        std::iota(all.begin(), all.end(), 0U);
        std::erase_if(all, [this](std::uint32_t c) { return excluded_[c]; });
        const std::vector<std::uint32_t> other =
            spend_greedily(election_, election_.budget, all, ranks_);
        std::vector<int> side(election_.projects.size());
        for (const std::uint32_t c : out_.bought) ++side[c];
        for (const std::uint32_t c : other) --side[c];
        std::int64_t ahead = 0;  // voters who get more of shares, less those who get more of greedy
        for (std::size_t g = 0; g < election_.groups(); ++g) {
            int128 gain = 0;
            for (std::uint32_t m = election_.begins[g]; m < election_.begins[g + 1]; ++m) {
                const mark& one = election_.marks[m];
                const std::int64_t unit =
                    rules_.measure == utility::cost ? election_.projects[one.project].cost : 1;
                gain += static_cast<int128>(one.points) * unit * side[one.project];
            }
            ahead += gain > 0   ? election_.counts[g]
                     : gain < 0 ? -std::int64_t{election_.counts[g]}
                                : 0;
        }
        if (ahead >= 0) return;
        out_.greedy_preferred = true;
        out_.bought.clear();
        out_.added = other;
        out_.cost = 0;
        for (const std::uint32_t c : other) out_.cost += election_.projects[c].cost;
    }

    const election& election_;
    const shares_rules& rules_;
    supporters index_;
    std::vector<std::uint32_t> ranks_;
    std::vector<bool> excluded_;
    shares_run run_;
    shares_outcome out_;
};

result<std::vector<std::uint32_t>> ranks_of(const election& e, const shares_rules& rules) {
    const auto places = VECHE_TRY(lottery_places(e, rules.lottery));
    const std::vector<support> found = supports_of(e);
    std::vector<std::uint32_t> order(e.projects.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        for (const tie_rule rule : rules.ties) {
            if (rule == tie_rule::least_cost && e.projects[a].cost != e.projects[b].cost)
                return e.projects[a].cost < e.projects[b].cost;
            if (rule == tie_rule::most_votes && found[a].votes != found[b].votes)
                return found[a].votes > found[b].votes;
        }
        return places[a] < places[b];
    });
    std::vector<std::uint32_t> ranks(order.size());
    for (std::uint32_t n = 0; n < order.size(); ++n) ranks[order[n]] = n;
    return ranks;
}

std::vector<std::string> ids_of(const election& e, const std::vector<std::uint32_t>& of) {
    std::vector<std::string> out;
    for (const std::uint32_t c : of) out.push_back(e.projects[c].id);
    return out;
}

}  // namespace

std::vector<std::uint32_t> shares_outcome::chosen() const {
    std::vector<std::uint32_t> all = bought;
    all.insert(all.end(), added.begin(), added.end());
    return all;
}

std::vector<std::uint32_t> tie_ranks(const election& e, const shares_rules& rules) {
    return ranks_of(e, rules).value();
}

result<shares_outcome> equal_shares(const election& e, const shares_rules& rules) {
    VECHE_CHECK(check(e));
    auto ranks = VECHE_TRY(ranks_of(e, rules));
    if (rules.step < 1 || rules.step > most_money)
        return refuse(refusals::step_out_of_range, "step", std::to_string(most_money));
    if (rules.endowment && (rules.endowment->num < 0 || rules.endowment->num > most_money ||
                            rules.endowment->den < 1 || rules.endowment->den > most_ballots))
        return refuse(refusals::endowment_out_of_range, "endowment", std::to_string(most_ballots));
    return shares_engine(e, rules, std::move(ranks)).go();
}

certificate certify(const election& e, const shares_rules& rules, const shares_outcome& made) {
    const bool by_cost = rules.measure == utility::cost;
    certificate out;
    out.rule = "equal-shares";
    out.completion = name_of(rules.then);
    out.stop = name_of(rules.stop);
    out.measure = rules.measure;
    out.budget = e.budget;
    out.voters = e.voters;
    out.cost = made.cost;
    out.completed = ids_of(e, made.added);
    out.excluded = ids_of(e, made.excluded);
    if (made.greedy_preferred) return out;
    if (!made.paid_from.empty()) {
        out.endowment = made.paid_from;
        out.purchases = made.paid;
        return out;
    }
    const std::int64_t divisor = std::gcd(made.endowment.num, made.endowment.den);
    out.endowment = to_text(ratio{made.endowment.num / divisor, made.endowment.den / divisor});
    const supporters index(e);
    exact_book book(index, e);
    book.begin(made.endowment);
    for (const std::uint32_t c : made.bought) {
        out.purchases.push_back({e.projects[c].id,
                                 e.projects[c].cost,
                                 book.price_text(c),
                                 book.effective_votes_text(c, by_cost),
                                 {}});
        book.buy(c);
    }
    return out;
}

}  // namespace veche::budgeting
