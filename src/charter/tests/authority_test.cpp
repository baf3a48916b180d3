// Who may do what: the one gate, and the commands of the charter behind it.

#include <doctest/doctest.h>

#include "charter/messages.hpp"
#include "charter/patterns.hpp"
#include "charter/tests/small_union.hpp"

using namespace veche;
using namespace veche::charter;
using namespace veche::charter::testing;

namespace {

std::string gate(const context& ctx, std::string_view power, std::string body,
                 std::string_view type = "assembly.convene_session") {
    const auto passed = require(small_state(), ctx, power, {std::move(body)}, type);
    return passed ? "may" : std::string(passed.error().code());
}

template <class Command>
std::string code(const state& s, const Command& c, const context& ctx) {
    const auto decided = decide(world{s}, c, ctx);
    if (decided) CHECK(decided->empty());
    return decided ? "done" : std::string(decided.error().code());
}

template <class Command>
std::string field(const state& s, const Command& c, const context& ctx) {
    const auto decided = decide(world{s}, c, ctx);
    REQUIRE_FALSE(decided.has_value());
    return decided.error().field;
}

mandate deputy_mandate() {
    mandate m;
    m.id = "south-deputy";
    m.person = {"deputy-s-1"};
    m.seat = "house/s-1";
    m.from = day("2026-03-01");
    return m;
}

amend change_of_name() {
    amend c;
    c.changes.id = "small-union";
    c.changes.name = {{"en", "Renamed"}};
    return c;
}

}  // namespace

TEST_CASE("an office has its powers in its body and over those it names, while it is held") {
    CHECK(gate(at("2026-02-01", "head", "office/head"), "convene", "council") == "may");
    CHECK(gate(at("2026-02-01", "head", "office/head"), "convene", "office") == "may");
    CHECK(gate(at("2026-02-01", "head", "office/head"), "preside", "council") ==
          "charter.power_missing");
    CHECK(gate(at("2026-02-01", "north-2", "council/chair"), "preside", "council") == "may");
    CHECK(gate(at("2026-02-01", "north-2", "council/chair"), "preside", "house") ==
          "charter.power_missing");
    CHECK(gate(at("2026-07-01", "head", "office/head"), "convene", "council") ==
          "charter.not_in_office");
    CHECK(gate(at("2026-02-01", "north-1", "office/head"), "convene", "council") ==
          "charter.not_in_office");
    CHECK(gate(at("2026-02-01", "", "office/head"), "convene", "council") ==
          "charter.not_in_office");
    CHECK(gate(at("2026-02-01", "head", ""), "convene", "council") == "charter.not_in_office");
    CHECK(gate(at("2026-02-01", "head", "office/head"), "convene", "senate") ==
          "charter.body_unknown");
}

TEST_CASE("a seat is a voice in its body and gives no power") {
    CHECK(gate(at("2026-02-01", "south-1", "council/S"), "", "council") == "may");
    CHECK(gate(at("2026-02-01", "south-1", "council/S"), "", "house") == "charter.power_missing");
    CHECK(gate(at("2026-02-01", "south-1", "council/S"), "preside", "council") ==
          "charter.power_missing");
}

TEST_CASE("a decision orders what its body may order") {
    const context council = by_decision("2026-02-01", "council", "unanimity");
    CHECK(gate(council, "measures", "house", "programme.add_measure") == "may");
    CHECK(gate(council, "money", "council", "fund.appropriate") == "may");
    CHECK(gate(council, "money", "council", "fund.receive_contribution") ==
          "charter.may_not_order");
    CHECK(gate(by_decision("2026-02-01", "house", "by-people"), "measures", "house",
               "programme.add_measure") == "charter.may_not_order");
    CHECK(gate(by_decision("2026-02-01", "senate", "x"), "", "house", "programme.add_measure") ==
          "charter.body_unknown");
    // Who amends is said in one place only, and not in the list of orders.
    CHECK(gate(council, "", "council", "charter.amend") == "may");
    CHECK(gate(by_decision("2026-02-01", "house", "by-people"), "", "house", "charter.amend") ==
          "charter.may_not_order");
}

TEST_CASE("patterns of commands") {
    const std::vector<std::string> some{"fund.*", "programme.add_measure"};
    CHECK(names_command(some, "fund.appropriate"));
    CHECK(names_command(some, "programme.add_measure"));
    CHECK_FALSE(names_command(some, "programme.add_measures"));
    CHECK_FALSE(names_command(some, "funds.appropriate"));
    CHECK_FALSE(names_command(some, "fund."));
    CHECK(names_command(std::vector<std::string>{"*"}, "anything.at_all"));
}

TEST_CASE("a union is founded once, with its first entry") {
    context first;
    state s;
    CHECK(code(s, found{small_union()}, first) == "done");
    context later = first;
    later.seq = 1;
    CHECK(code(s, found{small_union()}, later) == "charter.already_founded");
    CHECK(code(small_state(), found{small_union()}, first) == "charter.already_founded");
    charter_document broken = small_union();
    broken.bodies[0].rules = {"coin"};
    CHECK(code(s, found{broken}, first) == "charter.reference_unknown");
    CHECK(field(s, found{broken}, first) == "document.bodies.council.rules");
    apply(s, found{small_union()}, first);
    CHECK(s.founded());
    CHECK(code(state{}, change_of_name(), later) == "charter.not_founded");
    CHECK(code(state{}, grant_mandate{deputy_mandate()}, later) == "charter.not_founded");
    CHECK(code(state{}, end_mandate{}, later) == "charter.not_founded");
}

TEST_CASE("the charter changes only by decision of its body under its rule") {
    state s = small_state();
    const amend c = change_of_name();
    CHECK(code(s, c, at("2026-02-01", "north-2", "council/chair")) == "charter.only_by_decision");
    CHECK(code(s, c, by_decision("2026-02-01", "council", "by-people")) ==
          "charter.only_by_decision");
    CHECK(code(s, c, by_decision("2026-02-01", "house", "unanimity")) ==
          "charter.only_by_decision");
    const context right = by_decision("2026-02-01", "council", "unanimity");
    CHECK(code(s, c, right) == "done");
    apply(s, c, right);
    CHECK(s.document().name.at("en") == "Renamed");

    amend broken = c;
    broken.removals = {{"rules", "by-people"}};
    CHECK(code(s, broken, right) == "charter.reference_unknown");
    CHECK(field(s, broken, right) == "changes.bodies.council.rules");
    broken.removals = {{"members", "N"}};
    CHECK(code(s, broken, right) == "charter.kept_for_record");

    charter_document closed = small_union();
    closed.amendment.reset();
    s.found(closed);
    CHECK(code(s, c, right) == "charter.never_amended");
}

TEST_CASE("an amendment may change who amends") {
    state s = small_state();
    amend c;
    c.changes.id = "small-union";
    c.changes.amendment = amendment_rule{{"house"}, "by-people"};
    const context before = by_decision("2026-02-01", "council", "unanimity");
    CHECK(code(s, c, before) == "done");
    apply(s, c, before);
    CHECK(code(s, change_of_name(), before) == "charter.only_by_decision");
    CHECK(code(s, change_of_name(), by_decision("2026-02-01", "house", "by-people")) == "done");
}

TEST_CASE("mandates are granted by whoever has that power over the body, from today on") {
    state s = small_state();
    const context head = at("2026-02-01", "head", "office/head");
    grant_mandate c{deputy_mandate()};
    CHECK(code(s, c, at("2026-02-01", "north-2", "council/chair")) == "charter.power_missing");
    CHECK(code(s, c, head) == "done");
    apply(s, c, head);
    CHECK(s.holds_seat({"deputy-s-1"}, "house/s-1", day("2026-03-01")));
    CHECK(code(s, c, head) == "charter.id_taken");
    c.mandate.id = "another";
    CHECK(code(s, c, head) == "charter.seat_held");
    CHECK(field(s, c, head) == "mandate.mandates.another.seat");
    c.mandate.seat = "house/s-2";
    c.mandate.from = day("2026-01-31");
    CHECK(code(s, c, head) == "charter.day_past");
    c.mandate.from = day("2026-02-01");
    CHECK(code(s, c, head) == "done");
    c.mandate.seat = "house/s-9";
    CHECK(code(s, c, head) == "charter.reference_unknown");
    c.mandate.office = office_id{"council/chair"};
    CHECK(code(s, c, head) == "charter.mandate_aim");
}

TEST_CASE("a mandate ends today, later, or as of yesterday, never further back") {
    state s = small_state();
    const context head = at("2026-02-01", "head", "office/head");
    CHECK(code(s, end_mandate{"nobody", day("2026-02-01")}, head) == "charter.mandate_unknown");
    CHECK(code(s, end_mandate{"south", day("2026-02-01")},
               at("2026-02-01", "south-1", "council/S")) == "charter.power_missing");
    CHECK(code(s, end_mandate{"south", day("2026-01-30")}, head) == "charter.day_past");
    CHECK(code(s, end_mandate{"north", day("2026-02-01")}, head) == "charter.mandate_ended");
    CHECK(code(s, end_mandate{"south", day("2026-01-31")}, head) == "done");
    apply(s, end_mandate{"south", day("2026-01-31")}, head);
    CHECK_FALSE(s.holds_seat({"south-1"}, "council/S", day("2026-02-01")));
    CHECK(s.holds_seat({"south-1"}, "council/S", day("2026-01-31")));
    // It keeps its place in the charter: titles and order do not change.
    CHECK(s.document().mandates[2].id == "south");
}

TEST_CASE("of two faults the first in the order of refusals is told") {
    const state s = small_state();
    grant_mandate c{deputy_mandate()};
    c.mandate.id = "north";  // taken, too
    CHECK(code(s, c, at("2026-02-01", "south-1", "council/S")) == "charter.power_missing");
    amend both = change_of_name();
    both.changes.id = "other";
    CHECK(code(s, both, at("2026-02-01", "head", "office/head")) == "charter.only_by_decision");
}

TEST_CASE("messages of the charter travel and come back the same") {
    const auto again = from_json<found>(veche::to_json(found{small_union()}));
    REQUIRE(again.has_value());
    CHECK(veche::to_json(*again) == veche::to_json(found{small_union()}));
    amend c = change_of_name();
    c.removals = {{"mandates", "head"}};
    CHECK(veche::to_json(from_json<amend>(veche::to_json(c)).value()) == veche::to_json(c));
    CHECK(std::tuple_size_v<commands> == 4);
}
