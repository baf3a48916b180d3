// Estimates beside EpiEstim's printed ones, and what follows from the definition alone.

#include "epidemic/reproduction.hpp"

#include <cmath>

#include "epidemic/tests/shared.hpp"

using namespace veche;
using namespace veche::epidemic;
using namespace veche::epidemic::testing;

namespace {

/// Invented counts.
const std::vector<double> invented = {1,  0,  2, 3, 5, 4, 8, 9, 12, 10,
                                      15, 14, 9, 7, 8, 3, 2, 2, 0,  1};

void near(double got, double wanted, double relative) {
    CHECK_MESSAGE(std::abs(got - wanted) <= relative * std::abs(wanted), got << " " << wanted);
}

}  // namespace

TEST_CASE("serial intervals cut into days") {
    const auto w = discretised_or_fail(2.6, 1.5, 21);
    const double wanted[] = {0.233172125408, 0.358579400316, 0.198110828540, 0.103342655428};
    for (std::size_t k = 0; k < 4; ++k) near(w[k + 1], wanted[k], 1e-11);
    double sum = 0;
    for (const double one : w) sum += one;
    near(sum, 0.999998499304565, 1e-12);
    const auto other = discretised_or_fail(6.3, 4.2, 5);
    const double longer[] = {0.0350886345829, 0.1163929351689, 0.1347338612268, 0.1278902622288};
    for (std::size_t k = 0; k < 4; ++k) near(other[k + 1], longer[k], 1e-11);
    CHECK(w[0] == 0);
}

TEST_CASE("growth and reproduction answer each other") {
    const auto w = discretised_or_fail(2.6, 1.5, 60);
    near(reproduction_of_growth(w, -0.1), 0.760887768598, 1e-11);
    near(reproduction_of_growth(w, 0.05), 1.135534421393, 1e-11);
    near(reproduction_of_growth(w, 0.1), 1.282573075745, 1e-11);
    for (const double r : {-0.3, 0.0, 0.07, 0.5})
        CHECK(growth_of_reproduction(w, reproduction_of_growth(w, r)) ==
              doctest::Approx(r).epsilon(1e-9));
    const auto long_one = discretised_or_fail(6.3, 4.2, 800);
    CHECK(growth_of_reproduction(long_one, reproduction_of_growth(long_one, 0.05)) ==
          doctest::Approx(0.05).epsilon(1e-9));
    CHECK(growth_of_reproduction(w, 1e9) != growth_of_reproduction(w, 1e9));  // no number
}

TEST_CASE("influenza at a school in 2009, with weights as given and by mean and deviation") {
    const auto counts = shared_text("rt/flu2009_incidence.csv");
    const auto weights = shared_text("rt/flu2009_si.csv");
    if (!counts || !weights) return;
    const incidence of{numbers_or_fail(table_or_fail(*counts), "I"), {}};
    const auto w = given(numbers_or_fail(table_or_fail(*weights), "w"));
    REQUIRE(w.has_value());
    for (const bool by_weights : {true, false}) {
        const auto printed =
            shared_text(by_weights ? "rt/flu2009_R_si_given.csv" : "rt/flu2009_R_si_2.6_1.5.csv");
        REQUIRE(printed.has_value());
        const tables::table t = table_or_fail(*printed);
        const auto made =
            estimate_or_fail(of, by_weights ? *w : discretised_or_fail(2.6, 1.5, of.cases.size()));
        REQUIRE(made.size() == t.rows());
        const auto from = numbers_or_fail(t, "t_start"), mean = numbers_or_fail(t, "Mean(R)"),
                   sd = numbers_or_fail(t, "Std(R)");
        const char* names[] = {"Quantile.0.025(R)", "Quantile.0.05(R)", "Quantile.0.25(R)",
                               "Median(R)",         "Quantile.0.75(R)", "Quantile.0.95(R)",
                               "Quantile.0.975(R)"};
        for (std::size_t i = 0; i < made.size(); ++i) {
            CHECK(static_cast<double>(made[i].from + 1) == from[i]);
            near(made[i].mean(), mean[i], 1e-11);
            near(made[i].deviation(), sd[i], 1e-11);
            for (std::size_t q = 0; q < 7; ++q)
                near(made[i].quantiles[q], numbers_or_fail(t, names[q])[i], 1e-10);
        }
        if (!by_weights) continue;
        CHECK(made[0].shape == 18);
        near(made[0].infectivity, 10.171, 1e-12);
        near(made[0].above_one, 0.9803371502, 1e-9);
    }
}

TEST_CASE("imported cases infect others and are no one's work here") {
    incidence of{{1, 3, 1, 1, 3, 4, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1},
                 {1, 1, 1, 1, 2, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}};
    const auto made = estimate_or_fail(of, discretised_or_fail(2.6, 1.5, 27));
    near(made.front().mean(), 0.6413590496, 1e-9);
    near(made.front().deviation(), 0.2424109352, 1e-9);
    near(made.back().mean(), 9.8571825, 1e-7);
    near(made.back().deviation(), 6.9700806, 1e-7);
}

TEST_CASE("influenza in Baltimore in 1918") {
    const auto counts = shared_text("rt/flu1918_incidence.csv");
    const auto weights = shared_text("rt/flu1918_si.csv");
    if (!counts || !weights) return;
    const auto w = given(numbers_or_fail(table_or_fail(*weights), "w"));
    const auto made = estimate_or_fail({numbers_or_fail(table_or_fail(*counts), "I"), {}}, *w);
    REQUIRE(made.size() == 85);
    near(made[0].mean(), 1.4145202145, 1e-9);
    std::size_t best = 0;
    for (std::size_t i = 0; i < made.size(); ++i)
        if (made[i].mean() > made[best].mean()) best = i;
    CHECK(made[best].to + 1 == 31);
    near(made[best].mean(), 2.380480678, 1e-9);
}

TEST_CASE("a hundred series of eight hundred days") {
    const auto text = shared_text("rt/rt100_incidence.csv");
    if (!text) return;
    const auto w = discretised_or_fail(6.3, 4.2, 800);
    std::size_t rows = 0;
    double sum = 0;
    for (auto& series : rows_of_series(*text))
        for (const window_estimate& one : estimate_or_fail({std::move(series), {}}, w)) {
            ++rows;
            sum += one.mean();
        }
    CHECK(rows == 79'300);
    CHECK(std::abs(sum - 118'819.83575) < 2e-5);
}

TEST_CASE("a window without cases or cause of any says nothing, and says so") {
    std::vector<double> cases(40);
    cases[39] = 2;
    const auto made = estimate_or_fail({cases, {}}, discretised_or_fail(2.6, 1.5, 40));
    CHECK(made.front().no_information);
    CHECK(made.front().mean() == doctest::Approx(5));
    CHECK(!made.back().no_information);
}

TEST_CASE("estimates are literal readings of the definition") {
    const auto w = discretised_or_fail(4.2, 2.1, invented.size());
    estimate_settings how;
    how.window = 3;
    how.prior_mean = 2;
    how.prior_deviation = 1.5;
    const auto made = estimate_or_fail({invented, {}}, w, how);
    for (const window_estimate& one : made) {
        double cases = 0, infectivity = 0;
        for (std::size_t t = one.from; t <= one.to; ++t) {
            cases += invented[t];
            for (std::size_t s = 1; s <= t; ++s) infectivity += w[s] * invented[t - s];
        }
        near(one.shape, 4 / 2.25 + cases, 1e-13);
        near(one.scale, 1 / (2 / 2.25 + infectivity), 1e-13);
        CHECK(static_cast<double>(one.to + 1) > mean_of(w));
    }
    CHECK(made.back().to == invented.size() - 1);
}

TEST_CASE("what is unsound is refused with what is wrong") {
    const auto w = discretised_or_fail(2.6, 1.5, 20);
    const auto code = [&](incidence of, estimate_settings how = {}) {
        const auto made = estimate(of, w, how);
        return std::string(made ? "" : made.error().code());
    };
    CHECK(code({invented, {}}).empty());
    CHECK(code({{1, 2, 3}, {}}) == "epidemic.window_unsound");
    CHECK(code({invented, {}}, {0, 5, 5}) == "epidemic.window_unsound");
    CHECK(code({invented, {}}, {7, 0, 5}) == "epidemic.prior_unsound");
    auto below = invented;
    below[4] = -1;
    CHECK(code({below, {}}) == "epidemic.count_unsound");
    auto imported = std::vector<double>(invented.size());
    imported[0] = 2;
    CHECK(code({invented, imported}) == "epidemic.count_unsound");
    CHECK(discretised(1, 1, 10).error().code() == "epidemic.interval_unsound");
    CHECK(given({0.5, 0.5}).error().code() == "epidemic.weights_unsound");
    CHECK(given({0, 0.5}).error().code() == "epidemic.weights_unsound");
    CHECK(given({0, 1.5, -0.5}).error().code() == "epidemic.weights_unsound");
    CHECK(given({0, 0.25, 0.75}).has_value());
}
