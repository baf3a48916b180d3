// One call from its decision to its report.

#include "calls/tests/agency.hpp"

namespace veche::calls::testing {
namespace {

/// Four want what three can have: x scores best, then y, z and w.
agency scored() {
    agency a;
    open(a, places_call());
    a.must(applicant("x"), apply_for({"b", "a"}));
    a.must(applicant("y"), apply_for({"b", "a"}));
    a.must(applicant("z"), apply_for({"a"}));
    a.must(applicant("w"), apply_for({"a", "b"}));
    close(a);
    score(a, "x", 90);
    score(a, "y", 80);
    score(a, "z", 70);
    score(a, "w", 60);
    return a;
}

}  // namespace

TEST_CASE("a call places by score, takes answers, and passes on what is left") {
    agency a = scored();
    const allocated first = run(a);
    CHECK(first.candidates == 4);
    CHECK(first.offers == 3);
    CHECK(first.lots_needed.empty());
    CHECK(a.place_of("x") == "b");
    CHECK(a.place_of("y") == "a");
    CHECK(a.place_of("z") == "a");
    CHECK(a.place_of("w").empty());
    CHECK(a.view(call_query{{"c"}}).stage == call_stage::offered);

    a.must(applicant("x"), answer_offer{{"c"}, offer_answer::accept, std::nullopt});
    a.must(applicant("y"), answer_offer{{"c"}, offer_answer::decline, std::nullopt});
    CHECK(a.refused(officer, run_allocation{{"c"}}) == "calls.blocked");
    a.now = plus_days(a.now, 5);
    const events passed = a.pass_deadlines();
    REQUIRE(passed.size() == 1);
    CHECK(passed.front().body == R"({"call":"c","lapsed":1,"round":1})");

    const allocated next = run(a);
    CHECK(next.round == 2);
    CHECK(next.candidates == 1);
    CHECK(a.place_of("w") == "a");
    a.must(applicant("w"), answer_offer{{"c"}, offer_answer::accept, std::nullopt});
    CHECK(a.refused(officer, conclude_call{{"c"}}) == "calls.appeals_running");
    a.now = plus_days(a.now, 10);
    a.must(officer, conclude_call{{"c"}});
    const auto report = a.view(call_query{{"c"}}).concluded;
    REQUIRE(report);
    CHECK(report->applications == 4);
    CHECK(report->offered == 4);
    CHECK(report->accepted == 2);
    CHECK(report->left == 1);
    CHECK(report->programmes[0].accepted == 1);
    CHECK(report->members.size() == 1);
    CHECK(report->members[0].capacity == 2);
    CHECK(a.refused(officer, conclude_call{{"c"}}) == "calls.concluded_already");
}

TEST_CASE("terms and runs are shared by all states of a call") {
    agency a = scored();
    run(a);
    const state before = a.own;
    a.must(applicant("x"), answer_offer{{"c"}, offer_answer::accept, std::nullopt});
    const call& then = *before.calls.find(call_id{"c"});
    const call& now = *a.own.calls.find(call_id{"c"});
    CHECK(&then != &now);
    CHECK(then.open_offers == now.open_offers + 1);
    CHECK(&then.asked == &now.asked);
    CHECK(&then.rounds[0] == &now.rounds[0]);
}

TEST_CASE("who accepts and waits moves up, and nobody loses what they hold") {
    agency a = scored();
    run(a);
    a.must(applicant("x"), answer_offer{{"c"}, offer_answer::decline, std::nullopt});
    a.must(applicant("y"), answer_offer{{"c"}, offer_answer::accept, true});
    a.must(applicant("z"), answer_offer{{"c"}, offer_answer::accept, std::nullopt});
    run(a);
    // The place in b goes to y, who waited for it, without another answer; w waits for y's place.
    CHECK(a.place_of("y") == "b");
    CHECK(a.place_of("z") == "a");
    CHECK(a.of("y").held()->status == offer_status::accepted);
    run(a);
    CHECK(a.place_of("w") == "a");
    CHECK(a.place_of("y") == "b");
}

TEST_CASE("a call whose rules end it with one round leaves its places free") {
    agency a;
    open_call c = places_call();
    c.rules.unfilled = unfilled_rule::none;
    open(a, c);
    for (const char* who : {"x", "y"}) a.must(applicant(who), apply_for({"b"}));
    close(a);
    score(a, "x", 50);
    score(a, "y", 40);
    run(a);
    a.must(applicant("x"), answer_offer{{"c"}, offer_answer::decline, std::nullopt});
    CHECK(a.refused(officer, run_allocation{{"c"}}) == "calls.nothing_to_allocate");
    a.now = plus_days(a.now, 10);
    a.must(officer, conclude_call{{"c"}});
    CHECK(a.view(call_query{{"c"}}).concluded->left == 3);
}

TEST_CASE("a call does not end while its rules still pass something on") {
    agency a = scored();
    run(a);
    for (const char* who : {"x", "y", "z"})
        a.must(applicant(who), answer_offer{{"c"}, offer_answer::decline, std::nullopt});
    a.now = plus_days(a.now, 10);
    CHECK(a.refused(officer, conclude_call{{"c"}}) == "calls.round_due");
}

TEST_CASE("a call to which nobody applied ends without a run") {
    agency a;
    open(a, places_call());
    a.go_to("2026-03-13T00:00:00.000Z");
    CHECK(a.refused(officer, run_allocation{{"c"}}) == "calls.nothing_to_allocate");
    a.must(officer, conclude_call{{"c"}});
    CHECK(a.view(call_query{{"c"}}).stage == call_stage::concluded);
}

TEST_CASE("the last application before closing counts, and one can come back") {
    agency a;
    open(a, places_call());
    a.must(applicant("x"), apply_for({"a"}));
    a.must(applicant("x"), apply_for({"b", "a"}, {"north"}));
    CHECK(a.of("x").versions == 2);
    CHECK(a.of("x").asked.choices.front().value == "b");
    CHECK(a.own.calls.find(call_id{"c"})->applications == 1);
    a.must(applicant("x"), withdraw_application{{"c"}});
    CHECK(a.own.calls.find(call_id{"c"})->applications == 0);
    CHECK(a.refused(applicant("x"), withdraw_application{{"c"}}) == "calls.withdrawn_already");
    a.must(applicant("x"), apply_for({"a"}));
    CHECK(a.own.calls.find(call_id{"c"})->applications == 1);
    a.now = at("2026-03-11T23:59:59.999Z");
    a.must(applicant("x"), apply_for({"b"}));
    a.now = at("2026-03-12T00:00:00.000Z");
    CHECK(a.refused(applicant("x"), apply_for({"a"})) == "calls.closed_already");
    const events passed = a.pass_deadlines();
    REQUIRE(passed.size() == 1);
    const auto closed = from_json<call_closed>(passed.front().body).value();
    CHECK(closed.applications == 1);
    const std::string record = R"({"applicant":"x","choices":["b"]})";
    CHECK(closed.root == to_hex(merkle_root(std::vector<std::string>{record})));
}

TEST_CASE("who withdraws after the run gives the place back") {
    agency a = scored();
    run(a);
    a.must(applicant("x"), answer_offer{{"c"}, offer_answer::accept, std::nullopt});
    a.must(applicant("x"), withdraw_application{{"c"}});
    a.must(applicant("z"), withdraw_application{{"c"}});
    a.must(applicant("y"), answer_offer{{"c"}, offer_answer::accept, true});
    CHECK(a.view(call_query{{"c"}}).open_offers == 0);
    run(a);
    CHECK(a.place_of("y") == "b");
    CHECK(a.place_of("w") == "a");
}

TEST_CASE("what is set aside does not stop the others") {
    agency a;
    open(a, places_call());
    a.must(applicant("x"), apply_for({"a", "b"}));
    a.must(applicant("y"), apply_for({"a"}));
    close(a);
    score(a, "x", 10);
    CHECK(a.refused(officer, run_allocation{{"c"}}) == "calls.blocked");
    a.must(officer, set_aside{{"c"}, person_id{"y"}, std::nullopt, en("The file is lost")});
    a.must(officer, set_aside{{"c"}, std::nullopt, place_id{"a"}, en("The host withdrew")});
    CHECK(a.refused(officer, set_aside{{"c"}, std::nullopt, place_id{"a"}, en("Again")}) ==
          "calls.aside_already");
    const allocated made = run(a);
    CHECK(made.candidates == 1);
    CHECK(a.place_of("x") == "b");
    const auto seen = a.view(application_query{{"c"}, std::nullopt}, applicant("x"));
    CHECK(seen.explanation[0].outcome == choice_outcome::set_aside);
    CHECK(seen.explanation[1].outcome == choice_outcome::placed);
}

}  // namespace veche::calls::testing
