// Layouts, labels, what is refused; balance, groups, totals fitted.

#include <cmath>

#include "inputoutput/balance.hpp"
#include "inputoutput/groups.hpp"
#include "inputoutput/ras.hpp"
#include "inputoutput/refusal.hpp"
#include "inputoutput/tests/shared.hpp"

using namespace veche;
using namespace veche::inputoutput;
using namespace veche::inputoutput::testing;

namespace {

std::string code_of(std::string_view text, const reading& how = {}) {
    const auto made = read_table(text, how);
    return made ? "read" : std::string(made.error().code());
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a table is read with final use, output and value added beside it") {
    const table t = small_table();
    CHECK(t.regions == std::vector<std::string>{"north", "south", "sea"});
    CHECK(t.sectors == std::vector<std::string>{"goods", "services"});
    CHECK(t.finals.size() == 3);
    CHECK(t.label(3) == "south|services");
    CHECK(t.z(4, 2) == 15);
    CHECK(t.y(5, 2) == 260);
    CHECK(t.output[5] == 390);
    CHECK(t.value_added[4] == 197);
    CHECK(t.extensions.empty());
    const balance_report b = look_at(t);
    CHECK(b.gaps.empty());
    CHECK(b.largest_gap == 0);
    CHECK(b.output == 1265);
    CHECK(b.value_added == 797);
    CHECK(b.final_use == 797);
    CHECK(b.negative_cells == 0);
    CHECK(b.using_all.empty());
}

TEST_CASE("what does not add up, is negative or makes nothing is said, and nothing is mended") {
    std::string text(small_text);
    text = replaced(text, "150,289", "150,290");
    text = replaced(text, "north|services,10", "north|services,-10");
    const table t = read_or_fail(text);
    const balance_report b = look_at(t);
    REQUIRE(b.gaps.size() == 4);
    CHECK(b.gaps[0].label == "north|goods");  // its inputs fell by 20
    CHECK(b.gaps[0].gap() == -20);
    CHECK(b.negative_cells == 1);
    CHECK(b.negative[0].column == "north|goods");
    CHECK(t.z(1, 0) == -10);
    const table nothing = read_or_fail(
        ",a|x,b|x,a|use\n"
        "a|x,5,0,0\n"
        "b|x,0,0,0\n");
    const balance_report none = look_at(nothing);
    CHECK(none.without_output == std::vector<std::string>{"b|x"});
    REQUIRE(none.using_all.size() == 1);
    CHECK(none.using_all[0].value == 1);
    const auto made = leontief_system::of(nothing);
    REQUIRE(!made.has_value());
    CHECK(made.error().code() == "inputoutput.not_productive");
    CHECK(made.error().args[0] == "a|x");
}

TEST_CASE("faults of a file are named with their place") {
    const std::string text(small_text);
    CHECK(code_of("") == "inputoutput.file_malformed");
    CHECK(code_of("a\n") == "inputoutput.file_malformed");
    CHECK(code_of(replaced(text, "south|services,1,5", "south|services,,5")) ==
          "inputoutput.number_malformed");
    const auto bad =
        read_table(replaced(text, "south|services,1,5,9", "south|services,1,5,n/a"), {});
    REQUIRE(!bad.has_value());
    CHECK(bad.error().args == std::vector<std::string>{"5", "4", "\"n/a\""});
    CHECK(code_of(replaced(text, "sea|use", "moon|use")) == "inputoutput.label_unknown");
    CHECK(code_of(replaced(text, ",sea|services,", ",south|goods,")) ==
          "inputoutput.label_repeated");
    // A column of a known region and sector without its row, and the other way round.
    CHECK(code_of(replaced(text, "\nsea|services,", "\nsea|trade,")) == "inputoutput.not_square");
    CHECK(code_of(replaced(text, "output\n", "output,more\n")) == "inputoutput.label_unknown");
    CHECK(code_of(replaced(text, "4,6,260,390", "4,6,260")) == "inputoutput.file_malformed");
    CHECK(code_of(replaced(text, "4,6,260,390", "4,6,260,390,1")) == "inputoutput.file_malformed");
    reading small;
    small.most = 5;
    CHECK(code_of(text, small) == "inputoutput.too_large");
}

TEST_CASE("columns may stand in another order, and other rows become an extension") {
    const table t = read_or_fail(
        "row;b_y;a_x;a_USE;b_USE;TOTAL\n"
        "a_x;1;2;3;4;10\n"
        "b_y;5;6;7;8;26\n"
        "TLS;0.5;0.25;1;2;3.75\n"
        "VA;19.5;1.75;;;\n");
    CHECK(t.z(0, 1) == 1);
    CHECK(t.z(1, 0) == 6);
    CHECK(t.y(0, 1) == 4);
    REQUIRE(t.extensions.size() == 1);
    CHECK(t.extensions[0].rows[0].name == "TLS");
    CHECK(t.extensions[0].by_producer(0, 0) == 0.25);
    CHECK(t.extensions[0].by_final(0, 1) == 2);
    CHECK(t.value_added == std::vector<double>{1.75, 19.5});
}

TEST_CASE("parts of a split region belong to it, and keep their rows apart") {
    reading how;
    how.parts = parts_of_icio();
    const table t = read_or_fail(
        "row,CHN_G,CN1_G,CN2_G,FRA_G,CHN_CONS,FRA_CONS\n"
        "CHN_G,0,0,0,0,0,0\n"
        "CN1_G,0,1,2,3,4,5\n"
        "CN2_G,0,6,7,8,9,10\n"
        "FRA_G,0,1,1,1,1,1\n",
        how);
    CHECK(t.regions == std::vector<std::string>{"CHN", "FRA"});
    CHECK(t.size() == 4);
    CHECK(t.label(2) == "CHN/CN2|G");
    CHECK(system_or_fail(t).exports()[1] == 8);
    const auto one = aggregate(t, {});
    REQUIRE(one.has_value());
    CHECK(one->size() == 2);
    CHECK(one->z(0, 0) == 16);
    CHECK(one->label(0) == "CHN|G");
}

TEST_CASE("a sheet of WIOD is read from its CSV") {
    const table t = read_or_fail(
        "\"World table, 2011\",,,,,,,,\n"
        "\"\",,,,,,,,\n"
        "(industry-by-industry),,,,AtB,C,AtB,C,FC_HH,FC_HH,GO\n"
        "(millions of US$),,,,Farming,Mining,Farming,Mining,Households,Households,Output\n"
        ",,,,AUS,AUS,ROM,ROM,AUS,ROM,TOT\n"
        ",,,,c1,c2,c1,c2,c37,c37,c65\n"
        "AtB,\"Farming, fishing\",AUS,c1,1,2,3,4,5,6,21\n"
        "C,Mining,AUS,c2,2,2,3,4,5,6,22\n"
        "AtB,\"Farming, fishing\",ROM,c1,1,2,9,4,5,6,27\n"
        "C,Mining,ROM,c2,1,2,3,4,5,6,21\n"
        ",Total intermediate consumption,TOT,r60,5,8,18,16,20,24,\n"
        ",International Transport Margins,TOT,r68,1,1,1,1,0,0,4\n"
        ",Value added at basic prices,TOT,r64,15,13,8,4,0,0,40\n"
        ",Output at basic prices,TOT,r69,21,22,27,21,20,24,135\n");
    CHECK(t.size() == 4);
    CHECK(t.label(2) == "ROM|AtB");
    CHECK(t.finals.size() == 2);
    CHECK(t.finals[1].category == "c37");
    CHECK(t.z(2, 2) == 9);
    CHECK(t.output[2] == 27);
    CHECK(t.value_added[0] == 15);
    REQUIRE(t.extensions.size() == 1);
    CHECK(t.extensions[0].rows.size() == 1);
    CHECK(look_at(t).gaps.size() == 4);  // the margins, which no value added holds
}

TEST_CASE("a flat file of WIOD 2016 is read") {
    const table t = read_or_fail(
        "IndustryCode,IndustryDescription,Country,RNr,Year,AUS1,AUS2,AUT1,AUT2,AUS57,AUT57,TOT\n"
        "A01,Crops,AUS,1,2014,1,2,3,4,5,6,21\n"
        "A02,Forestry,AUS,2,2014,2,2,3,4,5,6,22\n"
        "A01,Crops,AUT,1,2014,1,2,9,4,5,6,27\n"
        "A02,Forestry,AUT,2,2014,1,2,3,4,5,6,21\n"
        "II_fob,Total,TOT,65,2014,5,8,18,16,20,24,91\n"
        "TXSP,Taxes,TOT,66,2014,1,1,1,1,0,0,4\n"
        "VA,Value added,TOT,70,2014,15,13,8,4,0,0,40\n"
        "GO,Output,TOT,73,2014,21,22,27,21,0,0,91\n");
    CHECK(t.sectors == std::vector<std::string>{"A01", "A02"});
    CHECK(t.z(2, 2) == 9);
    CHECK(t.value_added[3] == 4);
    CHECK(t.output[3] == 21);
    CHECK(t.extensions.at(0).rows.at(0).name == "TXSP");
}

TEST_CASE("text files of EXIOBASE are read, with extensions and their units") {
    table t = read_or_fail(
        "region\t\tAT\tAT\tBE\n"
        "sector\t\tWheat\tRice\tWheat\n"
        "region\tsector\t\t\t\n"
        "AT\tWheat\t1\t2\t3\n"
        "AT\tRice\t4\t5\t6\n"
        "BE\tWheat\t7\t8\t9.5\n");
    CHECK(t.size() == 3);
    CHECK(t.z(2, 2) == 9.5);
    REQUIRE(read_final(t,
                       "region\t\tAT\tBE\n"
                       "category\t\tHouseholds\tHouseholds\n"
                       "region\tsector\t\t\n"
                       "AT\tRice\t4\t50\n"
                       "AT\tWheat\t10\t20\n"
                       "BE\tWheat\t70\t80\n",
                       {})
                .has_value());
    CHECK(t.y(1, 1) == 50);
    CHECK(t.y(0, 0) == 10);
    const auto added = read_extension(t,
                                      {"air",
                                       "region\tAT\tAT\tBE\n"
                                       "sector\tWheat\tRice\tWheat\n"
                                       "stressor\t\t\t\n"
                                       "CO2\t1\t2\t3\n"
                                       "CH4\t4\t5\t6\n",
                                       "region\tAT\tBE\n"
                                       "category\tHouseholds\tHouseholds\n"
                                       "stressor\t\t\n"
                                       "CO2\t0.5\t0.25\n"
                                       "CH4\t0\t0\n",
                                       "stressor\tunit\nCO2\tkg\nCH4\tt\n"},
                                      {});
    REQUIRE_MESSAGE(added.has_value(), added.error().sentence());
    CHECK(t.extensions.at(0).rows.at(1).unit == "t");
    CHECK(t.extensions.at(0).by_producer(1, 2) == 6);
    CHECK(t.extensions.at(0).by_final(0, 1) == 0.25);
    // A file that leaves a producer out.
    CHECK(!read_final(t, "region\t\tAT\ncategory\t\tUse\nregion\tsector\t\nAT\tRice\t4\n", {}));
}

TEST_CASE("flows are added up by groups") {
    const table t = small_table();
    grouping by;
    by.regions = {{"north", "union"}, {"south", "union"}, {"sea", "sea"}};
    by.sectors = {{"goods", "all"}, {"services", "all"}};
    const auto made = aggregate(t, by);
    REQUIRE(made.has_value());
    CHECK(made->size() == 2);
    CHECK(made->z(0, 0) == 20 + 8 + 5 + 2 + 10 + 30 + 2 + 4 + 6 + 3 + 40 + 12 + 1 + 5 + 9 + 50);
    CHECK(made->y(1, 0) == 9 + 14 + 4 + 6);
    CHECK(made->value_added[0] == 38 + 70 + 95 + 118);
    CHECK(look_at(*made).gaps.empty());
    by.regions.erase("sea");
    CHECK(aggregate(t, by).error().code() == "inputoutput.groups_incomplete");
}

TEST_CASE("a union is one exporter, and what flows inside it is no export") {
    table t = small_table();
    REQUIRE(join_regions(t, "union", {"north", "south"}).has_value());
    CHECK(t.regions == std::vector<std::string>{"union", "sea"});
    CHECK(t.label(3) == "union/south|services");
    const leontief_system s = system_or_fail(t);
    CHECK(s.exports()[0] == 3 + 1 + 5);
    CHECK(join_regions(t, "x", {"union", "union"}).error().code() == "inputoutput.members_overlap");
    CHECK(join_regions(t, "sea", {"union"}).error().code() == "inputoutput.members_overlap");
    CHECK(join_regions(t, "x", {"north"}).error().code() == "inputoutput.region_unknown");
}

TEST_CASE("totals are met by scaling, and negative cells keep their signs") {
    numerics::dense cells(2, 3);
    cells.cells = {1, 4, 2, 5, 3, 6};
    const auto made = ras(cells, {12, 18}, {6, 10, 14});
    REQUIRE(made.has_value());
    CHECK(made->method == "RAS");
    CHECK(made->cells(0, 0) + made->cells(0, 1) + made->cells(0, 2) == doctest::Approx(12));
    CHECK(made->cells(0, 2) + made->cells(1, 2) == doctest::Approx(14));
    // Cross ratios stay as they were.
    CHECK(made->cells(0, 0) * made->cells(1, 1) / (made->cells(0, 1) * made->cells(1, 0)) ==
          doctest::Approx(1.0 * 5 / (2 * 4)));
    cells(0, 1) = -2;
    CHECK(ras(cells, {12, 18}, {6, 10, 14}).error().code() == "inputoutput.negative_cell");
    const auto signs = gras(cells, {4, 18}, {6, 4, 12});
    REQUIRE(signs.has_value());
    CHECK(signs->cells(0, 1) < 0);
    CHECK(signs->cells(0, 0) + signs->cells(0, 1) + signs->cells(0, 2) == doctest::Approx(4));
    CHECK(signs->cells(0, 1) + signs->cells(1, 1) == doctest::Approx(4));
    CHECK(ras(numerics::dense(2, 2), {1, 1}, {1, 1}, 1e-10, 50).error().code() ==
          "inputoutput.not_converged");
    CHECK(gras(cells, {4, 18}, {6, 4, 13}).error().code() == "inputoutput.totals_malformed");
}
