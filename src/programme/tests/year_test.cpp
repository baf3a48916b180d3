#include "programme/tests/desk.hpp"

using namespace veche;
using namespace veche::programme;
using namespace veche::programme::testing;

namespace {

/// One measure done late, one dropped, one moved into the next year, one of the next year.
desk two_years() {
    desk d;
    d.order(measure_of("M1", "2026-12-10"));
    d.order(measure_of("M2", "2026-12-10"));
    add_measure waits = measure_of("M3", "2026-12-20");
    waits.milestones = {{{"a"}, en("A"), day("2026-12-15")}};
    d.order(waits);
    d.now = at("2026-12-31T12:00:00.000Z");
    d.pass_deadlines();
    d.now = at("2027-01-05T12:00:00.000Z");
    d.pass_deadlines();
    report_progress r = report_of("r1", "M1");
    r.value = ratio{4, 1};
    d.must(reporter, r);
    d.must(reporter, completion_of("M1"));
    d.order(drop_measure{{"M2"}, en("Not needed")});
    amend_measure later;
    later.measure = {"M3"};
    later.due = day("2027-06-01");
    d.must(keeper, later);
    d.must(reporter, reach_milestone{{"M3"}, {"a"}, {}, en("Reached"), {}});
    d.order(measure_of("M4", "2027-05-01"));
    arrange_measure link;
    link.measure = {"M3"};
    link.waits_for = {{"M4"}};
    d.must(keeper, link);
    return d;
}

std::string told(const year_view& v) {
    std::string out;
    for (const year_row& one : v.measures)
        out += one.measure.id.value + "=" + std::string(name_of(one.measure.status)) + "," +
               std::string(name_of(one.measure.state)) + "," +
               std::to_string(one.measure.milestones_reached) + " ";
    return out;
}

}  // namespace

TEST_CASE("the report of a year tells what stood at its end, not what came later") {
    const desk d = two_years();
    const year_view then = d.view(year_query{2026});
    CHECK(then.as_of == day("2026-12-31"));
    CHECK(told(then) == "M1=very_late,not_known,0 M2=very_late,not_known,0 M3=late,not_known,0 ");
    CHECK(then.not_known == 3);
    const year_view now = d.view(year_query{2027});
    CHECK(now.as_of == day("2027-01-05"));
    CHECK(told(now) ==
          "M1=done,met,0 M2=dropped,not_known,0 M4=planned,not_known,0 "
          "M3=planned,not_known,1 ");
    CHECK(now.met == 1);
    CHECK(d.view(year_query{2025}).measures.empty());
    CHECK(d.view(year_query{2028}).measures.empty());
    CHECK(d.view(year_query{2'000'000'000}).measures.empty());
}

TEST_CASE("the list of what is due and late is found by words in any spelling, and by state") {
    desk d;
    add_measure c = measure_of("M1", "2026-12-01");
    c.title = {{"en", "Journeys"}, {"ru", "Поездки по Ёлкам"}};
    d.order(c);
    d.order(measure_of("M2", "2027-02-01"));
    CHECK(d.view(late_query{}).due == 1);  // the other one lies more than 30 days ahead
    late_query q;
    q.due_within = 100;
    CHECK(d.view(q).due == 2);
    q.query = "елкам ПОЕЗДКИ";
    CHECK(d.view(q).due == 1);
    q.query = "the GOV";
    CHECK(d.view(q).due == 2);
    q.query = "nothing";
    CHECK(d.view(q).bodies.empty());
    d.now = at("2026-12-02T00:00:00.000Z");
    d.pass_deadlines();
    q = {};
    q.stands = lateness::late;
    CHECK(d.view(q).late == 1);
    CHECK(d.view(q).due == 0);
    q.stands = lateness::very_late;
    CHECK(d.view(q).bodies.empty());
    q.stands = lateness::due;
    CHECK(d.view(q).late == 0);
    measures_query all;
    all.query = "ёлкам";
    CHECK(d.view(all).shown == 1);
}

TEST_CASE("milestones over their day stand on the list while their measure is open") {
    desk d;
    add_measure c = measure_of("M1", "2027-03-01");
    c.milestones = {{{"a"}, en("A"), day("2026-12-01")}, {{"b"}, en("B"), day("2026-12-02")}};
    d.order(c);
    d.must(reporter, reach_milestone{{"M1"}, {"b"}, day("2026-11-24"), en("Reached"), {}});
    d.now = at("2026-12-04T09:00:00.000Z");
    const late_view v = d.view(late_query{});
    REQUIRE(v.bodies.size() == 1);
    REQUIRE(v.bodies[0].milestones.size() == 1);
    CHECK(v.bodies[0].milestones[0].milestone.value == "a");
    CHECK(v.bodies[0].milestones[0].days_late == 3);
    const measure_view m = d.view(measure_query{{"M1"}});
    CHECK(m.milestones[0].status == milestone_status::late);
    CHECK(m.milestones[1].status == milestone_status::reached);
    d.must(reporter, completion_of("M1"));
    CHECK(d.view(late_query{}).bodies.empty());
}
