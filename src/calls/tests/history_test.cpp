// What feeds, calendars and the search of the site are made from.

#include "calls/tests/agency.hpp"

namespace veche::calls::testing {

TEST_CASE("the history of a call has its turns in order, each when it happened") {
    agency a;
    a.must(a.now_by("gov"), places_call());
    const auto told = [&] {
        std::string out;
        const histories_view seen = a.view(histories_query{call_id{"c"}});
        for (const turn_row& one : seen.calls.front().turns)
            out += std::string(name_of(one.turn)) + " " + to_text(one.at).substr(0, 10) + "; ";
        return out;
    };
    CHECK(told() == "decided 2026-03-01; ");
    a.must(keeper_1, commitment_of(keeper_1));
    a.go_to("2026-03-02T00:00:00.000Z");
    CHECK(told() == "decided 2026-03-01; opened 2026-03-02; ");
    a.must(applicant("x"), apply_for({"a"}));
    close(a);
    score(a, "x", 90);
    const allocated made = run(a);
    a.must(applicant("x"), answer_offer{{"c"}, offer_answer::accept, std::nullopt});
    a.go_to("2026-03-25T00:00:00.000Z");
    a.must(officer, conclude_call{{"c"}});
    CHECK(told() ==
          "decided 2026-03-01; opened 2026-03-02; closed 2026-03-12; allocated 2026-03-12; "
          "concluded 2026-03-25; ");
    const auto turns = a.view(histories_query{}).calls.front().turns;
    CHECK(turns[3].answer_until == made.answer_until);
    CHECK(turns[3].round == 1);
    CHECK_FALSE(turns[1].seq);
    CHECK(turns[4].seq);
    CHECK(a.hidden(histories_query{call_id{"other"}}) == "calls.call_unknown");
}

TEST_CASE("calls, their programmes and their parties are found by words of any language") {
    agency a;
    open_call places = places_call();
    places.programmes[0].title = {{"en", "Power engineering"}, {"ru", "Энергетика"}};
    a.must(a.now_by("gov"), places);
    open_call shares = shares_call();
    shares.call = {"s"};
    a.must(a.now_by("gov"), shares);
    const auto found = [&](const std::string& words, std::int32_t offset = 0,
                           std::int32_t count = 10) {
        return a.view(call_search_query{words, offset, count});
    };
    REQUIRE(found("энергетика").rows.size() == 1);
    CHECK(found("энергетика").rows[0].part == "a");
    CHECK(found("энергетика").rows[0].within == en("Places"));
    CHECK(found("ENGINEERING").found == 1);
    CHECK(found("region").found == 4);  // three parties, and the text of the call
    CHECK(found("region", 1, 2).rows.size() == 2);
    CHECK(found("region", 1, 2).found == 4);
    CHECK(found("region b").rows[0].part == "b");
    CHECK(found("nothing like it").found == 0);
}

}  // namespace veche::calls::testing
