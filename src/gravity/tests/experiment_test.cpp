// Experiments: T12 from a table and coefficients, laws, what each experiment changes, bad input.

#include <cmath>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidcheck.h>

#include "gravity/experiment_report.hpp"
#include "gravity/experiment_text.hpp"
#include "gravity/tests/data.hpp"
#include "numerics/random_stream.hpp"
#include "tables/read_text.hpp"

using namespace veche;
using namespace veche::gravity;
using namespace veche::gravity::testing;

namespace {

tables::table flow_table(const std::string& text) {
    return *tables::sound_table(tables::read_text(text, {}));
}

/// Flows among n invented territories A, B, .., with a distance and a dummy of an agreement.
std::string invented_flows(std::uint64_t seed, std::size_t n, double unit = 1) {
    numerics::random_stream random(seed);
    std::string out = "exporter,importer,trade,dist,rta\n";
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) {
            const double dist = i == j ? 1 : 2 + 8 * random.uniform();
            const double flow = unit * std::exp(random.normal()) / dist * (i == j ? 20 : 1);
            out += fmt::format("{},{},{},{},{}\n", static_cast<char>('A' + i),
                               static_cast<char>('A' + j), flow, dist, i + j == 1 ? 1 : 0);
        }
    return out;
}

cross_section section_from(const std::string& text) {
    const auto bordered = with_border(flow_table(text), {});
    const auto made = section_of(*bordered, {}, "");
    REQUIRE_MESSAGE(made, why(made));
    return *made;
}

const std::vector<given_coefficient> three_costs = {
    {"log(dist)", -0.8, 0.05}, {"border", -1.5, 0.1}, {"rta", 0.4, 0.1}};

experiment_outcome outcome_of(const cross_section& s, std::vector<experiment> steps,
                              baseline start = baseline::fitted) {
    experiment_plan plan;
    plan.steps = std::move(steps);
    plan.start = start;
    const auto made = carry_out(s, *coefficients_given(three_costs), plan);
    REQUIRE_MESSAGE(made, why(made));
    return *made;
}

}  // namespace

TEST_CASE("T12 from the table itself: borders between all territories fall away") {
    const auto table = trade_table("agtpa_applications.csv");
    if (!table) {
        MESSAGE("no agtpa_applications.csv beside the tree: skipped");
        return;
    }
    const text_table t =
        table->where([&](std::size_t i) { return table->cell("year", i) == "2006"; });
    std::string text = "exporter,importer,trade,dist,cntg\n";
    for (std::size_t r = 0; r < t.rows; ++r)
        text += t.cell("exporter", r) + "," + t.cell("importer", r) + "," + t.cell("trade", r) +
                "," + t.cell("dist", r) + "," + t.cell("cntg", r) + "\n";
    const cross_section s = section_from(text);
    REQUIRE(s.size() == 69);
    experiment_plan plan;
    plan.reference = "DEU";
    plan.steps = {*border_removed(s, "border", {})};
    const auto made = carry_out(s,
                                *coefficients_given({{"log(dist)", -.7912879096959007, 0},
                                                     {"cntg", .6736455712643591, 0},
                                                     {"border", -2.4744504558444165, 0}}),
                                plan);
    REQUIRE_MESSAGE(made, why(made));
    CHECK(made->pairs_changed == 69 * 68);
    for (const country_effect& c : made->solved.countries) {
        if (c.name == "ARG")
            CHECK(c.real_gdp == doctest::Approx(49.0640615491).epsilon(1e-9).scale(1));
        if (c.name == "AUS")
            CHECK(c.exports == doctest::Approx(300.1838360231).epsilon(1e-9).scale(1));
    }
}

TEST_CASE("laws of experiments: no change is 0 %, units do not matter, both baselines") {
    CHECK(rc::check("laws", [] {
        const auto seed = *rc::gen::inRange<std::uint64_t>(1, 100'000);
        const auto start = static_cast<baseline>(*rc::gen::inRange(0, 2));
        const cross_section s = section_from(invented_flows(seed, 5));
        const auto still = outcome_of(s, {*cells_set(s, "rta", 0, "rta == 0")}, start);
        RC_ASSERT(still.pairs_changed == 0);
        RC_ASSERT(still.remarks.size() == 1);
        for (const country_effect& c : still.solved.countries)
            RC_ASSERT(std::abs(c.real_gdp) + std::abs(c.exports) + std::abs(c.price) < 1e-9);
        const cross_section larger = section_from(invented_flows(seed, 5, 1000));
        const auto one = outcome_of(s, {*border_removed(s, "border", {})}, start);
        const auto other = outcome_of(larger, {*border_removed(larger, "border", {})}, start);
        for (std::size_t i = 0; i < 5; ++i) {
            const double a = one.solved.countries[i].real_gdp;
            RC_ASSERT(std::abs(a - other.solved.countries[i].real_gdp) < 1e-8);
        }
    }));
}

TEST_CASE("observed trade is the trade of the section before anything changes") {
    const cross_section s = section_from(invented_flows(4, 4));
    const auto made = outcome_of(s, {*border_removed(s, "border", {})}, baseline::observed);
    for (std::size_t pair = 0; pair < 16; ++pair)
        CHECK(made.solved.flows_before[pair] == doctest::Approx(s.flows[pair]).epsilon(1e-9));
}

TEST_CASE("each experiment changes the pairs that it names, and says so") {
    const cross_section s = section_from(invented_flows(2, 4));
    const auto border = border_removed(s, "border", {"A", "C"});
    CHECK(outcome_of(s, {*border}).pairs_changed == 2);
    CHECK(border->sentence == "Borders between A and C fall away: border is 0 there.");
    const auto tariff = tariff_changed(s, {{}, {"B"}, 0, 10});
    CHECK(outcome_of(s, {*tariff}).pairs_changed == 3);
    CHECK(tariff->sentence == "The tariff on goods from all others to B goes from 0 % to 10 %.");
    // A and B have the agreement already; C joins both.
    const auto member = member_joined(s, "rta", {"C"}, {"A", "B"});
    CHECK(outcome_of(s, {*member}).pairs_changed == 4);
    CHECK(member->sentence == "C joins A and B: rta is 1 between them, both ways.");
    const auto lifted = barrier_lifted(s, {"A", "D", 12, interval{8, 16}, 0.95});
    CHECK(outcome_of(s, {*lifted}).pairs_changed == 1);
    CHECK(lifted->sentence ==
          "The barrier from A to D, worth a tariff of 12 % (8 to 16 %), is lifted; the way back "
          "stays as it is.");
    const auto values =
        values_given(s, flow_table("exporter,importer,rta,dist\nA,C,1,\nB,C,,3\nC,C,,1\n"));
    CHECK(outcome_of(s, {*values}).pairs_changed == 2);
    CHECK(
        outcome_of(s, {*cells_set(s, "dist", 1, "exporter == D & importer == A")}).pairs_changed ==
        1);
    CHECK(outcome_of(s, {*member, *lifted}).pairs_changed == 5);
}

TEST_CASE("a tariff put on and a barrier of the same height lifted undo each other") {
    const cross_section s = section_from(invented_flows(9, 3));
    const auto made = outcome_of(s, {*tariff_changed(s, {{"A"}, {"B"}, 0, 25}),
                                     *barrier_lifted(s, {"A", "B", 25, {}, 0.95})});
    for (const country_effect& c : made.solved.countries) CHECK(std::abs(c.real_gdp) < 1e-9);
    const auto alone = outcome_of(s, {*barrier_lifted(s, {"A", "B", 25, {}, 0.95})});
    CHECK(alone.solved.countries[1].real_gdp > 0);
}

TEST_CASE("a tariff of t percent is a cost of (1 + t) to the power 1 - sigma") {
    const cross_section s = section_from(invented_flows(12, 4));
    const cost_coefficients c = *coefficients_given({{"log(dist)", -0.8, 0}, {"rta", 1 - 5.5, 0}});
    experiment_plan plan;
    plan.sigma = 5.5;
    plan.steps = {*tariff_changed(s, {{"C"}, {"D"}, 5, 10})};
    const auto tariff = carry_out(s, c, plan);
    plan.steps = {*cells_set(s, "rta", std::log(1.10 / 1.05), "exporter == C & importer == D")};
    const auto cost = carry_out(s, c, plan);
    REQUIRE_MESSAGE(tariff, why(tariff));
    REQUIRE_MESSAGE(cost, why(cost));
    for (std::size_t i = 0; i < 4; ++i) {
        const double one = tariff->solved.countries[i].real_gdp;
        CHECK(one == doctest::Approx(cost->solved.countries[i].real_gdp).epsilon(1e-9));
        CHECK(std::abs(one) > 1e-6);
    }
}

TEST_CASE("an offset is a part of costs, and changes with its columns") {
    const cross_section s = section_from(invented_flows(13, 4));
    const cost_coefficients plain = *coefficients_given({{"log(dist)", -0.8, 0}, {"rta", 1, 0}});
    const cost_coefficients with = {"flow ~ log(dist)", {"log(dist)"}, {-0.8}, {}, "rta"};
    for (const baseline start : {baseline::fitted, baseline::observed}) {
        experiment_plan plan;
        plan.start = start;
        plan.steps = {*cells_set(s, "rta", 0.3, "exporter == C & importer != C")};
        const auto one = carry_out(s, plain, plan);
        const auto other = carry_out(s, with, plan);
        REQUIRE_MESSAGE(one, why(one));
        REQUIRE_MESSAGE(other, why(other));
        CHECK(other->pairs_changed == 3);
        CHECK(other->remarks.front() == "The offset rta is a part of costs.");
        for (std::size_t i = 0; i < 4; ++i)
            CHECK(one->solved.countries[i].real_gdp ==
                  doctest::Approx(other->solved.countries[i].real_gdp).epsilon(1e-9));
    }
}

TEST_CASE("a world that cannot reach balance is said not to converge") {
    // B sells nothing to A, which would have to buy all it sells at home to be balanced.
    const cross_section s = section_from(
        "exporter,importer,trade,dist,rta\nA,A,10,1,0\nA,B,5,2,0\nB,A,0,2,0\nB,B,20,1,0\n");
    experiment_plan plan;
    plan.steps = {*border_removed(s, "border", {})};
    plan.start = baseline::observed;
    plan.close = closure::balanced;
    CHECK(carry_out(s, *coefficients_given(three_costs), plan).error().code() ==
          "gravity.not_converged");
}

TEST_CASE("intervals hold the effect and do not depend on threads") {
    const cross_section s = section_from(invented_flows(11, 4));
    experiment_plan plan;
    plan.steps = {*member_joined(s, "rta", {"D"}, {"A"}),
                  *barrier_lifted(s, {"B", "C", 9, interval{4, 15}, 0.95})};
    plan.draws = 150;
    const auto made = carry_out(s, *coefficients_given(three_costs), plan);
    plan.threads = 3;
    const auto again = carry_out(s, *coefficients_given(three_costs), plan);
    REQUIRE_MESSAGE(made, why(made));
    for (std::size_t i = 0; i < 4; ++i) {
        const interval& band = made->bands[i].real_gdp;
        CHECK(band.low < made->solved.countries[i].real_gdp);
        CHECK(band.high > made->solved.countries[i].real_gdp);
        CHECK(band.low == again->bands[i].real_gdp.low);
    }
}

TEST_CASE("flows of 0 stay 0 in observed trade, and fitted trade fills them") {
    const std::string text =
        "exporter,importer,trade,dist,rta\nA,A,50,1,0\nA,B,0,3,0\nB,A,9,3,0\n"
        "B,B,40,1,0\nA,C,5,4,0\nC,A,3,4,0\nB,C,4,2,0\nC,B,6,2,0\nC,C,70,1,0\n";
    const cross_section s = section_from(text);
    const auto made = outcome_of(s, {*border_removed(s, "border", {})}, baseline::observed);
    CHECK(made.solved.flows_after[1] == 0);
    CHECK(made.remarks.back() == "Pairs that do not trade, and stay without trade: 1.");
    CHECK(outcome_of(s, {*border_removed(s, "border", {})}).solved.flows_before[1] > 0);
}

TEST_CASE("sections and experiments that cannot be are refused") {
    const auto refused_by = [](const std::string& text) {
        return std::string(section_of(flow_table(text), {}, "").error().code());
    };
    CHECK(refused_by("exporter,importer,trade\nA,A,1\nA,B,1\nB,A,1\n") == "gravity.pair_absent");
    CHECK(refused_by("exporter,importer,trade\nA,A,1\nA,A,1\n") == "gravity.pair_repeated");
    CHECK(refused_by("exporter,importer,trade\nA,A,1\nA,B,\n") == "gravity.flow_unfit");
    CHECK(refused_by("exporter,importer,trade\nA,A,1\n,B,2\n") == "gravity.end_missing");
    const cross_section s = section_from(invented_flows(1, 3));
    CHECK(border_removed(s, "border", {"X"}).error().code() == "gravity.territory_unknown");
    CHECK(border_removed(s, "wall", {}).error().code() == "tables.column_unknown");
    CHECK(cells_set(s, "trade", 1, "").error().code() == "gravity.column_fixed");
    CHECK(member_joined(s, "rta", {"A"}, {}).error().code() == "gravity.members_absent");
    CHECK(tariff_changed(s, {{}, {}, 0, -100}).error().code() == "gravity.percent_too_low");
    CHECK(barrier_lifted(s, {"A", "B", 5, interval{6, 7}, 0.95}).error().code() ==
          "gravity.interval_unfit");
    CHECK(coefficients_given({{"i(rta)", 1, 0}}).error().code() == "gravity.regressor_unknown");
    experiment_plan plan;
    const auto with = [&](const cost_coefficients& c) {
        return std::string(carry_out(s, c, plan).error().code());
    };
    CHECK(with(*coefficients_given(three_costs)) == "gravity.experiment_absent");
    plan.steps = {*border_removed(s, "border", {})};
    CHECK(with({}) == "gravity.coefficients_absent");
    CHECK(with({"trade ~ rta | exporter^importer", {"rta"}, {1}, {}, ""}) ==
          "gravity.baseline_unfit");
    CHECK(with({"trade ~ log(rta)", {"log(rta)"}, {1}, {}, ""}) == "gravity.regressor_missing");
    plan.sigma = 1;
    CHECK(with(*coefficients_given(three_costs)) == "gravity.sigma_too_low");
}

TEST_CASE("experiments are written in one line of text") {
    const cross_section s = section_from(invented_flows(6, 4));
    const auto read = [&](experiment_kind kind, const std::string& text) {
        const auto made = experiment_of(s, kind, text, 0.95);
        return made ? made->sentence : std::string(made.error().code());
    };
    using kind = experiment_kind;
    CHECK(read(kind::border, "border") ==
          "Borders between all territories fall away: border is 0 there.");
    CHECK(read(kind::border, "border: A,C") ==
          "Borders between A and C fall away: border is 0 there.");
    CHECK(read(kind::member, "rta: C, D = A") ==
          "C and D join A: rta is 1 between them, both ways.");
    CHECK(read(kind::member, "rta: C") == "gravity.text_unread");
    CHECK(read(kind::set, "rta = 0") == "rta is 0 everywhere (16 pairs).");
    CHECK(read(kind::set, "rta=0 where exporter == A & importer != exporter") ==
          "rta is 0 where exporter == A & importer != exporter (3 pairs).");
    CHECK(read(kind::set, "rta = many") == "gravity.text_unread");
    CHECK(read(kind::tariff, "* > B = 0, 10") ==
          "The tariff on goods from all others to B goes from 0 % to 10 %.");
    CHECK(read(kind::tariff, "A > B = 10") == "gravity.text_unread");
    CHECK(read(kind::tariff, "A > Z = 0, 10") == "gravity.territory_unknown");
    CHECK(read(kind::barrier, "A > D = 12, 8, 16").substr(0, 24) == "The barrier from A to D,");
    CHECK(read(kind::barrier, "A = D") == "gravity.text_unread");
    const auto given = coefficient_of("log(dist) = -0.8, 0.05");
    REQUIRE_MESSAGE(given, why(given));
    CHECK(given->name == "log(dist)");
    CHECK(given->value == -0.8);
    CHECK(given->standard_error == 0.05);
    CHECK(coefficient_of("log(dist)").error().code() == "gravity.text_unread");
}

TEST_CASE("reports of experiments say how they were computed, in each form") {
    const cross_section s = section_from(invented_flows(6, 4));
    experiment_plan plan;
    plan.steps = {*border_removed(s, "border", {})};
    plan.close = closure::deficit;
    plan.draws = 20;
    const cost_coefficients c = *coefficients_given(three_costs);
    const auto made = carry_out(s, c, plan);
    REQUIRE_MESSAGE(made, why(made));
    const experiment_report r = report(s, c, plan, *made, {"flows.csv", "ab12", "year == 1", {}});
    CHECK(r.effects.size() == 4);
    CHECK(r.coefficients_from == "given");
    const std::string text = experiment_text(r);
    for (const char* part :
         {"Closure D: deficits stay", "Sigma 7; baseline fitted", "greatest residual",
          "20 draws, seed 1", "4 territories, year == 1", "log(dist) -0.8 (0.05)", "ab12"})
        CHECK_MESSAGE(text.find(part) != std::string::npos, part);
    const text_table rows = parse_table(experiment_csv(r));
    CHECK(rows.rows == 4);
    CHECK(rows.cell("closure", 3) == "D");
    CHECK(rows.cell("real_gdp_low", 0) == r.effects[0].real_gdp.low);
    CHECK(rows.cell("coefficients", 0) ==
          "log(dist) -0.8 (0.05); border -1.5 (0.1); rta 0.4 (0.1)");
    CHECK(parse_table(flows_csv(s, *made)).rows == 16);
}

TEST_CASE("who exports nothing has no change of exports in percent") {
    const cross_section s = section_from(
        "exporter,importer,trade,dist,rta\nA,A,10,1,0\nA,B,5,2,0\nB,A,0,2,0\nB,B,20,1,0\n");
    experiment_plan plan;
    plan.steps = {*tariff_changed(s, {{"A"}, {"B"}, 0, 10})};
    plan.start = baseline::observed;
    plan.draws = 5;
    const cost_coefficients c = *coefficients_given(three_costs);
    const auto made = carry_out(s, c, plan);
    REQUIRE_MESSAGE(made, why(made));
    const experiment_report r = report(s, c, plan, *made, {});
    CHECK(r.effects[0].exports.percent != "");
    CHECK(r.effects[1].exports.percent == "");
    CHECK(r.effects[1].exports.low == "");
    CHECK(experiment_text(r).find(" - ") != std::string::npos);
}
