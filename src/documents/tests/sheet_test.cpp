#include "documents/sheet.hpp"

#include <doctest/doctest.h>

#include "documents/setting.hpp"

using namespace veche;
using namespace veche::documents;

namespace {

/// Every character half the type size wide.
const glyph_width half = [](std::uint32_t, bool) { return 500; };

std::vector<std::string> broken(std::string_view text, int characters) {
    return break_lines(text, {10, false}, milli{5'000} * characters, half);
}

using lines = std::vector<std::string>;

}  // namespace

TEST_CASE("lines break at spaces and only where they must") {
    CHECK(broken("one two three", 7) == lines{"one two", "three"});
    CHECK(broken("one two three", 13) == lines{"one two three"});
    CHECK(broken("  one\n\ttwo ", 7) == lines{"one two"});
    CHECK(broken("", 7).empty());
}

TEST_CASE("a word wider than a line is broken inside, never inside a character") {
    CHECK(broken("abcdefgh", 3) == lines{"abc", "def", "gh"});
    CHECK(broken("абвгд", 2) == lines{"аб", "вг", "д"});
    CHECK(broken("x abcdef", 3) == lines{"x", "abc", "def"});
}

TEST_CASE("what no font can show is replaced, so that the line stays valid") {
    CHECK(broken("a\xff\x62", 9) == lines{"a\xEF\xBF\xBD\x62"});
    CHECK(broken("\xF0\x9F\x8F\x9B", 9) == lines{"\xEF\xBF\xBD"});
    CHECK(broken(std::string_view("a\0b", 3), 9) == lines{"a b"});
}

TEST_CASE("every piece lies on its page and every page says its number") {
    document long_one;
    long_one.kicker = "Minutes";
    long_one.title = "A title";
    long_one.page_of = "page {0} of {1}";
    long_one.address = "https://veche.example/en/minutes/s-1";
    long_one.stamp_line = "journal, root";
    std::vector<std::vector<std::string>> rows;
    for (int i = 0; i < 300; ++i)
        rows.push_back({"seat " + std::to_string(i), std::string(300, 'y')});
    long_one.blocks.push_back(heading("Names"));
    long_one.blocks.push_back(table_block("names", {{"Seat", 1}, {"Ballot", 2}}, rows));
    const auto pages = lay_out(long_one, half);
    REQUIRE(pages.size() > 3);
    for (std::size_t i = 0; i < pages.size(); ++i) {
        bool numbered = false, headed = false;
        for (const piece& one : pages[i].pieces) {
            CHECK(one.y > 20'000);
            CHECK(one.y < page_height - 50'000);
            const auto width = static_cast<milli>(one.text.size()) * one.style.size * 500;
            CHECK(one.x + width <= page_width - 50'000);
            numbered = numbered || one.text.find("page " + std::to_string(i + 1) + " of " +
                                                 std::to_string(pages.size())) != std::string::npos;
            headed = headed || one.text == "Ballot";
        }
        CHECK(numbered);
        CHECK(headed);
    }
}
