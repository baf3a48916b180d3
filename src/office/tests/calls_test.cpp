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

namespace {

/// A call for grants of 1,000 roubles out of the commitment k of 1,500, with contracts: half on
/// signing, half after 30 days against a report. x and y win 400 each and accept.
std::string grants_order(const bench_union& u, const std::string& more, bool with_line) {
    const std::string terms =
        R"(,"contracts":{"parts":[{"shown":"signing","share":500000,"due_days":0},)"
        R"({"shown":"final_report","share":500000,"due_days":30}]})";
    std::string call = call_order(u, "c", R"(,"commitment":"k")" + terms + more);
    call.replace(call.find("\"places\""), 8, "\"grants\"");
    const std::size_t from = call.find("\"programmes\"");
    call.replace(from, call.find("\"rules\"") - from,
                 R"("budget":{"minor":"100000","unit":"RUB"},)");
    call.replace(call.find(R"("unfilled":"none")"), 17, R"("unfilled":"none","budget":"skip")");
    if (!with_line) return call;
    return R"([{"type":"fund.appropriate","v":1,"body":{"line":"l","title":{"en":"L"},"amount":)"
           R"({"minor":"500000","unit":"RUB"},"year":2026}},)"
           R"({"type":"fund.commit","v":1,"body":{"commitment":"k","line":"l","amount":)"
           R"({"minor":"150000","unit":"RUB"},"purpose":{"en":"P"},"partner":{"name":"N","registration":""}}},)" +
           call.substr(1);
}

void win_grants(bench_union& u) {
    u.advance_days(2);
    for (const char* who : {"applicant-1", "applicant-2"})
        u.must("calls.submit_application",
               R"({"call":"c","asks":{"minor":"40000","unit":"RUB"},"title":{"en":"Choir"}})", who,
               who);
    u.advance_days(10);
    for (const char* who : {"applicant-1", "applicant-2"}) {
        const std::string one = R"({"call":"c","applicant":")" + std::string(who) + R"(",)";
        u.must("calls.judge_eligibility", one + R"("eligible":true})", "programme-officer",
               "pc/programmes");
        u.must("calls.assign_assessor", one + R"("assessor":"contract-officer"})",
               "programme-officer", "pc/programmes");
        u.must("calls.declare_interest", one + R"("tie":"none"})", "contract-officer",
               "pc/contracts");
        u.must("calls.assess", one + R"("points":[{"criterion":"merit","points":7}]})",
               "contract-officer", "pc/contracts");
    }
    u.must("calls.run_allocation", R"({"call":"c"})", "programme-officer", "pc/programmes");
    for (const char* who : {"applicant-1", "applicant-2"})
        u.must("calls.answer_offer", R"({"call":"c","answer":"accept"})", who, who);
}

receipt sign_for(bench_union& u, const std::string& id, const std::string& who) {
    const receipt drafted =
        u.must("fund.draft_contract",
               R"({"contract":")" + id + R"(","call":"c","beneficiary":")" + who + R"("})",
               "programme-officer", "pc/programmes");
    CHECK(u.types(drafted.seq) ==
          std::vector<std::string>{"fund.draft_contract", "fund.contract_drafted"});
    return u.must("fund.sign_contract", R"({"contract":")" + id + R"("})", "contract-officer",
                  "pc/contracts");
}

std::string claim_on(const std::string& id, const std::string& of, const std::string& minor) {
    return R"({"claim":")" + id + R"(","commitment":")" + of +
           R"(","items":[{"title":"Costs","amount":{"minor":")" + minor + R"(","unit":"RUB"}}]})";
}

fund::commitment_row held_of(bench_union& u, const std::string& id) {
    const auto seen =
        u.desk->ask("fund.commitment", R"({"id":")" + id + R"("})", {{}, u.desk->now()});
    REQUIRE(seen.has_value());
    return seen->as<fund::commitment_view>().commitment;
}

}  // namespace

TEST_CASE(
    "a winner's contract leaves the call's commitment, and what it leaves is for the others") {
    bench_union u;
    u.session("s1");
    u.adopt("s1", "m1", grants_order(u, "", true));
    win_grants(u);
    CHECK(u.refused("fund.draft_contract",
                    R"({"contract":"k1","call":"c","beneficiary":"applicant-3"})",
                    "programme-officer", "pc/programmes") == "calls.application_unknown");
    sign_for(u, "k1", "applicant-1");
    CHECK(held_of(u, "k").released.minor == 40000);
    CHECK(held_of(u, "k1").amount_.minor == 40000);
    // 1,500 less the contract: of the rest 600 are the call's, 500 are free for anything.
    CHECK(u.refused("fund.submit_claim", claim_on("q0", "k", "50001"), "programme-officer",
                    "pc/programmes") == "fund.held_for_contracts");
    u.must("fund.submit_claim", claim_on("q0", "k", "50000"), "programme-officer", "pc/programmes");
    u.must("fund.accept_claim", R"({"claim":"q0"})", "financial-controller", "pc/control");
    CHECK(u.refused("fund.release_commitment",
                    R"({"release":"d","commitment":"k","amount":{"minor":"1","unit":"RUB"},)"
                    R"("reason":{"en":"R"}})",
                    "programme-officer", "pc/programmes") == "fund.held_for_contracts");
    // Who has a contract can neither go back nor move; who has none can.
    CHECK(u.refused("calls.withdraw_application", R"({"call":"c"})", "applicant-1",
                    "applicant-1") == "calls.contract_stands");
    u.must("fund.submit_claim", claim_on("q1", "k1", "20000"), "programme-officer",
           "pc/programmes");
    CHECK(u.refused("fund.submit_claim", claim_on("q2", "k1", "1"), "programme-officer",
                    "pc/programmes") == "fund.instalment_not_due");
    u.must("fund.accept_claim", R"({"claim":"q1"})", "financial-controller", "pc/control");
    u.advance_days(6);
    const receipt over =
        u.must("calls.conclude_call", R"({"call":"c"})", "programme-officer", "pc/programmes");
    // Given out 800, of which 400 left for a contract; 200 that nobody won go back.
    CHECK(u.entry(over.seq + 2)
              .find(R"("given":{"minor":"80000","unit":"RUB"},)"
                    R"("released":{"minor":"20000","unit":"RUB"})") != std::string::npos);
    sign_for(u, "k2", "applicant-2");
    const fund::commitment_row rest = held_of(u, "k");
    CHECK(rest.amount_.minor - rest.released.minor == 50000);
    const receipt ended = u.must("fund.end_contract",
                                 R"({"contract":"k1","how":"terminated","reason":{"en":"Over"}})",
                                 "programme-officer", "pc/programmes");
    CHECK(u.types(ended.seq) ==
          std::vector<std::string>{"fund.end_contract", "fund.contract_ended"});
    CHECK(u.entry(ended.seq + 1).find(R"("released":{"minor":"20000","unit":"RUB"})") !=
          std::string::npos);
    verifies(u);
}

TEST_CASE("a draft is not signed when what was won is gone, and others may take the money") {
    bench_union u;
    u.session("s1");
    u.adopt("s1", "m1", grants_order(u, "", true));
    win_grants(u);
    u.must("fund.draft_contract", R"({"contract":"k1","call":"c","beneficiary":"applicant-1"})",
           "programme-officer", "pc/programmes");
    u.must("calls.withdraw_application", R"({"call":"c"})", "applicant-1", "applicant-1");
    CHECK(u.refused("fund.sign_contract", R"({"contract":"k1"})", "contract-officer",
                    "pc/contracts") == "calls.nothing_won");
    verifies(u);
}

TEST_CASE("money that is divided stands on a commitment, and what nobody got goes back") {
    bench_union u;
    u.session("s1");
    // 600 of 1,000 for two parties that claim 250 each.
    const std::string order =
        R"([{"type":"fund.appropriate","v":1,"body":{"line":"l","title":{"en":"L"},"amount":)"
        R"({"minor":"500000","unit":"RUB"},"year":2026}},)"
        R"({"type":"fund.commit","v":1,"body":{"commitment":"k","line":"l","amount":)"
        R"({"minor":"100000","unit":"RUB"},"purpose":{"en":"P"},"partner":{"name":"N","registration":""}}},)"
        R"({"type":"calls.open_call","v":1,"body":{"call":"d","kind":"shares",)"
        R"("title":{"en":"Call"},"text":{"en":"Text"},"body":"pc","commitment":"k",)"
        R"("rules":{"ties":"order","unfilled":"none"},"shares":{"of":{"minor":"60000","unit":"RUB"},)"
        R"("divide":{"rule":"max_min"},"parties":[)"
        R"({"party":"a","title":{"en":"A"},"claim":25000,"source":"S"},)"
        R"({"party":"b","title":{"en":"B"},"claim":25000,"source":"S"}]},)"
        R"("answer_days":0,"appeal_days":0,"opens":")" +
        u.today(1) + R"(T00:00:00.000Z","closes":")" + u.today(3) + R"(T00:00:00.000Z"}}])";
    u.adopt("s1", "m1", order);
    u.advance_days(4);
    u.must("calls.run_allocation", R"({"call":"d"})", "programme-officer", "pc/programmes");
    const receipt over =
        u.must("calls.conclude_call", R"({"call":"d"})", "programme-officer", "pc/programmes");
    CHECK(u.entry(over.seq + 2)
              .find(R"("given":{"minor":"50000","unit":"RUB"},)"
                    R"("released":{"minor":"10000","unit":"RUB"})") != std::string::npos);
    CHECK(held_of(u, "k").released.minor == 10000);
    verifies(u);
}

TEST_CASE("nobody but a decision opens a call, and a decision orders nothing else of it") {
    CHECK(may_be_ordered("calls.open_call"));
    CHECK_FALSE(may_be_ordered("calls.run_allocation"));
    bench_union u;
    CHECK(u.refused("calls.run_allocation", R"({"call":"c"})", "programme-officer",
                    "pc/programmes") == "calls.call_unknown");
}
