#include "fund/arrears_views.hpp"
#include "fund/tests/treasury.hpp"

using namespace veche;
using namespace veche::fund;
using namespace veche::fund::testing;

namespace {

/// A pays in BYN what is called in roubles, B in roubles, C has no currency of its own.
treasury with_own_currencies() {
    treasury t;
    auto doc = small_union();
    doc.units.push_back({{"BYN"}, en("Belarusian rouble"), charter::unit_kind::money, 2});
    doc.members[0].currency = unit_id{"BYN"};
    doc.members[1].currency = unit_id{"RUB"};
    REQUIRE(charter::check(doc).has_value());
    t.charter = {};
    t.charter.found(doc);
    return t;
}

assess_contributions call_of(std::string id, std::int64_t minor, const char* due = nullptr) {
    assess_contributions c = assessment_of(std::move(id), minor);
    c.year = 2026;
    if (due != nullptr) c.due = day(due);
    return c;
}

name_rate rate_of(std::string id, ratio rate, const char* on) {
    return {
        {std::move(id)}, {"RUB"}, {"BYN"}, {rate, "Bank of B", day(on), rounding_mode::half_up}};
}

void pay(treasury& t, const std::string& id, const std::string& member, std::int64_t minor,
         const char* on) {
    receive_contribution c = receipt_of(id, member, minor);
    c.effective = day(on);
    t.must(cashier, c);
}

const arrears_row& row_for(const arrears_view& v, const std::string& member) {
    for (const arrears_row& one : v.members)
        if (one.member.value == member) return one;
    FAIL("no row for ", member);
    return v.members.front();
}

}  // namespace

TEST_CASE("what comes pays the call that is due first, and the age counts from its due day") {
    treasury t;
    t.now = at("2026-03-01T09:00:00.000Z");
    t.order(call_of("late", 1'000, "2026-06-30"));
    t.order(call_of("soon", 1'000, "2026-03-31"));
    pay(t, "R1", "A", 700, "2026-03-01");  // A owes 650 of each
    t.now = at("2026-04-10T09:00:00.000Z");
    const arrears_view v = t.view(arrears_query{});
    CHECK(v.at == day("2026-04-10"));
    const arrears_row& a = row_for(v, "A");
    REQUIRE(a.calls.size() == 2);
    CHECK(a.calls[0].assessment.value == "soon");
    CHECK(a.calls[0].owed == rub(0));
    CHECK(a.calls[1].owed == rub(600));
    CHECK_FALSE(a.since);  // what it owes is not due yet
    CHECK_FALSE(a.age_days);
    CHECK(a.overdue == rub(0));
    const arrears_row& b = row_for(v, "B");
    CHECK(b.owed == rub(600));
    CHECK(b.overdue == rub(300));
    CHECK(b.since == day("2026-03-31"));
    CHECK(b.age_days == 10);
}

TEST_CASE("a call without a due day is owed since its day, and is never overdue") {
    treasury t;
    t.now = at("2026-03-01T09:00:00.000Z");
    t.order(call_of("S1", 1'000));
    const arrears_row b = row_for(t.view(arrears_query{day("2026-03-21")}), "B");
    CHECK(b.since == day("2026-03-01"));
    CHECK(b.age_days == 20);
    CHECK(b.overdue == rub(0));
    CHECK(t.view(arrears_query{day("2026-02-28")}).members.empty());
}

TEST_CASE("owed less prepaid is the balance of the member's account on every day") {
    treasury t;
    t.now = at("2026-02-01T09:00:00.000Z");
    t.order(call_of("S1", 1'000, "2026-02-10"));
    pay(t, "R1", "A", 900, "2026-01-20");
    pay(t, "R2", "B", 100, "2026-02-01");
    t.now = at("2026-02-15T09:00:00.000Z");
    t.must(controller, correction_of("C1", "R2"));
    t.order(reassess_contributions{{"N1"},
                                   {"S1"},
                                   day("2026-02-15"),
                                   {{{"A"}, rub(500)}, {{"B"}, rub(300)}, {{"C"}, rub(200)}}});
    t.now = at("2026-03-01T09:00:00.000Z");
    t.order(write_off_contribution{{"W1"}, {"C"}, rub(120), en("Agreed")});
    t.order(call_of("S2", 100));
    for (const char* on :
         {"2026-01-31", "2026-02-01", "2026-02-14", "2026-02-15", "2026-02-28", "2026-03-01"}) {
        const balances_view held = t.view(balances_query{day(on)});
        for (const arrears_row& one : t.view(arrears_query{day(on)}).members) {
            std::int64_t minor = 0;
            for (const balance_row& row : held.accounts)
                if (row.account == "Receivable:" + one.member.value) minor = row.balance.minor;
            INFO(on, " ", one.member.value);
            CHECK(one.owed.minor - one.prepaid.minor == minor);
            CHECK(one.called.minor - one.came.minor - one.written_off.minor == minor);
            CHECK_FALSE((one.owed.minor != 0 && one.prepaid.minor != 0));
        }
    }
    const arrears_view v = t.view(arrears_query{day("2026-02-28")});
    CHECK(row_for(v, "A").prepaid == rub(400));
    CHECK_FALSE(row_for(v, "A").since);
    CHECK(row_for(v, "B").came == rub(0));
    CHECK(row_for(t.view(arrears_query{}), "C").written_off == rub(120));
}

TEST_CASE("the forecast is of the year asked, and in a currency only at a rate that was named") {
    treasury t = with_own_currencies();
    t.now = at("2026-03-01T09:00:00.000Z");
    t.order(call_of("S1", 100'000));
    t.order(assessment_of("next", 500));  // of 2027
    pay(t, "R1", "A", 5'000, "2026-03-01");
    const auto of = [&](const char* member, date on) {
        for (const forecast_row& one : t.view(arrears_query{on}).forecast)
            if (one.member.value == member) return one;
        FAIL("no forecast");
        return forecast_row{};
    };
    const forecast_row before = of("A", day("2026-03-01"));
    CHECK(before.year == 2026);
    CHECK(before.called == rub(65'000));
    CHECK(before.left == rub(60'000));
    CHECK(before.currency == unit_id{"BYN"});
    CHECK_FALSE(before.own);
    t.now = at("2026-03-10T09:00:00.000Z");
    t.must(cashier, rate_of("old", {36, 1000}, "2026-03-02"));
    t.must(cashier, rate_of("new", {37, 1000}, "2026-03-09"));
    t.must(controller, rate_of("older", {35, 1000}, "2026-03-01"));
    CHECK(of("A", day("2026-03-09")).own == amount{2'220, {"BYN"}});
    CHECK(of("A", day("2026-03-08")).own == amount{2'160, {"BYN"}});
    CHECK(of("A", day("2026-03-08")).rate->id.value == "old");
    CHECK(of("A", day("2026-03-08")).rate->at.source == "Bank of B");
    // The last minor unit is rounded as the rate says: 60,000 x 1/7000 is 8.57.
    t.must(cashier, rate_of("odd", {1, 7000}, "2026-03-10"));
    CHECK(of("A", day("2026-03-10")).own == amount{9, {"BYN"}});
    CHECK(of("B", day("2026-03-10")).own == rub(30'000));
    CHECK_FALSE(of("B", day("2026-03-10")).rate);
    CHECK_FALSE(of("C", day("2026-03-10")).currency);
    CHECK_FALSE(of("C", day("2026-03-10")).own);
    CHECK(t.view(arrears_query{day("2027-01-01")}).forecast.front().year == 2027);
}

TEST_CASE("a named rate writes nothing in the book") {
    treasury t = with_own_currencies();
    t.order(call_of("S1", 1'000));
    const std::string before = to_json(t.view(balances_query{}));
    t.must(cashier, rate_of("R", {36, 1000}, "2026-11-20"));
    CHECK(to_json(t.view(balances_query{})) == before);
}

TEST_CASE("a member's own currency is a unit of the charter") {
    auto doc = small_union();
    doc.members[0].currency = unit_id{"XXX"};
    const auto sound = charter::check(doc);
    REQUIRE_FALSE(sound.has_value());
    CHECK(sound.error().field == "members.A.currency");
}
