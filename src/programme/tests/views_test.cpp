#include "programme/tests/desk.hpp"

using namespace veche;
using namespace veche::programme;
using namespace veche::programme::testing;

namespace {

/// M1 late and seized by top, M2 late, M3 done, M4 dropped, M5 running, M6 planned, part of M5.
desk busy_desk() {
    desk d;
    add_measure c = measure_of("M1", "2026-12-01");
    c.responsible = office_id{"board/clerk"};
    d.order(c);
    c = measure_of("M2", "2026-12-10");
    c.sphere = "health";
    d.order(c);
    d.order(measure_of("M3", "2026-12-05"));
    d.order(measure_of("M4", "2026-12-05"));
    c = measure_of("M5", "2027-03-01");
    c.title = {{"en", "Trains"}, {"ru", "Поезда"}};
    c.owner = {"board"};
    d.order(c);
    c.measure = {"M6"};
    c.title = en("Tickets");
    c.parent = measure_id{"M5"};
    d.order(c);
    d.must(reporter, completion_of("M3"));
    d.order(drop_measure{{"M4"}, en("Not needed")});
    report_progress r = report_of("R1", "M1");
    r.value = ratio{1, 1};
    d.must(reporter, r);
    r = report_of("R2", "M1");
    r.value = ratio{2, 1};
    d.must(clerk, r);
    d.must(clerk, report_of("R3", "M1"));
    amend_measure mine;
    mine.measure = {"M5"};
    mine.responsible = office_id{"board/clerk"};
    d.must(chancery, mine);
    d.must(clerk, report_of("R4", "M5"));
    d.now = at("2026-12-15T09:00:00.000Z");
    d.pass_deadlines();
    return d;
}

std::vector<std::string> ids(const std::vector<measure_row>& rows) {
    std::vector<std::string> out;
    for (const measure_row& r : rows) out.push_back(r.id.value);
    return out;
}

using names = std::vector<std::string>;

}  // namespace

TEST_CASE("the programme counts everything and shows what was asked for") {
    const desk d = busy_desk();
    const measures_view all = d.view(measures_query{});
    CHECK(ids(all.measures) == names{"M1", "M3", "M4", "M2", "M5", "M6"});
    CHECK(all.shown == 6);
    CHECK(all.spheres == names{"economy", "health"});
    CHECK(to_json(all.totals) ==
          R"({"all":6,"done":1,"dropped":1,"late":1,"planned":1,"running":1,"very_late":1})");
    measures_query q;
    q.body = body_id{"board"};
    CHECK(ids(d.view(q).measures) == names{"M5", "M6"});
    CHECK(d.view(q).totals.all == 6);
    q = {};
    q.sphere = "health";
    CHECK(ids(d.view(q).measures) == names{"M2"});
    q = {};
    q.status = measure_status::very_late;
    CHECK(ids(d.view(q).measures) == names{"M1"});
    q = {};
    q.query = "Поезд";
    CHECK(ids(d.view(q).measures) == names{"M5"});
    q.query = "M2";
    CHECK(ids(d.view(q).measures) == names{"M2"});
    q.query = "";
    CHECK(d.view(q).shown == 6);
}

TEST_CASE("a row says who owes it, how late it is, and the latest value") {
    const desk d = busy_desk();
    const measure_row r = d.view(measures_query{}).measures.front();
    CHECK(r.owner_name == en("The gov"));
    CHECK(r.days_late == 14);
    CHECK(r.escalated_to->value == "top");
    CHECK(r.escalated_to_name == en("The top"));
    CHECK(*r.value == ratio{2, 1});  // the third report gave none
    CHECK(*r.target == ratio{4, 1});
    CHECK(r.unit == "sessions");
    CHECK(r.decision.value == "2026-0001");
    CHECK(r.seq == 1);
}

TEST_CASE("what is late is listed by body, the latest first") {
    const desk d = busy_desk();
    const late_view v = d.view(late_query{});
    CHECK(v.late == 2);
    CHECK(v.very_late == 1);
    REQUIRE(v.bodies.size() == 1);
    CHECK(v.bodies[0].body.value == "gov");
    CHECK(v.bodies[0].name == en("The gov"));
    CHECK(ids(v.bodies[0].measures) == names{"M1", "M2"});
    CHECK(d.view(late_query{body_id{"board"}}).bodies.empty());
    CHECK(d.view(late_query{body_id{"gov"}}).late == 2);
}

TEST_CASE("bodies on the late list come in the order of the charter") {
    desk d = busy_desk();
    d.now = at("2027-06-01T00:00:00.000Z");
    const late_view v = d.view(late_query{});
    REQUIRE(v.bodies.size() == 2);
    CHECK(v.bodies[0].body.value == "gov");
    CHECK(v.bodies[1].body.value == "board");
    CHECK(v.late == 4);
    CHECK(v.very_late == 1);
}

TEST_CASE("nothing is late in a union that is not founded") {
    const charter::state nothing;
    const state empty;
    const auto answer =
        ask(world{nothing, empty}, late_query{}, viewer{{}, at("2026-12-15T09:00:00.000Z")});
    REQUIRE(answer.has_value());
    CHECK(answer->bodies.empty());
}

TEST_CASE("a measure shows its whole history with the numbers of its entries") {
    const desk d = busy_desk();
    const measure_view v = d.view(measure_query{{"M1"}});
    CHECK(v.text == en("What is to be done"));
    CHECK(v.responsible->value == "board/clerk");
    CHECK(v.responsible_name == en("Holder of board/clerk"));
    REQUIRE(v.reports.size() == 3);
    CHECK(v.reports[0].id.value == "R3");
    CHECK(v.reports[2].id.value == "R1");
    CHECK(v.reports[2].by_title == en("Holder of gov/reporter"));
    CHECK(v.reports[2].seq == 9);
    CHECK(v.overdue_seq.has_value());
    CHECK(v.escalated_seq.has_value());
    CHECK_FALSE(v.closed_seq);
    CHECK_FALSE(v.may_report);
    const measure_view whole = d.view(measure_query{{"M5"}});
    CHECK(ids(whole.parts) == names{"M6"});
    CHECK(v.parts.empty());
    REQUIRE(whole.amendments.size() == 1);
    CHECK(whole.amendments[0].by.value == "p-top");
    CHECK(whole.amendments[0].by_title == en("Holder of top/chancery"));
    CHECK(d.view(measure_query{{"M3"}}).closed_seq == 7);
    CHECK(d.view(measure_query{{"M4"}}).drop_reason == en("Not needed"));
    const auto none = ask(d.seen(), measure_query{{"none"}}, viewer{{}, d.now});
    REQUIRE_FALSE(none.has_value());
    CHECK(none.error().kind == &refusals::measure_unknown);
}

TEST_CASE("a viewer is told under which offices they may report") {
    const desk d = busy_desk();
    const auto as = [&](const char* measure, const actor& who) {
        std::vector<std::string> offices;
        const measure_view v = d.view(measure_query{{measure}}, who);
        for (const office_id& o : v.report_as) offices.push_back(o.value);
        CHECK(v.may_report == !offices.empty());
        return offices;
    };
    CHECK(as("M1", reporter) == names{"gov/reporter"});
    CHECK(as("M1", clerk) == names{"board/clerk"});
    CHECK(as("M2", clerk).empty());
    CHECK(as("M1", keeper).empty());
    CHECK(as("M3", reporter).empty());  // done
}

TEST_CASE("what a body owes: its measures, those it was seized of, its follow-ups") {
    desk d = busy_desk();
    for (const event& e : follow_up(d.seen(), {"2026-0002"}, {"gov"}, 0, {"fund.x", {}, ""}))
        d.follow(e);
    const owed_by_view gov = d.view(owed_by_query{{"gov"}});
    CHECK(gov.name == en("The gov"));
    CHECK(ids(gov.measures) == names{"M1", "M2"});
    CHECK(gov.late == 2);
    CHECK(gov.seized.empty());
    CHECK(gov.follow_ups.size() == 1);
    const owed_by_view top = d.view(owed_by_query{{"top"}});
    CHECK(top.measures.empty());
    CHECK(ids(top.seized) == names{"M1"});
    CHECK(top.late == 0);
    CHECK(top.follow_ups.empty());
    CHECK(d.view(owed_by_query{{"board"}}).late == 0);
    d.must(keeper, resolve_follow_up{{"2026-0002"}, en("Settled")});
    CHECK(d.view(owed_by_query{{"gov"}}).follow_ups.empty());
    const auto none = ask(d.seen(), owed_by_query{{"nobody"}}, viewer{{}, d.now});
    REQUIRE_FALSE(none.has_value());
    CHECK(none.error().kind == &refusals::owner_unknown);
}

TEST_CASE("follow-ups come oldest first, the settled ones only when asked for") {
    desk d;
    for (const char* decision : {"2026-0009", "2026-0002"})
        for (const event& e : follow_up(d.seen(), {decision}, {"gov"}, 2, {"fund.x", {}, ""}))
            d.follow(e);
    d.must(keeper, resolve_follow_up{{"2026-0009"}, en("Settled")});
    const auto open = d.view(follow_ups_query{});
    REQUIRE(open.items.size() == 1);
    CHECK(open.items[0].decision.value == "2026-0002");
    CHECK(open.items[0].enactment == 3);
    CHECK(open.items[0].body_name == en("The gov"));
    const auto all = d.view(follow_ups_query{true});
    REQUIRE(all.items.size() == 2);
    CHECK(all.items[0].decision.value == "2026-0009");
    CHECK(all.items[0].note == en("Settled"));
}
