// Akoma Ntoso and Popolo: that they say what the views say. Whether their form is right is asked of
// the standards' own schemas in tests/documents.

#include <doctest/doctest.h>

#include "documents/akoma_ntoso.hpp"
#include "documents/popolo.hpp"
#include "documents/tests/assembled_union.hpp"

using namespace veche;
using namespace veche::documents;
using namespace veche::documents::testing;
using namespace veche::assembly;

TEST_CASE("minutes as a debate count each vote and name each voter") {
    testing::assembled_union of;
    const auto session = of.ask<session_view>(session_query{session_id{"s-1"}});
    const std::string out = minutes_akoma_ntoso(of.in("ru"), *session);
    CHECK(has(out, "<debate name=\"minutes\">"));
    CHECK(has(out, "<FRBRlanguage language=\"rus\"/>"));
    CHECK(has(out,
              "<voting eId=\"voting-v-mo-1\" outcome=\"#outcome-adopted\" "
              "href=\"#motion-mo-1\">"));
    CHECK(
        has(out, "<count eId=\"voting-v-mo-1__count-yes\" value=\"9\" refersTo=\"#ballot-yes\"/>"));
    CHECK(has(out, "<count eId=\"voting-v-mo-2__count-no\" value=\"9\" refersTo=\"#ballot-no\"/>"));
    CHECK(has(out,
              "<vote by=\"#person-ru-economy-minister\" as=\"#seat-com-ru-economy\" "
              "choice=\"#voting-v-mo-1__count-yes\">За</vote>"));
    CHECK(has(out, "root=\"cm9vdA==\""));
    CHECK(minutes_akoma_ntoso(of.in("en"), *session)
              .find("Tariffs; prices, and &lt;roaming&gt; &amp; &quot;more&quot;") !=
          std::string::npos);
}

TEST_CASE("an act has its text by paragraphs and its orders by sections") {
    testing::assembled_union of;
    const auto decision = of.ask<decision_view>(decision_query{decision_id{"2026-0001"}});
    const auto vote = of.ask<vote_view>(vote_query{decision->vote.id});
    const std::string out = act_akoma_ntoso(of.in("en"), *decision, *vote);
    CHECK(has(out, "<FRBRnumber value=\"2026-0001\"/>"));
    CHECK(has(out, "<paragraph eId=\"para-2\">"));
    CHECK(has(out, "<p>Second line.</p>"));
    CHECK(has(out, "<section eId=\"order-1\">"));
    CHECK(has(out, "Even roaming tariffs"));
}

TEST_CASE("Popolo publishes rule, ballots and result together") {
    testing::assembled_union of;
    const auto session = of.ask<session_view>(session_query{session_id{"s-1"}});
    const std::string out = popolo_of(of.in("en"), *session);
    json::document read;
    REQUIRE(read.reset(out));
    const auto events = read.root().find("vote_events");
    REQUIRE(events.size() == 2);
    const auto first = events.first();
    CHECK(first.find("result").as_string() == "pass");
    CHECK(first.next().find("result").as_string() == "fail");
    CHECK(first.find("votes").size() == 9);
    CHECK(first.find("votes").first().find("option").as_string() == "yes");
    CHECK(first.find("counts").first().find("value").as_integer() == 9);
    CHECK(first.find("x_rule").find("definition").is(json::kind::object));
    CHECK_FALSE(first.find("x_rule").find("text").as_string().empty());
    CHECK(read.root().find("persons").size() == 9);
}

TEST_CASE("Popolo's memberships name a body, a person and the member behind it") {
    testing::assembled_union of;
    const auto body = of.ask<charter::body_view>(charter::body_query{body_id{"com"}, std::nullopt});
    const std::string out = popolo_of(of.in("en"), std::vector{*body});
    CHECK(has(out, "\"organization_id\":\"body/com\""));
    CHECK(has(out, "\"on_behalf_of_id\":\"member/ru\""));
    CHECK(has(out, "\"person_id\":\"ru-economy-minister\""));
}
