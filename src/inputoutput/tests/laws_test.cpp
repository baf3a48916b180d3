// What must hold for every table, on tables made up by chance.

#include <cmath>

#include <rapidcheck.h>

#include "inputoutput/balance.hpp"
#include "inputoutput/extraction.hpp"
#include "inputoutput/groups.hpp"
#include "inputoutput/tests/shared.hpp"

using namespace veche;
using namespace veche::inputoutput;
using namespace veche::inputoutput::testing;

namespace {

table any_table() {
    table t;
    const auto regions = *rc::gen::inRange<std::size_t>(2, 5);
    const auto sectors = *rc::gen::inRange<std::size_t>(1, 4);
    for (std::size_t r = 0; r < regions; ++r) {
        t.regions.push_back("r" + std::to_string(r));
        t.finals.push_back({static_cast<std::uint32_t>(r), "use"});
    }
    for (std::size_t s = 0; s < sectors; ++s) t.sectors.push_back("s" + std::to_string(s));
    for (std::uint32_t r = 0; r < regions; ++r)
        for (std::uint32_t s = 0; s < sectors; ++s) t.producers.push_back({r, s, ""});
    const std::size_t n = t.size();
    t.z = numerics::dense(n, n);
    t.y = numerics::dense(n, regions);
    // Some flows are missing altogether; final use is large enough for the system to have a
    // solution.
    for (double& cell : t.z.cells)
        cell = *rc::gen::inRange(0, 3) == 0 ? 0 : *rc::gen::inRange(0, 100);
    for (double& cell : t.y.cells) cell = *rc::gen::inRange(50, 500);
    return t;
}

bool near(double a, double b, double scale) {
    return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(scale));
}

double sum_of_terms(const decomposition& d) {
    double out = 0;
    for (const double one : d.totals) out += one;
    return out;
}

}  // namespace

TEST_CASE("for any table the accounts add up, x = L f, and origins make one") {
    CHECK(rc::check([] {
        const table t = any_table();
        const auto made = leontief_system::of(t);
        RC_PRE(made.has_value());
        const leontief_system& s = *made;
        const trade_view view = view_or_fail(s);
        double all = 0;
        for (const double x : s.output()) all += x;
        for (std::size_t j = 0; j < s.size(); ++j) {
            double origins = 0, output = 0;
            for (std::size_t r = 0; r < s.regions(); ++r) {
                origins += view.origins()(j, r);
                output += view.by_use()(j, r);
            }
            RC_ASSERT(near(origins, 1, 1));
            RC_ASSERT(near(output, s.output()[j], all));
        }
        RC_ASSERT(s.residual() < 1e-9);
        for (std::size_t r = 0; r < s.regions(); ++r)
            for (const decomposition& d :
                 {kww(view, r), wwz(view, r), *borin_mancini(view, r, counted::source),
                  *borin_mancini(view, r, counted::sink)})
                RC_ASSERT(near(sum_of_terms(d), d.exports, all));
    }));
}

TEST_CASE("for any table the order of producers decides nothing, and a scale only scales") {
    CHECK(rc::check([] {
        const table t = any_table();
        const std::size_t n = t.size();
        table turned = t;
        const double scale = *rc::gen::inRange(1, 50);
        for (std::size_t i = 0; i < n; ++i) {
            turned.producers[n - 1 - i] = t.producers[i];
            for (std::size_t j = 0; j < n; ++j) turned.z(n - 1 - i, n - 1 - j) = scale * t.z(i, j);
            for (std::size_t k = 0; k < t.finals.size(); ++k)
                turned.y(n - 1 - i, k) = scale * t.y(i, k);
        }
        const auto a = leontief_system::of(t), b = leontief_system::of(turned);
        RC_PRE(a.has_value() && b.has_value());
        const trade_view one = view_or_fail(*a), other = view_or_fail(*b);
        for (std::size_t r = 0; r < a->regions(); ++r) {
            const auto p = wwz(one, r), q = wwz(other, r);
            for (std::size_t k = 0; k < p.terms.size(); ++k)
                RC_ASSERT(near(p.totals[k] * scale, q.totals[k], q.exports));
        }
    }));
}

TEST_CASE(
    "for any table groups keep totals, and one region has neither exports nor foreign content") {
    CHECK(rc::check([] {
        table t = any_table();
        grouping by;
        for (const std::string& one : t.sectors) by.sectors[one] = "all";
        const auto made = aggregate(t, by);
        RC_ASSERT(made.has_value());
        RC_ASSERT(near(look_at(*made).output, look_at(t).output, look_at(t).output));
        RC_ASSERT(join_regions(t, "world", std::vector<std::string>(t.regions)).has_value());
        const auto s = leontief_system::of(t);
        RC_PRE(s.has_value());
        for (const double e : s->exports()) RC_ASSERT(e == 0);
        RC_ASSERT(near(view_or_fail(*s).origins()(0, 0), 1, 1));
    }));
}

TEST_CASE("for any table more links that stop lose no less") {
    CHECK(rc::check([] {
        const table t = any_table();
        const auto s = leontief_system::of(t);
        RC_PRE(s.has_value());
        for (const double v : s->value_added()) RC_PRE(v > 0.05);
        const auto one = extract(*s, {{"r0", "", "r1", "", 0.5, false}});
        const auto two =
            extract(*s, {{"r0", "", "r1", "", 0.5, false}, {"", "s0", "r0", "", 1, true}});
        RC_ASSERT(one.has_value() && two.has_value());
        for (std::size_t k = 0; k < t.size(); ++k) {
            RC_ASSERT(two->producers[k].upstream >= one->producers[k].upstream - 1e-8);
            RC_ASSERT(two->producers[k].downstream >= one->producers[k].downstream - 1e-8);
            RC_ASSERT(one->producers[k].downstream >= -1e-8);
        }
    }));
}
