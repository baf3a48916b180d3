#include <cmath>
#include <fstream>
#include <iterator>
#include <random>

#include <doctest/doctest.h>

#include "explore/labels.hpp"
#include "explore/refusal.hpp"
#include "explore/space.hpp"
#include "trade/mirror.hpp"
#include "trade/tests/shared.hpp"

using namespace veche;
using namespace veche::explore;

namespace {

/// A declares both ways, B declares some of it, C is only named by A.
const std::string declared =
    "reporter,partner,flow,year,product,value\n"
    "A,B,export,2020,01,100\n"
    "A,B,export,2020,02,50\n"
    "A,C,export,2020,01,30\n"
    "B,A,import,2020,01,108\n"
    "B,A,export,2020,01,10\n"
    "A,B,import,2020,01,12\n"
    "A,C,import,2020,01,20\n"
    "A,B,export,2021,01,200\n"
    "B,A,import,2021,02,54\n";

flow_cube cube_from(const std::string& text) {
    auto made = cube_of(text, "test");
    if (!made) throw std::runtime_error(made.error().sentence());
    return std::move(*made);
}

question about(std::string of, std::string period = "2020") {
    question q;
    q.of = std::move(of);
    q.period = std::move(period);
    return q;
}

summed asked(const flow_cube& cube, const question& q) {
    auto made = sums(cube, q);
    if (!made) throw std::runtime_error(made.error().sentence());
    return std::move(*made);
}

const sum_row* row_of(const summed& s, std::string_view key) {
    for (const sum_row& one : s.rows)
        if (one.key == key) return &one;
    return nullptr;
}

std::string bytes_in(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string code_of_refusal(const std::string& text) {
    const auto made = cube_of(text, "test");
    return made ? "" : std::string(made.error().kind->code);
}

}  // namespace

TEST_CASE("both sides of a flow stand in one row of the cube, by period") {
    const flow_cube cube = cube_from(declared);
    CHECK(cube.areas == std::vector<std::string>{"A", "B", "C"});
    CHECK(cube.periods == std::vector<std::string>{"2020", "2021"});
    CHECK(cube.pairs() == 7);
    CHECK(cube.first_of_period == std::vector<std::size_t>{0, 5, 7});
    CHECK(cube.by_exporter[0] == 100);
    CHECK(cube.by_importer[0] == 108);
    CHECK(cube.by_importer[1] == no_row_here);
    CHECK_FALSE(cube.one_value);
    CHECK(cube.declares(0, 0, true));
    CHECK_FALSE(cube.declares(2, 0, true));
}

TEST_CASE("sums by partner are of the declarations of whoever was chosen") {
    const flow_cube cube = cube_from(declared);
    question q = about("A");
    summed own = asked(cube, q);
    CHECK(own.total == 180);
    CHECK(row_of(own, "B")->value == 150);
    CHECK(row_of(own, "C")->value == 30);
    CHECK(own.silent.empty());
    q.side = chosen_side::partner;
    const summed other = asked(cube, q);
    CHECK(other.total == 108);
    CHECK(other.from_partner == 108);
    // C declares nothing: what it imports is missing, not zero.
    CHECK(row_of(other, "C")->state == sum_state::missing);
    CHECK(other.silent == std::vector<std::string>{"C"});
    q.exports = false;
    q.side = chosen_side::reconciled;
    const summed imports = asked(cube, q);
    CHECK(row_of(imports, "B")->value == 10);
    CHECK(row_of(imports, "B")->from_partner == 10);
    CHECK(row_of(imports, "C")->value == doctest::Approx(20 / 1.08));
    CHECK(row_of(imports, "C")->from_partner == 0);
}

TEST_CASE("a declarer without a row has zero; between members it is missing") {
    const flow_cube cube = cube_from(declared);
    question q = about("A", "2021");
    q.side = chosen_side::own;
    q.product = "02";
    // A declares exports in 2021 and none of 02, though B declares having got some.
    CHECK(row_of(asked(cube, q), "B")->state == sum_state::no_row);
    q.members = {"A", "B"};
    CHECK(row_of(asked(cube, q), "B")->state == sum_state::missing);
}

TEST_CASE("a row without a value is missing, whatever else its reporter declares") {
    const flow_cube cube = cube_from(
        "reporter,partner,flow,year,value\nA,B,export,2000,\nA,C,export,2000,5\n"
        "B,A,import,2000,54\n");
    CHECK(std::isnan(cube.by_exporter[0]));
    question q = about("A", "2000");
    const summed own = asked(cube, q);
    CHECK(row_of(own, "B")->state == sum_state::missing);
    CHECK(own.cells_missing == 1);
    CHECK(own.total == 5);
    q.side = chosen_side::reconciled;
    const summed both = asked(cube, q);
    CHECK(row_of(both, "B")->value == doctest::Approx(50));
    CHECK(row_of(both, "B")->from_partner == doctest::Approx(50));
}

TEST_CASE("what the union trades inside itself and what with third territories makes up all") {
    const flow_cube cube = cube_from(declared);
    question q = about(std::string(the_union));
    q.members = {"A", "B"};
    const double all = asked(cube, q).total;
    q.with = the_union;
    const double inside = asked(cube, q).total;
    q.with = third;
    const double outside = asked(cube, q).total;
    CHECK(inside == 160);
    CHECK(outside == 30);
    CHECK(all == inside + outside);
}

TEST_CASE("codes that the data lack are refused, with what they were taken for") {
    const flow_cube cube = cube_from(declared);
    const auto refused = [&](const question& q) {
        const auto made = sums(cube, q);
        return made ? "" : made.error().field;
    };
    CHECK(refused(about("Z")) == "area");
    CHECK(refused(about("A", "1999")) == "period");
    question q = about("A");
    q.product = "9";
    CHECK(refused(q) == "product");
    q = about("A");
    q.with = "Z";
    CHECK(refused(q) == "area");
}

TEST_CASE("over time what is missing has no value and what is none is zero") {
    const flow_cube cube = cube_from(declared);
    question q = about("A", "");
    const auto own = sums_over_time(cube, q);
    REQUIRE(own);
    REQUIRE(own->rows.size() == 2);
    CHECK(own->rows[0].key == "B");
    CHECK(own->rows[0].values[0] == 150);
    CHECK(own->rows[0].values[1] == 200);
    // A declares exports in 2021 and none to C.
    CHECK(own->rows[1].values[1] == 0);
    q.exports = false;
    const auto imports = sums_over_time(cube, q);
    REQUIRE(imports);
    // A declares no imports in 2021 at all.
    CHECK_FALSE(imports->rows[0].values[1]);
}

TEST_CASE("ways go from exporter to importer and sum to the whole") {
    const flow_cube cube = cube_from(declared);
    question q = about(std::string(the_union));
    q.members = {"A", "B"};
    const auto exports = ways_of(cube, q);
    REQUIRE(exports);
    double sum = 0;
    for (const way& one : exports->rows) sum += one.value;
    CHECK(sum == exports->all.total);
    CHECK(exports->rows[0].from == "A");
    CHECK(exports->rows[0].to == "B");
    q.exports = false;
    const auto imports = ways_of(cube, q);
    REQUIRE(imports);
    CHECK(imports->rows[0].to == "A");
    CHECK(imports->rows[0].from == "C");
}

TEST_CASE(
    "a table of exporters and importers has one value for each pair, and no row says nothing") {
    const flow_cube cube = cube_from(
        "exporter,importer,year,value\nA,B,2000,5\nA,C,2000,\nB,A,2000,7\nA,B,2004,6\nA,C,2004,"
        "1\n");
    CHECK(cube.one_value);
    CHECK(cube.products == std::vector<std::string>{"TOTAL"});
    question q = about("A", "2000");
    const summed exports = asked(cube, q);
    CHECK(exports.total == 5);
    CHECK(row_of(exports, "C")->state == sum_state::missing);
    CHECK(exports.cells_missing == 1);
    q.exports = false;
    q.side = chosen_side::partner;
    CHECK(asked(cube, q).total == 7);
    const auto over = sums_over_time(cube, about("B", ""));
    REQUIRE(over);
    CHECK(over->rows[0].values[0] == 7);
    CHECK_FALSE(over->rows[0].values[1]);
}

TEST_CASE("totals with the whole world are all that there is, or say how much is covered") {
    const flow_cube alone =
        cube_from("reporter,flow,year,product,value\nA,export,2000,01,5\nA,export,2000,02,6\n");
    CHECK(alone.pairs() == 0);
    question q = about("A", "2000");
    q.by = grouping::product;
    const summed all = asked(alone, q);
    CHECK(all.from_world);
    CHECK(all.total == 11);
    CHECK(row_of(all, "02")->value == 6);
    const flow_cube beside =
        cube_from("reporter,partner,flow,year,value\nA,B,export,2000,5\nA,WLD,export,2000,8\n");
    const summed part = asked(beside, about("A", "2000"));
    CHECK(part.total == 5);
    CHECK(part.world == 8);
    CHECK_FALSE(part.from_world);
}

TEST_CASE("reconciled values are those of the room of trade") {
    std::mt19937 chance(11);
    for (int round = 0; round < 20; ++round) {
        std::string text = "reporter,partner,flow,year,value\n";
        for (int a = 0; a < 5; ++a)
            for (int b = 0; b < 5; ++b)
                for (const char* way : {"export", "import"})
                    if (a != b && chance() % 3 != 0)
                        text += "A" + std::to_string(a) + ",A" + std::to_string(b) + "," + way +
                                ",2000," + std::to_string(chance() % 1000) + "\n";
        trade::import_options with;
        with.mapping = trade::column_mapping{};
        with.mapping->fields = {{trade::flow_field::reporter, {"reporter", ""}},
                                {trade::flow_field::partner, {"partner", ""}},
                                {trade::flow_field::flow, {"flow", ""}},
                                {trade::flow_field::period, {"year", ""}},
                                {trade::flow_field::value, {"value", ""}}};
        const auto read = trade::import_flows(text, with);
        REQUIRE(read);
        const auto both = trade::mirror(*read->flows);
        const auto one = trade::reconcile(*read->flows, both, {});
        REQUIRE(one);
        const flow_cube cube = cube_from(text);
        for (const std::string& area : cube.areas) {
            double expected = 0;
            for (std::size_t i = 0; i < one->size(); ++i)
                if (one->areas[static_cast<std::size_t>(one->reporter[i])] == area)
                    expected += one->value[i];
            question q = about(area, "2000");
            q.side = chosen_side::reconciled;
            CHECK(asked(cube, q).total == doctest::Approx(expected));
        }
    }
}

TEST_CASE("the largest rows and all others together sum to the whole") {
    const std::vector<sum_row> rows{{"A", 5, sum_state::known, 1},
                                    {"B", 3, sum_state::known, 0},
                                    {"C", 2, sum_state::known, 2},
                                    {"D", 0, sum_state::missing, 0}};
    const auto some = largest(rows, 2);
    REQUIRE(some.size() == 3);
    CHECK(some[2].key.empty());
    CHECK(some[2].value == 2);
    CHECK(some[2].from_partner == 2);
    CHECK(largest(rows, 4).size() == 4);
    CHECK(largest(rows, 3)[3].state == sum_state::missing);
}

TEST_CASE("products are cut to groups of codes, which sum to the same") {
    const flow_cube cube = cube_from(
        "reporter,flow,year,product,value\nA,export,2000,0101,5\nA,export,2000,0102,6\n"
        "A,export,2000,0201,7\n");
    CHECK(product_levels(cube) == std::vector<std::size_t>{2, 0});
    question q = about("A", "2000");
    q.by = grouping::product;
    q.digits = 2;
    const summed groups = asked(cube, q);
    CHECK(groups.rows.size() == 2);
    CHECK(row_of(groups, "01")->value == 11);
    q.product = "01";
    q.digits = 0;
    CHECK(asked(cube, q).rows.size() == 2);
    CHECK(asked(cube, q).total == 11);
}

TEST_CASE("what holds no flows, is unsound or too large is refused with a reason") {
    CHECK(code_of_refusal("a,b\n1,2\n") == "explore.columns_unknown");
    CHECK(code_of_refusal("exporter,importer,year,value\nA,B,2000,-5\n") ==
          "explore.set_unreadable");
    CHECK(code_of_refusal("{}") == "explore.set_unreadable");
    CHECK(code_of_refusal(std::string(most_rows + 2, '\n')) == "explore.set_too_large");
    CHECK(holds_flows("exporter,importer,year,value\n"));
    CHECK(holds_flows("t,i,j,k,v,q\n"));
    CHECK(holds_flows(" {\"data\": []}"));
    CHECK_FALSE(holds_flows("exporter,importer,value\n"));
    CHECK_FALSE(holds_flows(""));
}

TEST_CASE("a product space needs three territories and marks their advantages") {
    std::string text = "reporter,flow,year,product,value\n";
    const int values[4][4] = {{9, 8, 1, 1}, {1, 9, 8, 1}, {1, 1, 9, 8}, {9, 9, 9, 1}};
    for (int a = 0; a < 4; ++a)
        for (int p = 0; p < 4; ++p)
            text += "A" + std::to_string(a) + ",export,2000,0" + std::to_string(p) + "," +
                    std::to_string(values[a][p]) + "\n";
    const flow_cube cube = cube_from(text);
    const auto space = space_of_period(cube, "2000", chosen_side::own, 0);
    INFO((space ? "" : space.error().sentence()));
    REQUIRE(space);
    CHECK(space->products.size() == 4);
    CHECK(space->rca[space->place(0, 0)] == doctest::Approx(9.0 / 19 / (20.0 / 85)));
    CHECK(space->made[space->place(0, 0)] == 1);
    CHECK(space->made[space->place(0, 2)] == 0);
    CHECK(space_of_period(cube, "1990", chosen_side::own, 0).error().field == "period");
    const flow_cube two =
        cube_from("reporter,flow,year,product,value\nA,export,2000,01,5\nB,export,2000,02,6\n");
    CHECK(space_of_period(two, "2000", chosen_side::own, 0).error().kind == &refusals::space_unfit);
}

TEST_CASE("a list of names gives names by language, members and places") {
    const std::string text =
        "kind,code,classification,member,latitude,longitude,en,ru\n"
        "area,BLR,,by,53.9,27.6,Belarus,Беларусь\n"
        "area,POL,,,,,Poland,Польша\n"
        "product,01,S2,,,,Meat,Мясо\n"
        "product,01,HS,,,,Live animals,Живые животные\n";
    CHECK(is_label_table(text));
    const auto book = read_labels(text);
    REQUIRE(book);
    CHECK(book->area("BLR")->name.at("ru") == "Беларусь");
    CHECK(book->area("BLR")->latitude == 53.9);
    CHECK_FALSE(book->area("POL")->latitude);
    CHECK(book->area("ZZZ") == nullptr);
    CHECK(book->areas_of({"ru", "by"}) == std::vector<std::string>{"BLR"});
    CHECK(book->product("01", "HS17")->at("en") == "Live animals");
    CHECK(book->product("01", "S2")->at("en") == "Meat");
    CHECK(book->product("01", "") == nullptr);
    CHECK_FALSE(read_labels("kind,code,latitude\narea,A,99\n"));
    CHECK_FALSE(read_labels("kind,code\nplanet,A\n"));
    CHECK_FALSE(read_labels("kind,code\narea,A\narea,A\n"));
    CHECK_FALSE(read_labels("code,kind\n"));
}

TEST_CASE("figures of the shared extract of WITS are those that others published") {
    const auto file = trade::testing::shared_file("wits_bilateral_total_2009.csv");
    if (!file) return;
    const flow_cube cube = cube_from(bytes_in(*file));
    question q = about("BLR", "2009");
    const summed exports = asked(cube, q);
    CHECK(row_of(exports, "RUS")->value / exports.total == doctest::Approx(.4702652075397956));
    q.exports = false;
    const summed imports = asked(cube, q);
    CHECK(row_of(imports, "RUS")->value / imports.total == doctest::Approx(.580727092549969));
    // Russia has no row for Belarus; between members that is missing, and the mirror tells.
    question other = about("RUS", "2009");
    other.with = "BLR";
    other.members = {"BLR", "RUS"};
    const summed silent = asked(cube, other);
    CHECK(silent.cells == 0);
    CHECK(row_of(silent, "BLR")->state == sum_state::missing);
    other.side = chosen_side::partner;
    CHECK(asked(cube, other).total == doctest::Approx(14'894'177.2).epsilon(1e-7));
}

TEST_CASE("figures of the shared extract of BACI are those of the reference") {
    const auto file = trade::testing::shared_file("baci_hs17_2020_zaf_afg.csv");
    if (!file) return;
    const flow_cube cube = cube_from(bytes_in(*file));
    CHECK(cube.one_value);
    question q = about("710", "2020");
    q.members = {"72", "426", "516", "748"};
    q.with = the_union;
    const summed partners = asked(cube, q);
    CHECK(row_of(partners, "72")->value == doctest::Approx(1'339'112.594).epsilon(1e-9));
    CHECK(row_of(partners, "748")->value == doctest::Approx(558'901.1).epsilon(1e-9));
    q.by = grouping::product;
    q.digits = 2;
    const summed chapters = asked(cube, q);
    CHECK(row_of(chapters, "87")->value == doctest::Approx(359'066.087).epsilon(1e-9));
    CHECK(row_of(chapters, "84")->value == doctest::Approx(333'263.041).epsilon(1e-9));
}
