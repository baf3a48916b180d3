#include "epidemic/nowcast.hpp"

#include <algorithm>
#include <cmath>

#include "numerics/distributions.hpp"
#include "numerics/negative_binomial.hpp"

namespace veche::epidemic {
namespace {

constexpr std::size_t quadrature_points = 9;
constexpr double whole_share = 0.95;

/// The triangle as it stood at the end of a day: nothing later is used.
class triangle {
  public:
    triangle(const reporting& of, const nowcast_settings& how) : of_(of), how_(how) {}

    /// What was known of day t at the end of day `now`.
    [[nodiscard]] double known(std::size_t t, std::size_t now) const {
        const auto& row = of_[t];
        return row.empty() ? 0 : row[std::min(now - t, row.size() - 1)];
    }

    /// F by age, learned up to the end of day `now`.
    [[nodiscard]] std::vector<double> shares(std::size_t now, double* cases = nullptr) const {
        const std::size_t reach = how_.recent + how_.longest_delay;
        const std::size_t from =
            std::max(how_.learn_from, now + 1 > reach ? now + 1 - reach : std::size_t{0});
        std::vector<double> out(how_.longest_delay + 1, 1);
        for (std::size_t d = how_.longest_delay; d > 0; --d) {
            double fresh = 0, all = 0;
            for (std::size_t t = from; t + d <= now; ++t) {
                fresh += known(t, t + d) - known(t, t + d - 1);
                all += known(t, t + d);
            }
            const double part = all > 0 ? std::clamp(fresh / all, 0.0, 0.99) : 0;
            out[d - 1] = out[d] * (1 - part);
            if (cases != nullptr) *cases += std::max(0.0, fresh);
        }
        return out;
    }

  private:
    const reporting& of_;
    const nowcast_settings& how_;
};

/// Variance of the whole, given what was seen of it, as chance alone has it.
double variance_by_chance(double seen, double share) {
    return (seen + 1) * (1 - share) / (share * share);
}

/// By age: how far earlier nowcasts were off, over what chance alone explains; at least 1.
std::vector<double> spreads_of(const triangle& by, std::size_t days, const nowcast_settings& how) {
    std::vector<double> sum(how.longest_delay + 1), count(how.longest_delay + 1);
    const std::size_t last = days - 1;
    if (days <= how.longest_delay + 1) return std::vector<double>(how.longest_delay + 1, 1);
    const std::size_t newest = last - how.longest_delay;  // the last day that is whole now
    const std::size_t oldest = std::max(
        how.learn_from, newest + 1 > how.recent ? newest + 1 - how.recent : std::size_t{0});
    for (std::size_t now = oldest; now <= last; ++now) {
        const std::vector<double> shares = by.shares(now);
        for (std::size_t age = 0; age < how.longest_delay && age <= now; ++age) {
            const std::size_t day = now - age;
            if (day > newest || day < oldest || shares[age] < how.least_share ||
                shares[age] > 0.999)
                continue;
            const double seen = by.known(day, now), whole = by.known(day, last);
            const double miss = whole - seen / shares[age];
            sum[age] += miss * miss / variance_by_chance(seen, shares[age]);
            ++count[age];
        }
    }
    std::vector<double> out;
    for (std::size_t age = 0; age < sum.size(); ++age)
        out.push_back(count[age] >= 7 ? std::max(1.0, sum[age] / count[age]) : 1);
    return out;
}

}  // namespace

double nowcast_day::quantile(double p) const {
    if (share >= 1) return seen;
    const auto rest = numerics::with_variance(std::max(mean - seen, 1e-9),
                                              spread * variance_by_chance(seen, share));
    return seen + rest.quantile(p, numerics::normal_quantile(p));
}

nowcast nowcast_of(const reporting& of, const nowcast_settings& how) {
    nowcast out;
    if (of.empty()) return out;
    const triangle by(of, how);
    const std::size_t last = of.size() - 1;
    double cases = 0;
    out.shares = by.shares(last, &cases);
    out.learned_from = static_cast<std::size_t>(cases);
    const std::vector<double> spreads = spreads_of(by, of.size(), how);
    for (std::size_t t = 0; t < of.size(); ++t) {
        const std::size_t age = std::min(last - t, how.longest_delay);
        nowcast_day one;
        one.day = t;
        one.seen = by.known(t, last);
        one.share = out.shares[age];
        if (one.share < how.least_share) break;
        if (one.share < whole_share && !out.incomplete_from) out.incomplete_from = t;
        one.mean = one.seen / one.share;
        one.spread = spreads[age];
        one.low = one.quantile(0.025);
        one.high = one.quantile(0.975);
        out.days.push_back(one);
    }
    return out;
}

result<std::vector<mixed_estimate>> estimate_nowcast(const nowcast& of, const serial_interval& w,
                                                     const estimate_settings& how) {
    std::vector<std::vector<window_estimate>> each;
    for (std::size_t k = 0; k < quadrature_points; ++k) {
        const double p = (static_cast<double>(k) + 0.5) / quadrature_points;
        incidence possible;
        for (const nowcast_day& one : of.days) possible.cases.push_back(one.quantile(p));
        each.push_back(VECHE_TRY(posteriors(possible, w, how)));
    }
    std::vector<mixed_estimate> out;
    for (std::size_t i = 0; i < each.front().size(); ++i) {
        std::vector<window_estimate> parts;
        for (const auto& windows : each) parts.push_back(windows[i]);
        out.push_back(mixed(parts));
    }
    return out;
}

}  // namespace veche::epidemic
