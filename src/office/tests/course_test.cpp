// What the course of motions moves in other rooms: orders that wait for their day, and motions that
// a decision sends on.

#include <doctest/doctest.h>

#include "assembly/views.hpp"
#include "office/tests/bench_union.hpp"
#include "office/verify.hpp"
#include "programme/views.hpp"

using namespace veche;
using namespace veche::office;
using testing::bench_union;

namespace {

using strings = std::vector<std::string>;

void table(bench_union& u, const std::string& motion, const std::string& more) {
    u.must("assembly.table_motion",
           R"({"motion":")" + motion +
               R"(","session":"s1","item":"i1","title":{"en":"Motion"},"text":{"en":"Text"},)" +
               more + "}",
           "ru-prime-minister", "com/chair");
}

void open_first_session(bench_union& u) {
    u.session("s1");
    u.must("assembly.open_session", R"({"session":"s1"})", "ru-prime-minister", "com/chair");
}

/// The state council is convened with no item.
void convene_council(bench_union& u, const std::string& id) {
    u.must("assembly.convene_session",
           R"({"id":")" + id + R"(","body":"ssc","title":{"en":"Council"},"starts":")" +
               to_text(plus_days(u.desk->now(), 9)) + "\"}",
           "state-secretary", "pc/state-secretary");
}

assembly::motion_view motion_of(bench_union& u, const std::string& id) {
    const auto seen =
        u.desk->ask("assembly.motion", R"({"id":")" + id + "\"}", {{}, u.desk->now()});
    REQUIRE(seen.has_value());
    return seen->as<assembly::motion_view>();
}

}  // namespace

TEST_CASE("what a decision orders is carried out on its first day in force, not before") {
    bench_union u;
    open_first_session(u);
    table(u, "m1",
          R"("force_on":")" + u.today(5) +
              R"(","enactments":[{"type":"programme.add_measure","v":1,"body":{"measure":"g1",)"
              R"("title":{"en":"Measure"},"sphere":"economy","owner":"com","due":")" +
              u.today(40) +
              R"(","indicator":{"name":{"en":"Done"},"formula":"yes or no","unit":"proof",)"
              R"("form":"present"}}}])");
    const std::uint64_t before = u.store.current().next;
    u.vote("s1", "m1", "yes");
    const strings voted = u.types(before);
    CHECK(voted.back() == "assembly.decision_adopted");
    u.advance_days(4);
    REQUIRE(u.desk->tick().has_value());
    CHECK(u.types(before) == voted);
    u.advance_days(1);
    REQUIRE(u.desk->tick().has_value());
    CHECK(u.types(before + voted.size()) ==
          strings{"assembly.decision_in_force", "assembly.enactment_carried_out"});
    verifies(u);
}

TEST_CASE("a forwarded motion stands on the first agenda of a series that is planned later") {
    bench_union u;
    open_first_session(u);
    table(u, "m1",
          R"("enactments":[{"type":"assembly.forward_motion","v":1,"body":{"to":"ssc",)"
          R"("forwarded":"m1-above"}}])");
    u.vote("s1", "m1", "yes");
    const std::uint64_t before = u.store.current().next;
    u.must("assembly.plan_series",
           R"({"series":"r","body":"ssc","title":{"en":"Regular"},"rhythm":{"every":1,)"
           R"("unit":"week","weekday":"tuesday"},"time":"10:00","zone":"UTC","from":")" +
               u.today(1) + R"(","until":")" + u.today(14) + "\"}",
           "state-secretary", "pc/state-secretary");
    CHECK(u.types(before) == strings{"assembly.plan_series", "assembly.session_planned",
                                     "assembly.forwarded_motion_placed",
                                     "assembly.session_planned"});
    CHECK(motion_of(u, "m1").forwarded[0].status == assembly::motion_status::tabled);
    verifies(u);
}

TEST_CASE("a decision sends its motion to the council above, which finds it on its next agenda") {
    bench_union u;
    open_first_session(u);
    table(u, "m1",
          R"("enactments":[{"type":"assembly.forward_motion","v":1,"body":{"to":"ssc",)"
          R"("forwarded":"m1-above"}}])");
    const std::uint64_t before = u.store.current().next;
    u.vote("s1", "m1", "yes");
    CHECK(u.types(before).back() == "assembly.enactment_carried_out");
    REQUIRE(motion_of(u, "m1").forwarded.size() == 1);
    CHECK_FALSE(motion_of(u, "m1").forwarded[0].status);
    const std::uint64_t convened = u.store.current().next;
    convene_council(u, "above");
    CHECK(u.types(convened) ==
          strings{"assembly.convene_session", "assembly.forwarded_motion_placed"});
    const auto there = motion_of(u, "m1-above");
    REQUIRE(there.came_from);
    CHECK(there.came_from->ordered_by == decision_id{"2026-0001"});
    CHECK(motion_of(u, "m1").forwarded[0].status == assembly::motion_status::tabled);
    verifies(u);
}

TEST_CASE("an order to send a motion on is tried when the motion is tabled") {
    bench_union u;
    open_first_session(u);
    const auto refused =
        u.send("assembly.table_motion",
               R"({"motion":"m1","session":"s1","item":"i1","title":{"en":"M"},"text":{"en":"T"},)"
               R"("enactments":[{"type":"assembly.forward_motion","v":1,"body":{"to":"com",)"
               R"("forwarded":"again"}}]})",
               "ru-prime-minister", "com/chair");
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().field == "enactments.0.body.to");
}
