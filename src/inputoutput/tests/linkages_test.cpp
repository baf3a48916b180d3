// Multipliers and footprints beside plain formulas, and pymrio's test table.

#include "inputoutput/linkages.hpp"

#include <cmath>

#include "inputoutput/footprint.hpp"
#include "inputoutput/refusal.hpp"
#include "inputoutput/tests/shared.hpp"

using namespace veche;
using namespace veche::inputoutput;
using namespace veche::inputoutput::testing;

namespace {

plain coefficients(const leontief_system& s, bool allocation) {
    plain out = zeros(s.size(), s.size());
    for (std::size_t i = 0; i < s.size(); ++i)
        for (std::size_t j = 0; j < s.size(); ++j)
            out[i][j] = s.data().z(i, j) / (allocation ? s.output()[i] : s.output()[j]);
    return out;
}

}  // namespace

TEST_CASE("linkages are sums of the rows and columns of the inverses") {
    const table t = small_table();
    const leontief_system s = system_or_fail(t);
    const plain l = inverse_of_rest(coefficients(s, false));
    const plain g = inverse_of_rest(coefficients(s, true));
    const auto all = linkages(s);
    double backward = 0, index = 0;
    for (std::size_t k = 0; k < s.size(); ++k) {
        long double column = 0, row = 0, ghosh = 0, home = 0;
        for (std::size_t n = 0; n < s.size(); ++n) {
            column += l[n][k];
            row += l[k][n];
            ghosh += g[k][n];
            if (s.region_of(n) == s.region_of(k)) home += l[n][k];
        }
        CHECK(all[k].backward == doctest::Approx(static_cast<double>(column)).epsilon(1e-13));
        CHECK(all[k].backward_home == doctest::Approx(static_cast<double>(home)).epsilon(1e-13));
        CHECK(all[k].forward == doctest::Approx(static_cast<double>(row)).epsilon(1e-13));
        CHECK(all[k].ghosh == doctest::Approx(static_cast<double>(ghosh)).epsilon(1e-13));
        backward += all[k].backward;
        index += all[k].backward_index;
    }
    CHECK(index == doctest::Approx(6));
    CHECK(all[2].backward_index == doctest::Approx(all[2].backward * 6 / backward));
    CHECK(all[2].label == "south|goods");
}

TEST_CASE("producers without output do not count in the means") {
    const table t = read_or_fail(
        ",a|x,b|x,c|x,a|use\n"
        "a|x,5,1,0,4\n"
        "b|x,1,1,0,8\n"
        "c|x,0,0,0,0\n");
    const auto all = linkages(system_or_fail(t));
    CHECK(all[2].backward == 1);
    CHECK(all[2].backward_index == 0);
    CHECK(all[0].backward_index + all[1].backward_index == doctest::Approx(2));
}

TEST_CASE("footprints are kept between who makes and who uses") {
    table t = small_table();
    REQUIRE(read_extension(t,
                           {"air",
                            ",north|goods,north|services,south|goods,south|services,sea|goods,"
                            "sea|services\nsoot,9,1,20,2,50,3\n",
                            ",north|use,south|use,sea|use\nsoot,1,2,4\n", ""},
                           {})
                .has_value());
    const leontief_system s = system_or_fail(t);
    const auto made = footprints(s, "air");
    REQUIRE(made.has_value());
    const footprint& soot = made->at(0);
    CHECK(soot.production[0] == doctest::Approx(11));
    CHECK(soot.production[2] == doctest::Approx(57));
    CHECK(soot.direct[1] == 2);
    double consumption = 0;
    for (std::size_t r = 0; r < 3; ++r) {
        consumption += soot.consumption[r];
        CHECK(soot.consumption[r] ==
              doctest::Approx(soot.production[r] - soot.exports[r] + soot.imports[r]));
    }
    CHECK(consumption == doctest::Approx(92));
    // By the full inverse.
    const plain l = inverse_of_rest(coefficients(s, false));
    const double f[] = {9, 1, 20, 2, 50, 3};
    long double south = 2;
    for (std::size_t i = 0; i < 6; ++i)
        for (std::size_t j = 0; j < 6; ++j)
            south += f[i] / s.output()[i] * l[i][j] * s.final_use()(j, 1);
    CHECK(soot.consumption[1] == doctest::Approx(static_cast<double>(south)).epsilon(1e-13));
    CHECK(footprints(s, "water").error().code() == "inputoutput.extension_unknown");
}

TEST_CASE("pymrio's test table comes out as pymrio has it (T14)") {
    const auto z = public_data("pymrio_test_Z.csv"), y = public_data("pymrio_test_Y.csv");
    const auto f = public_data("pymrio_test_emissions_F.csv");
    const auto added = public_data("pymrio_test_factor_inputs_F.csv");
    if (!z || !y || !f || !added) return;
    table t = read_or_fail(*z);
    REQUIRE(t.size() == 48);
    REQUIRE(read_final(t, *y, {}).has_value());
    REQUIRE(read_extension(t, {"emissions", *f, "", ""}, {}).has_value());
    REQUIRE(read_extension(t, {"factors", *added, "", ""}, {}).has_value());
    const leontief_system s = system_or_fail(t);
    double x = 0;
    for (const double one : s.output()) x += one;
    CHECK(x == doctest::Approx(3324005349.3050327).epsilon(1e-14));
    numerics::dense l(48, 48);
    for (std::size_t k = 0; k < 48; ++k) l(k, k) = 1;
    s.outputs_for(l);
    double sum = 0, largest = 0;
    for (const double one : l.cells) {
        sum += one;
        largest = std::max(largest, one);
    }
    CHECK(l(0, 0) == doctest::Approx(1.1101020720270822).epsilon(1e-14));
    CHECK(sum == doctest::Approx(55.119616504790216).epsilon(1e-13));
    CHECK(largest == doctest::Approx(1.244839187744518).epsilon(1e-14));
    const auto m = stressor_multipliers(s, t.extensions[0], 0);
    const double expected[] = {10.864853841217718, 25.99882614391084, .12731207329533822,
                               111.89712029350208};
    for (std::size_t k = 0; k < 4; ++k) CHECK(m[k] == doctest::Approx(expected[k]).epsilon(1e-13));
    const auto air = footprints(s, "emissions");
    REQUIRE(air.has_value());
    // pymrio's accounts hold F_Y too, which the files at hand do not: 571278300 in reg6 and
    // 62335321 in reg1, by its own figures.
    CHECK(air->at(0).production[5] == doctest::Approx(854409105.0 - 571278300).epsilon(1e-12));
    CHECK(std::abs(air->at(0).consumption[0] - (207752104.43 - 62335321)) < 0.005);
    const auto all = linkages(s);
    double backward = 0;
    for (const auto& one : all) backward += one.backward;
    CHECK(backward == doctest::Approx(sum).epsilon(1e-13));
}
