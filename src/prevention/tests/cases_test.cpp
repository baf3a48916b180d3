// Clashes as cases: found by rule, followed, settled, late.

#include <set>

#include <rapidcheck.h>

#include "prevention/refusal.hpp"
#include "prevention/search.hpp"
#include "prevention/tests/desk.hpp"

using namespace veche;
using namespace veche::prevention;
using namespace veche::prevention::testing;

namespace {

charter::prevention_procedure only_a_and_b() {
    charter::prevention_procedure out;
    out.neighbours = {{{"A"}, {}, {"B"}, {}}};
    return out;
}

struct two_sides : desk {
    two_sides() : desk(only_a_and_b()) {}
};

/// Regions of A and B at their border, beside the two members.
struct border_desk : desk {
    static charter::prevention_procedure rules() {
        charter::prevention_procedure out;
        out.neighbours = {{{"A"}, "A-1", {"B"}, "B-1"}};
        return out;
    }
    border_desk() : desk(rules()) {}
};

}  // namespace

TEST_CASE("an order that contradicts a neighbour's opens a case with an owner and a day") {
    two_sides d;
    CHECK(d.send(order_of(d, "o-1", "A", 3, 0, 40), "health-a") == "");
    const clash_case& one = d.clash(1);
    CHECK(one.found.what.check == clash_check::level_gap);
    CHECK(one.found.what.body == body_id{"council"});
    CHECK(one.due == d.day(30));
    CHECK(one.to == d.day(40));
    CHECK(one.on_a == clash_side{3, true});
    CHECK(d.own.clashes.size() == 1);
    CHECK(heading_of(d.own, {"x-1"}).at("en") == "Schools in A: C1 A / B (x-1)");
}

TEST_CASE("a change of an order that ends a clash closes its case") {
    two_sides d;
    CHECK(d.send(order_of(d, "o-1", "A", 3, 0, 40), "health-a") == "");
    CHECK(d.send(order_of(d, "o-2", "B", 3, 0, 40), "health-b") == "");
    CHECK(d.clash(1).standing == clash_standing::aligned);
    CHECK(d.open() == 0);
    CHECK(d.own.due.empty());
}

TEST_CASE("a clash that moves stays the same case") {
    two_sides d;
    CHECK(d.send(order_of(d, "o-1", "A", 3, 0, 40), "health-a") == "");
    CHECK(d.send(end_order{{"o-1"}, d.day(20), act_of()}) == "");
    CHECK(d.own.clashes.size() == 1);
    CHECK(d.clash(1).to == d.day(20));
    CHECK(d.clash(1).changes.size() == 1);
}

TEST_CASE("what was not settled in time is late, goes to the body above, and ends with its days") {
    two_sides d;
    CHECK(d.send(order_of(d, "o-1", "A", 3, 0, 60), "health-a") == "");
    d.pass(30);
    CHECK_FALSE(d.clash(1).late);
    d.pass(1);
    CHECK(d.clash(1).late);
    CHECK(late_clashes_for(d.own, {"council"}) == std::vector<clash_id>{{"x-1"}});
    CHECK(late_clashes_for(d.own, {"summit"}).empty());
    d.pass(10);
    CHECK(d.clash(1).escalated_to == body_id{"summit"});
    CHECK(late_clashes_for(d.own, {"summit"}).size() == 1);
    d.pass(19);
    CHECK(d.clash(1).standing == clash_standing::open);
    d.pass(1);
    CHECK(d.clash(1).standing == clash_standing::over);
    CHECK(d.own.due.empty());
}

TEST_CASE("what both sides accept is closed, and open again when it grows") {
    two_sides d;
    CHECK(d.send(order_of(d, "o-1", "A", 2, 0, 40), "health-a") == "");
    CHECK(d.send(position_of("x-1", clash_position::accepts), "health-c") == "prevention.not_side");
    CHECK(d.send(position_of("x-1", clash_position::accepts), "health-a") == "");
    CHECK(d.clash(1).standing == clash_standing::open);
    CHECK(d.send(position_of("x-1", clash_position::accepts), "health-a") == "");
    CHECK(d.clash(1).standing == clash_standing::open);
    CHECK(d.send(position_of("x-1", clash_position::accepts), "health-b") == "");
    CHECK(d.clash(1).standing == clash_standing::accepted);
    CHECK(d.send(position_of("x-1", clash_position::explains), "health-b") ==
          "prevention.clash_ended clash");
    CHECK(d.send(end_order{{"o-1"}, d.day(30), act_of()}, "health-a") == "");
    CHECK(d.clash(1).standing == clash_standing::accepted);
    CHECK(d.send(extend_order{{"o-1"}, d.day(50), act_of()}) == "");
    CHECK(d.clash(1).standing == clash_standing::open);
    CHECK(d.own.clashes.size() == 1);
    // What was accepted then counts no more.
    CHECK(d.send(position_of("x-1", clash_position::accepts), "health-b") == "");
    CHECK(d.clash(1).standing == clash_standing::open);
}

TEST_CASE("only a decision settles a clash by itself") {
    two_sides d;
    CHECK(d.send(order_of(d, "o-1", "A", 2, 0, 40), "health-a") == "");
    const settle_clash c{{"x-1"}, in_words("Both stand.")};
    CHECK(d.send(c, "keeper") == "prevention.only_by_decision");
    d.let_order({"programme.*"});
    CHECK(d.decide_it(c) == "charter.may_not_order");
    CHECK(d.send(refer_clash{{"x-9"}, {"s"}}, "keeper") == "prevention.clash_unknown clash");
    CHECK(d.send(refer_clash{{"x-1"}, {"s"}}, "health-a") == "prevention.not_desk");
    d.let_order({"prevention.settle_clash"});
    CHECK(d.decide_it(c) == "");
    CHECK(d.clash(1).standing == clash_standing::decided);
    CHECK(d.send(search_again{{"council"}}, "keeper") == "");
    CHECK(d.own.clashes.size() == 1);
}

TEST_CASE("orders of the past make no case, and are found when asked") {
    two_sides d;
    CHECK(d.send(order_of(d, "o-1", "A", 3, -60, -30), "keeper") == "");
    CHECK(d.own.clashes.empty());
    const auto past = ask(d.seen(), past_clashes_query{}, d.anyone());
    REQUIRE(past->clashes.size() == 1);
    CHECK(past->clashes[0].days == 31);
    CHECK(past->clashes[0].check == clash_check::level_gap);
}

TEST_CASE("a region at the border has its member's orders and its own") {
    border_desk d;
    CHECK(d.send(order_of(d, "o-1", "A", 1, 0, 40), "health-a") == "");
    CHECK(d.own.clashes.empty());
    auto c = order_of(d, "o-2", "A", 3, 10, 20);
    c.what.region = "A-1";
    CHECK(d.send(c) == "");
    REQUIRE(d.own.clashes.size() == 1);
    CHECK(d.clash(1).from == d.day(10));
    // Targeted at other regions it does not hold here.
    auto elsewhere = order_of(d, "o-3", "B", 3, 10, 20);
    elsewhere.what.scope = order_scope::targeted;
    elsewhere.what.where = {"B-2"};
    CHECK(d.send(elsewhere, "health-b") == "");
    CHECK(d.open() == 1);
    elsewhere.order = {"o-4"};
    elsewhere.what.where = {"B-1"};
    CHECK(d.send(elsewhere) == "");
    CHECK(d.open() == 0);
}

TEST_CASE("proofs that begin to be issued end clashes of recognition of every kind") {
    two_sides d;
    auto c = order_of(d, "o-1", "A", 1, 0, 40, preventive_kind::c8);
    c.what.asks = {"pcr-72h"};
    CHECK(d.send(c, "health-a") == "");
    REQUIRE(d.own.clashes.size() == 1);
    CHECK(d.clash(1).found.what.check == clash_check::recognition);
    auto proofs = order_of(d, "o-2", "B", 1, 0, {}, preventive_kind::p1);
    proofs.what.issues = {"pcr-72h"};
    CHECK(d.send(proofs, "health-b") == "");
    CHECK(d.clash(1).standing == clash_standing::aligned);
}

TEST_CASE("other rules of the charter hold after another search") {
    two_sides d;
    CHECK(d.send(order_of(d, "o-1", "A", 2, 0, 40), "health-a") == "");
    charter::charter_document doc = d.charter.document();
    doc.bodies.front().prevention->gap = 3;
    d.charter.found(doc);
    CHECK(d.send(search_again{{"council"}}, "keeper") == "");
    CHECK(d.clash(1).standing == clash_standing::aligned);
    doc.bodies.front().prevention->gap = 1;
    doc.bodies.front().prevention->neighbours.push_back({{"B"}, {}, {"C"}, {}});
    d.charter.found(doc);
    CHECK(d.send(search_again{{"council"}}) == "");
    CHECK(d.open() == 1);
}

namespace {

/// Every interval that is not over, by looking at all neighbours and kinds from scratch.
std::set<std::string> all_spans(const desk& d) {
    std::set<std::string> out;
    const border_rules rules = rules_of(d.charter, {"council"}, d.today());
    for (const auto& [a, b] : rules.neighbours)
        for (const preventive_kind kind : all_kinds)
            for (const clash_span& one : spans_between(d.own, {"council"}, a, b, kind, rules.clash))
                if (!(one.to < d.today()))
                    out.insert(a.member.value + b.member.value + code_of(kind) +
                               std::string(name_of(one.check)) + std::to_string(one.from.days) +
                               ".." + std::to_string(one.to.days));
    return out;
}

std::set<std::string> held_spans(const desk& d) {
    std::set<std::string> out;
    for (const auto& [border, numbers] : d.own.live)
        for (const std::int64_t number : numbers) {
            const clash_case& one = d.clash(number);
            out.insert(border.a.member.value + border.b.member.value + code_of(border.kind) +
                       std::string(name_of(one.found.what.check)) + std::to_string(one.from.days) +
                       ".." + std::to_string(one.to.days));
        }
    return out;
}

void random_act(desk& d, int& named) {
    const auto id = [&] { return "o-" + std::to_string(*rc::gen::inRange(1, named + 2)); };
    const char* member = *rc::gen::element("A", "B", "C");
    const auto kind = *rc::gen::element(preventive_kind::c1, preventive_kind::c8);
    const int from = *rc::gen::inRange(-10, 20);
    switch (*rc::gen::inRange(0, 8)) {
        case 0:
        case 1:
        case 2: {
            std::optional<int> to;
            if (*rc::gen::inRange(0, 4) > 0) to = from + *rc::gen::inRange(0, 25);
            auto c =
                order_of(d, "o-" + std::to_string(++named), member,
                         *rc::gen::inRange(0, kind == preventive_kind::c8 ? 5 : 4), from, to, kind);
            if (*rc::gen::inRange(0, 5) == 0) c.what.asks = {"pcr"};
            if (c.what.scope && *rc::gen::arbitrary<bool>()) c.what.scope = order_scope::targeted;
            (void)d.send(c, "keeper");
            break;
        }
        case 3:
            (void)d.send(end_order{{id()}, d.day(from), act_of()}, "keeper");
            break;
        case 4:
            (void)d.send(extend_order{{id()}, d.day(from + 15), act_of()}, "keeper");
            break;
        case 5:
            (void)d.send(withdraw_order{{id()}, in_words("No.")}, "keeper");
            break;
        case 6: {
            auto c = order_of(d, "o-" + std::to_string(++named), member, 1, from, {},
                              preventive_kind::p1);
            c.what.issues = {"pcr"};
            (void)d.send(c, "keeper");
            break;
        }
        default:
            d.pass(*rc::gen::inRange(0, 12));
    }
}

}  // namespace

TEST_CASE("cases followed change by change are those that a search from scratch finds") {
    CHECK(rc::check([] {
        desk d;
        int named = 0;
        const int steps = *rc::gen::inRange(1, 25);
        for (int i = 0; i < steps; ++i) {
            random_act(d, named);
            RC_ASSERT(held_spans(d) == all_spans(d));
            for (const auto& [number, one] : d.own.clashes)
                if (one.standing == clash_standing::open)
                    RC_ASSERT(one.late == (one.due < d.today()));
        }
    }));
}
