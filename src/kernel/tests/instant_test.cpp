#include "kernel/instant.hpp"

#include <doctest/doctest.h>

#include "kernel/hash.hpp"
#include "kernel/ratio.hpp"

using namespace veche;

TEST_CASE("instants and dates go to text and back") {
    CHECK(to_text(instant{0}) == "1970-01-01T00:00:00.000Z");
    CHECK(to_text(instant{1785585600123}) == "2026-08-01T12:00:00.123Z");
    CHECK(parse_instant("2026-08-01T12:00:00.123Z")->ms == 1785585600123);
    for (std::int32_t d = -20000; d < 60000; ++d) CHECK(parse_date(to_text(date{d})) == date{d});
    CHECK(date_of(instant{-1}) == date{-1});
    for (const char* bad : {"2026-02-29", "2026-13-01", "2026-00-10", "26-01-01", "2026-1-01",
                            "1899-12-31", "2026-04-31", "2026-06-31", "2026-09-31", "2026-11-31",
                            "2026-12-32", "2024-02-30", "1900-02-29", "2100-02-29", "2026-01-00"})
        CHECK_MESSAGE(!parse_date(bad), bad);
    for (const char* bad :
         {"2026-08-01T24:00:00.000Z", "2026-08-01T12:00:00Z", "2026-08-01T12:60:00.000Z",
          "2026-08-01 12:00:00.000Z", "2026-08-01T12:00:00.000z"})
        CHECK_MESSAGE(!parse_instant(bad), bad);
}

TEST_CASE("ratios compare exactly and keep their spelling") {
    CHECK(to_text(*parse_ratio("65/100")) == "65/100");
    CHECK(*parse_ratio("65/100") == *parse_ratio("13/20"));
    CHECK(ratio{1, 3} < ratio{333333333333333334, 1000000000000000000});
    CHECK(ratio{333333333333333333, 1000000000000000000} < ratio{1, 3});
    for (const char* bad : {"", "1/0", "1/-2", "a", "1/", "/2", "1.5", " 1", "1/2/3"})
        CHECK_MESSAGE(!parse_ratio(bad), bad);
    CHECK(to_text(static_cast<int128>(INT64_MAX) * 10) == "92233720368547758070");
    CHECK(to_text(-static_cast<int128>(INT64_MAX)) == "-9223372036854775807");
}

TEST_CASE("hashes and byte texts") {
    CHECK(to_hex(sha256("abc")) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256({"a", "bc"}) == sha256("abc"));
    CHECK(to_base64("any carnal pleas") == "YW55IGNhcm5hbCBwbGVhcw==");
    CHECK(*from_base64("YW55IGNhcm5hbCBwbGVhcw==") == "any carnal pleas");
    for (const char* bad : {"YQ", "YQ=", "YR==", "Y===", "YW=5", "YW5\n"})
        CHECK_MESSAGE(!from_base64(bad), bad);
    CHECK(*from_hex("00ff") == std::string("\0\xff", 2));
    CHECK_FALSE(from_hex("0F").has_value());
    const hash256 hash = sha256("");
    CHECK(hash_from_hex(to_hex(hash)) == hash);
    CHECK_FALSE(hash_from_hex(to_hex(hash) + "00").has_value());
    CHECK_FALSE(hash_from_hex(to_hex(hash).substr(2)).has_value());
    CHECK_FALSE(hash_from_hex(std::string(64, 'F')).has_value());
}
