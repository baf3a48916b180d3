#include "render/form.hpp"

#include <doctest/doctest.h>

using namespace veche;
using namespace veche::render;

namespace {

struct spending_form {
    std::string purpose;
    std::optional<amount> part;
    amount whole;
};
VECHE_FIELDS_HERE(spending_form, (purpose, "What for."), (part, "Only this much."),
                  (whole, "How much."))

/// A form in which everything is typed.
class typed_source final : public form_source {
  public:
    [[nodiscard]] std::optional<std::vector<form_option>> options(
        std::string_view, const field_info&) const override {
        return std::nullopt;
    }
    [[nodiscard]] const type_info* command(std::string_view) const override { return nullptr; }
    [[nodiscard]] std::vector<form_option> languages() const override { return {}; }
};

struct wish_form {
    std::vector<member_id> wishes;
};
VECHE_FIELDS_HERE(wish_form, (wishes, "The most wanted first."))

/// A form in which one names two of three things in the order of preference.
class wish_source final : public form_source {
  public:
    [[nodiscard]] std::optional<std::vector<form_option>> options(
        std::string_view, const field_info&) const override {
        return std::vector<form_option>{{"a", "Alpha"}, {"b", "Beta"}, {"c", "Gamma"}};
    }
    [[nodiscard]] std::size_t ranked(std::string_view, const field_info&) const override {
        return 2;
    }
    [[nodiscard]] const type_info* command(std::string_view) const override { return nullptr; }
    [[nodiscard]] std::vector<form_option> languages() const override { return {}; }
};

form_reading read_spending(const form_pairs& sent) {
    const auto texts = *catalogue::from_text("en", "[form]\namount = \"Enter {field}.\"");
    surroundings around;
    around.texts = &texts;
    return read_form(describe<spending_form>(), sent, typed_source(), around);
}

}  // namespace

TEST_CASE("an amount that may be left out is left out by leaving its figure empty") {
    const form_reading left_out = read_spending({{"purpose", "x"},
                                                 {"part.minor", ""},
                                                 {"part.unit", "RUB"},
                                                 {"whole.minor", "5"},
                                                 {"whole.unit", "RUB"}});
    CHECK(left_out.faults.empty());
    CHECK(left_out.json == R"({"purpose":"x","whole":{"minor":"5","unit":"RUB"}})");
    const form_reading given = read_spending({{"purpose", "x"},
                                              {"part.minor", "3"},
                                              {"part.unit", "RUB"},
                                              {"whole.minor", "5"},
                                              {"whole.unit", "RUB"}});
    CHECK(
        given.json ==
        R"({"part":{"minor":"3","unit":"RUB"},"purpose":"x","whole":{"minor":"5","unit":"RUB"}})");
}

TEST_CASE("an amount that is needed is asked for") {
    const form_reading read = read_spending(
        {{"purpose", "x"}, {"part.unit", "RUB"}, {"whole.minor", ""}, {"whole.unit", "RUB"}});
    REQUIRE(read.faults.size() == 1);
    CHECK(read.faults.front().path == "whole");
}

TEST_CASE("an amount has a digit, and no more places than its currency") {
    CHECK(minor_units("1 000 000,50", 2) == 100000050);
    CHECK(minor_units("-3.5", 2) == -350);
    CHECK(minor_units("7", 0) == 7);
    CHECK(minor_units(".5", 2) == 50);
    for (const char* const text : {"", " ", "-", ".", "-,", "--1", "1.2.3", "1-", "1e3"})
        CHECK_MESSAGE(!minor_units(text, 2), text);
    CHECK(!minor_units("1.005", 2));
    CHECK(!minor_units("92233720368547758", 3));
}

TEST_CASE("a list whose order counts has a place for each rank and keeps what was named") {
    const auto texts = *catalogue::from_text("en", "[form]\nrank = \"Choice {n}\"");
    surroundings around;
    around.texts = &texts;
    const form_pairs sent = {{"wishes", ""}, {"wishes", "c"}, {"wishes", "a"}};
    const std::string drawn =
        form_fields(describe<wish_form>(), {sent, {}, {}}, wish_source(), around).bytes;
    const auto first = drawn.find("<select id=\"f-wishes-0\" name=\"wishes\">");
    const auto second = drawn.find("<select id=\"f-wishes-1\" name=\"wishes\">");
    REQUIRE(first != std::string::npos);
    REQUIRE(second != std::string::npos);
    CHECK(drawn.find("f-wishes-2") == std::string::npos);
    // A place that was left empty closes up: the order is what was named.
    CHECK(drawn.find("value=\"c\" selected") < second);
    CHECK(drawn.find("value=\"a\" selected", second) != std::string::npos);
    CHECK(read_form(describe<wish_form>(), sent, wish_source(), around).json ==
          R"({"wishes":["c","a"]})");
}

TEST_CASE("what came with values is folded behind the rest, and open where it is to be mended") {
    const auto texts = *catalogue::from_text(
        "en", "[form]\nfilled = \"Filled in already: {names}\"\noptional = \"optional\"");
    surroundings around;
    around.texts = &texts;
    form_state state;
    state.values = {{"purpose", "Chairs"}};
    state.filled = {"purpose"};
    const auto drawn = [&] {
        return form_fields(describe<spending_form>(), state, typed_source(), around).bytes;
    };
    const std::string closed = drawn();
    const auto fold = closed.find("<details class=\"filled\"><summary>Filled in already: purpose");
    REQUIRE(fold != std::string::npos);
    CHECK(closed.find("value=\"Chairs\"") > fold);
    CHECK(closed.find("name=\"whole.minor\"") < fold);
    state.faults = {{"purpose", "purpose", "Say more."}};
    CHECK(drawn().find("<details class=\"filled\" open>") != std::string::npos);
    state.fixed = {"purpose"};
    CHECK(drawn().find("<details") == std::string::npos);
}
