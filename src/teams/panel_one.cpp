#include <algorithm>

#include "teams/kinds.hpp"

namespace veche::teams {
namespace {

/// One category: kind k is one group. The expected number of a group is its size times a common
/// probability, cut to its window: water that rises in vessels with a floor and a lid.
class one_category {
  public:
    explicit one_category(const pool& of) : of_(of) {
        for (std::size_t k = 0; k < of.kinds.size(); ++k) {
            low_.push_back(0);
            high_.push_back(std::min(of.kinds[k].people, of.size));
        }
        for (std::size_t q = 0; q < of.quotas.size(); ++q)
            for (const std::uint32_t k : of.members[q]) {
                low_[k] = std::max(low_[k], of.quotas[q].min);
                high_[k] = std::min(high_[k], of.quotas[q].max);
            }
    }

    panel_outcome run() {
        find_level();
        panels();
        levels();
        out_.what = panel_verdict::lottery;
        for (std::size_t k = 0; k < of_.kinds.size(); ++k) {
            out_.kinds.push_back(of_.kinds[k]);
            out_.kinds.back().probability = ratio_text(chance(k));
        }
        return std::move(out_);
    }

  private:
    [[nodiscard]] mpq_class expected_at(std::size_t k, const mpq_class& level) const {
        const mpq_class free = level * of_.kinds[k].people;
        return free < low_[k] ? mpq_class(low_[k]) : free > high_[k] ? mpq_class(high_[k]) : free;
    }
    [[nodiscard]] mpq_class chance(std::size_t k) const {
        return mpq_class(expected_[k] / of_.kinds[k].people);
    }

    /// Between two neighbouring levels at which a group meets its floor or lid the sum is linear.
    void find_level() {
        std::vector<mpq_class> marks{0, 1};
        for (std::size_t k = 0; k < low_.size(); ++k)
            for (const std::int64_t edge : {low_[k], high_[k]})
                marks.push_back(mpq_class(mpz_class(edge)) / of_.kinds[k].people);
        std::sort(marks.begin(), marks.end());
        const auto sum_at = [&](const mpq_class& level) {
            mpq_class sum = 0;
            for (std::size_t k = 0; k < low_.size(); ++k) sum += expected_at(k, level);
            return sum;
        };
        std::size_t n = 0;
        while (sum_at(marks[n]) < of_.size) ++n;
        common_ = marks[n];
        if (n > 0) {
            const mpq_class below = sum_at(marks[n - 1]);
            const mpq_class rise = sum_at(marks[n]) - below;
            common_ = marks[n - 1] + (marks[n] - marks[n - 1]) * (of_.size - below) / rise;
        }
        for (std::size_t k = 0; k < low_.size(); ++k) expected_.push_back(expected_at(k, common_));
    }

    /// The groups laid end to end on a line, each as long as its expected number; a comb with teeth
    /// one apart takes as many of each as hit it. Where the comb starts is drawn.
    void panels() {
        std::vector<mpq_class> ends{0};
        for (const mpq_class& one : expected_) ends.push_back(ends.back() + one);
        std::vector<mpq_class> starts{0, 1};
        for (const mpq_class& end : ends) starts.push_back(end - floor_of(end));
        std::sort(starts.begin(), starts.end());
        std::map<head_counts, mpq_class> drawn;
        for (std::size_t n = 0; n + 1 < starts.size(); ++n) {
            const mpq_class wide = starts[n + 1] - starts[n];
            if (wide == 0) continue;
            const mpq_class middle = (starts[n] + starts[n + 1]) / 2;
            head_counts one;
            for (std::size_t k = 0; k < expected_.size(); ++k)
                one.push_back(mpz_class(floor_of(ends[k + 1] - middle) - floor_of(ends[k] - middle))
                                  .get_si());
            drawn[one] += wide;
        }
        for (const auto& [one, q] : drawn) out_.panels.push_back({one, ratio_text(q)});
    }

    static mpz_class floor_of(const mpq_class& r) {
        mpz_class out;
        mpz_fdiv_q(out.get_mpz_t(), r.get_num_mpz_t(), r.get_den_mpz_t());
        return out;
    }

    /// The groups under their lid from the lowest chance up; all that are free; those on their
    /// floor.
    void levels() {
        std::vector<std::size_t> order;
        for (std::size_t k = 0; k < expected_.size(); ++k) order.push_back(k);
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return chance(a) < chance(b); });
        std::vector<bool> settled(order.size(), false);
        for (std::size_t n = 0; n < order.size();) {
            const std::size_t k = order[n];
            std::vector<std::size_t> now{k};
            const bool lid = chance(k) < common_;
            if (!lid)
                while (n + now.size() < order.size() &&
                       chance(order[n + now.size()]) == chance(k) && chance(k) == common_)
                    now.push_back(order[n + now.size()]);
            n += now.size();
            out_.levels.push_back(lid ? under_lid(k) : by_the_rest(now, settled));
            for (const std::size_t one : now) settled[one] = true;
        }
    }

    /// No panel has more of the group than its lid.
    [[nodiscard]] level under_lid(std::size_t k) const {
        kind_weights w(expected_.size(), 0);
        w[k] = mpq_class(1) / of_.kinds[k].people;
        std::vector<mpq_class> prices(of_.quotas.size() + 1, 0);
        for (std::size_t q = 0; q < of_.quotas.size(); ++q)
            if (is_of(k, q)) prices[q] = w[k];
        return written({k}, w, w[k] * high_[k], prices);
    }

    /// Those who are settled and these have together what the others' floors leave.
    [[nodiscard]] level by_the_rest(const std::vector<std::size_t>& now,
                                    const std::vector<bool>& settled) const {
        mpq_class people = 0;
        for (const std::size_t k : now) people += of_.kinds[k].people;
        kind_weights w(expected_.size(), 0);
        mpq_class limit = of_.size;
        std::vector<mpq_class> prices(of_.quotas.size() + 1, 0);
        prices.back() = 1 / people;
        for (std::size_t k = 0; k < expected_.size(); ++k) {
            if (settled[k] || std::count(now.begin(), now.end(), k) > 0) {
                w[k] = 1 / people;
                continue;
            }
            limit -= low_[k];
            for (std::size_t q = 0; q < of_.quotas.size(); ++q)
                if (is_of(k, q)) prices[q] = -1 / people;
        }
        return written(now, w, limit / people, prices);
    }

    [[nodiscard]] bool is_of(std::size_t k, std::size_t q) const {
        return std::binary_search(of_.members[q].begin(), of_.members[q].end(),
                                  static_cast<std::uint32_t>(k));
    }

    [[nodiscard]] level written(const std::vector<std::size_t>& now, const kind_weights& w,
                                const mpq_class& limit,
                                const std::vector<mpq_class>& prices) const {
        level l;
        l.probability = ratio_text(chance(now.front()));
        l.limit = ratio_text(limit);
        for (const std::size_t k : now) l.kinds.push_back(static_cast<std::int32_t>(k));
        for (const mpq_class& one : w) l.weights.push_back(ratio_text(one));
        l.parts.emplace_back();
        for (const mpq_class& one : prices) l.parts.back().prices.push_back(ratio_text(one));
        return l;
    }

    const pool& of_;
    std::vector<std::int64_t> low_, high_;
    mpq_class common_;
    std::vector<mpq_class> expected_;
    panel_outcome out_;
};

}  // namespace

std::optional<panel_outcome> lottery_of_one_category(const pool& of) {
    for (const quota& q : of.quotas)
        if (q.category != of.quotas.front().category) return std::nullopt;
    return one_category(of).run();
}

}  // namespace veche::teams
