// Support of motions and amendments where the charter asks for it.

#include "assembly/amendments.hpp"
#include "assembly/course_refusal.hpp"
#include "assembly/motion_refusal.hpp"
#include "assembly/tests/hall.hpp"

using namespace veche;
using namespace veche::assembly;
using namespace veche::assembly::testing;

namespace {

/// The house asks for two supporters of a motion and one of an amendment.
hall house_with_support() {
    auto doc = small_union();
    for (auto& body : doc.bodies) {
        if (body.id.value != "house") continue;
        body.motions = charter::motion_procedure{};
        body.motions->supporters = 2;
        body.motions->amendment_supporters = 1;
    }
    return with_motion(hall(doc), "house");
}

support_motion support_by(const actor& who, std::string amendment = {}) {
    support_motion c;
    c.motion = {"m"};
    if (!amendment.empty()) c.amendment = amendment_id{std::move(amendment)};
    c.seat = who.auth;
    return c;
}

table_amendment deletion(std::string id) {
    table_amendment c;
    c.amendment = {std::move(id)};
    c.motion = {"m"};
    c.kind = amendment_kind::delete_;
    return c;
}

open_vote vote_on_amendment(std::string id, std::string amendment) {
    auto c = vote_on(std::move(id), "m");
    c.amendment = amendment_id{std::move(amendment)};
    return c;
}

}  // namespace

TEST_CASE("a motion is not put to the vote before it has the supporters the charter asks for") {
    hall h = house_with_support();
    const auto one = deputy("n", 1);
    h.must(one, support_by(one));
    const auto why = h.refused(speaker, vote_on("v", "m"));
    CHECK(why.kind == &refusals::supporters_missing);
    CHECK(why.args == std::vector<std::string>{"m", "1", "2"});
    h.must(deputy("s", 1), support_by(deputy("s", 1)));
    const auto seen = h.view(motion_query{{"m"}});
    CHECK(seen.supporters_needed == 2);
    REQUIRE(seen.supporters.size() == 2);
    CHECK(seen.supporters[1].seat == "house-s-1");
    h.must(speaker, vote_on("v", "m"));
}

TEST_CASE("support taken back no longer counts, and no seat counts twice or for itself") {
    hall h = house_with_support();
    const auto one = deputy("n", 1);
    h.must(one, support_by(one));
    CHECK(h.refused(one, support_by(one)).kind == &refusals::supports_already);
    const auto back = withdraw_support{{"m"}, std::nullopt, one.auth};
    h.must(one, back);
    CHECK(h.own.motions.find(motion_id{"m"})->support.by.empty());
    CHECK(h.refused(one, back).kind == &refusals::supports_not);
    // Nobody supports under another's seat, or under one of another body.
    CHECK(h.refused(deputy("n", 2), support_by(one)).kind == &refusals::seat_not_held);
    CHECK(h.refused(north, support_by(north)).kind == &refusals::seat_unknown);
    const auto two = deputy("n", 2);
    auto own = motion_of("own", "s");
    h.must(two, own);
    support_motion c{{"own"}, std::nullopt, two.auth};
    CHECK(h.refused(two, c).kind == &refusals::supports_itself);
}

TEST_CASE("an amendment without supporters is not voted on, holds nothing up, and lapses") {
    hall h = house_with_support();
    h.must(deputy("n", 3), deletion("a"));
    for (const auto& who : {deputy("n", 1), deputy("n", 2)}) h.must(who, support_by(who));
    CHECK(h.refused(speaker, vote_on_amendment("v", "a")).kind == &refusals::supporters_missing);
    CHECK(voting_order(h.own, *h.own.motions.find(motion_id{"m"})).empty());
    h.must(speaker, vote_on("v", "m"));
    for (const auto& who : {deputy("n", 1), deputy("n", 2), deputy("n", 3)})
        h.must(who, ballot_in("v", who.auth, vote_choice::yes));
    h.must(speaker, close_vote{{"v"}, {}});
    CHECK(h.own.amendments.find(amendment_id{"a"})->status == amendment_status::lapsed);
}

TEST_CASE("a supported amendment comes before the motion as ever") {
    hall h = house_with_support();
    h.must(deputy("n", 3), deletion("a"));
    h.must(deputy("n", 1), support_by(deputy("n", 1), "a"));
    for (const auto& who : {deputy("n", 1), deputy("n", 2)}) h.must(who, support_by(who));
    CHECK(h.refused(speaker, vote_on("v", "m")).kind == &refusals::amendments_pending);
    h.must(speaker, vote_on_amendment("v", "a"));
    // Once it is voted on, nobody joins or leaves.
    CHECK(h.refused(deputy("n", 2), support_by(deputy("n", 2), "a")).kind ==
          &refusals::motion_not_tabled);
}

TEST_CASE("where the charter asks for no supporters nothing changes, and support may still come") {
    hall h = hall_with_motion("council");
    h.must(north, support_motion{{"m"}, std::nullopt, north.auth});
    h.must(chair, vote_on("v", "m"));
    CHECK(h.view(motion_query{{"m"}}).supporters.size() == 1);
}
