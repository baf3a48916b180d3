// What each may see, and the reasons they are given.

#include "calls/tests/agency.hpp"

namespace veche::calls::testing {
namespace {

/// x and y are placed in a, z lost the lot or the score, out is not eligible.
agency told_call() {
    agency a;
    open(a, places_call());
    for (const char* who : {"x", "y", "z"}) a.must(applicant(who), apply_for({"a"}));
    a.must(applicant("out"), apply_for({"a"}));
    a.must(applicant("two"), apply_for({"b", "a"}));
    close(a);
    score(a, "x", 90);
    score(a, "y", 50);
    score(a, "z", 50);
    score(a, "two", 40);
    a.must(officer, judge_eligibility{{"c"}, {"out"}, false, ineligibility::condition_unmet, {}});
    run(a);
    return a;
}

choice_explanation reason_of(const agency& a, const std::string& who, std::size_t choice = 0) {
    const auto seen = a.view(application_query{{"c"}, std::nullopt}, applicant(who));
    REQUIRE(seen.explanation.size() > choice);
    return seen.explanation[choice];
}

}  // namespace

TEST_CASE("how often a programme is wanted follows every change of an application") {
    agency a;
    open(a, places_call());
    const auto seen = [&] {
        std::string out;
        for (const programme_row& row : a.view(call_query{{"c"}}).programmes)
            out += row.programme.value + " " + std::to_string(row.wanted) + " " +
                   std::to_string(row.first) + " ";
        return out;
    };
    CHECK(seen() == "a 0 0 b 0 0 ");
    a.must(applicant("x"), apply_for({"b", "a"}));
    a.must(applicant("y"), apply_for({"a"}));
    CHECK(seen() == "a 2 1 b 1 1 ");
    a.must(applicant("x"), apply_for({"a"}));
    CHECK(seen() == "a 2 2 b 0 0 ");
    a.must(applicant("y"), withdraw_application{{"c"}});
    CHECK(seen() == "a 1 1 b 0 0 ");
    a.must(applicant("y"), apply_for({"b"}));
    CHECK(seen() == "a 1 1 b 1 1 ");
    CHECK(a.view(call_query{{"c"}}).applications == 2);
}

TEST_CASE("everybody is told why, in their own figures and those of the cutoff") {
    agency a = told_call();
    const bool y_first =
        a.view(lot_query{{"c"}, {"y"}, {}}).key < a.view(lot_query{{"c"}, {"z"}, {}}).key;
    const std::string won = y_first ? "y" : "z";
    const std::string lost = y_first ? "z" : "y";

    const auto first = reason_of(a, "x");
    CHECK(first.outcome == choice_outcome::placed);
    CHECK(first.your_rank == 1);
    CHECK(first.seats == 2);

    const auto by_lot = reason_of(a, lost);
    CHECK(by_lot.outcome == choice_outcome::lost_lottery);
    CHECK(by_lot.your_rank == 3);
    CHECK(by_lot.cutoff_score == 50);
    CHECK(*by_lot.your_key > *by_lot.cutoff_key);
    CHECK(by_lot.cutoff_key == a.view(lot_query{{"c"}, {won}, {}}).key);
    CHECK(by_lot.sufficient_score == 51);

    CHECK(reason_of(a, "out").outcome == choice_outcome::ineligible);
    CHECK(reason_of(a, "two", 0).outcome == choice_outcome::placed);
    CHECK(reason_of(a, "two", 1).outcome == choice_outcome::not_needed);
}

TEST_CASE("the score that would have sufficed does, and one point less does not") {
    for (const std::int32_t points : {51, 49}) {
        agency a;
        open(a, places_call());
        for (const char* who : {"x", "y", "z"}) a.must(applicant(who), apply_for({"a"}));
        close(a);
        score(a, "x", 90);
        score(a, "y", 50);
        score(a, "z", points);
        run(a);
        CHECK(a.place_of("z") == (points > 50 ? "a" : ""));
        if (points < 50) CHECK(reason_of(a, "z").sufficient_score == 51);
    }
}

TEST_CASE("a place held for others is said to be full for the rest") {
    agency a;
    open_call c = places_call();
    c.programmes[1].reserves = {{{"north"}, 1}};
    c.rules.reserves = reserve_rule::first;
    open(a, c);
    a.must(applicant("n"), apply_for({"b"}, {"north"}));
    a.must(applicant("x"), apply_for({"b"}));
    close(a);
    score(a, "n", 10);
    score(a, "x", 90);
    run(a);
    CHECK(reason_of(a, "n").reserve_used == group_id{"north"});
    CHECK(reason_of(a, "x").outcome == choice_outcome::quota_full);
}

TEST_CASE("an application is its applicant's and of those who lead, assess or hear it") {
    agency a = told_call();
    const application_query of_x{{"c"}, person_id{"x"}};
    CHECK(a.hidden(of_x) == "calls.not_yours");
    CHECK(a.hidden(of_x, applicant("y")) == "calls.not_yours");
    CHECK(a.hidden(of_x, jury_2) == "calls.not_yours");
    CHECK(a.hidden(of_x, keeper_1) == "calls.not_yours");
    const auto own = a.view(of_x, applicant("x"));
    CHECK(own.own);
    REQUIRE(own.assessors.size() == 1);
    CHECK(own.assessors[0].assessor.empty());
    CHECK(own.assessors[0].points[0].points == 90);
    CHECK(a.view(of_x, officer).assessors[0].assessor.value == jury_1.person);
    CHECK(a.view(of_x, jury_1).score == 90);
    CHECK(a.view(of_x, arbiter).score == 90);
    CHECK(a.view(of_x, auditor).score == 90);
    // What x reads names nobody else.
    const std::string text = to_json(own);
    for (const char* other : {"\"y\"", "\"z\"", "p-jury"})
        CHECK(text.find(other) == std::string::npos);
}

TEST_CASE("an applicant sees no points before the run") {
    agency a;
    open(a, places_call());
    a.must(applicant("x"), apply_for({"a"}));
    close(a);
    score(a, "x", 90);
    const auto own = a.view(application_query{{"c"}, std::nullopt}, applicant("x"));
    CHECK_FALSE(own.score);
    CHECK(own.assessors[0].points.empty());
    CHECK(own.assessed == 1);
    CHECK(own.explanation.empty());
    CHECK(a.view(application_query{{"c"}, person_id{"x"}}, officer).score == 90);
}

TEST_CASE("an applicant is told what can still be done, and until when") {
    agency a;
    a.must(a.now_by("gov"), places_call());
    a.must(keeper_1, commitment_of(keeper_1));
    CHECK(a.view(my_applications_query{}, applicant("x")).open.empty());
    a.go_to("2026-03-02T00:00:00.000Z");
    CHECK(a.view(my_applications_query{}, applicant("x")).open.size() == 1);
    CHECK(a.view(my_applications_query{}).open.empty());
    a.must(applicant("x"), apply_for({"a"}));
    const auto mine = [&] { return a.view(my_applications_query{}, applicant("x")).applications; };
    CHECK(mine()[0].left == std::vector<todo>{todo::change});
    CHECK(mine()[0].until == at("2026-03-12T00:00:00.000Z"));
    close(a);
    CHECK(mine()[0].left == std::vector<todo>{todo::wait});
    score(a, "x", 90);
    run(a);
    CHECK(mine()[0].left == std::vector<todo>{todo::answer, todo::appeal});
    CHECK(mine()[0].offer == offer_status::open);
    CHECK(mine()[0].until == plus_days(a.now, 5));
    a.must(applicant("x"), answer_offer{{"c"}, offer_answer::accept, {}});
    CHECK(mine()[0].left == std::vector<todo>{todo::appeal});
}

TEST_CASE("officers see what stands in the way, each with whom it concerns") {
    agency a;
    open(a, places_call());
    a.must(applicant("x"), apply_for({"a"}));
    const auto kinds = [&] {
        std::vector<blocker_kind> out;
        for (const blocker& one : a.view(blockers_query{{"c"}}, officer).blockers)
            out.push_back(one.kind);
        return out;
    };
    CHECK(kinds() == std::vector<blocker_kind>{blocker_kind::not_closed, blocker_kind::unjudged});
    a.go_to("2026-03-12T00:00:00.000Z");
    CHECK(kinds() == std::vector<blocker_kind>{blocker_kind::unjudged});
    CHECK_FALSE(a.view(dry_run_query{{"c"}}, officer).would);
    a.must(officer, judge_eligibility{{"c"}, {"x"}, true, {}, {}});
    CHECK(kinds() == std::vector<blocker_kind>{blocker_kind::assessor_missing});
    a.must(officer, assign_assessor{{"c"}, {"x"}, {jury_1.person}});
    CHECK(kinds() == std::vector<blocker_kind>{blocker_kind::declaration_missing});
    CHECK(a.view(my_assessments_query{{"c"}}, jury_1).applications.size() == 1);
    CHECK(a.view(my_assessments_query{{"c"}}, jury_2).applications.empty());
    CHECK(a.hidden(my_assessments_query{{"c"}}, officer) == "calls.not_yours");
    a.must(jury_1, declare_interest{{"c"}, {"x"}, interest::none});
    CHECK(kinds() == std::vector<blocker_kind>{blocker_kind::assessment_missing});
    a.must(jury_1, assess{{"c"}, {"x"}, {{{"merit"}, 1}}});
    CHECK(kinds() == std::vector<blocker_kind>{blocker_kind::list_not_settled});
    a.must(officer, settle_list{{"c"}});
    CHECK(kinds() == std::vector<blocker_kind>{blocker_kind::lot_not_revealed});
    a.must(keeper_1, reveal_lot{{"c"}, number_of(keeper_1)});
    CHECK(kinds().empty());
    CHECK(a.view(blockers_query{{"c"}}, officer).can_run);
    CHECK(a.view(board_query{{"c"}}, officer).ready == 1);
    CHECK(a.hidden(blockers_query{{"c"}}) == "calls.not_yours");
    CHECK(a.hidden(board_query{{"c"}}, jury_1) == "calls.not_yours");
}

TEST_CASE("everybody sees the call with its numbers, and the result under numbers") {
    agency a = told_call();
    const auto seen = a.view(call_query{{"c"}});
    CHECK(seen.stage == call_stage::offered);
    CHECK(seen.programmes[0].wanted == 5);
    CHECK(seen.programmes[1].first == 1);
    CHECK(seen.rounds.size() == 1);
    CHECK(seen.lot[0].number == number_of(keeper_1));
    CHECK_FALSE(seen.leads);
    CHECK(a.view(call_query{{"c"}}, officer).leads);
    CHECK(a.view(call_query{{"c"}}, keeper_1).keeps_lot == office_id{keeper_1.auth});
    CHECK(a.view(call_query{{"c"}}, applicant("x")).applies);
    const auto result = a.view(result_query{{"c"}, std::nullopt});
    CHECK(result.placed.size() == 3);
    REQUIRE(result.choices.size() == 2);
    CHECK(result.choices[0].choice == 0);
    CHECK(result.choices[0].offers == 1);
    CHECK(result.choices[1].offers == 3);
    CHECK(a.view(result_query{{"c"}, person_id{"x"}}).placed.size() == 1);
    CHECK(a.view(calls_query{std::nullopt, call_stage::open, std::nullopt}).calls.empty());
    CHECK(a.view(calls_query{body_id{"gov"}, std::nullopt, std::nullopt}).calls.size() == 1);
    CHECK(a.view(calls_query{body_id{"idle"}, std::nullopt, std::nullopt}).calls.empty());
}

TEST_CASE("the result of grants counts who got one and who got nothing") {
    agency a;
    open(a, grants_call());
    for (const auto& [who, minor] : {std::pair{"x", 60}, {"y", 70}}) {
        submit_application ask;
        ask.call = {"c"};
        ask.asks = amount{minor, {"RUB"}};
        ask.title = en("A project");
        a.must(applicant(who), ask);
    }
    close(a);
    score(a, "x", 90);
    score(a, "y", 50);
    run(a);
    const result_view seen = a.view(result_query{{"c"}, std::nullopt});
    REQUIRE(seen.choices.size() == 2);
    CHECK(seen.choices[0].choice == 0);
    CHECK(seen.choices[0].offers == 1);
    CHECK(seen.choices[1].offers == 1);
}

}  // namespace veche::calls::testing
