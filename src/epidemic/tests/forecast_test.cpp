// What forecasts hold: beside published dispersions, on real series, and by their own rules.

#include "epidemic/forecast.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "epidemic/tests/shared.hpp"
#include "numerics/negative_binomial.hpp"

using namespace veche;
using namespace veche::epidemic;
using namespace veche::epidemic::testing;

namespace {

struct followed {
    std::vector<window_estimate> windows;
    foretold ahead;
};

followed follow(const std::vector<double>& cases, const serial_interval& w) {
    const incidence of{cases, {}};
    followed out;
    out.windows = estimate_or_fail(of, w);
    out.ahead = foretell(of, out.windows, infectivity_of(of, w));
    return out;
}

/// Increments of each Russian region, from its second row on.
std::map<std::string, std::vector<double>> regions_of(const std::string& text) {
    const tables::table t = table_or_fail(text);
    const auto region = t.levels("iso_3166_2");
    const auto total = numbers_or_fail(t, "cum_cases");
    std::map<std::string, std::vector<double>> sums, out;
    for (std::size_t i = 0; i < total.size(); ++i)
        sums[region->names[static_cast<std::size_t>(region->code[i])]].push_back(total[i]);
    for (const auto& [name, of] : sums)
        for (std::size_t t1 = 1; t1 < of.size(); ++t1)
            out[name].push_back(std::max(0.0, of[t1] - of[t1 - 1]));
    return out;
}

}  // namespace

TEST_CASE("negative binomial counts") {
    const numerics::negative_binomial of{6, 2.5};
    double sum = 0, mean = 0;
    for (int k = 0; k < 400; ++k) {
        const double p = of.at_most(k) - of.at_most(k - 1);
        const double literal =
            std::exp(std::lgamma(k + 2.5) - std::lgamma(2.5) - std::lgamma(k + 1.0) +
                     2.5 * std::log(2.5 / 8.5) + k * std::log(6 / 8.5));
        CHECK(std::abs(p - literal) < 1e-13);
        sum += p;
        mean += k * p;
    }
    CHECK(sum == doctest::Approx(1).epsilon(1e-12));
    CHECK(mean == doctest::Approx(6).epsilon(1e-9));
    // The expansion for large numbers beside sums of probabilities.
    const numerics::negative_binomial large{25'000, 30'000};
    long double below = 0;
    for (int k = 23'000; k < 27'500; ++k) {
        const long double n = k, r = 30'000, m = 25'000;
        below += std::exp(std::lgamma(n + r) - std::lgamma(r) - std::lgamma(n + 1) -
                          r * std::log1p(m / r) - n * std::log1p(r / m));
        if (k % 50 == 0) CHECK(std::abs(large.at_most(k) - static_cast<double>(below)) < 1e-8);
    }
    for (const double m : {0.01, 0.7, 6.0, 1e3, 1e5})
        for (const double size : {0.3, 5.0, 400.0, 1e7})
            for (const double p : {1e-5, 0.025, 0.5, 0.975, 0.9999}) {
                const numerics::negative_binomial one{m, size};
                for (const double normal : {-4.0, 0.0, 1.96}) {
                    const double k = one.quantile(p, normal);
                    CHECK(one.at_most(k) >= p);
                    CHECK((k == 0 || one.at_most(k - 1) < p));
                }
            }
}

TEST_CASE("a spread beyond all counts ends the search") {
    const numerics::negative_binomial of{65'745'262.266320378, 1.1247567038746965e-08};
    CHECK(of.quantile(0.99424500000000005, 2.5) > 1e16);
}

TEST_CASE("regions of Russia: dispersions, and intervals that hold what comes") {
    const auto text = shared_text("regional/ru_regions_daily.csv");
    if (!text) return;
    const auto w = discretised_or_fail(6.3, 4.2, 60);
    const std::map<std::string, double> spread = {{"RU-MOW", 80.8},  {"RU-SPE", 28.43},
                                                  {"RU-MOS", 21.14}, {"RU-SE", 0.111},
                                                  {"RU-MO", 0.163},  {"RU-TAM", 0.164}};
    const std::map<std::string, double> plain = {
        {"RU-MOW", 0.25}, {"RU-SPE", 0.606}, {"RU-MOS", 0.57}, {"RU-SE", 1.0}};
    double plain_mean = 0, wide_mean = 0, wide_least = 1;
    std::vector<double> widths;
    const auto regions = regions_of(*text);
    for (const auto& [name, cases] : regions) {
        const followed made = follow(cases, w);
        const coverage c = coverage_from(made.ahead.days, 61);
        if (const auto at = spread.find(name); at != spread.end())
            CHECK(c.dispersion == doctest::Approx(at->second).epsilon(5e-3));
        if (const auto at = plain.find(name); at != plain.end())
            CHECK(std::abs(c.plain - at->second) <= 1e-3);
        plain_mean += c.plain / static_cast<double>(regions.size());
        wide_mean += c.wide / static_cast<double>(regions.size());
        wide_least = std::min(wide_least, c.wide);
        widths.push_back(c.median_width);
    }
    CHECK(regions.size() == 83);
    MESSAGE(fmt::format("regions: plain {:.3f}, wide {:.3f}, least {:.3f}", plain_mean, wide_mean,
                        wide_least));
    CHECK(std::abs(plain_mean - 0.924) < 0.0015);
    CHECK(wide_mean > 0.93);
    CHECK(wide_mean < 0.97);
    CHECK(wide_least >= 0.90);
}

TEST_CASE("a hundred national series: plain intervals fail, the wide ones hold") {
    const auto text = shared_text("rt/rt100_incidence.csv");
    if (!text) return;
    const auto all = rows_of_series(*text);
    const auto w = discretised_or_fail(6.3, 4.2, 60);
    double plain = 0, wide = 0, least = 1, narrowest = 1;
    std::vector<double> widths;
    for (const auto& cases : all) {
        const coverage c = coverage_from(follow(cases, w).ahead.days, 100);
        plain += c.plain / 100;
        wide += c.wide / 100;
        least = std::min(least, c.wide);
        narrowest = std::min(narrowest, c.plain);
        widths.push_back(c.median_width);
    }
    std::sort(widths.begin(), widths.end());
    MESSAGE(
        fmt::format("nations: plain {:.3f} (least {:.3f}), wide {:.3f} (least {:.3f}), width "
                    "{:.2f}",
                    plain, narrowest, wide, least, (widths[49] + widths[50]) / 2));
    CHECK(std::abs(plain - 0.253) < 0.0015);
    CHECK(wide > 0.93);
    CHECK(wide < 0.97);
    CHECK(least >= 0.90);
}

TEST_CASE("a day of the week without reports is foretold as such") {
    std::vector<double> cases;
    for (int t = 0; t < 140; ++t) cases.push_back(t % 7 == 3 ? 0 : 100);
    const followed made = follow(cases, discretised_or_fail(6.3, 4.2, 60));
    for (const day_forecast& one : made.ahead.days) {
        if (one.day < 100) continue;
        if (one.day % 7 == 3)
            CHECK(one.mean < 3);
        else
            CHECK(std::abs(one.mean - 100) < 10);
    }
}

TEST_CASE("intervals widen after misses and forget them") {
    // Calm, then a month of batches, then calm again.
    std::vector<double> cases;
    for (int t = 0; t < 200; ++t)
        cases.push_back(t < 60 || t >= 90 ? 50 + t % 3 : t % 9 == 0 ? 450 : 0);
    const followed made = follow(cases, discretised_or_fail(6.3, 4.2, 60));
    double before = 0, within = 0, after = 0, least = 1;
    for (const day_forecast& one : made.ahead.days) {
        if (one.day == 59) before = one.spread;
        if (one.day == 89) within = one.spread;
        if (one.day == 199) after = one.spread;
        if (one.day > 60 && one.day < 100) least = std::min(least, one.level);
    }
    CHECK(before == 1);
    CHECK(within > 20);
    CHECK(after == 1);
    CHECK(least < 0.05);
    const auto& last = made.windows.back();
    const auto plain = widened(last, 1), wide = widened(last, 9);
    CHECK(plain.low == doctest::Approx(last.quantiles.front()));
    CHECK(plain.high == doctest::Approx(last.quantiles.back()));
    CHECK((wide.high - wide.low) / (plain.high - plain.low) == doctest::Approx(3).epsilon(0.05));
}
