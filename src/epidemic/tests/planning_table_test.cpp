// Tables of a plan: what is read, and every fault with its row.

#include "epidemic/planning_table.hpp"

#include "epidemic/stochastic.hpp"
#include "epidemic/tests/shared.hpp"

using namespace veche;
using namespace veche::epidemic;
using namespace veche::epidemic::testing;

namespace {

struct plan_texts {
    std::string regions = "region,people,infectious,removed\nA,1000,5,10\nB,2000,0,0\nC,500,1,0\n";
    std::string presence = "0.9,0.1,0\n0.05,0.95,0\n0,0.2,0.8\n";
    std::string measures, doses;
    std::optional<date> first_day;
};

planning_read read_or_fail(const plan_texts& from) {
    const tables::table regions = table_or_fail(from.regions);
    std::optional<tables::table> measures, doses;
    if (!from.measures.empty()) measures = table_or_fail(from.measures);
    if (!from.doses.empty()) doses = table_or_fail(from.doses);
    planning_scenario common;
    common.of.beta = 0.4;
    common.strata = {{}, {0.5, 1, 1}};
    auto made = read_planning({&regions,
                               {},
                               from.presence,
                               measures ? &*measures : nullptr,
                               doses ? &*doses : nullptr,
                               from.first_day},
                              common);
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    return *std::move(made);
}

std::vector<std::string> faults_of(const plan_texts& from) {
    std::vector<std::string> out;
    for (const auto& one : read_or_fail(from).faults)
        out.push_back(one.table + ": " + one.why.sentence());
    return out;
}

bool says(const std::vector<std::string>& all, const std::string& part) {
    return std::any_of(all.begin(), all.end(),
                       [&](const std::string& one) { return one.find(part) != std::string::npos; });
}

}  // namespace

TEST_CASE("a plan is read: regions, matrix by order or by name, measures and doses by scenario") {
    plan_texts from;
    from.measures =
        "scenario,kind,from,to,regions,value\nclosed,border,3,20,A C,0.25\n,contacts,5,9,,0.5\n";
    from.doses = "scenario,day,region,dose,count\nclosed,2,B,1,100\nearly,1,A,,40\n";
    const planning_read made = read_or_fail(from);
    REQUIRE(made.faults.empty());
    REQUIRE(made.scenarios.size() == 3);
    CHECK(made.scenarios[0].name == "baseline");
    CHECK(made.scenarios[1].name == "closed");
    CHECK(made.scenarios[2].name == "early");
    const planning_scenario& closed = made.scenarios[1];
    CHECK(closed.start.susceptible == std::vector<double>{985, 2000, 499});
    CHECK(closed.of.presence(2, 1) == 0.2);
    REQUIRE(closed.borders.size() == 1);
    CHECK(closed.borders[0].from == 2);
    CHECK(closed.borders[0].to == 20);
    CHECK(closed.borders[0].side == std::vector<bool>{true, false, true});
    CHECK(closed.contacts.size() == 1);
    CHECK(closed.doses.size() == 1);
    CHECK(closed.doses[0].day == 1);
    CHECK(made.scenarios[0].contacts.size() == 1);
    CHECK(made.scenarios[0].borders.empty());
    CHECK(made.scenarios[2].doses[0].dose == 1);
    from.presence = "of,C,A,B\nB,0,0.05,0.95\nC,0.8,0,0.2\nA,0,0.9,0.1\n";
    CHECK(read_or_fail(from).scenarios[1].of.presence.cells == closed.of.presence.cells);
    from.first_day = parse_date("2026-03-01");
    from.doses = "day,region,count\n2026-03-05,A,7\n";
    CHECK(read_or_fail(from).scenarios[0].doses[0].day == 4);
    CHECK(run_chain(read_or_fail(from).scenarios[1], {1, 8, 30, 1, nullptr}).has_value());
}

TEST_CASE("names of regions with blanks are parted by semicolons") {
    plan_texts from;
    from.regions = "region,people,infectious\nA city,1000,5\nB,2000,0\nC,500,1\n";
    from.measures =
        "kind,from,to,regions,value\nborder,1,2,A city ; C,0\nborder,1,2,A city,0\n"
        "border,1,2,B C,0\n";
    const planning_read made = read_or_fail(from);
    REQUIRE(made.faults.empty());
    const auto& borders = made.scenarios[0].borders;
    CHECK(borders[0].side == std::vector<bool>{true, false, true});
    CHECK(borders[1].side == std::vector<bool>{true, false, false});
    CHECK(borders[2].side == std::vector<bool>{false, true, true});
}

TEST_CASE("every bad row is named, with what to do, and nothing is taken") {
    plan_texts from;
    from.regions =
        "region,people,infectious,removed\nA,1000,5,10\nA,0,1,0\nC,500,2.5,0\nD,10,8,4\n";
    from.presence = "0.9,0.1,0,0\n0.05,0.9,0,0\n0,0.2,1.8,0\n0,0,1\n";
    from.measures =
        "scenario,kind,from,to,regions,value\nx,border,3,20,A Q,0.2\nx,wall,1,2,A,0\n"
        "x,border,3,2,A,0\nx,border,soon,4,A,0\nx,border,1,4,A,2\nx,border,1,4,,1\n"
        "x,contacts,1,4,,-1\n";
    from.doses = "day,region,dose,count\n1,Z,1,5\n1,C,2,5\n1,C,1,0.5\n2026-03-05,C,1,5\n";
    const planning_read made = read_or_fail(from);
    CHECK(made.scenarios.empty());
    const auto all = faults_of(from);
    for (const char* part :
         {"regions: Row 2 names the region A a second time",
          "regions: Row 2 has 0 as the people of A; give a whole number above 0",
          "regions: Row 3 has 2.5 as infectious of C", "regions: Row 4 has 12 exposed, infectious",
          "presence: Row 2 of the matrix",
          "presence: Row 3 of the matrix has 1.8 in the column of C",
          "presence: Row 4 of the matrix has 3 cells; give it 4",
          "measures: Row 1 names the region Q", "measures: Row 2 has wall as a kind",
          "measures: Row 3 lasts from 3 to 2", "measures: Row 4 has soon as a day",
          "measures: Row 5 leaves the border open by 2", "measures: Row 6 names no region or all",
          "measures: Row 7 multiplies contacts by -1", "doses: Row 1 names the region Z",
          "doses: Row 2 gives the dose 2, and effects of 1 doses", "doses: Row 3 has 0.5 doses",
          "doses: Row 4 has 2026-03-05 as a day; give a number from 1 on"})
        CHECK_MESSAGE(says(all, part), part);
    CHECK(all.size() == 18);
}

TEST_CASE("a matrix whose rows do not add up to 1, or that lacks one, is refused with the remedy") {
    plan_texts from;
    from.presence = "0.9,0.1,0\n0.05,0.9,0\n0,0.2,0.8\n";
    CHECK(
        faults_of(from) ==
        std::vector<std::string>{
            "presence: Row 2 of the matrix, of B, adds up to 0.95, not to 1; give what is missing "
            "to the region itself, or divide the row by its sum."});
    from.presence = "0.9,0.1,0\n0.05,0.95,0\n";
    CHECK(says(faults_of(from), "The matrix has 2 rows for 3 regions"));
    from.presence = "of,A,B,D\nA,1,0,0\nB,0,1,0\nD,0,0,1\n";
    CHECK(says(faults_of(from), "Row 1 names the region D"));
    from.presence = "";
    CHECK(says(faults_of(from), "The matrix has 0 rows"));
}
