#include "kernel/fields.hpp"

#include <doctest/doctest.h>

namespace {
using namespace veche;

enum class mood : std::uint8_t { calm, for_ };
VECHE_CHOICES(mood, calm, for_)
struct inner {
    std::int64_t n = 0;
    std::optional<date> day;
    bool operator==(const inner&) const = default;
};
VECHE_FIELDS_HERE(inner, (n, "A number."), (day, "A day."))
struct outer {
    std::string text;
    localized title;
    std::vector<inner> items;
    amount sum;
    mood m{};
    bool flag = false;
    body_id body;
    std::vector<std::string> tags;
    bool operator==(const outer&) const = default;
};
VECHE_FIELDS_HERE(outer, (text, "A text."), (title, "A title."), (items, "Items."), (sum, "A sum."),
                  (m, "A mood."), (flag, "A flag."), (body, "A body."), (tags, "Tags."))
}  // namespace

TEST_CASE("a described struct writes canonical JSON and reads it back") {
    const outer value{"t",
                      {{"en", "E"}, {"ru", "Р"}},
                      {{1, {}}, {2, date{20000}}},
                      {1500, {"RUB"}},
                      mood::for_,
                      true,
                      {"com"},
                      {}};
    const std::string bytes = to_json(value);
    CHECK(bytes ==
          R"({"body":"com","flag":true,"items":[{"n":1},{"day":"2024-10-04","n":2}],"m":"for",)"
          R"("sum":{"minor":"1500","unit":"RUB"},"text":"t","title":{"en":"E","ru":"Р"}})");
    CHECK(from_json<outer>(bytes).value() == value);
}

TEST_CASE("a refusal names the field by its path") {
    const auto field_of = [](std::string_view bytes) {
        const auto done = from_json<outer>(bytes);
        REQUIRE(!done);
        return std::string(done.error().code()) + " " + done.error().field;
    };
    const std::string head = R"({"body":"com","flag":true,)";
    const std::string tail = R"("m":"calm","sum":{"minor":"1","unit":"RUB"},"text":"t"})";
    CHECK(from_json<outer>(head + tail).has_value());
    CHECK(field_of(head + R"("items":[{"n":1},{"n":"x"}],)" + tail) == "json.wrong_type items.1.n");
    CHECK(field_of(head + R"("items":[{}],)" + tail) == "json.missing_field items.0.n");
    CHECK(field_of(head + R"("items":[{"n":1,"z":1}],)" + tail) == "json.unknown_field items.0.z");
    CHECK(field_of(R"({"body":"c om","flag":true,)" + tail) == "json.wrong_type body");
    CHECK(field_of(head + R"("m":"wild","sum":{"minor":"1","unit":"RUB"},"text":"t"})") ==
          "json.wrong_type m");
    CHECK(field_of(head + R"("m":"calm","sum":{"minor":"01","unit":"RUB"},"text":"t"})") ==
          "json.wrong_type sum.minor");
    CHECK(field_of(head +
                   R"("m":"calm","sum":{"minor":"9223372036854775808","unit":"R"},"text":"t"})") ==
          "json.out_of_range sum.minor");
    CHECK(field_of("{}") == "json.missing_field body");
}

TEST_CASE("flat pairs from a form or a command line become the same object") {
    const auto bytes = json_from_pairs(describe<outer>(), {{"text", "t"},
                                                           {"title.ru", "Р"},
                                                           {"items.1.n", "2"},
                                                           {"items.0.n", "1"},
                                                           {"sum.minor", "1500"},
                                                           {"sum.unit", "RUB"},
                                                           {"m", "for"},
                                                           {"body", "com"},
                                                           {"tags", "a"},
                                                           {"tags", "b"},
                                                           {"title.en", ""}});
    REQUIRE(bytes.has_value());
    CHECK(*bytes ==
          R"({"body":"com","flag":false,"items":[{"n":1},{"n":2}],"m":"for",)"
          R"("sum":{"minor":"1500","unit":"RUB"},"tags":["a","b"],"text":"t","title":{"ru":"Р"}})");
    const auto missing = json_from_pairs(describe<outer>(), {{"text", "t"}});
    REQUIRE(!missing);
    CHECK(missing.error().field == "body");
    const auto wrong = json_from_pairs(describe<inner>(), {{"n", "many"}});
    REQUIRE(!wrong);
    CHECK(wrong.error().sentence() == "Expected a whole number.");
    CHECK(json_from_pairs(describe<inner>(), {{"n", "1"}, {"x", "1"}}).error().field == "x");
}

TEST_CASE("the schema says the same as the reader") {
    CHECK(
        json_schema(describe<inner>()) ==
        R"({"type":"object","additionalProperties":false,"title":"inner","properties":{"n":{"description":"A number.",)"
        R"("type":"integer","minimum":-9007199254740991,"maximum":9007199254740991},"day":{"description":"A day.",)"
        R"("type":"string","format":"date"}},"required":["n"]})");
}
