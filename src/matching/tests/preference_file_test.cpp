#include "matching/preference_file.hpp"

#include "matching/match_run.hpp"
#include "matching/published_check.hpp"
#include "matching/tests/core_testing.hpp"

using namespace veche;
using namespace veche::matching;

TEST_CASE("a PrefLib file of strict orders becomes applicants, each with a list of its own") {
    const auto file = read_preferences(
        "# FILE NAME: example.soi\n# ALTERNATIVE NAME 1: North\n# ALTERNATIVE NAME 2: South\n"
        "2: 1,2\n1: 1\n");
    REQUIRE(file.has_value());
    CHECK(file->applicants == std::vector<std::string>{"4.1", "4.2", "5.1"});
    CHECK(file->programmes == std::vector<std::string>{"1 North", "2 South"});
    match_rules rules;
    for (const auto& [seeks, placed] :
         {std::pair(aim::least_cost, 2), std::pair(aim::rank_maximal, 2)}) {
        rules.seeks = seeks;
        const auto made = run_match(*file, rules);
        REQUIRE(made.has_value());
        CHECK(std::count_if(made->of.of.placed.begin(), made->of.of.placed.end(),
                            [](std::uint32_t p) { return p != nobody; }) == placed);
        CHECK(check_certificate(*file, certificate_of(*file, rules, *made)).empty());
    }
}

TEST_CASE("a PrefLib file that cannot be read says where and what to write") {
    const auto said = [](std::string_view text) {
        const auto read = read_preferences(text);
        return read ? "read" : read.error().sentence();
    };
    CHECK(said("1: 1,{2,3}\n") ==
          "Line 1: it ranks some alike. Write a strict order, without braces.");
    CHECK(said("\nmany: 1\n") ==
          "Line 2: it does not begin with how many say so. Write 1 to 1000000 and a colon.");
    CHECK(said("1: 1,x\n") ==
          "Line 1: \"x\" is no alternative. Write numbers from 1, parted by commas.");
    CHECK(said("1: 1,1\n") == "Line 1: it names 1 twice. Write each once.");
}
