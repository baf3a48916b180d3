#include "fund/pace_views.hpp"
#include "fund/tests/treasury.hpp"

using namespace veche;
using namespace veche::fund;
using namespace veche::fund::testing;

namespace {

/// A line of 36,500 for 2026, opened before the year began: 100 a day.
treasury with_even_line() {
    treasury t;
    t.now = at("2025-12-20T09:00:00.000Z");
    appropriate line = line_of("L1", 36'500);
    line.year = 2026;
    t.order(line);
    t.now = at("2026-01-01T09:00:00.000Z");
    receive_contribution money = receipt_of("R1", "A", 100'000);
    money.effective = day("2026-01-01");
    t.must(cashier, money);
    return t;
}

std::int64_t planned(const treasury& t, const char* on) {
    return planned_by(t.own, {"L1"}, day(on)).minor;
}

pace_row pace_of(treasury& t, const char* on) {
    t.now = start_of(day(on));
    return t.view(pace_query{2026}).lines.at(0);
}

void charge(treasury& t, const std::string& id, std::int64_t minor, const char* on) {
    t.now = start_of(day(on));
    t.must(cashier, record_bank_charge{{id}, {"L1"}, rub(minor), day(on), "Order 9", {}});
}

}  // namespace

TEST_CASE("without a plan a line is even over its year") {
    const treasury t = with_even_line();
    CHECK(planned(t, "2025-12-31") == 0);
    CHECK(planned(t, "2026-01-01") == 100);
    CHECK(planned(t, "2026-01-31") == 3'100);
    CHECK(planned(t, "2026-12-31") == 36'500);
    CHECK(planned(t, "2027-06-01") == 36'500);
}

TEST_CASE("a line that was opened within its year is even from that day on") {
    treasury t;
    t.now = at("2026-12-22T09:00:00.000Z");
    appropriate line = line_of("L1", 1'000);
    line.year = 2026;
    t.order(line);
    CHECK(planned(t, "2026-12-21") == 0);
    CHECK(planned(t, "2026-12-22") == 100);
    CHECK(planned(t, "2026-12-31") == 1'000);
}

TEST_CASE("a plan goes straight from step to step, and the last plan counts") {
    treasury t = with_even_line();
    t.order(plan_spending{{"L1"}, {{day("2026-12-31"), rub(1)}}});
    t.must(t.now_by("council", "2026-0002"), plan_spending{{"L1"},
                                                           {{day("2026-03-31"), rub(9'000)},
                                                            {day("2026-04-10"), rub(9'000)},
                                                            {day("2026-04-20"), rub(10'005)}}});
    CHECK(planned(t, "2026-01-01") == 100);
    CHECK(planned(t, "2026-03-31") == 9'000);
    CHECK(planned(t, "2026-04-05") == 9'000);
    CHECK(planned(t, "2026-04-11") == 9'100);  // 100.5, cut
    CHECK(planned(t, "2026-12-31") == 10'005);
    const pace_row row = pace_of(t, "2026-04-11");
    CHECK(row.plan->value == "2026-0002");
    // A plan never asks for more than the line has left.
    t.order(amend_appropriation{{"L1"}, rub(50)});
    CHECK(planned(t, "2026-12-31") == 50);
}

TEST_CASE("what lines under it were given is not the line's to use") {
    treasury t = with_even_line();
    appropriate under = line_of("L2", 18'250);
    under.year = 2026;
    under.parent = line_id{"L1"};
    t.order(under);
    CHECK(planned(t, "2026-12-31") == 18'250);
}

TEST_CASE("the warning comes at less than four fifths of the plan, and goes at four fifths") {
    treasury t = with_even_line();
    CHECK(pace_of(t, "2026-01-15").warning == pace_warning::none);  // no twelfth yet
    const pace_row idle = pace_of(t, "2026-04-10");                 // the 100th day
    CHECK(idle.planned == rub(10'000));
    CHECK(idle.percent == 0);
    CHECK(idle.warning == pace_warning::behind_plan);
    charge(t, "B1", 5'000, "2026-04-09");
    t.must(buyer, reservation_of("K1", "L1", 2'999));
    CHECK(pace_of(t, "2026-04-10").percent == 79);
    CHECK(pace_of(t, "2026-04-10").warning == pace_warning::behind_plan);
    charge(t, "B2", 1, "2026-04-10");
    const pace_row ready = pace_of(t, "2026-04-10");
    CHECK(ready.percent == 80);
    CHECK(ready.warning == pace_warning::none);
    CHECK(ready.open == rub(2'999));
    CHECK(ready.paid == rub(5'001));
}

TEST_CASE("in the last quarter a line of which nothing is committed has its own warning") {
    treasury t = with_even_line();
    CHECK(pace_of(t, "2026-09-30").warning == pace_warning::behind_plan);
    CHECK(pace_of(t, "2026-10-01").warning == pace_warning::nothing_committed);
    charge(t, "B1", 1, "2026-10-02");
    CHECK(pace_of(t, "2026-10-02").warning == pace_warning::behind_plan);
    // A year that is over is measured on its last day.
    t.now = at("2027-03-01T09:00:00.000Z");
    CHECK(t.view(pace_query{2026}).on == day("2026-12-31"));
    CHECK(t.view(pace_query{}).year == 2027);
    CHECK(t.view(pace_query{}).years == std::vector<std::int64_t>{2026});
    const auto wrong = ask(t.seen(), pace_query{INT32_MAX}, viewer{{}, t.now});
    REQUIRE_FALSE(wrong.has_value());
    CHECK(wrong.error().kind == &refusals::year_malformed);
}

TEST_CASE("quarters show when money was paid, by any way, less what came back on a line") {
    treasury t = with_even_line();
    charge(t, "B1", 100, "2026-03-31");
    t.now = at("2026-05-04T09:00:00.000Z");
    t.must(buyer, reservation_of("K1", "L1", 1'000));
    t.must(second_buyer, confirmation_of("K1"));
    t.must(payer, pay_advance{{"A1"}, {"K1"}, rub(300), day("2026-05-04"), {}});
    t.now = at("2026-10-05T09:00:00.000Z");
    t.must(buyer, claim_of("Q1", "K1", 900));
    t.must(auditor, accept_claim{{"Q1"}, {}});
    t.must(auditor, settle_advance{{"S1"}, {"Q1"}, rub(300)});
    pay_claims run = payment_of("P1", "Q1", 500);
    run.effective = day("2026-10-05");
    t.must(payer, run);
    t.now = at("2026-12-30T09:00:00.000Z");
    t.must(cashier,
           receive_recovery{
               {"Y1"}, {"P1"}, rub(100), true, {"2026-0001"}, day("2026-12-30"), "Order", {}});
    const pace_view v = t.view(pace_query{2026});
    REQUIRE(v.totals.size() == 1);
    const auto& quarters = v.totals[0].quarters;
    REQUIRE(quarters.size() == 4);
    CHECK(quarters[0].paid == rub(100));
    CHECK(quarters[1].paid == rub(0));  // an advance is paid when it is settled
    CHECK(quarters[3].paid == rub(700));
    CHECK(quarters[3].percent == 87);
    std::int64_t sum = 0;
    for (const quarter_row& one : quarters) sum += one.paid.minor;
    CHECK(sum == v.totals[0].paid.minor);
}

TEST_CASE("a year that is over is told as it stood on its last day") {
    treasury t = with_even_line();
    t.now = at("2026-11-24T09:00:00.000Z");
    t.must(buyer, reservation_of("K1", "L1", 1'000));
    t.must(second_buyer, confirmation_of("K1"));
    t.must(buyer, reservation_of("K2", "L1", 500));
    reserve short_lived = reservation_of("K3", "L1", 70);
    short_lived.expires = day("2026-12-31");
    t.must(buyer, short_lived);
    t.must(buyer, reservation_of("K4", "L1", 30));
    t.must(buyer, void_reservation{{"K4"}, en("Not needed")});
    t.must(buyer, claim_of("C1", "K1", 600));
    t.must(auditor, accept_claim{{"C1"}, {}});
    t.must(payer, payment_of("P1", "C1", 400));
    charge(t, "G1", 9, "2026-12-30");
    // What the last day shows while it is today...
    const pace_row then = pace_of(t, "2026-12-31");
    CHECK(then.open == rub(600 + 500 + 70));
    CHECK(then.paid == rub(409));
    // ...it shows for ever, whatever came after it.
    t.now = at("2027-02-01T09:00:00.000Z");
    const auto expired = next_due(t.own, t.charter, t.now);
    REQUIRE(expired.has_value());
    apply(t.own, t.charter, reservations_expired{day("2027-02-01"), {{"K3"}}}, t.now_as(buyer));
    t.must(buyer, void_reservation{{"K2"}, en("Not needed")});
    pay_claims rest = payment_of("P2", "C1", 200);
    rest.effective = day("2027-02-01");
    t.must(payer, rest);
    t.must(buyer, release_commitment{{"D1"}, {"K1"}, rub(100), en("Not needed")});
    const pace_row later = pace_of(t, "2027-02-02");
    CHECK(later.open == then.open);
    CHECK(later.paid == then.paid);
    CHECK(later.percent == then.percent);
    CHECK(t.view(budget_query{2026}).lines.at(0).open == rub(300));
    CHECK(t.view(budget_query{2026}).lines.at(0).paid == rub(609));
}

TEST_CASE("told from every step, a line stands today as the book has it") {
    treasury t = with_commitment(1'000);  // a line of 2027
    t.must(payer, pay_advance{{"V1"}, {"K1"}, rub(300), day("2026-11-24"), {}});
    t.must(buyer, claim_of("C1", "K1", 600));
    t.must(auditor, accept_claim{{"C1"}, {}});
    t.must(auditor, settle_advance{{"T1"}, {"C1"}, rub(200)});
    t.must(payer, payment_of("P1", "C1", 400));
    t.must(cashier,
           receive_recovery{
               {"B1"}, {"P1"}, rub(50), true, {"2026-0001"}, day("2026-11-24"), "Order 11", {}});
    t.must(cashier,
           receive_recovery{
               {"B2"}, {"P1"}, rub(60), false, {"2026-0001"}, day("2026-11-24"), "Order 12", {}});
    t.must(buyer, release_commitment{{"D1"}, {"K1"}, rub(70), en("Not needed")});
    const auto held = t.view(budget_query{2027}).lines.at(0);
    t.now = at("2028-03-01T09:00:00.000Z");
    const pace_row told = t.view(pace_query{2027}).lines.at(0);
    CHECK(told.open == held.open);
    CHECK(told.paid == held.paid);
    CHECK(told.paid == rub(550));
}
