// Formulas, filters, and models made of tables by them; tables of results.

#include "gravity/formula.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "gravity/report.hpp"
#include "tables/read_text.hpp"

using namespace veche;
using namespace veche::gravity;

namespace {

tables::table table_of(std::string_view text) {
    tables::text_options options;
    options.source = "small.csv";
    auto made = tables::sound_table(tables::read_text(text, options));
    REQUIRE_MESSAGE(made, made.error().sentence());
    return *std::move(made);
}

std::string small_trade() {
    std::string out = "exp,imp,year,trade,dist,rta,pop\n";
    const char* names[] = {"BLR", "RUS", "KAZ", "ARM", "KGZ"};
    for (int i = 0; i < 5; ++i)
        for (int j = 0; j < 5; ++j)
            for (int year = 2001; year < 2005; ++year) {
                if (i == j) continue;
                out += std::string(names[i]) + "," + names[j] + "," + std::to_string(year) + "," +
                       std::to_string(3 + (7 * i + 5 * j + 3 * year * (i + 1)) % 17) + "," +
                       std::to_string(100 + 37 * i * j) + "," +
                       std::to_string((i + j + year) % 3 == 0 ? 1 : 0) + ",2\n";
            }
    return out;
}

std::vector<std::string> regressors_of(const std::string& formula) {
    specification s;
    s.formula = formula;
    const tables::table t = table_of(small_trade());
    const auto made = specify(t, s);
    REQUIRE_MESSAGE(made, made.error().sentence());
    std::vector<std::string> out;
    for (const regressor& one : (*made)->m.regressors) out.push_back(one.name);
    return out;
}

using name_list = std::vector<std::string>;

}  // namespace

TEST_CASE("a formula is read as it is meant") {
    const auto f = parse_formula("trade ~ rta + log(dist) | exp^year + imp^year + exp^imp");
    REQUIRE(f);
    CHECK(text_of(f->outcome) == "trade");
    REQUIRE(f->terms.size() == 2);
    CHECK(text_of(f->terms[1].product[0]) == "log(dist)");
    CHECK(f->effects == std::vector<name_list>{{"exp", "year"}, {"imp", "year"}, {"exp", "imp"}});
    CHECK(regressors_of("trade ~ rta*log(dist)") == name_list{"rta", "log(dist)", "rta:log(dist)"});
    CHECK(regressors_of("trade ~ rta:dist + rta") == name_list{"rta:dist", "rta"});
    CHECK(regressors_of("trade ~ i(year)") == name_list{"year::2002", "year::2003", "year::2004"});
    CHECK(regressors_of("trade ~ i(year, 2003)") ==
          name_list{"year::2001", "year::2002", "year::2004"});
    CHECK(regressors_of("trade ~ i(year):log(dist)").size() == 4);
    CHECK(regressors_of("trade ~ log((dist + 1) / pop)") == name_list{"log((dist + 1)/pop)"});
    CHECK(regressors_of("trade ~ rta + rta") == name_list{"rta"});
    CHECK(regressors_of("trade ~ `rta`") == name_list{"rta"});
}

TEST_CASE("a formula that is not understood is refused at its place") {
    const auto place = [](const char* text) {
        const auto f = parse_formula(text);
        return f ? std::string("read") : f.error().args[0];
    };
    CHECK(place("trade") == "6");
    CHECK(place("trade ~ ") == "9");
    CHECK(place("trade ~ sin(x)") == "13");
    CHECK(place("trade ~ log(x") == "14");
    CHECK(place("trade ~ x | ") == "13");
    CHECK(place("trade ~ x ) y") == "11");
    CHECK(place("trade ~ i(a):i(b)") == "18");
    CHECK(place((std::string("y ~ ") + std::string(100, '(')).c_str()) != "read");
}

TEST_CASE("crossings that would make too many terms are refused before they are made") {
    std::string crossed = "a ~ x1";
    for (int k = 2; k <= 40; ++k) {
        crossed += "*x" + std::to_string(k);
        const auto f = parse_formula(crossed);
        if (k <= 8) {
            REQUIRE(f.has_value());
            CHECK(f->terms.size() == (1U << k) - 1);
        } else {
            REQUIRE(!f.has_value());
            CHECK(f.error().sentence().find("more than 500 terms") != std::string::npos);
        }
    }
}

TEST_CASE("a filter leaves out rows; a column may be compared with another") {
    const tables::table t = table_of(small_trade());
    specification s;
    s.formula = "trade ~ rta | exp^year";
    const auto rows = [&](const char* filter) {
        s.filter = filter;
        const auto made = specify(t, s);
        REQUIRE_MESSAGE(made, made.error().sentence());
        CHECK((*made)->filtered + (*made)->rows.size() == 80);
        return (*made)->rows.size();
    };
    CHECK(rows("year >= 2003") == 40);
    CHECK(rows("exp == BLR & year < 2003") == 8);
    CHECK(rows("exp != \"BLR\"") == 64);
    CHECK(rows("exp == imp") == 0);
    CHECK(rows("exp != imp") == 80);
    s.filter = "exp < BLR";
    CHECK(specify(t, s).error().code() == "gravity.filter_of_words");
    s.filter = "exp ~ BLR";
    CHECK(specify(t, s).error().code() == "gravity.formula_malformed");
    s.filter = "";
    s.formula = "trade ~ nothing";
    CHECK_FALSE(specify(t, s));
    s.formula = "exp ~ rta";
    CHECK_FALSE(specify(t, s));
}

TEST_CASE("from text to tables: a model with its record, in four forms") {
    const tables::table t = table_of(small_trade());
    std::vector<gravity_report> all;
    for (const char* formula : {"trade ~ rta | exp^year + imp^year", "trade ~ rta + log(dist)"}) {
        specification s;
        s.formula = formula;
        s.clusters = "exp^imp";
        s.of = all.empty() ? family::poisson : family::linear;
        const auto made = specify(t, s);
        REQUIRE_MESSAGE(made, made.error().sentence());
        const auto e = estimate((*made)->m, {});
        REQUIRE_MESSAGE(e, e.error().sentence());
        const std::size_t first[] = {0};
        const auto c = covariance_of((*made)->m, *e, "fixest", score_sum::cluster, first);
        REQUIRE(c);
        all.push_back(report(s, **made, t.source(), t.rows(), {}, *e, *c));
    }
    CHECK(all[0].rows == 80);
    CHECK(all[0].effects[0].levels == 20);
    CHECK(all[0].clusters[0].levels == 20);
    CHECK(all[0].coefficients[0].name == "rta");
    CHECK(all[0].existence == "certain");
    CHECK(from_json<gravity_report>(std::string_view(to_json(all[0])))->rows_used == 80);
    const std::string text = regression_table(all, table_form::text);
    CHECK(text.find("effects exp^year") != std::string::npos);
    CHECK(text.find("(constant)") != std::string::npos);
    const std::string csv = regression_table(all, table_form::csv);
    CHECK(csv.rfind(",(1),(2)\nestimator,PPML,OLS\nrta,", 0) == 0);
    CHECK(regression_table(all, table_form::latex).find("exp\\textasciicircum{}year") !=
          std::string::npos);
    CHECK(regression_table(all, table_form::html).find("<th>log(dist)</th>") != std::string::npos);
}

TEST_CASE("both ends of a dyad share one list of members") {
    const tables::table t = table_of(small_trade());
    specification s;
    s.formula = "trade ~ rta | exp^year + imp^year";
    s.dyadic = "exp + imp";
    s.offset = "log(pop)";
    const auto made = specify(t, s);
    REQUIRE_MESSAGE(made, made.error().sentence());
    REQUIRE((*made)->m.clusters.size() == 2);
    CHECK((*made)->m.clusters[0].levels == 5);
    CHECK((*made)->m.offset[0] == doctest::Approx(std::log(2.0)));
}
