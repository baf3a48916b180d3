// `veche seir` on a small invented plan: what it prints, writes, records, runs again and refuses.

#include <algorithm>
#include <filesystem>

#include <doctest/doctest.h>

#include "cli/tests/own_folder.hpp"
#include "cli/tests/veche_says.hpp"

using namespace veche::cli::testing;

namespace {

struct seir_fixture : own_folder {
    seir_fixture() {
        put("regions.csv",
            "region,people,infectious\nNorth,200000,12\nSouth,90000,0\nIsle,4000,0\n");
        put("presence.csv", "0.95,0.05,0\n0.08,0.9,0.02\n0,0.1,0.9\n");
        put("measures.csv",
            "scenario,kind,from,to,regions,value\n"
            "closed,border,2026-02-10,2026-04-30,North,0.1\n"
            "fewer,contacts,2026-02-10,2026-04-30,,0.7\n");
        put("doses.csv",
            "scenario,day,region,dose,count\nfewer,2026-02-01,South,1,20000\n"
            "fewer,2026-02-02,Isle,1,9000\n");
    }
    [[nodiscard]] outcome says(std::vector<std::string> more) const {
        std::vector<std::string> all = {"seir",         at("regions.csv"),
                                        "--presence",   at("presence.csv"),
                                        "--start",      "2026-02-01",
                                        "--latent",     "3",
                                        "--infectious", "5",
                                        "--days",       "150"};
        all.insert(all.end(), more.begin(), more.end());
        return veche_says(std::move(all));
    }
};

}  // namespace

TEST_CASE_FIXTURE(seir_fixture, "scenarios are printed side by side, written, drawn and recorded") {
    const outcome made = says({"--r0",           "2",
                               "--measures",     at("measures.csv"),
                               "--doses",        at("doses.csv"),
                               "--ve-infection", "0.6",
                               "--ve-death",     "0.9",
                               "--fatality",     "0.01",
                               "--replicates",   "24",
                               "--all",          at("all.csv"),
                               "--by-region",    at("regions-out.csv"),
                               "--svg",          at("i.svg"),
                               "--record",       at("run.json")});
    REQUIRE_MESSAGE(made.code == 0, made.err);
    for (const char* part : {"baseline", "closed", "fewer", "under the same luck", "SHA-256",
                             "fewer: 5000 planned doses found nobody to take them."})
        CHECK_MESSAGE(has(made.out, part), part);
    const std::string all = get("all.csv");
    CHECK(all.starts_with("scenario,day,quantity,equations,mean,deviation,low,"));
    CHECK(std::count(all.begin(), all.end(), '\n') == 1 + 3 * 151 * 4);
    CHECK(has(all, "closed,2026-03-01,infectious,"));
    const std::string regions = get("regions-out.csv");
    CHECK(std::count(regions.begin(), regions.end(), '\n') == 1 + 3 * 3 * 3);
    CHECK(get("i.svg").starts_with("<svg"));
    const std::string record = get("run.json");
    CHECK(has(record, R"("method":"seir/1")"));
    CHECK(has(record, R"("file":"measures.csv")"));

    // Anybody who has the files runs it again, with any number of threads.
    const outcome again = veche_says({"seir", "--replay", at("run.json"), "--threads", "2"});
    CHECK(again.code == 0);
    CHECK(has(again.out, "The recorded result came out again."));
    std::string other = record;
    other.replace(other.find(R"("result":")") + 10, 4, "0000");
    put("other.json", other);
    const outcome unlike = veche_says({"seir", "--replay", at("other.json")});
    CHECK(unlike.code == 1);
    CHECK(has(unlike.out, "Another result came out"));
    put("presence.csv", "0.95,0.05,0\n0.08,0.9,0.02\n0,0.2,0.8\n");
    const outcome changed = veche_says({"seir", "--replay", at("run.json")});
    CHECK(changed.code == 1);
    CHECK(has(changed.err, "presence.csv is not the recorded one"));
    put("bad.json", R"({"inputs":[],"method":"seir/0","result":"","settings":[]})");
    CHECK(has(veche_says({"seir", "--replay", at("bad.json")}).err, "seir/0"));
}

TEST_CASE_FIXTURE(seir_fixture, "wards and intensive care are set against their beds") {
    put("regions.csv",
        "region,people,infectious,ward,beds,intensive_beds\nNorth,200000,12,3,300,60\n"
        "South,90000,0,0,120,20\nIsle,4000,0,0,5,\n");
    const std::vector<std::string> hospitals = {"--r0",
                                                "1.6",
                                                "--admitted",
                                                "0.03",
                                                "--ward-days",
                                                "8",
                                                "--intensive",
                                                "0.2",
                                                "--intensive-days",
                                                "12",
                                                "--fatality",
                                                "0.001",
                                                "--ward-fatality",
                                                "0.05",
                                                "--intensive-fatality",
                                                "0.4",
                                                "--replicates",
                                                "24"};
    auto more = hospitals;
    for (const std::string& one :
         {std::string("--all"), at("all.csv"), std::string("--by-region"), at("regions-out.csv"),
          std::string("--svg"), at("w.svg"), std::string("--draw"), std::string("ward"),
          std::string("--record"), at("run.json")})
        more.push_back(one);
    const outcome made = says(more);
    REQUIRE_MESSAGE(made.code == 0, made.err);
    for (const char* part :
         {"in hospital at once, all regions together", "short from", "ward        425",
          "intensive     -", "where beds are fewer than the people, the worst first",
          "Whoever finds no bed is counted as if there were one"})
        CHECK_MESSAGE(has(made.out, part), made.out);
    const std::string all = get("all.csv"), regions = get("regions-out.csv");
    CHECK(std::count(all.begin(), all.end(), '\n') == 1 + 151 * 6);
    CHECK(has(all, "baseline,2026-03-01,intensive,"));
    CHECK(std::count(regions.begin(), regions.end(), '\n') == 1 + 3 * 5);
    CHECK(has(get("w.svg"), "425 beds"));
    CHECK(has(get("run.json"), R"("name":"ward_days","value":"8")"));
    CHECK(has(veche_says({"seir", "--replay", at("run.json"), "--threads", "2"}).out,
              "The recorded result came out again."));

    // What is said by halves is refused, and people in hospital without a model of it are named.
    CHECK(has(says({"--r0", "2", "--draw", "ward"}).err, "--ward-days"));
    CHECK(has(says({"--r0", "2", "--admitted", "0.1"}).err, "--ward-days"));
    CHECK(has(says({"--r0", "2"}).err, "regions: Row 1 has 3 as ward"));
    put("regions.csv", "region,people,infectious,ward\nNorth,20,12,9\nSouth,9,0,-1\nIsle,4,0,0\n");
    const outcome wrong = says(hospitals);
    CHECK(wrong.code == 1);
    CHECK(has(wrong.err, "Row 1 has 21 exposed, infectious, removed and in hospital of the 20"));
    CHECK(has(wrong.err, "Row 2 has -1 as ward of South"));
}

TEST_CASE_FIXTURE(seir_fixture, "a record of the time before hospitals comes out again") {
    const outcome made = says({"--r0", "2", "--measures", at("measures.csv"), "--doses",
                               at("doses.csv"), "--ve-infection", "0.6", "--ve-death", "0.9",
                               "--fatality", "0.01", "--replicates", "24"});
    CHECK(has(made.out, "9909c9da8a57520b5d5ac2dcbebb262af63d09f83934f4c67c40588183c5d8e0"));
}

TEST_CASE_FIXTURE(seir_fixture, "equations alone need no chance, and JSON has all") {
    const outcome made = says({"--beta", "0.4", "--replicates", "0", "--json"});
    CHECK(made.code == 0);
    CHECK(has(made.out, R"("title":"Scenarios of an epidemic")"));
    CHECK(has(made.out, "null"));
}

TEST_CASE_FIXTURE(seir_fixture, "bad rows are all named before anything runs") {
    put("presence.csv", "0.95,0.05,0\n0.08,0.9,0.01\n0,0.1,0.9\n");
    put("measures.csv",
        "scenario,kind,from,to,regions,value\nx,border,2026-01-10,2026-04-30,North,0.1\n");
    const outcome made =
        says({"--r0", "2", "--measures", at("measures.csv"), "--all", at("all.csv")});
    CHECK(made.code == 1);
    CHECK(has(made.err, "presence: Row 2 of the matrix, of South, adds up to 0.99"));
    CHECK(has(made.err, "measures: Row 1 has 2026-01-10 as a day; give a date from 2026-02-01 on"));
    CHECK(has(made.err, "2 rows cannot be taken"));
    CHECK(!std::filesystem::exists(at("all.csv")));
    CHECK(has(says({}).err, "--beta or by --r0"));
    CHECK(has(says({"--r0", "2", "--ve-infection", "1.5"}).err, "shares from 0 to 1"));
    CHECK(veche_says({"seir"}).code == 2);
}

TEST_CASE_FIXTURE(seir_fixture, "cases of health are run from a file in their own form") {
    put("cases.json",
        R"({"about":"x","vectors":[
            {"id":"A","op":"reed_frost","in":{"s0":2,"i0":1,"q":0.5},"expect":{"p0":0.25},"tol":"abs 1e-9"},
            {"id":"B","op":"reed_frost","in":{"s0":2,"i0":1,"q":0.5},"expect":{"p0":0.26},"tol":"abs 1e-9"},
            {"id":"C","op":"rt","in":{"incidence_file":"away.csv","si":{"mean":3,"sd":1}},"expect":{}},
            {"id":"D","op":"unheard_of","in":{},"expect":{}}]})");
    const outcome made = veche_says({"vectors", at("cases.json")});
    CHECK(made.code == 1);
    CHECK(has(made.out, "A      ok       reed_frost"));
    CHECK(has(made.out, "B      MISSED   reed_frost: p0: 0.26 expected, 0.25 came"));
    CHECK(has(made.out, "C      not run  rt: away.csv is not at hand"));
    CHECK(has(made.out, "D      not run  unheard_of: no room knows this kind"));
    CHECK(has(made.out, "1 of 4 as expected, 1 missed, 2 not run"));
}
