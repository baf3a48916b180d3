#include "kernel/json.hpp"

#include <doctest/doctest.h>

using namespace veche;

namespace {
std::string refused(std::string_view bytes) {
    json::document doc;
    const auto done = doc.reset(bytes);
    return done ? "" : std::string(done.error().code());
}
}  // namespace

TEST_CASE("the strict reader takes exactly what the writer makes") {
    const std::string text =
        R"({"a":[1,-2,0],"b":{"c":"Ы\n\u0001\"\\"},"d":true,"e":null,"f":9007199254740991})";
    json::document doc;
    REQUIRE(doc.reset(text).has_value());
    CHECK(doc.root().find("b").find("c").as_string() == "Ы\n\x01\"\\");
    CHECK(doc.root().find("a").first().next().as_integer() == -2);
    CHECK(doc.root().find("a").raw() == "[1,-2,0]");
    CHECK(doc.root().find("f").as_integer() == json::max_integer);
    CHECK_FALSE(doc.root().find("g").valid());
    CHECK(json::canonicalize(text).value() == text);
}

TEST_CASE("every departure from the canonical form is refused") {
    for (const char* bad : {"",
                            " 1",
                            "1 ",
                            "01",
                            "-0",
                            "1.0",
                            "1e3",
                            "9007199254740992",
                            "+1",
                            "{\"b\":1,\"a\":2}",
                            "{\"a\":1,\"a\":2}",
                            "{\"A\":1}",
                            "{\"\":1}",
                            "{\"a\" :1}",
                            "[1, 2]",
                            "[1,]",
                            "{\"a\":1,}",
                            "\"\\u0041\"",
                            "\"\\/\"",
                            "\"\\u000A\"",
                            "\"\\u000a\"",
                            "\"\\u001F\"",
                            "\"a",
                            "\"\x80\"",
                            "\"\xed\xa0\x80\"",
                            "\"\x01\"",
                            "nul",
                            "tru",
                            "{",
                            "[",
                            "\"\\",
                            "1x",
                            "[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]"})
        CHECK_MESSAGE(refused(bad) == "json.not_canonical", bad);
}

TEST_CASE("what people send is narrowed or refused with a reason") {
    CHECK(json::canonicalize(" { \"b\" : 2 , \"a\" : \"\\u0041\\/\" } ").value() ==
          R"({"a":"A/","b":2})");
    for (const char* bad : {"{\"a\":1.5}", "{\"a\":1e2}", "{\"a\":1,\"a\":1}", "{\"Key\":1}",
                            "9007199254740993", "18446744073709551615"}) {
        const auto done = json::canonicalize(bad);
        REQUIRE_MESSAGE(!done, bad);
        CHECK(done.error().code() == "json.not_representable");
    }
    CHECK(json::canonicalize("{\"a\":\"\\ud800\"}").error().code() == "json.not_json");
    CHECK(json::canonicalize("{oops").error().code() == "json.not_json");
}
