#include "charter/refusal.hpp"

#include "fund/tests/peeling.hpp"

using namespace veche;
using namespace veche::fund;
using namespace veche::fund::testing;

namespace {

constexpr std::int64_t most = INT64_MAX;

void peel_appropriate(kinds& met) {
    treasury t;
    t.order(line_of("L1", most - 5));
    peeling p(met);
    appropriate c = line_of("L1", most - 5);
    c.amount_.unit = {"EUR"};
    p.refused(t, cashier, c, refusals::only_by_decision);
    const context by = t.now_by("council");
    p.refused(t, by, c, refusals::unit_unknown, "amount.unit");
    c.amount_.unit = {"RUB"};
    p.refused(t, by, c, refusals::recorded_already, "line");
    c.year = 99;
    c.title = en(" ");
    c.amount_.minor = 0;
    p.refused(t, by, c, refusals::line_taken, "line");
    c.line = {"L2"};
    p.refused(t, by, c, refusals::title_missing, "title");
    c.title = en(std::string(1001, 'x'));
    p.refused(t, by, c, refusals::text_too_long, "title.en");
    c.title = en(std::string(1000, 'x'));
    p.refused(t, by, c, refusals::year_malformed, "year");
    c.year = 10000;
    p.refused(t, by, c, refusals::year_malformed, "year");
    c.year = 9999;
    p.refused(t, by, c, refusals::amount_not_positive, "amount.minor");
    c.amount_.minor = 6;
    p.refused(t, by, c, refusals::overflow, "amount.minor");
    c.amount_.minor = 5;
    t.must(by, c);
}

void peel_amend(kinds& met) {
    treasury t;
    t.order(line_of("L1", 100));
    t.order(line_of("L2", most - 100));
    t.must(cashier, receipt_of("R1", "A", 100));
    t.must(cashier, record_bank_charge{{"B1"}, {"L1"}, rub(40), day("2026-11-21"), "Order 9", {}});
    peeling p(met);
    amend_appropriation c{{"none"}, {-1, {"PLACE"}}};
    p.refused(t, cashier, c, refusals::only_by_decision);
    const context by = t.now_by("council");
    p.refused(t, by, c, refusals::line_unknown, "line");
    c.line = {"L1"};
    p.refused(t, by, c, refusals::unit_differs, "amount.unit");
    c.amount_.unit = {"RUB"};
    p.refused(t, by, c, refusals::amount_negative, "amount.minor");
    c.amount_.minor = 100;
    p.refused(t, by, c, refusals::amount_unchanged, "amount.minor");
    c.amount_.minor = 39;
    p.refused(t, by, c, refusals::below_committed, "amount.minor");
    CHECK(t.refused(by, c).args == std::vector<std::string>{"0.60 RUB"});
    c.amount_.minor = 101;
    p.refused(t, by, c, refusals::overflow, "amount.minor");
    c.amount_.minor = 40;
    t.must(by, c);
}

void peel_assess(kinds& met) {
    treasury t;
    assess_contributions c{{"S1"}, 2027, rub(10), {{{"A"}, rub(10)}}};
    t.order(c);
    peeling p(met);
    c.total.unit = {"EUR"};
    p.refused(t, cashier, c, refusals::only_by_decision);
    const context by = t.now_by("council");
    p.refused(t, by, c, refusals::unit_unknown, "total.unit");
    c.total.unit = {"RUB"};
    p.refused(t, by, c, refusals::recorded_already, "assessment");
    c.shares = {{{"D"}, {-1, {"PLACE"}}}, {{"A"}, rub(4)}};
    p.refused(t, by, c, refusals::assessment_taken, "assessment");
    c.assessment = {"S2"};
    c.year = 1899;
    c.total.minor = 0;
    p.refused(t, by, c, refusals::year_malformed, "year");
    c.year = 1900;
    p.refused(t, by, c, refusals::amount_not_positive, "total.minor");
    c.total.minor = 10;
    c.due = day("2026-11-23");
    p.refused(t, by, c, refusals::due_past, "due");
    c.due = day("2026-11-24");
    p.refused(t, by, c, refusals::not_a_member, "shares.0.member");  // until 2025
    c.shares[0].member = {"A"};
    p.refused(t, by, c, refusals::unit_differs, "shares.0.amount.unit");
    c.shares[0].amount_.unit = {"RUB"};
    std::swap(c.shares[0], c.shares[1]);
    p.refused(t, by, c, refusals::share_repeated, "shares.1.member");
    c.shares[1].member = {"B"};
    p.refused(t, by, c, refusals::share_negative, "shares.1.amount.minor");
    c.shares[1].amount_ = rub(5);
    p.refused(t, by, c, refusals::shares_differ, "shares");
    CHECK(t.refused(by, c).args == std::vector<std::string>{"9", "10"});
    c.total.minor = most;
    c.shares = {{{"A"}, rub(most)}};
    p.refused(t, by, c, refusals::overflow);
    c.total.minor = most - 10;
    c.shares = {{{"A"}, rub(most - 10)}};
    t.must(by, c);
}

void peel_receive(kinds& met) {
    treasury t;
    t.must(cashier, receipt_of("R1", "A", 10));
    peeling p(met);
    receive_contribution c = receipt_of("R1", "A", 10);
    c.amount_.unit = {"EUR"};
    c.member = {"X"};
    p.refused(t, t.now_by("council"), c, refusals::not_by_decision);
    p.refused(t, stranger, c, refusals::no_office, "auth");
    CHECK(t.refused(clerk, c).kind == &charter::refusals::power_missing);
    CHECK(t.refused(actor{"p-clerk", "council/cashier"}, c).kind ==
          &charter::refusals::not_in_office);
    p.refused(t, cashier, c, refusals::unit_unknown, "amount.unit");
    c.amount_.unit = {"RUB"};
    p.refused(t, cashier, c, refusals::member_unknown, "member");
    c.member = {"A"};
    p.refused(t, cashier, c, refusals::recorded_already, "contribution");
    c.amount_.minor = 0;
    c.effective = day("2026-11-25");
    c.reference.clear();
    p.refused(t, cashier, c, refusals::contribution_taken, "contribution");
    c.contribution = {"R2"};
    p.refused(t, cashier, c, refusals::amount_not_positive, "amount.minor");
    c.amount_.minor = most;
    p.refused(t, cashier, c, refusals::date_future, "effective");
    c.effective = day("2026-11-24");
    p.refused(t, cashier, c, refusals::reference_malformed, "reference");
    c.reference = std::string(141, 'x');
    p.refused(t, cashier, c, refusals::reference_malformed, "reference");
    c.reference.pop_back();
    p.refused(t, cashier, c, refusals::overflow);
    c.amount_.minor = most - 10;
    t.must(cashier, c);
}

void peel_correct(kinds& met) {
    treasury t;
    t.must(cashier, receipt_of("R1", "A", 10));
    t.must(cashier, receipt_of("R2", "A", 20));
    t.must(controller, correction_of("C2", "R2"));
    peeling p(met);
    correct_contribution c = correction_of("C2", "none");
    p.refused(t, t.now_by("council"), c, refusals::not_by_decision);
    p.refused(t, stranger, c, refusals::no_office, "auth");
    p.refused(t, cashier, c, refusals::contribution_unknown, "contribution");
    c.contribution = {"R2"};
    p.refused(t, cashier, c, refusals::four_eyes);
    p.refused(t, controller, c, refusals::recorded_already, "correction");
    c.reason = {};
    p.refused(t, controller, c, refusals::correction_taken, "correction");
    c.correction = {"C3"};
    p.refused(t, controller, c, refusals::contribution_reversed, "contribution");
    c.contribution = {"R1"};
    p.refused(t, controller, c, refusals::reason_missing, "reason");
    c.reason = en(std::string(16'001, 'x'));
    p.refused(t, controller, c, refusals::text_too_long, "reason.en");
    c.reason = en(std::string(16'000, 'x'));
    // Meanwhile the money was spent, so that it cannot be said never to have come.
    treasury spent = t;
    spent.order(line_of("L1", 10));
    spent.must(cashier,
               record_bank_charge{{"B1"}, {"L1"}, rub(1), day("2026-11-21"), "Order 9", {}});
    CHECK(spent.refused(controller, c).kind == &refusals::insufficient_cash);
    t.must(controller, c);
}

void peel_key(kinds& met) {
    treasury t;
    charter::charter_document doc = small_union();
    for (charter::member& m : doc.members) m.weights.clear();
    t.charter.found(doc);
    peeling(met).refused(t, t.now_by("council"), assessment_of("S1", 10), refusals::key_missing,
                         "shares");
}

}  // namespace

TEST_CASE("every refusal of the fund is met, and in the documented order") {
    kinds met;
    peel_appropriate(met);
    peel_amend(met);
    peel_assess(met);
    peel_receive(met);
    peel_correct(met);
    peel_key(met);
    peel_budget(met);
    peel_bank(met);
    peel_commitments(met);
    peel_claims(met);
    peel_payments(met);
    peel_statements(met);
    peel_contracts(met);
    // What calls need of a commitment, the office tells.
    met.insert(&refusals::held_for_contracts);
    // That a decision is known and in force, the office checks: it alone sees the assembly.
    met.insert({&refusals::decision_unknown, &refusals::decision_not_in_force});
    for (const refusal_kind* kind : refusals::all) CHECK_MESSAGE(met.contains(kind), kind->code);
}

TEST_CASE("codes are the room's own, unique, and sentences end with a full stop") {
    std::set<std::string_view> codes;
    for (const refusal_kind* kind : refusals::all) {
        CHECK(codes.insert(kind->code).second);
        CHECK(kind->code.starts_with("fund."));
        CHECK(kind->sentence.ends_with('.'));
    }
}

TEST_CASE("a decision orders only what the charter lets its body order") {
    treasury t;
    const context by = t.now_by("idle");
    t.order(line_of("L1", 5));
    using charter::refusals::may_not_order;
    CHECK(t.refused(by, line_of("L2", 5)).kind == &may_not_order);
    CHECK(t.refused(by, amend_appropriation{{"L1"}, rub(6)}).kind == &may_not_order);
    CHECK(t.refused(by, assessment_of("S1", 5)).kind == &may_not_order);
}

TEST_CASE("texts come in the languages of the charter") {
    treasury t;
    appropriate c = line_of("L1", 5);
    c.title["xx"] = "Title";
    CHECK(t.refused(t.now_by("council"), c).kind == &charter::refusals::language_unknown);
    charter::charter_document doc = small_union();
    doc.languages.clear();
    t.charter.found(doc);
    t.order(c);
}

TEST_CASE("the same id with any other content is another thing") {
    treasury t;
    appropriate line = line_of("L1", 5);
    t.order(line);
    const context by = t.now_by("council", "2026-0002");
    const auto line_code = [&](auto change) {
        appropriate other = line;
        change(other);
        return t.refused(by, other).kind;
    };
    CHECK(line_code([](appropriate&) {}) == &refusals::recorded_already);
    CHECK(line_code([](appropriate& o) { o.title = en("Other"); }) == &refusals::line_taken);
    CHECK(line_code([](appropriate& o) { o.year = 2028; }) == &refusals::line_taken);
    CHECK(line_code([](appropriate& o) { o.amount_.minor = 6; }) == &refusals::line_taken);
    CHECK(line_code([](appropriate& o) { o.amount_.unit = {"PLACE"}; }) == &refusals::line_taken);
    CHECK(line_code([](appropriate& o) { o.measure = measure_id{"M1"}; }) == &refusals::line_taken);
    // An amendment does not change what the first appropriation was.
    t.order(amend_appropriation{{"L1"}, rub(9)});
    CHECK(line_code([](appropriate&) {}) == &refusals::recorded_already);
}

TEST_CASE("the same assessment is one with the same year, total and shares, stated or by the key") {
    treasury t;
    const assess_contributions by_key = assessment_of("S1", 100);
    assess_contributions stated{{"S2"}, 2027, rub(100), {{{"A"}, rub(60)}, {{"B"}, rub(40)}}};
    t.order(by_key);
    t.order(stated);
    const context by = t.now_by("council");
    CHECK(t.refused(by, by_key).kind == &refusals::recorded_already);
    CHECK(t.refused(by, stated).kind == &refusals::recorded_already);
    const auto taken = [&](const assess_contributions& c) {
        return t.refused(by, c).kind == &refusals::assessment_taken;
    };
    assess_contributions c = by_key;
    c.year = 2028;
    CHECK(taken(c));
    c = by_key;
    c.total.minor = 101;
    CHECK(taken(c));
    c = by_key;
    c.shares = stated.shares;
    CHECK(taken(c));
    c = stated;
    c.shares.clear();
    CHECK(taken(c));
    c = stated;
    c.shares[0].amount_.minor = 59;
    CHECK(taken(c));
    c = stated;
    c.shares[0].member = {"C"};
    CHECK(taken(c));
    c = stated;
    c.shares.pop_back();
    CHECK(taken(c));
}

TEST_CASE("the same receipt is one with the same member, amount, date and reference") {
    treasury t;
    const receive_contribution first = receipt_of("R1", "A", 10);
    t.must(cashier, first);
    const auto code = [&](auto change) {
        receive_contribution other = first;
        change(other);
        return t.refused(controller, other).kind;
    };
    using rc = receive_contribution;
    CHECK(code([](rc&) {}) == &refusals::recorded_already);
    CHECK(code([](rc& o) { o.member = {"B"}; }) == &refusals::contribution_taken);
    CHECK(code([](rc& o) { o.amount_.minor = 11; }) == &refusals::contribution_taken);
    CHECK(code([](rc& o) { o.effective = day("2026-11-19"); }) == &refusals::contribution_taken);
    CHECK(code([](rc& o) { o.reference = "Order 8"; }) == &refusals::contribution_taken);
    t.must(controller, correction_of("C1", "R1"));
    CHECK(code([](rc&) {}) == &refusals::recorded_already);
    t.must(cashier, receipt_of("R2", "A", 10));
    CHECK(t.refused(controller, correction_of("C1", "R2")).kind == &refusals::correction_taken);
}
