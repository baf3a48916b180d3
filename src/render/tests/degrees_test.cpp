#include "render/degrees.hpp"

#include <doctest/doctest.h>

#include "render/form.hpp"

using namespace veche;
using namespace veche::render;

namespace {

std::optional<std::int32_t> north(std::string_view text) {
    return millionths_of_degree(text, axis::latitude);
}
std::optional<std::int32_t> east(std::string_view text) {
    return millionths_of_degree(text, axis::longitude);
}

struct map_place {
    std::int32_t latitude = 0;
    std::int32_t longitude = 0;
};
VECHE_FIELDS_HERE(map_place, (latitude, "North."), (longitude, "East."))

struct placed_form {
    std::string title;
    std::optional<map_place> place;
};
VECHE_FIELDS_HERE(placed_form, (title, "What."), (place, "Where."))

class place_source final : public form_source {
  public:
    [[nodiscard]] std::optional<std::vector<form_option>> options(
        std::string_view, const field_info&) const override {
        return std::nullopt;
    }
    [[nodiscard]] const type_info* command(std::string_view) const override { return nullptr; }
    [[nodiscard]] std::vector<form_option> languages() const override { return {}; }
};

form_reading read_placed(const form_pairs& sent) {
    const auto texts = *catalogue::from_text("en",
                                             "[form]\nmissing = \"{field}?\"\nlatitude = \"No "
                                             "latitude.\"\nlongitude = \"No longitude.\"");
    surroundings around;
    around.texts = &texts;
    return read_form(describe<placed_form>(), sent, place_source(), around);
}

}  // namespace

TEST_CASE("degrees are read as people write them") {
    for (const char* text :
         {"53.9", "53,9", "+53.9", "53.9°", "53,9° N", "53.9n", "N 53.9", " 53 . 9 ", "53,9° с. ш.",
          "53,9 С", "53,9 пн. ш.", "53,9\u00A0Пн", "53.9000000", "053.9"})
        CHECK_MESSAGE(north(text) == 53'900'000, text);
    for (const char* text : {"-53.9", "\u221253,9", "53.9 S", "53,9° ю. ш.", "53,9 Пд"})
        CHECK_MESSAGE(north(text) == -53'900'000, text);
    for (const char* text : {"27.5618", "27.5618 E", "E27.5618", "27,5618° в. д.", "27,5618 у. д."})
        CHECK_MESSAGE(east(text) == 27'561'800, text);
    for (const char* text : {"-27.5618", "27.5618w", "27,5618° з. д.", "З 27,5618"})
        CHECK_MESSAGE(east(text) == -27'561'800, text);
    CHECK(north("0") == 0);
    CHECK(north("-0.000001") == -1);
    CHECK(north("90") == 90'000'000);
    CHECK(east("-180") == -180'000'000);
}

TEST_CASE("more places than six go to the nearest millionth") {
    CHECK(north("53.90453849999") == 53'904'538);
    CHECK(north("53.9045385") == 53'904'539);
    CHECK(north("-53.9045385") == -53'904'539);
    CHECK(north("53.9999999") == 54'000'000);
    CHECK_FALSE(north("90.0000005"));
    CHECK(north("90.0000004") == 90'000'000);
}

TEST_CASE("what is no coordinate is told apart") {
    for (const char* text : {"",           " ",       "N",           "°",
                             "-",          ".",       "53.",         ".9",
                             "53.9.1",     "53,9,1",  "53.9 27.5",   "abc",
                             "5x",         "53°54'",  "53°54\u2019", "53\u00B054\u203200\u2033",
                             "53 54 00 x", "-53.9 N", "53.9 NN",     "53.9 E",
                             "53,9 в. д.", "91",      "90.1",        "-90.000001",
                             "1e2",        "0x10",    "--5",         "+-5",
                             "1000"})
        CHECK_MESSAGE(!north(text), text);
    for (const char* text : {"27.5 N", "27,5 с. ш.", "180.1", "-181", "1800"})
        CHECK_MESSAGE(!east(text), text);
}

TEST_CASE("what a form shows is read as the same place again") {
    for (const std::int32_t at : {0, 1, -1, 53'900'000, -27'561'824, 90'000'000, 10, 100'000})
        CHECK(north(degrees_as_entered(at)) == at);
    CHECK(degrees_as_entered(53'900'000) == "53.9");
    CHECK(degrees_as_entered(-27'561'824) == "-27.561824");
    CHECK(degrees_as_entered(-1) == "-0.000001");
    CHECK(degrees_as_entered(7'000'000) == "7");
}

TEST_CASE("a form takes a place in degrees and keeps millionths") {
    const auto read = read_placed(
        {{"title", "x"}, {"place.latitude", "53,9° N"}, {"place.longitude", "-27.5618"}});
    REQUIRE_MESSAGE(read.faults.empty(), read.faults.front().sentence);
    CHECK(read.json == R"({"place":{"latitude":53900000,"longitude":-27561800},"title":"x"})");
    CHECK(read_placed({{"title", "x"}, {"place.latitude", ""}}).json == R"({"title":"x"})");
    const auto wrong =
        read_placed({{"title", "x"}, {"place.latitude", "53°54'"}, {"place.longitude", "270"}});
    REQUIRE(wrong.faults.size() == 2);
    CHECK(wrong.faults[0].path == "place.latitude");
    CHECK(wrong.faults[0].sentence == "No latitude.");
    CHECK(wrong.faults[1].path == "place.longitude");
    CHECK(wrong.faults[1].sentence == "No longitude.");
    const auto half = read_placed({{"title", "x"}, {"place.latitude", "53.9"}});
    REQUIRE(half.faults.size() == 1);
    CHECK(half.faults[0].path == "place.longitude");
}
