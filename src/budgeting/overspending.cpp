#include "budgeting/overspending.hpp"

#include <algorithm>
#include <optional>

#include "budgeting/money_classes.hpp"
#include "budgeting/refusal.hpp"

namespace veche::budgeting {

namespace {

/// A voter may hold a fraction with a denominator of so many bits, far above what elections need.
constexpr std::size_t most_holding_bits = 50'000;

struct able_payer {
    std::uint32_t holds = 0;  // the class
    std::uint32_t points = 1;
    std::int64_t count = 0;
    double reach = 0;  // money for each point
};

/// How one project can be bought.
struct part_offer {
    std::uint32_t project = 0;
    mpq_class most;   // what each pays for each point towards the share
    mpq_class paid;   // by all: the share of the cost
    mpq_class level;  // what a unit of utility costs, up to a factor that all have
};

class overspender {
  public:
    overspender(const election& e, utility measure, const std::vector<std::uint32_t>& ranks,
                const std::vector<bool>& excluded)
        : election_(e),
          by_cost_(measure == utility::cost),
          ranks_(ranks),
          index_(e),
          money_(index_, e.groups()),
          done_(excluded) {}

    result<paid_run> go(const ratio& endowment) {
        mpq_class holds(big(endowment.num), big(endowment.den));
        holds.canonicalize();
        money_.begin(holds);
        paid_run out;
        out.endowment = holds.get_str();
        out.runs = 1;
        while (const auto best = choose(out.cost)) {
            buy(*best, out);
            for (const mpq_class& value : money_.values)
                if (mpz_sizeinbase(value.get_den_mpz_t(), 2) > most_holding_bits)
                    return refuse(refusals::numbers_too_long, "completion");
        }
        return out;
    }

  private:
    /// Supporters who hold anything, the poorest for their points first.
    void gather(std::uint32_t project) {
        payers_.clear();
        std::size_t at = index_.begins[project];
        slot_.resize(money_.values.size(), UINT32_MAX);
        for (const supporter& one : index_.of(project)) {
            const std::uint32_t points = index_.points_at(at++);
            const std::uint32_t mine = money_.of_group[one.group];
            if (mine == 0) continue;
            if (index_.points.empty() && slot_[mine] != UINT32_MAX) {
                payers_[slot_[mine]].count += one.count;
                continue;
            }
            if (index_.points.empty()) slot_[mine] = static_cast<std::uint32_t>(payers_.size());
            payers_.push_back({mine, points, one.count, money_.about[mine] / points});
        }
        for (const able_payer& one : payers_) slot_[one.holds] = UINT32_MAX;
    }

    /// Between which two the least level lies, as far as doubles can tell.
    struct rough {
        double low = 0;
        double high = 0;
    };

    /// None where nobody can pay anything.
    std::optional<rough> rough_level(std::uint32_t project) {
        gather(project);
        std::sort(payers_.begin(), payers_.end(),
                  [](const able_payer& a, const able_payer& b) { return a.reach < b.reach; });
        const auto cost = static_cast<double>(election_.projects[project].cost);
        double below = 0;
        std::int64_t worth = 0;
        for (const able_payer& one : payers_) worth += one.count * one.points;
        // A sum of n terms above zero is off by n roundings at most.
        const double bound = 1e-15 * static_cast<double>(payers_.size() + 100);
        std::optional<rough> best;
        for (const able_payer& one : payers_) {
            const double paid = below + static_cast<double>(worth) * one.reach;
            const bool whole = paid >= cost;
            const double most = whole ? (cost - below) / static_cast<double>(worth) : one.reach;
            const double level = whole ? most / (cost * cost) : most / (paid * paid);
            // A small difference of large sums is off by more.
            const double error = whole ? bound * (4 + below / (cost - below)) : 4 * bound;
            if (!best) best = rough{level, level * (1 + error)};
            best->low = std::min(best->low, level * (1 - error));
            best->high = std::min(best->high, level * (1 + error));
            if (whole) break;
            below += money_.about[one.holds] * static_cast<double>(one.count);
            worth -= one.count * one.points;
        }
        if (!best) return best;
        const double factor = by_cost_ ? cost : cost * cost;
        return rough{best->low * factor * (1 - bound), best->high * factor * (1 + bound)};
    }

    /// The same exactly.
    part_offer offer(std::uint32_t project) {
        gather(project);
        const auto reach = [this](const able_payer& one) {
            return mpq_class(money_.values[one.holds] / one.points);
        };
        std::sort(payers_.begin(), payers_.end(), [&](const able_payer& a, const able_payer& b) {
            if (a.reach < b.reach * (1 - 1e-12)) return true;
            if (b.reach < a.reach * (1 - 1e-12)) return false;
            return cmp(money_.values[a.holds] * b.points, money_.values[b.holds] * a.points) < 0;
        });
        const mpz_class cost = big(election_.projects[project].cost);
        mpq_class below;
        mpz_class worth;
        for (const able_payer& one : payers_) worth += big(one.count) * one.points;
        part_offer best;
        best.project = project;
        for (const able_payer& one : payers_) {
            mpq_class most = reach(one);
            mpq_class paid = below + most * worth;
            const bool whole = paid >= cost;
            if (whole) {
                most = (cost - below) / worth;
                paid = cost;
            }
            mpq_class level = most / (paid * paid);
            const int order = sgn(best.paid) == 0 ? -1 : cmp(level, best.level);
            if (order < 0 || (order == 0 && paid > best.paid)) {
                best.most = std::move(most);
                best.paid = std::move(paid);
                best.level = std::move(level);
            }
            if (whole) break;
            below += money_.values[one.holds] * big(one.count);
            worth -= big(one.count) * one.points;
        }
        best.level *= by_cost_ ? cost : mpz_class(cost * cost);
        return best;
    }

    std::optional<part_offer> choose(std::int64_t spent) {
        std::vector<std::pair<rough, std::uint32_t>> all;
        for (std::uint32_t c = 0; c < done_.size(); ++c) {
            if (done_[c] || election_.projects[c].cost > election_.budget - spent) continue;
            if (const auto level = rough_level(c)) all.emplace_back(*level, c);
        }
        if (all.empty()) return std::nullopt;
        double least = all.front().first.high;
        for (const auto& one : all) least = std::min(least, one.first.high);
        std::optional<part_offer> best;
        for (const auto& [level, c] : all) {
            if (level.low > least) continue;
            part_offer one = offer(c);
            const int order = best ? cmp(one.level, best->level) : -1;
            if (order < 0 || (order == 0 && ranks_[c] < ranks_[best->project]))
                best = std::move(one);
        }
        return best;
    }

    void buy(const part_offer& best, paid_run& out) {
        const project& bought = election_.projects[best.project];
        const mpz_class cost = big(bought.cost);
        const mpq_class share = best.paid / cost;
        const mpq_class price = best.most / share;
        const mpq_class unit = by_cost_ ? mpq_class(cost) : mpq_class(1);
        done_[best.project] = true;
        out.bought.push_back(best.project);
        out.cost += bought.cost;
        purchase row{
            bought.id, bought.cost, price.get_str(), mpq_class(unit * share / price).get_str(), {}};
        if (share != 1) row.share = share.get_str();
        out.purchases.push_back(std::move(row));
        money_.charge(best.project, [&](std::uint32_t held, std::uint32_t points) {
            const mpq_class left = money_.values[held] - price * points;
            return sgn(left) < 0 ? mpq_class() : left;
        });
    }

    const election& election_;
    bool by_cost_;
    const std::vector<std::uint32_t>& ranks_;
    supporters index_;
    money_classes money_;
    std::vector<bool> done_;
    std::vector<able_payer> payers_;
    std::vector<std::uint32_t> slot_;
};

}  // namespace

result<paid_run> buy_with_overspending(const election& e, utility measure, const ratio& endowment,
                                       const std::vector<std::uint32_t>& ranks,
                                       const std::vector<bool>& excluded) {
    return overspender(e, measure, ranks, excluded).go(endowment);
}

}  // namespace veche::budgeting
