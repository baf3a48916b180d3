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
    close_and_reveal(a);
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
    a.go_to("2026-03-12T00:00:00.000Z");

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
    CHECK(a.refused(keeper_2, reveal_lot{{"c"}, number_of(keeper_2)}) == "calls.nothing_committed");
    CHECK(a.refused(keeper_1, reveal_lot{{"c"}, number_of(keeper_2)}) == "calls.number_wrong");
    // The hash names call and office, so that another's commitment is of no use.
    CHECK(commitment_of(keeper_1).hash !=
          to_hex(lot_commitment({"c"}, {keeper_2.auth}, sha256(keeper_1.person))));
}

}  // namespace veche::calls::testing
