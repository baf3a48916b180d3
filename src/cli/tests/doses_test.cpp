// `veche doses` on small invented files: what it prints, writes and refuses.

#include <cstdlib>
#include <filesystem>

#include <doctest/doctest.h>

#include "cli/tests/own_folder.hpp"
#include "cli/tests/veche_says.hpp"
#include "source_dir.hpp"

using namespace veche::cli::testing;
using veche::source_dir;

namespace {

constexpr const char* book_head = "day,event,site,lot,expires,doses,to,why,state\n";

}  // namespace

TEST_CASE("veche doses book keeps a book by the rules of a union (H20)") {
    const own_folder in;
    in.put("events.csv", std::string(book_head) +
                             "2026-03-01,receive,store,A,2026-03-10,100,,,\n"
                             "2026-03-01,receive,store,B,2026-03-05,50,,,\n"
                             "2026-03-02,receive,store,C,2026-03-05,30,,,\n"
                             "2026-03-03,open,store,,,60,,,\n"
                             "2026-03-06,open,store,,,90,,,\n"
                             "2026-03-06,discard,store,C,,20,,expired,expired\n"
                             "2026-03-06,give,store,A,,70,,,\n");
    const auto said =
        veche_says({"doses", "book", in.at("events.csv"), "--moves", in.at("moves.csv")});
    CHECK(said.code == 0);
    CHECK(has(said.out, "180 received = 90 held + 0 on the way + 70 given + 20 lost"));
    CHECK(has(in.get("moves.csv"), "B,2026-03-03,opened,store,,50,"));
    CHECK(has(in.get("moves.csv"), "A,2026-03-06,opened,store,,90,"));
}

TEST_CASE("a row that breaks a rule is named with what to do, and nothing is taken") {
    const own_folder in;
    const auto said_of = [&](const std::string& rows) {
        in.put("events.csv", book_head + rows);
        return veche_says({"doses", "book", in.at("events.csv")});
    };
    const std::string lot = "2026-03-01,receive,store,A,2026-03-10,100,,,\n";
    const auto short_of = said_of(lot + "2026-03-02,open,store,,,101,,,\n");
    CHECK(short_of.code == 1);
    CHECK(has(short_of.err, "Row 3"));
    CHECK(!has(short_of.err, ".."));
    CHECK(has(said_of(lot + "2026-02-02,open,store,,,1,,,\n").err, "sort the rows"));
    CHECK(has(said_of("2026-03-1,receive,store,A,2026-03-10,100,,,\n").err, "is no day"));
    CHECK(has(said_of(lot + "2026-03-02,burn,store,,,1,,,\n").err, "is no event"));
    CHECK(has(said_of(lot + "2026-03-02,open,store\n").err, "make them equal"));
    CHECK(has(said_of("2026-03-01,receive,store,A,2026-03-10,ten,,,\n").err, "no whole number"));
}

TEST_CASE("veche doses share shows three rules side by side (H18, H19)") {
    const own_folder in;
    in.put("regions.csv",
           "region,weight,already\nBR,1338044,40141320\nVI,1120364,28009100\n"
           "HO,1375286,38508008\nHR,1017976,35629160\nHM,2009786,90440370\n"
           "MI,1473346,39780342\nMA,1014843,22326546\n");
    const auto said =
        veche_says({"doses", "share", in.at("regions.csv"), "--doses", "600000", "--scale", "100"});
    CHECK(said.code == 0);
    for (const char* one : {"66098619/183496475", "142299", "85867", "128975"})
        CHECK(has(said.out, one));
}

TEST_CASE("veche doses plan writes a plan that is judged again without the solver") {
    const own_folder in;
    in.put("regions.csv", "region,people,weekly_hazard\nnorth,40000,0.01\nsouth,60000,0.03\n");
    in.put("groups.csv", "group,share,ifr,max_uptake\nold,0.25,0.05,0.8\nyoung,0.75,1e-3,0.5\n");
    const auto ask = [&](std::vector<std::string> more) {
        std::vector<std::string> words = {
            "doses",   "plan", in.at("regions.csv"), "--groups", in.at("groups.csv"),
            "--weeks", "12",   "--supply",           "0.1"};
        words.insert(words.end(), more.begin(), more.end());
        return veche_says(words);
    };
    const auto made = ask({"--certificate", in.at("plan.json"), "--plan", in.at("plan.csv")});
    CHECK(made.code == 0);
    CHECK(has(made.out, "holds"));
    CHECK(has(in.get("plan.csv"), "south,old,1,"));
    CHECK(has(ask({"--check", in.at("plan.json")}).out, "holds"));
    std::string other = in.get("plan.json");
    char& digit = other.at(other.find("\"averted\":\"") + 11);
    digit = digit == '9' ? '8' : '9';
    in.put("other.json", other);
    CHECK(has(ask({"--check", in.at("other.json")}).out, "averts another number"));
    CHECK(has(ask({"--floor", "0.9"}).err, "Lower the floor"));
}

TEST_CASE("veche doses policies shows what each policy costs") {
    const own_folder in;
    const auto said =
        veche_says({"doses", "policies", "--supply", "100", "--weeks", "6", "--interval", "3",
                    "--all", in.at("all.csv"), "--svg", in.at("p.svg")});
    CHECK(said.code == 0);
    CHECK(has(said.out, "lockbox"));
    CHECK(has(in.get("all.csv"), "release,1,100,0,0,100,0,0"));
    CHECK(has(in.get("p.svg"), "<svg"));
}

TEST_CASE(
    "veche doses plan writes the command that lets a decision bind it, and prices the floor") {
    const own_folder in;
    in.put("regions.csv",
           "region,site,people,weekly_hazard,before.old\nNorth,n,400000,0.01,5000\n"
           "South,s,600000,0.03,0\n");
    in.put("groups.csv", "group,share,ifr,max_uptake\nold,0.25,0.05,0.8\nyoung,0.75,1e-3,0.5\n");
    const auto ask = [&](std::vector<std::string> more) {
        std::vector<std::string> words = {"doses",
                                          "plan",
                                          in.at("regions.csv"),
                                          "--groups",
                                          in.at("groups.csv"),
                                          "--weeks",
                                          "12",
                                          "--pack",
                                          "10",
                                          "--floor",
                                          "0.05"};
        words.insert(words.end(), more.begin(), more.end());
        return veche_says(words);
    };
    const auto made =
        ask({"--command", in.at("body.json"), "--allocation", "a-1", "--product", "vax", "--from",
             "store", "--now", "2", "--why", "en=Fewest die.", "--dataset", "regions=hazards",
             "--floors", "0,0.1,0.2,0.9", "--svg", in.at("floors.svg")});
    REQUIRE(made.code == 0);
    const std::string body = in.get("body.json");
    for (const char* one :
         {R"("rule":"fewest_deaths")", R"("site":"n")", R"("now":2)", R"("dataset":"hazards")",
          R"("within":"1/1000")", R"("before":[5000,0])", R"("en":"Fewest die.")"})
        CHECK_MESSAGE(has(body, one), one);
    CHECK(has(made.out, "1/10"));
    CHECK(!has(made.out, "9/10"));  // that floor cannot be kept
    CHECK(has(in.get("floors.svg"), "<svg"));
    CHECK(ask({"--command", in.at("late.json"), "--allocation", "a", "--product", "p", "--from",
               "s", "--now", "12"})
              .code == 1);
    CHECK(ask({"--command", in.at("bare.json")}).code != 0);  // an id of the allocation is needed
}

TEST_CASE(
    "cases of indices, shares and stock are run from a file, and a wrong one is missed (H8, "
    "H19, H20)") {
    const own_folder in;
    in.put("cases.json", R"([
        {"id":"A","op":"policy_index","in":{"values":{"E1":[2,0],"E2":[2,null]}},
         "expect":{"economic_support":87.5},"tol":"abs 1e-6"},
        {"id":"B","op":"policy_index","in":{"values":{"E1":[2,1],"E2":[2,null]}},
         "expect":{"economic_support":87.5},"tol":"abs 1e-6"},
        {"id":"C","op":"allocate","in":{"rule":"maxmin","amount":100,"regions":[
            {"id":"n","population":1000,"coverage":"30/100"},
            {"id":"s","population":1000,"coverage":"20/100"}]},
         "expect":{"level":"3/10","doses":{"n":0,"s":100}},"tol":"exact"},
        {"id":"D","op":"stock","in":{"lots":[
            {"id":"A","doses":100,"expires":10,"received":1},
            {"id":"B","doses":50,"expires":5,"received":1},
            {"id":"C","doses":30,"expires":5,"received":2}],
            "steps":[{"day":3,"issue":60},{"day":6,"issue":90}]},
         "expect":{"steps":[{"taken":{"B":50,"C":10}},{"expired":{"C":20},"taken":{"A":90}}],
            "left":{"A":10},"loss":20,"closed_vial_wastage":"20/180"},"tol":"exact"},
        {"id":"F","op":"allocate","in":{"rule":"capped","amount":100,"regions":[
            {"id":"n","population":900,"cap":60},{"id":"s","population":100,"cap":50}]},
         "expect":{"doses":{"n":60,"s":40}},"tol":"exact"},
        {"id":"G","op":"second_dose","in":{"weekly_supply":100,"interval_weeks":2,"weeks":4,
            "policy":"lockbox"},"expect":{"firsts":[50,50,50,50],"peak_reserve":100}},
        {"id":"H","op":"second_dose","in":{"weekly_supply":100,"interval_weeks":2,"weeks":4,
            "policy":"release"},"expect":{"firsts":[100,100,0,0],"peak_reserve":0}},
        {"id":"I","op":"wastage","in":{"months":[{"vials_opened":10,"doses_per_vial":10,"given":80},
            {"vials_opened":5,"doses_per_vial":10,"given":55}]},
         "expect":{"monthly":["1/5","-1/10"],"cumulative":["20/100","15/150"]}},
        {"id":"J","op":"wastage","in":{"levels":2,"w_closed":0.1,"w_open":0.2},
         "expect":{"total":0.352,"factor":1.54320987654321}},
        {"id":"K","op":"wastage","in":{"levels":3,"w_closed":0.1,"w_open":0.2},
         "expect":{"total":0.352}},
        {"id":"E","op":"policy_index_table","in":{"file":"away.csv","indices":["StringencyIndex"],
            "columns":["Average"]},"expect":{"values":1,"max_abs_diff":0.005}}])");
    const auto said = veche_says({"vectors", in.at("cases.json")});
    CHECK(said.code == 1);
    CHECK(has(said.out, "A      ok       policy_index"));
    CHECK(has(said.out, "B      MISSED   policy_index"));
    CHECK(has(said.out, "C      ok       allocate"));
    CHECK(has(said.out, "D      ok       stock"));
    for (const char* one :
         {"F      ok       allocate", "G      ok       second_dose", "H      ok       second_dose",
          "I      ok       wastage", "J      ok       wastage", "K      MISSED   wastage"})
        CHECK_MESSAGE(has(said.out, one), said.out);
    CHECK(has(said.out, "E      not run  policy_index_table: away.csv is not at hand"));
}

TEST_CASE("the gap of two indices is that of the published values, where a file has them (H11)") {
    const own_folder in;
    const std::string head =
        "CountryCode,Date,C1M_School closing,C1M_Flag,StringencyIndex_Average\n";
    in.put("a.csv", head + "AAA,20210101,0,,10.00\nAAA,20210102,0,,20.50\nAAA,20210103,2,1,\n");
    in.put("b.csv", head + "BBB,20210101,3,1,40.25\nBBB,20210102,0,,20.00\nBBB,20210103,0,,1\n");
    in.put("cases.json", R"([{"id":"G","op":"clash_days","in":{"files":["a.csv","b.csv"],"gap":2},
        "expect":{"days":{"C1":2},"mean_abs_stringency_gap":15.375,
                  "max_abs_stringency_gap":30.25},"tol":"1e-6"}])");
    // On the third day nothing is published of the first place, and too little is known to compute.
    const auto said = veche_says({"vectors", in.at("cases.json")});
    CHECK_MESSAGE(said.code == 0, said.out);
}

TEST_CASE("every case of health in the shared vectors comes out as expected (H1 to H22)") {
    const char* elsewhere = std::getenv("VECHE_SHARED");
    const std::filesystem::path file =
        std::filesystem::path(elsewhere ? elsewhere : source_dir() + "/../shared") /
        "data/health/health-vectors.json";
    if (!std::filesystem::exists(file)) {
        MESSAGE("left out: the reference data is not here");
        return;
    }
    const auto said = veche_says({"vectors", file.string()});
    CHECK_MESSAGE(said.code == 0, said.out);
    CHECK(has(said.out, "36 of 36 as expected, 0 missed, 0 not run"));
}
