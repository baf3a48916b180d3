// `veche inputoutput`: each subcommand on a small table, text and JSON, and what is refused.

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>
#include <stdlib.h>

#include "cli/tests/veche_says.hpp"

using namespace veche::cli::testing;

namespace {

constexpr const char* flows_file =
    ",north|goods,north|services,sea|goods,north|use,sea|use,output\n"
    "north|goods,20,8,3,40,5,76\n"
    "north|services,10,30,1,70,4,115\n"
    "sea|goods,12,4,60,9,150,235\n"
    "value added,34,73,170,,,\n";

struct statistics_desk {
    statistics_desk() {
        char name[] = "/tmp/veche-io-XXXXXX";
        base = ::mkdtemp(name);
        std::ofstream(base / "t.csv") << flows_file;
        std::ofstream(base / "air.csv") << ",north|goods,north|services,sea|goods\nsoot,10,5,40\n";
        std::ofstream(base / "units.csv") << "stressor,unit\nsoot,kg\n";
        std::ofstream(base / "groups.csv") << "name,group\ngoods,all\nservices,all\n";
        std::ofstream(base / "bad.csv") << ",a|x,a|use\na|x,,3\n";
    }
    ~statistics_desk() { std::filesystem::remove_all(base); }
    statistics_desk(const statistics_desk&) = delete;
    statistics_desk& operator=(const statistics_desk&) = delete;

    [[nodiscard]] std::string at(const char* file) const { return (base / file).string(); }

    std::filesystem::path base;
};

}  // namespace

TEST_CASE("a table's gaps are told, by the short name of the verb too") {
    const statistics_desk desk;
    const auto said = veche_says({"io", "balance", desk.at("t.csv"), "--unit", "M"});
    CHECK(said.code == 0);
    CHECK(has(said.out, "unit: M"));
    CHECK(has(said.out, "sha256 of t.csv: "));
    // Value added of sea is stated as 170 and is 171.
    CHECK(has(said.out, "value added stated  sea|goods     170     171   -1"));
    CHECK(has(veche_says({"inputoutput", "balance", desk.at("t.csv"), "--sector-groups",
                          desk.at("groups.csv")})
                  .out,
              "producers: 2"));
    const auto bad = veche_says({"io", "balance", desk.at("bad.csv")});
    CHECK(bad.code == 1);
    CHECK(has(bad.err, "Line 2, column 2"));
}

TEST_CASE("value added, linkages and footprints are printed with their method") {
    const statistics_desk desk;
    // An option takes one value, so that the table may come after it.
    const auto source = veche_says({"io", "tiva", "--region", "north", desk.at("t.csv")});
    CHECK(source.code == 0);
    CHECK(has(source.out, "Gross exports by Borin-Mancini source"));
    CHECK(has(source.out, "1 gaps"));
    CHECK(!has(source.out, "\n  sea "));
    for (const char* method : {"kww", "wwz", "oecd", "participation", "leontief"}) {
        const auto said =
            veche_says({"io", "tiva", desk.at("t.csv"), "--method", method, "--by", "partner"});
        CHECK(said.code == 0);
        CHECK(has(said.out, std::string("method: ") + method));
    }
    CHECK(veche_says({"io", "tiva", desk.at("t.csv"), "--method", "best"}).code == 2);
    CHECK(has(veche_says({"io", "multipliers", desk.at("t.csv"), "--top", "1"}).out,
              "(the first 1 of 3"));
    const auto soot =
        veche_says({"io", "footprint", desk.at("t.csv"), "--extension", "air=" + desk.at("air.csv"),
                    "--units", "air=" + desk.at("units.csv"), "--of", "air", "--json"});
    CHECK(soot.code == 0);
    CHECK(has(soot.out, "\"name\":\"soot, kg\""));
    CHECK(has(soot.out, "[\"north\",15,"));
    CHECK(veche_says({"io", "footprint", desk.at("t.csv"), "--of", "water"}).code == 1);
}

TEST_CASE("dependence and links that stop are printed with what they leave out") {
    const statistics_desk desk;
    const auto on = veche_says({"io", "dependence", desk.at("t.csv"), "--member", "north",
                                "--sector", "goods", "--sector", "services"});
    CHECK(on.code == 0);
    CHECK(has(on.out, "north|goods: inputs from third countries"));
    CHECK(has(on.out, "a reason to ask, not an answer"));
    const auto all =
        veche_says({"io", "dependence", desk.at("t.csv"), "--member", "sea", "--partner", "north"});
    CHECK(has(all.out, "1 sectors make nothing there."));
    CHECK(veche_says({"io", "dependence", desk.at("t.csv"), "--member", "moon"}).code == 1);
    const auto stops = veche_says({"io", "extract", desk.at("t.csv"), "--stop",
                                   "sea|goods>north:0.5", "--stop", "north>sea", "--json"});
    CHECK(stops.code == 0);
    CHECK(has(stops.out, "\"flows between producers that stop\":12"));
    CHECK(has(stops.out, "Nothing takes the place of what stops"));
    CHECK(veche_says({"io", "extract", desk.at("t.csv"), "--stop", "sea"}).code == 1);
    CHECK(veche_says({"io", "extract", desk.at("t.csv"), "--stop", "sea>north:half"}).code == 1);
}
