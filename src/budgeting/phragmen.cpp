#include "budgeting/phragmen.hpp"

#include <optional>

#include <gmpxx.h>

#include "budgeting/supporters.hpp"

namespace veche::budgeting {

namespace {

/// Voters whose money ran out at the same moment are alike: of each project it is enough to know
/// how many of its supporters there are for each moment.
class earning {
  public:
    earning(const election& e, const supporters& index, const std::vector<std::uint32_t>& tie_rank)
        : election_(e),
          index_(index),
          tie_rank_(tie_rank),
          last_(e.groups()),
          since_(e.projects.size()),
          bought_(e.projects.size()) {
        moments_.emplace_back();
        for (std::size_t c = 0; c < since_.size(); ++c) since_[c].push_back(index.ballots[c]);
    }

    phragmen_outcome go() {
        phragmen_outcome out;
        while (const auto next = first()) {
            const std::int64_t cost = election_.projects[next->project].cost;
            if (cost > election_.budget - out.cost) break;
            out.cost += cost;
            out.bought.push_back(next->project);
            out.moments.push_back(next->moment.get_str());
            buy(next->project, next->moment);
        }
        return out;
    }

  private:
    struct turn {
        std::uint32_t project;
        mpq_class moment;
    };

    static mpz_class amount(std::int64_t value) { return mpz_class(static_cast<long>(value)); }

    [[nodiscard]] std::optional<turn> first() const {
        std::optional<turn> best;
        for (std::uint32_t c = 0; c < since_.size(); ++c) {
            if (bought_[c] || index_.ballots[c] == 0) continue;
            mpq_class moment = amount(election_.projects[c].cost);
            for (std::size_t k = 1; k < since_[c].size(); ++k)
                if (since_[c][k] != 0) moment += moments_[k] * amount(since_[c][k]);
            moment /= amount(index_.ballots[c]);
            if (best && (moment > best->moment ||
                         (moment == best->moment && tie_rank_[c] > tie_rank_[best->project])))
                continue;
            best = turn{c, std::move(moment)};
        }
        return best;
    }

    void buy(std::uint32_t project, const mpq_class& moment) {
        bought_[project] = true;
        const auto now = static_cast<std::uint32_t>(moments_.size());
        moments_.push_back(moment);
        for (auto& counts : since_) counts.push_back(0);
        for (const supporter& one : index_.of(project)) {
            for (std::uint32_t m = election_.begins[one.group]; m < election_.begins[one.group + 1];
                 ++m) {
                auto& counts = since_[election_.marks[m].project];
                counts[last_[one.group]] -= one.count;
                counts[now] += one.count;
            }
            last_[one.group] = now;
        }
    }

    const election& election_;
    const supporters& index_;
    const std::vector<std::uint32_t>& tie_rank_;
    std::vector<mpq_class> moments_;                // at which something was bought; the first is 0
    std::vector<std::uint32_t> last_;               // of each group the moment its money ran out
    std::vector<std::vector<std::int64_t>> since_;  // of each project supporters by that moment
    std::vector<bool> bought_;
};

}  // namespace

result<phragmen_outcome> phragmen(const election& e, const std::vector<std::uint32_t>& tie_rank) {
    VECHE_CHECK(check(e));
    const supporters index(e);
    return earning(e, index, tie_rank).go();
}

certificate certify(const election& e, const phragmen_outcome& made) {
    certificate out;
    out.rule = "phragmen";
    out.measure = utility::cardinality;
    out.budget = e.budget;
    out.voters = e.voters;
    out.cost = made.cost;
    for (std::size_t n = 0; n < made.bought.size(); ++n) {
        const project& one = e.projects[made.bought[n]];
        out.purchases.push_back({one.id, one.cost, made.moments[n], {}});
    }
    return out;
}

}  // namespace veche::budgeting
