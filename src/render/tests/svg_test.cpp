#include "render/svg.hpp"

#include <doctest/doctest.h>

using namespace veche::render;

namespace {

std::size_t times(std::string_view whole, std::string_view piece) {
    std::size_t count = 0;
    for (auto at = whole.find(piece); at != std::string_view::npos;
         at = whole.find(piece, at + piece.size()))
        ++count;
    return count;
}

const std::vector<flow_node> three_columns{
    {0, "1", "A: 3", "b"}, {0, "2", "B: 1", "b"}, {1, "", "Fund", "a"}, {2, "3", "Use: 4", "yes"}};

}  // namespace

TEST_CASE("a flow draws every node with its name and every band as thick as its value") {
    const std::string drawn =
        flow("Way", "From left to right.", three_columns, {{0, 2, 3}, {1, 2, 1}, {2, 3, 4}}).bytes;
    CHECK(drawn.starts_with("<svg class=\"plot\" role=\"img\" width=\"100%\""));
    CHECK(drawn.find("aria-label=\"Way\"") != std::string::npos);
    CHECK(drawn.find("<desc>From left to right.</desc>") != std::string::npos);
    CHECK(times(drawn, "<rect") == 4);
    CHECK(times(drawn, "class=\"s-flow\"") == 3);
    CHECK(drawn.find("<title>A: 3</title>") != std::string::npos);
    // All of the one node is 320 pixels high, three quarters of it come from the first source.
    CHECK(drawn.find("height=\"3200\"") != std::string::npos);
    CHECK(drawn.find("height=\"2400\"") != std::string::npos);
    CHECK(drawn.find("height=\"800\"") != std::string::npos);
    // The second band enters the fund where the first one ends.
    CHECK(drawn.find(" 492 2460L492 3260C") != std::string::npos);
}

TEST_CASE("a flow escapes what it is told and leaves out bands that lead nowhere") {
    const std::string drawn = flow("<Way>", "&", {{0, "<1>", "\"A\"", "b"}, {1, "2", "B", "a"}},
                                   {{0, 1, 5}, {0, 7, 5}, {0, 1, 0}, {0, 1, -5}})
                                  .bytes;
    CHECK(drawn.find("<Way>") == std::string::npos);
    CHECK(drawn.find("&lt;1&gt;") != std::string::npos);
    CHECK(times(drawn, "s-flow") == 1);
}

TEST_CASE("a flow of nothing, and one of the largest figures, is drawn") {
    CHECK(flow("Way", "", {}, {}).bytes.find("<path") == std::string::npos);
    const std::string drawn =
        flow("Way", "", {{0, "1", "A", "b"}, {0, "2", "B", "b"}, {1, "3", "C", "a"}},
             {{0, 2, INT64_MAX}, {1, 2, INT64_MAX}})
            .bytes;
    CHECK(drawn.find("height=\"3200\"") != std::string::npos);
    CHECK(times(drawn, "height=\"1600\"") == 2);
}

TEST_CASE("bars of values below zero go to the left of a line at zero") {
    const std::string drawn =
        bars("Change", {{"A", -25, "a", "-0.25"}, {"B", 75, "a", "0.75"}}).bytes;
    CHECK(times(drawn, "class=\"axis\" x1=\"25.00%\" x2=\"25.00%\"") == 2);
    CHECK(drawn.find("x=\"0.00%\" y=\"36\" width=\"25.00%\"") != std::string::npos);
    CHECK(drawn.find("x=\"25.00%\" y=\"98\" width=\"75.00%\"") != std::string::npos);
    CHECK(times(bars("Sum", {{"A", 25, "a", ""}, {"B", 75, "a", ""}}).bytes, "axis") == 0);
    CHECK(times(bars("Nothing", {{"A", 0, "a", ""}}).bytes, "width=\"0.00%\"") == 1);
}

TEST_CASE("intervals stand on one scale that holds zero") {
    const std::string drawn =
        intervals("How much", {{"A", 1, 2, 3, "2 (1 to 3)"}, {"B", -1, 0, 1, "<0>"}}).bytes;
    // Four units and a fortieth of them at both ends.
    CHECK(times(drawn, "class=\"axis\" x1=\"26.19%\"") == 2);
    CHECK(drawn.find("x=\"50.00%\" y=\"42\" width=\"47.62%\"") != std::string::npos);
    CHECK(drawn.find("cx=\"73.81%\" cy=\"44\"") != std::string::npos);
    CHECK(drawn.find("&lt;0&gt;") != std::string::npos);
    CHECK(times(intervals("Nothing", {}).bytes, "<text") == 0);
}
