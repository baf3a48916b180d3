// Refusals of the budget in full and of the road of the money, in their order.

#include "charter/refusal.hpp"
#include "fund/tests/peeling.hpp"

namespace veche::fund::testing {

namespace {

constexpr std::int64_t most_of_all = INT64_MAX;

void peel_plan(kinds& met) {
    treasury t;
    t.order(line_of("L1", 100));
    peeling p(met);
    plan_spending c{{"none"}, {{day("2027-03-31"), rub(10)}, {day("2027-06-30"), rub(20)}}};
    p.refused(t, cashier, c, refusals::only_by_decision);
    const context by = t.now_by("council");
    p.refused(t, by, c, refusals::line_unknown, "line");
    c.line = {"L1"};
    t.must(by, c);
    p.refused(t, by, c, refusals::recorded_already, "line");
    c.plan[1].amount_.unit = {"PLACE"};
    p.refused(t, by, c, refusals::unit_differs, "plan.1.amount.unit");
    c.plan[1].amount_ = rub(9);
    p.refused(t, by, c, refusals::plan_malformed, "plan.1");
    c.plan[1] = {day("2027-03-31"), rub(101)};
    p.refused(t, by, c, refusals::plan_malformed, "plan.1");
    c.plan[1].by = day("2028-01-01");
    p.refused(t, by, c, refusals::plan_malformed, "plan.1");
    c.plan[1].by = day("2027-12-31");
    p.refused(t, by, c, refusals::plan_exceeds, "plan");
    CHECK(t.refused(by, c).args == std::vector<std::string>{"1.01 RUB", "1.00 RUB"});
    c.plan[1].amount_ = rub(100);
    t.must(by, c);
    c.plan.clear();
    CHECK(t.refused(by, c).kind == &refusals::plan_malformed);
}

/// P1: two twelfths of a line of 12, so that the year before is as good as full.
treasury with_twelfths() {
    treasury t;
    t.now = at("2026-03-15T09:00:00.000Z");
    appropriate old = line_of("old", most_of_all - 1'000);
    old.year = 2025;
    t.order(old);
    old.line = {"older"};
    old.amount_ = rub(900);
    old.year = 2024;
    t.order(old);
    old.line = {"small"};
    old.amount_ = rub(12);
    old.year = 2025;
    t.order(old);
    t.order(open_provisional{{"P1"}, {"small"}, 2026, 2});
    return t;
}

void peel_provisional(kinds& met) {
    const treasury t = with_twelfths();
    const context by = t.now_by("council");
    peeling p(met);
    open_provisional c{{"P1"}, {"none"}, 99, 2};
    p.refused(t, cashier, c, refusals::only_by_decision);
    p.refused(t, by, c, refusals::line_unknown, "of");
    c.of = {"small"};
    c.year = 2026;
    p.refused(t, by, c, refusals::recorded_already, "line");
    c.of = {"older"};
    c.year = 99;
    p.refused(t, by, c, refusals::line_taken, "line");
    c.line = {"P2"};
    p.refused(t, by, c, refusals::year_malformed, "year");
    c.year = 2026;
    p.refused(t, by, c, refusals::not_year_before, "of");
    c.of = {"old"};
    c.months = 0;
    p.refused(t, by, c, refusals::months_malformed, "months");
    c.months = 13;
    p.refused(t, by, c, refusals::months_malformed, "months");
    c.months = 4;
    p.refused(t, by, c, refusals::month_not_begun, "months");
    CHECK(t.refused(by, c).args == std::vector<std::string>{"3", "2026"});
    c.months = 1;
    p.refused(t, by, c, refusals::overflow, "amount.minor");
    CHECK(t.refused(by, open_provisional{{"P1"}, {"small"}, 2026, 1}).kind ==
          &refusals::months_malformed);
    peeling(met).refused(t, by, amend_appropriation{{"P1"}, rub(9)}, refusals::line_provisional,
                         "line");
    CHECK(t.refused(by, transfer_appropriation{{"T1"}, {"small"}, {"P1"}, rub(1)}).kind ==
          &refusals::line_provisional);
}

void peel_replacement(kinds& met) {
    treasury t = with_twelfths();
    t.must(buyer, reservation_of("K1", "P1", 2));
    const context by = t.now_by("council");
    peeling p(met);
    replace_provisional c{{"none"}, {0, {"PLACE"}}};
    p.refused(t, cashier, c, refusals::only_by_decision);
    p.refused(t, by, c, refusals::line_unknown, "line");
    c.line = {"small"};
    p.refused(t, by, c, refusals::not_provisional, "line");
    c.line = {"P1"};
    p.refused(t, by, c, refusals::amount_not_positive, "amount.minor");
    c.amount_.minor = 1;
    p.refused(t, by, c, refusals::unit_differs, "amount.unit");
    c.amount_.unit = {"RUB"};
    p.refused(t, by, c, refusals::below_used, "amount.minor");
    c.amount_.minor = 89;
    p.refused(t, by, c, refusals::overflow, "amount.minor");
    c.amount_.minor = 3;
    t.must(by, c);
    peeling(met).refused(t, by, open_provisional{{"P2"}, {"small"}, 2026, 1},
                         refusals::year_decided, "year");
}

}  // namespace

void peel_budget(kinds& met) {
    treasury t;
    t.order(line_of("top", 100));
    appropriate under = line_of("under", 101);
    under.parent = line_id{"none"};
    const context by = t.now_by("council");
    {
        peeling p(met);
        p.refused(t, by, under, refusals::parent_unknown, "parent");
        under.parent = line_id{"top"};
        p.refused(t, by, under, refusals::exceeds_parent, "amount.minor");
        under.amount_ = rub(100);
        t.must(by, under);
    }
    peeling p(met);
    transfer_appropriation c{{"T1"}, {"none"}, {"under"}, rub(0)};
    p.refused(t, cashier, c, refusals::only_by_decision);
    p.refused(t, by, c, refusals::line_unknown, "from");
    c.from = {"top"};
    p.refused(t, by, c, refusals::amount_not_positive, "amount.minor");
    c.amount_ = rub(1);
    p.refused(t, by, c, refusals::same_branch, "amount.minor");
    t.order(line_of("free", 5));
    c.from = {"free"};
    c.amount_ = rub(6);
    p.refused(t, by, c, refusals::below_committed, "amount.minor");
    {
        peeling of_carry(met);
        carry_appropriation carry{{"C1"}, {"free"}, {"under"}, rub(9)};
        of_carry.refused(t, by, carry, refusals::not_later, "to");
        appropriate next = line_of("next", 5);
        next.year = 2028;
        t.order(next);
        carry.to = {"next"};
        of_carry.refused(t, by, carry, refusals::year_open, "from");
        t.now = at("2028-01-10T09:00:00.000Z");
        const context later = t.now_by("council");
        t.must(later, close_year{2027});
        of_carry.refused(t, later, carry, refusals::exceeds_available, "amount.minor");
        carry.amount_ = rub(5);
        t.must(later, carry);
        peeling(met).refused(t, cashier, receipt_of("R1", "A", 1), refusals::period_closed);
    }
    {
        treasury owed;
        peeling of_new(met);
        reassess_contributions anew{{"S2"}, {"S1"}, day("2026-11-24"), {}};
        of_new.refused(owed, owed.now_by("council"), anew, refusals::assessment_unknown, "of");
        write_off_contribution off{{"W1"}, {"A"}, rub(1), {}};
        of_new.refused(owed, owed.now_by("council"), off, refusals::reason_missing, "reason");
        off.reason = en("Agreed");
        of_new.refused(owed, owed.now_by("council"), off, refusals::exceeds_receivable,
                       "amount.minor");
    }
    peel_plan(met);
    peel_provisional(met);
    peel_replacement(met);
}

namespace {

void peel_named_rate(kinds& met) {
    treasury t;
    name_rate c{{"N1"}, {"RUB"}, {"PLACE"}, {{1, 2}, "Agreement", day("2026-11-24"), {}}};
    t.must(cashier, c);
    peeling p(met);
    p.refused(t, t.now_by("council"), c, refusals::not_by_decision);
    p.refused(t, stranger, c, refusals::no_office, "auth");
    c.to = {"EUR"};
    p.refused(t, cashier, c, refusals::unit_unknown, "to");
    c.to = {"PLACE"};
    p.refused(t, cashier, c, refusals::recorded_already, "rate");
    c.to = {"RUB"};
    c.at.on = day("2026-11-25");
    p.refused(t, cashier, c, refusals::id_taken, "rate");
    c.rate = {"N2"};
    p.refused(t, cashier, c, refusals::rate_same_unit, "to");
    c.from = {"PLACE"};
    p.refused(t, cashier, c, refusals::rate_malformed, "at");
    c.at.on = day("2026-11-24");
    t.must(cashier, c);
}

void peel_past_budget(kinds& met) {
    treasury t;
    record_past_budget c{{"b-2009"}, 2009, budget_stage::adopted, rub(9), {}, {}, "A page", {}};
    t.must(cashier, c);
    peeling p(met);
    p.refused(t, t.now_by("council"), c, refusals::not_by_decision);
    p.refused(t, stranger, c, refusals::no_office, "auth");
    c.expenditure = amount{0, {"EUR"}};
    p.refused(t, cashier, c, refusals::unit_unknown, "expenditure.unit");
    c.expenditure.reset();
    p.refused(t, cashier, c, refusals::recorded_already, "budget");
    c.expenditure = amount{0, {"PLACE"}};
    c.year = 99;
    c.source = " ";
    p.refused(t, cashier, c, refusals::id_taken, "budget");
    c.budget = {"b-2010"};
    p.refused(t, cashier, c, refusals::year_malformed, "year");
    c.year = 2010;
    p.refused(t, cashier, c, refusals::amount_not_positive, "expenditure.minor");
    c.expenditure->minor = 1;
    p.refused(t, cashier, c, refusals::unit_differs, "expenditure.unit");
    c.expenditure.reset();
    c.revenue.reset();
    p.refused(t, cashier, c, refusals::figures_missing, "revenue");
    c.contributions = rub(5);
    p.refused(t, cashier, c, refusals::source_malformed, "source");
    c.source = "A page";
    t.must(cashier, c);
    const auto seen = t.view(past_budgets_query{}).budgets;
    REQUIRE(seen.size() == 2);
    CHECK(seen[0].year == 2009);
    CHECK(seen[1].contributions == rub(5));
    CHECK_FALSE(seen[1].revenue);
    CHECK(t.view(balances_query{}).accounts.empty());
}

}  // namespace

void peel_bank(kinds& met) {
    treasury t;
    {
        peeling p(met);
        open_bank_account c{{"main"}, {}, {"EUR"}};
        p.refused(t, cashier, c, refusals::id_taken, "account");
        c.account = {"second"};
        p.refused(t, cashier, c, refusals::name_missing, "name");
        c.name = en("Second");
        CHECK(t.refused(cashier, c).kind == &refusals::unit_unknown);
        c.unit = {"PLACE"};
        t.must(cashier, c);
    }
    t.order(line_of("L1", 100));
    t.must(cashier, receipt_of("R1", "A", 50));
    peeling p(met);
    record_bank_charge c{{"B1"}, {"L1"}, rub(101), day("2026-11-21"), "Order 9", {}};
    c.bank = bank_account_id{"none"};
    p.refused(t, cashier, c, refusals::bank_unknown, "bank");
    c.bank.reset();
    p.refused(t, cashier, c, refusals::exceeds_appropriation, "amount.minor");
    c.amount_ = rub(51);
    p.refused(t, cashier, c, refusals::insufficient_cash, "amount.minor");
    c.amount_ = rub(50);
    t.must(cashier, c);
    {
        peeling of_exchange(met);
        exchange_money x{{"X1"},
                         rub(1),
                         {1, {"PLACE"}},
                         {{0, 1}, "", day("2026-11-20"), {}},
                         day("2026-11-24"),
                         "Order",
                         {},
                         {}};
        of_exchange.refused(t, cashier, x, refusals::rate_malformed, "at");
        x.at.rate = {1, 1};
        x.at.source = "Agreement";
        of_exchange.refused(t, cashier, x, refusals::rate_mismatch, "got.minor");
    }
    peel_named_rate(met);
    peel_past_budget(met);
    const auto none = ask(t.seen(), account_query{"Bank:none", {"RUB"}}, viewer{});
    REQUIRE_FALSE(none.has_value());
    met.insert(none.error().kind);
    CHECK(none.error().kind == &refusals::account_unknown);
}

void peel_commitments(kinds& met) {
    treasury t;
    t.order(line_of("L1", 100));
    peeling p(met);
    reserve c = reservation_of("K1", "none", 101);
    c.purpose = {};
    c.expires = day("2026-11-23");
    p.refused(t, t.now_by("council"), c, refusals::not_by_decision);
    p.refused(t, stranger, c, refusals::no_office, "auth");
    CHECK(t.refused(cashier, c).kind == &charter::refusals::power_missing);
    p.refused(t, buyer, c, refusals::line_unknown, "line");
    c.line = {"L1"};
    p.refused(t, buyer, c, refusals::purpose_missing, "purpose");
    c.purpose = en("Tables");
    p.refused(t, buyer, c, refusals::expiry_past, "expires");
    c.expires = day("2026-11-24");
    p.refused(t, buyer, c, refusals::exceeds_appropriation, "amount.minor");
    c.amount_ = rub(100);
    t.must(buyer, c);

    peeling of_confirming(met);
    confirm_reservation k{{"none"}, rub(101), {}, content_ref{"x", 1, "text/plain"}, {}};
    of_confirming.refused(t, buyer, k, refusals::commitment_unknown, "commitment");
    k.commitment = {"K1"};
    of_confirming.refused(t, buyer, k, refusals::partner_missing, "partner.name");
    k.partner.name = "Joiners Ltd";
    of_confirming.refused(t, buyer, k, refusals::content_malformed, "contract");
    k.contract.reset();
    CHECK(t.refused(buyer, k).kind == &refusals::exceeds_pending);
    met.insert(&refusals::exceeds_pending);
    k.part = rub(80);
    CHECK(t.refused(buyer, k).kind == &refusals::four_eyes);
    k.instalments = {{day("2027-02-01"), rub(50)}, {day("2027-01-01"), rub(50)}};
    CHECK(t.refused(buyer, k).kind == &refusals::instalment_unordered);
    met.insert(&refusals::instalment_unordered);
    k.instalments[1].due = day("2027-02-01");
    peeling of_instalments(met);
    of_instalments.refused(t, second_buyer, k, refusals::instalments_exceed, "instalments");
    k.instalments[1].amount_ = rub(30);
    t.must(second_buyer, k);
    of_instalments.refused(t, second_buyer, k, refusals::already_resolved);
    const release_commitment z{{"Z1"}, {"K1"}, rub(81), en("Fewer")};
    of_instalments.refused(t, buyer, z, refusals::exceeds_open, "amount.minor");
    treasury late;
    late.order(line_of("L1", 100));
    late.must(buyer, c);
    late.now = at("2026-11-25T09:00:00.000Z");
    peeling of_late(met);
    of_late.refused(late, second_buyer, confirmation_of("K1"), refusals::expired);
}

void peel_claims(kinds& met) {
    treasury t;
    t.order(line_of("L1", 1'000));
    t.must(buyer, reservation_of("K1", "L1", 100));
    peeling p(met);
    submit_claim c = claim_of("Q1", "K1", 101);
    p.refused(t, buyer, c, refusals::not_committed, "commitment");
    t.must(second_buyer, confirmation_of("K1"));
    c.items.clear();
    CHECK(t.refused(buyer, c).kind == &refusals::claim_empty);
    met.insert(&refusals::claim_empty);
    c.items = {{"Invoice", {5, {"PLACE"}}, {}}};
    CHECK(t.refused(buyer, c).kind == &refusals::rate_missing);
    c.rates = {{{"RUB"}, {{1, 1}, "x", day("2026-11-20"), {}}}};
    CHECK(t.refused(buyer, c).kind == &refusals::rate_needless);
    met.insert({&refusals::rate_missing, &refusals::rate_needless});
    c = claim_of("Q1", "K1", 101);
    t.must(buyer, c);

    peeling of_judging(met);
    accept_claim a{{"none"}, {{2, rub(200), deduction_kind::other, ""}}};
    of_judging.refused(t, auditor, a, refusals::claim_unknown, "claim");
    a.claim = {"Q1"};
    of_judging.refused(t, auditor, a, refusals::deduction_unknown, "deductions.0.item");
    a.deductions[0].item = 1;
    of_judging.refused(t, auditor, a, refusals::deduction_exceeds, "deductions.0.amount.minor");
    a.deductions[0].amount_ = rub(101);
    of_judging.refused(t, auditor, a, refusals::nothing_accepted, "deductions");
    a.deductions.clear();
    of_judging.refused(t, auditor, a, refusals::exceeds_commitment, "claim");
    a.deductions = {{1, rub(1), deduction_kind::arithmetic, "sum"}};
    t.must(auditor, a);
    CHECK(t.refused(auditor, a).kind == &refusals::claim_judged);
    CHECK(t.refused(auditor, reject_claim{{"Q1"}, en("No")}).kind == &refusals::claim_judged);
    met.insert(&refusals::claim_judged);
}

TEST_CASE("who submitted a claim takes it back, and only control rejects it") {
    treasury t = with_commitment(100);
    t.must(buyer, claim_of("Q1", "K1", 10));
    t.must(buyer, claim_of("Q2", "K1", 20));
    const reject_claim first{{"Q1"}, en("Counted twice")};
    CHECK(t.refused(second_buyer, first).kind == &charter::refusals::power_missing);
    CHECK(t.refused(buyer, reject_claim{{"Q9"}, en("None")}).kind ==
          &charter::refusals::power_missing);
    CHECK(t.refused(buyer, reject_claim{{"Q1"}, {}}).kind == &refusals::reason_missing);
    t.must(buyer, first);
    t.must(auditor, reject_claim{{"Q2"}, en("No proof")});
    CHECK(t.refused(auditor, accept_claim{{"Q1"}, {}}).kind == &refusals::claim_judged);
    CHECK(t.refused(buyer, first).kind == &refusals::claim_judged);
    for (const claim_row& one : t.view(claims_query{}).claims) {
        CAPTURE(one.id.value);
        CHECK(one.status ==
              (one.id.value == "Q1" ? claim_status::withdrawn : claim_status::rejected));
        CHECK(one.submitted_by.value == buyer.person);
        CHECK(one.accepted == rub(0));
    }
    CHECK(t.view(claims_query{claim_status::withdrawn}).claims.size() == 1);
}

void peel_payments(kinds& met) {
    treasury t = with_commitment(1'000);
    t.must(buyer, claim_of("Q1", "K1", 600));
    t.must(auditor, accept_claim{{"Q1"}, {}});
    peeling p(met);
    pay_claims run{{}, day("2026-11-24"), {}};
    p.refused(t, payer, run, refusals::payments_empty, "payments");
    run = payment_of("P1", "Q1", 601);
    p.refused(t, payer, run, refusals::exceeds_accepted, "payments.0.amount.minor");
    run = payment_of("P1", "Q1", 600);
    t.must(payer, run);
    peeling of_return(met);
    receive_recovery back{{"Y1"}, {"none"}, rub(601), false, {"d"}, day("2026-11-24"), "Order", {}};
    of_return.refused(t, cashier, back, refusals::payment_unknown, "payment");
    back.payment = {"P1"};
    of_return.refused(t, cashier, back, refusals::exceeds_paid, "amount.minor");
    peeling of_advance(met);
    const pay_advance ahead{{"V1"}, {"K1"}, rub(401), day("2026-11-24"), {}};
    of_advance.refused(t, payer, ahead, refusals::exceeds_commitment, "amount.minor");
    const receive_refund refund{{"F1"}, {"K1"}, rub(1), day("2026-11-24"), "Order", {}};
    of_advance.refused(t, cashier, refund, refusals::exceeds_advance, "amount.minor");
    treasury waiting;
    waiting.order(line_of("L1", 10));
    waiting.must(buyer, reservation_of("K1", "L1", 1));
    waiting.now = at("2028-01-10T09:00:00.000Z");
    peeling(met).refused(waiting, waiting.now_by("council"), close_year{2027},
                         refusals::pending_not_resolved, "year");
}

}  // namespace veche::fund::testing

using namespace veche;
using namespace veche::fund;
using namespace veche::fund::testing;

TEST_CASE("four eyes on the road of the money") {
    treasury t;
    t.order(line_of("L1", 1'000));
    t.must(cashier, receipt_of("R1", "A", 500));
    t.must(buyer, reservation_of("K1", "L1", 100));
    CHECK(t.refused(buyer, confirmation_of("K1")).kind == &refusals::four_eyes);
    t.must(second_buyer, confirmation_of("K1"));
    t.must(buyer, claim_of("Q1", "K1", 50));
    t.must(auditor, accept_claim{{"Q1"}, {}});
    // One person in both offices: the certifier does not pay.
    auto doc = small_union();
    charter::mandate both;
    both.id = "both";
    both.person = {"p-auditor"};
    both.office = office_id{"council/payer"};
    both.from = day("2026-01-01");
    doc.mandates.push_back(both);
    t.charter = {};
    t.charter.found(doc);
    const actor same{"p-auditor", "council/payer"};
    CHECK(t.refused(same, payment_of("P1", "Q1", 50)).kind == &refusals::four_eyes);
    t.must(payer, payment_of("P1", "Q1", 50));
}
