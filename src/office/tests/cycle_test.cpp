// The whole cycle: a motion with enactments carries, and what it orders is done in the same breath.

#include <doctest/doctest.h>

#include "assembly/views.hpp"
#include "fund/views.hpp"
#include "office/tests/bench_union.hpp"
#include "office/verify.hpp"
#include "programme/views.hpp"

using namespace veche;
using namespace veche::office;
using testing::bench_union;

namespace {

std::string measure(const std::string& id, const std::string& due,
                    const std::string& owner = "com") {
    return R"({"type":"programme.add_measure","v":1,"body":{"measure":")" + id +
           R"(","title":{"en":"Measure"},"sphere":"economy","owner":")" + owner + R"(","due":")" +
           due +
           R"(","indicator":{"name":{"en":"Done"},"formula":"yes or no","unit":"proof","form":"present"}}})";
}
std::string appropriation(const std::string& line, const std::string& minor) {
    return R"({"type":"fund.appropriate","v":1,"body":{"line":")" + line +
           R"(","title":{"en":"Line"},"amount":{"minor":")" + minor +
           R"(","unit":"RUB"},"year":2026}})";
}

}  // namespace

TEST_CASE("a decision carries out what it orders, in the same breath") {
    bench_union u;
    u.session("s1");
    u.adopt("s1", "m1",
            "[" + measure("g1", u.today(30)) + "," + appropriation("l1", "1000000") + "]");
    const auto budget = u.desk->ask("fund.budget", "{}", {{}, u.desk->now()});
    REQUIRE(budget.has_value());
    const auto& lines = budget->as<fund::budget_view>().lines;
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].amended.minor == 1000000);
    CHECK(lines[0].decision.value == "2026-0001");
    const auto shown = u.desk->ask("programme.measure", R"({"id":"g1"})", {{}, u.desk->now()});
    REQUIRE(shown.has_value());
    CHECK(shown->as<programme::measure_view>().measure.decision.value == "2026-0001");
    const auto types = u.types(0);
    const std::vector<std::string> tail(types.end() - 5, types.end());
    CHECK(tail == std::vector<std::string>{
                      "assembly.close_vote", "assembly.vote_decided", "assembly.decision_adopted",
                      "assembly.enactment_carried_out", "assembly.enactment_carried_out"});
    verifies(u);
}

TEST_CASE("a motion whose enactments could not be carried out today is refused, with the place") {
    bench_union u;
    u.session("s1");
    u.must("assembly.open_session", R"({"session":"s1"})", "ru-prime-minister", "com/chair");
    const auto table = [&](const std::string& enactments) {
        const auto done = u.send("assembly.table_motion",
                                 R"({"motion":"m","session":"s1","item":"i1","title":{"en":"M"},)"
                                 R"("text":{"en":"T"},"enactments":)" +
                                     enactments + "}",
                                 "ru-prime-minister", "com/chair");
        return done ? "accepted" : std::string(done.error().code()) + " " + done.error().field;
    };
    CHECK(table("[" + appropriation("a", "5") + "," + appropriation("a", "5") + "]") ==
          "office.enactment_refused enactments.1.body.line");
    CHECK(table("[" + measure("x", u.today(-1)) + "]") ==
          "office.enactment_refused enactments.0.body.due");
    CHECK(table(R"([{"type":"fund.appropriate","v":9,"body":{}}])") ==
          "office.enactment_refused enactments.0.v");
    CHECK(table(R"([{"type":"fund.appropriate","v":1,"body":{"line":"a"}}])") ==
          "office.enactment_refused enactments.0.body.amount");
    CHECK(table("[" + appropriation("a", "5") + "]") == "accepted");
}

TEST_CASE(
    "what could be carried out when tabled and cannot when adopted lands on the follow-up list") {
    bench_union u;
    u.session("s1");
    u.must("assembly.open_session", R"({"session":"s1"})", "ru-prime-minister", "com/chair");
    for (const char* motion : {"m1", "m2"})
        u.must(
            "assembly.table_motion",
            std::string(R"({"motion":")") + motion +
                R"(","session":"s1","item":"i1","title":{"en":"M"},"text":{"en":"T"},"enactments":[)" +
                measure(std::string("only-") + motion, u.today(9)) + "," +
                appropriation("same-line", "7") + "]}",
            "ru-prime-minister", "com/chair");
    u.vote("s1", "m1", "yes");
    u.vote("s1", "m2", "yes");
    // All or nothing: the second decision's measure was not created either.
    CHECK_FALSE(
        u.desk->ask("programme.measure", R"({"id":"only-m2"})", {{}, u.desk->now()}).has_value());
    const auto list =
        u.desk->ask("programme.follow_ups", R"({"resolved":false})", {{}, u.desk->now()});
    REQUIRE(list.has_value());
    const auto& items = list->as<programme::follow_ups_view>().items;
    REQUIRE(items.size() == 1);
    CHECK(items[0].decision.value == "2026-0002");
    CHECK(items[0].enactment == 2);
    CHECK(u.refused("assembly.retry_enactments", R"({"decision":"2026-0002"})", "state-secretary",
                    "pc/state-secretary") == "office.enactment_refused");
    verifies(u);
}

TEST_CASE("late measures go to the next session of a series, and on when that one is over") {
    bench_union u;
    u.session("s1");
    u.adopt("s1", "m1", "[" + measure("g1", u.today(3)) + "]");
    u.must("assembly.close_session", R"({"session":"s1"})", "ru-prime-minister", "com/chair");
    u.advance_days(4);
    const std::uint64_t before = u.store.current().next;
    u.must("assembly.plan_series",
           R"({"series":"r","body":"com","title":{"en":"Regular"},"rhythm":{"every":1,)"
           R"("unit":"week","weekday":"tuesday"},"time":"10:00","zone":"UTC","from":")" +
               u.today(1) + R"(","until":")" + u.today(21) + "\"}",
           "state-secretary", "pc/state-secretary");
    CHECK(u.types(before) ==
          std::vector<std::string>{"programme.measure_overdue", "assembly.plan_series",
                                   "assembly.session_planned", "assembly.item_placed",
                                   "assembly.session_planned", "assembly.session_planned"});
    u.must("assembly.cancel_session", R"({"session":"r-1"})", "state-secretary",
           "pc/state-secretary");
    CHECK(u.types(u.store.current().next - 2) ==
          std::vector<std::string>{"assembly.cancel_session", "assembly.item_placed"});
    u.must("assembly.open_session", R"({"session":"r-2"})", "ru-prime-minister", "com/chair");
    u.must("assembly.close_session", R"({"session":"r-2"})", "ru-prime-minister", "com/chair");
    const std::string placed = u.entry(u.store.current().next - 1);
    CHECK(placed.find(R"("session":"r-3")") != std::string::npos);
    verifies(u);
}

TEST_CASE("an overdue measure puts itself on the next agenda, and goes up when it stays late") {
    bench_union u;
    u.session("s1");
    u.adopt("s1", "m1", "[" + measure("g1", u.today(3)) + "]");
    u.must("assembly.close_session", R"({"session":"s1"})", "ru-prime-minister", "com/chair");
    u.session("s2");
    const std::uint64_t before = u.store.current().next;
    u.advance_days(3);
    REQUIRE(u.desk->tick().has_value());
    CHECK(u.types(before).empty());
    u.advance_days(1);
    REQUIRE(u.desk->tick().has_value());
    CHECK(u.types(before) ==
          std::vector<std::string>{"programme.measure_overdue", "assembly.item_placed"});
    // Time alone caused the first: it names itself; the second names the first.
    CHECK(u.entry(before).find("\"by\":" + std::to_string(before)) != std::string::npos);
    CHECK(u.entry(before + 1).find("\"by\":" + std::to_string(before)) != std::string::npos);
    u.advance_days(30);
    // A command that comes after the deadline finds it derived first.
    u.session("s3");
    const auto types = u.types(before + 2);
    CHECK(types[0] == "programme.measure_escalated");
    CHECK(types[1] == "assembly.convene_session");
    CHECK(types[2] == "assembly.item_placed");
    // The body above, seized of it, finds it on its own agenda.
    u.must("assembly.convene_session",
           R"({"id":"h1","body":"ssc","title":{"en":"High"},"starts":")" +
               to_text(plus_days(u.desk->now(), 1)) + "\"}",
           "state-secretary", "pc/state-secretary");
    const auto all = u.types(before);
    CHECK(all.back() == "assembly.item_placed");
    verifies(u);
}

TEST_CASE("the charter changes only by decision of the body that it names") {
    bench_union u;
    u.session("s1");
    u.must("assembly.open_session", R"({"session":"s1"})", "ru-prime-minister", "com/chair");
    const std::string amend =
        R"([{"type":"charter.amend","v":1,"body":{"changes":{"id":"union-state","units":[{"id":"BED",)"
        R"("name":{"en":"bed"},"kind":"count","scale":0}]}}}])";
    CHECK(u.refused(
              "assembly.table_motion",
              R"({"motion":"m","session":"s1","item":"i1","title":{"en":"M"},"text":{"en":"T"},)"
              R"("enactments":)" +
                  amend + "}",
              "ru-prime-minister", "com/chair") != "");
    CHECK(u.refused("charter.amend", R"({"changes":{"id":"union-state"}})", "ru-president",
                    "ssc/chair") != "");
    u.must("assembly.convene_session",
           R"({"id":"h1","body":"ssc","title":{"en":"High"},"starts":")" +
               to_text(plus_days(u.desk->now(), 1)) + "\"}",
           "state-secretary", "pc/state-secretary");
    u.must("assembly.add_item",
           R"({"session":"h1","item":"i1","kind":"decision","title":{"en":"I"}})",
           "state-secretary", "pc/state-secretary");
    u.must("assembly.open_session", R"({"session":"h1"})", "ru-president", "ssc/chair");
    u.must(
        "assembly.table_motion",
        R"({"motion":"hm","session":"h1","item":"i1","title":{"en":"M"},"text":{"en":"T"},"enactments":)" +
            amend + "}",
        "ru-president", "ssc/chair");
    u.must("assembly.open_vote", R"({"vote":"hv","motion":"hm"})", "ru-president", "ssc/chair");
    u.must("assembly.cast_ballot", R"({"vote":"hv","seat":"ssc/ru","choice":"yes"})",
           "ru-president", "ssc/ru");
    u.must("assembly.cast_ballot", R"({"vote":"hv","seat":"ssc/by","choice":"yes"})",
           "by-president", "ssc/by");
    u.must("assembly.close_vote", R"({"vote":"hv"})", "ru-president", "ssc/chair");
    bool known = false;
    u.desk->read([&](const state& s) { known = s.charter.find_unit({"BED"}) != nullptr; });
    CHECK(known);
    verifies(u);
}

TEST_CASE(
    "a repeated command gives the first answer; the same key for another command is refused") {
    bench_union u;
    const std::string body =
        R"({"id":"s1","body":"com","title":{"en":"S"},"starts":"2026-05-01T10:00:00.000Z"})";
    const auto first =
        u.send("assembly.convene_session", body, "state-secretary", "pc/state-secretary", "once");
    REQUIRE(first.has_value());
    const auto again =
        u.send("assembly.convene_session", body, "state-secretary", "pc/state-secretary", "once");
    REQUIRE(again.has_value());
    CHECK(again->repeated);
    CHECK(again->seq == first->seq);
    CHECK(u.store.current().next == first->seq + 1);
    const auto other = u.send("assembly.open_session", R"({"session":"s1"})", "state-secretary",
                              "pc/state-secretary", "once");
    REQUIRE(!other);
    CHECK(other.error().code() == "office.idem_reused");
}

TEST_CASE("commands nobody may send are refused before any room is asked") {
    bench_union u;
    CHECK(u.refused("assembly.unknown", "{}", "state-secretary", "pc/state-secretary") ==
          "office.type_unknown");
    CHECK(u.refused("assembly.vote_decided", "{}", "state-secretary", "pc/state-secretary") ==
          "office.type_unknown");
    const auto line = journal::compose_act_line("state-secretary", "pc/state-secretary", "{}", "x",
                                                "another.example/journal", "people.enroll_key", 1);
    CHECK(u.desk->submit({line, {}, {"state-secretary"}}).error().code() == "office.wrong_log");
    const auto mine = journal::compose_act_line("state-secretary", "pc/state-secretary", "{}", "x",
                                                "union.example/journal", "people.enroll_key", 1);
    CHECK(u.desk->submit({mine, {}, {"treasurer"}}).error().code() == "office.actor_mismatch");
    CHECK(u.desk->submit({mine, {}, {}}).error().code() == "office.not_signed_in");
}

TEST_CASE("a batch is judged one after another, and answered in its order") {
    bench_union u;
    const auto receipt_of = [](const std::string& id, std::string_view minor,
                               const std::string& idem) {
        const std::string body = R"({"amount":{"minor":")" + std::string(minor) +
                                 R"(","unit":"RUB"},"contribution":")" + id +
                                 R"(","effective":"2026-03-01","member":"ru","reference":"r"})";
        return submission{
            journal::compose_act_line("treasurer", "pc/treasurer", body, idem,
                                      "union.example/journal", "fund.receive_contribution", 1),
            {},
            {"treasurer"}};
    };
    const std::uint64_t before = u.store.current().next;
    const auto answers = u.desk->submit_all({receipt_of("c1", "100", "i1"),
                                             receipt_of("c2", "-5", "i2"),
                                             {"no line", {}, {}},
                                             receipt_of("c1", "100", "i1"),
                                             receipt_of("c1", "200", "i3"),
                                             receipt_of("c3", "1", "i4")});
    REQUIRE(answers.size() == 6);
    CHECK(answers[0]->seq == before);
    CHECK(answers[1].error().code() == "fund.amount_not_positive");
    CHECK(answers[2].error().code() == "json.not_canonical");
    CHECK(answers[3]->repeated);
    CHECK(answers[3]->seq == before);
    CHECK(answers[4].error().code() == "fund.contribution_taken");
    CHECK(answers[5]->seq == before + 1);
    CHECK(u.store.current().next == before + 2);
    CHECK(u.desk->submit_all({}).empty());
    verifies(u);
}
