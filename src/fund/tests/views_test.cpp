#include <algorithm>

#include "fund/tests/treasury.hpp"

using namespace veche;
using namespace veche::fund;
using namespace veche::fund::testing;

namespace {

treasury busy_treasury() {
    treasury t;
    t.now = at("2026-03-01T09:00:00.000Z");
    t.order(assessment_of("S1", 10'000));
    receive_contribution c = receipt_of("R1", "A", 6'000);
    c.effective = day("2026-02-01");  // before it was called
    t.must(cashier, c);
    c = receipt_of("R2", "B", 100);
    c.effective = day("2026-02-15");
    t.must(cashier, c);
    t.now = at("2026-04-01T09:00:00.000Z");
    t.must(controller, correction_of("C1", "R2"));
    t.order(line_of("L1", 500));
    appropriate next = line_of("L2", 30);
    next.year = 2026;
    t.order(next);
    next = line_of("L3", 12);
    next.amount_.unit = {"PLACE"};
    t.order(next);
    t.must(t.now_by("council", "2026-0002"), amend_appropriation{{"L1"}, rub(450)});
    return t;
}

std::string row(const balances_view& v, const std::string& account) {
    for (const balance_row& r : v.accounts)
        if (r.account == account) return to_json(r);
    return "none";
}

}  // namespace

TEST_CASE("balances say how many entries make them up, and which was the last") {
    const treasury t = busy_treasury();
    const balances_view v = t.view(balances_query{});
    CHECK(v.accounts.size() == 7);
    CHECK(row(v, "Bank:main") ==
          R"({"account":"Bank:main","balance":{"minor":"6000","unit":"RUB"},)"
          R"("entries":3,"last_seq":4})");
    CHECK(row(v, "Receivable:A") ==
          R"({"account":"Receivable:A","balance":{"minor":"500","unit":"RUB"},"entries":2,)"
          R"("last_seq":2})");
}

TEST_CASE("balances of a day count what was effective by then") {
    const treasury t = busy_treasury();
    CHECK(t.view(balances_query{day("2026-01-31")}).accounts.empty());
    const balances_view february = t.view(balances_query{day("2026-02-01")});
    CHECK(february.accounts.size() == 2);
    CHECK(row(february, "Receivable:A") ==
          R"({"account":"Receivable:A","balance":{"minor":"-6000","unit":"RUB"},"entries":1,)"
          R"("last_seq":2})");
    // A reversal is for the day of its receipt: no past balance counts what never came.
    CHECK(row(t.view(balances_query{day("2026-02-15")}), "Bank:main") ==
          R"({"account":"Bank:main","balance":{"minor":"6000","unit":"RUB"},"entries":3,)"
          R"("last_seq":4})");
    CHECK(to_json(t.view(balances_query{day("2030-01-01")})) == to_json(t.view(balances_query{})));
}

TEST_CASE("a past balance out of range is refused, not wrapped") {
    treasury t;
    t.now = at("2026-11-24T09:00:00.000Z");
    for (int n = 0; n < 2; ++n) {
        const std::string number = std::to_string(n);
        const auto write = [&](const std::string& id, const char* on, std::int64_t x) {
            ledger::post(
                t.own.book,
                ledger::enter{{id + number, day(on), {}}, {{"X", "RUB", x}, {"Y", "RUB", -x}}},
                t.seq++);
        };
        write("a", "2026-11-24", -INT64_MAX);
        write("b", "2026-01-01", INT64_MAX);
    }
    const auto answer = ask(t.seen(), balances_query{day("2026-06-01")}, viewer{});
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().kind == &refusals::overflow);
    CHECK(row(t.view(balances_query{}), "X") ==
          R"({"account":"X","balance":{"minor":"0","unit":"RUB"},"entries":4,"last_seq":4})");
}

TEST_CASE("the budget lists lines by year with both appropriations, and sums them by unit") {
    const treasury t = busy_treasury();
    const budget_view all = t.view(budget_query{});
    CHECK(all.years == std::vector<std::int64_t>{2026, 2027});
    REQUIRE(all.lines.size() == 3);
    CHECK(all.lines[0].line.value == "L2");
    CHECK(all.lines[1].line.value == "L1");
    CHECK(all.lines[1].original == rub(500));
    CHECK(all.lines[1].amended == rub(450));
    CHECK(all.lines[1].decision.value == "2026-0001");
    CHECK(all.lines[1].seq == 5);
    REQUIRE(all.totals.size() == 2);
    CHECK(all.totals[0].original == amount{12, {"PLACE"}});
    CHECK(all.totals[1].original == rub(530));
    CHECK(all.totals[1].amended == rub(480));
    const budget_view one = t.view(budget_query{2026});
    CHECK(one.years.size() == 2);
    REQUIRE(one.lines.size() == 1);
    CHECK(one.totals.front().amended == rub(30));
}

TEST_CASE("members stand in the order of the charter, whatever their ids") {
    treasury t;
    auto doc = t.charter.document();
    std::reverse(doc.members.begin(), doc.members.end());
    t.charter = {};
    t.charter.found(doc);
    t.must(cashier, receipt_of("R1", "A", 1));
    t.must(cashier, receipt_of("R2", "B", 1));
    const auto rows = t.view(contributions_query{}).members;
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].member.value == "B");
}

TEST_CASE("contributions by member: called, received, outstanding") {
    treasury t = busy_treasury();
    receive_contribution more = receipt_of("R9", "E", 40);  // never called
    more.effective = day("2026-03-31");
    t.must(cashier, more);
    const contributions_view v = t.view(contributions_query{});
    REQUIRE(v.members.size() == 4);
    const member_row& a = v.members[0];
    CHECK(a.name == en("Member A"));
    CHECK(a.assessed == rub(6500));
    CHECK(a.received == rub(6000));
    CHECK(a.outstanding == rub(500));
    CHECK(a.last_seq == 2);
    const member_row& b = v.members[1];
    CHECK(b.received == rub(0));  // reversed
    CHECK(b.outstanding == rub(3000));
    CHECK(b.last_seq == 4);
    CHECK(v.members[2].received == rub(0));
    CHECK(v.members[3].assessed == rub(0));
    CHECK(v.members[3].outstanding == rub(-40));
    REQUIRE(v.receipts.size() == 3);
    CHECK(v.receipts[0].id.value == "R9");
    CHECK(v.receipts[1].reversed_seq == 4);
    CHECK(v.receipts[2].id.value == "R1");
    CHECK_FALSE(v.receipts[2].reversed_seq);
    CHECK(v.receipts[2].reference == "Order 7");
    for (const member_row& m : v.members)
        CHECK(m.assessed.minor - m.received.minor == m.outstanding.minor);
}

TEST_CASE("a line shows every change with its decision") {
    const treasury t = busy_treasury();
    const line_view v = t.view(line_query{{"L1"}});
    CHECK(v.line.amended == rub(450));
    REQUIRE(v.amendments.size() == 1);
    CHECK(v.amendments[0].decision.value == "2026-0002");
    CHECK(v.amendments[0].amended == rub(450));
    CHECK(v.amendments[0].seq == 8);
    const auto none = ask(t.seen(), line_query{{"none"}}, viewer{});
    REQUIRE_FALSE(none.has_value());
    CHECK(none.error().kind == &refusals::line_unknown);
}
