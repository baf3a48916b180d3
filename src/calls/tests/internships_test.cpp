// Internships: hosts rank as well as applicants, and two may go together.

#include "calls/tests/agency.hpp"

namespace veche::calls::testing {
namespace {

void accept(agency& a, const std::string& who) {
    a.must(applicant(who), answer_offer{{"c"}, offer_answer::accept, std::nullopt});
}

void decline(agency& a, const std::string& who) {
    a.must(applicant(who), answer_offer{{"c"}, offer_answer::decline, std::nullopt});
}

offer_status status_of(const agency& a, const std::string& who) {
    return a.of(who).offers.back().status;
}

/// x and y want a and b together, x at a; s wants a before b.
agency with_pair(change_rule changes = change_rule::none) {
    agency a;
    open(a, internships_call(changes));
    a.must(applicant("x"), apply_with("y", {"a/b"}, {"a"}));
    a.must(applicant("y"), apply_with("x", {"b/a"}, {"b"}));
    a.must(applicant("s"), apply_for({"a", "b"}));
    close(a);
    admit(a, {"s", "x", "y"});
    return a;
}

/// The market of Roth 1984 without a stable matching: a has x before s, b has s before y.
agency without_stable(change_rule changes) {
    agency a = with_pair(changes);
    a.must(host_a, ranking("a", {"x", "s"}));
    a.must(host_b, ranking("b", {"s", "y"}));
    return a;
}

std::vector<choice_explanation> why(const agency& a, const std::string& who) {
    return a.view(application_query{{"c"}, std::nullopt}, applicant(who)).explanation;
}

}  // namespace

TEST_CASE("hosts rank, applicants choose, and what is declined is passed on") {
    agency a;
    open(a, internships_call());
    a.must(applicant("x"), apply_for({"a", "b"}));
    a.must(applicant("y"), apply_for({"a", "b"}));
    a.must(applicant("z"), apply_for({"b", "a"}));
    close(a);
    admit(a, {"x", "y", "z"});
    CHECK(a.refused(officer, run_allocation{{"c"}}) == "calls.blocked");
    a.must(host_a, ranking("a", {"y", "x"}));
    a.must(host_b, ranking("b", {"x", "y"}));
    // A host may think again until the run; the last ranking counts, whole.
    a.must(host_b, ranking("b", {"x", "y", "z"}));
    const allocated first = run(a);
    CHECK(first.candidates == 3);
    CHECK(first.offers == 2);
    CHECK(first.seed.empty());
    REQUIRE(first.hosts);
    CHECK(to_json(*first.hosts) ==
          R"({"fewest":false,"none_stable":false,"outcome":"stable","placed":[)"
          R"({"programme":"a","ranks":[1]},{"programme":"b","ranks":[1]}]})");
    CHECK(first.cutoffs[0].rank == 1);
    CHECK(a.place_of("y") == "a");
    CHECK(a.place_of("x") == "b");
    CHECK(a.refused(host_a, ranking("a", {"x", "y"})) == "calls.ranking_fixed");

    a.must(applicant("x"), answer_offer{{"c"}, offer_answer::accept, true});
    decline(a, "y");
    run(a);
    // x moves up to a without another answer; b goes to z in the round after.
    CHECK(a.place_of("x") == "a");
    CHECK(status_of(a, "x") == offer_status::accepted);
    run(a);
    CHECK(a.place_of("z") == "b");
    accept(a, "z");
    a.now = plus_days(a.now, 10);
    a.must(officer, conclude_call{{"c"}});
    CHECK(a.view(call_query{{"c"}}).concluded->accepted == 2);
}

TEST_CASE("a pair gets both places, and both accept or neither holds anything") {
    agency a = with_pair();
    a.must(host_a, ranking("a", {"x", "s"}));
    a.must(host_b, ranking("b", {"y", "s"}));
    run(a);
    CHECK(a.place_of("x") == "a");
    CHECK(a.place_of("y") == "b");
    CHECK(a.place_of("s").empty());
    CHECK(a.refused(applicant("x"), answer_offer{{"c"}, offer_answer::accept, true}) ==
          "calls.pair_cannot_wait");
    accept(a, "x");
    CHECK(a.of("x").held()->status == offer_status::accepted);

    SUBCASE("both accept") {
        accept(a, "y");
        CHECK(a.refused(officer, run_allocation{{"c"}}) == "calls.nothing_to_allocate");
    }
    SUBCASE("one declines: the other loses the place and goes on alone") {
        decline(a, "y");
        CHECK(status_of(a, "x") == offer_status::partner_declined);
        CHECK(a.view(application_query{{"c"}, std::nullopt}, applicant("x")).pair ==
              pair_state::apart);
        run(a);
        CHECK(a.place_of("x") == "a");
        CHECK(a.place_of("s") == "b");
        CHECK(a.place_of("y").empty());
    }
    SUBCASE("one gives no answer") {
        a.now = plus_days(a.now, 5);
        const events passed = a.pass_deadlines();
        REQUIRE(passed.size() == 1);
        CHECK(passed.front().body == R"({"call":"c","lapsed":1,"round":1})");
        CHECK(status_of(a, "y") == offer_status::lapsed);
        CHECK(status_of(a, "x") == offer_status::partner_declined);
    }
    SUBCASE("one withdraws before the other has answered") {
        a.must(applicant("x"), withdraw_application{{"c"}});
        CHECK(status_of(a, "y") == offer_status::partner_declined);
        CHECK(a.own.calls.find(call_id{"c"})->open_offers == 0);
        run(a);
        CHECK(a.place_of("s") == "a");
        CHECK(a.place_of("y") == "b");
    }
}

TEST_CASE("one of a pair may go without, and then does not wait for a place alone") {
    agency a;
    open(a, internships_call());
    a.must(applicant("x"), apply_with("y", {"b/a", "a/"}));
    a.must(applicant("y"), apply_with("x", {"a/b", "/a"}, {"b"}));
    close(a);
    admit(a, {"x", "y"});
    a.must(host_a, ranking("a", {"x"}));
    a.must(host_b, ranking("b", {"y"}));
    run(a);
    CHECK(a.place_of("x") == "a");
    CHECK(a.of("y").offers.empty());
    CHECK(why(a, "x")[0].outcome == choice_outcome::not_ranked);
    CHECK(why(a, "x")[1].outcome == choice_outcome::placed);
    CHECK(why(a, "y")[1].outcome == choice_outcome::placed);
    CHECK_FALSE(why(a, "y")[1].programme);
    // b is free, and y wanted it alone; but the pair came true, and it has no second turn.
    accept(a, "x");
    CHECK(a.refused(officer, run_allocation{{"c"}}) == "calls.nothing_to_allocate");
    CHECK(a.view(result_query{{"c"}, std::nullopt}).choices.size() == 2);
}

TEST_CASE("a pair counts only where both say the same; else each goes alone") {
    agency a;
    open_call c = internships_call();
    open(a, c);
    const auto pair_of = [&](const std::string& who) {
        return a.view(application_query{{"c"}, std::nullopt}, applicant(who)).pair;
    };
    a.must(applicant("x"), apply_with("y", {"a/b"}, {"b"}));
    CHECK(pair_of("x") == pair_state::one_sided);
    a.must(applicant("y"), apply_for({"a"}));
    CHECK(pair_of("x") == pair_state::one_sided);
    // y, who names nobody, is told.
    CHECK(a.view(application_query{{"c"}, std::nullopt}, applicant("y")).named_by ==
          std::vector<person_id>{{"x"}});
    a.must(applicant("y"), apply_with("x", {"a/b"}, {"a"}));
    CHECK(pair_of("x") == pair_state::differing);
    CHECK(pair_of("y") == pair_state::differing);
    a.must(applicant("y"), apply_with("x", {"b/a", "a/b"}, {"a"}));
    CHECK(pair_of("y") == pair_state::differing);
    // A third who names one of them breaks nothing, and rings cannot close.
    a.must(applicant("z"), apply_with("x", {"b/a"}, {}));
    CHECK(pair_of("z") == pair_state::one_sided);
    close(a);
    admit(a, {"x", "y", "z"});
    a.must(host_a, ranking("a", {"x", "y"}));
    a.must(host_b, ranking("b", {"y", "x", "z"}));
    const allocated made = run(a);
    CHECK(made.candidates == 2);
    CHECK(a.place_of("x") == "b");
    CHECK(a.place_of("y") == "a");
}

TEST_CASE("where one of a pair does not take part, the other goes alone") {
    agency a;
    open(a, internships_call());
    a.must(applicant("x"), apply_with("y", {"a/b"}, {"b"}));
    a.must(applicant("y"), apply_with("x", {"b/a"}, {"b"}));
    close(a);
    CHECK(a.view(application_query{{"c"}, std::nullopt}, applicant("x")).pair ==
          pair_state::agreed);
    a.must(officer, judge_eligibility{{"c"}, {"y"}, false, ineligibility::condition_unmet, {}});
    admit(a, {"x"});
    a.must(host_a, ranking("a", {"x"}));
    CHECK(a.refused(host_b, ranking("b", {"x", "y"})) == "calls.not_rankable");
    a.must(host_b, ranking("b", {"x"}));
    run(a);
    CHECK(a.place_of("x") == "b");
}

TEST_CASE(
    "a run waits for hosts until their days are over; a host without a ranking takes nobody") {
    agency a = with_pair();
    a.must(host_a, ranking("a", {"s", "x"}));
    auto blocking = a.view(blockers_query{{"c"}}, officer).blockers;
    REQUIRE(blocking.size() == 1);
    CHECK(blocking[0].kind == blocker_kind::ranking_missing);
    CHECK(blocking[0].programme == place_id{"b"});
    CHECK(blocking[0].until == at("2026-03-16T00:00:00.000Z"));
    a.now = at("2026-03-16T00:00:00.000Z");
    const events passed = a.pass_deadlines();
    REQUIRE(passed.size() == 1);
    CHECK(passed.front().type == "calls.rankings_over");
    CHECK(passed.front().body == R"({"call":"c","missing":["b"]})");
    const allocated made = run(a);
    CHECK(made.offers == 1);
    CHECK(a.place_of("s") == "a");
    CHECK(why(a, "y")[0].outcome == choice_outcome::not_ranked);
    // Late, but in time for what is free; nobody is in the way of s, who did not wait.
    accept(a, "s");
    a.must(host_b, ranking("b", {"y"}));
    CHECK(a.refused(host_b, ranking("b", {})) == "calls.ranking_fixed");
}

TEST_CASE("no ranking is waited for where nobody named the programme, or it is set aside") {
    agency a;
    open(a, internships_call());
    a.must(applicant("s"), apply_for({"a"}));
    close(a);
    admit(a, {"s"});
    CHECK(a.view(blockers_query{{"c"}}, officer).blockers.size() == 1);
    a.must(officer, set_aside{{"c"}, std::nullopt, place_id{"a"}, en("The host closed")});
    CHECK(a.view(blockers_query{{"c"}}, officer).blockers.empty());
    CHECK(a.refused(officer, run_allocation{{"c"}}) == "calls.nothing_to_allocate");
    a.must(officer, conclude_call{{"c"}});
    a.now = at("2026-04-16T00:00:00.000Z");
    CHECK(a.pass_deadlines().empty());
}

TEST_CASE("where no stable matching exists and places stay, the run names what is in the way") {
    agency a = without_stable(change_rule::none);
    const auto decided = decide(a.seen(), run_allocation{{"c"}}, a.now_as(officer));
    REQUIRE_FALSE(decided.has_value());
    CHECK(decided.error().code() == "calls.no_stable_matching");
    CHECK(
        decided.error().sentence() ==
        "With the places as they are no stable matching was found. It hangs at the programmes a, "
        "b and those who go there in pairs: x, y. Set one of them aside with a public reason; the "
        "others need not wait.");
    const auto trial = a.view(dry_run_query{{"c"}}, officer);
    CHECK_FALSE(trial.would);
    REQUIRE(trial.stuck);
    CHECK(trial.stuck->programmes.size() == 2);
    a.must(officer, set_aside{{"c"}, person_id{"y"}, std::nullopt, en("By agreement")});
    run(a);
    CHECK(a.place_of("x") == "a");
    CHECK(a.place_of("s") == "b");
}

TEST_CASE("where places may change, they change by name, and the result says so") {
    agency a = without_stable(change_rule::named);
    const allocated made = run(a);
    REQUIRE(made.hosts);
    CHECK(made.hosts->outcome == matching_outcome::near_feasible);
    CHECK(made.hosts->none_stable);
    CHECK(made.hosts->fewest);
    REQUIRE(made.hosts->changes.size() == 1);
    CHECK(made.hosts->changes[0].from == 1);
    const auto shown = a.view(call_query{{"c"}});
    CHECK(shown.rounds[0].hosts->changes == made.hosts->changes);
}

TEST_CASE("others are not held up by a part that has no stable matching once it is set aside") {
    agency a;
    open_call c = internships_call();
    c.programmes.push_back({{"d"}, en("Delta"), "Third", std::nullopt, 1, {}});
    c.hosts->programmes.push_back({{"d"}, {host_a.auth}, {}, {}});
    open(a, c);
    a.must(applicant("x"), apply_with("y", {"a/b"}));
    a.must(applicant("y"), apply_with("x", {"b/a"}));
    a.must(applicant("s"), apply_for({"a", "b"}));
    a.must(applicant("t"), apply_for({"d"}));
    close(a);
    admit(a, {"s", "t", "x", "y"});
    a.must(host_a, ranking("a", {"x", "s"}));
    a.must(host_b, ranking("b", {"s", "y"}));
    a.must(host_a, ranking("d", {"t"}));
    const auto trial = a.view(dry_run_query{{"c"}}, officer);
    REQUIRE(trial.stuck);
    CHECK(trial.stuck->programmes == std::vector<place_id>{{"a"}, {"b"}});
    a.must(officer, set_aside{{"c"}, std::nullopt, place_id{"b"}, en("No agreement")});
    run(a);
    CHECK(a.place_of("t") == "d");
    CHECK(a.place_of("s") == "a");
}

TEST_CASE("the record of the list names the partner and the lines") {
    agency a;
    open(a, internships_call());
    a.must(applicant("x"), apply_with("y", {"a/b", "b/"}, {"a"}));
    close(a);
    const auto& c = *a.own.calls.find(call_id{"c"});
    const std::string record = R"({"applicant":"x","choices":["a"],"pairs":[)"
                               R"({"mine":"a","partners":"b"},{"mine":"b"}],"partner":"y"})";
    CHECK(c.closed->root == to_hex(merkle_root(std::vector<std::string>{record})));
}

TEST_CASE("a reason has one's own figures and nothing of the other") {
    agency a;
    open_call c = internships_call();
    open(a, c);
    a.must(applicant("x"), apply_with("y", {"a/b", "b/a"}, {"a"}));
    a.must(applicant("y"), apply_with("x", {"b/a", "a/b"}, {"b"}));
    a.must(applicant("s"), apply_for({"b", "a"}));
    a.must(applicant("t"), apply_for({"a"}));
    close(a);
    admit(a, {"s", "t", "x", "y"});
    a.must(host_a, ranking("a", {"x", "t", "y"}));
    a.must(host_b, ranking("b", {"s", "y", "x"}));
    run(a);
    // a/b failed at y's side: x reads that the two places were not to be had together.
    const auto x = why(a, "x");
    CHECK(x[0].outcome == choice_outcome::not_together);
    CHECK(x[0].your_rank == 1);
    CHECK(x[0].cutoff_rank == 2);
    CHECK(x[1].outcome == choice_outcome::below_cutoff);
    CHECK(x[1].your_rank == 3);
    CHECK(x[1].cutoff_rank == 1);
    const auto y = why(a, "y");
    CHECK(y[0].outcome == choice_outcome::below_cutoff);
    CHECK(y[0].your_rank == 2);
    const auto s = why(a, "s");
    CHECK(s[0].outcome == choice_outcome::placed);
    CHECK(s[1].outcome == choice_outcome::not_needed);
    CHECK(a.view(result_query{{"c"}, std::nullopt}).placed[0].rank == 1);
}

TEST_CASE("the desk of a host shows who named it, and not in which order") {
    const auto desk = [](std::vector<std::string> choices, bool closed) {
        agency a;
        open(a, internships_call());
        a.must(applicant("x"), apply_for(std::move(choices)));
        a.must(applicant("y"), apply_for({"b"}));
        if (closed) close(a);
        CHECK(a.hidden(host_desk_query{{"c"}, {"a"}}, host_b) == "calls.not_yours");
        CHECK(a.hidden(host_desk_query{{"c"}, {"d"}}, host_b) == "calls.no_host");
        CHECK(a.hidden(application_query{{"c"}, person_id{"x"}}, host_a) == "calls.not_yours");
        CHECK(a.view(host_desk_query{{"c"}, {"a"}}, officer).ranks == false);
        return to_json(a.view(host_desk_query{{"c"}, {"a"}}, host_a));
    };
    const std::string seen = desk({"a", "b"}, true);
    CHECK(seen == desk({"b", "a"}, true));
    CHECK(seen.find("\"x\"") != std::string::npos);
    CHECK(seen.find("\"y\"") == std::string::npos);
    CHECK(desk({"a", "b"}, false).find("\"x\"") == std::string::npos);
}

TEST_CASE("who is eligible after all gets a place beyond, where the host's order says so") {
    agency a;
    open(a, internships_call());
    for (const char* who : {"x", "y", "z"}) a.must(applicant(who), apply_for({"a"}));
    close(a);
    admit(a, {"x", "y"});
    a.must(host_a, ranking("a", {"x", "y"}));
    // Judged anew after the ranking: x does not take part in the run.
    for (const char* who : {"x", "z"})
        a.must(officer, judge_eligibility{{"c"}, {who}, false, ineligibility::outside_scope, {}});
    run(a);
    CHECK(a.place_of("y") == "a");
    const auto heard = [&](const std::string& who) {
        a.must(applicant(who), lodge_appeal{{"c"}, appeal_ground::eligibility, {}});
        const events made =
            a.must(arbiter, decide_appeal{{"c"}, {who}, true, en("It was in scope"), {}, true, {}});
        return from_json<appeal_settled>(made.front().body).value();
    };
    const auto x = heard("x");
    CHECK(x.effect == appeal_effect::place);
    CHECK(x.figures[0].rank == 1);
    CHECK(x.figures[0].cutoff_rank == 2);
    CHECK(a.place_of("x") == "a+");
    CHECK(a.place_of("y") == "a");
    // z was never ranked; a host may add z behind the others, for what may become free.
    CHECK(heard("z").effect == appeal_effect::below_cutoff);
    accept(a, "x");
    decline(a, "y");
    a.must(host_a, ranking("a", {"x", "y", "z"}));
    run(a);
    CHECK(a.place_of("z") == "a");
}

TEST_CASE("a call for internships that could not be run is not opened") {
    const auto fault = [](auto change) {
        agency a;
        open_call c = internships_call();
        change(c);
        const auto decided = decide(a.seen(), c, a.now_by("gov"));
        REQUIRE_FALSE(decided.has_value());
        return std::string(decided.error().code()) + " " + decided.error().field;
    };
    CHECK(fault([](open_call& c) { c.hosts.reset(); }) == "calls.hosts_malformed hosts");
    CHECK(fault([](open_call& c) {
              const auto hosts = c.hosts;
              c = places_call();
              c.hosts = hosts;
          }) == "calls.hosts_malformed hosts");
    CHECK(fault([](open_call& c) { c.rules.ties = tie_policy::chilean; }) ==
          "calls.hosts_malformed rules.ties");
    CHECK(fault([](open_call& c) { c.groups = {{{"g"}, en("Group")}}; }) ==
          "calls.hosts_malformed groups");
    CHECK(fault([](open_call& c) { c.criteria = {{{"m"}, en("Merit"), 5, 1}}; }) ==
          "calls.hosts_malformed criteria");
    CHECK(fault([](open_call& c) { c.assessors = 2; }) == "calls.hosts_malformed assessors");
    CHECK(fault([](open_call& c) { c.custodians = {{keeper_1.auth}}; }) ==
          "calls.hosts_malformed custodians");
    CHECK(fault([](open_call& c) { c.hosts->programmes.pop_back(); }) ==
          "calls.hosts_malformed hosts.programmes");
    CHECK(fault([](open_call& c) { c.hosts->programmes[1].programme = {"a"}; }) ==
          "calls.id_repeated hosts.programmes.1");
    CHECK(fault([](open_call& c) { c.hosts->programmes[1].programme = {"d"}; }) ==
          "calls.programme_unknown hosts.programmes.1.programme");
    CHECK(fault([](open_call& c) { c.hosts->programmes[1].office = {"gov/nobody"}; }) ==
          "calls.office_unknown hosts.programmes.1.office");
    CHECK(fault([](open_call& c) { c.hosts->programmes[0].last_day = parse_date("2026-05-31"); }) ==
          "calls.season_reversed hosts.programmes.0.last_day");
    CHECK(fault([](open_call& c) { c.hosts->rank_days = 0; }) ==
          "calls.number_out_of_range hosts.rank_days");
    CHECK(fault([](open_call& c) { c.programmes.clear(); }) ==
          "calls.programmes_missing programmes");
    CHECK(fault([](open_call& c) {
              for (int i = 0; i < 15; ++i) {
                  c.programmes.push_back(
                      {{"p" + std::to_string(i)}, en("Wide"), "", std::nullopt, 1000, {}});
                  c.hosts->programmes.push_back(
                      {c.programmes.back().programme, {host_a.auth}, {}, {}});
              }
          }) == "calls.result_too_large programmes");
}

TEST_CASE("a pair is another person with lines of the call, each once") {
    agency a;
    open(a, internships_call());
    const actor x = applicant("x");
    submit_application c = apply_for({"a"});
    c.partner = person_id{"y"};
    CHECK(a.refused(x, c) == "calls.pair_malformed");
    c = apply_for({"a"});
    c.pairs = {{place_id{"a"}, std::nullopt}};
    CHECK(a.refused(x, c) == "calls.pair_malformed");
    CHECK(a.refused(x, apply_with("x", {"a/b"})) == "calls.pair_malformed");
    CHECK(a.refused(x, apply_with("y", {"a/b", "/"})) == "calls.pair_malformed");
    CHECK(a.refused(x, apply_with("y", {"a/b", "a/b"})) == "calls.pair_malformed");
    CHECK(a.refused(x, apply_with("y", {"a/d"})) == "calls.programme_unknown");
    CHECK(a.refused(x, apply_for({})) == "calls.choices_missing");
    c = apply_with("y", {"a/b"});
    c.pairs.resize(101, c.pairs.front());
    CHECK(a.refused(x, c) == "calls.too_many");
    a.must(x, apply_with("y", {"a/b"}));

    agency other;
    open(other, places_call());
    CHECK(other.refused(x, apply_with("y", {"a/b"}, {"a"})) == "calls.pair_malformed");
    close(other);
    CHECK(other.refused(host_a, ranking("a", {"x"})) == "calls.no_host");
}

TEST_CASE("only the office that the call names ranks, in no own case, those who named it") {
    agency a;
    open(a, internships_call());
    a.must(applicant("x"), apply_for({"a"}));
    a.must(applicant("y"), apply_for({"b"}));
    a.must(applicant(host_b.person), apply_for({"b"}));
    CHECK(a.refused(host_a, ranking("a", {"x"})) == "calls.not_closed");
    close(a);
    CHECK(a.refused(host_a, ranking("a", {"x"})) == "calls.not_rankable");
    admit(a, {"x", "y"});
    CHECK(a.refused(a.now_by("gov"), ranking("a", {"x"})) == "calls.not_by_decision");
    CHECK(a.refused(host_b, ranking("a", {"x"})) == "calls.not_host");
    CHECK(a.refused(officer, ranking("a", {"x"})) == "calls.not_host");
    CHECK(a.refused(host_a, ranking("d", {"x"})) == "calls.no_host");
    CHECK(a.refused(host_b, ranking("b", {"y"})) == "calls.own_case");
    CHECK(a.refused(host_a, ranking("a", {"y"})) == "calls.not_rankable");
    CHECK(a.refused(host_a, ranking("a", {"x", "x"})) == "calls.id_repeated");
    a.must(host_a, ranking("a", {}));
    CHECK(a.refused(officer, settle_list{{"c"}}) == "calls.no_lots");
    CHECK(a.refused(officer, assign_assessor{{"c"}, {"x"}, {jury_1.person}}) ==
          "calls.assessors_complete");
}

TEST_CASE("a call of one round fixes the rankings with it") {
    agency a;
    open_call c = internships_call();
    c.rules.unfilled = unfilled_rule::none;
    open(a, c);
    a.must(applicant("x"), apply_for({"a"}));
    a.must(applicant("y"), apply_for({"a"}));
    close(a);
    admit(a, {"x", "y"});
    a.must(host_a, ranking("a", {"x"}));
    run(a);
    CHECK(a.refused(host_a, ranking("a", {"x", "y"})) == "calls.allocated_already");
    decline(a, "x");
    a.now = plus_days(a.now, 10);
    a.must(officer, conclude_call{{"c"}});
    CHECK(a.refused(host_a, ranking("a", {"x", "y"})) == "calls.concluded_already");
}

}  // namespace veche::calls::testing
