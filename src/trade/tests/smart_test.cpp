// Tariffs changed in one market; barriers and what they cost.

#include "trade/smart.hpp"

#include <rapidcheck.h>

#include "trade/barriers.hpp"
#include "trade/refusal.hpp"
#include "trade/tests/shared.hpp"

using namespace veche;
using namespace veche::trade;
using namespace veche::trade::testing;

namespace {

smart_line example_line() {
    smart_line out;
    out.market = "M";
    out.product = "870421";
    out.import_elasticity = -1.5;
    out.partners = {{"A", 100, .10, 0, std::nullopt}, {"B", 300, .10, .10, std::nullopt}};
    return out;
}

smart_result result_of(const std::vector<smart_line>& lines) {
    auto made = smart(lines);
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    return *std::move(made);
}

}  // namespace

TEST_CASE("T22: creation, diversion and revenue of one tariff taken away") {
    const smart_result out = result_of({example_line()});
    CHECK(near(out.all.creation, 13.636363636363637));
    CHECK(near(out.all.diversion, 10.227272727272728));
    CHECK(near(out.lines[0].partners[0].imports_after, 100 + 23.863636363636367));
    CHECK(near(out.all.revenue_before, 40));
    CHECK(near(out.all.revenue_after, 28.977272727272727));
    CHECK(near(out.all.welfare, 0.05 * 13.636363636363637));
    CHECK_FALSE(out.all.capped);
    smart_line line = example_line();
    line.supply_elasticity = 99;
    CHECK(near(result_of({line}).all.creation, 13.432835820895523));
    line.supply_elasticity = 2;
    CHECK(near(result_of({line}).all.creation, 7.792207792207792));
}

TEST_CASE("what one partner gains by diversion others lose, and no flow falls below zero") {
    CHECK(rc::check([] {
        smart_line line;
        line.import_elasticity = -static_cast<double>(*rc::gen::inRange(1, 60)) / 10;
        line.sigma = static_cast<double>(*rc::gen::inRange(0, 120)) / 10;
        const auto n = *rc::gen::inRange(1, 6);
        for (int i = 0; i < n; ++i)
            line.partners.push_back(
                {std::to_string(i), static_cast<double>(*rc::gen::inRange(0, 1000)),
                 static_cast<double>(*rc::gen::inRange(0, 150)) / 100,
                 static_cast<double>(*rc::gen::inRange(0, 150)) / 100, std::nullopt});
        const auto made = smart({line});
        RC_ASSERT(made.has_value());
        double diversion = 0;
        double size = 1;
        for (const smart_change& one : made->lines[0].partners) {
            diversion += one.diversion;
            size += one.imports_before;
            RC_ASSERT(one.imports_after >= 0);
            RC_ASSERT(
                near(one.imports_after, one.imports_before + one.creation + one.diversion, 1e-9));
        }
        RC_ASSERT(std::abs(diversion) < 1e-9 * size);
        // The tariffs as they were change nothing.
        for (smart_partner& one : line.partners) one.after = one.before;
        const auto same = smart({line});
        RC_ASSERT(same->all.creation == 0 && same->all.diversion == 0);
        RC_ASSERT(near(same->all.revenue_before, same->all.revenue_after));
    }));
}

TEST_CASE("diversion stops at what the others sell") {
    smart_line line = example_line();
    line.sigma = 100;
    const smart_result out = result_of({line});
    CHECK(near(out.lines[0].partners[0].diversion, 300));
    CHECK(near(out.lines[0].partners[1].imports_after, 0));
    smart_line other = example_line();
    other.partners[0].sigma = 3;
    CHECK(near(result_of({other}).all.diversion, 2 * 10.227272727272728));
}

TEST_CASE("lines come from a file, in the unit that the analyst states") {
    const std::string text =
        "market,product,partner,imports,before,after,elasticity\n"
        "M,870421,A,100,10,0,-1.5\nM,870421,B,300,10,10,-1.5\nN,010121,A,7,5,0,\n";
    std::vector<remark> odd;
    const auto lines = read_smart(text, tariff_unit::percent, odd);
    REQUIRE_MESSAGE(lines.has_value(), lines.error().sentence());
    CHECK(odd.empty());
    const smart_result out = result_of(*lines);
    CHECK(near(out.all.creation, 13.636363636363637));
    CHECK(out.without_elasticity == words{"N 010121"});
    CHECK(out.imports_without_elasticity == 7);
    CHECK(read_smart(text, tariff_unit::fraction, odd).has_value());
    REQUIRE(odd.size() == 1);
    CHECK(odd[0].code == "trade.fraction_meant");
    CHECK(odd[0].args == words{"1000"});
    CHECK(read_smart("market,product,partner,imports,before,after\nM,1,A,1,,0\n",
                     tariff_unit::percent, odd)
              .error()
              .code() == refusals::tariff_missing.code);
    const auto grid = sensitivity(*lines, {0.5, 1, 2});
    REQUIRE(grid->size() == 9);
    CHECK(near((*grid)[4].creation, out.all.creation));
    CHECK(near((*grid)[8].creation, 2 * out.all.creation));
    CHECK(near((*grid)[8].diversion, 2 * out.all.diversion));
}

TEST_CASE("elasticities of the wrong sign and impossible tariffs are refused") {
    struct spoilt {
        void (*line)(smart_line&);
        const refusal_kind& why;
    };
    const spoilt all[] = {
        {[](smart_line& l) { l.import_elasticity = 0; }, refusals::import_elasticity_unsound},
        {[](smart_line& l) { l.sigma = -1; }, refusals::substitution_unsound},
        {[](smart_line& l) { l.supply_elasticity = -2; }, refusals::supply_elasticity_unsound},
        {[](smart_line& l) { l.partners[0].imports = -1; }, refusals::imports_unsound},
        {[](smart_line& l) { l.partners[0].before = -1; }, refusals::tariff_unsound},
        {[](smart_line& l) { l.partners[0].after = std::nan(""); }, refusals::tariff_unsound},
        {[](smart_line& l) { l.partners[0].sigma = -1; }, refusals::substitution_unsound}};
    for (const spoilt& one : all) {
        smart_line line = example_line();
        one.line(line);
        CHECK(smart({line}).error().code() == one.why.code);
    }
}

TEST_CASE("the trade that a barrier touches has its share, its lines and its mirror") {
    import_options options;
    const imported made = imported_from(
        "ReporterISO3,PartnerISO3,Year,TradeFlowName,Nomenclature,ProductCode,value_kusd\n"
        "A,B,2019,Import,H5,040110,30\nA,B,2019,Import,H5,040120,10\n"
        "A,B,2019,Import,H5,870421,60\nA,X,2019,Import,H5,040110,500\n"
        "A,B,2020,Import,H5,040110,20\nA,B,2020,Import,H5,870421,20\n"
        "B,A,2019,Export,H5,040110,33\nB,A,2019,Export,H5,870421,50\n"
        "A,B,2020,Import,H4,040110,999\nA,C,2019,Import,H5,040110,\n");
    const auto out = trade_touched(*made.flows, {"A", {"B", "C"}, "H5", {"0401"}});
    REQUIRE_MESSAGE(out.has_value(), out.error().sentence());
    REQUIRE(out->periods.size() == 2);
    CHECK(out->periods[0].value == 40);
    CHECK(out->periods[0].mirror == 33);
    CHECK(near(out->periods[0].coverage.value(), 0.4));
    CHECK(near(out->periods[0].frequency().value(), 2.0 / 3));
    CHECK(out->periods[0].rows_missing == 1);
    CHECK(near(out->periods[1].coverage.value(), 0.5));
    CHECK_FALSE(out->periods[1].mirror.has_value());
    CHECK(out->other_vintage_rows == 1);
    CHECK(out->silent == words{"C"});
    // B declares no imports: what A sells to it is known by A alone, and nothing is zero.
    const auto other = trade_touched(*made.flows, {"B", {"A"}, "H5", {"04"}});
    CHECK(other.error().code() == refusals::barrier_untouched.code);
    const imported silent = imported_from(
        "ReporterISO3,PartnerISO3,Year,TradeFlowName,Nomenclature,ProductCode,value_kusd\n"
        "B,A,2019,Export,H5,040110,33\nB,A,2019,Export,H5,870421,99\n");
    const auto mirrored = trade_touched(*silent.flows, {"A", {"B"}, "H5", {"04"}});
    REQUIRE(mirrored.has_value());
    CHECK_FALSE(mirrored->periods[0].value.has_value());
    CHECK(mirrored->periods[0].known() == 33);
    CHECK(near(mirrored->periods[0].coverage.value(), 0.25));
    CHECK(trade_touched(*made.flows, {"A", {"B"}, "H6", {"04"}}).error().code() ==
          refusals::name_unknown.code);
    CHECK(trade_touched(*made.flows, {"Q", {"B"}, "H5", {"04"}}).error().code() ==
          refusals::name_unknown.code);
}

TEST_CASE("trends, tariff equivalents and ranks") {
    const auto steady = trend_of({2018, 2019, 2020, 2021}, {100, 110, 0, 133.1});
    REQUIRE(steady.has_value());
    CHECK(near(steady->growth, 0.1));
    CHECK(steady->error < 1e-9);
    CHECK(steady->years_left_out == 1);
    CHECK(trend_of({2018, 2019}, {1, 2}).error().code() == refusals::trend_short.code);
    CHECK(trend_of({2018, 2018, 2018}, {1, 2, 3}).error().code() == refusals::trend_one_year.code);
    const auto rate = tariff_equivalent_of(0.4, 0.1, 5);
    REQUIRE(rate.has_value());
    CHECK(near(rate->rate, std::exp(0.1) - 1));
    CHECK(near(rate->low, std::exp((0.4 - 1.959963984540054 * 0.1) / 4) - 1));
    CHECK(tariff_equivalent_of(0.4, 0.1, 1).error().code() == refusals::sigma_low.code);
    CHECK(tariff_equivalent_of(0.4, -1, 5).error().code() == refusals::estimate_unsound.code);
    CHECK(tariff_equivalent_of(0.4, 0.1, 5, 0.5).error().code() == refusals::level_unknown.code);
    std::vector<barrier_cost> all = {{"b", 100, *tariff_equivalent_of(0.4, 0.1, 5)},
                                     {"z", 1e6, std::nullopt},
                                     {"a", 100, *tariff_equivalent_of(0.4, 0.2, 5)},
                                     {"c", 500, *tariff_equivalent_of(0.2, 0.1, 5)}};
    rank_by_cost(all);
    words order;
    for (const barrier_cost& one : all) order.push_back(one.id + std::to_string(one.rank));
    CHECK(order == words{"c1", "a2", "b2", "z0"});
    CHECK(all[1].cost_low < all[1].cost);
    CHECK(all[1].cost < all[1].cost_high);
}
