// What a run comes to under each of the rules.

#include <algorithm>

#include "calls/tests/agency.hpp"

namespace veche::calls::testing {
namespace {

/// A call that is closed, with applicants of these scores who all want the same programmes.
struct want {
    std::string who;
    std::int32_t points = 0;
    std::vector<std::string> choices;
    std::vector<std::string> groups = {};
};

agency ready(const open_call& c, const std::vector<want>& wants) {
    agency a;
    open(a, c);
    for (const want& one : wants) a.must(applicant(one.who), apply_for(one.choices, one.groups));
    close(a);
    for (const want& one : wants) score(a, one.who, one.points);
    return a;
}

std::string key_at(const agency& a, const std::string& who) {
    return a.view(lot_query{{"c"}, {who}, std::nullopt}).key;
}

}  // namespace

TEST_CASE("equals are parted by lot, kept out together, or let in together") {
    const std::vector<want> wants = {
        {"x", 90, {"a"}}, {"y", 50, {"a"}}, {"z", 50, {"a"}}, {"w", 20, {"a"}}};
    agency lots = ready(places_call(), wants);
    const allocated drawn = run(lots);
    CHECK(drawn.offers == 2);
    REQUIRE(drawn.lots_needed.size() == 1);
    const bool y_first = key_at(lots, "y") < key_at(lots, "z");
    CHECK(lots.place_of("y") == (y_first ? "a" : ""));
    CHECK(lots.place_of("z") == (y_first ? "" : "a"));
    CHECK(drawn.cutoffs[0].score == 50);
    CHECK(drawn.cutoffs[0].key == key_at(lots, y_first ? "y" : "z"));

    open_call c = places_call();
    c.rules.lottery.reset();
    c.custodians.clear();
    c.rules.ties = tie_policy::hungarian;
    agency strict = ready(c, wants);
    const allocated kept_out = run(strict);
    CHECK(kept_out.offers == 1);
    CHECK(kept_out.cutoffs[0].score == 51);
    CHECK(kept_out.seed.empty());
    CHECK(strict.place_of("x") == "a");

    c.rules.ties = tie_policy::chilean;
    agency kind = ready(c, wants);
    const allocated let_in = run(kind);
    CHECK(let_in.offers == 3);
    CHECK(let_in.cutoffs[0].taken == 3);
    CHECK(let_in.cutoffs[0].score == 21);
    CHECK(kind.place_of("w").empty());
}

TEST_CASE("reserved places filled first or last give different people, hard ones stay empty") {
    open_call c = places_call();
    c.programmes[0].reserves = {{{"north"}, 1}};
    const std::vector<want> wants = {{"n1", 90, {"a"}, {"north"}},
                                     {"o1", 80, {"a"}},
                                     {"n2", 70, {"a"}, {"north"}},
                                     {"o2", 60, {"a"}}};
    c.rules.reserves = reserve_rule::first;
    agency first = ready(c, wants);
    run(first);
    CHECK(first.place_of("n1") == "a");
    CHECK(first.of("n1").held()->group == group_id{"north"});
    CHECK(first.place_of("o1") == "a");
    CHECK(first.place_of("n2").empty());

    c.rules.reserves = reserve_rule::last;
    agency last = ready(c, wants);
    run(last);
    CHECK(last.place_of("n1") == "a");
    CHECK_FALSE(last.of("n1").held()->group);
    CHECK(last.place_of("n2") == "a");
    CHECK(last.place_of("o1").empty());

    const std::vector<want> nobody_north = {{"o1", 80, {"a"}}, {"o2", 60, {"a"}}};
    agency soft = ready(c, nobody_north);
    CHECK(run(soft).offers == 2);
    c.rules.reserves = reserve_rule::hard;
    agency hard = ready(c, nobody_north);
    const allocated made = run(hard);
    CHECK(made.offers == 1);
    CHECK(hard.place_of("o1") == "a");
    const auto seen = hard.view(application_query{{"c"}, std::nullopt}, applicant("o2"));
    CHECK(seen.explanation[0].outcome == choice_outcome::below_cutoff);
    CHECK(seen.explanation[0].cutoff_score == 80);
}

TEST_CASE("a claim to a group counts only where it is not refused") {
    open_call c = places_call();
    c.programmes[1].reserves = {{{"north"}, 1}};
    c.rules.reserves = reserve_rule::first;
    agency a;
    open(a, c);
    a.must(applicant("x"), apply_for({"b"}, {"north"}));
    a.must(applicant("y"), apply_for({"b"}));
    close(a);
    score(a, "x", 10);
    score(a, "y", 90);
    a.must(officer,
           judge_eligibility{
               {"c"}, {"x"}, true, std::nullopt, {{{"north"}, ineligibility::evidence_missing}}});
    run(a);
    CHECK(a.place_of("y") == "b");
}

TEST_CASE("later rounds leave reserved places with whoever holds them") {
    open_call c = places_call();
    c.programmes[0].reserves = {{{"north"}, 1}};
    c.rules.reserves = reserve_rule::first;
    // o1 and o2 hold both places of a, one of them a reserved one that nobody of the north wanted.
    agency a = ready(c, {{"o1", 90, {"a"}},
                         {"o2", 80, {"a"}},
                         {"n1", 70, {"b", "a"}, {"north"}},
                         {"o3", 60, {"b"}}});
    run(a);
    CHECK(a.place_of("o1") == "a");
    CHECK(a.place_of("o2") == "a");
    CHECK(a.place_of("n1") == "b");
    for (const char* who : {"o1", "o2"})
        a.must(applicant(who), answer_offer{{"c"}, offer_answer::accept, std::nullopt});
    a.must(applicant("n1"), answer_offer{{"c"}, offer_answer::decline, std::nullopt});
    run(a);
    CHECK(a.place_of("o1") == "a");
    CHECK(a.place_of("o2") == "a");
    CHECK(a.place_of("o3") == "b");
}

TEST_CASE("grants go down the list: what does not fit is passed over, or stops it") {
    for (const budget_rule rule : {budget_rule::skip, budget_rule::stop}) {
        agency a;
        open_call c = grants_call();
        c.rules.budget = rule;
        open(a, c);
        const std::vector<std::pair<std::string, std::int64_t>> asks = {
            {"x", 60}, {"y", 50}, {"z", 40}};
        for (const auto& [who, minor] : asks) {
            submit_application s = apply_for({});
            s.asks = amount{minor, {"RUB"}};
            s.title = en("Project of " + who);
            a.must(applicant(who), s);
        }
        close(a);
        score(a, "x", 90);
        score(a, "y", 80);
        score(a, "z", 70);
        const allocated made = run(a);
        CHECK(a.place_of("x") == "grant");
        CHECK(a.place_of("y").empty());
        CHECK(a.place_of("z") == (rule == budget_rule::skip ? "grant" : ""));
        CHECK(made.cutoffs[0].taken == (rule == budget_rule::skip ? 100 : 60));
        CHECK(made.lots_needed.empty());
        const auto seen = a.view(application_query{{"c"}, std::nullopt}, applicant("y"));
        CHECK(seen.explanation[0].outcome == (rule == budget_rule::skip
                                                  ? choice_outcome::quota_full
                                                  : choice_outcome::below_cutoff));
    }
}

TEST_CASE("equal grants are parted by lot only where two outcomes exist") {
    for (const std::int64_t big : {60, 200}) {
        agency a;
        open_call c = grants_call();
        c.budget = amount{100, {"RUB"}};
        open(a, c);
        for (const char* who : {"x", "y", "z"}) {
            submit_application s = apply_for({});
            s.asks = amount{who[0] == 'x' ? std::min<std::int64_t>(big, 100) : 50, {"RUB"}};
            s.title = en("Project");
            a.must(applicant(who), s);
        }
        close(a);
        for (const char* who : {"x", "y", "z"}) score(a, who, 50);
        const allocated made = run(a);
        CHECK(made.lots_decided);
    }
    agency a;
    open(a, grants_call());
    for (const char* who : {"x", "y"}) {
        submit_application s = apply_for({});
        s.asks = amount{50, {"RUB"}};
        s.title = en("Project");
        a.must(applicant(who), s);
    }
    close(a);
    for (const char* who : {"x", "y"}) score(a, who, 50);
    CHECK_FALSE(run(a).lots_decided);
}

TEST_CASE("a dry run says of a reserved place for whom it is held, and which choice it would be") {
    open_call c = places_call();
    c.programmes[1].reserves = {{{"north"}, 1}};
    c.rules.reserves = reserve_rule::first;
    agency a;
    open(a, c);
    a.must(applicant("n"), apply_for({"a", "b"}, {"north"}));
    for (const char* who : {"x", "y", "z"}) a.must(applicant(who), apply_for({"a"}));
    close(a);
    score(a, "n", 10);
    for (const char* who : {"x", "y", "z"}) score(a, who, 50);
    settle_and_reveal(a);
    const auto dry = a.view(dry_run_query{{"c"}}, officer);
    REQUIRE(dry.placed.size() == 4);
    CHECK(dry.placed[0].applicant == person_id{"n"});
    CHECK(dry.placed[0].programme == place_id{"b"});
    CHECK(dry.placed[0].group == group_id{"north"});
    CHECK(dry.placed[0].choice == 2);
    CHECK_FALSE(dry.placed[1].group);
    run(a);
    CHECK(outcome_of(dry.placed) == outcome_of(a));
}

TEST_CASE("a dry run of grants says who would get one") {
    agency a;
    open(a, grants_call());
    for (const auto& [who, minor] : {std::pair{"x", 60}, {"y", 70}, {"z", 40}}) {
        submit_application s;
        s.call = {"c"};
        s.asks = amount{minor, {"RUB"}};
        s.title = en(std::string("Project ") + who);
        a.must(applicant(who), s);
    }
    close(a);
    for (const auto& [who, points] : {std::pair{"x", 90}, {"y", 80}, {"z", 70}})
        score(a, who, points);
    settle_and_reveal(a);
    const auto dry = a.view(dry_run_query{{"c"}}, officer);
    REQUIRE(dry.placed.size() == 3);
    CHECK(dry.placed[0].title == en("Project x"));
    CHECK(dry.placed[0].asks == amount{60, {"RUB"}});
    CHECK(dry.placed[0].choice == 0);
    run(a);
    CHECK(outcome_of(dry.placed) == outcome_of(a));
}

TEST_CASE("a dry run is the run") {
    agency a = ready(places_call(), {{"x", 90, {"a"}}, {"y", 50, {"b", "a"}}, {"z", 50, {"b"}}});
    settle_and_reveal(a);
    const auto dry = a.view(dry_run_query{{"c"}}, officer);
    CHECK(dry.blockers == 0);
    REQUIRE(dry.would);
    CHECK(dry.fault.empty());
    CHECK(*dry.would == run(a));
    CHECK(outcome_of(dry.placed) == outcome_of(a));
    CHECK(dry.placed[0].score == 90);
    CHECK(a.hidden(dry_run_query{{"c"}}, applicant("x")) == "calls.not_yours");
}

TEST_CASE("the order in which people apply changes nothing") {
    std::vector<want> wants = {{"x", 50, {"a", "b"}},
                               {"y", 50, {"b", "a"}},
                               {"z", 50, {"a"}},
                               {"w", 40, {"b"}},
                               {"v", 50, {"b"}}};
    agency one = ready(places_call(), wants);
    const allocated made = run(one);
    std::reverse(wants.begin(), wants.end());
    agency other = ready(places_call(), wants);
    allocated again = run(other);
    CHECK(again == made);
}

}  // namespace veche::calls::testing
