// General equilibrium: the vector T12, laws, bad input.

#include "gravity/equilibrium.hpp"

#include <cmath>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "gravity/tests/data.hpp"
#include "numerics/random_stream.hpp"

using namespace veche;
using namespace veche::gravity;
using namespace veche::gravity::testing;

namespace {

world random_world(std::uint64_t seed, std::size_t n) {
    numerics::random_stream random(seed);
    world w;
    for (std::size_t i = 0; i < n; ++i) {
        w.names.push_back(std::to_string(i));
        w.output.push_back(std::exp(random.normal()));
        w.expenditure.push_back(w.output.back() * (0.8 + 0.4 * random.uniform()));
    }
    for (std::size_t i = 0; i < n * n; ++i) {
        w.before.push_back(i % (n + 1) == 0 ? 1 : std::exp(-2 - random.normal()));
        w.after.push_back(w.before.back() * (i % (n + 1) == 0 ? 1 : 1 + random.uniform()));
    }
    w.sigma = 3 + 4 * random.uniform();
    return w;
}

}  // namespace

TEST_CASE("T12: trade without borders, 69 countries, closure W") {
    const auto table = trade_table("agtpa_applications.csv");
    if (!table) {
        MESSAGE("no agtpa_applications.csv beside the tree: skipped");
        return;
    }
    const text_table t =
        table->where([&](std::size_t i) { return table->cell("year", i) == "2006"; });
    const coded from = code_of(t.columns.at("exporter"));
    const std::vector<double> trade = t.numbers("trade");
    const std::vector<double> dist = t.numbers("dist");
    const std::vector<double> cntg = t.numbers("cntg");
    world w;
    w.names = from.names;
    const std::size_t n = w.names.size();
    REQUIRE(n == 69);
    w.output.resize(n);
    w.expenditure.resize(n);
    w.before.resize(n * n);
    w.after.resize(n * n);
    std::map<std::string, std::size_t> at;
    for (std::size_t i = 0; i < n; ++i) at[w.names[i]] = i;
    const double b[] = {-.7912879096959007, .6736455716642591, -2.4744504558444165};
    for (std::size_t r = 0; r < t.rows; ++r) {
        const std::size_t i = at[t.cell("exporter", r)];
        const std::size_t j = at[t.cell("importer", r)];
        w.output[i] += trade[r];
        w.expenditure[j] += trade[r];
        const double plain = std::log(dist[r]) * b[0] + cntg[r] * b[1];
        w.after[i * n + j] = std::exp(plain);
        w.before[i * n + j] = std::exp(plain + (i == j ? 0 : b[2]));
    }
    w.reference = at["DEU"];
    const auto e = solve(w);
    REQUIRE_MESSAGE(e, why(e));
    CHECK(e->residual < 1e-12);
    CHECK(e->iterations < 100);
    struct expected {
        const char* name;
        double price, real_gdp, index, exports;
    };
    for (const expected& one :
         {expected{"ARG", 32.1515077995, 49.0640615491, -11.3458291515, 118.1188923992},
          expected{"AUS", 21.3351173627, 28.6979517289, -5.7210190739, 300.1838360231}}) {
        const country_effect& c = e->countries[at[one.name]];
        CHECK(c.price == doctest::Approx(one.price).epsilon(1e-9).scale(1));
        CHECK(c.real_gdp == doctest::Approx(one.real_gdp).epsilon(1e-9).scale(1));
        CHECK(c.price_index == doctest::Approx(one.index).epsilon(1e-9).scale(1));
        CHECK(c.exports == doctest::Approx(one.exports).epsilon(1e-9).scale(1));
    }
    w.close = closure::deficit;
    const auto d = solve(w);
    REQUIRE_MESSAGE(d, why(d));
    CHECK(std::abs(d->countries[at["ARG"]].real_gdp - 49.0640615491) > 0.01);
}

TEST_CASE("laws of equilibrium") {
    CHECK(rc::check("unchanged costs change nothing; units do not matter; markets clear", [] {
        const auto seed = *rc::gen::inRange<std::uint64_t>(1, 100'000);
        world w = random_world(seed, 5);
        w.close = static_cast<closure>(*rc::gen::inRange(0, 3));
        if (w.close == closure::deficit)
            for (std::size_t i = 0; i < 5; ++i)
                w.expenditure[i] = w.output[i] * (1 + 0.02 * (i % 2 == 0 ? 1 : -1));
        const auto made = solve(w);
        RC_ASSERT(static_cast<bool>(made));
        world larger = w;
        for (double& one : larger.output) one *= 1000;
        for (double& one : larger.expenditure) one *= 1000;
        const auto again = solve(larger);
        RC_ASSERT(static_cast<bool>(again));
        for (std::size_t i = 0; i < 5; ++i)
            RC_ASSERT(std::abs(made->countries[i].real_gdp - again->countries[i].real_gdp) < 1e-8);
        // Flows add up to output at the new prices.
        for (std::size_t i = 0; i < 5; ++i) {
            double sales = 0;
            for (std::size_t j = 0; j < 5; ++j) sales += made->flows_after[i * 5 + j];
            const double output = w.output[i] * (1 + made->countries[i].price / 100);
            RC_ASSERT(std::abs(sales / output - 1) < 1e-9);
        }
        w.after = w.before;
        const auto still = solve(w);
        RC_ASSERT(static_cast<bool>(still));
        for (const country_effect& c : still->countries) {
            RC_ASSERT(std::abs(c.real_gdp) < 1e-8);
            RC_ASSERT(std::abs(c.exports) < 1e-8);
            RC_ASSERT(std::abs(c.conditional_welfare) < 1e-8);
        }
    }));
}

TEST_CASE("draws give the same band for the same seed, around the effect") {
    world w = random_world(8, 4);
    uncertain_costs u;
    u.b = {-0.8, 0.4};
    u.v = {0.01, 0.002, 0.002, 0.02};
    numerics::random_stream random(3);
    for (std::size_t i = 0; i < 16; ++i) {
        const double far = i % 5 == 0 ? 0.5 : 1 + random.uniform();
        u.before.insert(u.before.end(), {far, 0.0});
        u.after.insert(u.after.end(), {far, i % 5 == 0 ? 0.0 : 1.0});
        w.before[i] = std::exp(u.b[0] * far);
        w.after[i] = std::exp(u.b[0] * far + (i % 5 == 0 ? 0 : u.b[1]));
    }
    u.draws = 200;
    const auto e = solve(w);
    const auto one = intervals(w, u);
    const auto other = intervals(w, u);
    REQUIRE_MESSAGE(e, why(e));
    REQUIRE_MESSAGE(one, why(one));
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK((*one)[i].real_gdp.low == (*other)[i].real_gdp.low);
        CHECK((*one)[i].real_gdp.low < e->countries[i].real_gdp);
        CHECK((*one)[i].real_gdp.high > e->countries[i].real_gdp);
    }
}

TEST_CASE("a world that cannot be is refused") {
    world w = random_world(1, 3);
    w.sigma = 1;
    CHECK(solve(w).error().code() == "gravity.sigma_too_low");
    w.sigma = 5;
    w.before[4] = -1;
    CHECK(solve(w).error().code() == "gravity.not_positive");
    w.before.pop_back();
    CHECK(solve(w).error().code() == "gravity.length_differs");
    w.reference = 3;
    CHECK(solve(w).error().code() == "gravity.world_too_small");
}

TEST_CASE("a surplus that would leave less than nothing to spend is refused") {
    world w;
    w.names = {"a", "b"};
    w.output = {0.385071, 5.97114};
    w.expenditure = {0.372454, 6.56018};
    w.before = {85.9508, 0.0492223, 0.224783, 2316.36};
    w.after = {85.9508, 0.0173686, 0.157702, 2316.36};
    w.sigma = 1.40891;
    w.close = closure::deficit;
    const auto made = solve(w);
    REQUIRE_FALSE(made);
    CHECK(made.error().code() == "gravity.not_positive");
    w.close = closure::world;
    CHECK(solve(w));
}

TEST_CASE("worlds of unlike countries that buy almost all at home are solved, in few steps") {
    int steps = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        numerics::random_stream random(seed);
        const auto n = static_cast<std::size_t>(2 + 20 * random.uniform());
        const double tail = 0.5 + 2.5 * random.uniform();
        const double home = std::exp(8 * random.uniform());
        world w;
        w.sigma = 1.2 + 10 * random.uniform();
        w.close = seed % 2 == 0 ? closure::world : closure::balanced;
        for (std::size_t i = 0; i < n; ++i) {
            w.names.push_back(std::to_string(i));
            w.output.push_back(std::exp(tail * random.normal()));
            w.expenditure.push_back(w.output.back() * (0.9 + 0.2 * random.uniform()));
        }
        for (std::size_t i = 0; i < n * n; ++i) {
            const bool inside = i % (n + 1) == 0;
            w.before.push_back(std::exp(tail * random.normal()) * (inside ? home : 1));
            w.after.push_back(w.before.back() * (inside ? 1 : std::exp(random.normal())));
        }
        const auto made = solve(w);
        REQUIRE_MESSAGE(made, seed << ": " << why(made));
        CHECK(made->residual < 1e-12);
        steps += made->iterations + made->conditional_iterations;
    }
    // Without extrapolation it is ten times as many.
    CHECK(steps < 10'000);
}
