// Calls as the office reaches them: ordered by a decision, closed by time, their seals kept, the
// fund behind them, all of it verified again from the journal.

#include <doctest/doctest.h>

#include "calls/views.hpp"
#include "fund/views.hpp"
#include "office/reactions.hpp"
#include "office/tests/bench_union.hpp"

using namespace veche;
using namespace veche::office;
using testing::bench_union;

namespace {

/// An order of a call with one programme of one place, without lots.
std::string call_order(const bench_union& u, const std::string& id, const std::string& more = "") {
    return R"([{"type":"calls.open_call","v":1,"body":{"call":")" + id +
           R"(","kind":"places","title":{"en":"Call"},"text":{"en":"Text"},"body":"pc",)"
           R"("programmes":[{"programme":"p","title":{"en":"P"},"host":"H","capacity":1}],)"
           R"("rules":{"ties":"hungarian","unfilled":"none"},)"
           R"("criteria":[{"criterion":"merit","title":{"en":"Merit"},"max":10,"weight":1}],)"
           R"("assessors":1,"answer_days":5,"appeal_days":5,"opens":")" +
           u.today(1) + R"(T00:00:00.000Z","closes":")" + u.today(10) + R"(T00:00:00.000Z")" +
           more + "}}]";
}

std::string application(char digit) {
    return R"({"call":"c","choices":["p"],"sealed":[{"alg":"sha256-salt","bucket":1024,)"
           R"("class":"personal","commit":")" +
           std::string(64, digit) + R"(","subject":"subject-)" + digit + R"("}]})";
}

}  // namespace

TEST_CASE("a call is ordered, closed by time, run and verified again") {
    bench_union u;
    u.session("s1");
    u.adopt("s1", "m1", call_order(u, "c"));
    u.advance_days(2);
    const std::string own = "applicant-1";
    const receipt sent = u.must("calls.submit_application", application('a'), own, own);
    CHECK(u.types(sent.seq) ==
          std::vector<std::string>{"calls.submit_application", "sealed.text_kept"});
    CHECK(u.refused("calls.submit_application", application('a'), "applicant-2", "applicant-2") ==
          "sealed.seal_taken");
    // The same evidence with a new version of the application is not kept twice.
    const receipt again = u.must("calls.submit_application", application('a'), own, own);
    CHECK(u.types(again.seq) == std::vector<std::string>{"calls.submit_application"});
    CHECK(u.refused("calls.submit_application", application('b'), own, "pc/programmes") ==
          "calls.not_for_oneself");

    u.advance_days(10);
    const std::uint64_t before = u.must("calls.judge_eligibility",
                                        R"({"call":"c","applicant":"applicant-1","eligible":true})",
                                        "programme-officer", "pc/programmes")
                                     .seq;
    CHECK(u.types(before - 1).front() == "calls.call_closed");
    u.must("calls.assign_assessor",
           R"({"call":"c","applicant":"applicant-1","assessor":"contract-officer"})",
           "programme-officer", "pc/programmes");
    u.must("calls.declare_interest", R"({"call":"c","applicant":"applicant-1","tie":"none"})",
           "contract-officer", "pc/contracts");
    u.must("calls.assess",
           R"({"call":"c","applicant":"applicant-1","points":[{"criterion":"merit","points":7}]})",
           "contract-officer", "pc/contracts");
    const receipt run =
        u.must("calls.run_allocation", R"({"call":"c"})", "programme-officer", "pc/programmes");
    CHECK(u.types(run.seq) == std::vector<std::string>{"calls.run_allocation", "calls.allocated"});
    u.must("calls.answer_offer", R"({"call":"c","answer":"accept"})", own, own);
    u.advance_days(6);
    u.must("calls.conclude_call", R"({"call":"c"})", "programme-officer", "pc/programmes");
    const auto seen = u.desk->ask("calls.call", R"({"call":"c"})", {{}, u.desk->now()});
    REQUIRE(seen.has_value());
    CHECK(seen->as<calls::call_view>().concluded->accepted == 1);
    verifies(u);
}

TEST_CASE("a call stands on a commitment of the fund that is in force, or on none") {
    bench_union u;
    u.session("s1");
    u.must("assembly.open_session", R"({"session":"s1"})", "ru-prime-minister", "com/chair");
    const auto done = u.send("assembly.table_motion",
                             R"({"motion":"m","session":"s1","item":"i1","title":{"en":"M"},)"
                             R"("text":{"en":"T"},"enactments":)" +
                                 call_order(u, "c", R"(,"commitment":"nothing")") + "}",
                             "ru-prime-minister", "com/chair");
    REQUIRE_FALSE(done.has_value());
    CHECK(done.error().code() == "office.enactment_refused");
    CHECK(done.error().field == "enactments.0.body.commitment");
}

namespace {

/// A line with a commitment of 1,000 roubles, and a call of two places with a stipend each.
std::string backed_order(const bench_union& u, const std::string& id, const std::string& stipend,
                         bool with_line) {
    std::string call = call_order(u, id, R"(,"commitment":"k")");
    const std::string places = R"("capacity":1}])";
    call.replace(call.find(places), places.size(),
                 R"("capacity":2,"stipend":{"minor":")" + stipend + R"(","unit":"RUB"}}])");
    if (!with_line) return call;
    return R"([{"type":"fund.appropriate","v":1,"body":{"line":"l","title":{"en":"L"},"amount":)"
           R"({"minor":"500000","unit":"RUB"},"year":2026}},)"
           R"({"type":"fund.commit","v":1,"body":{"commitment":"k","line":"l","amount":)"
           R"({"minor":"100000","unit":"RUB"},"purpose":{"en":"P"},"partner":{"name":"N","registration":""}}},)" +
           call.substr(1);
}

/// From the first application to the end, with one applicant who accepts.
receipt play_out(bench_union& u) {
    u.advance_days(2);
    u.must("calls.submit_application", R"({"call":"c","choices":["p"]})", "applicant-1",
           "applicant-1");
    u.advance_days(10);
    u.must("calls.judge_eligibility", R"({"call":"c","applicant":"applicant-1","eligible":true})",
           "programme-officer", "pc/programmes");
    u.must("calls.assign_assessor",
           R"({"call":"c","applicant":"applicant-1","assessor":"contract-officer"})",
           "programme-officer", "pc/programmes");
    u.must("calls.declare_interest", R"({"call":"c","applicant":"applicant-1","tie":"none"})",
           "contract-officer", "pc/contracts");
    u.must("calls.assess",
           R"({"call":"c","applicant":"applicant-1","points":[{"criterion":"merit","points":7}]})",
           "contract-officer", "pc/contracts");
    u.must("calls.run_allocation", R"({"call":"c"})", "programme-officer", "pc/programmes");
    u.must("calls.answer_offer", R"({"call":"c","answer":"accept"})", "applicant-1", "applicant-1");
    u.advance_days(6);
    return u.must("calls.conclude_call", R"({"call":"c"})", "programme-officer", "pc/programmes");
}

}  // namespace

TEST_CASE("what a call did not give out of its commitment goes back to the line when it ends") {
    bench_union u;
    u.session("s1");
    u.adopt("s1", "m1", backed_order(u, "c", "40000", true));
    // Another call on the same commitment finds 1,000 less two stipends of 400.
    u.session("s2");
    u.must("assembly.open_session", R"({"session":"s2"})", "ru-prime-minister", "com/chair");
    const auto short_of = u.send("assembly.table_motion",
                                 R"({"motion":"m2","session":"s2","item":"i1","title":{"en":"M"},)"
                                 R"("text":{"en":"T"},"enactments":)" +
                                     backed_order(u, "d", "10001", false) + "}",
                                 "ru-prime-minister", "com/chair");
    REQUIRE_FALSE(short_of.has_value());
    CHECK(short_of.error().sentence().find("20002") != std::string::npos);
    const receipt over = play_out(u);
    CHECK(u.types(over.seq) == std::vector<std::string>{"calls.conclude_call",
                                                        "calls.call_concluded",
                                                        "fund.backing_released"});
    CHECK(u.entry(over.seq + 2)
              .find(R"("given":{"minor":"40000","unit":"RUB"},)"
                    R"("released":{"minor":"40000","unit":"RUB"})") != std::string::npos);
    const auto seen = u.desk->ask("fund.commitment", R"({"id":"k"})", {{}, u.desk->now()});
    REQUIRE(seen.has_value());
    CHECK(seen->as<fund::commitment_view>().commitment.released.minor == 40000);
    verifies(u);
}

TEST_CASE("money that claims have taken meanwhile is not given back") {
    bench_union u;
    u.session("s1");
    u.adopt("s1", "m1", backed_order(u, "c", "50000", true));
    u.must("fund.submit_claim",
           R"({"claim":"q","commitment":"k","items":[{"title":"Costs","amount":)"
           R"({"minor":"80000","unit":"RUB"}}]})",
           "contract-officer", "pc/contracts");
    u.must("fund.accept_claim", R"({"claim":"q"})", "financial-controller", "pc/control");
    const receipt over = play_out(u);
    CHECK(u.entry(over.seq + 2).find(R"("released":{"minor":"20000","unit":"RUB"})") !=
          std::string::npos);
    verifies(u);
}

TEST_CASE("nobody but a decision opens a call, and a decision orders nothing else of it") {
    CHECK(may_be_ordered("calls.open_call"));
    CHECK_FALSE(may_be_ordered("calls.run_allocation"));
    bench_union u;
    CHECK(u.refused("calls.run_allocation", R"({"call":"c"})", "programme-officer",
                    "pc/programmes") == "calls.call_unknown");
}
