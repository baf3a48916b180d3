#include "registry/codes.hpp"

#include <doctest/doctest.h>

#include "kernel/months.hpp"
#include "registry/partial_day.hpp"
#include "registry/terms.hpp"

using namespace veche;
using namespace veche::registry;

namespace {

code_fault of(std::string scheme, std::string value) {
    return fault_in({std::move(scheme), std::move(value)});
}

}  // namespace

TEST_CASE("check digits of numbers that are public are right") {
    // The examples of the GLEIF and of the registers themselves.
    CHECK(of("lei", "5493001KJTIIGC8Y1R12") == code_fault::none);
    CHECK(of("inn", "7707083893") == code_fault::none);
    CHECK(of("inn", "500100732259") == code_fault::none);
    CHECK(of("ogrn", "1027700132195") == code_fault::none);
    CHECK(of("ogrn", "304500116000157") == code_fault::none);
    CHECK(of("unp", "100582333") == code_fault::none);
    CHECK(of("no-org", "974760673") == code_fault::none);
    CHECK(of("dk-cvr", "13585628") == code_fault::none);
    CHECK(of("fi-y", "0112038-9") == code_fault::none);
    CHECK(of("se-org", "556036-0793") == code_fault::none);
    CHECK(of("be-kbo", "0202239951") == code_fault::none);
    CHECK(of("wikidata", "Q184") == code_fault::none);
    CHECK(of("iso-3166-2", "BY-BR") == code_fault::none);
}

TEST_CASE("each changed digit of a checked number is found") {
    const code sound[] = {
        {"lei", "5493001KJTIIGC8Y1R12"}, {"inn", "7707083893"}, {"inn", "500100732259"},
        {"ogrn", "1027700132195"},       {"unp", "100582333"},  {"no-org", "974760673"},
        {"dk-cvr", "13585628"},          {"fi-y", "0112038-9"}, {"se-org", "556036-0793"},
        {"be-kbo", "0202239951"}};
    std::size_t tried = 0, found = 0;
    for (const code& one : sound)
        for (std::size_t i = 0; i < one.value.size(); ++i) {
            if (one.value[i] < '0' || one.value[i] > '9') continue;
            for (char digit = '0'; digit <= '9'; ++digit) {
                if (digit == one.value[i]) continue;
                code other = one;
                other.value[i] = digit;
                ++tried;
                found += fault_in(other) != code_fault::none;
            }
        }
    // Sums modulo 11 that give 10 are taken as 0 in INN and OGRN: those few changes go unseen.
    CHECK(tried == 900);
    CHECK(found * 100 >= tried * 98);
}

TEST_CASE("forms of codes") {
    CHECK(of("ISO", "BY") == code_fault::scheme_malformed);
    CHECK(of("", "BY") == code_fault::scheme_malformed);
    CHECK(of("iso-3166-2", "by-br") == code_fault::value_malformed);
    CHECK(of("iso-3166-2", "BY-") == code_fault::value_malformed);
    CHECK(of("lei", "5493001KJTIIGC8Y1R1") == code_fault::value_malformed);
    CHECK(of("inn", "77070838934") == code_fault::value_malformed);
    CHECK(of("unp", "MA1234567") == code_fault::none);  // of a trader: no digit is checked
    CHECK(of("wikidata", "Q0") == code_fault::value_malformed);
    CHECK(of("own-numbers", "A 1") == code_fault::value_malformed);
    CHECK(of("own-numbers", "A/1") == code_fault::none);
}

TEST_CASE("days that are known to the year or month only") {
    CHECK(read_partial_day("2003")->first == *parse_date("2003-01-01"));
    CHECK(read_partial_day("2003")->last == *parse_date("2003-12-31"));
    CHECK(read_partial_day("2024-02")->last == *parse_date("2024-02-29"));
    CHECK(read_partial_day("2023-12")->last == *parse_date("2023-12-31"));
    CHECK(read_partial_day("2024-02-29")->first == *parse_date("2024-02-29"));
    for (const char* bad : {"", "203", "2003-13", "2003-02-30", "2003-5", "about 2003", "20030517"})
        CHECK_FALSE(read_partial_day(bad));
}

TEST_CASE("months later is the same day, or the last of a shorter month") {
    CHECK(months_after(*parse_date("2023-05-17"), 24) == *parse_date("2025-05-17"));
    CHECK(months_after(*parse_date("2024-02-29"), 24) == *parse_date("2026-02-28"));
    CHECK(months_after(*parse_date("2023-12-31"), 2) == *parse_date("2024-02-29"));
    CHECK(months_after(*parse_date("2023-11-30"), 1) == *parse_date("2023-12-30"));
}

TEST_CASE("shares are per cent with up to four decimals") {
    CHECK(read_share("50") == 500'000);
    CHECK(read_share("33.3333") == 333'333);
    CHECK(read_share("0.5") == 5'000);
    CHECK(read_share("100") == 1'000'000);
    for (const char* bad :
         {"", "100.0001", "101", "-1", "05", "1.", ".5", "1.23456", "1e2", "50 %"})
        CHECK_FALSE(read_share(bad));
}

TEST_CASE("the divisions of ISIC") {
    int divisions = 0;
    for (int i = 0; i < 100; ++i)
        divisions += is_isic_division(std::to_string(100 + i).substr(1)) ? 1 : 0;
    CHECK(divisions == 88);  // United Nations, Statistical Papers M4 rev. 4: 88 divisions
    CHECK(is_isic_division("28"));
    CHECK_FALSE(is_isic_division("04"));
    CHECK_FALSE(is_isic_division("76"));
    CHECK_FALSE(is_isic_division("2"));
}
