// Lots: a number from each custodian, bound before anybody applies, revealed after closing.

#include "calls/tests/agency.hpp"

namespace veche::calls::testing {

TEST_CASE("the root of a list is that of RFC 6962") {
    // The first roots of the test vectors of RFC 6962 implementations: of nothing, of one empty
    // leaf, of the leaves "", 00.
    CHECK(to_hex(merkle_root({})) ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    std::vector<std::string> leaves{""};
    CHECK(to_hex(merkle_root(leaves)) ==
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    leaves.emplace_back(1, '\0');
    CHECK(to_hex(merkle_root(leaves)) ==
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
    leaves.emplace_back("\x10");
    CHECK(to_hex(merkle_root(leaves)) ==
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77");
}

TEST_CASE("seed and key are what everybody can compute from the journal") {
    agency a;
    a.must(a.now_by("gov"), places_call());
    a.must(keeper_2, commitment_of(keeper_2));
    a.must(keeper_1, commitment_of(keeper_1));
    a.go_to("2026-03-02T00:00:00.000Z");
    a.must(applicant("x"), apply_for({"a"}));
    a.go_to("2026-03-12T00:00:00.000Z");
    CHECK(a.hidden(lot_query{{"c"}, {"x"}, std::nullopt}) == "calls.lot_not_revealed");
    score(a, "x", 50);
    a.must(officer, settle_list{{"c"}});
    a.must(keeper_2, reveal_lot{{"c"}, number_of(keeper_2)});
    a.must(keeper_1, reveal_lot{{"c"}, number_of(keeper_1)});
    const hash256 leaf =
        sha256({std::string_view("\0", 1), R"({"applicant":"x","choices":["a"]})"});
    // In the order of the custodians, whoever revealed first.
    const hash256 numbers =
        sha256({as_bytes(sha256("p-keeper-1")), as_bytes(sha256("p-keeper-2"))});
    const hash256 seed = sha256({"veche-seed-v1", as_bytes(leaf), as_bytes(numbers)});
    const std::string_view zero("\0", 1);
    const hash256 key =
        sha256({"veche-lottery-v1", zero, as_bytes(seed), zero, "c", zero, "*", zero, "x"});
    const auto seen = a.view(lot_query{{"c"}, {"x"}, std::nullopt});
    CHECK(seen.seed == to_hex(seed));
    CHECK(seen.key == to_hex(key));
    CHECK(seen.known);
    CHECK_FALSE(a.view(lot_query{{"c"}, {"nobody"}, std::nullopt}).known);
}

TEST_CASE("each programme may have its own lots") {
    agency a;
    open_call c = places_call();
    c.rules.lottery = lottery_kind::per_programme;
    open(a, c);
    a.must(applicant("x"), apply_for({"a"}));
    close(a);
    score(a, "x", 50);
    settle_and_reveal(a);
    CHECK(a.hidden(lot_query{{"c"}, {"x"}, std::nullopt}) == "calls.programme_missing");
    CHECK(a.hidden(lot_query{{"c"}, {"x"}, place_id{"q"}}) == "calls.programme_unknown");
    const auto in_a = a.view(lot_query{{"c"}, {"x"}, place_id{"a"}});
    CHECK(in_a.key != a.view(lot_query{{"c"}, {"x"}, place_id{"b"}}).key);
    CHECK(in_a.programme == "a");
}

TEST_CASE("who does not reveal is passed over, if anybody does") {
    agency a;
    a.must(a.now_by("gov"), places_call());
    a.must(keeper_1, commitment_of(keeper_1));
    a.must(keeper_2, commitment_of(keeper_2));
    a.go_to("2026-03-02T00:00:00.000Z");
    a.must(applicant("x"), apply_for({"a"}));
    close(a);
    score(a, "x", 50);
    a.must(officer, settle_list{{"c"}});

    SUBCASE("one did") {
        a.must(keeper_1, reveal_lot{{"c"}, number_of(keeper_1)});
        CHECK_FALSE(a.own.calls.find(call_id{"c"})->lot_over);
        a.now = at("2026-03-15T00:00:00.000Z");
        const events passed = a.pass_deadlines();
        REQUIRE(passed.size() == 1);
        CHECK(passed.front().body == R"({"call":"c","custodians":["gov/keeper-2"]})");
        CHECK(a.own.calls.find(call_id{"c"})->lot_over);
        CHECK(a.refused(keeper_2, reveal_lot{{"c"}, number_of(keeper_2)}) == "calls.lot_over");
        CHECK(a.view(call_query{{"c"}}).lot[1].missed);
    }
    SUBCASE("nobody did: the days run once more") {
        a.now = at("2026-03-15T00:00:00.000Z");
        CHECK(a.pass_deadlines().size() == 1);
        CHECK_FALSE(a.own.calls.find(call_id{"c"})->lot_over);
        CHECK(earliest_due(a.own) == at("2026-03-18T00:00:00.000Z"));
        a.must(keeper_2, reveal_lot{{"c"}, number_of(keeper_2)});
        a.go_to("2026-03-18T00:00:00.000Z");
        CHECK(a.own.calls.find(call_id{"c"})->lot_over);
        CHECK_FALSE(earliest_due(a.own));
    }
    SUBCASE("all did: nothing is due any more") {
        a.must(keeper_2, reveal_lot{{"c"}, number_of(keeper_2)});
        a.must(keeper_1, reveal_lot{{"c"}, number_of(keeper_1)});
        CHECK_FALSE(earliest_due(a.own));
        CHECK(a.refused(keeper_1, reveal_lot{{"c"}, number_of(keeper_1)}) ==
              "calls.revealed_already");
    }
}

TEST_CASE("no number is added or changed once somebody has applied, and none can be repeated") {
    agency a;
    a.must(a.now_by("gov"), places_call());
    a.go_to("2026-03-02T00:00:00.000Z");
    CHECK(a.refused(applicant("x"), apply_for({"a"})) == "calls.lot_not_committed");
    CHECK(a.refused(keeper_1, commit_lot{{"c"}, "abc"}) == "calls.hash_malformed");
    CHECK(a.refused(officer, commitment_of(keeper_1)) == "calls.not_custodian");
    a.must(keeper_1, commit_lot{{"c"}, std::string(64, '0')});
    a.must(keeper_1, commitment_of(keeper_1));
    a.must(applicant("x"), apply_for({"a"}));
    CHECK(a.refused(keeper_2, commitment_of(keeper_2)) == "calls.lot_fixed");
    CHECK(a.refused(keeper_1, reveal_lot{{"c"}, number_of(keeper_1)}) == "calls.not_closed");
    a.go_to("2026-03-12T00:00:00.000Z");
    CHECK(a.refused(keeper_1, reveal_lot{{"c"}, number_of(keeper_1)}) == "calls.list_not_settled");
    score(a, "x", 50);
    a.must(officer, settle_list{{"c"}});
    CHECK(a.refused(keeper_2, reveal_lot{{"c"}, number_of(keeper_2)}) == "calls.nothing_committed");
    CHECK(a.refused(keeper_1, reveal_lot{{"c"}, number_of(keeper_2)}) == "calls.number_wrong");
    // The hash names call and office, so that another's commitment is of no use.
    CHECK(commitment_of(keeper_1).hash !=
          to_hex(lot_commitment({"c"}, {keeper_2.auth}, sha256(keeper_1.person))));
}

TEST_CASE("nobody judges who could know the lots: first all is judged, then numbers are revealed") {
    agency a;
    open(a, places_call());
    for (const char* who : {"x", "y", "z"}) a.must(applicant(who), apply_for({"a"}));
    CHECK(a.refused(officer, settle_list{{"c"}}) == "calls.not_closed");
    close(a);
    CHECK(a.refused(officer, settle_list{{"c"}}) == "calls.blocked");
    score(a, "x", 50);
    a.must(officer, judge_eligibility{{"c"}, {"y"}, false, ineligibility::condition_unmet, {}});
    a.must(applicant("y"), lodge_appeal{{"c"}, appeal_ground::eligibility, {}});
    a.must(officer, set_aside{{"c"}, person_id{"z"}, {}, en("Why")});
    // An appeal is part of judging.
    CHECK(a.refused(officer, settle_list{{"c"}}) == "calls.blocked");
    a.must(arbiter, decide_appeal{{"c"}, {"y"}, false, en("Why"), {}, {}, {}});
    CHECK(a.refused(jury_1, settle_list{{"c"}}) == "charter.power_missing");
    a.must(officer, settle_list{{"c"}});

    CHECK(a.refused(officer, settle_list{{"c"}}) == "calls.list_settled");
    CHECK(a.refused(officer, judge_eligibility{{"c"}, {"y"}, true, {}, {}}) ==
          "calls.list_settled");
    CHECK(a.refused(officer, assign_assessor{{"c"}, {"x"}, {jury_2.person}}) ==
          "calls.list_settled");
    CHECK(a.refused(officer, set_aside{{"c"}, person_id{"x"}, {}, en("Why")}) ==
          "calls.list_settled");
    CHECK(a.view(call_query{{"c"}}).lots.settled == a.now);
    CHECK(a.view(call_query{{"c"}}).lots.until == plus_days(a.now, 3));
    a.must(keeper_1, reveal_lot{{"c"}, number_of(keeper_1)});
    run(a);
    CHECK(a.place_of("x") == "a");
    CHECK(a.refused(officer, settle_list{{"c"}}) == "calls.allocated_already");
}

TEST_CASE("who was judged ineligible can appeal before the list is settled, and after the run") {
    agency a;
    open(a, places_call());
    for (const char* who : {"x", "y"}) a.must(applicant(who), apply_for({"a"}));
    close(a);
    score(a, "x", 50);
    a.must(officer, judge_eligibility{{"c"}, {"y"}, false, ineligibility::condition_unmet, {}});
    settle_and_reveal(a);
    const lodge_appeal appeal{{"c"}, appeal_ground::eligibility, {}};
    CHECK(a.refused(applicant("y"), appeal) == "calls.list_settled");
    run(a);
    a.must(applicant("y"), appeal);
}

TEST_CASE("a call in which nobody can win anything waits for no lots") {
    agency a;
    open(a, places_call());
    a.must(applicant("x"), apply_for({"a"}));
    close(a);
    a.must(officer, judge_eligibility{{"c"}, {"x"}, false, ineligibility::condition_unmet, {}});
    CHECK(a.view(blockers_query{{"c"}}, officer).blockers.empty());
    CHECK(a.refused(officer, run_allocation{{"c"}}) == "calls.nothing_to_allocate");
    a.must(officer, conclude_call{{"c"}});
}

TEST_CASE("a call without lots has nothing to settle") {
    agency a;
    open_call c = places_call();
    c.rules.ties = tie_policy::hungarian;
    c.rules.lottery.reset();
    c.custodians.clear();
    open(a, c);
    a.must(applicant("x"), apply_for({"a"}));
    close(a);
    score(a, "x", 50);
    CHECK(a.refused(officer, settle_list{{"c"}}) == "calls.no_lots");
    run(a);
}

}  // namespace veche::calls::testing
