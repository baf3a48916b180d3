// Decimals as texts write them.

#include "tables/decimal.hpp"

#include <cstdlib>

#include <doctest/doctest.h>

using namespace veche::tables;

TEST_CASE("a number is told from a code and from a word") {
    decimal out;
    const auto form = [&](std::string_view text) { return read_decimal(text, '.', out); };
    CHECK(form("12.50") == number_form::exact);
    CHECK(out == decimal{1250, 2});
    CHECK(form("-3") == number_form::exact);
    CHECK(out == decimal{-3, 0});
    CHECK(form(".5") == number_form::exact);
    CHECK(out == decimal{5, 1});
    CHECK(form("1e+05") == number_form::exact);
    CHECK(out == decimal{100'000, 0});
    CHECK(form("1.25E-2") == number_form::exact);
    CHECK(out == decimal{125, 4});
    CHECK(form("010121") == number_form::coded);
    CHECK(out == decimal{10121, 0});
    CHECK(form("0.25") == number_form::exact);
    CHECK(form("1234567890123456789") == number_form::real);
    CHECK(form("1e300") == number_form::real);
    CHECK(form("1e999999999999") == number_form::none);
    CHECK(form("-0") == number_form::real);
    for (const char* word : {"", "-", ".", "+1", "1 000", "1,5", "12a", "e5", "nan", "inf", "0x1"})
        CHECK_MESSAGE(form(word) == number_form::none, word);
    CHECK(read_decimal("1,5", ',', out) == number_form::exact);
    CHECK(out == decimal{15, 1});
}

TEST_CASE("a decimal becomes the double that its digits read as") {
    std::uint64_t state = 7;
    const auto drawn = [&](std::uint64_t below) {
        state = state * 6364136223846793005 + 1442695040888963407;
        return (state >> 33) % below;
    };
    for (int turn = 0; turn < 20'000; ++turn) {
        const auto scale = static_cast<std::uint8_t>(drawn(19));
        const auto digits = static_cast<std::size_t>(1 + drawn(18));
        const auto mantissa =
            static_cast<std::int64_t>((drawn(1U << 31) << 31 | drawn(1U << 31)) %
                                      static_cast<std::uint64_t>(powers_of_ten[digits]));
        const std::string text = to_text(mantissa, scale);
        CHECK(to_double(mantissa, scale) == std::strtod(text.c_str(), nullptr));
        decimal back;
        REQUIRE(read_decimal(text, '.', back) == number_form::exact);
        CHECK(back == decimal{mantissa, scale});
    }
    CHECK(to_text(-5, 3) == "-0.005");
    CHECK(to_text(1200, 2) == "12.00");
    CHECK(to_text(0.1) == "0.1");
}
