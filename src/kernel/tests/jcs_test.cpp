// RFC 8785 against the files of its authors and ten thousand of their numbers.

#include <bit>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "kernel/foreign_json.hpp"
#include "kernel/hash.hpp"
#include "kernel/json.hpp"
#include "source_dir.hpp"

namespace veche::json {
namespace {

std::filesystem::path shared() {
    const char* named = std::getenv("VECHE_SHARED");
    return named ? std::filesystem::path(named)
                 : std::filesystem::path(veche::source_dir()) / ".." / "shared";
}

std::string read_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return std::move(bytes).str();
}

std::string canonical(std::string_view text) {
    const auto made = canonicalize_rfc8785(text);
    return made ? *made : "refused: " + made.error().sentence();
}

TEST_CASE("numbers are written as ECMAScript writes them") {
    CHECK(canonical("[0,-0,-0.0,56.0,1e21,1e20,1E30,4.50,2e-3,1e-27]") ==
          "[0,0,0,56,1e+21,100000000000000000000,1e+30,4.5,0.002,1e-27]");
    CHECK(canonical("0.000001") == "0.000001");
    CHECK(canonical("0.0000001") == "1e-7");
    CHECK(canonical("-123456.789e3") == "-123456789");
    CHECK(canonical("5e-324") == "5e-324");
    CHECK(canonical("1.7976931348623157e308") == "1.7976931348623157e+308");
    CHECK(canonical("9007199254740993") == "9007199254740992");
}

TEST_CASE("keys stand in the order of their UTF-16 code units") {
    // U+1F600 is written D83D DE00, which comes before U+FB33.
    CHECK(canonical("{\"\\ufb33\":1,\"\\ud83d\\ude00\":2,\"z\":3}") ==
          "{\"z\":3,\"\xF0\x9F\x98\x80\":2,\"\xEF\xAC\xB3\":1}");
    CHECK(canonical("{\"b\":{},\"a\":[],\"\":null}") == "{\"\":null,\"a\":[],\"b\":{}}");
}

TEST_CASE("what RFC 8785 cannot hold is refused") {
    CHECK_FALSE(canonicalize_rfc8785("{\"a\":1,\"a\":2}"));
    CHECK_FALSE(canonicalize_rfc8785("\"\\ud800\""));
    CHECK_FALSE(canonicalize_rfc8785("1e999"));
    CHECK_FALSE(canonicalize_rfc8785("[1,]"));
}

TEST_CASE("a foreign object is read member by member") {
    const auto members = read_foreign_object(R"({ "b": [1.50], "crossOrigin": false })");
    REQUIRE(members);
    CHECK(members->size() == 2);
    CHECK(members->at("b") == "[1.5]");
    CHECK(members->at("crossOrigin") == "false");
    CHECK_FALSE(read_foreign_object("[]"));
    CHECK_FALSE(read_foreign_object(R"({"a":1,"a":1})"));
}

TEST_CASE("a foreign array is read element by element") {
    const auto elements = read_foreign_array(R"([ {"B": 1.50}, "x", [] ])");
    REQUIRE(elements.has_value());
    CHECK(*elements == std::vector<std::string>{R"({"B":1.5})", "\"x\"", "[]"});
    CHECK_FALSE(read_foreign_array("{}"));
    CHECK_FALSE(read_foreign_array("[1"));
}

TEST_CASE("the six published files come out byte for byte") {
    const auto folder = shared() / "data/journal/jcs";
    if (!std::filesystem::exists(folder)) {
        MESSAGE("skipped: the shared vectors are not here");
        return;
    }
    int files = 0;
    for (const auto& input : std::filesystem::directory_iterator(folder / "input")) {
        const auto name = input.path().filename();
        CAPTURE(name.string());
        CHECK(canonical(read_file(input.path())) == read_file(folder / "output" / name));
        ++files;
    }
    CHECK(files == 6);
}

TEST_CASE("ten thousand published numbers come out digit for digit") {
    std::ifstream in(shared() / "data/journal/jcs/es6numbers-10000.txt");
    if (!in) {
        MESSAGE("skipped: the shared vectors are not here");
        return;
    }
    int numbers = 0;
    int wrong = 0;
    for (std::string line; std::getline(in, line); ++numbers) {
        const std::size_t comma = line.find(',');
        std::uint64_t bits = 0;
        std::from_chars(line.data(), line.data() + comma, bits, 16);
        char digits[32];
        std::snprintf(digits, sizeof digits, "%.17g", std::bit_cast<double>(bits));
        if (canonical(digits) != line.substr(comma + 1)) ++wrong;
    }
    CHECK(numbers == 10'000);
    CHECK(wrong == 0);
}

}  // namespace
}  // namespace veche::json
