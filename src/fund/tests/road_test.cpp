// The road of the money, step by step, and what stands in its way.

#include "fund/tests/treasury.hpp"

using namespace veche;
using namespace veche::fund;
using namespace veche::fund::testing;

namespace {

line_row line(const treasury& t, const char* id = "L1") {
    return t.view(line_query{{id}}).line;
}

commitment_row commitment_now(const treasury& t, const char* id = "K1") {
    return t.view(commitment_query{{id}}).commitment;
}

receive_recovery recovery_of(std::string id, std::string payment, std::int64_t minor, bool reuse) {
    return {{std::move(id)}, {std::move(payment)}, rub(minor), reuse,
            {"2026-0001"},   day("2026-11-24"),    "Order 12", {}};
}

exchange_rate rate(std::int64_t num, std::int64_t den, rounding_mode mode) {
    return {{num, den}, "Central bank", day("2026-11-20"), mode};
}

/// A union whose roubles meet dollars of the same scale and yen without one.
treasury with_currencies() {
    treasury t;
    auto doc = small_union();
    doc.units.push_back({{"USD"}, en("Dollar"), charter::unit_kind::money, 2});
    doc.units.push_back({{"JPY"}, en("Yen"), charter::unit_kind::money, 0});
    t.charter = {};
    t.charter.found(doc);
    return t;
}

}  // namespace

TEST_CASE("from authority to recovery, every step in the book") {
    treasury t;
    t.order(assessment_of("S1", 10'000));
    t.must(cashier, receipt_of("R1", "A", 6'000));
    t.order(line_of("L1", 5'000));
    t.must(buyer, reservation_of("K1", "L1", 3'000));
    CHECK(line(t).open == rub(3'000));
    CHECK(line(t).available == rub(2'000));
    CHECK(commitment_now(t).status == commitment_status::pending);
    confirm_reservation confirmed = confirmation_of("K1");
    confirmed.part = rub(2'500);
    confirmed.instalments = {{day("2027-01-10"), rub(1'500)}, {day("2027-02-10"), rub(1'000)}};
    t.must(second_buyer, confirmed);
    CHECK(line(t).open == rub(2'500));  // the rest is free again
    t.must(buyer, claim_of("Q1", "K1", 1'200));
    CHECK(t.held("Payable:K1") == 0);  // claimed is not owed
    accept_claim accepted{{"Q1"}, {{1, rub(200), deduction_kind::no_proof, "no invoice"}}};
    t.must(auditor, accepted);
    CHECK(t.held("Payable:K1") == -1'000);
    CHECK(t.held("Expense:L1") == 1'000);
    t.must(payer, payment_of("P1", "Q1", 600));
    CHECK(t.held("Bank:main") == 5'400);
    CHECK(t.held("Payable:K1") == -400);
    CHECK(line(t).paid == rub(600));
    CHECK(line(t).open == rub(1'900));
    t.must(cashier, recovery_of("Y1", "P1", 100, true));
    CHECK(line(t).paid == rub(500));
    CHECK(line(t).available == rub(2'600));
    t.must(cashier, recovery_of("Y2", "P1", 50, false));
    CHECK(t.held("Income:Recovered") == -50);
    CHECK(line(t).paid == rub(500));
    t.must(buyer, release_commitment{{"Z1"}, {"K1"}, rub(1'500), en("Fewer tables")});
    CHECK(line(t).available == rub(4'100));
    t.must(payer, payment_of("P2", "Q1", 400));
    CHECK(commitment_now(t).status == commitment_status::done);
    const commitment_view life = t.view(commitment_query{{"K1"}});
    CHECK(life.claims.size() == 1);
    CHECK(life.claims[0].claim.deducted == rub(200));
    CHECK(life.payments.size() == 2);
    CHECK(life.payments[0].recovered == rub(150));
    CHECK(life.entries.size() == 5);  // accepted, paid twice, recovered twice
    CHECK(life.instalments.size() == 2);
    const account_view owed = t.view(account_query{"Payable:K1", {"RUB"}});
    REQUIRE(owed.entries.size() == 3);
    for (const account_entry_row& one : owed.entries) CHECK(one.decision->value == "2026-0001");
}

TEST_CASE("a reservation expires by itself after its last day") {
    treasury t;
    t.order(line_of("L1", 100));
    reserve c = reservation_of("K1", "L1", 40);
    c.expires = day("2026-11-30");
    t.must(buyer, c);
    CHECK(earliest_due(t.own) == at("2026-12-01T00:00:00.000Z"));
    CHECK_FALSE(next_due(t.own, t.charter, at("2026-11-30T23:59:59.999Z")));
    t.now = at("2026-12-01T00:00:00.000Z");
    CHECK(t.refused(second_buyer, confirmation_of("K1")).kind == &refusals::expired);
    const auto due = next_due(t.own, t.charter, t.now);
    REQUIRE(due);
    CHECK(due->body == R"({"before":"2026-12-01","commitments":["K1"]})");
    apply(t.own, t.charter, *from_json<reservations_expired>(std::string_view(due->body)),
          {t.now, t.seq++, {}, {}, std::nullopt});
    CHECK(line(t).available == rub(100));
    CHECK(commitment_now(t).status == commitment_status::expired);
    CHECK_FALSE(earliest_due(t.own));
    CHECK(t.refused(second_buyer, confirmation_of("K1")).kind == &refusals::already_resolved);
}

TEST_CASE("an advance is no expense until a claim settles it; the rest comes back") {
    treasury t = with_commitment(1'000);
    t.must(payer, pay_advance{{"V1"}, {"K1"}, rub(400), day("2026-11-24"), {}});
    CHECK(t.held("Advance:K1") == 400);
    CHECK(t.held("Expense:L1") == 0);
    CHECK(line(t).open == rub(1'000));
    t.must(buyer, claim_of("Q1", "K1", 300));
    t.must(auditor, accept_claim{{"Q1"}, {}});
    t.must(auditor, settle_advance{{"N1"}, {"Q1"}, rub(300)});
    CHECK(t.held("Payable:K1") == 0);
    CHECK(t.held("Advance:K1") == 100);
    CHECK(line(t).paid == rub(300));
    t.must(cashier, receive_refund{{"F1"}, {"K1"}, rub(100), day("2026-11-24"), "Order 10", {}});
    CHECK(t.held("Bank:main") == 4'700);
    CHECK(commitment_now(t).advanced == rub(0));
}

TEST_CASE("a claim in other currencies is frozen at its rates") {
    treasury t = with_currencies();
    t.order(line_of("L1", 1'000'000));
    t.must(cashier, receipt_of("R1", "A", 1'000'000));
    t.must(buyer, reservation_of("K1", "L1", 900'000));
    t.must(second_buyer, confirmation_of("K1"));
    submit_claim c = claim_of("Q1", "K1", 100);
    c.items.push_back({"Flight", {10'000, {"USD"}}, {}});
    c.items.push_back({"Hotel", {7, {"JPY"}}, {}});
    CHECK(t.refused(buyer, c).kind == &refusals::rate_missing);
    c.rates = {{{"USD"}, rate(8'242'135, 100'000, rounding_mode::half_even)},
               {{"JPY"}, rate(1, 2, rounding_mode::down)}};
    t.must(buyer, c);
    const claim_detail q = t.view(commitment_query{{"K1"}}).claims.front();
    CHECK(q.items[1].converted == rub(824'214));  // 100.00 USD at 82.42135 is 8,242.135
    CHECK(q.items[2].converted == rub(350));      // 7 yen at a half is 3.50
    CHECK(q.claim.claimed == rub(824'664));
    c.rates.push_back({{"RUB"}, rate(1, 1, rounding_mode::down)});
    c.claim = {"Q2"};
    CHECK(t.refused(buyer, c).kind == &refusals::rate_needless);
}

TEST_CASE("money is exchanged at the stated rate or not at all") {
    treasury t = with_currencies();
    receive_contribution dollars = receipt_of("R1", "A", 10'000);
    dollars.amount_.unit = {"USD"};
    t.must(cashier, dollars);
    exchange_money c{{"X1"},
                     {10'000, {"USD"}},
                     rub(824'215),
                     rate(8'242'135, 100'000, rounding_mode::half_even),
                     day("2026-11-24"),
                     "Order 11",
                     {},
                     {}};
    CHECK(t.refused(cashier, c).kind == &refusals::rate_mismatch);
    CHECK(t.refused(cashier, c).args == std::vector<std::string>{"8242.14 RUB"});
    c.got = rub(824'214);
    t.must(cashier, c);
    CHECK(t.held("Bank:main", "USD") == 0);
    CHECK(t.held("Bank:main") == 824'214);
    CHECK(t.held("Exchange", "USD") == 10'000);
    CHECK(t.held("Exchange") == -824'214);
}

TEST_CASE("a new key holds back to the beginning, by differences that sum to zero") {
    treasury t;
    t.now = at("2025-03-01T09:00:00.000Z");  // A 50, B 30, C 5, D 10
    t.order(assessment_of("S1", 9'500));
    receive_contribution paid = receipt_of("R1", "A", 5'000);
    paid.effective = day("2025-03-01");
    t.now = at("2026-11-24T09:00:00.000Z");
    t.must(cashier, paid);
    t.order(reassess_contributions{
        {"S1-anew"}, {"S1"}, day("2025-03-01"), {{{"A"}, rub(4'000)}, {{"B"}, rub(5'500)}}});
    CHECK(t.held("Receivable:A") == -1'000);  // a credit, never income
    CHECK(t.held("Receivable:B") == 5'500);
    CHECK(t.held("Receivable:C") == 0);
    CHECK(t.held("Income:Contribution:A") == -4'000);
    // Once more: from what stands now, not from what first was.
    t.order(reassess_contributions{{"S1-again"}, {"S1"}, day("2025-03-01"), {}});
    CHECK(t.held("Receivable:A") == 0);
    CHECK(t.held("Receivable:D") == 1'000);
}

TEST_CASE(
    "a line under another one takes from it, and money moves between branches within limits") {
    treasury t;
    t.order(line_of("top", 100));
    appropriate part = line_of("part", 60);
    part.parent = line_id{"top"};
    t.order(part);
    CHECK(line(t, "top").given == rub(60));
    CHECK(line(t, "top").available == rub(40));
    part = line_of("other", 41);
    part.parent = line_id{"top"};
    const context by = t.now_by("council");
    CHECK(t.refused(by, part).kind == &refusals::exceeds_parent);
    CHECK(t.refused(by, part).args == std::vector<std::string>{"0.40 RUB"});
    t.order(line_of("free", 10));
    t.order(transfer_appropriation{{"T1"}, {"part"}, {"free"}, rub(5)});
    CHECK(line(t, "part").amended == rub(55));
    CHECK(line(t, "free").amended == rub(15));
    CHECK(line(t, "top").given == rub(55));
    const auto totals = t.view(budget_query{}).totals;
    CHECK(totals[0].amended == rub(115));  // what is part of another line is not counted twice
    CHECK(totals[0].available == rub(115));
}

TEST_CASE("a closed year takes nothing more, and only what was not spent goes on") {
    treasury t = with_commitment(1'000);
    appropriate next = line_of("N1", 50);
    next.year = 2028;
    t.order(next);
    t.must(buyer, reservation_of("K2", "L1", 200));
    const context by = t.now_by("council");
    CHECK(t.refused(by, close_year{2027}).kind == &refusals::date_future);
    t.now = at("2028-01-15T09:00:00.000Z");
    const context later = t.now_by("council");
    CHECK(t.refused(later, close_year{2027}).kind == &refusals::pending_not_resolved);
    CHECK(t.refused(later, carry_appropriation{{"C1"}, {"L1"}, {"N1"}, rub(9'000)}).kind ==
          &refusals::year_open);
    t.must(buyer, void_reservation{{"K2"}, en("Not needed")});
    const auto closed = t.submit(later, close_year{2027});
    REQUIRE(closed.has_value());
    REQUIRE(closed->size() == 1);
    const auto event = *from_json<year_closed>(std::string_view(closed->front().body));
    CHECK(to_json(event.rows) ==
          R"([{"account":"Bank:main","balance":{"minor":"5000","unit":"RUB"}},)"
          R"({"account":"Receivable:A","balance":{"minor":"-5000","unit":"RUB"}}])");
    CHECK(event.root.size() == 64);
    apply(t.own, t.charter, event, {t.now, t.seq++, {}, {}, std::nullopt});
    CHECK(t.refused(later, close_year{2027}).kind == &refusals::recorded_already);
    CHECK(t.refused(cashier, receipt_of("R9", "A", 1)).kind == &refusals::period_closed);
    CHECK(t.refused(later, carry_appropriation{{"C1"}, {"L1"}, {"N1"}, rub(9'001)}).kind ==
          &refusals::exceeds_available);
    t.order(carry_appropriation{{"C1"}, {"L1"}, {"N1"}, rub(9'000)});
    CHECK(line(t, "L1").available == rub(0));
    CHECK(line(t, "L1").open == rub(1'000));  // what is committed stays
    CHECK(line(t, "N1").amended == rub(9'050));
    // A receipt of the closed year is reversed by an entry of today.
    t.must(controller, correction_of("C9", "R1"));
    CHECK(t.own.book.entries[t.own.book.entries.size() - 1].day == day("2028-01-15"));
}

TEST_CASE("a payment run is done as a whole or not at all") {
    treasury t = with_commitment(1'000);
    for (const char* id : {"Q1", "Q2"}) {
        t.must(buyer, claim_of(id, "K1", 500));
        t.must(auditor, accept_claim{{id}, {}});
    }
    pay_claims run{{{{"P1"}, {"Q1"}, rub(500)}, {{"P2"}, {"Q2"}, rub(501)}}, day("2026-11-24"), {}};
    const refusal why = t.refused(payer, run);
    CHECK(why.kind == &refusals::exceeds_accepted);
    CHECK(why.field == "payments.1.amount.minor");
    run.payments[1] = {{"P1"}, {"Q2"}, rub(500)};
    CHECK(t.refused(payer, run).kind == &refusals::id_taken);
    run.payments[1] = {{"P2"}, {"Q2"}, rub(500)};
    t.must(payer, run);
    CHECK(t.held("Bank:main") == 4'000);
    CHECK(t.view(payments_query{}).payments.size() == 2);
    const account_view bank = t.view(account_query{"Bank:main", {"RUB"}});
    CHECK(bank.balance == rub(4'000));
    REQUIRE(bank.entries.size() == 3);
    CHECK(bank.entries[1].other == "Payable:K1");
    CHECK(bank.entries[2].balance == rub(4'000));
    CHECK(bank.entries[2].decision->value == "2026-0001");
    CHECK(t.refused(payer, run).kind == &refusals::recorded_already);
}

TEST_CASE("each payment of a run rests on the decision of its own commitment") {
    treasury t = with_commitment(100);
    t.must(t.now_by("council", "2026-0002"), line_of("L2", 100));
    t.must(buyer, reservation_of("K2", "L2", 100));
    t.must(second_buyer, confirmation_of("K2"));
    for (const char* n : {"1", "2"}) {
        t.must(buyer, claim_of(std::string("Q") + n, std::string("K") + n, 100));
        t.must(auditor, accept_claim{{std::string("Q") + n}, {}});
    }
    t.must(payer,
           pay_claims{
               {{{"P1"}, {"Q1"}, rub(100)}, {{"P2"}, {"Q2"}, rub(100)}}, day("2026-11-24"), {}});
    const auto entries = t.view(account_query{"Bank:main", {"RUB"}}).entries;
    CHECK(entries[1].decision->value == "2026-0001");
    CHECK(entries[2].decision->value == "2026-0002");
    CHECK(entries[1].seq == entries[2].seq);
}

TEST_CASE("what a member will not pay is given up by decision, and is no income") {
    treasury t;
    t.order(assessment_of("S1", 10'000));
    write_off_contribution c{{"W1"}, {"C"}, rub(501), en("Agreed")};
    CHECK(t.refused(t.now_by("council"), c).kind == &refusals::exceeds_receivable);
    c.amount_ = rub(500);
    t.order(c);
    CHECK(t.held("Receivable:C") == 0);
    CHECK(t.held("Expense:WriteOff") == 500);
    CHECK(t.view(contributions_query{}).members[2].written_off == rub(500));
}

TEST_CASE("other income and a second account") {
    treasury t;
    t.must(cashier, open_bank_account{{"reserve"}, en("Reserve account"), {"RUB"}});
    record_income c{{"I1"}, income_kind::interest, rub(7), day("2026-11-20"), "Order 8", {}};
    c.bank = bank_account_id{"reserve"};
    t.must(cashier, c);
    CHECK(t.held("Bank:reserve") == 7);
    CHECK(t.held("Income:interest") == -7);
    c.income = {"I2"};
    c.bank = bank_account_id{"none"};
    CHECK(t.refused(cashier, c).kind == &refusals::bank_unknown);
    c.bank = bank_account_id{"reserve"};
    c.amount_.unit = {"PLACE"};
    CHECK(t.refused(cashier, c).kind == &refusals::unit_differs);
}

TEST_CASE("a decision itself may commit") {
    treasury t;
    t.order(line_of("L1", 100));
    t.order(commit{{"K1"}, {"L1"}, rub(100), en("Grant"), {"School No 1", ""}, {}});
    CHECK(commitment_now(t).status == commitment_status::open);
    CHECK(t.refused(t.now_by("council"),
                    commit{{"K2"}, {"L1"}, rub(1), en("Grant"), {"School No 1", ""}, {}})
              .kind == &refusals::exceeds_appropriation);
}
