#include "budgeting/account.hpp"

#include <algorithm>
#include <map>

#include <gmpxx.h>

#include "budgeting/score.hpp"

namespace veche::budgeting {

namespace {

std::int64_t cut(const mpq_class& value) {
    const mpz_class below = value.get_num() / value.get_den();
    return below.get_si();
}

struct paid_for {
    mpq_class money;
    std::int64_t supporters = 0;
};

class accountant {
  public:
    accountant(const election& e, const certificate& c, std::uint32_t project)
        : election_(e), said_(c), project_(project), order_(e.projects.size(), SIZE_MAX) {
        std::map<std::string, std::uint32_t> numbers;
        for (std::uint32_t n = 0; n < e.projects.size(); ++n) numbers[e.projects[n].id] = n;
        for (std::size_t n = 0; n < c.purchases.size(); ++n) {
            order_[numbers.at(c.purchases[n].project)] = n;
            prices_.emplace_back(c.purchases[n].price);
        }
        const std::vector<support> found = supports_of(e);
        equal_parts_ = c.rule == "equal-shares" && c.completion == "ees_addopt";
        out_.project = e.projects[project].id;
        out_.cost = e.projects[project].cost;
        out_.votes = found[project].votes;
        out_.points = found[project].points;
        settle_fate(found);
    }

    project_account go(std::int64_t least_shared) {
        if (said_.rule == "equal-shares" && !said_.endowment.empty()) {
            follow_money();
            tell_money(least_shared);
            // Whose supporters hold anything was not bought since it does not fit.
            if (said_.completion == "bos" && out_.outcome == fate::short_of && left_ > 0) {
                out_.outcome = fate::out_of_turn;
                out_.left = election_.budget - said_.cost;
            }
        } else if (out_.outcome == fate::out_of_turn) {
            tell_turn();
        }
        return std::move(out_);
    }

  private:
    void settle_fate(const std::vector<support>& found) {
        const auto in = [this](const std::vector<std::string>& list) {
            return std::find(list.begin(), list.end(), out_.project) - list.begin();
        };
        const auto completed = static_cast<std::size_t>(in(said_.completed));
        if (order_[project_] != SIZE_MAX) {
            out_.outcome = fate::bought;
            out_.turn = static_cast<std::int64_t>(order_[project_]) + 1;
        } else if (completed < said_.completed.size()) {
            out_.outcome = fate::completed;
            out_.turn = static_cast<std::int64_t>(said_.purchases.size() + completed) + 1;
        } else if (static_cast<std::size_t>(in(said_.excluded)) < said_.excluded.size()) {
            out_.outcome = fate::excluded;
        } else if (found[project_].points == 0) {
            out_.outcome = fate::unsupported;
        } else {
            const bool shares = said_.rule == "equal-shares" && !said_.endowment.empty();
            out_.outcome = shares ? fate::short_of : fate::out_of_turn;
        }
    }

    /// Goes through the purchases once more with the supporters of this project alone.
    void follow_money() {
        const mpq_class endowment(said_.endowment);
        const std::size_t until = std::min(order_[project_], prices_.size());
        std::vector<std::pair<std::size_t, std::uint32_t>> bought;  // turn, points
        for (std::size_t g = 0; g < election_.groups(); ++g) {
            bought.clear();
            std::uint32_t own = 0;
            for (std::uint32_t m = election_.begins[g]; m < election_.begins[g + 1]; ++m) {
                const mark& one = election_.marks[m];
                if (one.project == project_) own = one.points;
                if (order_[one.project] < until)
                    bought.emplace_back(order_[one.project], one.points);
            }
            if (own == 0) continue;
            const mpz_class count(static_cast<unsigned long>(election_.counts[g]));
            held_ += endowment * count;
            std::sort(bought.begin(), bought.end());
            mpq_class holds = endowment;
            for (const auto& [turn, points] : bought) {
                const mpq_class asked = prices_[turn] * points;
                if (equal_parts_ && holds < asked) continue;
                const mpq_class paid = std::min(holds, asked);
                holds -= paid;
                if (paid == 0) continue;
                paid_[turn].money += paid * count;
                paid_[turn].supporters += election_.counts[g];
            }
            left_ += holds * count;
            if (equal_parts_) held_by_[holds] += election_.counts[g];
            if (until == prices_.size()) continue;
            if (holds >= prices_[until] * own)
                in_full_ += election_.counts[g];
            else if (holds > 0 && !equal_parts_)
                less_ += election_.counts[g];
        }
    }

    /// The most that supporters can pay in equal parts.
    void count_equal_parts() {
        left_ = 0;
        std::int64_t payers = 0;
        for (auto one = held_by_.rbegin(); one != held_by_.rend(); ++one) {
            payers += one->second;
            left_ = std::max(left_, mpq_class(one->first * mpz_class(static_cast<long>(payers))));
        }
    }

    void tell_money(std::int64_t least_shared) {
        if (equal_parts_ && out_.outcome == fate::short_of) count_equal_parts();
        out_.held = cut(held_);
        out_.left = cut(left_);
        out_.effective_support = cut(left_ * 1000 / mpz_class(static_cast<long>(out_.cost)));
        mpq_class others;
        for (const auto& [turn, sum] : paid_) {
            if (sum.supporters < least_shared) {
                others += sum.money;
                continue;
            }
            out_.taken_by.push_back(
                {said_.purchases[turn].project, sum.supporters, cut(sum.money)});
        }
        out_.taken_by_others = cut(others);
        std::stable_sort(out_.taken_by.begin(), out_.taken_by.end(),
                         [](const taker& a, const taker& b) { return a.paid > b.paid; });
        if (out_.outcome == fate::bought) {
            out_.price = said_.purchases[order_[project_]].price;
            out_.paid_in_full = in_full_;
            out_.paid_less = less_;
        }
        // Had it cost no more it could not be left out: the run would be this one until its end,
        // where its supporters hold as much. Rising endowments may stop elsewhere then, so nothing
        // is said.
        const bool one_run = said_.completion == "none" || said_.completion == "utilitarian";
        if (out_.outcome == fate::short_of && one_run) out_.would_have_sufficed = out_.left;
    }

    /// By votes: what was left when its turn came, those with as many points having theirs before
    /// it.
    void tell_turn() {
        if (said_.rule == "phragmen") return;
        const std::vector<support> found = supports_of(election_);
        std::int64_t left = election_.budget;
        for (std::uint32_t c = 0; c < election_.projects.size(); ++c)
            if (found[c].points >= found[project_].points &&
                std::find(said_.completed.begin(), said_.completed.end(),
                          election_.projects[c].id) != said_.completed.end())
                left -= election_.projects[c].cost;
        out_.left = left;
        if (said_.rule != "greedy-no-skip" && left > 0) out_.would_have_sufficed = left;
    }

    const election& election_;
    const certificate& said_;
    std::uint32_t project_;
    std::vector<std::size_t> order_;  // of each project its purchase, or none
    std::vector<mpq_class> prices_;
    project_account out_;
    bool equal_parts_ = false;
    std::map<mpq_class, std::int64_t> held_by_;  // of equal parts: how many hold so much
    mpq_class held_;
    mpq_class left_;
    std::map<std::size_t, paid_for> paid_;  // by purchase
    std::int64_t in_full_ = 0;
    std::int64_t less_ = 0;
};

}  // namespace

project_account account_of(const election& e, const certificate& c, std::uint32_t project,
                           std::int64_t least_shared) {
    return accountant(e, c, project).go(least_shared);
}

std::vector<held_money> money_left(const election& e, const certificate& c) {
    std::vector<held_money> out(e.projects.size());
    if (c.rule != "equal-shares" || c.endowment.empty()) return out;
    // In equal parts it is not the sum that counts.
    for (std::uint32_t p = 0; c.completion == "ees_addopt" && p < out.size(); ++p) {
        const project_account one = account_of(e, c, p);
        out[p] = {one.left, one.effective_support};
    }
    if (c.completion == "ees_addopt") return out;
    std::map<std::string, std::size_t> turns;
    std::vector<mpq_class> prices;
    for (const purchase& one : c.purchases) {
        turns[one.project] = prices.size();
        prices.emplace_back(one.price);
    }
    std::vector<std::size_t> order(e.projects.size(), SIZE_MAX);
    for (std::size_t p = 0; p < order.size(); ++p)
        if (const auto at = turns.find(e.projects[p].id); at != turns.end()) order[p] = at->second;
    const mpq_class endowment(c.endowment);
    std::vector<mpq_class> held(e.projects.size());
    std::vector<std::pair<std::size_t, mark>> ballot;  // by turn; what was not bought stands last
    for (std::size_t g = 0; g < e.groups(); ++g) {
        ballot.clear();
        for (std::uint32_t m = e.begins[g]; m < e.begins[g + 1]; ++m)
            ballot.emplace_back(order[e.marks[m].project], e.marks[m]);
        std::sort(ballot.begin(), ballot.end());
        const mpz_class count(static_cast<unsigned long>(e.counts[g]));
        mpq_class holds = endowment;
        for (const auto& [turn, one] : ballot) {
            held[one.project] += holds * count;
            if (turn == SIZE_MAX) continue;
            const mpq_class asked = prices[turn] * one.points;
            holds = holds > asked ? mpq_class(holds - asked) : mpq_class();
        }
    }
    for (std::size_t p = 0; p < out.size(); ++p) {
        const mpz_class cost(static_cast<long>(e.projects[p].cost));
        out[p] = {cut(held[p]), cut(held[p] * 1000 / cost)};
    }
    return out;
}

std::int64_t whole_part(const std::string& fraction) {
    return cut(mpq_class(fraction));
}

}  // namespace veche::budgeting
