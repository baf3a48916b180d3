#include "budgeting/exact_shares.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include "budgeting/money_classes.hpp"
#include "budgeting/refusal.hpp"

namespace veche::budgeting {

namespace {

/// A project and how many would pay for it; none where `payers` is 0.
struct joint_offer {
    std::uint32_t project = 0;
    std::int64_t payers = 0;
};

class exact_sharer {
  public:
    exact_sharer(const election& e, const shares_rules& rules,
                 const std::vector<std::uint32_t>& ranks, const std::vector<bool>& excluded)
        : election_(e),
          rules_(rules),
          ranks_(ranks),
          excluded_(excluded),
          index_(e),
          money_(index_, e.groups()) {}

    result<paid_run> go(mpq_class endowment) {
        const auto ends = static_cast<std::size_t>(
            std::count_if(index_.worth.begin(), index_.worth.end(), [](auto w) { return w > 0; }));
        paid_run kept;
        for (std::int64_t runs = 1;; ++runs) {
            run(endowment);
            kept.runs = runs;
            if (out_.cost > election_.budget) return kept;
            kept = std::move(out_);
            kept.runs = runs;
            kept.endowment = endowment.get_str();
            if (kept.bought.size() == ends || !rise_) return kept;
            if (rules_.stop == stopping::exhaustive && exhaustive(kept)) return kept;
            if (rules_.most_rises > 0 && runs > rules_.most_rises) return kept;
            if (runs >= rules_.most_runs)
                return refuse(refusals::too_many_runs, "completion", std::to_string(runs), "it");
            endowment += *rise_;
        }
    }

  private:
    void run(const mpq_class& endowment) {
        out_ = {};
        rise_.reset();
        done_ = excluded_;
        money_.begin(endowment);
        for (;;) {
            sort_classes();
            joint_offer best;
            for (std::uint32_t c = 0; c < done_.size(); ++c) {
                if (done_[c]) continue;
                const joint_offer one{c, most_payers(c)};
                if (one.payers > 0 && better(one, best)) best = one;
            }
            for (std::uint32_t c = 0; c < done_.size(); ++c)
                if (!done_[c]) see_change(c, best);
            if (best.payers == 0) return;
            buy(best);
            if (out_.cost > election_.budget) return;
        }
    }

    /// Those who hold anything, the richest first.
    void sort_classes() {
        std::vector<bool> used(money_.values.size());
        for (const std::uint32_t c : money_.of_group) used[c] = true;
        order_.clear();
        for (std::uint32_t c = 1; c < used.size(); ++c)
            if (used[c]) order_.push_back(c);
        std::sort(order_.begin(), order_.end(), [this](std::uint32_t a, std::uint32_t b) {
            const double x = money_.about[a];
            const double y = money_.about[b];
            if (x > y * (1 + 1e-14)) return true;
            if (y > x * (1 + 1e-14)) return false;
            return cmp(money_.values[a], money_.values[b]) > 0;
        });
        count_.assign(money_.values.size(), 0);
    }

    /// Calls `see(class, those who hold as much or more)` for each class of supporters, the richest
    /// first; those who hold nothing come last.
    template <class See>
    void each_level(std::uint32_t project, See see) {
        std::int64_t all = 0;
        for (const supporter& one : index_.of(project))
            count_[money_.of_group[one.group]] += one.count;
        for (const std::uint32_t c : order_) {
            if (count_[c] == 0) continue;
            all += count_[c];
            count_[c] = 0;
            see(c, all);
        }
        if (count_[0] > 0) see(0, all + count_[0]);
        count_[0] = 0;
    }

    /// Whether each of so many can pay an equal part of the cost with what one of the class holds.
    [[nodiscard]] bool can_pay(std::uint32_t of_class, std::int64_t payers,
                               std::int64_t cost) const {
        const double all = money_.about[of_class] * static_cast<double>(payers);
        const auto asked = static_cast<double>(cost);
        if (all > asked * (1 + 1e-14)) return true;
        if (all < asked * (1 - 1e-14)) return false;
        return money_.values[of_class] * big(payers) >= big(cost);
    }

    std::int64_t most_payers(std::uint32_t project) {
        std::int64_t most = 0;
        each_level(project, [&](std::uint32_t of_class, std::int64_t payers) {
            if (can_pay(of_class, payers, election_.projects[project].cost)) most = payers;
        });
        return most;
    }

    /// Utility for the money, crosswise: payers, or payers for each unit of cost.
    [[nodiscard]] bool better(const joint_offer& one, const joint_offer& other) const {
        if (other.payers == 0) return true;
        const bool by_cost = rules_.measure == utility::cost;
        const int128 mine = static_cast<int128>(one.payers) *
                            (by_cost ? 1 : election_.projects[other.project].cost);
        const int128 theirs = static_cast<int128>(other.payers) *
                              (by_cost ? 1 : election_.projects[one.project].cost);
        return mine != theirs ? mine > theirs : ranks_[one.project] < ranks_[other.project];
    }

    /// By how much all must hold more for the project to be bought here, or by more: where that is
    /// the least of all so far, the run is the same until then.
    void see_change(std::uint32_t project, const joint_offer& best) {
        const std::int64_t cost = election_.projects[project].cost;
        each_level(project, [&](std::uint32_t of_class, std::int64_t payers) {
            if (project == best.project && payers <= best.payers) return;
            if (project != best.project && !better({project, payers}, best)) return;
            const double part = static_cast<double>(cost) / static_cast<double>(payers);
            const double more = part - money_.about[of_class];
            if (rise_ && more > rise_about_ + 1e-14 * (part + rise_about_)) return;
            mpq_class exact(big(cost), big(payers));
            exact.canonicalize();
            exact -= money_.values[of_class];
            if (rise_ && exact >= *rise_) return;
            rise_about_ = exact.get_d();
            rise_ = std::move(exact);
        });
    }

    void buy(const joint_offer& best) {
        const project& bought = election_.projects[best.project];
        mpq_class price(big(bought.cost), big(best.payers));
        price.canonicalize();
        const mpz_class unit = rules_.measure == utility::cost ? big(bought.cost) : mpz_class(1);
        done_[best.project] = true;
        out_.bought.push_back(best.project);
        out_.cost += bought.cost;
        out_.purchases.push_back(
            {bought.id, bought.cost, price.get_str(), mpq_class(unit / price).get_str(), {}});
        money_.charge(best.project, [&](std::uint32_t held, std::uint32_t) {
            const mpq_class& holds = money_.values[held];
            return holds < price ? holds : mpq_class(holds - price);
        });
    }

    [[nodiscard]] bool exhaustive(const paid_run& made) const {
        std::vector<bool> taken = excluded_;
        for (const std::uint32_t c : made.bought) taken[c] = true;
        for (std::size_t c = 0; c < taken.size(); ++c)
            if (!taken[c] && election_.projects[c].cost <= election_.budget - made.cost)
                return false;
        return true;
    }

    const election& election_;
    const shares_rules& rules_;
    const std::vector<std::uint32_t>& ranks_;
    const std::vector<bool>& excluded_;
    supporters index_;
    money_classes money_;
    std::vector<bool> done_;
    std::vector<std::uint32_t> order_;  // classes
    std::vector<std::int64_t> count_;   // scratch, by class
    std::optional<mpq_class> rise_;     // to the next endowment at which a run differs
    double rise_about_ = 0;
    paid_run out_;
};

}  // namespace

result<paid_run> raise_exact_shares(const election& e, const shares_rules& rules,
                                    const ratio& endowment, const std::vector<std::uint32_t>& ranks,
                                    const std::vector<bool>& excluded) {
    for (const mark& one : e.marks)
        if (one.points != 1) return refuse(refusals::points_not_here, "completion");
    mpq_class first(big(endowment.num), big(endowment.den));
    first.canonicalize();
    return exact_sharer(e, rules, ranks, excluded).go(std::move(first));
}

}  // namespace veche::budgeting
