#include <algorithm>

#include "teams/exact_lp.hpp"
#include "teams/kinds.hpp"

namespace veche::teams {
namespace {

struct range {
    std::int64_t low, high;
};

/// The linear program over all panels whose counts lie in the ranges.
class panel_lp {
  public:
    panel_lp(const pool& of, const kind_weights& w, const std::vector<range>& within)
        : within_(within), lp_(right_sides(of, within)) {
        std::vector<exact_lp::entries> entries(of.kinds.size());
        for (std::uint32_t q = 0; q < of.quotas.size(); ++q)
            for (const std::uint32_t k : of.members[q]) entries[k].emplace_back(q, 1);
        for (std::size_t k = 0; k < of.kinds.size(); ++k) {
            entries[k].emplace_back(static_cast<std::uint32_t>(of.quotas.size()), 1);
            lp_.add(std::move(entries[k]), w[k], mpq_class(within[k].high - within[k].low));
            start_ += w[k] * within[k].low;
        }
        for (std::uint32_t q = 0; q < of.quotas.size(); ++q)
            lp_.add({{q, mpq_class(1)}}, 0, mpq_class(of.quotas[q].max - of.quotas[q].min));
    }

    bool solve() { return lp_.solve() == exact_lp::answer::best; }
    [[nodiscard]] mpq_class weight() const { return start_ + lp_.objective(); }
    [[nodiscard]] mpq_class count(std::size_t k) const {
        return within_[k].low + lp_.value(static_cast<exact_lp::column>(k));
    }
    /// Where there is no solution they prove so: all panels weigh less than none could.
    [[nodiscard]] const std::vector<mpq_class>& prices() const { return lp_.duals(); }

  private:
    static std::vector<mpq_class> right_sides(const pool& of, const std::vector<range>& within) {
        std::vector<mpq_class> right;
        for (std::size_t q = 0; q < of.quotas.size(); ++q) {
            mpq_class side = of.quotas[q].max;
            for (const std::uint32_t k : of.members[q]) side -= within[k].low;
            right.push_back(side);
        }
        mpq_class seats = of.size;
        for (const range& one : within) seats -= one.low;
        right.push_back(seats);
        return right;
    }

    const std::vector<range>& within_;
    exact_lp lp_;
    mpq_class start_ = 0;
};

class panel_searcher {
  public:
    panel_searcher(const pool& of, const kind_weights& w, const std::optional<mpq_class>& limit)
        : of_(of), weights_(w), limit_(limit) {
        for (const kind& k : of.kinds) whole_.push_back({0, std::min(k.people, of.size)});
    }

    panel_search run() {
        out_.parts.emplace_back();
        std::vector<std::pair<std::size_t, std::vector<range>>> open{{0, whole_}};
        for (std::int64_t nodes = 0; !open.empty(); ++nodes) {
            if (nodes == of_.node_limit) return std::move(out_);
            const auto [number, within] = std::move(open.back());
            open.pop_back();
            look_at(number, within, open);
            if (out_.found) break;
        }
        out_.complete = true;
        return std::move(out_);
    }

  private:
    /// Prices that push what cannot be far below every limit.
    [[nodiscard]] mpq_class far() const {
        mpq_class sum = 1 + (limit_ ? mpq_class(abs(*limit_)) : mpq_class(0));
        for (std::size_t k = 0; k < of_.kinds.size(); ++k) sum += abs(weights_[k]) * whole_[k].high;
        return sum;
    }

    void look_at(std::size_t number, const std::vector<range>& within,
                 std::vector<std::pair<std::size_t, std::vector<range>>>& open) {
        panel_lp lp(of_, weights_, within);
        const bool any = lp.solve();
        const bool light = any && limit_ && lp.weight() <= *limit_;
        if (!any || light) {
            const mpq_class times = any ? mpq_class(1) : spread(lp.prices(), within);
            for (const mpq_class& price : lp.prices())
                out_.parts[number].prices.push_back(ratio_text(times * price));
            return;
        }
        std::size_t odd = of_.kinds.size();
        for (std::size_t k = of_.kinds.size(); k-- > 0;)
            if (lp.count(k).get_den() != 1) odd = k;
        if (odd == of_.kinds.size()) {
            out_.found.emplace();
            for (std::size_t k = 0; k < of_.kinds.size(); ++k)
                out_.found->push_back(lp.count(k).get_num().get_si());
            return;
        }
        const mpq_class value = lp.count(odd);
        const mpz_class whole = value.get_num() / value.get_den();
        split(number, odd, whole.get_si(), within, open);
    }

    /// How often the prices of an empty part must be taken so that they outweigh all weights: each
    /// time they give at least what the rows miss, a positive number.
    [[nodiscard]] mpq_class spread(const std::vector<mpq_class>& prices,
                                   const std::vector<range>& within) const {
        mpq_class sum = 0;
        for (std::size_t q = 0; q < of_.quotas.size(); ++q)
            sum += prices[q] * (prices[q] > 0 ? of_.quotas[q].max : of_.quotas[q].min);
        sum += prices.back() * of_.size;
        for (std::size_t k = 0; k < of_.kinds.size(); ++k) {
            mpq_class gain = -prices.back();
            for (std::size_t q = 0; q < of_.quotas.size(); ++q)
                if (std::binary_search(of_.members[q].begin(), of_.members[q].end(),
                                       static_cast<std::uint32_t>(k)))
                    gain -= prices[q];
            sum += gain * (gain > 0 ? within[k].high : within[k].low);
        }
        return sum < 0 ? mpq_class(2 * far() / -sum) : mpq_class(1);
    }

    void split(std::size_t number, std::size_t odd, std::int64_t at_most,
               const std::vector<range>& within,
               std::vector<std::pair<std::size_t, std::vector<range>>>& open) {
        const std::size_t few = out_.parts.size();
        out_.parts[number].kind = static_cast<std::int32_t>(odd);
        out_.parts[number].at_most = at_most;
        out_.parts[number].few = static_cast<std::int32_t>(few);
        out_.parts[number].many = static_cast<std::int32_t>(few + 1);
        out_.parts.emplace_back();
        out_.parts.emplace_back();
        auto fewer = within;
        auto more = within;
        fewer[odd].high = at_most;
        more[odd].low = at_most + 1;
        open.emplace_back(few, std::move(fewer));
        open.emplace_back(few + 1, std::move(more));
    }

    const pool& of_;
    const kind_weights& weights_;
    const std::optional<mpq_class>& limit_;
    std::vector<range> whole_;
    panel_search out_;
};

}  // namespace

panel_search heavier_panel(const pool& of, const kind_weights& w,
                           const std::optional<mpq_class>& limit) {
    return panel_searcher(of, w, limit).run();
}

conflict panel_conflict(const pool& of) {
    conflict out;
    pool rest = of;
    const kind_weights nothing(of.kinds.size(), 0);
    const auto none_without = [&](std::int64_t& side, std::int64_t loose) {
        const std::int64_t kept = std::exchange(side, loose);
        const panel_search tried = heavier_panel(rest, nothing, std::nullopt);
        if (tried.complete && !tried.found) return true;
        if (!tried.complete) out.irreducible = false;
        side = kept;
        return false;
    };
    for (std::size_t q = 0; q < of.quotas.size(); ++q) {
        quota& mine = rest.quotas[q];
        std::int64_t people = 0;
        for (const std::uint32_t k : of.members[q]) people += of.kinds[k].people;
        if (mine.min > 0) none_without(mine.min, 0);
        if (mine.max < people) none_without(mine.max, std::max(people, mine.min));
    }
    for (std::size_t q = 0; q < of.quotas.size(); ++q) {
        const quota& mine = rest.quotas[q];
        std::int64_t people = 0;
        for (const std::uint32_t k : of.members[q]) people += of.kinds[k].people;
        const auto add = [&](bool least, std::int64_t limit) {
            out.sides.push_back({"the panel", mine.category, mine.feature, least, limit, people});
        };
        if (mine.min > 0) add(true, mine.min);
        if (mine.max < people) add(false, mine.max);
    }
    return out;
}

}  // namespace veche::teams
