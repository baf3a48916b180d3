// Accounts of value added beside literal formulas on a full inverse, and beside published figures.

#include <cmath>

#include "inputoutput/groups.hpp"
#include "inputoutput/tests/shared.hpp"

using namespace veche;
using namespace veche::inputoutput;
using namespace veche::inputoutput::testing;

namespace {

/// All that the literal formulas need: the inverse and blocks by masks.
struct literal {
    explicit literal(const leontief_system& s) : in(s), n(s.size()), a(zeros(n, n)) {
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j) a[i][j] = s.a(i, j);
        b = inverse_of_rest(a);
    }
    [[nodiscard]] std::size_t region(std::size_t i) const { return in.region_of(i); }
    /// a with rows of `from` and columns of `to` alone.
    [[nodiscard]] plain block(const plain& of, std::size_t from, std::size_t to) const {
        plain out = zeros(n, n);
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j)
                if (region(i) == from && region(j) == to) out[i][j] = of[i][j];
        return out;
    }
    [[nodiscard]] plain final_block(std::size_t from, std::size_t to) const {
        plain out = zeros(n, 1);
        for (std::size_t i = 0; i < n; ++i)
            if (region(i) == from) out[i][0] = in.final_use()(i, to);
        return out;
    }
    /// Inverse with the exports of intermediates of s struck out.
    [[nodiscard]] plain without_exports_of(std::size_t s) const {
        plain cut = a;
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j)
                if (region(i) == s && region(j) != s) cut[i][j] = 0;
        return inverse_of_rest(cut);
    }
    /// v of region t as a row.
    [[nodiscard]] plain added(std::size_t t) const {
        plain out = zeros(1, n);
        for (std::size_t i = 0; i < n; ++i)
            if (region(i) == t) out[0][i] = in.value_added()[i];
        return out;
    }
    const leontief_system& in;
    std::size_t n;
    plain a, b;
};

void check_sums(const decomposition& d) {
    double terms = 0;
    for (const double one : d.totals) terms += one;
    CHECK(terms == doctest::Approx(d.exports).epsilon(1e-12));
    CHECK(std::abs(d.left_over) <= 1e-11 * std::max(1.0, d.exports));
    for (std::size_t r = 0; r < d.by_partner.rows; ++r) {
        double to = 0;
        for (std::size_t t = 0; t < d.terms.size(); ++t) to += d.by_partner(r, t);
        CHECK(to == doctest::Approx(d.exports_to[r]).epsilon(1e-11));
    }
}

leontief_system miller_blair(table& into) {
    into = read_or_fail(
        ",one|a,one|b,one|use\n"
        "one|a,150,500,350\n"
        "one|b,200,100,1700\n");
    return system_or_fail(into);
}

}  // namespace

TEST_CASE("the example of Miller and Blair comes out (T15)") {
    table t;
    const leontief_system s = miller_blair(t);
    CHECK(s.a(0, 1) == 0.25);
    numerics::dense l(2, 2);
    l(0, 0) = l(1, 1) = 1;
    s.outputs_for(l);
    CHECK(l(0, 0) == doctest::Approx(1.254125412541254).epsilon(1e-14));
    CHECK(l(0, 1) == doctest::Approx(.33003300330033).epsilon(1e-14));
    CHECK(l(1, 0) == doctest::Approx(.264026402640264).epsilon(1e-14));
    CHECK(l(1, 1) == doctest::Approx(1.122112211221122).epsilon(1e-14));
    std::vector<double> x = {600, 1500};
    s.outputs_for(x);
    CHECK(x[0] == doctest::Approx(1247.5247524752474).epsilon(1e-14));
    CHECK(x[1] == doctest::Approx(1841.5841584158416).epsilon(1e-14));
    CHECK(s.residual() < 1e-14);
}

TEST_CASE("origins add up to one, output is what final use needs, on the small table") {
    const table t = small_table();
    const leontief_system s = system_or_fail(t);
    const trade_view view = view_or_fail(s);
    for (std::size_t j = 0; j < s.size(); ++j) {
        double sum = 0, output = 0;
        for (std::size_t r = 0; r < s.regions(); ++r) {
            sum += view.origins()(j, r);
            output += view.by_use()(j, r);
        }
        CHECK(sum == doctest::Approx(1).epsilon(1e-14));
        CHECK(output == doctest::Approx(s.output()[j]).epsilon(1e-13));
    }
    const numerics::dense used = value_added_used(view);
    CHECK(used(0, 0) + used(0, 1) + used(0, 2) == doctest::Approx(38 + 70));
}

TEST_CASE("each account's terms add up to gross exports, and methods agree where they must") {
    table t = small_table();
    for (const bool joined : {false, true}) {
        if (joined) REQUIRE(join_regions(t, "union", {"north", "south"}).has_value());
        const leontief_system s = system_or_fail(t);
        const trade_view view = view_or_fail(s);
        const numerics::dense used = value_added_used(view);
        for (std::size_t r = 0; r < s.regions(); ++r) {
            const auto k = kww(view, r), w = wwz(view, r);
            const auto source = *borin_mancini(view, r, counted::source);
            const auto sink = *borin_mancini(view, r, counted::sink);
            for (const auto* one : {&k, &w, &source, &sink}) check_sums(*one);
            double vax = 0;
            for (std::size_t to = 0; to < s.regions(); ++to)
                if (to != r) vax += used(r, to);
            CHECK(source.totals[0] == doctest::Approx(vax));
            CHECK(k.totals[0] + k.totals[1] + k.totals[2] == doctest::Approx(vax));
            for (std::size_t term = 0; term < 5; ++term)
                CHECK(source.totals[term] == doctest::Approx(sink.totals[term]).epsilon(1e-12));
            const auto p = *participation(view, r);
            CHECK(p.forward >= -1e-12);
            CHECK(p.gvc == doctest::Approx(p.backward + p.forward));
            const auto o = oecd(view, r);
            CHECK(o.exgr_dva == doctest::Approx(p.domestic_content));
            CHECK(o.exgr_ddc + o.exgr_idc + o.exgr_rim == doctest::Approx(o.exgr_dva));
            CHECK(o.ffd_dva == doctest::Approx(vax));
        }
    }
}

TEST_CASE("accounts equal the literal formulas on a full inverse") {
    const table t = small_table();
    const leontief_system in = system_or_fail(t);
    const trade_view view = view_or_fail(in);
    const literal l(in);
    for (std::size_t s = 0; s < 3; ++s) {
        const auto k = kww(view, s);
        const auto source = *borin_mancini(view, s, counted::source);
        const auto sink = *borin_mancini(view, s, counted::sink);
        const plain home = times(l.added(s), l.b);
        const plain n = l.without_exports_of(s);
        long double third = 0, sixth = 0, fva = 0;
        plain foreign = zeros(1, l.n);
        for (std::size_t f = 0; f < 3; ++f)
            if (f != s)
                for (std::size_t j = 0; j < l.n; ++j) foreign[0][j] += times(l.added(f), n)[0][j];
        for (std::size_t j = 0; j < l.n; ++j) {
            if (l.region(j) == s) fva += foreign[0][j] * in.exports()[j];
            for (std::size_t to = 0; to < 3; ++to)
                if (l.region(j) != s && to != s && to != l.region(j))
                    third += home[0][j] * in.final_use()(j, to);
        }
        plain exports = zeros(l.n, 1);
        for (std::size_t j = 0; j < l.n; ++j)
            if (l.region(j) == s) exports[j][0] = in.exports()[j];
        const plain local = inverse_of_rest(l.block(l.a, s, s));
        for (std::size_t r = 0; r < 3; ++r)
            if (r != s)
                sixth += times(home, times(l.block(l.a, r, s), times(local, exports)))[0][0];
        CHECK(k.totals[2] == doctest::Approx(static_cast<double>(third)).epsilon(1e-12));
        CHECK(k.totals[5] == doctest::Approx(static_cast<double>(sixth)).epsilon(1e-12));
        CHECK(source.totals[3] == doctest::Approx(static_cast<double>(fva)).epsilon(1e-12));
        // Sink, by partner: v B (Y(s,r) + A(s,r) N Y'), Y' without the exports of s.
        plain rest = zeros(l.n, 1);
        for (std::size_t j = 0; j < l.n; ++j)
            for (std::size_t to = 0; to < 3; ++to)
                if (l.region(j) != s || to == s) rest[j][0] += in.final_use()(j, to);
        const plain after = times(n, rest);
        for (std::size_t r = 0; r < 3; ++r) {
            if (r == s) continue;
            const plain inputs = times(l.block(l.a, s, r), after);
            long double dva = 0;
            for (std::size_t j = 0; j < l.n; ++j)
                if (l.region(j) == s) dva += home[0][j] * (in.final_use()(j, r) + inputs[j][0]);
            CHECK(sink.by_partner(r, 0) + sink.by_partner(r, 1) ==
                  doctest::Approx(static_cast<double>(dva)).epsilon(1e-12));
        }
    }
}

TEST_CASE("terms of WWZ equal the literal formulas by partner") {
    const table t = small_table();
    const leontief_system in = system_or_fail(t);
    const trade_view view = view_or_fail(in);
    const literal l(in);
    const std::size_t s = 0, r = 1, u = 2;
    const auto w = wwz(view, s);
    const plain local = inverse_of_rest(l.block(l.a, s, s));
    const plain to = l.block(l.a, s, r);
    const auto value = [&](const plain& last) {
        return static_cast<double>(times(l.added(s), times(local, times(to, last)))[0][0]);
    };
    const auto through = [&](std::size_t from, std::size_t by, std::size_t use) {
        return times(l.block(l.b, from, by), l.final_block(by, use));
    };
    CHECK(w.by_partner(r, 1) == doctest::Approx(value(through(r, r, r))));
    CHECK(w.by_partner(r, 2) == doctest::Approx(value(through(r, u, u))));
    CHECK(w.by_partner(r, 3) == doctest::Approx(value(through(r, r, u))));
    CHECK(w.by_partner(r, 4) == doctest::Approx(value(through(r, u, r))));
    CHECK(w.by_partner(r, 5) == doctest::Approx(value(through(r, r, s))));
    CHECK(w.by_partner(r, 6) == doctest::Approx(value(through(r, u, s))));
    CHECK(w.by_partner(r, 7) == doctest::Approx(value(through(r, s, s))));
    CHECK(w.by_partner(r, 8) == doctest::Approx(value(through(r, s, r)) + value(through(r, s, u))));
}

TEST_CASE("leather of Argentina, Turkey and Germany comes out as decompr has it (T16)") {
    const auto text = public_data("leather_3x3_mrio.csv");
    if (!text) return;
    const table t = read_or_fail(*text);
    CHECK(t.finals.at(2).category == "F");
    const leontief_system s = system_or_fail(t);
    std::vector<double> first(9), last(9);
    first[0] = last[8] = 1;
    s.outputs_for(first);
    s.outputs_for(last);
    CHECK(first[0] == doctest::Approx(1.27635980861048726).epsilon(1e-14));
    CHECK(last[8] == doctest::Approx(1.37281089143723722).epsilon(1e-14));
    CHECK(s.value_added()[0] == doctest::Approx(.673101673101673).epsilon(1e-14));
    CHECK(s.value_added()[1] == doctest::Approx(.569468267581475).epsilon(1e-14));
    CHECK(s.value_added()[2] == doctest::Approx(.321052631578947).epsilon(1e-14));
    CHECK(value_added_in_exports(s, 0)(0, 0) ==
          doctest::Approx(28.5227814321609472).epsilon(1e-14));
    CHECK(value_added_in_exports(s, 2)(8, 2) == doctest::Approx(34.743819240685411).epsilon(1e-14));
}

TEST_CASE("exports of Spain and China come out as exvatools has them (T17)") {
    const auto text = public_data("exvatools_iciotest_data.csv");
    if (!text) return;
    reading how;
    how.parts = parts_of_icio();
    const table t = read_or_fail(*text, how);
    const leontief_system s = system_or_fail(t);
    const trade_view view = view_or_fail(s);
    const std::size_t spain = *region_in(t, "ESP");
    const auto p = *participation(view, spain);
    const auto same = [](double got, double printed) {
        CHECK_MESSAGE(std::abs(got - printed) <= 0.0051, got << " beside " << printed);
    };
    same(p.exports, 4666.96);
    same(p.domestic_content, 2165.17);
    same(p.dva, 1880.60);
    same(p.vax, 1624.18);
    same(p.ref, 256.41);
    same(p.ddc, 284.58);
    same(p.foreign_content, 2501.78);
    same(p.fva, 2176.21);
    same(p.fdc, 325.58);
    same(p.gvc, 4034.25);
    const auto w = wwz(view, spain);
    same(w.totals[10] + w.totals[11] + w.totals[13] + w.totals[14], 854.62);
    same(w.totals[12] + w.totals[15], 1647.16);
    const auto china = *participation(view, *region_in(t, "CHN"));
    same(china.exports, 8575.51);
    same(china.dva, 3469.40);
    for (std::size_t r = 0; r < s.regions(); ++r) check_sums(kww(view, r));
}

TEST_CASE(
    "a region that uses up its own output has no account, though the world's system has one") {
    // In a alone inputs are as large as output; with what b brings in, the whole has a solution.
    const table t = read_or_fail(
        ",a|x,b|x,a|use,b|use\n"
        "a|x,10,-5,5,0\n"
        "b|x,4,2,1,3\n");
    const leontief_system s = system_or_fail(t);
    const auto made = trade_view::of(s);
    REQUIRE(!made.has_value());
    CHECK(made.error().code() == "inputoutput.not_productive");
    CHECK(made.error().args[0] == "a|x");
}

TEST_CASE("what goes to a producer without output counts as final use, and the accounts add up") {
    const table t = read_or_fail(
        ",one|a,one|b,two|a,one|use,two|use\n"
        "one|a,1,2,3,4,5\n"
        "one|b,0,0,0,0,0\n"
        "two|a,1,6,1,1,4\n");
    const leontief_system s = system_or_fail(t);
    CHECK(s.output()[1] == 0);
    CHECK(s.final_use()(0, 0) == 6);
    CHECK(s.final_use()(2, 0) == 7);
    CHECK(s.intermediate_use()(2, 0) == 1);
    CHECK(s.residual() < 1e-14);
    const auto view = trade_view::of(s);
    REQUIRE(view);
    for (std::size_t r = 0; r < 2; ++r) {
        check_sums(kww(*view, r));
        check_sums(wwz(*view, r));
    }
}
