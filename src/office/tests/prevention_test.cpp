// The register of preventive measures with what it needs of places, sessions and decisions.

#include <doctest/doctest.h>

#include "office/tests/bench_union.hpp"
#include "prevention/views.hpp"

using namespace veche;
using veche::office::testing::bench_union;

namespace {

std::string order_json(const bench_union& u, const std::string& order, const std::string& member,
                       const std::string& more = "") {
    return R"({"order":")" + order + R"(","body":"pc","what":{"member":")" + member +
           R"(","kind":"c1","level":3,"scope":)" +
           (more.empty() ? R"("general")" : R"("targeted")") + more + R"(,"from":")" + u.today() +
           R"(","title":{"en":"Schools closed"},"act":{"number":"7"}}})";
}

std::string commanded(const std::string& type, const std::string& body) {
    return R"([{"type":")" + type + R"(","v":1,"body":)" + body + "}]";
}

}  // namespace

TEST_CASE("a clash is found in the same breath, and comes on the agenda when it is late") {
    bench_union u;
    const auto done =
        u.must("prevention.order_measure", order_json(u, "o-1", "by"), "health-by", "pc/health-by");
    CHECK(u.types(done.seq) ==
          std::vector<std::string>{"prevention.order_measure", "prevention.clash_found"});
    CHECK(u.refused("prevention.order_measure", order_json(u, "o-2", "by"), "health-ru",
                    "pc/health-ru") == "prevention.not_orderer");
    u.advance_days(31);
    REQUIRE(u.desk->tick());
    CHECK(u.types(done.seq + 2) == std::vector<std::string>{"prevention.clash_late"});
    u.advance_days(15);
    REQUIRE(u.desk->tick());
    const auto convened = u.must("assembly.convene_session",
                                 R"({"id":"n1","body":"com","starts":")" + u.today(20) +
                                     R"(T10:00:00.000Z","title":{"en":"Next"}})",
                                 "state-secretary", "pc/state-secretary");
    CHECK(u.types(convened.seq) ==
          std::vector<std::string>{"assembly.convene_session", "assembly.case_placed"});
    CHECK(u.entry(convened.seq + 1).find(R"("about":"prevention/clashes/x-1")") !=
          std::string::npos);
    CHECK(u.refused("prevention.refer_clash", R"({"clash":"x-1","session":"n1"})",
                    "prevention-desk", "pc/prevention") == "prevention.agenda_full");
    CHECK(u.refused("prevention.refer_clash", R"({"clash":"x-1","session":"none"})",
                    "prevention-desk", "pc/prevention") == "prevention.session_unfit");
    verifies(u);
}

TEST_CASE("a decision of the union orders a measure, and settles a clash") {
    bench_union u;
    u.session("s1");
    u.must("prevention.order_measure", order_json(u, "o-1", "by"), "health-by", "pc/health-by");
    u.adopt("s1", "m1",
            commanded("prevention.settle_clash",
                      R"({"clash":"x-1","text":{"en":"Until the holidays."}})"));
    u.session("s2");
    u.adopt("s2", "m2", commanded("prevention.order_measure", order_json(u, "o-2", "ru")));
    const auto view = [&](const std::string& what, const std::string& query) {
        return u.desk->ask(what, query, viewer{});
    };
    const auto clash = view("prevention.clash", R"({"clash":"x-1"})");
    REQUIRE(clash);
    const auto& shown = *std::static_pointer_cast<const prevention::clash_view>(clash->value);
    CHECK(shown.row.standing == prevention::clash_standing::aligned);
    CHECK(shown.decision.has_value());
    const auto order = view("prevention.order", R"({"order":"o-2"})");
    REQUIRE(order);
    CHECK(std::static_pointer_cast<const prevention::order_view>(order->value)
              ->versions.front()
              .decision.has_value());
    verifies(u);
}

TEST_CASE("regions that an order names are places of its member") {
    bench_union u;
    CHECK(u.refused("prevention.order_measure", order_json(u, "o-1", "by", R"(,"where":["BY-MI"])"),
                    "health-by", "pc/health-by") == "prevention.region_unknown");
}
