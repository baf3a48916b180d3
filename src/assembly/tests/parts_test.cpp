// Split votes: part by part, then the whole.

#include "assembly/parts.hpp"

#include "assembly/course_refusal.hpp"
#include "assembly/motion_refusal.hpp"
#include "assembly/tests/hall.hpp"
#include "kernel/hash.hpp"

using namespace veche;
using namespace veche::assembly;
using namespace veche::assembly::testing;

namespace {

/// Three paragraphs in two languages and two orders before the council.
hall hall_with_paragraphs() {
    hall h;
    h.must(secretary, session_of("s", "council"));
    h.must(secretary, item_of("s", "i1"));
    h.must(chair, open_session{{"s"}});
    auto c = motion_of("m", "s");
    c.text = {{"en", "One.\n\nTwo.\n\nThree."}, {"ru", "Один.\n\nДва.\n\nТри."}};
    c.enactments = {measure_order("M1"), measure_order("M2")};
    h.must(chair, c);
    return h;
}

void decide_part(hall& h, std::int32_t part, vote_choice choice) {
    auto c = vote_on("v" + std::to_string(h.own.votes.size() + 1), "m");
    if (part > 0) c.part = part;
    h.must(chair, c);
    h.must(north, ballot_in(c.vote.value, "council/north", choice));
    h.must(south, ballot_in(c.vote.value, "council/south", vote_choice::yes));
    h.must(chair, close_vote{c.vote, {}});
}

}  // namespace

TEST_CASE("a paragraph that is voted down falls out of the text before the whole is voted on") {
    hall h = hall_with_paragraphs();
    h.must(south, split_motion{{"m"}, {}});
    REQUIRE(the_motion(h).parts.size() == 3);
    CHECK(h.refused(chair, vote_on("v", "m")).kind == &refusals::parts_pending);
    decide_part(h, 1, vote_choice::yes);
    decide_part(h, 2, vote_choice::no);
    CHECK(the_motion(h).text.at("en") == "One.\n\nThree.");
    CHECK(the_motion(h).text.at("ru") == "Один.\n\nТри.");
    const auto e = *from_json<part_dropped>(h.followed.back().body);
    CHECK(e.part == 2);
    CHECK(e.sha256.at("ru") == to_hex(sha256(the_motion(h).text.at("ru"))));
    // The page shows the paragraph as taken out.
    const auto changes = h.view(text_changes_query{{"m"}, "en"}).paragraphs;
    REQUIRE(changes.size() == 3);
    CHECK(changes[1].changed);
    REQUIRE(changes[1].pieces.size() == 1);
    CHECK(changes[1].pieces[0].kind == diff_kind::out);
    decide_part(h, 3, vote_choice::yes);
    decide_part(h, 0, vote_choice::yes);
    CHECK(h.view(decision_query{{"2026-0001"}}).text.at("en") == "One.\n\nThree.");
}

TEST_CASE("orders named in a part that is voted down are not given") {
    hall h = hall_with_paragraphs();
    h.must(chair, split_motion{{"m"}, {{en("First"), {1}, {1}}, {en("Rest"), {2, 3}, {2}}}});
    decide_part(h, 1, vote_choice::no);
    REQUIRE(the_motion(h).enactments.size() == 1);
    CHECK(the_motion(h).enactments[0] == measure_order("M2"));
    CHECK(the_motion(h).text.at("en") == "Two.\n\nThree.");
    decide_part(h, 2, vote_choice::yes);
    decide_part(h, 0, vote_choice::yes);
    CHECK(h.own.decisions.find(decision_id{"2026-0001"})->enactments.size() == 1);
}

TEST_CASE("a motion of which no word is left is rejected") {
    hall h = hall_with_paragraphs();
    h.must(chair, split_motion{{"m"}, {{{}, {1, 2}, {}}, {{}, {3}, {}}}});
    decide_part(h, 2, vote_choice::no);
    CHECK(the_motion(h).status == motion_status::tabled);
    decide_part(h, 1, vote_choice::no);
    CHECK(the_motion(h).status == motion_status::rejected);
    CHECK(h.own.decisions.empty());
}

TEST_CASE("amendments come before the parts, and none comes after the first part") {
    hall h = hall_with_paragraphs();
    table_amendment a;
    a.amendment = {"a"};
    a.motion = {"m"};
    a.kind = amendment_kind::replace;
    a.paragraph = 2;
    a.text = {{"en", "Two is a pair."}, {"ru", "Пара."}};
    h.must(north, a);
    h.must(south, split_motion{{"m"}, {}});
    auto c = vote_on("v", "m");
    c.part = 1;
    CHECK(h.refused(chair, c).kind == &refusals::amendments_pending);
    c.part.reset();
    c.amendment = a.amendment;
    h.must(chair, c);
    for (const auto& who : {north, south}) h.must(who, ballot_in("v", who.auth, vote_choice::yes));
    h.must(chair, close_vote{{"v"}, {}});
    decide_part(h, 2, vote_choice::no);
    CHECK(the_motion(h).text.at("en") == "One.\n\nThree.");
    a.amendment = {"late"};
    a.paragraph = 1;
    CHECK(h.refused(north, a).kind == &refusals::part_voted);
}

TEST_CASE("parts are sound, asked for once and voted on once") {
    hall h = hall_with_paragraphs();
    const auto why = [&](std::vector<part_of_motion> parts) {
        return h.refused(chair, split_motion{{"m"}, std::move(parts)}).kind;
    };
    CHECK(why({{{}, {}, {}}}) == &refusals::part_empty);
    CHECK(why({{{}, {4}, {}}}) == &refusals::place_unknown);
    CHECK(why({{{}, {}, {3}}}) == &refusals::place_unknown);
    CHECK(why({{{}, {1, 2}, {}}, {{}, {2}, {}}}) == &refusals::parts_overlap);
    CHECK(h.refused(stranger, split_motion{{"m"}, {}}).kind == &refusals::may_not_ask);
    h.must(north, split_motion{{"m"}, {{{}, {3}, {}}}});
    CHECK(h.refused(north, split_motion{{"m"}, {}}).kind == &refusals::split_already);
    decide_part(h, 1, vote_choice::yes);
    auto again = vote_on("again", "m");
    again.part = 1;
    CHECK(h.refused(chair, again).kind == &refusals::part_voted);
    again.part = 2;
    CHECK(h.refused(chair, again).kind == &refusals::part_unknown);
    again.part = 1;
    again.amendment = amendment_id{"none"};
    CHECK(h.refused(chair, again).kind == &refusals::amendment_unknown);
}

TEST_CASE("a part is voted on only where the motion has come all the way to its vote") {
    auto doc = small_union();
    charter::motion_procedure how;
    how.supporters = 1;
    how.stages = {{"admitted", en("Admitted"), {}}};
    doc.bodies.front().motions = how;
    hall h(doc);
    h.must(secretary, session_of("s", "council"));
    h.must(secretary, item_of("s", "i1"));
    h.must(chair, open_session{{"s"}});
    h.must(chair, motion_of("m", "s"));
    h.must(chair, split_motion{{"m"}, {}});
    auto c = vote_on("v", "m");
    c.part = 1;
    CHECK(h.refused(chair, c).kind == &refusals::supporters_missing);
    h.must(south, support_motion{{"m"}, std::nullopt, south.auth});
    CHECK(h.refused(chair, c).kind == &refusals::stage_missing);
    h.must(chair, advance_motion{{"m"}, "admitted", {}});
    h.must(chair, c);
}

TEST_CASE("where silence decides nothing is split") {
    hall h = hall_with_motion("house");
    auto c = motion_of("quiet", "s");
    c.rule = "silence";
    h.must(chair, c);
    CHECK(h.refused(chair, split_motion{{"quiet"}, {}}).kind == &refusals::silence_is_whole);
}

TEST_CASE("parts come before a further round too") {
    auto doc = small_union();
    doc.bodies.front().votes = charter::vote_procedure{};
    doc.bodies.front().votes->rounds = {{"majority", false}};
    charter::motion_procedure how;
    how.reconsider_hours = 48;
    doc.bodies.front().motions = how;
    hall h = with_motion(hall(doc), "council");
    h.must(south, split_motion{{"m"}, {}});
    decide_part(h, 1, vote_choice::yes);
    decide_part(h, 0, vote_choice::no);
    const open_next_round next{{"next"}, {"m"}, {}, {}};
    CHECK(h.ask_for(chair, next).has_value());
    hall again = with_motion(hall(doc), "council");
    again.must(south, split_motion{{"m"}, {}});
    decide_part(again, 1, vote_choice::yes);
    decide_part(again, 0, vote_choice::no);
    again.must(north, reconsider_motion{{"m"}, north.auth});
    CHECK(again.refused(chair, next).kind == &refusals::parts_pending);
}
