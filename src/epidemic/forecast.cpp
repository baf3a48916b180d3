#include "epidemic/forecast.hpp"

#include <algorithm>
#include <cmath>

#include "numerics/distributions.hpp"
#include "numerics/elementary.hpp"
#include "numerics/gamma_distribution.hpp"
#include "numerics/negative_binomial.hpp"

namespace veche::epidemic {
namespace {

constexpr double wanted_level = 0.05;
constexpr double pace = 0.005;
constexpr double least_level = 1e-5, most_level = 0.5;
constexpr std::size_t spread_days = 28;
constexpr std::size_t factor_weeks = 8, least_weeks = 3;

double square(double x) {
    return x * x;
}

/// How far off a count was, over its variance.
double surprise(double seen, double mean, double shape) {
    return square(seen - mean) / (mean + square(mean) / shape);
}

/// The quantile of the normal distribution by Newton's steps from the last one asked for: levels
/// move by little from day to day.
class level_quantile {
  public:
    double of(double p) {
        for (int step = 0; step < 50; ++step) {
            const double density = numerics::exponential(-at_ * at_ / 2) / 2.5066282746310002;
            const double move = (numerics::normal_above(at_) - (1 - p)) / density;
            at_ += std::clamp(move, -0.5, 0.5);
            if (std::abs(move) < 1e-9) break;
        }
        return at_;
    }

  private:
    double at_ = 1.96;
};

class foreteller {
  public:
    explicit foreteller(std::size_t days) : foretold_(days, -1), seen_(days) {}

    day_forecast next(const window_estimate& w, double infectivity, double seen) {
        day_forecast out;
        out.day = w.to + 1;
        out.shape = w.shape;
        out.seen = seen;
        out.plain_mean = w.mean() * infectivity;
        out.mean = weekday_factor(out.day) * out.plain_mean;
        out.spread = spread();
        out.level = level_;
        const numerics::negative_binomial plain{out.plain_mean, w.shape};
        out.plain_low = plain.quantile(wanted_level / 2, -plain_normal);
        out.plain_high = plain.quantile(1 - wanted_level / 2, plain_normal);
        const auto wide =
            numerics::with_variance(out.mean, out.spread * (out.mean + square(out.mean) / w.shape));
        const double normal = quantile_.of(1 - level_ / 2);
        out.low = wide.quantile(level_ / 2, -normal);
        out.high = wide.quantile(1 - level_ / 2, normal);
        learn(out);
        return out;
    }

    [[nodiscard]] double spread() const {
        if (surprises_.empty()) return 1;
        double sum = 0;
        for (const double one : surprises_) sum += one;
        return std::max(1.0, sum / static_cast<double>(surprises_.size()));
    }

  private:
    static constexpr double plain_normal = 1.959963984540054;

    [[nodiscard]] double weekday_factor(std::size_t day) const {
        double counts = 1, foretold = 1;
        std::size_t weeks = 0;
        for (std::size_t j = 1; j <= factor_weeks && 7 * j <= day; ++j) {
            const std::size_t then = day - 7 * j;
            if (foretold_[then] < 0) continue;
            counts += seen_[then];
            foretold += foretold_[then];
            ++weeks;
        }
        return weeks < least_weeks ? 1 : counts / foretold;
    }

    void learn(const day_forecast& day) {
        foretold_[day.day] = day.plain_mean;
        seen_[day.day] = day.seen;
        surprises_.push_back(surprise(day.seen, day.mean, day.shape));
        if (surprises_.size() > spread_days) surprises_.erase(surprises_.begin());
        level_ = std::clamp(level_ + pace * (wanted_level - (day.held() ? 0 : 1)), least_level,
                            most_level);
    }

    std::vector<double> foretold_, seen_;  ///< by day; -1 where nothing was foretold
    std::vector<double> surprises_;        ///< of the last days
    double level_ = wanted_level;
    level_quantile quantile_;
};

}  // namespace

foretold foretell(const incidence& of, const std::vector<window_estimate>& windows,
                  const std::vector<double>& infectivity) {
    foreteller by(of.cases.size());
    foretold out;
    for (const window_estimate& w : windows) {
        out.spread.push_back(by.spread());
        const std::size_t day = w.to + 1;
        if (day >= of.cases.size() || w.no_information || infectivity[day] == 0) continue;
        out.days.push_back(by.next(w, infectivity[day], of.cases[day]));
    }
    return out;
}

wide_interval widened(const window_estimate& w, double spread) {
    static const numerics::gamma_quantile low(wanted_level / 2), high(1 - wanted_level / 2);
    const double shape = w.shape / spread, scale = w.scale * spread;
    return {low(shape) * scale, high(shape) * scale};
}

double above_one_widened(const window_estimate& w, double spread) {
    return numerics::gamma_above(w.shape / spread, 1 / (w.scale * spread));
}

coverage coverage_from(const std::vector<day_forecast>& days, std::size_t first_day) {
    coverage out;
    std::vector<double> widths;
    for (const day_forecast& one : days) {
        if (one.day < first_day) continue;
        ++out.days;
        out.plain += one.plain_held() ? 1 : 0;
        out.wide += one.held() ? 1 : 0;
        out.dispersion += surprise(one.seen, one.plain_mean, one.shape);
        widths.push_back((one.high - one.low) / std::max(1.0, one.mean));
    }
    if (out.days == 0) return out;
    const auto count = static_cast<double>(out.days);
    out.plain /= count;
    out.wide /= count;
    out.dispersion /= count;
    std::sort(widths.begin(), widths.end());
    const std::size_t half = widths.size() / 2;
    out.median_width =
        widths.size() % 2 == 1 ? widths[half] : (widths[half - 1] + widths[half]) / 2;
    return out;
}

}  // namespace veche::epidemic
