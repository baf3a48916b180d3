#include "budgeting/certificate_check.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include <gmpxx.h>

namespace veche::budgeting {

namespace {

using big_integer = mpz_class;

big_integer number(std::int64_t value) {
    static_assert(sizeof(long) == sizeof value);
    return big_integer(static_cast<long>(value));
}

struct fraction {
    big_integer num;
    big_integer den = 1;
};

/// Of all denominators together: far above what honest certificates need.
constexpr std::size_t most_bits = 1'000'000;

/// "num/den" or "num", decimal, not negative; a denominator of zero is none.
std::optional<fraction> read_fraction(const std::string& text) {
    const std::size_t bar = text.find('/');
    const std::string num = text.substr(0, bar);
    const std::string den = bar == std::string::npos ? "1" : text.substr(bar + 1);
    for (const std::string* part : {&num, &den})
        if (part->empty() || part->size() > 100'000 ||
            part->find_first_not_of("0123456789") != std::string::npos)
            return std::nullopt;
    fraction out{big_integer(num), big_integer(den)};
    if (out.den == 0) return std::nullopt;
    return out;
}

struct backer {
    std::uint32_t group;
    long count;   // ballots
    long points;  // of each
};

class judge {
  public:
    judge(const election& e, const certificate& c, bool order)
        : election_(e),
          said_(c),
          order_(order),
          backers_(e.projects.size()),
          out_(e.projects.size()) {
        for (std::uint32_t n = 0; n < e.projects.size(); ++n) numbers_[e.projects[n].id] = n;
        points_.resize(e.projects.size());
        for (std::uint32_t g = 0; g < e.groups(); ++g)
            for (std::uint32_t m = e.begins[g]; m < e.begins[g + 1]; ++m) {
                const mark& one = e.marks[m];
                backers_[one.project].push_back({g, e.counts[g], one.points});
                points_[one.project] += std::int64_t{one.points} * e.counts[g];
            }
    }

    std::vector<std::string> go() {
        if (said_.budget != election_.budget) fault("The budget is another one.");
        if (said_.voters != election_.voters) fault("The number of ballots is another one.");
        for (const std::string& id : said_.excluded) claim(id, state::excluded);
        if (said_.rule != "equal-shares" && !said_.endowment.empty())
            fault("By this rule nobody has an endowment.");
        if (said_.rule == "equal-shares") {
            judge_shares();
        } else if (said_.rule == "phragmen") {
            judge_phragmen();
        } else if (said_.rule.starts_with("greedy")) {
            if (!said_.purchases.empty()) fault("By this rule nobody pays.");
            judge_greedy();
        } else {
            fault("The rule " + said_.rule + " is not known here.");
        }
        judge_cost();
        return std::move(faults_);
    }

  private:
    enum class state : std::uint8_t { out, bought, completed, excluded };

    void fault(std::string what) {
        if (faults_.size() < 50) faults_.push_back(std::move(what));
    }

    std::optional<std::uint32_t> claim(const std::string& id, state as) {
        const auto found = numbers_.find(id);
        if (found == numbers_.end()) {
            fault("There is no project " + id + ".");
            return std::nullopt;
        }
        if (out_[found->second] != state::out) {
            fault("The project " + id + " is named twice.");
            return std::nullopt;
        }
        out_[found->second] = as;
        return found->second;
    }

    [[nodiscard]] const std::string& id_of(std::uint32_t project) const {
        return election_.projects[project].id;
    }

    [[nodiscard]] std::int64_t cost_of(std::uint32_t project) const {
        return election_.projects[project].cost;
    }

    [[nodiscard]] std::int64_t unit_of(std::uint32_t project) const {
        return said_.measure == utility::cost ? cost_of(project) : 1;
    }

    /// What supporters would pay if each paid at most `price` for each point and held what they
    /// hold `times` over.
    [[nodiscard]] big_integer paid_at(std::uint32_t project, const big_integer& price,
                                      std::int64_t times) const {
        big_integer all;
        big_integer asked;
        big_integer has;
        for (const backer& one : backers_[project]) {
            asked = price * one.points;
            has = holds_[one.group] * times;
            all += (has < asked ? has : asked) * one.count;
        }
        return all;
    }

    [[nodiscard]] big_integer money_of(std::uint32_t project) const {
        big_integer all;
        for (const backer& one : backers_[project]) all += holds_[one.group] * one.count;
        return all;
    }

    /// All fractions of the certificate in units of one over a common denominator: reckoning in
    /// them is reckoning in integers.
    bool find_unit(const std::vector<const std::string*>& texts) {
        unit_ = 1;
        for (const std::string* text : texts) {
            const auto read = read_fraction(*text);
            if (!read) continue;
            unit_ = lcm(unit_, read->den);
            if (mpz_sizeinbase(unit_.get_mpz_t(), 2) > most_bits) {
                fault("The denominators are too large to be judged.");
                return false;
            }
        }
        return true;
    }

    [[nodiscard]] std::optional<big_integer> in_units(const std::string& text) const {
        const auto read = read_fraction(text);
        if (!read) return std::nullopt;
        return big_integer(read->num * (unit_ / read->den));
    }

    /// The project and price of a purchase, where both are sound.
    std::optional<std::pair<std::uint32_t, big_integer>> purchase_of(const purchase& one) {
        const auto project = claim(one.project, state::bought);
        if (!project) return std::nullopt;
        if (one.cost != cost_of(*project)) fault("The cost of " + one.project + " is another one.");
        const auto price = in_units(one.price);
        if (!price || *price == 0) {
            fault("The price of " + one.project + " is no fraction above 0.");
            return std::nullopt;
        }
        return std::pair(*project, *price);
    }

    void judge_shares() {
        std::vector<const std::string*> texts{&said_.endowment};
        for (const purchase& one : said_.purchases) texts.push_back(&one.price);
        if (!find_unit(texts)) return;
        const auto endowment = in_units(said_.endowment);
        if (!endowment) {
            // The greedy outcome was preferred: nobody paid.
            const bool greedy = said_.endowment.empty() && said_.completion == "comparison";
            if (!greedy || !said_.purchases.empty()) fault("The endowment is no fraction.");
            judge_greedy();
            return;
        }
        holds_.assign(election_.groups(), *endowment);
        if (said_.completion == "bos") return judge_overspending();
        if (said_.completion == "ees_addopt") return judge_equal_parts();
        for (const purchase& one : said_.purchases) judge_purchase(one);
        for (std::uint32_t c = 0; c < out_.size(); ++c)
            if (out_[c] == state::out && money_of(c) >= unit_ * number(cost_of(c)))
                fault("Supporters of " + id_of(c) + " hold its cost, and it was not bought.");
        complete();
        if (said_.completion.ends_with("utilitarian")) judge_nothing_fits();
    }

    void judge_effect(const purchase& one, std::uint32_t project, const big_integer& price,
                      const fraction& share) {
        const auto effective = read_fraction(one.effective_votes);
        if (!effective || effective->num * price * share.den !=
                              number(unit_of(project)) * share.num * effective->den * unit_)
            fault("The effective votes of " + one.project + " do not follow from its price.");
    }

    void judge_purchase(const purchase& one) {
        const auto bought = purchase_of(one);
        if (!bought) return;
        const auto& [project, price] = *bought;
        judge_effect(one, project, price, {1});
        if (one.share) fault("By this completion all of " + one.project + " is paid.");
        if (order_) judge_order(project, price);
        if (paid_at(project, price, 1) != unit_ * number(cost_of(project)))
            fault("What supporters of " + one.project + " pay is not its cost.");
        for (const backer& each : backers_[project]) {
            big_integer& has = holds_[each.group];
            has -= price * each.points;
            if (has < 0) has = 0;
        }
    }

    /// That no other project is cheaper for each unit of utility than the one bought now.
    void judge_order(std::uint32_t bought, const big_integer& price) {
        const std::int64_t times = unit_of(bought);
        for (std::uint32_t c = 0; c < out_.size(); ++c) {
            if (out_[c] != state::out) continue;
            const big_integer level = price * number(unit_of(c));
            const big_integer cost = unit_ * number(cost_of(c)) * number(times);
            if (level * number(points_[c]) <= cost) continue;
            if (paid_at(c, level, times) > cost)
                fault(id_of(c) + " gives more for the money than " + id_of(bought) +
                      ", which was bought before it.");
        }
    }

    /// A supporter's money and points, and how many ballots are such.
    struct able {
        big_integer holds;
        long points;
        long count;
    };

    /// Supporters who hold anything, the poorest for their points first.
    [[nodiscard]] std::vector<able> able_of(std::uint32_t project) const {
        std::vector<const backer*> all;
        for (const backer& one : backers_[project])
            if (holds_[one.group] > 0) all.push_back(&one);
        std::sort(all.begin(), all.end(), [this](const backer* a, const backer* b) {
            return holds_[a->group] * b->points < holds_[b->group] * a->points;
        });
        std::vector<able> out;
        for (const backer* one : all) {
            const big_integer& has = holds_[one->group];
            if (!out.empty() && out.back().points == one->points && out.back().holds == has)
                out.back().count += one->count;
            else
                out.push_back({has, one->points, one->count});
        }
        return out;
    }

    void judge_overspending() {
        complete();
        if (!said_.completed.empty()) fault("By this completion nothing is chosen unpaid.");
        for (const purchase& one : said_.purchases) {
            const std::int64_t before = left();
            const auto bought = purchase_of(one);
            if (!bought) continue;
            const auto& [project, price] = *bought;
            const auto share = read_fraction(one.share.value_or("1"));
            if (!share || share->num == 0 || share->num > share->den) {
                fault("The share of " + one.project + " is no fraction up to 1.");
                continue;
            }
            judge_effect(one, project, price, *share);
            if (cost_of(project) > before) fault(one.project + " did not fit any more.");
            big_integer all;
            for (const backer& each : backers_[project]) {
                const big_integer asked = price * share->num * each.points;
                const big_integer has = holds_[each.group] * share->den;
                all += (has < asked ? has : asked) * each.count;
            }
            if (all != share->num * unit_ * number(cost_of(project)))
                fault("What supporters of " + one.project + " pay is not that share of its cost.");
            if (order_) judge_level(project, price, *share, before);
            for (const backer& each : backers_[project]) {
                big_integer& has = holds_[each.group];
                has -= price * each.points;
                if (has < 0) has = 0;
            }
        }
        for (std::uint32_t c = 0; c < out_.size(); ++c)
            if (out_[c] == state::out && cost_of(c) <= left() && money_of(c) > 0)
                fault(id_of(c) + " fits, its supporters hold money, and it was not bought.");
    }

    /// That no other project, and this one at no other share, gives a unit of utility for less.
    void judge_level(std::uint32_t bought, const big_integer& price, const fraction& share,
                     std::int64_t budget) {
        for (std::uint32_t c = 0; c < out_.size(); ++c) {
            if ((out_[c] != state::out && c != bought) || cost_of(c) > budget) continue;
            const big_integer cost = unit_ * number(cost_of(c));
            // x cost^2 / (unit_of(c) paid^2) is to be at least price / share / unit_of(bought).
            const big_integer mine = cost * cost * share.num * number(unit_of(bought));
            const big_integer theirs = price * share.den * number(unit_of(c));
            const big_integer money = money_of(c);
            // No x does better than all paying alike all that is needed or there.
            if (mine >= theirs * number(points_[c]) * (money < cost ? money : cost)) continue;
            big_integer below;
            big_integer worth;
            const std::vector<able> all = able_of(c);
            for (const able& one : all) worth += big_integer(one.count) * one.points;
            for (const able& one : all) {
                const big_integer paid = below * one.points + worth * one.holds;
                const bool whole = paid >= cost * one.points;
                const bool better = whole ? (cost - below) * mine < theirs * worth * cost * cost
                                          : one.holds * one.points * mine < theirs * paid * paid;
                if (better) {
                    fault(id_of(c) + " gives more for the money than " + id_of(bought) +
                          " as it was bought.");
                    break;
                }
                if (whole) break;
                below += one.holds * one.count;
                worth -= big_integer(one.count) * one.points;
            }
        }
    }

    /// Calls `see` with the most money for which so many supporters have as much, the richest
    /// first, until it says that it has seen enough.
    template <class See>
    void each_part(std::uint32_t project, See see) const {
        std::vector<able> all = able_of(project);
        std::reverse(all.begin(), all.end());
        std::int64_t payers = 0;
        for (const able& one : all) {
            payers += one.count;
            if (see(one.holds, payers)) return;
        }
    }

    void judge_equal_parts() {
        complete();
        if (!said_.completed.empty()) fault("By this completion nothing is chosen unpaid.");
        for (std::uint32_t g = 0; g < election_.marks.size(); ++g)
            if (election_.marks[g].points != 1) return fault("Equal parts are of ballots alike.");
        for (const purchase& one : said_.purchases) {
            const auto bought = purchase_of(one);
            if (!bought) continue;
            const auto& [project, price] = *bought;
            judge_effect(one, project, price, {1});
            if (one.share) fault("By this completion all of " + one.project + " is paid.");
            std::int64_t payers = 0;
            for (const backer& each : backers_[project])
                if (holds_[each.group] >= price) payers += each.count;
            if (number(payers) * price != unit_ * number(cost_of(project)))
                fault("Those who can pay the part of " + one.project + " do not pay its cost.");
            if (order_) judge_parts(project, payers);
            for (const backer& each : backers_[project])
                if (holds_[each.group] >= price) holds_[each.group] -= price;
        }
        for (std::uint32_t c = 0; c < out_.size(); ++c)
            if (out_[c] == state::out)
                each_part(c, [&](const big_integer& holds, std::int64_t payers) {
                    if (holds * number(payers) < unit_ * number(cost_of(c))) return false;
                    fault("Supporters of " + id_of(c) + " can pay it, and it was not bought.");
                    return true;
                });
    }

    /// That no more could have paid for it, and no other project was paid by more, or by more for
    /// each unit of cost.
    void judge_parts(std::uint32_t bought, std::int64_t payers) {
        for (std::uint32_t c = 0; c < out_.size(); ++c) {
            if (out_[c] != state::out && c != bought) continue;
            each_part(c, [&](const big_integer& holds, std::int64_t so_many) {
                // Utility for each unit of money, crosswise.
                const big_integer mine =
                    number(so_many) * number(unit_of(c)) * number(cost_of(bought));
                const big_integer theirs =
                    number(payers) * number(unit_of(bought)) * number(cost_of(c));
                if (mine <= theirs || holds * number(so_many) < unit_ * number(cost_of(c)))
                    return false;
                fault(id_of(c) + " gives more for the money than " + id_of(bought) +
                      " as it was bought.");
                return true;
            });
        }
    }

    /// Prices are moments: everyone earns one unit in one unit of time, and spends all they have.
    void judge_phragmen() {
        std::vector<const std::string*> texts;
        for (const purchase& one : said_.purchases) texts.push_back(&one.price);
        if (!find_unit(texts)) return;
        std::vector<big_integer> spent(election_.groups());  // at which moment last
        const auto earned = [&](std::uint32_t project, const big_integer& moment) {
            big_integer all;
            for (const backer& one : backers_[project])
                all += (moment - spent[one.group]) * one.count;
            return all;
        };
        big_integer before;
        for (const purchase& one : said_.purchases) {
            const auto bought = purchase_of(one);
            if (!bought) continue;
            const auto& [project, moment] = *bought;
            if (moment < before) fault("The purchase of " + one.project + " comes too late.");
            before = moment;
            if (earned(project, moment) != unit_ * number(cost_of(project)))
                fault("At the moment of " + one.project +
                      " its supporters have not just its cost.");
            for (std::uint32_t c = 0; c < out_.size(); ++c)
                if (out_[c] == state::out && earned(c, moment) > unit_ * number(cost_of(c)))
                    fault("Supporters of " + id_of(c) + " have its cost before " + one.project +
                          ".");
            for (const backer& each : backers_[project]) spent[each.group] = moment;
        }
        complete();
    }

    void complete() {
        for (const std::string& id : said_.completed) claim(id, state::completed);
    }

    [[nodiscard]] std::int64_t left() const {
        std::int64_t left = election_.budget;
        for (std::uint32_t c = 0; c < out_.size(); ++c)
            if (out_[c] == state::bought || out_[c] == state::completed) left -= cost_of(c);
        return left;
    }

    void judge_nothing_fits() {
        for (std::uint32_t c = 0; c < out_.size(); ++c)
            if (out_[c] == state::out && cost_of(c) <= left())
                fault(id_of(c) + " fits into the money left, and was not chosen.");
    }

    void judge_greedy() {
        complete();
        const bool stops = said_.rule == "greedy-no-skip";
        bool any_stopped = false;
        for (std::uint32_t c = 0; c < out_.size(); ++c) {
            if (out_[c] != state::out) continue;
            // Of equals those chosen may stand before it or behind it.
            std::int64_t money = election_.budget;
            bool behind = false;
            for (std::uint32_t d = 0; d < out_.size(); ++d) {
                if (out_[d] != state::completed) continue;
                if (points_[d] >= points_[c]) money -= cost_of(d);
                behind = behind || points_[d] < points_[c];
            }
            if (stops && behind) fault("A project behind " + id_of(c) + " was chosen.");
            any_stopped = any_stopped || cost_of(c) > money;
            if (!stops && cost_of(c) <= money)
                fault(id_of(c) + " fits into the money left in its turn, and was not chosen.");
        }
        const bool all =
            std::none_of(out_.begin(), out_.end(), [](state s) { return s == state::out; });
        if (stops && !all && !any_stopped) fault("All that was not chosen would have fitted.");
    }

    void judge_cost() {
        if (election_.budget - left() != said_.cost) fault("The cost of all is another one.");
        if (left() < 0) fault("What is chosen costs more than the budget.");
    }

    const election& election_;
    const certificate& said_;
    bool order_;
    std::vector<std::vector<backer>> backers_;
    std::vector<std::int64_t> points_;
    std::map<std::string, std::uint32_t> numbers_;
    std::vector<state> out_;
    big_integer unit_ = 1;            // one unit of money in units of account
    std::vector<big_integer> holds_;  // of one ballot of each group
    std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> check_certificate(const election& e, const certificate& c, bool order) {
    return judge(e, c, order).go();
}

}  // namespace veche::budgeting
