// Random bits beside published ones, draws beside their laws, lanes beside single draws.

#include "numerics/binomial.hpp"

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "numerics/distributions.hpp"
#include "numerics/eights.hpp"
#include "numerics/elementary.hpp"
#include "numerics/gamma_distribution.hpp"
#include "numerics/philox.hpp"
#include "numerics/random_stream.hpp"
#include "source_dir.hpp"

using namespace veche::numerics;

namespace {

/// Pearson's statistic of counts beside what is expected; cells that expect fewer than five are put
/// together with the next.
struct fit {
    double statistic = 0;
    int cells = 0;
};
fit fit_of(const std::vector<double>& counts, const std::vector<double>& expected) {
    fit out;
    double seen = 0, due = 0;
    for (std::size_t k = 0; k < counts.size(); ++k) {
        seen += counts[k];
        due += expected[k];
        if (due < 5 && k + 1 < counts.size()) continue;
        if (due <= 0) continue;
        out.statistic += (seen - due) * (seen - due) / due;
        ++out.cells;
        seen = due = 0;
    }
    return out;
}

/// Wilson and Hilferty: the statistic as a standard normal one.
double normal_score(const fit& of) {
    const double free = of.cells - 1;
    const double third = std::cbrt(of.statistic / free);
    return (third - (1 - 2 / (9 * free))) / std::sqrt(2 / (9 * free));
}

double log_choose(double n, double k) {
    return log_gamma(n + 1) - log_gamma(k + 1) - log_gamma(n - k + 1);
}

constexpr int many = 200'000;

}  // namespace

TEST_CASE("Philox gives the words that its authors publish") {
    CHECK(philox({0, 0, 0, 0}, {0, 0}) ==
          philox_counter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    constexpr std::uint32_t ones = 0xffffffff;
    CHECK(philox({ones, ones, ones, ones}, {ones, ones}) ==
          philox_counter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    CHECK(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
          philox_counter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("all published words of philox4x32, of seven rounds and of ten") {
    const char* elsewhere = std::getenv("VECHE_SHARED");
    std::ifstream in(std::filesystem::path(
                         elsewhere != nullptr ? elsewhere : veche::source_dir() + "/../shared") /
                     "data/health/rng/random123_kat_vectors.txt");
    if (!in) {
        MESSAGE("skipped: the published words are not at hand");
        return;
    }
    int compared = 0;
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string name;
        int rounds = 0;
        if (!(words >> name >> rounds) || name != "philox4x32") continue;
        philox_counter c{}, expected{};
        philox_key k{};
        words >> std::hex;
        for (auto* word : {&c[0], &c[1], &c[2], &c[3], &k[0], &k[1]}) words >> *word;
        for (auto& word : expected) words >> word;
        REQUIRE(words);
        CHECK(philox(c, k, rounds) == expected);
        ++compared;
    }
    CHECK(compared == 6);
}

TEST_CASE("binomial draws follow their law") {
    const double cases[][2] = {{1, 0.3},      {7, 0.5},    {30, 0.02},  {40, 0.24},  {40, 0.26},
                               {1000, 0.003}, {25, 0.45},  {25, 0.9},   {300, 0.4},  {300, 0.97},
                               {5000, 0.02},  {2e6, 4e-6}, {2e6, 6e-6}, {1e7, 1e-3}, {12, 1e-3},
                               {20, 0.6},     {1e9, 2e-8}, {600, 0.999}};
    std::uint32_t stream = 0;
    for (const auto& [n, p] : cases) {
        ++stream;
        const double mean = n * p, sd = std::sqrt(n * p * (1 - p));
        const double low = std::max(0.0, std::floor(mean - 8 * sd - 8));
        const double high = std::min(n, std::ceil(mean + 8 * sd + 12));
        std::vector<double> counts(static_cast<std::size_t>(high - low) + 1), expected(counts);
        for (std::size_t k = 0; k < counts.size(); ++k) {
            const double x = low + static_cast<double>(k);
            expected[k] =
                many * std::exp(log_choose(n, x) + x * std::log(p) + (n - x) * std::log1p(-p));
        }
        const chance of = chance_of(p);
        for (std::uint32_t draw = 0; draw < many; ++draw) {
            const double x = binomial(n, of, {12, draw, 3, 4, stream});
            REQUIRE(x >= low);
            REQUIRE(x <= high);
            counts[static_cast<std::size_t>(x - low)] += 1;
        }
        const double score = normal_score(fit_of(counts, expected));
        CAPTURE(n);
        CAPTURE(p);
        CHECK(score < 3.5);
        CHECK(score > -3.5);
    }
}

TEST_CASE("hypergeometric draws follow their law") {
    const double cases[][3] = {{5, 7, 4},       {40, 60, 9},        {40, 60, 30},
                               {900, 100, 300}, {12, 3000, 500},    {3000, 12, 500},
                               {500, 500, 990}, {20000, 50000, 800}};
    std::uint32_t stream = 50;
    for (const auto& [good, bad, drawn] : cases) {
        ++stream;
        std::vector<double> counts(static_cast<std::size_t>(std::min(good, drawn)) + 1),
            expected(counts);
        for (std::size_t k = 0; k < counts.size(); ++k) {
            const auto x = static_cast<double>(k);
            if (drawn - x <= bad)
                expected[k] = many * std::exp(log_choose(good, x) + log_choose(bad, drawn - x) -
                                              log_choose(good + bad, drawn));
        }
        for (std::uint32_t draw = 0; draw < many; ++draw) {
            const double x = hypergeometric(good, bad, drawn, {7, draw, 1, 1, stream});
            REQUIRE(x >= std::max(0.0, drawn - bad));
            REQUIRE(x <= std::min(good, drawn));
            counts[static_cast<std::size_t>(x)] += 1;
        }
        const double score = normal_score(fit_of(counts, expected));
        CAPTURE(good);
        CAPTURE(drawn);
        CHECK(score < 3.5);
        CHECK(score > -3.5);
    }
}

TEST_CASE("chances of hazards lose nothing where these are small") {
    for (const double hazard : {0.0, 1e-300, 1e-18, 1e-9, 1e-4, 0.1, 0.69, 0.7, 2.0, 30.0, 800.0}) {
        const chance made = chance_of_hazard(hazard);
        const double p = made.least < 0 ? 1 + made.least : made.least;
        CHECK(p == doctest::Approx(-std::expm1(-hazard)).epsilon(1e-14));
        CHECK(std::abs(made.least) <= 0.5);
        CHECK(made.log_rest == doctest::Approx(std::log1p(-std::abs(made.least))).epsilon(1e-13));
    }
    for (const double p : {0.0, 1e-12, 5e-4, 0.003, 0.5, 0.51, 1.0}) {
        const chance made = chance_of(p);
        CHECK((made.least < 0 ? 1 + made.least : made.least) == doctest::Approx(p));
        CHECK(made.log_rest == doctest::Approx(std::log1p(-std::abs(made.least))).epsilon(1e-13));
    }
    CHECK(binomial(9, chance_of(1), {}) == 9);
    CHECK(binomial(9, chance_of(0), {}) == 0);
    CHECK(binomial(0, chance_of(0.4), {}) == 0);
}

TEST_CASE("lanes of every width give the bits of single draws") {
    constexpr std::size_t regions = 150;
    random_stream random(5);
    std::vector<double> hazard(regions * runs_aside), n(hazard), least(n), rest(n), out(n);
    for (const eights* lanes : all_eights()) {
        CAPTURE(lanes->name);
        for (std::uint32_t day = 0; day < 40; ++day) {
            for (std::size_t c = 0; c < n.size(); ++c) {
                n[c] = std::floor(exponential(18 * random.uniform()) - 1);
                hazard[c] = random.uniform() < 0.05 ? 0 : exponential(6 - 22 * random.uniform());
            }
            lanes->chances(hazard.data(), 0.3, regions, least.data(), rest.data());
            lanes->binomials({regions, n.data(), least.data(), rest.data(), false, 77, 16, day, 4},
                             out.data());
            std::size_t unlike = 0;
            for (std::size_t r = 0; r < regions; ++r)
                for (std::size_t l = 0; l < runs_aside; ++l) {
                    const std::size_t c = r * runs_aside + l;
                    const chance of = chance_of_hazard(hazard[c] * 0.3);
                    unlike += of.least != least[c] || of.log_rest != rest[c];
                    unlike += out[c] != binomial(n[c], of,
                                                 {77, static_cast<std::uint32_t>(16 + l),
                                                  static_cast<std::uint32_t>(r), day, 4});
                }
            REQUIRE(unlike == 0);
        }
    }
}

TEST_CASE("products and sums of every width have the bits of plain ones") {
    random_stream random(6);
    for (const std::size_t n : {1, 4, 7, 37, 100}) {
        dense k(n, n);
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j <= i; ++j) k(i, j) = k(j, i) = random.uniform();
        std::vector<double> x(n * runs_aside), one(n), out(x), out_one(one), sums(one);
        for (std::size_t c = 0; c < x.size(); ++c) x[c] = c % 3 == 0 ? 0 : random.uniform();
        for (std::size_t l = 0; l < runs_aside; ++l) x[l] = 0;
        for (double& v : one) v = random.uniform();
        const double factors[2] = {0.25, 3};
        const double* terms[2] = {one.data(), k.cells.data()};
        for (const eights* lanes : all_eights()) {
            CAPTURE(lanes->name);
            lanes->weigh(k, x.data(), out.data());
            lanes->weigh_one(k, one.data(), out_one.data());
            lanes->combine(one.data(), 0.5, factors, terms, 2, n, sums.data());
            for (std::size_t i = 0; i < n; ++i) {
                double plain = 0;
                for (std::size_t j = 0; j < n; ++j) plain += k(i, j) * one[j];
                CHECK(out_one[i] == plain);
                CHECK(sums[i] == one[i] + 0.5 * (one[i] * 0.25 + k.cells[i] * 3));
                for (std::size_t l = 0; l < runs_aside; ++l) {
                    double sum = 0;
                    for (std::size_t j = 0; j < n; ++j) sum += k(i, j) * x[j * runs_aside + l];
                    CHECK(out[i * runs_aside + l] == sum);
                }
            }
        }
    }
}
