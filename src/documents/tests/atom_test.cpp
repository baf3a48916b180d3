#include "documents/atom.hpp"

#include <doctest/doctest.h>

#include "documents/news.hpp"
#include "documents/tests/assembled_union.hpp"
#include "documents/thing_news.hpp"
#include "documents/xml.hpp"

using namespace veche;
using namespace veche::documents;

namespace {

std::size_t times(const std::string& text, std::string_view part) {
    std::size_t n = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
    return n;
}

feed_entry news(std::string id, std::string title, std::int64_t ms) {
    return {std::move(id), "decisions/1", std::move(title), "", instant{ms}};
}

}  // namespace

TEST_CASE("what XML cannot hold is left out, what would be markup is escaped") {
    CHECK(xml_escaped("<a b=\"c\">&'") == "&lt;a b=&quot;c&quot;&gt;&amp;&#39;");
    CHECK(xml_escaped(std::string_view("a\0\x08\x0b\tb", 6)) == "a\tb");
    CHECK(xml_escaped("a\xff\xEF\xBF\xBE\x62") == "ab");
    xml_writer out;
    out.open("a");
    out.leaf("b", "", {{"c", "\"<"}});
    out.close();
    CHECK(out.take() ==
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>\n<b c=\"&quot;&lt;\"/>\n</a>\n");
}

TEST_CASE("a feed tells each thing once, newest first, titles apart") {
    testing::assembled_union of;
    const std::string out =
        to_atom(of.in("en"), {"decisions",
                              "decisions",
                              "/en/decisions.atom?body=com&year=2026",
                              "Decisions",
                              {news("a/1", "Same", 1000), news("a/2", "Same", 3000),
                               news("a/1", "Same", 2000), news("a/3", "Same", 86'400'000)}});
    CHECK(times(out, "<entry>") == 3);
    CHECK(out.find("a/3") < out.find("a/2"));
    CHECK(out.find("a/2") < out.find("a/1"));
    CHECK(times(out, "<title>Same (1 January 1970)</title>") == 1);
    CHECK(times(out, "<title>Same (1 January 1970) 2</title>") == 1);
    CHECK(times(out, "<updated>1970-01-02T00:00:00.000Z</updated>") == 2);
    CHECK(times(out, "<id>tag:union.example,2026:decisions/en</id>") == 1);
    CHECK(times(out,
                "rel=\"self\" type=\"application/atom+xml\" "
                "href=\"https://veche.example/en/decisions.atom?body=com&amp;year=2026\"") == 1);
}

TEST_CASE("ids of entries do not depend on the language") {
    testing::assembled_union of;
    const auto session = of.ask<assembly::session_view>(assembly::session_query{session_id{"s-1"}});
    const auto en = news_of(of.in("en"), *session), ru = news_of(of.in("ru"), *session);
    REQUIRE(en.size() == 5);  // two votes opened, two decided, one paper
    for (std::size_t i = 0; i < en.size(); ++i) {
        CHECK(en[i].id == ru[i].id);
        CHECK(en[i].title != ru[i].title);
    }
}

TEST_CASE("a feed without news is a feed") {
    testing::assembled_union of;
    const std::string out = to_atom(of.in("be"), {"late", "late", "/be/late.atom", "Late", {}});
    CHECK(times(out, "<entry>") == 0);
    CHECK(times(out, "<updated>") == 1);
}

TEST_CASE("a vote, a motion and a decision tell their own news, each under a lasting id") {
    testing::assembled_union of;
    const auto session = of.ask<assembly::session_view>(assembly::session_query{session_id{"s-1"}});
    REQUIRE(session->votes.size() == 2);
    for (const assembly::vote_view& row : session->votes) {
        const auto vote = of.ask<assembly::vote_view>(assembly::vote_query{row.id});
        const auto news = news_of(of.in("en"), *vote);
        REQUIRE(news.size() == 2);  // opened and decided
        CHECK(news[0].id == "journal/" + std::to_string(vote->seq));
        CHECK(news[0].id != news[1].id);
        CHECK(news[1].path == "votes/" + vote->id.value);
        const auto motion = of.ask<assembly::motion_view>(assembly::motion_query{vote->motion});
        CHECK(news_of(of.in("en"), *motion).size() == 1 + motion->votes.size());
    }
    const auto decisions = of.ask<assembly::decisions_view>(assembly::decisions_query{});
    REQUIRE(decisions->decisions.size() == 1);
    const auto decision =
        of.ask<assembly::decision_view>(assembly::decision_query{decisions->decisions.front().id});
    const auto en = news_of(of.in("en"), *decision), be = news_of(of.in("be"), *decision);
    REQUIRE_FALSE(en.empty());
    CHECK(en.front().id == "decision/" + decision->id.value);
    for (std::size_t i = 0; i < en.size(); ++i) CHECK(en[i].id == be[i].id);
}
