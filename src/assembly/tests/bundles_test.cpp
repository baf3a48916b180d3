// Several motions or amendments decided by one vote.

#include "assembly/bundles.hpp"

#include <algorithm>

#include "assembly/course_refusal.hpp"
#include "assembly/motion_refusal.hpp"
#include "assembly/tests/hall.hpp"
#include "kernel/hash.hpp"

using namespace veche;
using namespace veche::assembly;
using namespace veche::assembly::testing;

namespace {

bundle_motions bundle_of(std::vector<motion_id> motions,
                         std::vector<amendment_id> amendments = {}) {
    return {{"b"}, en("Together"), std::move(motions), std::move(amendments)};
}

open_vote vote_on_bundle(std::string vote = "v", std::string motion = "m") {
    auto c = vote_on(std::move(vote), std::move(motion));
    c.bundle = bundle_id{"b"};
    return c;
}

/// Motions m, m2 and m3 of the council, bundled.
hall three_bundled() {
    hall h = hall_with_motion("council");
    for (const char* id : {"m2", "m3"}) h.must(chair, motion_of(id, "s"));
    h.must(chair, bundle_of({{"m"}, {"m2"}, {"m3"}}));
    return h;
}

void council_votes(hall& h, const std::string& vote, vote_choice south_says) {
    h.must(north, ballot_in(vote, "council/north", vote_choice::yes));
    h.must(south, ballot_in(vote, "council/south", south_says));
    h.must(chair, close_vote{{vote}, {}});
}

bundle_status status_of_bundle(const hall& h) {
    return h.own.bundles.find(bundle_id{"b"})->status;
}

table_amendment reword(std::string id, std::int32_t paragraph, std::string words) {
    table_amendment c;
    c.amendment = {std::move(id)};
    c.motion = {"m"};
    c.kind = amendment_kind::replace;
    c.paragraph = paragraph;
    c.text = en(std::move(words));
    return c;
}

hall with_three_paragraphs() {
    hall h;
    h.must(secretary, session_of("s", "council"));
    h.must(secretary, item_of("s", "i1"));
    h.must(chair, open_session{{"s"}});
    auto c = motion_of("m", "s");
    c.text = en("One.\n\nTwo.\n\nThree.");
    h.must(chair, c);
    return h;
}

}  // namespace

TEST_CASE("a bundle carries as one, and each motion becomes a decision of its own") {
    hall h = three_bundled();
    h.must(chair, vote_on_bundle());
    for (const char* id : {"m", "m2", "m3"}) CHECK(status_of(h, id) == motion_status::voting);
    council_votes(h, "v", vote_choice::yes);
    CHECK(status_of_bundle(h) == bundle_status::carried);
    REQUIRE(h.own.decisions.size() == 3);
    for (const auto& [id, motion] :
         {std::pair{"2026-0001", "m"}, {"2026-0002", "m2"}, {"2026-0003", "m3"}}) {
        const decision* d = h.own.decisions.find(decision_id{id});
        REQUIRE(d);
        CHECK(d->motion.value == motion);
        CHECK(d->vote.value == "v");
        CHECK(status_of(h, motion) == motion_status::adopted);
    }
}

TEST_CASE("a bundle fails as one") {
    hall h = three_bundled();
    h.must(chair, vote_on_bundle());
    council_votes(h, "v", vote_choice::no);
    CHECK(status_of_bundle(h) == bundle_status::failed);
    CHECK(h.own.decisions.empty());
    for (const char* id : {"m", "m2", "m3"}) CHECK(status_of(h, id) == motion_status::rejected);
}

TEST_CASE("whoever has a seat may have one taken out, which is then voted on by itself") {
    hall h = three_bundled();
    CHECK(h.refused(chair, vote_on("v", "m2")).kind == &refusals::in_bundle);
    CHECK(h.refused(stranger, take_out_of_bundle{{"b"}, {"m2"}, {}}).kind ==
          &refusals::may_not_ask);
    h.must(south, take_out_of_bundle{{"b"}, {"m2"}, {}});
    CHECK(h.refused(south, take_out_of_bundle{{"b"}, {"m2"}, {}}).kind == &refusals::not_in_bundle);
    h.must(chair, vote_on_bundle());
    CHECK(status_of(h, "m2") == motion_status::tabled);
    CHECK(h.refused(south, take_out_of_bundle{{"b"}, {"m3"}, {}}).kind ==
          &refusals::bundle_not_standing);
    council_votes(h, "v", vote_choice::yes);
    CHECK(h.own.decisions.size() == 2);
    h.must(chair, vote_on("w", "m2"));
    // One thing left is no bundle.
    hall two = hall_with_motion("council");
    two.must(chair, motion_of("m2", "s"));
    two.must(chair, bundle_of({{"m"}, {"m2"}}));
    two.must(north, take_out_of_bundle{{"b"}, {"m"}, {}});
    CHECK(status_of_bundle(two) == bundle_status::dissolved);
    two.must(chair, vote_on("v", "m2"));
}

TEST_CASE("a motion withdrawn leaves its bundle, and what cannot be voted on holds it up") {
    hall h = three_bundled();
    h.must(chair, withdraw_motion{{"m3"}});
    h.must(chair, vote_on_bundle());
    council_votes(h, "v", vote_choice::yes);
    CHECK(h.own.decisions.size() == 2);
    CHECK(status_of(h, "m3") == motion_status::withdrawn);
    hall pending = hall_with_motion("council");
    pending.must(chair, motion_of("m2", "s"));
    pending.must(north, reword("a", 1, "Other words"));
    pending.must(chair, bundle_of({{"m"}, {"m2"}}));
    CHECK(pending.refused(chair, vote_on_bundle()).kind == &refusals::amendments_pending);
    CHECK(pending.refused(north, reword("b", 1, "More")).kind == &refusals::in_bundle);
}

TEST_CASE("amendments in a bundle are merged one after another by one vote") {
    hall h = with_three_paragraphs();
    h.must(north, reword("a", 1, "First."));
    h.must(north, reword("b3", 3, "Third."));
    h.must(north, reword("alone", 2, "Second."));
    h.must(chair, bundle_of({{"m"}}, {{"a"}, {"b3"}}));
    // The order of voting goes on without them, and they without it.
    auto alone = vote_on("v", "m");
    alone.amendment = amendment_id{"alone"};
    h.must(chair, alone);
    council_votes(h, "v", vote_choice::yes);
    CHECK(h.refused(chair, vote_on("w", "m")).kind == &refusals::amendments_pending);
    h.must(chair, vote_on_bundle("w"));
    council_votes(h, "w", vote_choice::yes);
    const motion& m = *h.own.motions.find(motion_id{"m"});
    CHECK(m.text.at("en") == "First.\n\nSecond.\n\nThird.");
    CHECK(m.status == motion_status::tabled);
    const auto last = *from_json<text_amended>(h.followed.back().body);
    CHECK(last.sha256.at("en") == to_hex(sha256(m.text.at("en"))));
    h.must(chair, vote_on("x", "m"));
}

TEST_CASE("what one roll and one result cannot stand for is not bundled") {
    hall h = with_three_paragraphs();
    const auto why = [&](const bundle_motions& c) { return h.refused(chair, c).kind; };
    auto other = motion_of("other", "s");
    other.rule = "majority";
    h.must(chair, other);
    h.must(chair, motion_of("m2", "s"));
    CHECK(why(bundle_of({{"none"}, {"m2"}})) == &refusals::motion_unknown);
    CHECK(why(bundle_of({{"m"}, {"m"}})) == &refusals::bundled_twice);
    CHECK(why(bundle_of({{"m"}})) == &refusals::bundle_too_small);
    CHECK(why(bundle_of({{"m"}, {"other"}})) == &refusals::bundle_mixed);
    h.must(north, reword("a", 1, "First."));
    h.must(north, reword("rival", 1, "Another."));
    h.must(north, reword("c", 2, "Second."));
    CHECK(why(bundle_of({{"m"}}, {{"a"}, {"c"}})) == &refusals::bundle_competes);
    CHECK(why(bundle_of({{"m2"}}, {{"a"}, {"c"}})) == &refusals::amendment_unknown);
    CHECK_FALSE(h.refused(north, bundle_of({{"m"}, {"m2"}})).kind->code.starts_with("assembly."));
}

TEST_CASE("a bundle without a quorum waits again") {
    hall h = hall_with_motion("house");
    h.must(chair, motion_of("m2", "s"));
    h.must(chair, bundle_of({{"m"}, {"m2"}}));
    h.must(speaker, vote_on_bundle());
    h.must(speaker, close_vote{{"v"}, {}});
    CHECK(status_of_bundle(h) == bundle_status::standing);
    CHECK(status_of(h, "m2") == motion_status::tabled);
    h.must(speaker, vote_on_bundle("w"));
}

namespace {

charter::body& house_of(charter::charter_document& doc) {
    return *std::find_if(doc.bodies.begin(), doc.bodies.end(),
                         [](const charter::body& b) { return b.id.value == "house"; });
}

/// A house that votes by hands, by correspondence and in two rounds; two of its motions bundled.
hall bundled_in_the_house(const std::vector<std::string>& rules = {"majority"}) {
    auto doc = small_union();
    charter::vote_procedure how;
    how.hands = {charter::hand_entry::counted};
    how.written_hours = 48;
    how.rounds = {{"majority", false}};
    house_of(doc).rules = rules;
    house_of(doc).votes = how;
    hall h = with_motion(hall(doc), "house");
    h.must(chair, motion_of("m2", "s"));
    if (rules.front() == "majority") h.must(chair, bundle_of({{"m"}, {"m2"}}));
    return h;
}

}  // namespace

TEST_CASE("a bundle that failed has no further round, and a motion of it alone has none either") {
    hall h = bundled_in_the_house();
    h.must(chair, vote_on_bundle());
    h.must(chair, enter_hand_count{{"v"}, 1, 3, 0});
    h.must(chair, close_vote{{"v"}, {}});
    CHECK(status_of_bundle(h) == bundle_status::failed);
    CHECK(h.refused(chair, open_next_round{{"w"}, {"m"}, {}, {}}).kind ==
          &refusals::round_of_bundle);
    CHECK_FALSE(h.view(vote_query{{"v"}}, chair).casting.next_round);
}

TEST_CASE("a bundle by correspondence may outlast its session, and without a result it lapses") {
    auto opening = vote_on_bundle();
    opening.written = true;
    hall h = bundled_in_the_house();
    opening.closes = instant{h.now.ms + 49 * 3'600'000};
    h.must(chair, opening);
    hall counted = h;
    for (hall* one : {&h, &counted}) one->must(chair, close_session{{"s"}});
    CHECK(status_of_bundle(h) == bundle_status::voting);
    counted.must(chair, enter_hand_count{{"v"}, 3, 1, 0});
    h.now = counted.now = *opening.closes;
    CHECK(h.pass_deadlines() == 1);
    CHECK(status_of_bundle(h) == bundle_status::dissolved);
    for (const char* id : {"m", "m2"}) CHECK(status_of(h, id) == motion_status::lapsed);
    CHECK(counted.pass_deadlines() == 1);
    CHECK(status_of_bundle(counted) == bundle_status::carried);
    CHECK(counted.own.decisions.size() == 2);
    CHECK(counted.own.votes.find(vote_id{"v"})->result->hands == charter::hand_entry::counted);
}

TEST_CASE("a bundle that nobody voted on ends with its session") {
    hall h = bundled_in_the_house();
    h.must(chair, close_session{{"s"}});
    CHECK(status_of_bundle(h) == bundle_status::dissolved);
}

TEST_CASE("where silence decides nothing is bundled, since an objection is to one text") {
    hall h = bundled_in_the_house({"silence", "majority"});
    const auto no = h.refused(chair, bundle_of({{"m"}, {"m2"}}));
    CHECK(no.kind == &refusals::silence_is_whole);
    CHECK(no.field == "motions");
}

TEST_CASE("a vote on bundled amendments is shown though the motion was never voted on") {
    hall h = with_three_paragraphs();
    h.must(north, reword("a", 1, "First."));
    h.must(north, reword("c", 3, "Third."));
    h.must(chair, bundle_of({{"m"}}, {{"a"}, {"c"}}));
    h.must(chair, vote_on_bundle());
    council_votes(h, "v", vote_choice::yes);
    const auto seen = h.view(vote_query{{"v"}}, chair);
    REQUIRE(seen.bundle);
    CHECK(seen.bundle->amendments.size() == 2);
    REQUIRE(seen.result);
    CHECK_FALSE(seen.result->decision);
    CHECK_FALSE(seen.casting.next_round);
}
