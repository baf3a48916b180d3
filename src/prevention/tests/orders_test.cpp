// Orders: who may record them, what they must say, and what is known when.

#include "prevention/refusal.hpp"
#include "prevention/tests/desk.hpp"

using namespace veche;
using namespace veche::prevention;
using namespace veche::prevention::testing;

TEST_CASE("a member's office orders for its member, the desk for all, a decision where it may") {
    desk d;
    CHECK(d.send(order_of(d, "o-1", "A", 3), "health-a") == "");
    CHECK(d.send(order_of(d, "o-2", "A", 3), "health-b") == "prevention.not_orderer");
    CHECK(d.send(order_of(d, "o-2", "B", 3), "keeper") == "");
    CHECK(d.send(order_of(d, "o-3", "C", 3), "clerk") == "prevention.not_orderer");
    d.let_order({"programme.*"});
    CHECK(d.decide_it(order_of(d, "o-3", "C", 3)) == "charter.may_not_order");
    d.let_order({"prevention.order_measure"});
    CHECK(d.decide_it(order_of(d, "o-3", "C", 3)) == "");
    auto c = order_of(d, "o-4", "Z", 3);
    CHECK(d.send(c, "keeper") == "prevention.member_unknown what.member");
    CHECK(d.send(order_of(d, "o-1", "B", 1), "keeper") == "prevention.order_taken order");
}

TEST_CASE("an order says what its scale can say") {
    desk d;
    auto c = order_of(d, "o-1", "A", 4);
    CHECK(d.send(c, "health-a") == "prevention.level_impossible what.level");
    c.what.level = 2;
    c.what.scope.reset();
    CHECK(d.send(c) == "prevention.scope_missing what.scope");
    c.what.scope = order_scope::general;
    c.what.where = {"A-1"};
    CHECK(d.send(c) == "prevention.target_unclear what.scope");
    c.what.scope = order_scope::targeted;
    c.what.issues = {"pcr"};
    CHECK(d.send(c) == "prevention.proofs_misplaced what.issues");
    c.what.issues.clear();
    c.what.asks = {"pcr", "pcr"};
    CHECK(d.send(c) == "prevention.proof_malformed what.asks");
    c.what.asks.clear();
    c.what.to = d.day(-1);
    CHECK(d.send(c) == "prevention.days_reversed what.to");
    c.what.to.reset();
    c.what.act.reset();
    CHECK(d.send(c) == "prevention.act_missing what.act.number");
    c.what.source = "A gazette";
    CHECK(d.send(c) == "");
    CHECK(d.send(order_of(d, "o-2", "A", 1, 0, {}, preventive_kind::p1)) ==
          "prevention.proofs_misplaced what.issues");
    auto zero = order_of(d, "o-2", "A", 0);
    zero.what.scope = order_scope::general;
    CHECK(d.send(zero) == "prevention.scope_impossible what.scope");
}

TEST_CASE("a changed order keeps what it said, and says as of then") {
    desk d;
    CHECK(d.send(order_of(d, "o-1", "A", 3, 0, 30), "health-a") == "");
    const instant first = d.at;
    d.pass(2);
    CHECK(d.send(extend_order{{"o-1"}, d.day(20), act_of()}) == "prevention.not_longer to");
    CHECK(d.send(extend_order{{"o-1"}, d.day(60), act_of()}) == "");
    const instant second = d.at;
    d.pass(2);
    CHECK(d.send(end_order{{"o-1"}, d.day(90), act_of()}) == "prevention.not_shorter to");
    CHECK(d.send(end_order{{"o-1"}, d.day(1), act_of()}) == "");
    const auto level = [&](std::optional<instant> known) {
        in_force_query q;
        q.on = d.day(10);
        q.known = known;
        return ask(d.seen(), q, d.anyone())->kinds.front().members.front().level;
    };
    CHECK(level(first) == 3);
    CHECK(level(second) == 3);
    CHECK(level({}) == 0);
    const auto view = ask(d.seen(), order_query{{"o-1"}}, d.anyone());
    CHECK(view->versions.size() == 3);
    CHECK(view->versions.front().how == order_change::ended);
    CHECK(d.send(withdraw_order{{"o-1"}, {}}) == "prevention.text_missing reason");
    CHECK(d.send(withdraw_order{{"o-1"}, in_words("Never adopted.")}) == "");
    CHECK(d.send(end_order{{"o-1"}, d.day(1), act_of()}) == "prevention.order_withdrawn order");
    in_force_query q;
    q.on = d.day(0);
    CHECK_FALSE(ask(d.seen(), q, d.anyone())->kinds.front().members.front().recorded);
}

TEST_CASE("the record of an order is corrected as a whole, in its place") {
    desk d;
    CHECK(d.send(order_of(d, "o-1", "A", 3), "health-a") == "");
    amend_order c{{"o-1"}, order_of(d, "o-1", "A", 1).what, in_words("It says 1.")};
    c.what.kind = preventive_kind::c2;
    CHECK(d.send(c) == "prevention.place_fixed what.member");
    c.what.kind = preventive_kind::c1;
    CHECK(d.send(c) == "");
    CHECK(d.own.orders.find(order_id{"o-1"})->last().says.level == 1);
}

TEST_CASE("a batch is recorded as a whole or not at all") {
    desk d;
    const auto staged = [&](const char* id, const char* member) {
        return staged_order{{id}, order_of(d, id, member, 2).what};
    };
    stage_orders c{{"t"}, {"council"}, 1, {staged("o-1", "A"), staged("o-1", "B")}};
    CHECK(d.send(c, "health-a") == "prevention.not_desk");
    CHECK(d.send(c, "keeper") == "");
    CHECK(d.send(c) == "prevention.part_out_of_order part");
    CHECK(d.send(accept_orders{{"t"}, 3}) == "prevention.rows_differ orders");
    CHECK(d.send(accept_orders{{"t"}, 2}) == "prevention.rows_refused batch");
    CHECK(d.own.orders.empty());
    const auto view = ask(d.seen(), order_batch_query{{"t"}}, viewer{{"p-keeper"}, d.at});
    REQUIRE(view->problems.size() == 1);
    CHECK(view->problems[0].row == 2);
    CHECK(view->problems[0].why.code == "prevention.order_taken");
    CHECK(d.send(discard_orders{{"t"}, in_words("Twice.")}) == "");
    CHECK(d.send(accept_orders{{"t"}, 2}) == "prevention.batch_closed batch");
    c.batch = {"u"};
    c.orders[1] = staged("o-2", "B");
    CHECK(d.send(c) == "");
    CHECK(d.send(accept_orders{{"u"}, 2}) == "");
    CHECK(d.own.orders.size() == 2);
    CHECK(d.open() == 2);  // both against C, where nothing is ordered
}

TEST_CASE("indices come from what is recorded, and none where too little is") {
    desk d;
    CHECK(d.send(order_of(d, "o-1", "A", 3), "keeper") == "");
    const auto at = [&] { return ask(d.seen(), in_force_query{}, d.anyone())->indices.front(); };
    CHECK_FALSE(at().stringency);
    CHECK(at().missing == 15);
    int n = 1;
    for (const preventive_kind kind : all_kinds)
        if (kind != preventive_kind::c1 && kind != preventive_kind::p1)
            CHECK(d.send(order_of(d, "n-" + std::to_string(++n), "A", 0, 0, {}, kind)) == "");
    CHECK(at().stringency == "11.11");
    CHECK(at().economic_support == "0.00");
    const auto series = ask(d.seen(), index_series_query{}, d.anyone());
    REQUIRE(series->rows.size() == 1);
    CHECK(series->rows[0].stringency == "11.11");
}
