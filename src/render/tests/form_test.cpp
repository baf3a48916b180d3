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
VECHE_FIELDS(spending_form, (purpose, "What for."), (part, "Only this much."), (whole, "How much."))

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
