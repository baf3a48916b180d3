// `veche match` on small files.

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>
#include <stdlib.h>

#include "cli/files.hpp"
#include "cli/tests/veche_says.hpp"

using namespace veche::cli::testing;

namespace {

struct match_fixture {
    match_fixture() {
        char name[] = "/tmp/veche-match-XXXXXX";
        base = ::mkdtemp(name);
        write("programmes.csv", "programme,capacity,rural\nlaw,1,0\nart,1,1\n");
        write("applications.csv",
              "applicant,programme,choice,score,rural\n"
              "a,law,1,\"90,5\",0\nb,law,1,90.5,1\nb,art,2,10,1\nc,art,1,20,0\n");
    }
    ~match_fixture() { std::filesystem::remove_all(base); }
    match_fixture(const match_fixture&) = delete;
    match_fixture& operator=(const match_fixture&) = delete;

    void write(const std::string& name, const std::string& text) const {
        std::ofstream(base / name, std::ios::binary) << text;
    }
    [[nodiscard]] std::string at(const std::string& name) const { return (base / name).string(); }
    [[nodiscard]] outcome match(std::vector<std::string> more) const {
        std::vector<std::string> words{"match", at("programmes.csv"), at("applications.csv")};
        words.insert(words.end(), more.begin(), more.end());
        return veche_says(std::move(words));
    }

    std::filesystem::path base;
};

}  // namespace

TEST_CASE_FIXTURE(match_fixture, "a matching is printed, certified, checked and explained") {
    const std::vector<std::string> lots{"--ties", "lottery", "--seed", std::string(64, '1'),
                                        "--call", "c1"};
    auto words = lots;
    words.insert(words.end(), {"--certificate", at("certificate.json"), "--places", at("p.csv"),
                               "--explanations", at("why.json")});
    const auto made = match(words);
    CHECK(made.code == 0);
    CHECK(has(made.out, "Lots were needed here."));
    CHECK(has(made.out, "score of the last 90.5"));
    CHECK(has(match({"--check", at("certificate.json")}).out, "The certificate holds."));
    CHECK(veche::cli::read_file(at("p.csv"))->starts_with("applicant,programme,choice\na,"));
    CHECK(has(*veche::cli::read_file(at("why.json")), "\"outcome\":\"lost_lottery\""));

    words = lots;
    words.insert(words.end(), {"--explain", "c"});
    CHECK(has(match(words).out, "Choice 1, art:"));
    words.back() = "nobody";
    CHECK(match(words).code == 1);
}

TEST_CASE_FIXTURE(match_fixture, "a certificate of another result does not hold") {
    CHECK(match({"--ties", "chilean", "--certificate", at("certificate.json")}).code == 0);
    std::string said = *veche::cli::read_file(at("certificate.json"));
    const auto at_rules = said.find("chilean");
    REQUIRE(at_rules != std::string::npos);
    write("other.json", said.replace(at_rules, 7, "hungarian"));
    const auto judged = match({"--check", at("other.json")});
    CHECK(judged.code == 1);
    CHECK(has(judged.out, "does NOT hold"));
    CHECK(has(match({"--check", at("other.json"), "--json"}).out, "\"holds\":false"));
}

TEST_CASE_FIXTURE(match_fixture, "equals break a programme only where no rule is named for them") {
    const auto made = match({});
    CHECK(made.code == 0);
    CHECK(has(made.out, "Set aside: 2 programmes and 3 applicants."));
    CHECK(has(made.out, "law gives two applicants the rank 0."));
    CHECK(match({"--ties", "no such"}).code == 2);
    CHECK(match({"--ties", "lottery"}).code == 1);
}

TEST_CASE_FIXTURE(match_fixture,
                  "what gives way to minimums is said, and proved where none holds") {
    write("programmes.csv", "programme,capacity,minimum\nlaw,3,2\nart,3,2\n");
    write("applications.csv",
          "applicant,programme,choice,rank\na,law,1,1\na,art,2,1\nb,law,1,2\nb,art,2,2\n"
          "c,law,1,3\nc,art,2,3\nd,art,1,4\n");
    CHECK(has(match({}).err, "no rule says what gives way to it"));
    const auto closed =
        match({"--minimum", "closed", "--certificate", at("closed.json"), "--explain", "d"});
    CHECK(closed.code == 0);
    CHECK(has(closed.out, "it does not run; it needs 2 at least, and 1 would rather be there"));
    CHECK(has(match({"--check", at("closed.json")}).out, "The certificate holds."));
    const auto filled = match({"--minimum", "filled"});
    CHECK(filled.code == 0);
    CHECK(has(filled.out, "Every minimum is filled; seats above may stay empty."));
    CHECK(has(filled.out, "rank of the last 2, 1 withheld for minimums"));
    write("programmes.csv", "programme,capacity,minimum\nlaw,3,3\nart,3,2\n");
    const auto none = match({"--minimum", "filled", "--certificate", at("none.json")});
    CHECK(none.code == 1);
    CHECK(has(none.out, "No matching keeps every minimum by this rule"));
    CHECK(has(match({"--check", at("none.json")}).out, "The certificate holds."));
    CHECK(match({"--minimum", "some"}).code == 2);
}
