// An election's result is carried out in the same breath, and a replay says the same.

#include <doctest/doctest.h>

#include "assembly/views.hpp"
#include "kernel/hash.hpp"
#include "office/tests/bench_union.hpp"
#include "office/verify.hpp"
#include "programme/views.hpp"

using namespace veche;
using namespace veche::office;
using testing::bench_union;

namespace {

const std::string number(64, '5');

/// An open session of the assembly with the election "e" called to what `post` says.
void call(bench_union& u, const std::string& post) {
    u.must("assembly.convene_session",
           R"({"id":"pa-9","body":"pa","title":{"en":"Session"},"starts":")" +
               to_text(plus_days(u.desk->now(), 1)) + "\"}",
           "state-secretary", "pc/state-secretary");
    u.must("assembly.add_item",
           R"({"session":"pa-9","item":"i1","kind":"decision","title":{"en":"Item"}})",
           "state-secretary", "pc/state-secretary");
    u.must("assembly.open_session", R"({"session":"pa-9"})", "pa-ru-1", "pa/chair");
    u.must(
        "assembly.call_election",
        R"({"election":"e","session":"pa-9","item":"i1","title":{"en":"Post"},"how":"plurality",)" +
            post + R"(,"posts":1})",
        "pa-ru-1", "pa/chair");
}

void hold(bench_union& u) {
    u.must("assembly.nominate_candidate", R"({"election":"e","candidate":"pa-by-3"})", "pa-by-3",
           "pa/by-3");
    u.must("assembly.open_election",
           R"({"election":"e","lot_commitment":")" + to_hex(sha256(number)) + "\"}", "pa-ru-1",
           "pa/chair");
    for (const char* n : {"1", "2", "3"})
        u.must("assembly.cast_election_ballot",
               std::string(R"({"election":"e","marks":["pa-by-3"],"seat":"pa/by-)") + n + "\"}",
               std::string("pa-by-") + n, std::string("pa/by-") + n);
    u.must("assembly.close_election", R"({"election":"e","lot_number":")" + number + "\"}",
           "pa-ru-1", "pa/chair");
}

}  // namespace

TEST_CASE("whoever is elected holds the office in the same breath") {
    bench_union u;
    call(u, R"("office":"pa/budget-chair")");
    const std::string paper =
        R"({"session":"pa-9","paper":"p","title":{"en":"P"},"language":"en","content":)"
        R"({"media":"application/pdf","sha256":")" +
        std::string(64, '0') + R"(","size":1}})";
    CHECK(u.refused("assembly.add_paper", paper, "pa-by-3", "pa/budget-chair") ==
          "charter.not_in_office");
    hold(u);
    const auto types = u.types(0);
    CHECK(std::vector<std::string>(types.end() - 4, types.end()) ==
          std::vector<std::string>{"assembly.close_election", "assembly.stage_counted",
                                   "assembly.election_decided", "assembly.post_conferred"});
    u.must("assembly.add_paper", paper, "pa-by-3", "pa/budget-chair");
    const auto shown = u.desk->ask("assembly.election", R"({"id":"e"})", {{}, u.desk->now()});
    REQUIRE(shown.has_value());
    const auto& election = shown->as<assembly::election_view>();
    REQUIRE(election.orders.size() == 1);
    CHECK(election.orders[0].seq.has_value());
    CHECK_FALSE(election.failed.has_value());
    verifies(u);
}

TEST_CASE("a result that cannot be carried out says so and lands on the follow-up list") {
    bench_union u;
    // The seat is held until it is given up.
    call(u, R"("seats":["pa/ru-36"])");
    hold(u);
    const auto types = u.types(0);
    CHECK(std::vector<std::string>(types.end() - 3, types.end()) ==
          std::vector<std::string>{"assembly.election_decided", "assembly.posts_not_conferred",
                                   "programme.follow_up_opened"});
    const auto list =
        u.desk->ask("programme.follow_ups", R"({"resolved":false})", {{}, u.desk->now()});
    REQUIRE(list.has_value());
    const auto& items = list->as<programme::follow_ups_view>().items;
    REQUIRE(items.size() == 1);
    CHECK(items[0].decision.value == "election/e");
    verifies(u);
}
