// fund.by_measure and fund.measure: the money of the programme's measures.

#include <algorithm>

#include "fund/tests/treasury.hpp"

using namespace veche;
using namespace veche::fund;
using namespace veche::fund::testing;

namespace {

appropriate line_for(std::string id, std::int64_t minor, const char* measure,
                     const char* parent = "") {
    appropriate c = line_of(std::move(id), minor);
    if (*measure != 0) c.measure = measure_id{measure};
    if (*parent != 0) c.parent = line_id{parent};
    return c;
}

/// Two lines of M1, one of them over two years; under a line without measure one of M2; under M1
/// one that names nothing.
treasury with_measures() {
    treasury t;
    t.order(line_for("L1", 10'000, "M1"));
    t.order(line_for("L2", 700, ""));
    t.order(line_for("L3", 300, "M2", "L2"));
    t.order(line_for("L4", 2'000, "", "L1"));
    appropriate places = line_for("L5", 12, "M1");
    places.amount_.unit = {"PLACE"};
    places.year = 2026;
    t.order(places);
    t.must(cashier, receipt_of("R1", "A", 5'000));
    t.must(buyer, reservation_of("K1", "L4", 900));
    t.must(second_buyer, confirmation_of("K1"));
    return t;
}

/// "M1 RUB 10000 900 0 9100 L1 L4"
std::vector<std::string> money_lines(const std::vector<measure_money_row>& rows) {
    std::vector<std::string> lines;
    for (const measure_money_row& one : rows) {
        std::string line = (one.measure ? one.measure->value : "none") + " " + one.whole.unit.value;
        for (const amount& sum : {one.whole, one.open, one.paid, one.available})
            line += " " + std::to_string(sum.minor);
        for (const line_id& id : one.lines) line += " " + id.value;
        lines.push_back(line);
    }
    return lines;
}

}  // namespace

TEST_CASE("each measure has what its lines have for themselves, and the rest stands last") {
    const treasury t = with_measures();
    CHECK(money_lines(t.view(by_measure_query{}).measures) ==
          std::vector<std::string>{"M1 PLACE 12 0 0 12 L5", "M1 RUB 10000 900 0 9100 L1 L4",
                                   "M2 RUB 300 0 0 300 L3", "none RUB 400 0 0 400 L2"});
    CHECK(money_lines(t.view(by_measure_query{2026}).measures) ==
          std::vector<std::string>{"M1 PLACE 12 0 0 12 L5"});
    CHECK(t.view(by_measure_query{2020}).measures.empty());
}

TEST_CASE("the sums over all measures are those of the budget") {
    const treasury t = with_measures();
    std::int64_t whole = 0;
    std::int64_t available = 0;
    for (const measure_money_row& one : t.view(by_measure_query{}).measures) {
        if (one.whole.unit.value != "RUB") continue;
        whole += one.whole.minor;
        available += one.available.minor;
    }
    const auto totals = t.view(budget_query{}).totals;
    const auto roubles = std::find_if(totals.begin(), totals.end(), [](const unit_total& one) {
        return one.amended.unit.value == "RUB";
    });
    REQUIRE(roubles != totals.end());
    CHECK(whole == roubles->amended.minor);
    CHECK(available == roubles->available.minor);
}

TEST_CASE("the steps of a measure make up what it has paid") {
    treasury t = with_measures();
    t.must(payer, pay_advance{{"V1"}, {"K1"}, rub(300), day("2026-11-24"), {}});
    t.must(buyer, claim_of("C1", "K1", 600));
    t.must(auditor, accept_claim{{"C1"}, {}});
    t.must(auditor, settle_advance{{"T1"}, {"C1"}, rub(200)});
    t.must(payer, payment_of("P1", "C1", 400));
    t.must(cashier, record_bank_charge{{"G1"}, {"L1"}, rub(2), day("2026-11-24"), "Order 9", {}});
    t.must(cashier, record_bank_charge{{"G2"}, {"L3"}, rub(5), day("2026-11-24"), "Order 9", {}});
    const receive_recovery back{{"B1"},     {"P1"}, rub(60), true, {"2026-0001"}, day("2026-11-24"),
                                "Order 11", {}};
    t.must(cashier, back);
    const measure_money_view v = t.view(measure_money_query{measure_id{"M1"}, 2027});
    REQUIRE(v.units.size() == 1);
    CHECK(v.lines.size() == 2);
    CHECK(v.lines[0].whole == rub(8'000));
    std::int64_t paid = 0;
    for (const movement_row& one : v.steps) {
        if (one.what == "payment" || one.what == "settle" || one.what == "charge")
            paid += one.amount_.minor;
        if (one.what == "recover") paid -= one.amount_.minor;
    }
    CHECK(paid == 542);
    CHECK(v.units[0].paid == rub(542));
    CHECK(v.steps.front().what == "reserve");
    const measure_money_view rest = t.view(measure_money_query{});
    CHECK(money_lines(rest.units) == std::vector<std::string>{"none RUB 400 0 0 400 L2"});
    CHECK(rest.steps.empty());
    CHECK(t.view(measure_money_query{measure_id{"M9"}, {}}).lines.empty());
}
