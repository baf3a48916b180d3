// Every way in which calls say no, in the order in which it is checked.

#include "calls/tests/agency.hpp"

namespace veche::calls::testing {
namespace {

std::string refused_call(const open_call& c) {
    agency a;
    return a.refused(a.now_by("gov"), c);
}

refusal why_refused(const open_call& c) {
    agency a;
    const auto decided = decide(a.seen(), c, a.now_by("gov"));
    REQUIRE_FALSE(decided.has_value());
    return decided.error();
}

/// x and y have applied; the call is closed and its lots are fixed.
agency closed_call() {
    agency a;
    open(a, places_call());
    a.must(applicant("x"), apply_for({"a"}, {"north"}));
    a.must(applicant(officer.person), apply_for({"b"}));
    close(a);
    return a;
}

}  // namespace

TEST_CASE("a call is opened only by a decision of a body that may order it") {
    agency a;
    CHECK(a.refused(officer, places_call()) == "calls.only_by_decision");
    CHECK(a.refused(a.now_by("idle"), places_call()) == "charter.may_not_order");
    a.must(a.now_by("gov"), places_call());
    CHECK(a.refused(a.now_by("gov"), places_call()) == "calls.call_taken");
    CHECK(a.refused(a.now_by("gov"), run_allocation{{"c"}}) == "calls.not_by_decision");
    CHECK(a.refused(a.now_by("gov"), apply_for({"a"})) == "calls.not_by_decision");
    CHECK(a.refused(a.now_by("gov"), commitment_of(keeper_1)) == "calls.not_by_decision");
}

TEST_CASE("a call that could not be run is not opened: each fault has its place") {
    open_call c = places_call();
    c.body = {"nowhere"};
    c.title.clear();
    CHECK(refused_call(c) == "calls.body_unknown");
    c.body = {"gov"};
    CHECK(refused_call(c) == "calls.title_missing");
    c.title = {{"de", "Plätze"}};
    CHECK(refused_call(c) == "charter.language_unknown");
    c.title = en(std::string(1001, 'x'));
    CHECK(refused_call(c) == "calls.text_too_long");

    c = places_call();
    c.programmes[1].title.clear();
    CHECK(why_refused(c).field == "programmes.1.title");
    c = places_call();
    c.programmes[1].programme = {"a"};
    c.programmes[0].capacity = 0;
    CHECK(refused_call(c) == "calls.id_repeated");
    c.programmes[1].programme = {"b"};
    CHECK(refused_call(c) == "calls.capacity_malformed");
    CHECK(why_refused(c).field == "programmes.0.capacity");
    c.programmes[0].capacity = 2;
    c.programmes[0].reserves = {{{"south"}, 1}};
    CHECK(refused_call(c) == "calls.group_unknown");
    c.programmes[0].reserves = {{{"north"}, 2}, {{"young"}, 1}};
    CHECK(refused_call(c) == "calls.reserves_malformed");
    CHECK(why_refused(c).sentence().starts_with("a has 2 places, and 3 are reserved."));
    c.programmes[0].reserves = {{{"north"}, 0}};
    CHECK(refused_call(c) == "calls.reserves_malformed");
    c = places_call();
    c.programmes[0].member = member_id{"Q"};
    CHECK(refused_call(c) == "calls.member_unknown");
    c = places_call();
    c.programmes.clear();
    CHECK(refused_call(c) == "calls.programmes_missing");
    c = places_call();
    c.budget = amount{5, {"RUB"}};
    CHECK(refused_call(c) == "calls.programmes_missing");
    c = places_call();
    for (int i = 0; i < 13; ++i) c.groups.push_back({{"g" + std::to_string(i)}, en("group")});
    CHECK(refused_call(c) == "calls.too_many");
    c = places_call();
    c.rules.reserves = reserve_rule::first;
    c.programmes.clear();
    for (int i = 0; i < 200; ++i)
        c.programmes.push_back({{std::string(60, 'p') + std::to_string(i)},
                                en("Programme"),
                                "",
                                std::nullopt,
                                2,
                                {{{"north"}, 1}, {{"young"}, 1}}});
    CHECK(refused_call(c) == "calls.result_too_large");
}

TEST_CASE("rules that do not go together are refused, each with its own sentence") {
    open_call c = places_call();
    c.rules.reserves = reserve_rule::first;
    CHECK(refused_call(c) == "calls.reserves_unruled");
    CHECK(why_refused(c).field == "rules.reserves");
    c = places_call();
    c.programmes[0].reserves = {{{"north"}, 1}};
    CHECK(why_refused(c).field == "rules.reserves");
    c.rules.reserves = reserve_rule::first;
    c.rules.ties = tie_policy::hungarian;
    CHECK(refused_call(c) == "calls.reserves_need_lots");
    CHECK(why_refused(c).field == "rules.ties");
    c = places_call();
    c.rules.lottery.reset();
    CHECK(refused_call(c) == "calls.lottery_unsaid");
    CHECK(why_refused(c).field == "rules.lottery");
    c = places_call();
    c.rules.budget = budget_rule::skip;
    CHECK(why_refused(c).field == "rules.budget");
    c = places_call();
    c.rules.max_choices = 3;
    CHECK(refused_call(c) == "calls.number_out_of_range");
    c = places_call();
    c.answer_days = 0;
    CHECK(why_refused(c).field == "answer_days");
    c = places_call();
    c.criteria[0].weight = 0;
    CHECK(refused_call(c) == "calls.criteria_malformed");
    c = places_call();
    c.assessors = 0;
    CHECK(refused_call(c) == "calls.assessment_malformed");
    c = places_call();
    c.criteria.clear();
    CHECK(refused_call(c) == "calls.assessment_malformed");
    c = places_call();
    c.custodians.clear();
    CHECK(refused_call(c) == "calls.custodians_malformed");
    c.custodians = {{"gov/nobody"}};
    CHECK(refused_call(c) == "calls.office_unknown");
    c = places_call();
    c.opens = at("2026-03-01T08:59:59.999Z");
    c.closes = c.opens;
    CHECK(refused_call(c) == "calls.opens_past");
    c.opens = at("2026-03-02T00:00:00.000Z");
    CHECK(refused_call(c) == "calls.times_reversed");
}

TEST_CASE("a call for grants has a budget in money, one lot and no programmes") {
    open_call c = grants_call();
    c.budget.reset();
    CHECK(refused_call(c) == "calls.budget_missing");
    c.budget = amount{0, {"RUB"}};
    CHECK(refused_call(c) == "calls.budget_missing");
    c.budget = amount{5, {"PLACE"}};
    CHECK(refused_call(c) == "calls.unit_unknown");
    c = grants_call();
    c.programmes = places_call().programmes;
    CHECK(refused_call(c) == "calls.budget_missing");
    c = grants_call();
    c.rules.budget.reset();
    CHECK(why_refused(c).field == "rules.budget");
    c = grants_call();
    c.rules.lottery = lottery_kind::per_programme;
    CHECK(why_refused(c).field == "rules.lottery");
    c = grants_call();
    c.rules.lottery.reset();
    c.rules.ties = tie_policy::chilean;
    CHECK(why_refused(c).field == "rules.ties");
    c = grants_call();
    c.rules.max_choices = 1;
    CHECK(why_refused(c).field == "rules.max_choices");
}

TEST_CASE("one applies for oneself, in time, for what there is") {
    agency a;
    open_call c = places_call();
    c.rules.max_choices = 1;
    a.must(a.now_by("gov"), c);
    a.must(keeper_1, commitment_of(keeper_1));
    CHECK(a.refused(officer, apply_for({"q"})) == "calls.not_for_oneself");
    submit_application elsewhere = apply_for({"a"});
    elsewhere.call = {"d"};
    CHECK(a.refused(applicant("x"), elsewhere) == "calls.call_unknown");
    CHECK(a.refused(applicant("x"), apply_for({"q"})) == "calls.not_open_yet");
    a.go_to("2026-03-02T00:00:00.000Z");
    CHECK(a.refused(applicant("x"), apply_for({"a", "a"})) == "calls.id_repeated");
    CHECK(a.refused(applicant("x"), apply_for({"a"}, {"south"})) == "calls.group_unknown");
    CHECK(a.refused(applicant("x"), apply_for({"a", "b"})) == "calls.choices_missing");
    CHECK(a.refused(applicant("x"), apply_for({})) == "calls.choices_missing");
    CHECK(a.refused(applicant("x"), apply_for({"q"})) == "calls.programme_unknown");
    submit_application s = apply_for({"a"});
    s.asks = amount{5, {"RUB"}};
    CHECK(a.refused(applicant("x"), s) == "calls.ask_malformed");
    CHECK(a.refused(applicant("x"), withdraw_application{{"c"}}) == "calls.application_unknown");
    CHECK(a.refused(applicant("x"), answer_offer{{"c"}, offer_answer::accept, {}}) ==
          "calls.application_unknown");
}

TEST_CASE("a grant is asked for in the unit of the budget, with a title, and not above it") {
    agency a;
    open(a, grants_call());
    submit_application s = apply_for({});
    s.title = en("Project");
    CHECK(a.refused(applicant("x"), s) == "calls.ask_malformed");
    s.asks = amount{101, {"RUB"}};
    CHECK(a.refused(applicant("x"), s) == "calls.ask_malformed");
    s.asks = amount{10, {"PLACE"}};
    CHECK(a.refused(applicant("x"), s) == "calls.ask_malformed");
    s.asks = amount{100, {"RUB"}};
    s.title.clear();
    CHECK(a.refused(applicant("x"), s) == "calls.ask_malformed");
    s.title = en("Project");
    a.must(applicant("x"), s);
}

TEST_CASE("nobody judges before closing, in their own case, or without the power") {
    agency a;
    open(a, places_call());
    a.must(applicant("x"), apply_for({"a"}));
    const judge_eligibility judge{{"c"}, {"x"}, true, std::nullopt, {}};
    CHECK(a.refused(jury_1, judge) == "charter.power_missing");
    CHECK(a.refused(officer, judge) == "calls.not_closed");

    a = closed_call();
    judge_eligibility j = judge;
    j.applicant = {"nobody"};
    CHECK(a.refused(officer, j) == "calls.application_unknown");
    j.applicant = {officer.person};
    CHECK(a.refused(officer, j) == "calls.own_case");
    a.must(second, j);
    j = judge;
    j.reason = ineligibility::outside_scope;
    CHECK(a.refused(officer, j) == "calls.verdict_malformed");
    j = judge;
    j.eligible = false;
    CHECK(a.refused(officer, j) == "calls.verdict_malformed");
    j = judge;
    j.refused_groups = {{{"young"}, ineligibility::evidence_missing}};
    CHECK(a.refused(officer, j) == "calls.group_not_claimed");
    j.refused_groups = {{{"north"}, ineligibility::evidence_missing},
                        {{"north"}, ineligibility::evidence_unsound}};
    CHECK(a.refused(officer, j) == "calls.id_repeated");
}

TEST_CASE("an assessor is assigned, declares, and only then assesses, once") {
    agency a = closed_call();
    const assign_assessor assign{{"c"}, {"x"}, {jury_1.person}};
    const assess points{{"c"}, {"x"}, {{{"merit"}, 5}}};
    CHECK(a.refused(officer, assign) == "calls.not_eligible");
    a.must(officer, judge_eligibility{{"c"}, {"x"}, true, std::nullopt, {}});
    CHECK(a.refused(officer, assign_assessor{{"c"}, {"x"}, {"x"}}) == "calls.own_case");
    CHECK(a.refused(jury_1, points) == "calls.not_assigned");
    a.must(officer, assign);
    CHECK(a.refused(officer, assign) == "calls.assigned_already");
    CHECK(a.refused(officer, assign_assessor{{"c"}, {"x"}, {jury_2.person}}) ==
          "calls.assessors_complete");
    CHECK(a.refused(jury_1, points) == "calls.interest_missing");
    a.must(jury_1, declare_interest{{"c"}, {"x"}, interest::supervision});
    CHECK(a.refused(jury_1, points) == "calls.interest_declared");
    // Who is tied to the applicant makes room for another.
    a.must(officer, assign_assessor{{"c"}, {"x"}, {jury_2.person}});
    a.must(jury_2, declare_interest{{"c"}, {"x"}, interest::none});
    assess wrong = points;
    wrong.points = {};
    CHECK(a.refused(jury_2, wrong) == "calls.points_malformed");
    wrong.points = {{{"merit"}, 101}};
    CHECK(a.refused(jury_2, wrong) == "calls.points_malformed");
    wrong.points = {{{"merit"}, 1}, {{"merit"}, 1}};
    CHECK(a.refused(jury_2, wrong) == "calls.points_malformed");
    wrong.points = {{{"grace"}, 1}};
    CHECK(a.refused(jury_2, wrong) == "calls.points_malformed");
    a.must(jury_2, points);
    CHECK(a.refused(jury_2, points) == "calls.assessed_already");
    CHECK(a.refused(jury_2, declare_interest{{"c"}, {"x"}, interest::none}) ==
          "calls.assessed_already");
    // Points count that were given without a tie.
    CHECK(score_of(*a.own.calls.find(call_id{"c"}), a.of("x")) == 5);
}

TEST_CASE("something is set aside with a reason, one thing at a time") {
    agency a = closed_call();
    CHECK(a.refused(officer, set_aside{{"c"}, {}, {}, {}}) == "calls.reason_missing");
    CHECK(a.refused(officer, set_aside{{"c"}, {}, {}, en("Why")}) == "calls.one_thing");
    CHECK(a.refused(officer, set_aside{{"c"}, person_id{"x"}, place_id{"a"}, en("Why")}) ==
          "calls.one_thing");
    CHECK(a.refused(officer, set_aside{{"c"}, {}, place_id{"q"}, en("Why")}) ==
          "calls.programme_unknown");
    a.must(officer, set_aside{{"c"}, person_id{"x"}, {}, en("Why")});
    CHECK(a.refused(officer, set_aside{{"c"}, person_id{"x"}, {}, en("Why")}) ==
          "calls.aside_already");
}

TEST_CASE("once allocated nothing is judged anew, and an answer needs an offer") {
    agency a = closed_call();
    a.must(second, set_aside{{"c"}, person_id{officer.person}, {}, en("Why")});
    CHECK(a.refused(officer, conclude_call{{"c"}}) == "calls.not_allocated");
    score(a, "x", 5);
    CHECK(a.refused(officer, conclude_call{{"c"}}) == "calls.not_allocated");
    CHECK(a.refused(jury_1, run_allocation{{"c"}}) == "charter.power_missing");
    run(a);
    CHECK(a.refused(officer, judge_eligibility{{"c"}, {"x"}, true, {}, {}}) ==
          "calls.allocated_already");
    CHECK(a.refused(officer, conclude_call{{"c"}}) == "calls.answers_open");
    CHECK(a.refused(applicant(officer.person), answer_offer{{"c"}, offer_answer::accept, {}}) ==
          "calls.no_offer");
    a.must(applicant("x"), answer_offer{{"c"}, offer_answer::accept, {}});
    CHECK(a.refused(applicant("x"), answer_offer{{"c"}, offer_answer::accept, {}}) ==
          "calls.no_offer");
}

}  // namespace veche::calls::testing
