// Scores and ranks.

#include "barriers/tests/desk.hpp"
#include "barriers/viewing.hpp"

using namespace veche;
using namespace veche::barriers;
using namespace veche::barriers::testing;

namespace {

/// What three cases cost, in two units.
class known_weights final : public weights {
  public:
    [[nodiscard]] std::optional<weight_said> of(const std::string&,
                                                const std::string& row) const override {
        weight_said said;
        said.stands = true;
        if (row == "1") said.figures = {{"cost", "million USD", "9.5", "7", "12"}};
        if (row == "2") said.figures = {{"cost", "million USD", "10", {}, {}}};
        if (row == "3") said.figures = {{"touched", "million USD", "700", {}, {}}};
        if (row == "4") said.figures = {{"cost", "thousand EUR", "4", {}, {}}};
        return said;
    }
};

}  // namespace

TEST_CASE("three in four is not yet above 75, eleven in twenty is 55") {
    CHECK(punctuality_of(0, 0) == punctuality::none);
    CHECK(punctuality_of(3, 4) == punctuality::middle);
    CHECK(punctuality_of(76, 100) == punctuality::high);
    CHECK(punctuality_of(11, 20) == punctuality::middle);
    CHECK(punctuality_of(54, 100) == punctuality::low);
}

TEST_CASE("a member is scored by its own steps, the body by the others") {
    case_desk d;
    d.to_position();                                                        // 2 March
    d.pass(8);                                                              // position late
    CHECK(d.send(answer_of("b-1", position::accepts), "contact-a") == "");  // 10 March
    CHECK(d.send(finding_of(d, "b-1"), "desk") == "");
    d.judge("b-1", barrier_class::barrier);
    CHECK(d.send(remedy_of(d, "b-1", "m-1", 2), "contact-a") == "");
    d.pass(3);  // the measure is late and not done
    const auto board = ask(d.seen(), scoreboard_query{}, d.anyone());
    const score_row& a = board->members.front();
    CHECK(a.cases == 1);
    CHECK(a.open == 1);
    CHECK(a.late == 1);
    CHECK(a.due == 3);      // position, plan, measure
    CHECK(a.in_time == 1);  // the plan
    CHECK(a.percent == 33);
    CHECK(a.kept == punctuality::low);
    CHECK(a.steps.front().step == barrier_step::position);
    CHECK(a.steps.front().median_days == 8);
    const score_row& body = board->members.back();
    CHECK_FALSE(body.member);
    CHECK(body.due == 3);  // intake, finding, panel
    CHECK(body.percent == 100);
    CHECK(board->members[1].kept == punctuality::none);
}

TEST_CASE("the median of two is the lower one, and what was stopped counts nowhere") {
    case_desk d;
    for (const auto& [id, days] : {std::pair("b-1", 6), std::pair("b-2", 2)}) {
        d.to_position(id, id);
        d.pass(days);
        CHECK(d.send(answer_of(id, position::accepts), "contact-a") == "");
    }
    d.to_position("b-3", "three");
    CHECK(d.send(link_duplicate{{"b-3"}, {"b-1"}, en("One rule.")}, "desk") == "");
    const auto board = ask(d.seen(), scoreboard_query{}, d.anyone());
    CHECK(board->members.front().steps.front().done == 2);
    CHECK(board->members.front().steps.front().median_days == 2);
}

TEST_CASE("ranks go by cost within a unit, and what is not known comes last") {
    case_desk d;
    for (const char* id : {"b-1", "b-2", "b-3", "b-4", "b-5"}) {
        d.to_position(id, id);
        if (std::string(id) != "b-5")
            CHECK(d.send(weigh{{id}, "cost", std::string(id).substr(2)}, "desk") == "");
    }
    CHECK(d.send(weigh{{"b-5"}, {}, {}}, "desk") == "barriers.finding_missing finding");
    const world w{d.charter, d.own, std::make_shared<known_weights>()};
    const auto seen = ask(w, barriers_query{}, d.anyone());
    std::string order;
    for (const barrier_row& row : seen->barriers)
        order += row.barrier.value + (row.rank ? "#" + std::to_string(*row.rank) : "") + " ";
    CHECK(order == "b-2#1 b-1#2 b-4#1 b-3 b-5 ");
    CHECK(seen->unweighed == 2);
    CHECK(exact("9.5") < exact("10"));
    CHECK(exact("-1") < exact("-0.5"));
    CHECK(exact("123456789012345678") > exact("123456789012345677"));
}
