// The product space: small worlds beside plain loops, and the sample of the nineties.

#include "trade/product_space.hpp"

#include <rapidcheck.h>

#include "trade/refusal.hpp"
#include "trade/symmetric_eigen.hpp"
#include "trade/tests/shared.hpp"

using namespace veche;
using namespace veche::trade;
using namespace veche::trade::testing;

namespace {

/// A world in which who makes more makes rarer things too, with some noise.
goods_matrix nested_world(std::size_t areas, std::size_t products, std::uint64_t seed) {
    goods_matrix out;
    for (std::size_t a = 0; a < areas; ++a) out.areas.push_back("c" + std::to_string(100 + a));
    for (std::size_t p = 0; p < products; ++p)
        out.products.push_back("p" + std::to_string(100 + p));
    for (std::size_t a = 0; a < areas; ++a)
        for (std::size_t p = 0; p < products; ++p) {
            seed = seed * 6364136223846793005 + 1442695040888963407;
            const double noise = static_cast<double>(seed >> 40) / static_cast<double>(1U << 24);
            out.values.push_back(p * areas <=
                                         (a + 2) * products + static_cast<std::size_t>(noise * 5)
                                     ? 1 + 20 * noise
                                     : 0);
        }
    return out;
}

double slow_proximity(const product_space& s, std::size_t p, std::size_t q) {
    double both = 0;
    double first = 0;
    double second = 0;
    for (std::size_t a = 0; a < s.areas.size(); ++a) {
        both += s.made[s.place(a, p)] * s.made[s.place(a, q)];
        first += s.made[s.place(a, p)];
        second += s.made[s.place(a, q)];
    }
    return p == q ? 0 : both / std::max(first, second);
}

}  // namespace

TEST_CASE("eigenvectors are those of the matrix, of length 1 and at right angles") {
    CHECK(rc::check([] {
        const auto n = static_cast<std::size_t>(*rc::gen::inRange(1, 9));
        std::vector<double> a(n * n);
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = i; j < n; ++j)
                a[i * n + j] = a[j * n + i] = static_cast<double>(*rc::gen::inRange(-20, 21));
        const eigen_system e = symmetric_eigen(a, n);
        RC_ASSERT(e.converged);
        for (std::size_t k = 0; k < n; ++k) {
            if (k > 0) RC_ASSERT(e.values[k - 1] >= e.values[k]);
            for (std::size_t i = 0; i < n; ++i) {
                double product = 0;
                double angle = 0;
                for (std::size_t j = 0; j < n; ++j) {
                    product += a[i * n + j] * e.vectors[k * n + j];
                    angle += e.vectors[k * n + j] * e.vectors[i * n + j];
                }
                RC_ASSERT(std::abs(product - e.values[k] * e.vectors[k * n + i]) < 1e-9);
                RC_ASSERT(std::abs(angle - (i == k ? 1 : 0)) < 1e-12);
            }
        }
    }));
}

TEST_CASE("proximity, density and opportunity are what plain loops give") {
    const auto made = space_of(nested_world(9, 14, 3));
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    const product_space& s = *made;
    const std::size_t n = s.products.size();
    for (std::size_t p = 0; p < n; ++p)
        for (std::size_t q = 0; q < n; ++q)
            CHECK(near(s.proximity[p * n + q], slow_proximity(s, p, q)));
    for (std::size_t a = 0; a < s.areas.size(); ++a) {
        double opportunity = 0;
        for (std::size_t p = 0; p < n; ++p) {
            double near_made = 0;
            double all = 0;
            for (std::size_t q = 0; q < n; ++q) {
                near_made += s.made[s.place(a, q)] * slow_proximity(s, p, q);
                all += slow_proximity(s, p, q);
            }
            CHECK(near(s.density[s.place(a, p)], near_made / all));
            if (s.made[s.place(a, p)] == 0)
                opportunity += near_made / all * s.product_complexity[p];
        }
        CHECK(near(s.opportunity[a], opportunity));
    }
}

TEST_CASE("complexity has mean 0 and deviation 1, and is the mean of what a territory makes") {
    const product_space s = *space_of(nested_world(12, 20, 8));
    double sum = 0;
    double squares = 0;
    for (const double one : s.complexity) {
        sum += one;
        squares += one * one;
    }
    CHECK(std::abs(sum) < 1e-9);
    CHECK(near(squares, static_cast<double>(s.areas.size())));
    CHECK(s.sign_correlation > 0);
    CHECK(s.second_eigenvalue > s.third_eigenvalue);
    for (std::size_t a = 0; a < s.areas.size(); ++a) {
        double mean = 0;
        for (std::size_t p = 0; p < s.products.size(); ++p)
            if (s.made[s.place(a, p)] != 0)
                mean += s.product_complexity[p] / static_cast<double>(s.diversity[a]);
        CHECK(near(mean, s.complexity[a], 1e-7));
    }
    REQUIRE(s.caveats.size() == 5);
    CHECK(s.caveats[0].letter == 'a');
    CHECK(s.caveats[4].sentence.find("eigenvalues") != std::string::npos);
}

TEST_CASE("the order of territories and products changes nothing") {
    const goods_matrix m = nested_world(10, 15, 21);
    goods_matrix turned = m;
    std::reverse(turned.areas.begin(), turned.areas.end());
    std::reverse(turned.products.begin(), turned.products.end());
    std::reverse(turned.values.begin(), turned.values.end());
    const product_space a = *space_of(m);
    const product_space b = *space_of(turned);
    for (std::size_t i = 0; i < a.areas.size(); ++i)
        CHECK(near(a.complexity[i], b.complexity[a.areas.size() - 1 - i]));
}

TEST_CASE("worlds without a direction are refused instead of ranked") {
    goods_matrix apart;
    apart.areas = {"a", "b", "c", "d"};
    apart.products = {"1", "2", "3", "4"};
    apart.values = {5, 0, 0, 0, 0, 5, 0, 0, 0, 0, 5, 0, 0, 0, 0, 5};
    CHECK(space_of(apart).error().code() == refusals::eigenvalues_near.code);
    goods_matrix tiny;
    tiny.areas = {"a", "b"};
    tiny.products = {"1", "2"};
    tiny.values = {1, 2, 3, 4};
    CHECK(space_of(tiny).error().code() == refusals::space_too_small.code);
    space_options options;
    options.least_exports = 60;
    const product_space some = *space_of(nested_world(12, 20, 8), options);
    CHECK_FALSE(some.left_out.empty());
    CHECK(some.areas.size() + some.left_out.size() == 12);
}

TEST_CASE("T18: the world at the end of the nineties") {
    const auto file = shared_file("sitc4_exports_avg_1998_2000.csv");
    if (!file) return;
    import_options options;
    options.mapping = *read_mapping(
        "field,column\nreporter,country\npartner,=all\nflow,=export\nperiod,=1998-2000\n"
        "product,product\nvalue,value\nvalue_unit,=USD\nclassification,=SITC2\n");
    const auto flows = import_file(*file, options);
    REQUIRE_MESSAGE(flows.has_value(), flows.error().sentence());
    const auto exports = goods_of(*flows->flows, {});
    REQUIRE(exports.has_value());
    CHECK(advantages(*exports).world == 119740265088.0);
    const auto made = space_of(*exports);
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    const product_space& s = *made;
    const auto area = [&](const char* name) {
        return static_cast<std::size_t>(code_of(s.areas, name));
    };
    const auto product = [&](const char* code) {
        return static_cast<std::size_t>(code_of(s.products, code));
    };
    const auto rca = [&](const char* who, const char* what) {
        return s.rca[s.place(area(who), product(what))];
    };
    CHECK(near(rca("blr", "5623"), 14.325658016963725));
    CHECK(near(rca("blr", "7821"), 3.541704352523564));
    CHECK(near(rca("rus", "3330"), 1.2465295446108686));
    CHECK(near(rca("rus", "6841"), 5.4681050158665405));
    CHECK(near(rca("kaz", "3330"), 1.1978644224356572));
    CHECK(s.diversity[area("rus")] == 127);
    CHECK(s.diversity[area("blr")] == 270);
    CHECK(s.diversity[area("kaz")] == 95);
    CHECK(near(s.complexity[area("blr")], .379378561607748));
    CHECK(near(s.complexity[area("rus")], -.403396432526311));
    CHECK(near(s.complexity[area("kaz")], -1.18921287118219));
    CHECK(near(s.complexity[area("jpn")], 2.26263223291746));
    CHECK(near(s.complexity[area("deu")], 1.884378928824));
    CHECK(near(s.product_complexity[product("7284")], 5.638347153704));
    CHECK(near(s.proximity[product("7810") * s.products.size() + product("7821")],
               .6538461538461539));
    // Caveat (a), as it stands in the reference: a territory of five products comes first.
    CHECK(s.caveats[0].applies);
    CHECK(s.caveats[0].sentence.find("sgs") != std::string::npos);
}
