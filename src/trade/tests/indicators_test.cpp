// Ratios of sums, beside small cases worked out by hand, and their laws.

#include "trade/indicators.hpp"

#include <rapidcheck.h>

#include "trade/dependence.hpp"
#include "trade/refusal.hpp"
#include "trade/tests/shared.hpp"

using namespace veche;
using namespace veche::trade;
using namespace veche::trade::testing;

namespace {

goods_matrix matrix_of(std::vector<std::vector<double>> rows) {
    goods_matrix out;
    for (std::size_t a = 0; a < rows.size(); ++a) {
        out.areas.push_back("a" + std::to_string(a));
        out.values.insert(out.values.end(), rows[a].begin(), rows[a].end());
    }
    for (std::size_t p = 0; p < rows[0].size(); ++p) out.products.push_back(std::to_string(p));
    return out;
}

}  // namespace

TEST_CASE("T21: a toy world") {
    const advantage_table t = advantages(matrix_of({{50, 50}, {25, 375}}));
    CHECK(near(t.rca(0, 0), 10.0 / 3));
    CHECK(near(t.rca(0, 1), 10.0 / 17));
    CHECK(near(t.rca(1, 0), 5.0 / 12));
    CHECK(near(t.rca(1, 1), 1.1029411764705883));
    CHECK(near(t.symmetric(0, 0), 7.0 / 13));
    CHECK(near(t.normalised(0, 0), 50.0 / 500 - 0.2 * 0.15));
    const std::vector<double> x = {80};
    const std::vector<double> m = {40};
    CHECK(near(grubel_lloyd(x, m).value(), 2.0 / 3));
    const std::vector<double> xs = {80, 10};
    const std::vector<double> ms = {40, 90};
    CHECK(near(grubel_lloyd(xs, ms).value(), .4545454545454546));
}

TEST_CASE("ratios keep their sums, and have no value where nothing divides them") {
    const std::vector<double> parts = {3, 1, 0};
    const concentration h = concentration_of(parts);
    CHECK(h.n == 2);
    CHECK(near(h.index(), 0.625));
    CHECK(near(h.normalised(), 0.25));
    CHECK(near(h.effective(), 1.6));
    const std::vector<double> nothing = {0, 0};
    CHECK(std::isnan(concentration_of(nothing).index()));
    const std::vector<double> single = {7};
    CHECK(std::isnan(concentration_of(single).normalised()));
    const std::vector<double> pair = {1, 3};
    CHECK(std::isnan(complementarity(nothing, pair)));
    CHECK(std::isnan(export_similarity(pair, nothing)));
    CHECK(near(complementarity(pair, pair), 100));
    const std::vector<double> other = {3, 1};
    CHECK(near(complementarity(pair, other), 50));
    CHECK(near(export_similarity(pair, other), 0.5));
    CHECK(std::isnan(grubel_lloyd(nothing, nothing).value()));
    const auto growth = growth_contributions(pair, other);
    CHECK(near(growth[0].value(), 0.5));
    CHECK(near(growth[1].value(), -0.5));
    CHECK(near(intensity{20, 100, 30, 400, 100}.value(), 2));
    CHECK(near(intensity{20, 100, 30, 400, 100}.simple(), 0.2 / 0.075));
}

TEST_CASE("advantages weighted by the share in the world add up to 1, normalised ones to 0") {
    CHECK(rc::check([] {
        const auto rows = *rc::gen::inRange(2, 6);
        const auto columns = *rc::gen::inRange(2, 6);
        std::vector<std::vector<double>> cells;
        for (int a = 0; a < rows; ++a) {
            cells.emplace_back();
            for (int p = 0; p < columns; ++p)
                cells.back().push_back(static_cast<double>(*rc::gen::inRange(1, 1000)));
        }
        const advantage_table t = advantages(matrix_of(cells));
        for (std::size_t p = 0; p < t.products.size(); ++p) {
            double weighted = 0;
            double normalised = 0;
            for (std::size_t a = 0; a < t.areas.size(); ++a) {
                weighted += t.of_area[a] / t.world * t.rca(a, p);
                normalised += t.normalised(a, p);
                RC_ASSERT(t.symmetric(a, p) > -1 && t.symmetric(a, p) < 1);
            }
            RC_ASSERT(near(weighted, 1, 1e-12));
            RC_ASSERT(std::abs(normalised) < 1e-12);
        }
        const concentration h = concentration_of(cells[0]);
        RC_ASSERT(h.index() >= 1 / static_cast<double>(h.n) - 1e-12 && h.index() <= 1);
        const double similar = export_similarity(cells[0], cells[1]);
        RC_ASSERT(near(similar, export_similarity(cells[1], cells[0])));
        // The two measures of likeness are one: 100 FK = complementarity.
        RC_ASSERT(near(100 * similar, complementarity(cells[0], cells[1])));
        double growth = 0;
        for (const quotient& one : growth_contributions(cells[0], cells[1])) growth += one.value();
        double before = 0;
        double after = 0;
        for (const double one : cells[0]) before += one;
        for (const double one : cells[1]) after += one;
        RC_ASSERT(near(growth, after / before - 1));
    }));
}

TEST_CASE("unit values are of rows with a known quantity in one unit alone") {
    const imported made = imported_from(
        "reporterCode,partnerCode,flowCode,period,classificationCode,cmdCode,qty,qtyUnitAbbr,"
        "netWgt,isNetWgtEstimated,primaryValue\n"
        "1,2,X,2020,H5,010121,5,u,100,false,1000\n1,3,X,2020,H5,010121,5,u,50,true,700\n"
        "1,4,X,2020,H5,010121,2,u,,false,300\n1,5,X,2020,H5,010121,,,300,false,3000\n");
    const flow_list& f = *made.flows;
    const auto price = unit_value_of(f, std::vector<std::uint8_t>(f.size(), 1));
    REQUIRE(price.has_value());
    CHECK(price->quantity_unit == "kg");
    CHECK(price->rows == 2);
    CHECK(near(price->price(), 10));
    CHECK(price->rows_left_out == 2);
    CHECK(price->value_left_out == 1000);
    CHECK_FALSE(unit_value_of(f, std::vector<std::uint8_t>(f.size(), 0)).has_value());
}

TEST_CASE("dependence parts imports into union and third countries, declared or mirrored") {
    const std::string text =
        "ReporterISO3,PartnerISO3,Year,TradeFlowName,ProductCode,value_kusd\n"
        "A,B,2020,Import,010121,60\nA,X,2020,Import,010121,40\nA,X,2020,Import,870421,100\n"
        "B,X,2020,Export,870421,80\nB,A,2020,Export,010121,55\nB,A,2020,Export,870421,5\n"
        "X,A,2020,Export,870421,90\nX,C,2020,Export,010121,500\nX,C,2020,Export,020110,500\n";
    const imported made = imported_from(text);
    dependence_scope scope;
    scope.member = "A";
    scope.members = {"A", "B"};
    const auto table = dependence_of(*made.flows, scope);
    REQUIRE(table.has_value());
    CHECK_FALSE(table->mirrored);
    REQUIRE(table->products.size() == 2);
    CHECK(near(table->products[0].on_union().value(), 0.6));
    CHECK(table->products[0].largest == "B");
    CHECK(table->products[1].on_third().value() == 1);
    CHECK(near(table->all.on_third().value(), 0.7));
    scope.digits = 2;
    CHECK(dependence_of(*made.flows, scope)->products[1].product == "87");
    scope.member = "C";
    const auto mirrored = dependence_of(*made.flows, scope);
    REQUIRE(mirrored.has_value());
    CHECK(mirrored->mirrored);
    CHECK(mirrored->all.from_third == 1000);
    scope.member = "Z";
    CHECK(dependence_of(*made.flows, scope).error().code() == refusals::name_unknown.code);
    const auto found = substitutions(*made.flows, {"2020", {"A", "B"}, 1, 0});
    REQUIRE(found.has_value());
    REQUIRE(found->size() == 1);
    CHECK(found->front().product == "870421");
    CHECK(found->front().seller == "B");
    CHECK(found->front().bought_from_third == 100);
    CHECK(found->front().sold_to_third == 80);
    CHECK(found->front().amount() == 80);
    CHECK(found->front().advantage > 1);
}

TEST_CASE("T20: South Africa and its union in BACI") {
    const auto file = shared_file("baci_hs17_2020_zaf_afg.csv");
    if (!file) return;
    const auto made = import_file(*file, {});
    const flow_list& f = *made->flows;
    const std::pair<const char*, double> partners[] = {
        {"72", 1339112.594}, {"426", 457575.898}, {"516", 1195726.437}, {"748", 558901.1}};
    const std::int32_t exporter = code_of(f.areas, "710");
    std::vector<double> by_partner(f.areas.size(), 0);
    std::vector<std::uint8_t> trucks(f.size(), 0);
    for (std::size_t i = 0; i < f.size(); ++i) {
        if (f.reporter[i] != exporter) continue;
        by_partner[static_cast<std::size_t>(f.partner[i])] += f.value[i];
        trucks[i] =
            f.partner[i] == code_of(f.areas, "72") && f.product[i] == code_of(f.products, "870421");
    }
    for (const auto& [partner, value] : partners)
        CHECK(near(by_partner[static_cast<std::size_t>(code_of(f.areas, partner))], value));
    CHECK(near(concentration_of(by_partner).index(), .05512090825233301));
    const auto price = unit_value_of(f, trucks);
    CHECK(near(price->price(), 9.944609, 1e-6));
    matrix_scope scope;
    scope.partners = {"72", "426", "516", "748"};
    scope.digits = 2;
    const auto chapters = goods_of(f, scope);
    REQUIRE(chapters.has_value());
    const auto row = static_cast<std::size_t>(code_of(chapters->areas, "710"));
    const auto chapter = [&](const char* code) {
        return chapters->at(row, static_cast<std::size_t>(code_of(chapters->products, code)));
    };
    CHECK(near(chapter("87"), 359066.087));
    CHECK(near(chapter("84"), 333263.041));
    const std::vector<double> values(
        chapters->values.begin() + static_cast<std::ptrdiff_t>(row * chapters->products.size()),
        chapters->values.begin() +
            static_cast<std::ptrdiff_t>((row + 1) * chapters->products.size()));
    CHECK(near(concentration_of(values).index(), .03851998555067995));
}
