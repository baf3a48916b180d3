#include "doses/tests/desk.hpp"

namespace veche::doses {
namespace {

using namespace testing;

/// A store, two regional stores that reach each other in two days, and a product of single doses.
desk with_stores(std::int32_t course = 1, std::int32_t vial = 1) {
    desk d;
    REQUIRE(d.send(product_of("vax", course, vial)) == "");
    REQUIRE(d.send(site_of("store")) == "");
    REQUIRE(d.send(site_of("north", member_id{"A"}, {{{"south"}, 2}})) == "");
    REQUIRE(d.send(site_of("south", member_id{"A"}, {{{"north"}, 2}})) == "");
    return d;
}

std::int64_t lost(const desk& d, const char* lot, loss_reason why) {
    return balance_of(d.own, {lot}, lost_account({lot}, why));
}

/// What was received is all that is held, on the way, given or lost.
void check_conserved(const desk& d) {
    for (const product_row& one : d.look(stock_query{}).products)
        CHECK(one.received ==
              one.held + one.way + one.given + one.lost_open + one.lost_closed + one.missing);
}

}  // namespace

TEST_CASE("lots go first expired first, and an expired one leaves as a loss alone (H20)") {
    desk d = with_stores();
    REQUIRE(d.send(lot_of("A", 100, 10)) == "");
    REQUIRE(d.send(lot_of("B", 50, 5)) == "");
    d.go_to(1);
    REQUIRE(d.send(lot_of("C", 30, 5, 1)) == "");
    d.go_to(3);
    REQUIRE(d.send(open_vials{{"store"}, {"vax"}, 60, day(3)}) == "");
    CHECK(d.has("store", "B", stock_state::open) == 50);
    CHECK(d.has("store", "C", stock_state::open) == 10);
    CHECK(d.has("store", "A", stock_state::open) == 0);
    d.go_to(5);
    CHECK(d.has("store", "C") == 20);  // its last day
    d.go_to(6);
    CHECK(d.has("store", "C") == 0);
    CHECK(d.has("store", "C", stock_state::expired) == 20);
    REQUIRE(d.send(open_vials{{"store"}, {"vax"}, 90, day(6)}) == "");
    CHECK(d.has("store", "A", stock_state::open) == 90);
    CHECK(d.has("store", "A") == 10);
    CHECK(d.send(discard{
              {"store"}, {"C"}, stock_state::expired, 20, day(6), loss_reason::breakage, {}}) ==
          "doses.expires_as_loss why");
    CHECK(d.send(discard{
              {"store"}, {"A"}, stock_state::usable, 1, day(6), loss_reason::expired, {}}) ==
          "doses.not_expired why");
    REQUIRE(d.send(discard{
                {"store"}, {"C"}, stock_state::expired, 20, day(6), loss_reason::expired, {}}) ==
            "");
    CHECK(lost(d, "C", loss_reason::expired) == 20);
    CHECK(d.look(stock_query{}).products.front().wastage_closed == ratio{20, 180});
    check_conserved(d);
}

TEST_CASE("nothing is issued that expires before its planned day of use") {
    desk d = with_stores();
    REQUIRE(d.send(lot_of("early", 40, 5)) == "");
    REQUIRE(d.send(lot_of("late", 40, 50)) == "");
    CHECK(d.send(sent("s-1", "store", "north", 41, 0, 6)) == "doses.stock_short doses");
    REQUIRE(d.send(sent("s-2", "store", "north", 40, 0, 6)) == "");
    CHECK(d.has("store", "early") == 40);
    CHECK(d.has("store", "late") == 0);
    transfer moved{{"s-3"}, {"store"}, {"north"}, {"early"}, 10, day(0), day(6), en("Near expiry")};
    CHECK(d.send(moved) == "doses.not_issued_expired use_from");
    moved.use_from = day(5);
    CHECK(d.send(moved) == "");
    check_conserved(d);
}

TEST_CASE("what does not come is a loss on the way, and no more comes than was sent") {
    desk d = with_stores(1, 10);
    REQUIRE(d.send(lot_of("A", 100, 50)) == "");
    CHECK(d.send(sent("s-1", "store", "north", 15, 0, 1)) == "doses.not_whole_vials doses");
    REQUIRE(d.send(sent("s-1", "store", "north", 60, 0, 1)) == "");
    CHECK(d.send(sent("s-1", "store", "north", 10, 0, 1)) == "doses.id_taken shipment");
    CHECK(d.look(stock_query{}).products.front().way == 60);
    accept got = came(d, "s-1", 0);
    got.got[0].doses = 70;
    CHECK(d.send(got) == "doses.exceeds_sent got.0.doses");
    got.got[0].doses = 50;
    CHECK(d.send(got) == "doses.reason_missing reason");
    got.reason = en("A box was broken.");
    REQUIRE(d.send(got) == "");
    CHECK(d.send(got) == "doses.received_already shipment");
    CHECK(d.has("north", "A") == 50);
    CHECK(lost(d, "A", loss_reason::in_transit) == 10);
    check_conserved(d);
}

TEST_CASE("a recalled lot is caught wherever it lies, on the way too") {
    desk d = with_stores();
    REQUIRE(d.send(lot_of("A", 100, 50)) == "");
    REQUIRE(d.send(sent("s-1", "store", "north", 60, 0, 1)) == "");
    REQUIRE(d.send(recall_lot{{"A"}, en("Reported by its maker")}) == "");
    CHECK(d.has("store", "A", stock_state::recalled) == 40);
    REQUIRE(d.send(came(d, "s-1", 0)) == "");
    CHECK(d.has("north", "A") == 0);
    CHECK(d.has("north", "A", stock_state::recalled) == 60);
    CHECK(d.send(open_vials{{"north"}, {"vax"}, 1, day(0)}) == "doses.stock_short doses");
    CHECK(d.send(recall_lot{{"A"}, en("Again")}) == "doses.recalled_already lot");
    const auto rows = d.look(stock_query{{}, site_id{"north"}}).rows;
    REQUIRE(rows.size() == 1);
    CHECK(rows.front().stock_out);
    check_conserved(d);
}

TEST_CASE("a lot set aside is not issued, and is released with a reason") {
    desk d = with_stores();
    REQUIRE(d.send(lot_of("A", 100, 50)) == "");
    CHECK(d.send(quarantine{{"store"}, {"A"}, {}}) == "doses.reason_missing reason");
    REQUIRE(d.send(quarantine{{"store"}, {"A"}, en("Too warm")}) == "");
    CHECK(d.send(sent("s-1", "store", "north", 1, 0, 1)) == "doses.stock_short doses");
    REQUIRE(d.send(release{{"store"}, {"A"}, en("Examined")}) == "");
    CHECK(d.send(sent("s-1", "store", "north", 1, 0, 1)) == "");
}

TEST_CASE("a count that differs is an entry with its reason") {
    desk d = with_stores();
    REQUIRE(d.send(lot_of("A", 100, 50)) == "");
    CHECK(d.send(count_stock{{"store"}, {"A"}, 97, day(0), {}}) == "doses.reason_missing reason");
    CHECK(d.send(count_stock{{"store"}, {"A"}, 100, day(0), {}}) == "");
    REQUIRE(d.send(count_stock{{"store"}, {"A"}, 97, day(0), en("Three are missing")}) == "");
    CHECK(d.has("store", "A") == 97);
    REQUIRE(d.send(count_stock{{"store"}, {"A"}, 99, day(0), en("Two were found")}) == "");
    CHECK(lost(d, "A", loss_reason::counted) == 1);
    check_conserved(d);
}

TEST_CASE("second doses never outnumber first ones, and keep their interval") {
    desk d = with_stores(2);
    REQUIRE(d.send(lot_of("A", 100, 90)) == "");
    REQUIRE(d.send(open_vials{{"store"}, {"vax"}, 60, day(0)}) == "");
    REQUIRE(d.send(given("store", "A", 10, 0)) == "");
    d.go_to(20);
    CHECK(d.send(given("store", "A", 1, 20, 2)) == "doses.interval_too_short given");
    d.go_to(21);
    CHECK(d.send(given("store", "A", 11, 21, 2)) == "doses.exceeds_earlier_dose given");
    CHECK(d.send(given("store", "A", 1, 21, 3)) == "doses.dose_out_of_course given.0");
    REQUIRE(d.send(given("store", "A", 10, 21, 2)) == "");
    // A second dose that is reported late counts on its day, and on all days after it.
    REQUIRE(d.send(given("store", "A", 5, 21)) == "");
    CHECK(d.send(given("store", "A", 1, 21, 2)) == "doses.interval_too_short given");
    CHECK(d.send(given("store", "A", 40, 21)) == "doses.stock_short given");
    CHECK(d.send(discard{
              {"store"}, {"A"}, stock_state::open, 35, day(21), loss_reason::open_vial, {}}) == "");
    const product_row row = d.look(stock_query{}).products.front();
    CHECK(row.wastage_open == ratio{35, 60});
    CHECK(row.drop_out == ratio{5, 15});
    check_conserved(d);
}

TEST_CASE("a lot near its expiry is warned of with its waste and the neighbour that lacks most") {
    desk d = with_stores();
    REQUIRE(d.send(state_need{{"north"}, {"vax"}, 3}) == "");
    REQUIRE(d.send(state_need{{"south"}, {"vax"}, 4}) == "");
    REQUIRE(d.send(lot_of("A", 100, 20, 0, "north")) == "");
    d.go_to(9);
    CHECK(d.own.lots.find(lot_id{"A"})->moves.size() == 1);
    d.go_to(10);
    const auto& moves = d.own.lots.find(lot_id{"A"})->moves;
    REQUIRE(moves.size() == 2);
    // From day 10 to day 20 the north uses 33; the south, two days away, lacks 36.
    CHECK(moves[1].kind == move_kind::warned);
    CHECK(moves[1].doses == 67);
    CHECK(moves[1].other == site_id{"south"});
    const auto view = d.look(lot_query{{"A"}});
    REQUIRE(view.waste.size() == 1);
    CHECK(view.waste.front().unmet == 36);
    REQUIRE(d.send(transfer{
                {"s-1"}, {"north"}, {"south"}, {"A"}, 36, day(10), day(12), en("Near expiry")}) ==
            "");
    REQUIRE(d.send(came(d, "s-1", 10)) == "");
    CHECK(d.look(lots_query{}).lots.front().waste == 31);
}

TEST_CASE("a lot that comes within its days of warning is warned of at once") {
    desk d = with_stores();
    REQUIRE(d.send(lot_of("A", 5, 3)) == "");
    d.pass_time();
    CHECK(d.own.lots.find(lot_id{"A"})->moves.size() == 2);
    d.pass_time();
    CHECK(d.own.lots.find(lot_id{"A"})->moves.size() == 2);
}

TEST_CASE("a member's store is kept by its office, the union's by the desk") {
    desk d = with_stores();
    REQUIRE(d.send(lot_of("A", 100, 50)) == "");
    d.act_as("p-2", "council/store-a");
    CHECK(d.send(sent("s-1", "store", "north", 1, 0, 1)) == "doses.not_keeper");
    CHECK(d.send(lot_of("B", 10, 50, 0, "north")) == "");
    CHECK(d.send(product_of("other")) == "doses.not_desk");
    d.act_as("p-3", "council/clerk");
    CHECK(d.send(lot_of("C", 10, 50, 0, "north")) == "doses.not_keeper");
    d.act_as("p-1", "council/doses");
    CHECK(d.send(lot_of("C", 10, 50, 1)) == "doses.day_to_come on");
    CHECK(d.send(lot_of("A", 10, 50)) == "doses.id_taken lot");
    CHECK(d.by_decision(lot_of("D", 10, 50)) == "doses.not_by_decision");
}

}  // namespace veche::doses
