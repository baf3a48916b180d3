// What winners are promised for a contract, and which terms for contracts make no sense.

#include "calls/contracts.hpp"

#include "calls/tests/agency.hpp"

namespace veche::calls::testing {
namespace {

/// 40, 40 and 20 per cent.
contract_terms usual_terms() {
    return {{{contract_proof::signing, 400'000, 10},
             {contract_proof::interim_report, 400'000, 60},
             {contract_proof::final_report, 200'000, 90}}};
}

open_call grants_with_contracts() {
    open_call c = grants_call();
    c.commitment = backing_id{"k"};
    c.contracts = usual_terms();
    return c;
}

refusal why_not_opened(const open_call& c) {
    agency a;
    const auto decided = decide(a.seen(), c, a.now_by("gov"));
    REQUIRE_FALSE(decided.has_value());
    return decided.error();
}

std::string code_for(const agency& a, const std::string& who) {
    const auto won = promised_to(a.own, {"c"}, {who});
    return won ? "" : std::string(won.error().code());
}

submit_application project_asking(std::int64_t minor) {
    submit_application c;
    c.call = {"c"};
    c.asks = amount{minor, {"RUB"}};
    c.title = en("A choir");
    return c;
}

}  // namespace

TEST_CASE("terms for contracts that make no sense together are refused when a call is ordered") {
    agency a;
    a.must(a.now_by("gov"), grants_with_contracts());
    std::vector<open_call> unsound;
    const auto add = [&](auto change) {
        open_call c = grants_with_contracts();
        change(c);
        unsound.push_back(std::move(c));
    };
    add([](open_call& c) { c.commitment.reset(); });
    add([](open_call& c) { c.contracts->parts.clear(); });
    add([](open_call& c) { c.contracts->parts.pop_back(); });
    add([](open_call& c) { c.contracts->parts[1].share = 400'001; });
    add([](open_call& c) { c.contracts->parts[0].share = 0; });
    add([](open_call& c) { c.contracts->parts[0].due_days = -1; });
    add([](open_call& c) { c.contracts->parts[2].due_days = 59; });
    add([](open_call& c) { c.contracts->parts[2].due_days = 3661; });
    add([](open_call& c) {
        c.contracts->parts[1].shown = contract_proof::final_report,
        c.contracts->parts[2].shown = contract_proof::signing;
    });
    add([](open_call& c) {
        c.contracts->parts.assign(13, {contract_proof::signing, 76'923, 1});
        c.contracts->parts[0].share = 76'924;
    });
    add([](open_call& c) {
        c = places_call();  // without stipends
        c.commitment = backing_id{"k"};
        c.contracts = usual_terms();
    });
    add([](open_call& c) {
        c = shares_call();
        c.commitment = backing_id{"k"};
        c.contracts = usual_terms();
    });
    for (const open_call& c : unsound) {
        const refusal why = why_not_opened(c);
        CHECK(why.kind == &refusals::contracts_malformed);
        CHECK(why.field == "contracts");
    }
    open_call stipends = places_call();
    stipends.programmes[0].stipend = amount{5, {"RUB"}};
    stipends.commitment = backing_id{"k"};
    stipends.contracts = usual_terms();
    agency other;
    other.must(other.now_by("gov"), stipends);
}

TEST_CASE("instalments are the shares of what was won, and never lose a kopeck") {
    const auto parts = parts_of(usual_terms(), 7);
    CHECK(parts[0].minor == 2);
    CHECK(parts[1].minor == 3);
    CHECK(parts[2].minor == 2);
    generator g(7);
    for (int round = 0; round < 2'000; ++round) {
        contract_terms terms;
        std::int32_t left = 1'000'000;
        while (left > 0 && terms.parts.size() < 11) {
            const std::int32_t share = pick(g, 1, left);
            terms.parts.push_back({contract_proof::signing, share, 0});
            left -= share;
        }
        if (left > 0) terms.parts.push_back({contract_proof::signing, left, 0});
        const std::int64_t whole = round % 2 == 0 ? pick(g, 1, 100) : INT64_MAX - pick(g, 0, 1'000);
        std::int64_t sum = 0;
        for (const promised_part& one : parts_of(terms, whole)) {
            CHECK(one.minor >= 0);
            sum += one.minor;
        }
        CHECK(sum == whole);
    }
}

TEST_CASE("a grant is promised once it is accepted, and not before or without terms") {
    agency a;
    open(a, grants_with_contracts());
    for (const char* who : {"x", "y", "z"}) a.must(applicant(who), project_asking(50));
    CHECK(code_for(a, "x") == "calls.nothing_won");
    close(a);
    score(a, "x", 90);
    score(a, "y", 80);
    score(a, "z", 10);
    run(a);
    CHECK(code_for(a, "x") == "calls.nothing_won");
    a.must(applicant("x"), answer_offer{{"c"}, offer_answer::accept, std::nullopt});
    const auto won = promised_to(a.own, {"c"}, {"x"});
    REQUIRE(won.has_value());
    CHECK(won->amount_ == amount{50, {"RUB"}});
    CHECK(won->from.value == "k");
    CHECK(won->purpose == en("A choir"));
    CHECK(won->parts[2].minor == 10);
    a.must(applicant("y"), answer_offer{{"c"}, offer_answer::decline, std::nullopt});
    CHECK(code_for(a, "y") == "calls.nothing_won");
    CHECK(code_for(a, "z") == "calls.nothing_won");
    CHECK(code_for(a, "nobody") == "calls.application_unknown");
    CHECK(std::string(promised_to(a.own, {"d"}, {"x"}).error().code()) == "calls.call_unknown");
    const promised_view seen = a.view(promised_query{{"c"}, {}, {}});
    REQUIRE(seen.rows.size() == 1);
    CHECK(seen.rows[0].applicant == person_id{"x"});
    CHECK(seen.rows[0].parts.size() == 3);
    CHECK(seen.terms->parts.size() == 3);
    agency none;
    open(none, grants_call());
    none.must(applicant("x"), project_asking(50));
    CHECK(code_for(none, "x") == "calls.contracts_unsaid");
    CHECK_FALSE(none.view(promised_query{{"c"}, {}, {}}).terms);
}

TEST_CASE("a stipend is promised where the place has one and is held for good") {
    agency a;
    open_call c = places_call();
    c.programmes[0].stipend = amount{9, {"RUB"}};
    c.commitment = backing_id{"k"};
    c.contracts = usual_terms();
    open(a, c);
    for (const char* who : {"x", "y"}) a.must(applicant(who), apply_for({"b", "a"}));
    a.must(applicant("z"), apply_for({"a"}));
    close(a);
    score(a, "x", 90);
    score(a, "y", 80);
    score(a, "z", 70);
    run(a);
    a.must(applicant("x"), answer_offer{{"c"}, offer_answer::accept, std::nullopt});
    CHECK(code_for(a, "x") == "calls.nothing_won");  // its place has no stipend
    a.must(applicant("y"), answer_offer{{"c"}, offer_answer::accept, true});
    CHECK(code_for(a, "y") == "calls.nothing_won");  // waits for better
    a.must(applicant("z"), answer_offer{{"c"}, offer_answer::accept, std::nullopt});
    CHECK(promised_to(a.own, {"c"}, {"z"})->amount_ == amount{9, {"RUB"}});
    CHECK(promised_to(a.own, {"c"}, {"z"})->purpose == en("Alpha"));
}

TEST_CASE("of two who go together nobody is promised anything before both have accepted") {
    agency a;
    open_call c = internships_call();
    for (programme_plan& one : c.programmes) one.stipend = amount{9, {"RUB"}};
    c.commitment = backing_id{"k"};
    c.contracts = usual_terms();
    open(a, c);
    a.must(applicant("x"), apply_with("y", {"a/b"}));
    a.must(applicant("y"), apply_with("x", {"b/a"}));
    close(a);
    admit(a, {"x", "y"});
    a.must(host_a, ranking("a", {"x"}));
    a.must(host_b, ranking("b", {"y"}));
    run(a);
    a.must(applicant("x"), answer_offer{{"c"}, offer_answer::accept, std::nullopt});
    CHECK(code_for(a, "x") == "calls.nothing_won");
    a.must(applicant("y"), answer_offer{{"c"}, offer_answer::accept, std::nullopt});
    CHECK(code_for(a, "x").empty());
    CHECK(code_for(a, "y").empty());
}

TEST_CASE("what is free of the money of a call is what nobody was offered or accepted") {
    agency a;
    open(a, grants_with_contracts());
    for (const char* who : {"x", "y"}) a.must(applicant(who), project_asking(40));
    close(a);
    score(a, "x", 90);
    score(a, "y", 80);
    const call& c = *a.own.calls.find(call_id{"c"});
    CHECK(free_money(a.own, c) == 100);
    run(a);
    CHECK(free_money(a.own, c) == 20);
    CHECK(free_money(a.own, c) == next_round(a.own, c).money);
    a.must(applicant("x"), answer_offer{{"c"}, offer_answer::decline, std::nullopt});
    CHECK(free_money(a.own, *a.own.calls.find(call_id{"c"})) == 60);
    CHECK(a.view(call_query{{"c"}}).granted == amount{40, {"RUB"}});
}

}  // namespace veche::calls::testing
