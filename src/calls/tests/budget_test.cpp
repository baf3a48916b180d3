// A budget on which citizens vote, from its decision to its report.

#include "calls/budget.hpp"

#include "budgeting/equal_shares.hpp"
#include "budgeting/pb_file.hpp"
#include "calls/tests/agency.hpp"
#include "calls/voting.hpp"

namespace veche::calls::testing {
namespace {

void judge(agency& a, const std::string& who) {
    a.must(officer, judge_eligibility{{"c"}, {who}, true, std::nullopt, {}});
}

void begin(agency& a) {
    a.go_to("2026-03-16T00:00:00.000Z");
}

void finish(agency& a) {
    a.go_to("2026-03-20T00:00:00.000Z");
}

/// Projects x (60), y (50) and z (40) of a budget of 100, on the ballot paper.
agency voting(const open_call& c = budget_call()) {
    agency a;
    open(a, c);
    a.must(applicant("x"), project_of(60));
    a.must(applicant("y"), project_of(50));
    a.must(applicant("z"), project_of(40));
    close(a);
    for (const char* who : {"x", "y", "z"}) judge(a, who);
    begin(a);
    return a;
}

const project_figures& told(const allocated& made, const std::string& project) {
    for (const project_figures& one : made.projects)
        if (one.project.value == project) return one;
    FAIL("no figures of " << project);
    return made.projects.front();
}

}  // namespace

TEST_CASE("citizens vote, equal shares choose, and each project learns why") {
    agency a = voting();
    for (const char* who : {"v1", "v2", "v3"}) a.must(applicant(who), ballot_for({"x"}));
    a.must(applicant("v4"), ballot_for({"z"}));
    a.must(applicant("v5"), ballot_for({"y"}));
    a.must(applicant("v4"), ballot_for({"z", "y"}));  // the last one counts
    a.must(applicant("v5"), ballot_for({"z"}));
    finish(a);
    const allocated made = run(a);
    // 20 for each of five: x takes all of three of them, z all of the other two.
    CHECK(made.candidates == 3);
    CHECK(made.offers == 2);
    CHECK(made.endowment == "20");
    CHECK(made.cutoffs.front().taken == 100);
    CHECK_FALSE(made.lots_decided);
    CHECK(told(made, "x").fate == project_fate::bought);
    CHECK(told(made, "x").votes == 3);
    CHECK(told(made, "x").price == 20);
    CHECK(told(made, "x").effective_support == 1000);
    CHECK(told(made, "y").fate == project_fate::short_of);
    CHECK(told(made, "y").votes == 1);
    CHECK(told(made, "y").left == 0);
    CHECK(a.place_of("x") == "grant");
    CHECK(a.place_of("y").empty());

    for (const char* who : {"x", "z"})
        a.must(applicant(who), answer_offer{{"c"}, offer_answer::accept, std::nullopt});
    CHECK(a.refused(officer, run_allocation{{"c"}}) == "calls.nothing_to_allocate");
    a.now = plus_days(a.now, 10);
    a.must(officer, conclude_call{{"c"}});
    const auto report = a.view(call_query{{"c"}}).concluded;
    REQUIRE(report);
    CHECK(report->accepted == 2);
    CHECK(report->left == 0);
}

TEST_CASE(
    "the ballot paper is fixed when voting begins; what is not judged is named and left out") {
    agency a;
    open(a, budget_call());
    for (const char* who : {"x", "y", "z", "w"}) a.must(applicant(who), project_of(30));
    close(a);
    judge(a, "x");
    a.must(officer, judge_eligibility{{"c"}, {"y"}, false, ineligibility::outside_scope, {}});
    a.must(officer, judge_eligibility{{"c"}, {"w"}, false, ineligibility::outside_scope, {}});
    a.must(applicant("w"), lodge_appeal{{"c"}, appeal_ground::eligibility, {}});
    CHECK(a.refused(applicant("v1"), ballot_for({"x"})) == "calls.vote_not_open");
    begin(a);
    REQUIRE(a.derived.back().type == vote_opened::wire.type);
    CHECK(a.derived.back().body == R"({"call":"c","left_out":["w","z"],"projects":["x"]})");
    CHECK(a.refused(officer, judge_eligibility{{"c"}, {"z"}, true, std::nullopt, {}}) ==
          "calls.slate_fixed");
    CHECK(a.view(call_query{{"c"}}).stage == call_stage::voting);
    const auto shown = a.view(voting_query{{"c"}});
    CHECK(shown.on_ballot == 1);
    CHECK(shown.projects[0].standing == project_standing::left_out);
    CHECK(shown.projects[1].standing == project_standing::on_ballot);
    CHECK(shown.projects[2].standing == project_standing::ineligible);
    CHECK(shown.projects[3].standing == project_standing::left_out);
    a.must(applicant("v1"), ballot_for({"x"}));
    finish(a);
    // The appeal must still be decided; being right, it brings nobody onto the ballot paper.
    CHECK(a.view(blockers_query{{"c"}}, officer).blockers.front().kind ==
          blocker_kind::appeal_open);
    a.must(arbiter, decide_appeal{{"c"}, {"w"}, true, en("It was in scope"), {}, true, {}});
    CHECK(a.of("w").appeal->effect->effect == appeal_effect::vote_stands);
    const allocated made = run(a);
    CHECK(made.candidates == 1);
    CHECK(made.offers == 1);
}

TEST_CASE("an appeal that is upheld in time brings its project onto the ballot paper") {
    agency a;
    open(a, budget_call());
    a.must(applicant("x"), project_of(30));
    close(a);
    a.must(officer, judge_eligibility{{"c"}, {"x"}, false, ineligibility::outside_scope, {}});
    a.must(applicant("x"), lodge_appeal{{"c"}, appeal_ground::eligibility, {}});
    a.must(arbiter, decide_appeal{{"c"}, {"x"}, true, en("It was in scope"), {}, true, {}});
    CHECK(a.of("x").appeal->effect->effect == appeal_effect::before_run);
    begin(a);
    CHECK(a.own.calls.find(call_id{"c"})->slate().size() == 1);
}

TEST_CASE("ballots are bound by a root, counted by member, and hidden until the end") {
    agency a = voting();
    vote one = ballot_for({"z", "x"});
    one.member = member_id{"N"};
    a.must(applicant("v2"), one);
    a.must(applicant("v1"), ballot_for({"y"}));
    auto shown = a.view(voting_query{{"c"}}, applicant("v2"));
    CHECK_FALSE(shown.ballots);
    CHECK(shown.members.empty());
    REQUIRE(shown.mine);
    CHECK(shown.mine->marks.size() == 2);
    CHECK(shown.can_vote);
    CHECK_FALSE(a.view(voting_query{{"c"}}, applicant("v3")).mine);
    CHECK_FALSE(a.view(voting_query{{"c"}}).mine);
    CHECK(a.hidden(ballots_query{{"c"}}) == "calls.votes_hidden");
    CHECK(a.view(blockers_query{{"c"}}, officer).blockers.front().kind ==
          blocker_kind::vote_not_over);
    CHECK(a.refused(officer, settle_list{{"c"}}) == "calls.blocked");
    finish(a);
    CHECK(a.refused(applicant("v1"), ballot_for({"x"})) == "calls.vote_not_open");
    REQUIRE(a.derived.back().type == vote_closed::wire.type);
    const auto over = from_json<vote_closed>(a.derived.back().body).value();
    CHECK(over.ballots == 2);
    const std::vector<std::string> records{
        R"({"marks":[{"project":"y"}],"voter":"v1"})",
        R"({"marks":[{"project":"x"},{"project":"z"}],"member":"N","voter":"v2"})"};
    CHECK(over.root == to_hex(merkle_root(records)));
    REQUIRE(over.members.size() == 2);
    CHECK_FALSE(over.members[0].member);
    CHECK(over.members[1].ballots == 1);
    shown = a.view(voting_query{{"c"}});
    CHECK(shown.ballots == 2);
    CHECK_FALSE(shown.can_vote);
}

TEST_CASE("what is withdrawn or set aside falls off the ballots, and its voters still count") {
    agency a = voting();
    a.must(applicant("v1"), ballot_for({"x", "y"}));
    a.must(applicant("v2"), ballot_for({"x"}));
    a.must(applicant("x"), withdraw_application{{"c"}});
    CHECK(a.refused(applicant("v3"), ballot_for({"x"})) == "calls.project_off_ballot");
    a.must(applicant("v3"), ballot_for({"z"}));
    finish(a);
    a.must(officer, set_aside{{"c"}, person_id{"z"}, std::nullopt, en("The land is sold")});
    const allocated made = run(a);
    // 100 / 3 each; v1 alone cannot pay 50.
    CHECK(made.endowment == "100/3");
    CHECK(made.candidates == 1);
    CHECK(made.offers == 0);
    CHECK(told(made, "y").left == 33);
    CHECK(told(made, "y").effective_support == 666);
}

TEST_CASE("shares that rise do so by whole steps, so often as the call says, and no further") {
    open_call c = budget_call();
    c.voting->rest = rest_rule::add1;
    c.voting->stop = stop_rule::overshoot;
    c.voting->step = 5;
    c.voting->rises = 3;
    agency a = voting(c);
    for (const char* who : {"v1", "v2", "v3", "v4"}) a.must(applicant(who), ballot_for({"z"}));
    a.must(applicant("v5"), ballot_for({"y"}));
    finish(a);
    // y needs 50 of one voter: the shares rise three times from 20, and three times only.
    CHECK(run(a).endowment == "35");
    CHECK(a.place_of("y").empty());
    c.voting->rises = 6;
    agency b = voting(c);
    for (const char* who : {"v1", "v2", "v3", "v4"}) b.must(applicant(who), ballot_for({"z"}));
    b.must(applicant("v5"), ballot_for({"y"}));
    finish(b);
    CHECK(run(b).endowment == "50");
    CHECK(b.place_of("y") == "grant");
}

TEST_CASE("lots part projects that nothing else parts, and it is said") {
    agency a;
    open(a, budget_call());
    for (const char* who : {"x", "y"}) a.must(applicant(who), project_of(60));
    close(a);
    for (const char* who : {"x", "y"}) judge(a, who);
    begin(a);
    a.must(applicant("v1"), ballot_for({"x", "y"}));
    a.must(applicant("v2"), ballot_for({"x", "y"}));
    finish(a);
    const allocated made = run(a);
    CHECK(made.offers == 1);
    CHECK(made.lots_decided);
    const auto order = a.view(voting_query{{"c"}}).lottery;
    REQUIRE(order.size() == 2);
    CHECK(a.place_of(order[0].value) == "grant");
}

TEST_CASE("the file of all ballots, counted anew with the options named, comes out the same") {
    open_call c = budget_call();
    c.voting->ballots = ballot_form::points;
    c.voting->points = 10;
    c.voting->most_points = 6;
    c.voting->rest = rest_rule::utilitarian;
    agency a = voting(c);
    const auto give = [&](const char* who, std::vector<std::pair<const char*, int>> points) {
        vote one{{"c"}, {}, std::nullopt};
        for (const auto& [project, n] : points) one.marks.push_back({{project}, n});
        a.must(applicant(who), one);
    };
    give("v1", {{"x", 6}, {"y", 4}});
    give("v2", {{"z", 1}});
    give("v3", {{"x", 2}, {"z", 5}});
    give("v4", {{"y", 6}});
    finish(a);
    const allocated made = run(a);
    const auto seen = a.view(ballots_query{{"c"}});
    const auto file = budgeting::read_pb(seen.file);
    REQUIRE_MESSAGE(file.has_value(), (file ? std::string() : file.error().sentence()));
    const call& of = *a.own.calls.find(call_id{"c"});
    CHECK(file->on.voters == 4);
    CHECK(file->remarks.empty());
    const auto again =
        budgeting::equal_shares(file->on, shares_rules_of(of, file->on, seed_of(of)));
    REQUIRE(again.has_value());
    CHECK(to_json(budgeting::certify(file->on, shares_rules_of(of, file->on, seed_of(of)),
                                     *again)) == to_json(of.voted->proof));
    CHECK(made.offers == static_cast<std::int64_t>(again->chosen().size()));
}

TEST_CASE("a loser learns what its supporters' money went to and what would have sufficed") {
    agency a = voting();
    for (const char* who : {"v1", "v2", "v3", "v4"}) a.must(applicant(who), ballot_for({"x", "y"}));
    a.must(applicant("v5"), ballot_for({"y"}));
    finish(a);
    run(a);
    // All five hold 20. y: 50 by five at 10 each; then four hold 10: x (60) has 40 left for it.
    auto seen = a.view(project_query{{"c"}, {"x"}});
    REQUIRE(seen.left);
    CHECK(seen.left->minor == 40);
    CHECK(seen.held->minor == 80);
    CHECK(seen.missing->minor == 20);
    CHECK(seen.would_have_sufficed->minor == 40);
    REQUIRE(seen.taken_by.size() == 1);
    CHECK(seen.taken_by[0].project.value == "y");
    CHECK(seen.taken_by[0].supporters == 4);
    CHECK(seen.taken_by[0].paid.minor == 40);
    CHECK(seen.row.counted->effective_support == 666);
    seen = a.view(project_query{{"c"}, {"y"}});
    CHECK(seen.price->minor == 10);
    CHECK(seen.paid_in_full == 5);
    CHECK_FALSE(seen.would_have_sufficed);
    // Nobody voted for z.
    seen = a.view(project_query{{"c"}, {"z"}});
    CHECK(seen.row.counted->fate == project_fate::unsupported);
    CHECK_FALSE(seen.left);
}

TEST_CASE("a vote that runs is among the calls of whoever has an account") {
    agency a = voting();
    const auto votes = [&](const char* who) {
        return a.view(my_applications_query{}, applicant(who)).votes;
    };
    REQUIRE(votes("v1").size() == 1);
    CHECK(votes("v1")[0].call == call_id{"c"});
    CHECK(votes("v1")[0].projects == 3);
    CHECK(votes("v1")[0].until == at("2026-03-20T00:00:00.000Z"));
    CHECK_FALSE(votes("v1")[0].voted);
    CHECK(votes("x").size() == 1);  // whose project it is votes as well
    CHECK(a.view(my_applications_query{}).votes.empty());
    a.must(applicant("v1"), ballot_for({"x"}));
    CHECK(votes("v1")[0].voted);
    CHECK_FALSE(votes("v2")[0].voted);
    a.must(officer, set_aside{{"c"}, person_id{"x"}, std::nullopt, en("By agreement")});
    CHECK(votes("v1")[0].projects == 2);
    finish(a);
    CHECK(votes("v1").empty());
}

TEST_CASE("a run on trial says of a budget what becomes of each project") {
    agency a = voting();
    for (const char* who : {"v1", "v2", "v3"}) a.must(applicant(who), ballot_for({"x"}));
    for (const char* who : {"v4", "v5"}) a.must(applicant(who), ballot_for({"z"}));
    finish(a);
    settle_and_reveal(a);
    const auto dry = a.view(dry_run_query{{"c"}}, officer);
    REQUIRE(dry.would);
    CHECK(dry.would->projects.size() == 3);
    REQUIRE(dry.placed.size() == 3);
    CHECK(dry.placed[0].asks == amount{60, {"RUB"}});
    CHECK(run(a) == *dry.would);
    CHECK(outcome_of(dry.placed) == outcome_of(a));
    CHECK(outcome_of(a) == "x grant, y, z grant, ");
}

TEST_CASE("a vote that nobody takes part in ends the call without a run") {
    agency a = voting();
    finish(a);
    CHECK(a.refused(officer, run_allocation{{"c"}}) == "calls.nothing_to_allocate");
    a.must(officer, conclude_call{{"c"}});
    CHECK(a.view(call_query{{"c"}}).concluded->left == 100);
}

TEST_CASE("a budget that could not be voted on is not opened") {
    const auto why = [](const std::function<void(open_call&)>& change) {
        open_call c = budget_call();
        change(c);
        agency a;
        const auto decided = decide(a.seen(), c, a.now_by("gov"));
        REQUIRE_FALSE(decided.has_value());
        return std::string(decided.error().code()) + " " + decided.error().field;
    };
    CHECK(why([](open_call& c) { c.voting.reset(); }) == "calls.voting_missing voting");
    CHECK(why([](open_call& c) {
              c = grants_call();
              c.voting = budget_call().voting;
          }) == "calls.voting_missing voting");
    CHECK(why([](open_call& c) { c.budget->minor = max_voted_budget + 1; }) ==
          "calls.number_out_of_range budget.minor");
    CHECK(why([](open_call& c) { c.rules.ties = tie_policy::hungarian; }) ==
          "calls.lottery_unsaid rules.lottery");
    CHECK(why([](open_call& c) {
              c.rules.ties = tie_policy::hungarian;
              c.rules.lottery.reset();
          }) == "calls.vote_needs_lots rules.ties");
    CHECK(why([](open_call& c) { c.rules.unfilled = unfilled_rule::next_round; }) ==
          "calls.vote_one_round rules.unfilled");
    CHECK(why([](open_call& c) { c.rules.budget = budget_rule::skip; }) ==
          "calls.budget_rule_unsaid rules.budget");
    CHECK(why([](open_call& c) { c.criteria = grants_call().criteria; }) ==
          "calls.vote_not_assessed criteria");
    CHECK(why([](open_call& c) { c.voting->points = 5; }) == "calls.points_unsaid voting.points");
    CHECK(why([](open_call& c) {
              c.voting->ballots = ballot_form::points;
              c.voting->points = 5;
              c.voting->most_points = 6;
          }) == "calls.number_out_of_range voting.most_points");
    CHECK(why([](open_call& c) {
              c.voting->ballots = ballot_form::points;
              c.voting->points = 5;
              c.voting->most_points = 5;
              c.voting->least = 6;
          }) == "calls.points_too_few voting.least");
    CHECK(why([](open_call& c) {
              c.voting->least = 3;
              c.voting->most = 2;
          }) == "calls.number_out_of_range voting.most");
    CHECK(why([](open_call& c) { c.voting->rest = rest_rule::add1; }) ==
          "calls.rises_unsaid voting.rest");
    CHECK(why([](open_call& c) { c.voting->step = 1; }) == "calls.rises_unsaid voting.rest");
    CHECK(why([](open_call& c) {
              c.voting->equals = {equals_rule::least_cost, equals_rule::least_cost};
          }) == "calls.equals_repeated voting.equals");
    CHECK(why([](open_call& c) { c.voting->votes_from = c.closes; }) ==
          "calls.voting_times voting.votes_from");
    CHECK(why([](open_call& c) { c.voting->votes_until = c.voting->votes_from; }) ==
          "calls.voting_times voting.votes_until");
}

TEST_CASE("ballots and projects are refused for what is wrong with them, in order") {
    agency a = voting();
    CHECK(a.refused(actor{"v1", "gov/officer"}, ballot_for({"x"})) == "calls.not_for_oneself");
    CHECK(a.refused(a.now_by("gov"), ballot_for({"x"})) == "calls.not_by_decision");
    vote other = ballot_for({"x"});
    other.call = {"d"};
    CHECK(a.refused(applicant("v1"), other) == "calls.call_unknown");
    CHECK(a.refused(applicant("v1"), ballot_for({"x", "x"})) == "calls.id_repeated");
    CHECK(a.refused(applicant("v1"), ballot_for({})) == "calls.ballot_size");
    CHECK(a.refused(applicant("v1"), ballot_for({"q"})) == "calls.project_off_ballot");
    vote named = ballot_for({"q"});
    named.member = member_id{"Q"};
    CHECK(a.refused(applicant("v1"), named) == "calls.member_unknown");
    vote pointed = ballot_for({"x"});
    pointed.marks[0].points = 1;
    CHECK(a.refused(applicant("v1"), pointed) == "calls.ballot_no_points");

    open_call c = budget_call();
    c.voting->ballots = ballot_form::points;
    c.voting->points = 5;
    c.voting->most_points = 4;
    c.voting->most = 2;
    agency b = voting(c);
    const auto given = [&](std::vector<int> points) {
        vote one = ballot_for({"x", "y", "z"});
        one.marks.resize(points.size());
        for (std::size_t i = 0; i < points.size(); ++i) one.marks[i].points = points[i];
        return one;
    };
    CHECK(b.refused(applicant("v1"), given({1, 1, 1})) == "calls.ballot_size");
    CHECK(b.refused(applicant("v1"), given({5})) == "calls.ballot_points");
    CHECK(b.refused(applicant("v1"), given({4, 2})) == "calls.ballot_points");
    CHECK(b.refused(applicant("v1"), given({0})) == "calls.ballot_points");
    CHECK(b.refused(applicant("v1"), ballot_for({"x"})) == "calls.ballot_points");
    b.must(applicant("v1"), given({4, 1}));

    agency g;
    open(g, grants_call());
    CHECK(g.refused(applicant("v1"), ballot_for({"x"})) == "calls.not_voted");
    CHECK(g.hidden(voting_query{{"c"}}) == "calls.not_voted");
    submit_application placed = project_of(10);
    placed.place = map_place{53'900'000, 27'560'000};
    CHECK(g.refused(applicant("x"), placed) == "calls.project_only");
    agency d;
    open(d, budget_call());
    d.must(applicant("x"), placed);
    placed.place->latitude = 90'000'001;
    CHECK(d.refused(applicant("x"), placed) == "calls.place_malformed");
    placed.place.reset();
    placed.about = en(std::string(16'001, 'x'));
    CHECK(d.refused(applicant("x"), placed) == "calls.text_too_long");
}

TEST_CASE("a ballot paper has room for so many projects and no more") {
    agency a;
    open(a, budget_call());
    for (std::size_t i = 0; i <= max_slate; ++i)
        a.must(applicant("p" + std::to_string(i)), project_of(1));
    close(a);
    for (std::size_t i = 0; i < max_slate; ++i) judge(a, "p" + std::to_string(i));
    CHECK(a.refused(officer,
                    judge_eligibility{
                        {"c"}, {"p" + std::to_string(max_slate)}, true, std::nullopt, {}}) ==
          "calls.slate_full");
    judge(a, "p0");  // again: it takes no room
    begin(a);
    CHECK(a.own.calls.find(call_id{"c"})->slate().size() == max_slate);
    // What is said of the longest list fits one entry.
    for (int v = 0; v < 50; ++v) {
        std::vector<std::string> named;
        for (std::size_t i = 0; i < max_slate; ++i)
            if ((i * 7 + static_cast<std::size_t>(v)) % 3 != 0)
                named.push_back("p" + std::to_string(i));
        a.must(applicant("v" + std::to_string(v)), ballot_for(named));
    }
    finish(a);
    CHECK(to_json(run(a)).size() < max_result_bytes);
}

}  // namespace veche::calls::testing
