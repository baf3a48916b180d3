#include "shares/death_rules.hpp"

#include <algorithm>

#include "shares/death_terms.hpp"

namespace veche::shares {
namespace {

/// One region's room in a week, and what it had.
class rule_run {
  public:
    rule_run(const death_problem& in, std::span<const std::size_t> groups)
        : in_(in),
          order_(groups),
          left_(whole_bounds(in).left_at_start()),
          had_(in.regions.size()),
          out_(column_of(in, in.regions.size(), 0, 0)) {
        for (std::size_t r = 0; r < in.regions.size(); ++r)
            for (const std::int64_t one : in.regions[r].before) had_[r] += one;
    }

    /// What caps leave over.
    result<std::int64_t> week(std::size_t t, std::int64_t amount, dose_rule rule) {
        dose_request asked;
        asked.rule = rule;
        asked.amount = amount;
        asked.pack = in_.pack;
        for (std::size_t r = 0; r < in_.regions.size(); ++r)
            asked.regions.push_back(
                {in_.regions[r].name, in_.regions[r].people, had_[r], had_[r] + room(r, t)});
        const dose_plan made = VECHE_TRY(share_doses(asked));
        for (std::size_t r = 0; r < in_.regions.size(); ++r) give(r, t, made.shares[r].doses);
        return made.left_over;
    }
    std::vector<std::int64_t> take() { return std::move(out_); }

  private:
    [[nodiscard]] std::int64_t packs(std::int64_t doses) const {
        return std::max<std::int64_t>(0, doses) / in_.pack * in_.pack;
    }
    [[nodiscard]] std::int64_t room(std::size_t r, std::size_t t) const {
        const auto weeks = static_cast<std::size_t>(in_.weeks);
        const auto later = t + static_cast<std::size_t>(in_.interval);
        std::int64_t takes = 0;
        for (const std::size_t g : order_) takes += packs(left_.uptake[r * in_.groups.size() + g]);
        return std::min({takes, packs(left_.capacity[r * weeks + t]),
                         packs(left_.capacity[r * weeks + later])});
    }
    void give(std::size_t r, std::size_t t, std::int64_t doses) {
        const auto weeks = static_cast<std::size_t>(in_.weeks);
        left_.capacity[r * weeks + t] -= doses;
        left_.capacity[r * weeks + t + static_cast<std::size_t>(in_.interval)] -= doses;
        had_[r] += doses;
        for (const std::size_t g : order_) {
            std::int64_t& takes = left_.uptake[r * in_.groups.size() + g];
            const std::int64_t gets = std::min(doses, packs(takes));
            takes -= gets;
            doses -= gets;
            out_[column_of(in_, r, g, t)] += gets;
        }
    }

    const death_problem& in_;
    std::span<const std::size_t> order_;
    bounds_left left_;
    std::vector<std::int64_t> had_;
    std::vector<std::int64_t> out_;
};

}  // namespace

std::vector<std::int64_t> first_doses_by_week(const death_problem& in,
                                              const std::vector<std::int64_t>& doses) {
    std::vector<std::int64_t> out(static_cast<std::size_t>(in.weeks));
    for (std::size_t at = 0; at < doses.size(); ++at) out[at % out.size()] += doses[at];
    return out;
}

result<std::vector<std::int64_t>> doses_by_rule(const death_problem& in,
                                                std::span<const std::int64_t> weekly,
                                                dose_rule rule,
                                                std::span<const std::size_t> groups) {
    rule_run run(in, groups);
    std::int64_t waits = 0;
    for (std::size_t t = 0; t < static_cast<std::size_t>(open_weeks(in)); ++t)
        waits = VECHE_TRY(run.week(t, weekly[t] + waits, rule));
    return run.take();
}

}  // namespace veche::shares
