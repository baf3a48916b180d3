#include "epidemic/blocks.hpp"

#include <algorithm>
#include <cmath>

#include "epidemic/refusal.hpp"
#include "numerics/elementary.hpp"

namespace veche::epidemic {
namespace {

constexpr double grid_step = 0.001;

/// The growth of the grid whose R is nearest. The grid is made wider where it ends too early.
double growth_on_grid(const serial_interval& w, double reproduction) {
    for (double reach = 1;; reach *= 5) {
        const int steps = static_cast<int>(reach / grid_step + 0.5);
        const auto at = [&](int i) { return reproduction_of_growth(w, i * grid_step); };
        int low = -steps, high = steps;
        while (high - low > 1) {
            const int middle = low + (high - low) / 2;
            (at(middle) < reproduction ? low : high) = middle;
        }
        const bool nearer_low = reproduction - at(low) <= at(high) - reproduction;
        const int nearest = nearer_low ? low : high;
        if ((nearest > -steps && nearest < steps) || reach > 100) return nearest * grid_step;
    }
}

/// Where each block begins.
std::vector<std::size_t> begins_of(const std::vector<block>& blocks) {
    std::vector<std::size_t> out;
    std::size_t day = 0;
    for (const block& one : blocks) {
        out.push_back(day);
        day += one.days;
    }
    return out;
}

/// The posterior mean of R of each day range, 0 where the interval's mean is not passed.
class block_rounds {
  public:
    block_rounds(const std::vector<block>& blocks, const serial_interval& w,
                 const estimate_settings& how)
        : blocks_(blocks), begins_(begins_of(blocks)), w_(w), mean_interval_(mean_of(w)) {
        prior_shape_ =
            how.prior_mean * how.prior_mean / (how.prior_deviation * how.prior_deviation);
        prior_rate_ = how.prior_mean / (how.prior_deviation * how.prior_deviation);
    }

    [[nodiscard]] std::vector<double> even() const {
        std::vector<double> out;
        for (const block& one : blocks_)
            out.insert(out.end(), one.days, one.cases / static_cast<double>(one.days));
        return out;
    }
    /// The first block whose last day is past the mean of the interval; the first of all has no
    /// past.
    [[nodiscard]] std::size_t first_block() const {
        std::size_t b = 1;
        while (b < blocks_.size() &&
               static_cast<double>(begins_[b] + blocks_[b].days) <= mean_interval_)
            ++b;
        return b;
    }
    [[nodiscard]] std::size_t begin_of(std::size_t b) const {
        return b < begins_.size() ? begins_[b] : begins_.back() + blocks_.back().days;
    }

    [[nodiscard]] std::vector<double> next(const std::vector<double>& daily) const {
        const std::vector<double> infectivity = infectivity_of({daily, {}}, w_);
        std::vector<double> out = daily;
        for (std::size_t b = first_block(); b < blocks_.size(); ++b) {
            const std::size_t days = blocks_[b].days;
            if (days == 1) continue;
            double cases = 0, sum = 0;
            for (std::size_t t = begins_[b]; t < begins_[b] + days; ++t) {
                cases += daily[t];
                sum += infectivity[t];
            }
            const double growth = growth_on_grid(w_, (prior_shape_ + cases) / (prior_rate_ + sum));
            double whole = 0;
            for (std::size_t i = 1; i <= days; ++i)
                whole += numerics::exponential(growth * static_cast<double>(i));
            for (std::size_t i = 1; i <= days; ++i)
                out[begins_[b] + i - 1] = blocks_[b].cases *
                                          numerics::exponential(growth * static_cast<double>(i)) /
                                          whole;
        }
        return out;
    }

  private:
    const std::vector<block>& blocks_;
    std::vector<std::size_t> begins_;
    const serial_interval& w_;
    double mean_interval_ = 0, prior_shape_ = 1, prior_rate_ = 0.2;
};

}  // namespace

result<spread_blocks> spread_over_days(const std::vector<block>& blocks, const serial_interval& w,
                                       const estimate_settings& how, int rounds) {
    const auto unsound = std::find_if(blocks.begin(), blocks.end(), [](const block& one) {
        return one.days < 1 || one.days > 31;
    });
    if (blocks.size() < 3 || unsound != blocks.end())
        return refuse(
            refusals::blocks_unsound, "cases", std::to_string(blocks.size()),
            std::to_string(unsound == blocks.end() ? blocks.front().days : unsound->days));
    const block_rounds by(blocks, w, how);
    spread_blocks out;
    out.daily = by.even();
    out.first = by.begin_of(by.first_block());
    for (int round = 0; round < rounds; ++round) {
        std::vector<double> next = by.next(out.daily);
        out.last_change = 0;
        for (std::size_t t = 0; t < next.size(); ++t)
            out.last_change = std::max(out.last_change, std::abs(next[t] - out.daily[t]));
        out.daily = std::move(next);
    }
    return out;
}

result<std::vector<window_estimate>> estimate_blocks(const spread_blocks& of,
                                                     const serial_interval& w,
                                                     const estimate_settings& how) {
    std::vector<window_estimate> all = VECHE_TRY(estimate({of.daily, {}}, w, how));
    std::erase_if(all, [&](const window_estimate& one) { return one.from < of.first; });
    return all;
}

}  // namespace veche::epidemic
