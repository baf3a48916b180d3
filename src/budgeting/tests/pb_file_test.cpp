#include <doctest/doctest.h>

#include "budgeting/tests/shared.hpp"

using namespace veche;
using namespace veche::budgeting;
using namespace veche::budgeting::testing;

namespace {

/// The small file with a text put in place of another.
std::string with(const std::string& old, const std::string& fresh) {
    std::string text = small_pb();
    return text.replace(text.find(old), old.size(), fresh);
}

std::string refusal_of(const std::string& text) {
    const auto read = read_pb(text);
    REQUIRE_FALSE(read.has_value());
    return read.error().sentence();
}

}  // namespace

TEST_CASE("a file with every trap of the form is read, and says what was read kindly") {
    const auto read = read_pb(small_pb());
    REQUIRE(read.has_value());
    CHECK(read->decimals == 2);
    CHECK(read->on.budget == 100050);
    CHECK(read->on.projects[0].cost == 40000);
    CHECK(read->on.projects[0].name == "Trees; 12");
    CHECK(read->on.projects[2].cost == 25025);
    CHECK(read->on.projects[0].latitude == "53.9");
    CHECK(read->on.voters == 5);
    CHECK(read->on.groups() == 5);
    CHECK(read->rows[0].selected == 1);
    CHECK(read->rows[1].selected == 0);
    CHECK(read->rows[2].selected == 2);  // by another route
    CHECK(read->said("description") == "Parks; \"and\" paths");
    REQUIRE(read->remarks.size() == 3);
    CHECK(read->remarks[0].find("byte order") != std::string::npos);
    CHECK(read->remarks[1].find("units of 0.01") != std::string::npos);
    CHECK(read->remarks[2] ==
          "Project p3: the file says 9 votes, its ballots hold 1; the ballots count.");
}

TEST_CASE("ballots that break the limits of META are counted and reported") {
    const auto read = read_pb(with("3;p3,p1;", "3;p3,p1,p2;"));
    REQUIRE(read.has_value());
    bool found = false;
    for (const std::string& one : read->remarks)
        found = found || one.starts_with("1 ballots name fewer or more projects");
    CHECK(found);
}

TEST_CASE("each refusal names the line and what to do") {
    CHECK(refusal_of("key;value\n") == "Line 1: the first line should be META.");
    CHECK(refusal_of(with("budget;1000.50", "budget;1 000")).starts_with("Line 6: budget should"));
    CHECK(refusal_of(with("budget;1000.50", "currency;EUR")).find("budget") != std::string::npos);
    CHECK(refusal_of(with("approval", "veto")).starts_with("Line 7: vote_type should be"));
    CHECK(refusal_of(with("p2;600", "p1;600")) ==
          "Line 13: the project p1 stands twice; leave one out.");
    CHECK(refusal_of(with("p2;600", "p2;-6")).starts_with("Line 13: the cost of p2 should"));
    CHECK(refusal_of(with("2;p1;", "2;p9;"))
              .starts_with("Line 18: the ballot names the project "
                           "\"p9\", which is not among PROJECTS"));
    CHECK(refusal_of(with("project_id;cost", "id;cost")).find("column project_id") !=
          std::string::npos);
    CHECK(refusal_of(with("VOTES", "BALLOTS")).find("Line") == 0);
    CHECK(refusal_of(with("num_votes;5", "budget;5")).find("stands twice") != std::string::npos);
    CHECK(refusal_of("").find("META") != std::string::npos);
    CHECK(refusal_of(with("Paths", "\"Paths")).find("quoted field") != std::string::npos);
}

TEST_CASE("approving twice counts once, and is said") {
    const auto read = read_pb(with("2;p1;", "2;p1,p1;"));
    REQUIRE(read.has_value());
    CHECK(read->on.marks.size() == 6);
    CHECK(read->remarks[2].find("approve of a project twice") != std::string::npos);
}

TEST_CASE("points are scaled, and need one for each project") {
    std::string text =
        "META\nkey;value\nbudget;10\nvote_type;cumulative\nPROJECTS\nproject_id;cost;score\n"
        "a;5;2,5\nb;5;0.5\nVOTES\nvoter_id;vote;points\n1;a,b;2,0.5\n2;b,a;0,.5\n";
    CHECK(refusal_of(text).starts_with("Line 12: the points \".5\""));
    text.replace(text.find(",.5"), 3, ",0.5");
    const auto read = read_pb(text);
    REQUIRE(read.has_value());
    CHECK(read->point_decimals == 1);
    CHECK(read->remarks.empty());
    // No points are no support.
    CHECK(read->on.marks == std::vector<mark>{{0, 5}, {0, 20}, {1, 5}});
    text.replace(text.find("2,0.5"), 5, "2");
    CHECK(refusal_of(text).find("names 2 projects and gives 1 points") != std::string::npos);
}

TEST_CASE("the place on an ordinal ballot is worth points, the best the most") {
    const auto read = read_pb(
        "META\nkey;value\nbudget;10\nvote_type;ordinal\nmax_length;3\nPROJECTS\n"
        "project_id;cost\na;5\nb;5\nc;1\nVOTES\nvoter_id;vote\n1;b,a\n2;b,a\n3;a\n");
    REQUIRE(read.has_value());
    CHECK(read->on.groups() == 2);
    CHECK(read->on.marks == std::vector<mark>{{0, 3}, {1, 3}, {0, 2}});
    CHECK(refusal_of("META\nkey;value\nbudget;10\nvote_type;ordinal\nPROJECTS\nproject_id;cost\n"
                     "a;5\nVOTES\nvoter_id;vote\n1;a,a\n")
              .find("twice") != std::string::npos);
}

TEST_CASE("what is written is read again as the same election, with what is selected") {
    const auto read = read_pb(small_pb());
    REQUIRE(read.has_value());
    const std::string written = write_pb(*read, {1}, "equal-shares/add1");
    const auto again = read_pb(written);
    REQUIRE(again.has_value());
    CHECK(again->on.marks == read->on.marks);
    CHECK(again->on.budget == read->on.budget);
    CHECK(again->said("rule") == "equal-shares/add1");
    CHECK(again->said("description") == read->said("description"));
    CHECK(again->rows[0].selected == 0);
    CHECK(again->rows[1].selected == 1);
    CHECK(again->on.projects[0].name == "Trees; 12");
}

TEST_CASE("a voter whose id begins like the name of a part is written again all the same") {
    const auto read = read_pb(with("\r\n2;p1", "\r\nVOTES2;p1"));
    REQUIRE(read.has_value());
    const auto again = read_pb(write_pb(*read, {1}, "greedy"));
    REQUIRE(again.has_value());
    CHECK(again->on.marks == read->on.marks);
}

TEST_CASE("a file whose lines end by a lone return is written again all the same") {
    const auto read = read_pb(
        "META\rkey;value\rbudget;10\rvote_type;approval\rPROJECTS\r"
        "project_id;cost\ra;5\rVOTES\rvoter_id;vote\r1;a\r");
    REQUIRE(read.has_value());
    const auto again = read_pb(write_pb(*read, {0}, "greedy"));
    REQUIRE(again.has_value());
    CHECK(again->on.marks == read->on.marks);
    CHECK(again->on.voters == 1);
}

TEST_CASE("what META says in quotation marks is written again in them") {
    const auto read = read_pb(
        "META\nkey;value\n \"odd;x\nbudget;10\nvote_type;approval\nPROJECTS\n"
        "project_id;cost\na;5\nVOTES\nvoter_id;vote\n1;a\n");
    REQUIRE(read.has_value());
    const auto again = read_pb(write_pb(*read, {0}, "greedy"));
    REQUIRE(again.has_value());
    CHECK(again->on.budget == 10);
}

TEST_CASE("a result is written into a column of its own where the file has none") {
    const auto read = read_pb(
        "META\nkey;value\nbudget;10\nvote_type;approval\nPROJECTS\n"
        "project_id;cost\na;5\nVOTES\nvoter_id;vote\n1;a\n");
    REQUIRE(read.has_value());
    const std::string written = write_pb(*read, {0}, "greedy");
    CHECK(written ==
          "META\nkey;value\nbudget;10\nvote_type;approval\nrule;greedy\nPROJECTS\n"
          "project_id;cost;selected\na;5;1\nVOTES\nvoter_id;vote\n1;a\n");
}

TEST_CASE("every election of the shared data is read, and written again unchanged") {
    const auto folder = allocation_folder() / "pb";
    if (!std::filesystem::exists(folder)) {
        MESSAGE("skipped: the shared elections are not here");
        return;
    }
    std::size_t count = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        if (file.path().extension() != ".pb") continue;
        if (std::filesystem::file_size(file.path()) > 1'000'000) continue;
        CAPTURE(file.path());
        const auto read = read_pb(text_in(file.path()));
        REQUIRE(read.has_value());
        const auto again = read_pb(write_pb(*read, {}, "greedy"));
        REQUIRE(again.has_value());
        CHECK(again->on.marks == read->on.marks);
        CHECK(again->on.counts == read->on.counts);
        ++count;
    }
    CHECK(count == 55);
}
