// Fitted values of rows in and outside an estimate; what coefficients mean; bands of series.

#include "gravity/prediction.hpp"

#include <cmath>
#include <map>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidcheck.h>

#include "gravity/average_effects.hpp"
#include "gravity/bands.hpp"
#include "gravity/report.hpp"
#include "gravity/tests/data.hpp"
#include "numerics/distributions.hpp"
#include "numerics/random_stream.hpp"
#include "tables/read_text.hpp"

using namespace veche;
using namespace veche::gravity;
using namespace veche::gravity::testing;

namespace {

tables::table read_rows(const std::string& text) {
    return *tables::sound_table(tables::read_text(text, {}));
}

/// A model with all that was made of it.
struct whole {
    tables::table t;
    specification s;
    std::unique_ptr<specified> made;
    estimation e;
    covariance c;
};

whole estimated_from(const std::string& text, const std::string& formula,
                     family of = family::poisson, const std::string& filter = "") {
    whole out;
    out.t = read_rows(text);
    out.s.formula = formula;
    out.s.of = of;
    out.s.filter = filter;
    out.made = std::move(*specify(out.t, out.s));
    auto e = estimate(out.made->m, {});
    REQUIRE_MESSAGE(e, why(e));
    out.e = std::move(*e);
    out.c = *covariance_by(out.made->m, out.e, "fixest", "", false);
    return out;
}

prediction predicted_by(const whole& w, const tables::table& t, bool own) {
    auto out = predict(t, own, w.s, *w.made, w.e);
    REQUIRE_MESSAGE(out, why(out));
    return std::move(*out);
}

/// Flows between places of two groups that no row joins, with a dummy and a distance.
std::string two_groups(std::uint64_t seed) {
    numerics::random_stream random(seed);
    std::string out = "from,to,year,flow,pact,dist\n";
    for (int i = 0; i < 8; ++i)
        for (int j = 0; j < 8; ++j)
            for (int year = 1; year <= 3; ++year)
                if ((i < 4) == (j < 4) && i != j)
                    out += fmt::format("a{},b{},{},{},{},{}\n", i, j, year,
                                       std::exp(random.normal()) * (random.uniform() < 0.9),
                                       random.uniform() < 0.4 ? 1 : 0, 1 + 5 * random.uniform());
    return out;
}

}  // namespace

TEST_CASE("rows of the estimate are fitted as the first order conditions say") {
    CHECK(rc::check("sums of levels; a copy of the rows gets the same values", [] {
        const auto seed = *rc::gen::inRange<std::uint64_t>(1, 10'000);
        const whole w =
            estimated_from(two_groups(seed), "flow ~ pact + log(dist) | from^year + to^year");
        const prediction own = predicted_by(w, w.t, true);
        const prediction copy = predicted_by(w, w.t, false);
        const std::vector<double> flow = *w.t.numbers("flow");
        std::map<std::int32_t, double> gap;
        for (std::size_t row = 0; row < w.t.rows(); ++row) {
            if (own.row[row] != "used") continue;
            RC_ASSERT(own.how[row] == fitting::estimated);
            RC_ASSERT(std::abs(own.fitted[row] + own.residual[row] - flow[row]) < 1e-9);
            gap[w.made->m.effects[0].code[row]] += own.residual[row];
            RC_ASSERT(copy.how[row] == fitting::predicted);
            RC_ASSERT(copy.fitted[row] == own.fitted[row]);
        }
        for (const auto& [level, sum] : gap) RC_ASSERT(std::abs(sum) < 1e-8);
    }));
}

TEST_CASE("steps are full ones again where the terms of the likelihood nearly cancel") {
    const whole w =
        estimated_from(two_groups(2993), "flow ~ pact + log(dist) | from^year + to^year");
    CHECK(w.e.steps.size() < 20);
}

TEST_CASE("rows outside are predicted only where the estimate determines them") {
    const whole w = estimated_from(two_groups(5), "flow ~ pact + log(dist) | from + to + year");
    const tables::table others = read_rows(
        "from,to,year,flow,pact,dist\n"
        "a0,b0,1,7,1,2\n"   // a pair that is not among the rows, in one group
        "a0,b5,1,7,1,2\n"   // across the groups: only differences within each are known
        "a0,b9,1,7,1,2\n"   // nobody knows b9
        "a0,b1,1,7,1,\n"    // no distance
        "a6,b4,3,,0,2\n");  // no outcome is needed
    const prediction p = predicted_by(w, others, false);
    const std::vector<fitting> expected = {fitting::predicted, fitting::undetermined,
                                           fitting::level_unknown, fitting::missing,
                                           fitting::predicted};
    for (std::size_t row = 0; row < expected.size(); ++row) {
        CHECK(p.how[row] == expected[row]);
        CHECK(p.row[row] == "outside");
        CHECK(std::isnan(p.fitted[row]) == (expected[row] != fitting::predicted));
    }
    CHECK(p.residual[0] == doctest::Approx(7 - p.fitted[0]));
    CHECK(std::isnan(p.residual[4]));
    // With two effects alone the same pairs are known.
    const whole two = estimated_from(two_groups(5), "flow ~ pact + log(dist) | from + to");
    CHECK(predicted_by(two, others, false).how[1] == fitting::undetermined);
    CHECK(predicted_by(two, others, false).how[0] == fitting::predicted);
}

TEST_CASE("rows that were left out say why, and what they are fitted as") {
    const whole w = estimated_from(
        "from,to,y,x\na,p,1,1\na,q,2,3\nb,p,3,2\nb,q,1,5\nc,p,0,1\nc,q,0,2\nd,p,2,1\na,r,,2\n"
        "b,p,4,\na,p,5,2\nb,q,2,2\n",
        "y ~ x | from + to", family::poisson, "y != 5");
    const prediction p = predicted_by(w, w.t, true);
    CHECK(p.row[0] == "used");
    CHECK(p.row[4] == "level_zero");
    CHECK(p.how[4] == fitting::limit);
    CHECK(p.fitted[4] == 0);
    CHECK(p.row[6] == "singleton");
    CHECK(p.how[6] == fitting::level_unknown);
    CHECK(p.row[8] == "missing");
    CHECK(p.how[8] == fitting::missing);
    CHECK(p.row[9] == "filter");
    CHECK(p.how[9] == fitting::predicted);
    const std::string csv = prediction_csv(w.t, p, true);
    CHECK(csv.substr(0, csv.find('\n')) == "from,to,y,x,row,fit,linear,fitted,residual,from_,to_");
    CHECK(csv.find("\nc,p,0,1,level_zero,limit,,0,0,,") != std::string::npos);
}

TEST_CASE("a model without effects has its constant and its offset in what it predicts") {
    numerics::random_stream random(2);
    std::string text = "y,x,o\n";
    for (int i = 0; i < 30; ++i)
        text += fmt::format("{},{},{}\n", 1 + random.uniform(), random.normal(), random.normal());
    whole w;
    w.t = read_rows(text);
    w.s.formula = "y ~ x";
    w.s.offset = "o";
    w.s.of = family::linear;
    w.made = std::move(*specify(w.t, w.s));
    w.e = std::move(*estimate(w.made->m, {}));
    const prediction p = predicted_by(w, w.t, true);
    double sum = 0;
    for (const double one : p.residual) sum += one;
    CHECK(std::abs(sum) < 1e-10);
    CHECK(p.linear[3] == p.fitted[3]);
}

TEST_CASE("average effects: percent, units, and their standard errors") {
    const whole w = estimated_from(two_groups(8), "flow ~ pact + log(dist) + year | from + to");
    const auto all = average_effects(w.made->m, w.e, w.c, 0.9);
    REQUIRE(all.size() == 3);
    CHECK(all[0].kind == regressor_kind::dummy);
    CHECK(all[1].kind == regressor_kind::logarithm);
    CHECK(all[2].kind == regressor_kind::other);
    const inference pact = infer(w.e, w.c, 0, 0.9);
    CHECK(all[0].relative.value == doctest::Approx(100 * (std::exp(pact.estimate) - 1)));
    CHECK(all[0].relative.standard_error ==
          doctest::Approx(100 * std::exp(pact.estimate) * pact.standard_error));
    CHECK(all[0].relative.high == doctest::Approx(100 * (std::exp(pact.high) - 1)));
    // With effects mean fitted value is mean outcome, whatever the coefficients are.
    double mean = 0;
    for (const double y : w.e.rows.y) mean += y / static_cast<double>(w.e.rows.n);
    CHECK(all[2].absolute.value == doctest::Approx(w.e.b[2] * mean).epsilon(1e-9));
    CHECK(all[2].absolute.standard_error ==
          doctest::Approx(w.c.standard_error[2] * mean).epsilon(1e-7));
    CHECK(all[1].absolute.value == doctest::Approx(w.e.b[1] * mean / 100).epsilon(1e-9));
}

TEST_CASE("the average effect of a dummy has the gradient of its definition") {
    // Without effects the definition can be differentiated by hand: b and constant moved a little.
    numerics::random_stream random(4);
    std::string text = "y,d,x\n";
    for (int i = 0; i < 60; ++i)
        text += fmt::format("{},{},{}\n", std::exp(random.normal()), i % 3 == 0 ? 1 : 0,
                            random.normal());
    const whole w = estimated_from(text, "y ~ d + x");
    const std::vector<double> x = *w.t.numbers("x");
    const auto effect = [&](const std::vector<double>& b) {
        double sum = 0;
        for (const double one : x) sum += std::exp(b[1] * one + b[2]) * (std::exp(b[0]) - 1) / 60;
        return sum;
    };
    REQUIRE(w.e.rows.names.back() == "(constant)");
    double variance = 0;
    std::vector<double> slope(3);
    for (std::size_t j = 0; j < 3; ++j) {
        std::vector<double> up = w.e.b, down = w.e.b;
        up[j] += 1e-6;
        down[j] -= 1e-6;
        slope[j] = (effect(up) - effect(down)) / 2e-6;
    }
    for (std::size_t j = 0; j < 3; ++j)
        for (std::size_t l = 0; l < 3; ++l) variance += slope[j] * w.c.v[j * 3 + l] * slope[l];
    const auto all = average_effects(w.made->m, w.e, w.c);
    REQUIRE(all.size() == 2);
    CHECK(all[0].absolute.value == doctest::Approx(effect(w.e.b)));
    CHECK(all[0].absolute.standard_error == doctest::Approx(std::sqrt(variance)).epsilon(1e-6));
    // Least squares of the outcome itself: units, and no percent.
    const whole plain = estimated_from(text, "y ~ d + x", family::linear);
    const auto units = average_effects(plain.made->m, plain.e, plain.c);
    CHECK(std::isnan(units[0].relative.value));
    CHECK(units[0].absolute.value == plain.e.b[0]);
    const whole of_log = estimated_from(text, "log(y) ~ d + x", family::linear);
    CHECK(std::isnan(average_effects(of_log.made->m, of_log.e, of_log.c)[0].absolute.value));
}

TEST_CASE("critical values of series lie where theory has them") {
    const whole w = estimated_from(two_groups(3), "flow ~ i(year):log(dist) + pact | from + to");
    covariance c = w.c;
    const std::size_t k = w.e.rows.k;
    REQUIRE(k == 4);
    // Three independent coefficients: the greatest of three absolute normal variables.
    for (std::size_t j = 0; j < k; ++j)
        for (std::size_t l = 0; l < k; ++l) c.v[j * k + l] = j == l ? 4 : 0;
    c.standard_error.assign(k, 2);
    const auto apart = series_of(w.e, c, 0.95, 200'000, 7);
    REQUIRE(apart.size() == 1);
    CHECK(apart[0].name == "year:log(dist)");
    CHECK(apart[0].members == std::vector<std::size_t>{0, 1, 2});
    CHECK(apart[0].pointwise == doctest::Approx(1.959964).epsilon(1e-6));
    const double theory = numerics::normal_quantile((1 + std::cbrt(0.95)) / 2);
    CHECK(apart[0].simultaneous == doctest::Approx(theory).epsilon(0.005));
    CHECK(series_of(w.e, c, 0.95, 500, 7)[0].simultaneous ==
          series_of(w.e, c, 0.95, 500, 7)[0].simultaneous);
    // One and the same coefficient three times: nothing is added. Of Student's t as well.
    for (double& one : c.v) one = 4;
    for (const double degrees : {double{INFINITY}, 5.0, 1.0}) {
        c.degrees = degrees;
        const auto same = series_of(w.e, c, 0.9, 400'000, 7)[0];
        CHECK(same.simultaneous == doctest::Approx(same.pointwise).epsilon(0.02));
    }
}

TEST_CASE("reports carry what was asked for, in all forms") {
    const whole w = estimated_from(two_groups(3), "flow ~ i(year):log(dist) + pact | from + to");
    const auto with =
        report(w.s, *w.made, w.t.source(), w.t.rows(), {}, w.e, w.c, {0.9, true, 500});
    const auto without = report(w.s, *w.made, w.t.source(), w.t.rows(), {}, w.e, w.c);
    CHECK(without.average_effects.empty());
    CHECK(without.series.empty());
    CHECK(without.level == "0.95");
    REQUIRE(with.average_effects.size() == 4);
    CHECK(with.average_effects[0].change == "1 percent");
    CHECK(with.average_effects[3].change == "0 to 1");
    REQUIRE(with.series.size() == 1);
    CHECK(with.series[0].coefficients.size() == 3);
    CHECK(with.coefficients[0].low != without.coefficients[0].low);
    CHECK(average_effects_table(with, table_form::latex).find("\\begin{tabular}") == 0);
    CHECK(series_table(with, table_form::html).find("<th>low of all</th>") != std::string::npos);
    CHECK(series_table(with, table_form::csv).find("year:log(dist),year::1:log(dist),") !=
          std::string::npos);
}
