#include <random>

#include "programme/tests/desk.hpp"

using namespace veche;
using namespace veche::programme;
using namespace veche::programme::testing;

namespace {

using names = std::vector<std::string>;

}  // namespace

TEST_CASE("a measure is late from the start of the day after its last day, UTC") {
    desk d;
    d.order(measure_of("M1", "2026-12-01"));
    CHECK(earliest_due(d.own) == at("2026-12-02T00:00:00.000Z"));
    d.now = at("2026-12-01T23:59:59.999Z");
    CHECK(d.pass_deadlines().empty());
    CHECK(days_late(known(d, "M1"), d.now) == 0);
    d.now = at("2026-12-02T00:00:00.000Z");
    CHECK(days_late(known(d, "M1"), d.now) == 1);
    const events passed = d.pass_deadlines();
    REQUIRE(types_of(passed) == names{"programme.measure_overdue"});
    CHECK(passed[0].body == R"({"due":"2026-12-01","measure":"M1","owner":"gov"})");
    CHECK(status_of(known(d, "M1"), d.now) == measure_status::late);
    CHECK(known(d, "M1").overdue_seq == 2);
}

TEST_CASE("the body above is seized after as many days as the charter says") {
    desk d;
    d.order(measure_of("M1", "2026-12-01"));
    d.now = at("2026-12-05T12:00:00.000Z");
    CHECK(types_of(d.pass_deadlines()) == names{"programme.measure_overdue"});
    CHECK(earliest_due(d.own) == at("2026-12-12T00:00:00.000Z"));
    d.now = at("2026-12-11T23:59:59.999Z");
    CHECK(d.pass_deadlines().empty());
    d.now = at("2026-12-12T00:00:00.000Z");
    const events passed = d.pass_deadlines();
    REQUIRE(types_of(passed) == names{"programme.measure_escalated"});
    CHECK(passed[0].body == R"({"days":11,"measure":"M1","owner":"gov","to":"top"})");
    CHECK(status_of(known(d, "M1"), d.now) == measure_status::very_late);
    CHECK(known(d, "M1").escalated_to->value == "top");
    CHECK(known(d, "M1").escalated_seq == 3);
    CHECK_FALSE(earliest_due(d.own));
    CHECK(late_measures_for(d.own, {"top"}) == std::vector{measure_id{"M1"}});
    CHECK(late_measures_for(d.own, {"gov"}) == std::vector{measure_id{"M1"}});
    CHECK(late_measures_for(d.own, {"board"}).empty());
}

TEST_CASE("both deadlines that passed while nobody acted are derived, in their order") {
    desk d;
    d.order(measure_of("M2", "2026-12-03"));
    d.order(measure_of("M1", "2026-12-03"));
    d.order(measure_of("M0", "2026-12-20"));
    d.now = at("2027-03-01T00:00:00.000Z");
    const events passed = d.pass_deadlines();
    names measures;
    for (const event& e : passed) {
        const auto body = e.body.substr(e.body.find("\"measure\":\"") + 11, 2);
        measures.push_back((e.type == "programme.measure_overdue" ? "late " : "up ") + body);
    }
    // M0 is late on the 21st, after the others went up on the 14th.
    CHECK(measures == names{"late M1", "late M2", "up M1", "up M2", "late M0", "up M0"});
}

TEST_CASE("a body with none above it, or that does not escalate, is not gone over") {
    desk d;
    for (const char* owner : {"board", "top", "idle"}) {
        add_measure c = measure_of(std::string("M-") + owner);
        c.owner = {owner};
        d.order(c);
    }
    d.now = at("2028-01-01T00:00:00.000Z");
    CHECK(d.pass_deadlines().size() == 3);
    CHECK_FALSE(earliest_due(d.own));
}

TEST_CASE("a new date or owner is a new promise") {
    desk d;
    d.order(measure_of("M1", "2026-12-01"));
    d.now = at("2027-01-10T10:00:00.000Z");
    CHECK(d.pass_deadlines().size() == 2);
    amend_measure later;
    later.measure = {"M1"};
    later.due = day("2027-02-01");
    d.must(keeper, later);
    CHECK(status_of(known(d, "M1"), d.now) == measure_status::planned);
    CHECK_FALSE(known(d, "M1").escalated_to);
    CHECK_FALSE(known(d, "M1").overdue_seq);
    CHECK_FALSE(known(d, "M1").escalated_seq);
    CHECK(late_measures_for(d.own, {"gov"}).empty());
    CHECK(earliest_due(d.own) == at("2027-02-02T00:00:00.000Z"));
    d.now = at("2027-02-03T00:00:00.000Z");
    CHECK(d.pass_deadlines().size() == 1);
    amend_measure elsewhere;
    elsewhere.measure = {"M1"};
    elsewhere.owner = body_id{"board"};
    d.order(elsewhere);
    // The new owner takes it over late, and is told so at once.
    CHECK(types_of(d.pass_deadlines()) == names{"programme.measure_overdue"});
    CHECK(late_measures_for(d.own, {"board"}).size() == 1);
    CHECK_FALSE(earliest_due(d.own));
}

TEST_CASE("an amendment of words leaves lateness and deadlines as they were") {
    desk d;
    d.order(measure_of("M1", "2026-12-01"));
    d.now = at("2026-12-02T00:00:00.000Z");
    d.pass_deadlines();
    const auto before = deadlines_kept(d.own);
    amend_measure words;
    words.measure = {"M1"};
    words.text = en("In other words");
    d.must(keeper, words);
    CHECK(deadlines_kept(d.own) == before);
    CHECK(known(d, "M1").overdue);
}

TEST_CASE("a late measure that is done is not escalated") {
    desk d;
    d.order(measure_of("M1", "2026-12-01"));
    d.order(measure_of("M2", "2026-12-01"));
    d.now = at("2026-12-03T00:00:00.000Z");
    d.pass_deadlines();
    d.must(reporter, completion_of("M1"));
    d.order(drop_measure{{"M2"}, en("Dropped")});
    CHECK_FALSE(earliest_due(d.own));
    CHECK(late_measures_for(d.own, {"gov"}).empty());
}

TEST_CASE("late measures of a body come by their due date") {
    desk d;
    d.order(measure_of("M2", "2026-12-05"));
    d.order(measure_of("M3", "2026-12-01"));
    d.order(measure_of("M1", "2026-12-05"));
    d.now = at("2026-12-06T00:00:00.000Z");
    d.pass_deadlines();
    CHECK(late_measures_for(d.own, {"gov"}) ==
          std::vector{measure_id{"M3"}, measure_id{"M1"}, measure_id{"M2"}});
}

TEST_CASE("an escalation names the owner itself where the body above has gone") {
    desk d;
    d.order(measure_of("M1", "2026-12-01"));
    d.now = at("2026-12-02T00:00:00.000Z");
    d.pass_deadlines();
    charter::charter_document doc = small_union();
    doc.bodies[1].parent.reset();
    d.charter.found(doc);
    d.now = at("2026-12-20T00:00:00.000Z");
    REQUIRE(d.pass_deadlines().size() == 1);
    CHECK(known(d, "M1").escalated_to->value == "gov");
    // What becomes late after that has nobody to go to.
    d.order(measure_of("M2", "2026-12-21"));
    d.now = at("2027-12-20T00:00:00.000Z");
    CHECK(types_of(d.pass_deadlines()) == names{"programme.measure_overdue"});
}

TEST_CASE("the order of deadlines is what the open measures give, after any commands") {
    for (unsigned seed = 1; seed <= 30; ++seed) {
        std::mt19937 random(seed);
        const auto pick = [&](int n) {
            return static_cast<int>(random() % static_cast<unsigned>(n));
        };
        const char* owners[] = {"gov", "board", "top", "idle"};
        desk d;
        for (int step = 0; step < 150; ++step) {
            d.now = {d.now.ms + pick(4) * ms_per_day / 2};
            d.pass_deadlines();
            const std::string id = "M" + std::to_string(pick(12));
            const date due{date_of(d.now).days + pick(12) - 1};
            amend_measure amend;
            amend.measure = {id};
            switch (pick(6)) {
                case 0:
                case 1: {
                    add_measure c = measure_of(id);
                    c.owner = {owners[pick(4)]};
                    c.due = due;
                    (void)d.submit(d.now_by("gov"), c);
                    break;
                }
                case 2:
                    amend.due = due;
                    (void)d.submit(d.now_by("gov"), amend);
                    break;
                case 3:
                    amend.owner = body_id{owners[pick(4)]};
                    (void)d.submit(d.now_by("gov"), amend);
                    break;
                case 4:
                    (void)d.submit(d.now_as(chancery), completion_of(id));
                    break;
                default:
                    if (pick(3) == 0)
                        (void)d.submit(d.now_by("gov"), drop_measure{{id}, en("Dropped")});
            }
            REQUIRE(deadlines_kept(d.own) == deadlines_of(d.own));
        }
        // Long after, everything open has been found late, and nothing is waited for.
        d.now = plus_days(d.now, 400);
        d.pass_deadlines();
        REQUIRE_FALSE(earliest_due(d.own));
        for (const auto& [id, m] : d.own.measures) REQUIRE((!m.open() || m.overdue));
    }
}
