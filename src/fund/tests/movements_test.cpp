// fund.movements: every step of the money once, with what it belongs to.

#include "fund/tests/treasury.hpp"

using namespace veche;
using namespace veche::fund;
using namespace veche::fund::testing;

namespace {

/// "7 advance V1 300 L1 K1": the parts that are there.
std::vector<std::string> movement_lines(const treasury& t) {
    std::vector<std::string> lines;
    for (const movement_row& one : t.view(movements_query{}).movements) {
        std::string line = std::to_string(one.seq) + " " + one.what + " " + one.id + " " +
                           std::to_string(one.amount_.minor);
        if (one.amount_.unit.value != "RUB") line += " " + one.amount_.unit.value;
        if (one.member) line += " " + one.member->value;
        if (one.line) line += " " + one.line->value;
        if (one.commitment) line += " " + one.commitment->value;
        if (one.income) line += " as " + *one.income;
        lines.push_back(line);
    }
    return lines;
}

receive_recovery come_back(std::string id, std::int64_t minor, bool reuse) {
    return {{std::move(id)},   {"P1"},     rub(minor), reuse, {"2026-0001"},
            day("2026-11-24"), "Order 11", {}};
}

}  // namespace

TEST_CASE("each step from reservation to recovery is one movement of its line and commitment") {
    treasury t = with_commitment(1'000);
    t.must(payer, pay_advance{{"V1"}, {"K1"}, rub(300), day("2026-11-24"), {}});
    t.must(buyer, claim_of("C1", "K1", 600));
    t.must(auditor, accept_claim{{"C1"}, {}});
    t.must(auditor, settle_advance{{"T1"}, {"C1"}, rub(200)});
    t.must(payer, payment_of("P1", "C1", 400));
    t.must(cashier, receive_refund{{"F1"}, {"K1"}, rub(100), day("2026-11-24"), "Order 10", {}});
    t.must(cashier, come_back("B1", 50, true));
    t.must(cashier, come_back("B2", 60, false));
    t.must(buyer, release_commitment{{"D1"}, {"K1"}, rub(70), en("Not needed")});
    CHECK(movement_lines(t) ==
          std::vector<std::string>{
              "2 receive R1 5000 A", "3 reserve K1 1000 L1 K1", "4 commit K1 1000 L1 K1",
              "5 advance V1 300 L1 K1", "7 claim C1 600 L1 K1", "8 settle T1 200 L1 K1",
              "9 payment P1 400 L1 K1", "10 refund F1 100 L1 K1", "11 recover B1 50 L1 K1",
              "12 recover B2 60 K1 as Recovered", "13 release D1 70 L1 K1"});
    const auto all = t.view(movements_query{}).movements;
    CHECK(all.front().day == day("2026-11-20"));  // its value date, not that of the record
    CHECK_FALSE(all.front().decision);
    CHECK(all[1].decision == decision_id{"2026-0001"});
}

TEST_CASE("advances are told one by one, with who was paid ahead and out of which account") {
    treasury t = with_commitment(1'000);
    CHECK(t.view(advances_query{}).advances.empty());
    t.must(payer, pay_advance{{"V1"}, {"K1"}, rub(300), day("2026-11-24"), {}});
    t.must(payer, pay_advance{{"V2"}, {"K1"}, rub(50), day("2026-11-23"), {}});
    const auto rows = t.view(advances_query{}).advances;
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].id.value == "V2");
    CHECK(rows[1].amount_ == rub(300));
    CHECK(rows[1].partner.name == "Joiners Ltd");
    CHECK(rows[1].line.value == "L1");
    CHECK(rows[1].bank.value == "main");
    CHECK(rows[1].effective == day("2026-11-24"));
    CHECK(rows[1].decision.value == "2026-0001");
}

TEST_CASE("of a reservation only what was confirmed is committed, and nothing of one given up") {
    treasury t;
    t.order(line_of("L1", 10'000));
    t.must(buyer, reservation_of("K1", "L1", 1'000));
    t.must(buyer, reservation_of("K2", "L1", 500));
    confirm_reservation part = confirmation_of("K1");
    part.part = rub(800);
    t.must(second_buyer, part);
    t.must(buyer, void_reservation{{"K2"}, en("Not needed")});
    commit whole{{"K3"}, {"L1"}, rub(40), en("Chairs"), {"Joiners Ltd", {}}, {}};
    t.order(whole);
    CHECK(movement_lines(t) ==
          std::vector<std::string>{"2 reserve K1 1000 L1 K1", "3 reserve K2 500 L1 K2",
                                   "4 commit K1 800 L1 K1", "6 commit K3 40 L1 K3"});
}

TEST_CASE("contributions move by member, a new division by its differences, others as income") {
    treasury t;
    t.order(line_of("L1", 10'000));
    t.order(assessment_of("S1", 1'000));
    t.order(reassess_contributions{{"S2"},
                                   {"S1"},
                                   day("2027-01-01"),
                                   {{{"A"}, rub(640)}, {{"B"}, rub(310)}, {{"C"}, rub(50)}}});
    t.order(write_off_contribution{{"W1"}, {"C"}, rub(20), en("Agreed")});
    t.must(cashier, receipt_of("R1", "A", 90));
    t.must(cashier, receipt_of("R2", "A", 5));
    t.must(controller, correction_of("X1", "R2"));
    t.must(cashier,
           record_income{{"I1"}, income_kind::gift, rub(7), day("2026-11-20"), "Order 8", {}});
    t.must(cashier, record_bank_charge{{"G1"}, {"L1"}, rub(2), day("2026-11-20"), "Order 9", {}});
    CHECK(movement_lines(t) ==
          std::vector<std::string>{
              "2 assess S1 650 A", "2 assess S1 300 B", "2 assess S1 50 C", "3 reassess S2 -10 A",
              "3 reassess S2 10 B", "4 write_off W1 20 C", "5 receive R1 90 A", "6 receive R2 5 A",
              "7 correct X1 5 A", "8 income I1 7 as gift", "9 charge G1 2 L1"});
}
