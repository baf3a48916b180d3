#include "documents/minutes.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "documents/act.hpp"
#include "documents/pdf.hpp"
#include "documents/refusal.hpp"
#include "documents/tests/assembled_union.hpp"

using namespace veche;
using namespace veche::documents;
using namespace veche::documents::testing;
using namespace veche::assembly;

namespace {

std::string all_text(const document& from) {
    std::string out = from.kicker + "\n" + from.title + "\n";
    for (const block& one : from.blocks) {
        out += one.text + "\n";
        for (const auto& fact : one.facts) out += fact.label + ": " + fact.text + "\n";
        for (const auto& row : one.rows) {
            for (const auto& cell : row.cells) out += cell.text + " | ";
            out += "\n";
        }
        for (const auto& point : one.points) out += point + "\n";
    }
    return out;
}

}  // namespace

TEST_CASE("minutes tell the agenda, every name with its ballot, the papers and the entries") {
    testing::assembled_union of;
    const auto session = of.ask<session_view>(session_query{{"s-1"}});
    const document made = minutes_of(of.in("en"), *session);
    const std::string text = all_text(made);
    CHECK(has(text, "1. Tariffs; prices, and <roaming> & \"more\""));
    CHECK(has(text, "Motion mo-1: adopted"));
    CHECK(has(text, "Motion mo-2: rejected"));
    CHECK(has(text, "9 for, 0 against"));
    CHECK(has(text, "ru-economy-minister | Yes"));
    CHECK(has(text, "ru-economy-minister | No"));
    CHECK(has(text, "SHA-256 " + std::string(64, 'a')));
    CHECK(has(text, "cm9vdA=="));
    CHECK(std::is_sorted(made.entries.begin(), made.entries.end()));
    CHECK(std::find(made.entries.begin(), made.entries.end(), session->seq) != made.entries.end());
}

TEST_CASE("every language tells the same and leaves no key unfilled") {
    testing::assembled_union of;
    const auto session = of.ask<session_view>(session_query{{"s-1"}});
    const auto decision = of.ask<decision_view>(decision_query{{"2026-0001"}});
    const auto vote = of.ask<vote_view>(vote_query{decision->vote.id});
    for (const char* language : {"en", "ru", "be"}) {
        const auto in = of.in(language);
        for (const document& made : {minutes_of(in, *session), act_of(in, *decision, *vote)}) {
            const std::string text = all_text(made);
            CHECK_MESSAGE(!has(text, "document."), text);
            CHECK_MESSAGE(!has(text, "session."), text);
            CHECK(made.lang == language);
        }
    }
}

TEST_CASE("an act tells the text, what was ordered and which entry carried it out") {
    testing::assembled_union of;
    const auto decision = of.ask<decision_view>(decision_query{{"2026-0001"}});
    const auto vote = of.ask<vote_view>(vote_query{decision->vote.id});
    const std::string text = all_text(act_of(of.in("ru"), *decision, *vote));
    CHECK(has(text, "Решение № 2026-0001"));
    CHECK(has(text, "Первая строка.\n"));
    CHECK(has(text, "Равные тарифы"));
    CHECK(has(text, "Исполнено записью: " + std::to_string(*decision->enactments.front().seq)));
}

TEST_CASE("a PDF has the same bytes each time, and says when its font is missing") {
    testing::assembled_union of;
    const auto session = of.ask<session_view>(session_query{{"s-1"}});
    const document made = minutes_of(of.in("ru"), *session);
    const auto one = to_pdf(made), other = to_pdf(made);
    REQUIRE_MESSAGE(one.has_value(), one.error().sentence());
    CHECK(one->starts_with("%PDF-1."));
    CHECK(*one == *other);
    const auto none = to_pdf(made, "/nowhere");
    REQUIRE_FALSE(none);
    CHECK(none.error().kind == &refusals::font_missing);
}

TEST_CASE("paragraphs are the lines of a text that say something") {
    CHECK(paragraphs("a\r\n\n  \nb") == std::vector<std::string>{"a", "b"});
    CHECK(paragraphs("").empty());
}
