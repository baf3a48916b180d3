// Posteriors over what is not known for sure, windows by what they foretold, counts of weeks.

#include "epidemic/mixture.hpp"

#include <cmath>

#include "epidemic/assessment.hpp"
#include "epidemic/blocks.hpp"
#include "epidemic/tests/shared.hpp"
#include "epidemic/window_choice.hpp"
#include "numerics/gamma_distribution.hpp"
#include "numerics/random_stream.hpp"

using namespace veche;
using namespace veche::epidemic;
using namespace veche::epidemic::testing;

namespace {

std::vector<double> growing(double from, double rate, std::size_t days) {
    std::vector<double> out;
    for (std::size_t t = 0; t < days; ++t)
        out.push_back(from * std::exp(rate * static_cast<double>(t)));
    return out;
}

}  // namespace

TEST_CASE("a mixture of one posterior is that posterior") {
    const auto w = discretised_or_fail(6.3, 4.2, 40);
    const incidence of{growing(20, 0.03, 40), {}};
    const auto plain = estimate_or_fail(of, w);
    for (const window_estimate& one : plain) {
        const mixed_estimate of_one = mixed({one, one});
        CHECK(of_one.mean == doctest::Approx(one.mean()).epsilon(1e-12));
        CHECK(of_one.deviation == doctest::Approx(one.deviation()).epsilon(1e-6));
        for (std::size_t q = 0; q < one.quantiles.size(); ++q)
            CHECK(of_one.quantiles[q] == doctest::Approx(one.quantiles[q]).epsilon(1e-9));
    }
}

TEST_CASE("quantiles of a mixture have that much of all parts below them") {
    window_estimate a, b;
    a.shape = 30, a.scale = 0.05, b.shape = 80, b.scale = 0.01;
    const mixed_estimate made = mixed({a, b});
    for (std::size_t q = 0; q < reported_levels.size(); ++q) {
        const double x = made.quantiles[q];
        const double below = (numerics::gamma_below(a.shape, x / a.scale) +
                              numerics::gamma_below(b.shape, x / b.scale)) /
                             2;
        CHECK(below == doctest::Approx(reported_levels[q]).epsilon(1e-8));
    }
    CHECK(made.mean == doctest::Approx((1.5 + 0.8) / 2));
    const double square = (30 * 0.05 * 0.05 + 1.5 * 1.5 + 80 * 0.01 * 0.01 + 0.8 * 0.8) / 2;
    CHECK(made.deviation == doctest::Approx(std::sqrt(square - 1.15 * 1.15)));
}

TEST_CASE("an uncertain serial interval widens R, and a certain one is the interval itself") {
    const auto w = discretised_or_fail(6.3, 4.2, 60);
    const incidence of{growing(50, 0.05, 60), {}};
    const auto plain = estimate_or_fail(of, w);
    const auto certain = intervals_of({6.3, 0, 4.2, 0, 7}, 60);
    REQUIRE(certain);
    REQUIRE(certain->size() == 1);
    const auto same = estimate_over(of, *certain, {}).value();
    REQUIRE(same.size() == plain.size());
    CHECK(same.back().mean == doctest::Approx(plain.back().mean()).epsilon(1e-12));
    const auto several = intervals_of({6.3, 1, 4.2, 0.5, 7}, 60);
    REQUIRE(several->size() == 49);
    const auto wide = estimate_over(of, *several, {}).value();
    CHECK(wide.back().to == plain.back().to);
    CHECK(wide.back().deviation > 2 * plain.back().deviation());
    CHECK(wide.back().quantiles.front() < plain.back().quantiles.front());
    CHECK(wide.back().quantiles.back() > plain.back().quantiles.back());
    // More points are the same law: the widths settle.
    const auto finer = estimate_over(of, *intervals_of({6.3, 1, 4.2, 0.5, 15}, 60), {}).value();
    CHECK(wide.back().quantiles.back() ==
          doctest::Approx(finer.back().quantiles.back()).epsilon(0.02));
    CHECK_FALSE(intervals_of({0.9, 0, 1, 0, 3}, 10));
    CHECK_FALSE(intervals_of({6, -1, 1, 0, 3}, 10));
}

TEST_CASE("the likelihood of a window is that of the negative binomial, day by day") {
    const serial_interval w = {0, 0.6, 0.4};
    const incidence of{{3, 4, 6, 5, 9, 12, 10, 15, 14, 20}, {}};
    const auto made = choose_window(of, w, {}, 2).value();
    REQUIRE(made.weights.size() == 2);
    const auto infectivity = infectivity_of(of, w);
    for (const window_weight& one : made.weights) {
        double sum = 0;
        std::size_t days = 0;
        for (std::size_t day = 3; day < of.cases.size(); ++day) {
            double cases = 0, past = 0;
            for (std::size_t t = day - one.window; t < day; ++t)
                cases += of.cases[t], past += infectivity[t];
            const double r = 1 + cases, m = r / (0.2 + past) * infectivity[day], k = of.cases[day];
            sum += std::lgamma(k + r) - std::lgamma(r) - std::lgamma(k + 1) +
                   r * std::log(r / (r + m)) + k * std::log(m / (r + m));
            ++days;
        }
        CHECK(made.days == days);
        CHECK(one.log_likelihood == doctest::Approx(sum).epsilon(1e-10));
    }
    CHECK(made.weights[0].weight + made.weights[1].weight == doctest::Approx(1));
}

TEST_CASE("where R is steady a long window foretells best, where it turns a short one") {
    const auto w = discretised_or_fail(4, 2, 200);
    numerics::random_stream random(7);
    std::vector<double> steady, turning;
    for (int t = 0; t < 160; ++t) {
        const double chance = random.normal();
        steady.push_back(std::max(0.0, std::round(400 + 20 * chance)));
        const double level = 3000 + 2500 * std::sin(t / 5.0);
        turning.push_back(std::max(0.0, std::round(level + std::sqrt(level) * random.normal())));
    }
    const auto long_one = choose_window({steady, {}}, w, {}).value();
    const auto short_one = choose_window({turning, {}}, w, {}).value();
    CHECK(long_one.chosen >= 14);
    CHECK(short_one.chosen <= 4);
}

TEST_CASE("counts of weeks are spread with each week's sum kept") {
    const auto w = discretised_or_fail(6.3, 4.2, 300);
    std::vector<block> weeks;
    for (int i = 0; i < 12; ++i) weeks.push_back({70, 7});
    const auto flat = spread_over_days(weeks, w).value();
    REQUIRE(flat.daily.size() == 84);
    CHECK(flat.first == 7);
    for (std::size_t t = 49; t < 84; ++t) CHECK(flat.daily[t] == doctest::Approx(10).epsilon(0.02));
    weeks[3].cases = 10, weeks[4].cases = 200, weeks[5] = {33, 3};
    const auto made = spread_over_days(weeks, w).value();
    std::size_t day = 0;
    for (const block& one : weeks) {
        double sum = 0;
        for (std::size_t i = 0; i < one.days; ++i) sum += made.daily[day++];
        CHECK(sum == doctest::Approx(one.cases).epsilon(1e-12));
    }
    CHECK_FALSE(spread_over_days({{1, 7}, {1, 7}}, w));
    CHECK_FALSE(spread_over_days({{1, 7}, {1, 7}, {1, 40}}, w));
}

TEST_CASE("weeks give what EpiEstim gives by the same rounds") {
    // EpiEstim 2.2-4's estimate_R in a loop after estimate_R_agg of 3.0.0, invented counts: the
    // last day of a window, mean, lower and upper end of the interval of 95 per cent.
    const double expected[][4] = {{14, 1.77823164141123, 1.47552946443434, 2.1087561913091},
                                  {28, 1.482309722728, 1.34244911505175, 1.6290011245198},
                                  {42, 0.593295299723964, 0.514105564977769, 0.67807448738998}};
    std::vector<block> weeks;
    for (const double cases : {70, 120, 260, 410, 380, 200}) weeks.push_back({cases, 7});
    const auto w = discretised_or_fail(6.3, 4.2, 43);
    const auto made = estimate_blocks(spread_over_days(weeks, w).value(), w).value();
    REQUIRE(made.size() == 29);
    for (const auto& row : expected) {
        const window_estimate& one = made[static_cast<std::size_t>(row[0]) - 14];
        CHECK(static_cast<double>(one.to + 1) == row[0]);
        CHECK(one.mean() == doctest::Approx(row[1]).epsilon(1e-10));
        CHECK(one.quantiles.front() == doctest::Approx(row[2]).epsilon(1e-9));
        CHECK(one.quantiles.back() == doctest::Approx(row[3]).epsilon(1e-9));
    }
}

TEST_CASE("growth within weeks comes out again, and so does R") {
    const auto w = discretised_or_fail(6.3, 4.2, 300);
    const auto daily = growing(100, 0.06, 84);
    std::vector<block> weeks;
    for (std::size_t t = 0; t < daily.size(); t += 7) {
        double sum = 0;
        for (std::size_t i = 0; i < 7; ++i) sum += daily[t + i];
        weeks.push_back({sum, 7});
    }
    const auto made = spread_over_days(weeks, w).value();
    CHECK(made.last_change < 1e-6 * made.daily.back());
    for (std::size_t t = 56; t < 84; ++t)
        CHECK(made.daily[t] == doctest::Approx(daily[t]).epsilon(0.01));
    const auto by_week = estimate_blocks(made, w).value();
    const auto by_day = estimate_or_fail({daily, {}}, w);
    CHECK(by_week.back().mean() == doctest::Approx(by_day.back().mean()).epsilon(0.01));
    CHECK(by_week.front().from >= made.first);
}

TEST_CASE("an assessment tells a backlog, a weekday and counts that are too smooth") {
    const auto w = discretised_or_fail(4, 2, 200);
    std::vector<double> smooth(120, 300), rough(120, 300), weekly(120, 300);
    for (std::size_t t = 0; t < 120; ++t) {
        if (t % 2 == 0) rough[t] = 500;
        if (t % 7 == 6) weekly[t] = 20;
    }
    smooth[100] = smooth[101] = smooth[102] = 0, smooth[103] = 1200;
    const auto even = assess({std::vector<double>(120, 300), {}}, w, {}).value();
    CHECK(even.smooth());
    CHECK_FALSE(even.rough());
    CHECK(assess({rough, {}}, w, {}).value().rough());
    CHECK(*assess({weekly, {}}, w, {}).value().weekday_share < 0.1);
    CHECK(*even.weekday_share == doctest::Approx(1));
    const auto late = assess({smooth, {}}, w, {}).value();
    REQUIRE(late.backlogs.size() == 1);
    CHECK(late.backlogs[0].day == 103);
    CHECK(late.backlogs[0].empty_days == 3);
    CHECK(even.backlogs.empty());
    CHECK_FALSE(even.doubling_days(1));
    CHECK(*even.doubling_days(1.5) > 0);
    CHECK(*even.doubling_days(0.5) < 0);
    CHECK_FALSE(assess({std::vector<double>(20, 3), {}}, w, {}).value().dispersion);
}
