#include "cli/terminal.hpp"

#include <sstream>

#include <doctest/doctest.h>

using namespace veche;
using namespace veche::cli;

TEST_CASE("an answer as an outline") {
    CHECK(
        to_outline(R"({"a":1,"b":{"c":"x y","d":[]},"e":[{"f":true,"g":null},"h",[2]],"i":{}})") ==
        "a: 1\n"
        "b:\n"
        "  c: x y\n"
        "  d: none\n"
        "e:\n"
        "  - f: true\n"
        "    g: null\n"
        "  - h\n"
        "  -\n"
        "    - 2\n"
        "i: none\n");
    CHECK(to_outline("not json") == "not json\n");
    CHECK(to_outline("7") == " 7\n");
}

TEST_CASE("problems go to err, results to out") {
    std::ostringstream out, err;
    const terminal text{out, err};
    text.say("done");
    constexpr refusal_kind kind{"test.no", 409, "Not {0}."};
    CHECK(text.fail(refusal{&kind, "a.b", {"now"}}) == refused);
    CHECK(out.str() == "done\n");
    CHECK(err.str() == "Refused: Not now. (field: a.b) [test.no]\n");
    err.str("");
    const terminal program{out, err, true};
    program.say("nothing");
    CHECK(program.fail("No folder.") == unusable);
    CHECK(err.str() ==
          "{\"code\":\"cli.unusable\",\"detail\":\"No folder.\",\"status\":0,\"title\":\"Error\","
          "\"type\":\"about:blank\"}\n");
    CHECK(out.str() == "done\n");
}
