#include "programme/tests/desk.hpp"

using namespace veche;
using namespace veche::programme;
using namespace veche::programme::testing;

namespace {

add_measure owed_by_mindful(std::string_view due) {
    add_measure c = measure_of("M1", due);
    c.owner = {"mindful"};
    return c;
}

std::string told(const events& list) {
    std::string out;
    for (const event& e : list) out += e.body + " ";
    return out;
}

}  // namespace

TEST_CASE("the owner is reminded as many days before the last day as the charter says, once each") {
    desk d;
    d.order(owed_by_mindful("2027-01-10"));
    d.now = at("2026-12-10T23:59:59.999Z");
    CHECK(d.pass_deadlines().empty());
    d.now = at("2026-12-11T00:00:00.000Z");
    CHECK(told(d.pass_deadlines()) ==
          R"({"days":30,"due":"2027-01-10","measure":"M1","owner":"mindful"} )");
    d.now = at("2027-01-05T00:00:00.000Z");
    CHECK(told(d.pass_deadlines()) ==
          R"({"days":7,"due":"2027-01-10","measure":"M1","owner":"mindful"} )");
    CHECK(d.pass_deadlines().empty());
    const reminders_view v = d.view(reminders_query{body_id{"mindful"}});
    REQUIRE(v.reminders.size() == 2);
    CHECK(v.reminders[0].days == 7);
    CHECK(d.view(reminders_query{body_id{"gov"}}).reminders.empty());
    CHECK(d.view(owed_by_query{{"mindful"}}).reminders.size() == 2);
}

TEST_CASE("a reminder whose moment has passed is not given") {
    desk d;
    d.order(owed_by_mindful("2026-12-10"));  // 16 days ahead: only the one of 7 days is left
    CHECK(earliest_due(d.own) == at("2026-12-03T00:00:00.000Z"));
}

TEST_CASE("a new last day brings new reminders, and what is done is not reminded of") {
    desk d;
    d.order(owed_by_mindful("2027-01-10"));
    d.now = at("2026-12-11T00:00:00.000Z");
    CHECK(d.pass_deadlines().size() == 1);
    amend_measure later;
    later.measure = {"M1"};
    later.due = day("2027-03-01");
    d.order(later);
    CHECK(d.view(reminders_query{}).reminders.empty());  // it was of another promise
    CHECK(d.view(measure_query{{"M1"}}).reminders.size() == 1);
    CHECK(earliest_due(d.own) == at("2027-01-30T00:00:00.000Z"));
    CHECK(deadlines_kept(d.own) == deadlines_of(d.own));
    d.order(drop_measure{{"M1"}, en("Dropped")});
    CHECK_FALSE(earliest_due(d.own));
}
