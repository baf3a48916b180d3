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

TEST_CASE("the history of a budget has the days of its vote") {
    agency a;
    open(a, budget_call());
    a.must(applicant("x"), project_of(60));
    close(a);
    a.must(officer, judge_eligibility{{"c"}, {"x"}, true, std::nullopt, {}});
    const auto told = [&] { return a.view(histories_query{}).calls.front(); };
    CHECK(told().votes_from == at("2026-03-16T00:00:00.000Z"));
    CHECK(told().votes_until == at("2026-03-20T00:00:00.000Z"));
    CHECK(told().turns.back().turn == call_turn::closed);
    a.go_to("2026-03-17T00:00:00.000Z");
    CHECK(told().turns.back().turn == call_turn::vote_opened);
    CHECK(told().turns.back().at == told().votes_from);
    CHECK(told().turns.back().seq);
    a.go_to("2026-03-21T00:00:00.000Z");
    CHECK(told().turns.back().turn == call_turn::vote_closed);
    CHECK(told().turns.back().at == told().votes_until);
}

TEST_CASE("projects are found once they are on the ballot paper, by their words and their titles") {
    agency a;
    open(a, budget_call());
    submit_application trees = project_of(60);
    trees.title = {{"en", "Lime trees"}, {"ru", "Липы"}};
    trees.about = {{"en", "Along the quay"}};
    a.must(applicant("x"), trees);
    a.must(applicant("y"), project_of(30));
    close(a);
    const auto found = [&](const std::string& words) {
        return a.view(call_search_query{words, {}, {}});
    };
    a.must(officer, judge_eligibility{{"c"}, {"x"}, true, std::nullopt, {}});
    a.must(officer, judge_eligibility{{"c"}, {"y"}, false, ineligibility::outside_scope, {}});
    CHECK(found("lime").found == 0);
    a.go_to("2026-03-16T00:00:00.000Z");
    REQUIRE(found("lime").rows.size() == 1);
    CHECK(found("lime").rows[0].project == person_id{"x"});
    CHECK(found("lime").rows[0].part.empty());
    CHECK(found("липы").found == 1);
    CHECK(found("quay").found == 1);
    CHECK(found("a project").found == 0);  // what is not eligible is on no ballot
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
