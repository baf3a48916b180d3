// Appeals: who was judged wrongly gets the place, and nobody else moves.

#include "calls/tests/agency.hpp"

namespace veche::calls::testing {
namespace {

/// y has the place in b, x and z those in a; w has nothing.
agency allocated_call() {
    agency a;
    open(a, places_call());
    a.must(applicant("x"), apply_for({"a"}));
    a.must(applicant("y"), apply_for({"b"}));
    a.must(applicant("z"), apply_for({"b", "a"}));
    a.must(applicant("w"), apply_for({"b", "a"}));
    a.must(applicant("out"), apply_for({"a"}));
    close(a);
    score(a, "x", 90);
    score(a, "y", 80);
    score(a, "z", 70);
    score(a, "w", 60);
    a.must(officer, judge_eligibility{{"c"}, {"out"}, false, ineligibility::condition_unmet, {}});
    run(a);
    return a;
}

decide_appeal upholding(const std::string& who, std::int32_t points) {
    decide_appeal c;
    c.call = {"c"};
    c.applicant = {who};
    c.upheld = true;
    c.reason = en("The sum was wrong");
    c.points = {{{"merit"}, points}};
    return c;
}

appeal_settled effect_in(const events& made) {
    REQUIRE(made.size() == 1);
    return from_json<appeal_settled>(made.front().body).value();
}

}  // namespace

TEST_CASE("an appeal that is right gives a place beyond the capacity, and nobody moves") {
    agency a = allocated_call();
    a.must(applicant("w"), lodge_appeal{{"c"}, appeal_ground::points, {}});
    const auto effect = effect_in(a.must(arbiter, upholding("w", 75)));
    CHECK(effect.effect == appeal_effect::place);
    CHECK(effect.score == 75);
    CHECK(effect.programme == place_id{"a"});
    REQUIRE(effect.figures.size() == 2);
    CHECK(effect.figures[0].cutoff_score == 80);
    CHECK(effect.figures[1].cutoff_score == 70);
    CHECK(a.place_of("w") == "a+");
    CHECK(a.place_of("x") == "a");
    CHECK(a.place_of("z") == "a");
    a.must(applicant("w"), answer_offer{{"c"}, offer_answer::accept, std::nullopt});
    a.now = plus_days(a.now, 10);
    a.pass_deadlines();
    a.must(officer, conclude_call{{"c"}});
    const auto report = a.view(call_query{{"c"}}).concluded;
    CHECK(report->programmes[0].accepted == 1);
    CHECK(report->programmes[0].beyond == 1);
    CHECK(report->programmes[0].left == 2);
}

TEST_CASE("a better choice won on appeal leaves the place that was held") {
    agency a = allocated_call();
    a.must(applicant("z"), answer_offer{{"c"}, offer_answer::accept, std::nullopt});
    a.must(applicant("z"), lodge_appeal{{"c"}, appeal_ground::points, {}});
    const auto effect = effect_in(a.must(arbiter, upholding("z", 85)));
    CHECK(effect.programme == place_id{"b"});
    CHECK(a.place_of("z") == "b+");
    a.must(applicant("z"), answer_offer{{"c"}, offer_answer::decline, std::nullopt});
    CHECK(a.place_of("z") == "a");
}

TEST_CASE("an appeal that is right and does not reach a cutoff says with figures why not") {
    agency a = allocated_call();
    a.must(applicant("w"), lodge_appeal{{"c"}, appeal_ground::points, {}});
    const auto effect = effect_in(a.must(arbiter, upholding("w", 69)));
    CHECK(effect.effect == appeal_effect::below_cutoff);
    CHECK(effect.figures.size() == 2);
    CHECK(a.place_of("w").empty());
    CHECK(score_of(*a.own.calls.find(call_id{"c"}), a.of("w")) == 69);
}

TEST_CASE("who was kept out wrongly gets all points with the appeal") {
    agency a = allocated_call();
    a.must(applicant("out"), lodge_appeal{{"c"}, appeal_ground::eligibility, {}});
    decide_appeal c = upholding("out", 95);
    c.points.clear();
    c.eligible = true;
    CHECK(a.refused(arbiter, c) == "calls.points_malformed");
    c.points = {{{"merit"}, 95}};
    CHECK(effect_in(a.must(arbiter, c)).programme == place_id{"a"});
    CHECK(a.place_of("out") == "a+");
}

TEST_CASE("a group that counts after all opens the places held for it") {
    agency a;
    open_call c = places_call();
    c.programmes[1].reserves = {{{"north"}, 1}};
    c.rules.reserves = reserve_rule::first;
    open(a, c);
    a.must(applicant("x"), apply_for({"b"}));
    a.must(applicant("n"), apply_for({"b"}, {"north"}));
    close(a);
    score(a, "x", 90);
    score(a, "n", 50);
    a.must(officer,
           judge_eligibility{
               {"c"}, {"n"}, true, std::nullopt, {{{"north"}, ineligibility::evidence_missing}}});
    run(a);
    CHECK(a.place_of("x") == "b");
    a.must(applicant("n"), lodge_appeal{{"c"}, appeal_ground::group, {}});
    decide_appeal d = upholding("n", 50);
    d.points.clear();
    d.groups = {{"young"}};
    CHECK(a.refused(arbiter, d) == "calls.group_not_claimed");
    d.groups = {{"north"}};
    CHECK(effect_in(a.must(arbiter, d)).effect == appeal_effect::place);
    CHECK(a.place_of("n") == "b+");
    CHECK(a.place_of("x") == "b");
}

TEST_CASE("before the run an appeal corrects what the run will count") {
    agency a;
    open(a, places_call());
    a.must(applicant("x"), apply_for({"a"}));
    close(a);
    CHECK(a.refused(applicant("x"), lodge_appeal{{"c"}, appeal_ground::points, {}}) ==
          "calls.not_allocated");
    a.must(officer, judge_eligibility{{"c"}, {"x"}, false, ineligibility::evidence_missing, {}});
    a.must(applicant("x"), lodge_appeal{{"c"}, appeal_ground::eligibility, {}});
    CHECK(a.refused(officer, run_allocation{{"c"}}) == "calls.blocked");
    decide_appeal c = upholding("x", 0);
    c.points.clear();
    c.eligible = true;
    CHECK(effect_in(a.must(arbiter, c)).effect == appeal_effect::before_run);
    CHECK(a.refused(officer,
                    judge_eligibility{{"c"}, {"x"}, false, ineligibility::evidence_missing, {}}) ==
          "calls.appeal_decided");
    a.must(officer, assign_assessor{{"c"}, {"x"}, {jury_1.person}});
    a.must(jury_1, declare_interest{{"c"}, {"x"}, interest::none});
    a.must(jury_1, assess{{"c"}, {"x"}, {{{"merit"}, 5}}});
    run(a);
    CHECK(a.place_of("x") == "a");
}

TEST_CASE("appeals have their days, their person and their form") {
    agency a = allocated_call();
    CHECK(a.refused(applicant("v"), lodge_appeal{{"c"}, appeal_ground::points, {}}) ==
          "calls.application_unknown");
    a.must(applicant("w"), lodge_appeal{{"c"}, appeal_ground::points, {}});
    CHECK(a.refused(applicant("w"), lodge_appeal{{"c"}, appeal_ground::points, {}}) ==
          "calls.appeal_taken");
    CHECK(a.refused(arbiter, upholding("z", 1)) == "calls.no_appeal");
    CHECK(a.refused(officer, upholding("w", 75)) == "charter.power_missing");
    decide_appeal c = upholding("w", 75);
    c.reason.clear();
    CHECK(a.refused(arbiter, c) == "calls.reason_missing");
    c = upholding("w", 101);
    CHECK(a.refused(arbiter, c) == "calls.points_malformed");
    c = upholding("w", 75);
    c.upheld = false;
    CHECK(a.refused(arbiter, c) == "calls.correction_malformed");
    c.points.clear();
    CHECK(effect_in(a.must(arbiter, c)).effect == appeal_effect::dismissed);
    a.now = plus_days(a.now, 10);
    a.pass_deadlines();
    CHECK(a.refused(applicant("z"), lodge_appeal{{"c"}, appeal_ground::points, {}}) ==
          "calls.too_late_to_appeal");
}

TEST_CASE("a grant won on appeal comes out of what is left, or not at all") {
    for (const std::int64_t asks : {20, 50}) {
        agency a;
        open(a, grants_call());
        for (const char* who : {"x", "y"}) {
            submit_application s = apply_for({});
            s.asks = amount{who[0] == 'x' ? 60 : asks, {"RUB"}};
            s.title = en("Project");
            a.must(applicant(who), s);
        }
        close(a);
        score(a, "x", 90);
        a.must(officer, judge_eligibility{{"c"}, {"y"}, false, ineligibility::outside_scope, {}});
        run(a);
        a.must(applicant("y"), lodge_appeal{{"c"}, appeal_ground::eligibility, {}});
        decide_appeal c = upholding("y", 95);
        c.eligible = true;
        const auto effect = effect_in(a.must(arbiter, c)).effect;
        CHECK(effect == (asks == 20 ? appeal_effect::place : appeal_effect::beyond_budget));
        CHECK(a.place_of("y") == (asks == 20 ? "grant+" : ""));
    }
}

}  // namespace veche::calls::testing
