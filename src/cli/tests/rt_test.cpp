// `veche rt` on a small invented file: what it prints, writes, tells and refuses.

#include <algorithm>

#include <doctest/doctest.h>

#include "cli/tests/own_folder.hpp"
#include "cli/tests/veche_says.hpp"

using namespace veche::cli::testing;

namespace {

std::string counts() {
    std::string out = "day,place,sum\n";
    int sum = 0;
    for (int t = 1; t <= 40; ++t) {
        sum += 3 + t % 5;
        if (t == 20) continue;
        out += "2021-03-" + std::string(t < 10 ? "0" : "") + std::to_string(t) + ",B," +
               std::to_string(t == 12 ? sum - 30 : sum) + "\n";
        if (t == 31) break;
    }
    return out;
}

}  // namespace

TEST_CASE("veche rt prints the newest window, writes all and a picture, and tells what is odd") {
    const own_folder in;
    in.put("counts.csv", counts());
    const auto said =
        veche_says({"rt", in.at("counts.csv"), "--date", "day", "--region", "place", "--cases",
                    "sum", "--cumulative", "--interval-mean", "3.1", "--interval-sd", "1.2",
                    "--coverage-from", "15", "--all", in.at("all.csv"), "--plot", in.at("r.svg")});
    CHECK(said.code == 0);
    CHECK(has(said.out, "2021-03-31"));
    CHECK(has(said.out, "the sum fell by"));
    CHECK(has(said.out, "no row for 2021-03-20"));
    CHECK(has(said.out, "how often 95 % intervals held"));
    const std::string all = in.get("all.csv");
    CHECK(all.starts_with("region,from,to,cases,mean,deviation,q2.5,"));
    CHECK(std::count(all.begin(), all.end(), '\n') == 1 + 24);
    CHECK(in.get("r.svg").starts_with("<svg"));
}

TEST_CASE("veche rt refuses what it cannot use, with the reason") {
    const own_folder in;
    in.put("counts.csv", counts());
    in.put("twice.csv", "date,cases\n2021-03-01,4\n2021-03-01,4\n");
    const auto without = veche_says({"rt", in.at("counts.csv"), "--date", "day", "--cases", "sum"});
    CHECK(without.code == 1);
    CHECK(has(without.err, "serial interval"));
    const auto twice =
        veche_says({"rt", in.at("twice.csv"), "--interval-mean", "3", "--interval-sd", "1"});
    CHECK(twice.code == 1);
    CHECK(has(twice.err, "Row 2 gives 2021-03-01"));
    // Every row that is wrong is named at once, whatever else the column holds.
    in.put("many.csv",
           "date,region,cases\n2021-03-01,N,4\n2021-03-02,N,-5\n2021-03-02,N,3\nyesterday,N,1\n"
           "2021-03-03,S,x\n2021-03-04,S,\n2021-03-05,S,2\n");
    const auto many = veche_says({"rt", in.at("many.csv"), "--region", "region", "--interval-mean",
                                  "3", "--interval-sd", "1"});
    CHECK(many.code == 1);
    for (const char* one :
         {"Row 2 has -5 as the cases of N on 2021-03-02", "Row 3 gives 2021-03-02 of N a second",
          "Row 4 has yesterday as a date", "Row 5 has x as the cases of S on 2021-03-03",
          "Row 6 has no number of cases for 2021-03-04 of S", "5 rows cannot be taken"})
        CHECK_MESSAGE(has(many.err, one), many.err);
    CHECK(!has(many.err, "Row 7"));
    const auto nobody =
        veche_says({"rt", in.at("counts.csv"), "--date", "day", "--region", "place", "--cases",
                    "sum", "--only", "C", "--interval-mean", "3", "--interval-sd", "1"});
    CHECK(has(nobody.err, "no series of C"));
}
