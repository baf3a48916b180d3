#include "situation/csv_counts.hpp"

#include "situation/tests/desk.hpp"

namespace veche::situation {
namespace {

using namespace testing;

std::vector<std::string> told(const csv_counts& read) {
    std::vector<std::string> out;
    for (const file_problem& one : read.problems)
        out.push_back(std::to_string(one.line) + " " + one.column + " " + one.why.code);
    return out;
}
using words = std::vector<std::string>;

}  // namespace

TEST_CASE("a long table gives runs by region and series, and an empty cell is no report") {
    const auto read = read_csv_counts(
        "region,day,cases,deaths\nnorth,2026-03-02,3,\nnorth,2026-03-01,1,0\n"
        "north,20260304,9,2\n",
        {});
    CHECK(told(read) == words{});
    REQUIRE(read.runs.size() == 4);
    CHECK(read.runs[0] == run("north", "cases", "2026-03-01", {1, 3}));
    CHECK(read.runs[1] == run("north", "cases", "2026-03-04", {9}));
    CHECK(read.runs[2] == run("north", "deaths", "2026-03-01", {0}));
    CHECK(read.places[0][1].line == 2);
    CHECK(read.values == 5);
}

TEST_CASE("missing days and sums that fall are told before anything is reported") {
    const auto read = read_csv_counts(
        "region,day,cases,deaths\nnorth,2026-03-01,3,1\nnorth,2026-03-02,5,1\n"
        "north,2026-03-06,4,1\nsouth,2026-03-01,1,\nnorth,2026-03-07,9,\n",
        {});
    CHECK(told(read) == words{});
    const auto odd = remarks_on(read, count_basis::so_far);
    REQUIRE(odd.size() == 3);
    CHECK(!odd[0].fell);
    CHECK(odd[0].at.line == 4);
    CHECK(odd[0].at.column == "cases");
    CHECK(odd[0].from == day("2026-03-03"));
    CHECK(odd[0].to == day("2026-03-05"));
    CHECK(odd[0].amount == 3);
    CHECK(odd[1].fell);  // also over missing days
    CHECK(odd[1].from == day("2026-03-06"));
    CHECK(odd[1].amount == 1);
    CHECK(odd[2].series == series_id{"deaths"});
    CHECK(!odd[2].fell);
    // Counts of a day of their own may fall.
    CHECK(remarks_on(read, count_basis::of_day).size() == 2);
    CHECK(remarks_on(read, count_basis::so_far, 1).size() == 1);
}

TEST_CASE("every fault of a file is named with its line and column") {
    const auto read = read_csv_counts(
        "region,day,cases\nnorth,2026-03-01,-3\nnorth,2026-02-30,1\nnorth,2026-03-02,1.5\n"
        "north,2026-03-03,1\nnorth,2026-03-03,2\n,2026-03-04,1\nnorth,2026-03-04\n"
        "no rth,2026-03-04,1\n",
        {});
    CHECK(told(read) == words{"2 cases situation.count_impossible", "3 day situation.day_malformed",
                              "4 cases situation.cell_malformed", "6 cases situation.day_twice",
                              "7 region situation.region_missing", "8  situation.cells_differ",
                              "9 region situation.region_unknown"});
}

TEST_CASE("columns that are missing, unknown or there twice are named before any row is read") {
    CHECK(told(read_csv_counts("place,date,cases\nnorth,2026-03-01,-3\n", {})) ==
          words{"1 region situation.column_missing", "1 day situation.column_missing"});
    CHECK(told(read_csv_counts("region,day,cases,cases\n", {})) ==
          words{"1 cases situation.column_twice"});
    CHECK(told(read_csv_counts("region,day,new cases\n", {})) ==
          words{"1 new cases situation.column_unknown"});
    CHECK(told(read_csv_counts("", {})) == words{"1  situation.file_empty"});
    CHECK(told(read_csv_counts("region,day,cases\n\"north", {})).front().ends_with("file_unsound"));
    csv_layout how;
    how.columns = {{"region", "iso"}, {"day", "date"}, {"cases", "cum cases"}, {"-", "note"}};
    const auto read = read_csv_counts("iso,date,cum cases,note\nnorth,2026-03-01,3,x\n", how);
    CHECK(told(read) == words{});
    CHECK(read.runs.front() == run("north", "cases", "2026-03-01", {3}));
}

TEST_CASE("a wide table has a column for each day, and days in other forms must be said to be so") {
    const char* const text = "province,country,1/22/20,1/23/20\n,Northland,1,2\n,Southland,5,6\n";
    csv_layout how;
    how.wide = "cases";
    how.columns = {{"-", "province"}, {"region", "country"}};
    how.regions = {{"Northland", "NO"}};
    how.only = {"NO"};
    CHECK(told(read_csv_counts(text, how)) ==
          words{"1 1/22/20 situation.day_malformed", "1 1/23/20 situation.day_malformed"});
    how.days = day_form::month_day_year;
    const auto read = read_csv_counts(text, how);
    CHECK(told(read) == words{});
    REQUIRE(read.runs.size() == 1);
    CHECK(read.runs[0] == run("NO", "cases", "2020-01-22", {1, 2}));
    CHECK(read.passed_over == 1);
    CHECK(told(read_csv_counts("region,13/1/20\nA,1\n", how)).size() == 1);
}

TEST_CASE("parts hold all runs, however long") {
    const std::vector<count_run> all = {run("a", "cases", "2026-03-01", {1, 2, 3, 4, 5}),
                                        run("b", "cases", "2026-03-01", {6})};
    const auto parts = parts_of(all, 2);
    REQUIRE(parts.size() == 3);
    CHECK(parts[1].front() == run("a", "cases", "2026-03-03", {3, 4}));
    CHECK(parts[2].back() == run("b", "cases", "2026-03-01", {6}));
}

}  // namespace veche::situation
