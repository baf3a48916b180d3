#include <filesystem>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>
#include <stdlib.h>

#include "cli/tests/veche_says.hpp"

using namespace veche::cli::testing;

namespace {

constexpr const char* budget_file =
    "META\nkey;value\ndescription;Town\nbudget;60\nvote_type;approval\ncurrency;EUR\n"
    "PROJECTS\nproject_id;cost;votes;name\na;24;4;Trees\nb;18;3;Paths\nc;31;4;Pond\n"
    "VOTES\nvoter_id;vote\n1;a,b\n2;a,b\n3;a,c\n4;a,c\n5;b,c\n6;c\n";

struct town_hall {
    town_hall() {
        char name[] = "/tmp/veche-share-XXXXXX";
        base = ::mkdtemp(name);
        std::ofstream(base / "town.pb") << budget_file;
    }
    ~town_hall() { std::filesystem::remove_all(base); }
    town_hall(const town_hall&) = delete;
    town_hall& operator=(const town_hall&) = delete;

    [[nodiscard]] std::string at(const char* file) const { return (base / file).string(); }

    std::filesystem::path base;
};

std::string file_text(const std::string& name) {
    std::ifstream in(name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("veche share divides a budget, and its certificate is judged alone") {
    const town_hall hall;
    const auto made = veche_says({"share", hall.at("town.pb"), "--certificate",
                                  hall.at("proof.json"), "--write", hall.at("result.pb")});
    CHECK(made.code == 0);
    CHECK(has(made.out, "Each voter held 10 EUR."));
    CHECK(has(made.out, "24 EUR  a (Trees)"));
    CHECK(has(made.out, "Funded: 2 projects for 42 EUR; 18 EUR is left. The certificate holds."));
    CHECK(has(file_text(hall.at("result.pb")), "c;31;4;Pond;0"));
    CHECK(has(file_text(hall.at("result.pb")), "rule;equal-shares"));
    CHECK(veche_says({"share", hall.at("town.pb"), "--check", hall.at("proof.json")}).code == 0);
    std::string proof = file_text(hall.at("proof.json"));
    proof.replace(proof.find("\"price\":\"6\""), 11, "\"price\":\"7\"");
    std::ofstream(hall.at("forged.json")) << proof;
    const auto forged =
        veche_says({"share", hall.at("town.pb"), "--check", hall.at("forged.json")});
    CHECK(forged.code == 1);
    CHECK(has(forged.out, "DOES NOT HOLD: The effective votes of a do not follow"));
}

TEST_CASE("veche share says why a project is not funded") {
    const town_hall hall;
    const auto told = veche_says({"share", hall.at("town.pb"), "--explain", "c"});
    CHECK(told.code == 0);
    CHECK(
        has(told.out, "c (Pond) is not funded. Its 4 supporters held 40 EUR and have 18 EUR left"));
    CHECK(has(told.out, "At a cost of 18 EUR it would have been funded"));
    CHECK(veche_says({"share", hall.at("town.pb"), "--explain", "z"}).code == 1);
    CHECK(veche_says({"share", hall.at("town.pb"), "--completion", "magic"}).code == 1);
    const auto greedy = veche_says({"share", hall.at("town.pb"), "--rule", "greedy", "--json"});
    CHECK(has(greedy.out, "\"chosen\":[\"a\",\"c\"]"));
}

TEST_CASE("veche share buys with overspending and in equal parts") {
    const town_hall hall;
    for (const std::string completion : {"bos", "ees-addopt"}) {
        const std::string proof = hall.at((completion + ".json").c_str());
        const auto made = veche_says(
            {"share", hall.at("town.pb"), "--completion", completion, "--certificate", proof});
        CHECK(made.code == 0);
        CHECK(has(made.out, "rule equal-shares/" + completion));
        CHECK(veche_says({"share", hall.at("town.pb"), "--check", proof}).code == 0);
    }
}
