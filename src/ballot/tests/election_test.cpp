#include "ballot/refusal.hpp"
#include "ballot/tests/shared.hpp"

using namespace veche;
using namespace veche::ballot;
using namespace veche::ballot::testing;

TEST_CASE("a sound definition passes, each unsound one is refused") {
    const definition sound = define({});
    CHECK(check_definition(sound).has_value());
    const auto broken = [&](auto change) {
        definition d = sound;
        change(d);
        return !check_definition(d).has_value();
    };
    CHECK(broken([](definition& d) { d.id.clear(); }));
    CHECK(broken([](definition& d) { d.options.clear(); }));
    CHECK(broken([](definition& d) { d.options[1].id = d.options[0].id; }));
    CHECK(broken([](definition& d) { d.most = 3; }));
    CHECK(broken([](definition& d) { d.least = 2; }));
    CHECK(broken([](definition& d) { d.least = -1; }));
    CHECK(broken([](definition& d) { d.floor = 2; }));
    CHECK(broken([](definition& d) { d.weight_floor = 0; }));
    CHECK(broken([](definition& d) { d.threshold = 0; }));
    CHECK(broken([](definition& d) { d.threshold = 4; }));
    CHECK(broken([](definition& d) { d.trustees.clear(); }));
    CHECK(broken([](definition& d) { d.trustees[0].signing = element{}; }));
    CHECK(broken([](definition& d) { d.trustees[0].signing = d.trustees[1].signing; }));
}

TEST_CASE("a roll ascends, knows no neutral credential and no weight that overflows") {
    const hall h;
    CHECK(check_roll(h.r).has_value());
    roll twice = h.r;
    twice.voters[1] = twice.voters[0];
    CHECK_FALSE(check_roll(twice).has_value());
    roll neutral = h.r;
    neutral.voters[0].credential = element{};
    CHECK(check_roll(neutral).error().code() == refusals::not_an_element.code);
    roll heavy = h.r;
    heavy.voters[0].weight = max_weight;
    CHECK_FALSE(check_roll(heavy).has_value());
    roll nothing = h.r;
    nothing.voters[0].weight = 0;
    CHECK_FALSE(check_roll(nothing).has_value());
}

TEST_CASE("no election is opened on a roll that cannot reach the floors") {
    hall h;
    h.d.floor = 7;
    CHECK_FALSE(open_election(h.d, h.r, {}, h.joint.key).has_value());
    h.d.floor = 3;
    h.d.weight_floor = 3;
    CHECK(open_election(h.d, h.r, {}, h.joint.key).has_value());
    h.r.voters[0].weight = 5;
    CHECK(open_election(h.d, h.r, {}, h.joint.key).error().code() == refusals::roll_unsound.code);
    CHECK_FALSE(open_election(h.d, h.r, {}, element{}).has_value());
}

TEST_CASE("everything an election consists of changes its hash") {
    const hall h;
    definition d = h.d;
    d.floor = 4;
    const election other = must(open_election(d, h.r, h.joint.ceremony, h.joint.key));
    CHECK(hash_of(other) != h.t.election);
    roll r = h.r;
    r.voters.pop_back();
    CHECK(hash_of(must(open_election(h.d, r, h.joint.ceremony, h.joint.key))) != h.t.election);
}
