// Acts signed by several heads on different days, and what their force waits for.

#include <set>

#include "assembly/course_refusal.hpp"
#include "assembly/motion_refusal.hpp"
#include "assembly/tests/hall.hpp"

using namespace veche;
using namespace veche::assembly;
using namespace veche::assembly::testing;

namespace {

using charter::entry_into_force;

/// The council's acts are signed by both of its seats and its chair.
hall signing_council(std::optional<entry_into_force> in_force,
                     std::optional<std::string> day = std::nullopt) {
    auto doc = small_union();
    doc.bodies.front().acts =
        charter::act_procedure{{"council/north", "council/south", "council/chair"}, in_force};
    hall h(doc);
    h.must(secretary, session_of("s", "council"));
    h.must(secretary, item_of("s", "i1"));
    h.must(chair, open_session{{"s"}});
    auto motion = motion_of("m", "s");
    if (day) motion.force_on = parse_date(*day);
    h.must(chair, motion);
    h.must(chair, vote_on("v", "m"));
    for (const auto& who : {north, south}) h.must(who, ballot_in("v", who.auth, vote_choice::yes));
    h.must(chair, close_vote{{"v"}, {}});
    return h;
}

events sign(hall& h, const actor& who) {
    return h.must(who, sign_act{{"2026-0001"}, who.auth});
}
bool followed_force(const events& e) {
    return !e.empty() && e.front().type == decision_in_force::wire.type;
}

}  // namespace

TEST_CASE("each signatory signs on its own day, and what is unsigned is listed with its days") {
    hall h = signing_council(std::nullopt);
    CHECK(the_decision(h).in_force == h.now);
    h.now = at("2026-11-27T10:00:00.000Z");
    CHECK_FALSE(followed_force(sign(h, south)));
    auto waiting = h.view(unsigned_acts_query{}).acts;
    REQUIRE(waiting.size() == 1);
    CHECK(waiting[0].days == 3);
    REQUIRE(waiting[0].missing.size() == 2);
    CHECK(waiting[0].missing[0].as == "council/north");
    CHECK_FALSE(waiting[0].holds_back);
    CHECK(h.view(my_duties_query{{north.person}}).acts.size() == 1);
    CHECK(h.view(my_duties_query{{south.person}}).acts.empty());
    h.now = at("2026-12-02T10:00:00.000Z");
    sign(h, north);
    sign(h, chair);
    CHECK(h.view(unsigned_acts_query{}).acts.empty());
    const auto seen = h.view(decision_query{{"2026-0001"}});
    REQUIRE(seen.signatures.size() == 3);
    // In the order of the charter, each with its own day.
    CHECK(seen.signatures[0].at == at("2026-12-02T10:00:00.000Z"));
    CHECK(seen.signatures[1].at == at("2026-11-27T10:00:00.000Z"));
    CHECK(seen.signatures_missing == 0);
}

TEST_CASE("an act in force with its last signature is not in force before it") {
    hall h = signing_council(entry_into_force::last_signature);
    CHECK_FALSE(the_decision(h).in_force);
    CHECK_FALSE(followed_force(sign(h, chair)));
    CHECK_FALSE(followed_force(sign(h, north)));
    h.now = at("2026-12-05T12:00:00.000Z");
    CHECK(followed_force(sign(h, south)));
    CHECK(the_decision(h).in_force == h.now);
}

TEST_CASE("a stated day is waited for, and comes by itself") {
    hall h = signing_council(std::nullopt, "2027-01-01");
    CHECK_FALSE(the_decision(h).in_force);
    h.now = at("2026-12-31T23:59:59.999Z");
    CHECK(h.pass_deadlines() == 0);
    h.now = at("2027-01-03T08:00:00.000Z");
    CHECK(earliest_due(h.own) == at("2027-01-01T00:00:00.000Z"));
    CHECK(h.pass_deadlines() == 1);
    CHECK(the_decision(h).in_force == at("2027-01-01T00:00:00.000Z"));
    CHECK(h.pass_deadlines() == 0);
}

TEST_CASE("of a day and the last signature the later one counts") {
    hall early = signing_council(entry_into_force::last_signature, "2027-01-01");
    for (const auto& who : {chair, north, south}) CHECK_FALSE(followed_force(sign(early, who)));
    CHECK_FALSE(the_decision(early).in_force);
    early.now = at("2027-01-01T00:00:00.000Z");
    CHECK(early.pass_deadlines() == 1);
    CHECK(the_decision(early).in_force == early.now);
    hall late = signing_council(entry_into_force::last_signature, "2027-01-01");
    sign(late, chair);
    sign(late, north);
    late.now = at("2027-02-01T09:00:00.000Z");
    CHECK(late.pass_deadlines() == 0);
    CHECK(followed_force(sign(late, south)));
    CHECK(the_decision(late).in_force == late.now);
}

TEST_CASE("only signatories sign, for themselves and once") {
    hall h = signing_council(std::nullopt);
    const auto why = [&](const actor& who, std::string decision, std::string as) {
        return h.refused(who, sign_act{{std::move(decision)}, std::move(as)}).kind;
    };
    CHECK(why(north, "2026-0009", "nobody") == &refusals::decision_unknown);
    CHECK(why(stranger, "2026-0001", "council/secretary") == &refusals::not_a_signatory);
    CHECK(why(secretary, "2026-0001", "council/secretary") == &refusals::not_a_signatory);
    CHECK(why(south, "2026-0001", "council/north") == &refusals::signatory_not_held);
    sign(h, north);
    CHECK(why(north, "2026-0001", "council/north") == &refusals::signed_already);
}

TEST_CASE(
    "a body whose charter names nobody signs nothing, and its decisions are in force at once") {
    hall h = hall_with_vote("council");
    for (const auto& who : {north, south}) h.must(who, ballot_in("v", who.auth, vote_choice::yes));
    h.must(chair, close_vote{{"v"}, {}});
    CHECK(the_decision(h).in_force == h.now);
    CHECK(h.view(unsigned_acts_query{}).acts.empty());
}

TEST_CASE("codes of refusals about the course of motions are unique, and sentences end well") {
    std::set<std::string_view> codes;
    for (const refusal_kind* kind : refusals::all) codes.insert(kind->code);
    for (const refusal_kind* kind : refusals::of_motions::all) codes.insert(kind->code);
    for (const refusal_kind* kind : refusals::of_course::all) {
        CHECK(codes.insert(kind->code).second);
        CHECK(kind->code.starts_with("assembly."));
        CHECK(kind->sentence.ends_with('.'));
    }
}
