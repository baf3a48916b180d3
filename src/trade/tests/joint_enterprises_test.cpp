// Joint enterprises, the test of order, figures of a pair, and registers of barriers.

#include "trade/joint_enterprises.hpp"

#include <rapidcheck.h>

#include "numerics/random_stream.hpp"
#include "trade/barriers.hpp"
#include "trade/pair.hpp"
#include "trade/refusal.hpp"
#include "trade/remarks.hpp"
#include "trade/sentences.hpp"
#include "trade/space_ranges.hpp"
#include "trade/tests/shared.hpp"

using namespace veche;
using namespace veche::trade;
using namespace veche::trade::testing;

namespace {

/// x_cp = e^(lean c p): the further a territory, the more it leans to the further products.
goods_matrix leaning_world(std::size_t areas, std::size_t products, double lean, double noise,
                           std::uint64_t seed) {
    goods_matrix out;
    for (std::size_t a = 0; a < areas; ++a) out.areas.push_back("c" + std::to_string(100 + a));
    for (std::size_t p = 0; p < products; ++p)
        out.products.push_back("p" + std::to_string(100 + p));
    for (std::size_t a = 0; a < areas; ++a)
        for (std::size_t p = 0; p < products; ++p) {
            seed = seed * 6364136223846793005 + 1442695040888963407;
            const double drawn = static_cast<double>(seed >> 40) / static_cast<double>(1U << 24);
            out.values.push_back(
                std::exp(lean * static_cast<double>(a * p) / static_cast<double>(areas * products) +
                         noise * drawn));
        }
    return out;
}

order_test tested(const goods_matrix& of, std::uint64_t seed = 1) {
    order_test_options how;
    how.splits = 40;
    how.seed = seed;
    const auto made = test_order(of, {}, how);
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    return *made;
}

column_mapping exports_mapping(const char* reporter, const char* partner, const char* period,
                               const char* product, const char* value) {
    column_mapping out;
    out.fields[flow_field::reporter] = {reporter, ""};
    out.fields[flow_field::partner] = {partner, ""};
    out.fields[flow_field::period] = {period, ""};
    out.fields[flow_field::product] = {product, ""};
    out.fields[flow_field::value] = {value, ""};
    return out;
}

// Invented. Members A (regions) and B (B-1); X and Y are third countries.
constexpr std::string_view toy =
    "who,with,year,good,way,value\n"
    "A-1,X,2020,cups,export,80\nA-1,B-1,2020,cups,export,20\nA-1,X,2020,pots,export,30\n"
    "A-2,X,2020,hats,export,60\nA-2,X,2020,pots,export,5\n"
    "B-1,X,2020,pots,export,50\nB-1,Y,2020,hats,export,5\n"
    "X,B-1,2020,cups,export,70\nX,Y,2020,hats,export,100\nX,Y,2020,cups,export,10\n"
    "Y,X,2020,hats,export,40\nY,X,2020,pots,export,10\n"
    "B-1,X,2020,cups,import,65\nB-1,A-1,2020,cups,import,21\nB-1,X,2020,hats,import,9\n"
    "A-1,X,2020,hats,import,50\nA-2,Y,2020,pots,import,12\n";

imported toy_flows() {
    import_options how;
    how.mapping = exports_mapping("who", "with", "year", "good", "value");
    how.mapping->fields[flow_field::flow] = {"way", ""};
    return imported_from(toy, how);
}

enterprise_table made_of(const flow_list& f, const enterprise_scope& scope) {
    auto made = joint_enterprises(f, scope);
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    return *std::move(made);
}

const joint_enterprise* find_in(const enterprise_table& in, std::string_view product,
                                std::string_view maker, std::string_view partner) {
    for (const joint_enterprise& one : in.suggestions)
        if (one.product == product && one.maker == maker && one.partner == partner) return &one;
    return nullptr;
}

}  // namespace

TEST_CASE("an order that is there is found out of sample, and none where chance alone made it") {
    const order_test leaning = tested(leaning_world(16, 24, 5, 0.5, 5));
    CHECK(leaning.holds());
    CHECK(leaning.in_order > 0.65);
    CHECK(leaning.comparisons > 1000);
    CHECK(said_of(leaning).code == remarks::order_holds.code);
    const order_test chance = tested(leaning_world(16, 24, 0, 3, 5));
    CHECK_FALSE(chance.holds());
    CHECK(chance.in_order > 0.35);
    CHECK(chance.in_order < 0.65);
    CHECK(said_of(chance).code == remarks::order_fails.code);
    CHECK(sentence_of(said_of(chance)).find("means nothing here") != std::string::npos);
    CHECK(test_order(leaning_world(5, 24, 1, 1, 1)).error().code() ==
          refusals::order_too_small.code);
}

TEST_CASE("the same seed tests the same halves, another seed others") {
    const goods_matrix world = leaning_world(12, 14, 3, 2, 9);
    CHECK(tested(world).in_order == tested(world).in_order);
    CHECK(tested(world).comparisons != tested(world, 2).comparisons);
}

TEST_CASE("a joint enterprise is what one member sells outside and another buys there") {
    enterprise_scope scope;
    scope.members = {"A", "B"};
    const enterprise_table made = made_of(*toy_flows().flows, scope);
    CHECK(made.regions == words{"A-1", "A-2", "B-1"});
    CHECK(made.mirrored.empty());
    const joint_enterprise* cups = find_in(made, "cups", "A-1", "B-1");
    REQUIRE(cups != nullptr);
    CHECK(cups->sold_outside == 80);
    CHECK(cups->bought_outside == 65);
    CHECK(cups->bought_from_maker == 21);
    CHECK(cups->amount == 65);
    // All exports 480, of cups 180; A-1 exports 130, of them 100 are cups.
    CHECK(near(cups->advantage, (100.0 / 130) / (180.0 / 480)));
    CHECK(cups->measure == cups->amount * cups->density);
    const joint_enterprise* pots = find_in(made, "pots", "B-1", "A-2");
    REQUIRE(pots != nullptr);
    CHECK(pots->amount == 12);
    // are of one member; X is of none.
    CHECK(find_in(made, "hats", "A-2", "A-1") == nullptr);
    for (const joint_enterprise& one : made.suggestions) {
        CHECK(one.maker.substr(0, 1) != one.partner.substr(0, 1));
        CHECK(one.maker != "X");
        CHECK(one.density_low <= one.density);
        CHECK(one.density <= one.density_high);
        CHECK(one.best_rank <= one.rank);
        CHECK(one.rank <= one.worst_rank);
        CHECK(one.rankings >= 1);
    }
    CHECK_FALSE(made.order.has_value());  // too small to be halved
}

TEST_CASE("who declares no imports has those that others declare to sell to it") {
    enterprise_scope scope;
    scope.members = {"A", "B"};
    import_options how;
    how.mapping = exports_mapping("who", "with", "year", "good", "value");
    how.mapping->fields[flow_field::flow] = {"way", ""};
    std::string text(toy);
    text.erase(text.find("B-1,X,2020,cups,import"));
    const enterprise_table made = made_of(*imported_from(text, how).flows, scope);
    CHECK(made.mirrored == words{"B-1"});
    const joint_enterprise* cups = find_in(made, "cups", "A-1", "B-1");
    REQUIRE(cups != nullptr);
    CHECK(cups->bought_outside == 70);
    CHECK(cups->bought_from_maker == 20);
}

TEST_CASE("members of whom one alone exports have no joint enterprises") {
    enterprise_scope scope;
    scope.members = {"A", "C"};
    CHECK(joint_enterprises(*toy_flows().flows, scope).error().code() ==
          refusals::members_alone.code);
    scope.members = {"A", "B"};
    scope.draws = -1;
    CHECK(joint_enterprises(*toy_flows().flows, scope).error().code() ==
          refusals::draws_unsound.code);
}

namespace {

struct invented_row {
    std::size_t who = 0, with = 0, good = 0;
    bool import = false;
    int value = 0;
};

const words& invented_areas() {
    static const words all = {"A-1", "A-2", "B-1", "B-2", "X", "Y"};
    return all;
}

std::vector<invented_row> invented_rows(std::uint64_t seed) {
    numerics::random_stream draw(seed);
    std::vector<invented_row> out;
    const std::uint64_t count = 25 + draw.next() % 50;
    for (std::uint64_t i = 0; i < count; ++i) {
        invented_row one;
        one.who = draw.next() % 6;
        one.with = draw.next() % 6;
        one.good = draw.next() % 5;
        one.import = draw.next() % 2 == 1;
        one.value = static_cast<int>(1 + draw.next() % 90);
        const bool again = std::any_of(out.begin(), out.end(), [&](const invented_row& r) {
            return r.who == one.who && r.with == one.with && r.good == one.good &&
                   r.import == one.import;
        });
        if (one.who != one.with && !again) out.push_back(one);
    }
    return out;
}

result<enterprise_table> suggested_by(const std::vector<invented_row>& rows) {
    std::string text = "who,with,year,good,way,value\n";
    for (const invented_row& one : rows)
        text += invented_areas()[one.who] + "," + invented_areas()[one.with] + ",2020,g" +
                std::to_string(one.good) + (one.import ? ",import," : ",export,") +
                std::to_string(one.value) + "\n";
    import_options how;
    how.mapping = exports_mapping("who", "with", "year", "good", "value");
    how.mapping->fields[flow_field::flow] = {"way", ""};
    const auto in = import_flows(text, how);
    RC_ASSERT(in.has_value());
    RC_ASSERT(in->flows.has_value());
    enterprise_scope scope;
    scope.members = {"A", "B"};
    scope.draws = 20;
    scope.most = 0;
    return joint_enterprises(*in->flows, scope);
}

/// How many there are, by plain loops over all pairs and products.
std::int64_t counted(const std::vector<invented_row>& rows) {
    double sold[6][5] = {}, outside[6][5] = {}, bought[6][5] = {}, of_area[6] = {}, of_good[5] = {};
    bool declares[6] = {};
    double all = 0;
    for (const invented_row& r : rows) declares[r.who] = declares[r.who] || r.import;
    for (const invented_row& r : rows) {
        const bool third = r.with >= 4;
        if (r.import) {
            if (third) bought[r.who][r.good] += r.value;
            continue;
        }
        sold[r.who][r.good] += r.value;
        of_area[r.who] += r.value;
        of_good[r.good] += r.value;
        all += r.value;
        if (third) outside[r.who][r.good] += r.value;
        if (!declares[r.with] && r.who >= 4) bought[r.with][r.good] += r.value;
    }
    std::int64_t out = 0;
    for (std::size_t a = 0; a < 4; ++a)
        for (std::size_t b = 0; b < 4; ++b)
            for (std::size_t g = 0; g < 5; ++g)
                out += a / 2 != b / 2 && of_area[b] > 0 && outside[a][g] > 0 && bought[b][g] > 0 &&
                       sold[a][g] / of_area[a] >= of_good[g] / all * (1 - 1e-12);
    return out;
}

}  // namespace

TEST_CASE("suggestions are those of plain loops, whatever the order of the rows") {
    CHECK(rc::check([](std::uint64_t seed) {
        std::vector<invented_row> rows = invented_rows(seed);
        const auto made = suggested_by(rows);
        RC_PRE(made.has_value());
        RC_ASSERT(made->found == counted(rows));
        RC_ASSERT(made->suggestions.size() == static_cast<std::size_t>(made->found));
        std::reverse(rows.begin(), rows.end());
        const auto again = suggested_by(rows);
        RC_ASSERT(again.has_value());
        for (std::size_t i = 0; i < made->suggestions.size(); ++i) {
            const joint_enterprise& one = made->suggestions[i];
            const joint_enterprise& other = again->suggestions[i];
            RC_ASSERT(one.product == other.product);
            RC_ASSERT(one.maker == other.maker);
            RC_ASSERT(one.measure == other.measure);
            RC_ASSERT(one.density_low == other.density_low);
            RC_ASSERT(one.best_rank <= one.rank && one.rank <= one.worst_rank);
            RC_ASSERT(one.density >= 0 && one.density <= 1 + 1e-12);
        }
    }));
}

TEST_CASE("joint enterprises of a real union: Benelux among fifteen countries, chapters of 2016") {
    const auto file = shared_file("fixest_trade.csv");
    if (!file) return;
    import_options how;
    how.mapping = exports_mapping("Origin", "Destination", "Year", "Product", "Euros");
    how.mapping->fields[flow_field::flow] = {"", "export"};
    const auto in = import_file(*file, how);
    REQUIRE_MESSAGE(in.has_value(), in.error().sentence());
    REQUIRE(in->flows.has_value());
    const flow_list& f = *in->flows;
    enterprise_scope scope;
    scope.period = "2016";
    scope.members = {"BE", "NL", "LU"};
    const enterprise_table made = made_of(f, scope);
    REQUIRE(!made.suggestions.empty());
    CHECK(made.mirrored.size() == 3);
    CHECK(made.order.has_value());
    const joint_enterprise& first = made.suggestions[0];
    double sold = 0;
    double bought = 0;
    double between = 0;
    const auto member = [](const std::string& a) { return a == "BE" || a == "NL" || a == "LU"; };
    for (std::size_t i = 0; i < f.size(); ++i) {
        const std::string& from = f.areas[static_cast<std::size_t>(f.reporter[i])];
        const std::string& to = f.areas[static_cast<std::size_t>(f.partner[i])];
        if (f.periods[static_cast<std::size_t>(f.period[i])] != "2016" ||
            f.products[static_cast<std::size_t>(f.product[i])] != first.product)
            continue;
        if (from == first.maker && !member(to)) sold += f.value[i];
        if (to == first.partner && !member(from)) bought += f.value[i];
        if (to == first.partner && from == first.maker) between += f.value[i];
    }
    CHECK(near(first.sold_outside, sold));
    CHECK(near(first.bought_outside, bought));
    CHECK(near(first.bought_from_maker, between));
    CHECK(first.rank == 1);
    const enterprise_table again = made_of(f, scope);
    for (std::size_t i = 0; i < made.suggestions.size(); ++i)
        CHECK(made.suggestions[i].measure_low == again.suggestions[i].measure_low);
}

TEST_CASE("T18: the order of countries and products is there, and complexity has a range") {
    const auto file = shared_file("sitc4_exports_avg_1998_2000.csv");
    if (!file) return;
    import_options how;
    how.mapping = exports_mapping("country", "", "", "product", "value");
    how.mapping->fields[flow_field::partner] = {"", "all"};
    how.mapping->fields[flow_field::period] = {"", "1999"};
    how.mapping->fields[flow_field::flow] = {"", "export"};
    const auto in = import_file(*file, how);
    REQUIRE_MESSAGE(in.has_value(), in.error().sentence());
    const auto exports = goods_of(*in->flows, {});
    REQUIRE(exports.has_value());
    space_options large;
    large.least_exports = 5e7;
    order_test_options few;
    few.splits = 10;
    const auto order = test_order(*exports, large, few);
    REQUIRE_MESSAGE(order.has_value(), order.error().sentence());
    CHECK(order->holds());
    const auto space = complexity_of(*exports, large);
    REQUIRE(space.has_value());
    const auto area = static_cast<std::size_t>(code_of(space->areas, "jpn"));
    draw_options draws;
    draws.draws = 20;
    const complexity_range range = range_of(*space, area, draws);
    CHECK(range.draws == 20);
    CHECK(range.complexity.low < range.complexity.high);
    CHECK(range.complexity.low < space->complexity[area] + 0.2);
    CHECK(range.complexity.high > space->complexity[area] - 0.2);
    CHECK(range.rank.low >= 1);
}

TEST_CASE("T21: figures of a pair from its sums") {
    const auto flows = imported_from(
        "ReporterISO3,PartnerISO3,Year,TradeFlowName,Nomenclature,ProductCode,value_kusd\n"
        "A,B,2020,Export,H5,010121,80\nA,B,2020,Import,H5,010121,40\n"
        "A,B,2020,Export,H5,870421,10\nA,B,2020,Import,H5,870421,90\n"
        "B,A,2020,Import,H5,010121,80\nB,X,2020,Import,H5,870421,20\n");
    const auto made = pair_figures_of(*flows.flows, {"A", "B", "2020", 0});
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    CHECK(near(made->sold_share().value(), 1));
    CHECK(made->reporters == 2);
    CHECK(near(made->intra_industry.value(), 1 - 40.0 / 220));
    REQUIRE(made->likeness.has_value());
    CHECK(near(made->likeness->intra_industry.value(), .4545454545454546));
    CHECK(near(made->likeness->complementarity.value(), 100 * (1 - 8.0 / 90)));
    CHECK(pair_figures_of(*flows.flows, {"A", "Q", "2020", 0}).error().code() ==
          refusals::name_unknown.code);
}

TEST_CASE("a register of barriers is read, measured by the trade of a year, and ranked by cost") {
    const auto flows = imported_from(
        "ReporterISO3,PartnerISO3,Year,TradeFlowName,Nomenclature,ProductCode,value_kusd\n"
        "A,B,2019,Import,H5,010121,100\nA,B,2020,Import,H5,010121,200\n"
        "A,B,2020,Import,H5,870421,50\nB,A,2020,Export,H5,870421,40\n"
        "A,B,2021,Import,H5,010121,400\n");
    const auto read = read_barriers(
        "id,imposing,affected,classification,products,effect,error,sigma\n"
        "rules,A,B,H5,01,0.2,0.1,5\nforms,A,B,H5,87 88,,,\nnorms,B,A,H5,02,0.1,0.1,5\n");
    REQUIRE_MESSAGE(read.has_value(), read.error().sentence());
    CHECK((*read)[1].scope.products == words{"87", "88"});
    const auto made = rank_barriers(*flows.flows, *read, "2020");
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    REQUIRE(made->barriers.size() == 2);
    const measured_barrier& first = made->barriers[0];
    CHECK(first.cost.id == "rules");
    CHECK(first.cost.rank == 1);
    CHECK(first.cost.touched == 200);
    CHECK(near(first.cost.equivalent->rate, std::expm1(0.05)));
    CHECK(near(first.cost.cost_low, 200 * std::expm1((0.2 - 1.959963984540054 * 0.1) / 4)));
    CHECK(near(first.growth->growth, 1));  // doubled each year
    CHECK(near(first.at->coverage.value(), 0.8));
    CHECK(made->barriers[1].cost.rank == 0);
    CHECK(made->barriers[1].cost.touched == 50);
    CHECK(made->unmeasured == words{"norms"});
    CHECK(rank_barriers(*flows.flows, *read, "2030").error().code() ==
          refusals::register_absent.code);
    CHECK(read_barriers("id,imposing,affected,classification,products\na,A,B,H5,1\na,A,B,H5,2\n")
              .error()
              .code() == refusals::barrier_twice.code);
}
