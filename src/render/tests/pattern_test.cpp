#include "render/pattern.hpp"

#include <doctest/doctest.h>
#include <unicode/msgfmt.h>
#include <unicode/unistr.h>

#include "render/catalogue.hpp"

namespace veche::render {
namespace {

icu::UnicodeString wide(std::string_view text) {
    return icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

/// What ICU's own formatter makes of it.
std::string by_icu(const std::string& language, const std::string& text,
                   const std::vector<text_argument>& arguments) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::MessageFormat format(wide(text), icu::Locale(language.c_str()), status);
    std::vector<icu::UnicodeString> names;
    std::vector<icu::Formattable> values;
    for (const text_argument& one : arguments) {
        names.push_back(wide(one.name));
        if (const auto* number = std::get_if<std::int64_t>(&one.value))
            values.emplace_back(*number);
        else
            values.emplace_back(wide(std::get<std::string>(one.value)));
    }
    icu::UnicodeString out;
    format.format(names.data(), values.data(), static_cast<std::int32_t>(values.size()), out,
                  status);
    REQUIRE(U_SUCCESS(status));
    std::string made;
    return out.toUTF8String(made);
}

std::string filled(const std::string& language, const std::string& text,
                   const std::vector<text_argument>& arguments) {
    const auto read = pattern::read(text);
    REQUIRE_MESSAGE(read.has_value(), text);
    return read->fill(locale(language), arguments);
}

std::string complaint(std::string_view text) {
    const auto read = pattern::read(text);
    return read ? "none" : read.error();
}

}  // namespace

TEST_CASE("texts are filled as ICU fills them") {
    const std::vector<std::string> patterns = {
        "plain",
        "",
        "{n}",
        "{n, number}",
        "in {n, number, ::group-off}",
        "{who}: {n, plural, one {# vote} few {# votes f} many {# votes m} other {# votes}}!",
        "{n, plural, =0 {nobody} =1 {one {who}} one {# o} few {# f} many {# m} other {{n} x #}}",
        "{n, plural, one {a} other {{m, plural, one {# in} other {# in #}} of #}} #",
        "{who, select, a {first} b {{n, plural, one {# of b} other {# of bs}}} other {no {who}}}",
        "it''s '{'{who}'}', don't",
        "{n, plural, one {'#' is #} other {it''s '#' #, not '{n}'}}",
        "{who} {who}{m}",
        "Ў{who}🙂{n}",
    };
    const std::vector<std::int64_t> numbers = {
        0,  1,   2,   3,   4,   5,   10,  11,   12,   14,      21,         22,
        25, 100, 101, 111, 112, 121, 999, 1000, 1001, 1234567, 2147483648, 9007199254740991};
    for (const char* language : {"en", "ru", "be"})
        for (const std::string& text : patterns)
            for (const std::int64_t n : numbers) {
                const std::vector<text_argument> with = {
                    {"n", n}, {"m", n % 7}, {"who", std::string(n % 2 == 0 ? "a" : "b")}};
                CHECK_MESSAGE(filled(language, text, with) == by_icu(language, text, with), text);
            }
}

TEST_CASE("a place without an argument stays as it is written; words stay words") {
    CHECK(filled("en", "{who} of {n}", {{"n", std::int64_t{3}}}) == "{who} of 3");
    CHECK(filled("en", "{n, plural, one {# day} other {# days}}", {}) == "{n}");
    CHECK(filled("en", "{n, plural, one {# day} other {# days}}", {{"n", "7½"}}) == "7½ days");
    CHECK(filled("en", "{n, number}", {{"n", "7 000"}}) == "7 000");
    CHECK(filled("en", "{a}", {{"a", "{b} '{' #"}, {"b", "x"}}) == "{b} '{' #");
}

TEST_CASE("below zero a number has the minus of its language's typography") {
    const std::vector<text_argument> with = {{"n", std::int64_t{-1234}}};
    CHECK(filled("en", "{n}", with) == "−1,234");
    CHECK(filled("en", "{n, number, ::group-off}", with) == "−1234");
    CHECK(filled("en", "{n, plural, one {# day} other {# days}}", with) == "−1,234 days");
    CHECK(filled("ru", "{n, plural, one {# день} few {# дня} many {# дней} other {#}}",
                 {{"n", std::int64_t{-1}}}) == "−1 день");
}

TEST_CASE("what is not filled here is refused when it is read") {
    CHECK(complaint("{n") == "U_UNMATCHED_BRACES");
    CHECK(complaint("{n, plural, one {# day}}") == "U_DEFAULT_KEYWORD_MISSING");
    CHECK(complaint("{n, date}") == "\"date\" is not filled in");
    CHECK(complaint("{n, number, percent}") == "\"number, percent\" is not filled in");
    CHECK(complaint("{n, plural, offset:1 one {a} other {b}}") ==
          "an offset of a plural is not counted");
    CHECK(complaint("{n, selectordinal, one {#st} other {#th}}") ==
          "choices by number and ordinals are not filled in");
    CHECK(complaint("{a, select, x {{n, date, short}} other {}}") ==
          "\"date, short\" is not filled in");
}

TEST_CASE("places are named once, in order, those inside of branches too") {
    const auto read = pattern::read("{b} {a, plural, one {{c}} other {{b}}}");
    REQUIRE(read.has_value());
    CHECK(read->places() == std::vector<std::string>{"a", "b", "c"});
}

}  // namespace veche::render
