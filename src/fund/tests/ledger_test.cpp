#include "fund/tests/treasury.hpp"

using namespace veche;
using namespace veche::fund;
using namespace veche::fund::testing;

TEST_CASE("an assessment by the key follows the weights of its day") {
    treasury t;
    t.order(assessment_of("S1", 10'001));  // 65 : 30 : 5; D has left, E has no such weight
    CHECK(t.held("Receivable:A") == 6501);
    CHECK(t.held("Receivable:B") == 3000);
    CHECK(t.held("Receivable:C") == 500);
    CHECK(t.held("Receivable:D") == 0);
    CHECK(t.held("Income:Contribution:A") == -6501);
    t.now = at("2025-06-01T09:00:00.000Z");  // 50 : 30 : 5 : 10
    t.order(assessment_of("S2", 95));
    CHECK(t.held("Receivable:A") == 6501 + 50);
    CHECK(t.held("Receivable:D") == 10);
    t.now = at("2025-12-31T23:59:59.999Z");  // still the last day of D
    t.order(assessment_of("S3", 95));
    CHECK(t.held("Receivable:D") == 20);
    t.now = at("2027-01-01T00:00:00.000Z");  // 65 : 99 : 5
    t.order(assessment_of("S4", 169));
    CHECK(t.held("Receivable:B") == 3000 + 30 + 30 + 99);
}

TEST_CASE("a member owes from its first day on") {
    treasury t;
    t.now = at("2000-01-01T00:00:00.000Z");
    t.order(assessment_of("S1", 95));
    CHECK(t.held("Receivable:A") == 50);
    t.now = at("1999-12-31T23:59:59.999Z");
    const assess_contributions early{{"S2"}, 1999, rub(5), {{{"A"}, rub(5)}}};
    CHECK(t.refused(t.now_by("council"), early).kind == &refusals::not_a_member);
}

TEST_CASE("what is paid ahead stays within the range as well") {
    treasury t;
    t.must(cashier, receipt_of("R1", "A", INT64_MAX));
    // Paid out again, so that the bank has room and the member's credit has none.
    t.order(line_of("L1", INT64_MAX));
    t.must(cashier,
           record_bank_charge{{"B1"}, {"L1"}, rub(INT64_MAX), day("2026-11-21"), "Order 9", {}});
    CHECK(t.refused(cashier, receipt_of("R2", "A", 1)).kind == &refusals::overflow);
    t.must(cashier, receipt_of("R2", "B", 1));
}

TEST_CASE("decided amounts override the key") {
    treasury t;
    t.order(
        assess_contributions{{"S1"}, 2013, rub(4'872), {{{"B"}, rub(1'705)}, {{"A"}, rub(3'167)}}});
    CHECK(t.held("Receivable:A") == 3'167);
    CHECK(t.held("Receivable:B") == 1'705);
    t.order(assess_contributions{{"S2"}, 2013, rub(5), {{{"A"}, rub(5)}, {{"B"}, rub(0)}}});
    CHECK(t.held("Receivable:A") == 3'172);
    REQUIRE(t.own.book.entries.size() == 2);
    const ledger::entry entry = t.own.book.entries[1];
    CHECK(entry.legs.size() == 2);  // no leg of nothing
    CHECK(entry.id == "assess:S2");
    CHECK(entry.number == 2);
    CHECK(t.own.orders.find(std::uint64_t{1})->value == "2026-0001");
    CHECK(entry.day == day("2026-11-24"));
}

TEST_CASE("money received lowers what a member owes; more than that is paid ahead, never income") {
    treasury t;
    t.order(assessment_of("S1", 10'000));
    receive_contribution c = receipt_of("R1", "C", 800);
    t.must(cashier, c);
    CHECK(t.held("Bank:main") == 800);
    CHECK(t.held("Receivable:C") == -300);
    CHECK(t.held("Income:Contribution:C") == -500);
    c = receipt_of("R2", "D", 7);  // a former member pays an old debt
    c.effective = day("2025-02-03");
    t.must(cashier, c);
    CHECK(t.held("Receivable:D") == -7);
    c = receipt_of("R3", "A", 120);
    c.amount_.unit = {"PLACE"};
    t.must(cashier, c);
    CHECK(t.held("Bank:main", "PLACE") == 120);
    CHECK(t.held("Bank:main") == 807);
    const receipt* r = t.own.receipts.find(contribution_id{"R2"});
    CHECK(r->by.value == "p-cashier");
    CHECK(r->asked.reference == "Order 7");
    CHECK(r->seq == 3);
    CHECK(t.own.book.entries[2].day == day("2025-02-03"));
}

TEST_CASE("a correction is a new entry by another person; nothing is deleted") {
    treasury t;
    t.must(cashier, receipt_of("R1", "A", 10));
    t.now = at("2026-11-25T09:00:00.000Z");
    t.must(controller, correction_of("C1", "R1"));
    CHECK(t.held("Bank:main") == 0);
    CHECK(t.held("Receivable:A") == 0);
    CHECK(t.own.book.entries.size() == 2);
    const ledger::entry entry = t.own.book.entries[1];
    CHECK(entry.id == "correct:C1");
    CHECK(entry.day == day("2026-11-20"));  // the day of the receipt
    const auto* c = t.own.corrections.find(correction_id{"C1"});
    REQUIRE(c);
    CHECK(c->asked.contribution.value == "R1");
    CHECK(c->by.value == "p-control");
    CHECK(c->asked.reason == en("Entered twice"));
    CHECK(t.own.receipts.find(contribution_id{"R1"})->reversed_seq == 2);
}

TEST_CASE("a line keeps its original appropriation beside the amended one") {
    treasury t;
    appropriate c = line_of("2027/P1", 500);
    c.measure = measure_id{"M1"};
    t.order(c);
    t.order(line_of("L2", 30));
    t.must(t.now_by("council", "2026-0002"), amend_appropriation{{"2027/P1"}, rub(0)});
    t.must(t.now_by("council", "2026-0003"), amend_appropriation{{"2027/P1"}, rub(700)});
    const budget_line* line = t.own.lines.find(line_id{"2027/P1"});
    CHECK(line->asked.amount_ == rub(500));
    CHECK(appropriated(t.own, {"2027/P1"}) == rub(700));
    CHECK(line->decision.value == "2026-0001");
    CHECK(line->asked.measure->value == "M1");
    REQUIRE(line->amendments.size() == 2);
    CHECK(line->amendments[0].decision.value == "2026-0002");
    CHECK(line->amendments[0].minor == 0);
    CHECK(line->amendments[1].minor == 700);
    CHECK(line->amendments[1].seq == 4);
    CHECK(t.own.appropriated.find(unit_id{"RUB"})->original == 530);
    CHECK(t.own.appropriated.find(unit_id{"RUB"})->amended == 730);
    CHECK(t.own.book.entries.empty());  // authority is not cash
}

TEST_CASE("an appropriation cut to make room leaves room") {
    treasury t;
    t.order(line_of("L1", INT64_MAX));
    CHECK(t.refused(t.now_by("council"), line_of("L2", 1)).kind == &refusals::overflow);
    t.order(amend_appropriation{{"L1"}, rub(1)});
    t.order(amend_appropriation{{"L1"}, rub(INT64_MAX)});
    // The sum of what was first decided stays out of range, whatever is in force.
    t.order(amend_appropriation{{"L1"}, rub(1)});
    CHECK(t.refused(t.now_by("council"), line_of("L2", 1)).kind == &refusals::overflow);
    // The other way round: little was decided first, and all is in force.
    treasury raised;
    raised.order(line_of("L1", 1));
    raised.order(amend_appropriation{{"L1"}, rub(INT64_MAX)});
    CHECK(raised.refused(raised.now_by("council"), line_of("L2", 1)).kind == &refusals::overflow);
    appropriate places = line_of("L3", 5);
    places.amount_.unit = {"PLACE"};
    t.order(places);
}

TEST_CASE("a scratch copy leaves the original alone") {
    treasury t;
    t.must(cashier, receipt_of("R1", "A", 10));
    const state before = t.own;
    t.must(controller, correction_of("C1", "R1"));
    CHECK(balance(before, "Bank:main", {"RUB"}) == 10);
    CHECK(before.book.entries.size() == 1);
    CHECK_FALSE(before.receipts.find(contribution_id{"R1"})->reversed_seq);
}
