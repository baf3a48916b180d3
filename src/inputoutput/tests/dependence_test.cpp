// Who depends on whom, beside the full inverse; links that stop.

#include "inputoutput/dependence.hpp"

#include <algorithm>
#include <cmath>

#include "inputoutput/extraction.hpp"
#include "inputoutput/tests/shared.hpp"

using namespace veche;
using namespace veche::inputoutput;
using namespace veche::inputoutput::testing;

namespace {

const circle north_with_south{"north", "south", {}};

double lost_upstream(const extraction& e) {
    double out = 0;
    for (const region_loss& one : e.regions) out += one.upstream;
    return out;
}

}  // namespace

TEST_CASE("direct and total dependence of a sector are told by role and by region") {
    const table t = small_table();
    const leontief_system s = system_or_fail(t);
    const trade_view view = view_or_fail(s);
    const auto d = depend(view, north_with_south, "goods");
    REQUIRE(d.has_value());
    CHECK(d->output == 90);
    CHECK(d->inputs == 52);
    CHECK(d->direct[0] == doctest::Approx(30.0 / 52));
    CHECK(d->direct[1] == doctest::Approx(7.0 / 52));
    CHECK(d->direct[2] == 0);
    CHECK(d->direct[3] == doctest::Approx(15.0 / 52));
    CHECK(d->own_value_added == doctest::Approx(38.0 / 90));
    CHECK(d->total[0] + d->total[1] + d->total[3] == doctest::Approx(1).epsilon(1e-14));
    CHECK(d->total[0] > d->own_value_added);
    const double foreign = 22;
    CHECK(d->concentration_direct == doctest::Approx((7 * 7 + 15 * 15) / (foreign * foreign)));
    REQUIRE(d->sources.size() == 3);
    CHECK(d->sources[0].region == "north");
    // What north buys of sea's goods, south makes too.
    REQUIRE(d->from_third.size() == 2);
    const replaceable_input& goods = d->from_third[0];
    CHECK(goods.sector == "goods");
    CHECK(goods.bought == 12);
    CHECK(goods.largest_source == "sea");
    CHECK(goods.largest_share == 1);
    REQUIRE(goods.makers.size() == 2);
    CHECK(goods.makers[0].region == "south");
    CHECK(goods.makers[0].output == 170);
    CHECK(goods.makers[0].exports_outside == 8 + 2 + 12);
    CHECK(goods.covered_outside == doctest::Approx((22.0 + 3 + 1 + 5) / 12));
}

TEST_CASE("paths are the value that comes over the border last from each region") {
    const table t = small_table();
    const leontief_system s = system_or_fail(t);
    const trade_view view = view_or_fail(s);
    const auto d = depend(view, north_with_south, "services");
    REQUIRE(d.has_value());
    // Plain: v B A(k,north) L(north), column 1.
    plain a = zeros(6, 6), own = zeros(6, 6);
    for (std::size_t i = 0; i < 6; ++i)
        for (std::size_t j = 0; j < 6; ++j) {
            a[i][j] = s.a(i, j);
            if (i < 2 && j < 2) own[i][j] = a[i][j];
        }
    const plain b = inverse_of_rest(a), local = inverse_of_rest(own);
    double all = 0;
    for (const path& one : d->paths) {
        const std::size_t last = one.last == "south" ? 1 : 2;
        const std::size_t origin = one.origin == "north" ? 0 : one.origin == "south" ? 1 : 2;
        long double expected = 0;
        for (std::size_t i = 0; i < 6; ++i)
            for (std::size_t k = 0; k < 6; ++k)
                for (std::size_t n = 0; n < 2; ++n)
                    if (s.region_of(i) == origin && s.region_of(k) == last)
                        expected += s.value_added()[i] * b[i][k] * a[k][n] * local[n][1];
        CHECK(one.share == doctest::Approx(static_cast<double>(expected)).epsilon(1e-12));
        all += one.share;
    }
    CHECK(d->paths.size() == 6);
    CHECK(std::is_sorted(d->paths.begin(), d->paths.end(),
                         [](const path& x, const path& y) { return x.share > y.share; }));
    // What never left home, and what came in, are all there is.
    long double stayed = 0;
    for (std::size_t i = 0; i < 2; ++i) stayed += s.value_added()[i] * local[i][1];
    CHECK(all + static_cast<double>(stayed) == doctest::Approx(1).epsilon(1e-13));
    CHECK(d->through_others > 0);
    CHECK(depend(view, north_with_south, "services", 2)->paths.size() == 2);
}

TEST_CASE("roles and sectors that do not fit are refused") {
    const table t = small_table();
    const leontief_system s = system_or_fail(t);
    const trade_view view = view_or_fail(s);
    CHECK(depend(view, {"north", "north", {}}, "goods").error().code() ==
          "inputoutput.members_overlap");
    CHECK(depend(view, {"moon", "", {}}, "goods").error().code() == "inputoutput.region_unknown");
    CHECK(depend(view, {"north", "", {}}, "gods").error().code() == "inputoutput.sector_unknown");
    const table empty = read_or_fail(",a|x,b|x,a|use\na|x,0,0,0\nb|x,0,1,2\n");
    const leontief_system none = system_or_fail(empty);
    CHECK(depend(view_or_fail(none), {"a", "", {}}, "x").error().code() ==
          "inputoutput.nothing_made");
}

TEST_CASE("stopping nothing changes nothing") {
    const table t = small_table();
    const leontief_system s = system_or_fail(t);
    const auto e = extract(s, {});
    REQUIRE(e.has_value());
    for (const producer_loss& one : e->producers) {
        CHECK(std::abs(one.upstream) < 1e-10);
        CHECK(std::abs(one.downstream) < 1e-10);
        CHECK(one.inputs_lost == 0);
    }
}

TEST_CASE("a link that stops is traced up and down as the full inverses say") {
    const table t = small_table();
    const leontief_system s = system_or_fail(t);
    const auto e = extract(s, {{"sea", "goods", "north", "", 0.5, true}});
    REQUIRE(e.has_value());
    CHECK(e->flows_stopped == 8);
    CHECK(e->final_use_stopped == 4.5);
    CHECK(e->producers[0].inputs_lost == doctest::Approx(6.0 / 52));
    plain a = zeros(6, 6), h = zeros(6, 6);
    std::vector<long double> f(6), w(6);
    for (std::size_t i = 0; i < 6; ++i) {
        w[i] = s.value_added()[i] * s.output()[i];
        for (std::size_t r = 0; r < 3; ++r) f[i] += s.final_use()(i, r);
        for (std::size_t j = 0; j < 6; ++j) {
            const double z = t.z(i, j) * (i == 4 && j < 2 ? 0.5 : 1);
            a[i][j] = z / s.output()[j];
            h[i][j] = z / s.output()[i];
        }
    }
    f[4] -= 4.5;
    const plain l = inverse_of_rest(a), g = inverse_of_rest(h);
    for (std::size_t k = 0; k < 6; ++k) {
        long double up = 0, down = 0;
        for (std::size_t n = 0; n < 6; ++n) {
            up += l[k][n] * f[n];
            down += w[n] * g[n][k];
        }
        CHECK(e->producers[k].upstream ==
              doctest::Approx(s.output()[k] - static_cast<double>(up)).epsilon(1e-10));
        CHECK(e->producers[k].downstream ==
              doctest::Approx(s.output()[k] - static_cast<double>(down)).epsilon(1e-10));
    }
    CHECK(e->caveats.size() == 3);
}

TEST_CASE(
    "links that overlap count once, and a partner's whole supply is the sum of its sectors'") {
    const table t = small_table();
    const leontief_system s = system_or_fail(t);
    const auto whole = extract(s, {{"sea", "", "north", "", 1, false}});
    const auto parts = extract(s, {{"sea", "goods", "north", "", 1, false},
                                   {"sea", "services", "north", "goods", 1, false},
                                   {"sea", "services", "north", "", 1, false},
                                   {"sea", "", "north", "services", 0.5, false}});
    REQUIRE(whole.has_value());
    REQUIRE(parts.has_value());
    CHECK(whole->flows_stopped == 25);
    CHECK(parts->flows_stopped == 25);
    CHECK(lost_upstream(*whole) == doctest::Approx(lost_upstream(*parts)));
    // Inside a region only where both ends name it.
    CHECK(extract(s, {{"sea", "", "", "", 1, false}})->flows_stopped ==
          12 + 4 + 15 + 5 + 3 + 6 + 4 + 9);
    CHECK(extract(s, {{"sea", "", "sea", "", 1, false}})->flows_stopped == 60 + 20 + 18 + 80);
    CHECK(extract(s, {{"sea", "", "north", "", 1.5, false}}).error().code() ==
          "inputoutput.share_out_of_range");
    CHECK(extract(s, {{"sea", "", "n", "", 1, false}}).error().code() ==
          "inputoutput.region_unknown");
}
