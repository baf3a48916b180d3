#include "epidemic/assessment.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace veche::epidemic {
namespace {

constexpr std::size_t weeks_looked_at = 8;
constexpr double least_weekday_cases = 70;  // fewer show no pattern
constexpr std::size_t least_empty_days = 2;

std::optional<double> weekday_share_of(const std::vector<double>& cases) {
    if (cases.size() < 7 * weeks_looked_at) return std::nullopt;
    std::array<double, 7> sums{};
    for (std::size_t i = cases.size() - 7 * weeks_looked_at; i < cases.size(); ++i)
        sums[i % 7] += cases[i];
    const auto [least, most] = std::minmax_element(sums.begin(), sums.end());
    if (*most < least_weekday_cases) return std::nullopt;
    return *least / *most;
}

std::vector<backlog> backlogs_of(const incidence& of, const foretold& ahead) {
    std::vector<backlog> out;
    for (const day_forecast& one : ahead.days) {
        std::size_t empty = 0;
        while (empty < one.day && of.cases[one.day - 1 - empty] == 0) ++empty;
        if (empty >= least_empty_days && one.seen > one.high)
            out.push_back({one.day, empty, one.seen});
    }
    return out;
}

}  // namespace

std::optional<double> assessment::doubling_days(double reproduction) const {
    const double growth = growth_of_reproduction(interval, reproduction);
    if (!(std::abs(growth) > 1e-9)) return std::nullopt;
    return 0.69314718055994531 / growth;
}

result<assessment> assess(const incidence& of, serial_interval w, const estimate_settings& how) {
    assessment out;
    out.interval = std::move(w);
    out.windows = VECHE_TRY(estimate(of, out.interval, how));
    out.ahead = foretell(of, out.windows, infectivity_of(of, out.interval));
    if (out.ahead.days.size() >= 2 * least_foretold)
        out.dispersion =
            coverage_from(out.ahead.days, out.ahead.days[least_foretold].day).dispersion;
    out.weekday_share = weekday_share_of(of.cases);
    out.backlogs = backlogs_of(of, out.ahead);
    return out;
}

}  // namespace veche::epidemic
