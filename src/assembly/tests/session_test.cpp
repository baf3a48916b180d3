#include "assembly/tests/hall.hpp"

using namespace veche;
using namespace veche::assembly;
using namespace veche::assembly::testing;

namespace {

std::vector<std::string> agenda_of(const hall& h) {
    std::vector<std::string> ids;
    for (const auto& item : the_session(h).agenda) ids.push_back(item.id.value);
    return ids;
}

add_paper paper_on(std::string id, std::optional<item_id> item = std::nullopt) {
    add_paper c;
    c.session = {"s"};
    c.item = std::move(item);
    c.title = en("Paper " + id);
    c.paper = {std::move(id)};
    c.language = "en";
    c.content = {std::string(64, 'a'), 1000, "application/pdf"};
    return c;
}

}  // namespace

TEST_CASE("a session is convened, moved, opened and closed") {
    hall h;
    h.must(secretary, session_of("s", "council"));
    CHECK(the_session(h).status == session_status::convened);
    reschedule_session later{{"s"}, at("2026-12-02T10:00:00.000Z"), en("The old hall")};
    h.must(secretary, later);
    CHECK(the_session(h).starts == later.starts);
    CHECK(the_session(h).venue == later.venue);
    h.must(chair, open_session{{"s"}});
    CHECK(h.refused(secretary, later).kind == &refusals::session_begun);
    CHECK(h.refused(secretary, cancel_session{{"s"}, {}}).kind == &refusals::session_begun);
    h.must(chair, close_session{{"s"}});
    CHECK(the_session(h).closed == h.now);
    CHECK(h.refused(chair, open_session{{"s"}}).kind == &refusals::session_begun);
    CHECK(h.refused(chair, close_session{{"s"}}).kind == &refusals::session_not_open);
}

TEST_CASE("moving a session without naming a venue keeps the venue") {
    hall h;
    auto c = session_of("s", "council");
    c.venue = en("The old hall");
    h.must(secretary, c);
    h.must(secretary, reschedule_session{{"s"}, at("2026-12-02T10:00:00.000Z"), {}});
    CHECK(the_session(h).venue == en("The old hall"));
}

TEST_CASE("a joint session needs the power to convene in every body that sits") {
    hall h;
    auto joint = session_of("s", "council");
    joint.joint_with = {{"house"}, {"chamber"}};
    h.must(secretary, joint);
    CHECK(the_session(h).sits({"council"}));
    CHECK(the_session(h).sits({"chamber"}));
    CHECK_FALSE(the_session(h).sits({"board"}));

    auto twice = session_of("t", "council");
    twice.joint_with = {{"house"}, {"house"}};
    const auto refused = h.refused(secretary, twice);
    CHECK(refused.kind == &refusals::body_repeated);
    CHECK(refused.field == "joint_with.1");
    CHECK_FALSE(h.ask_for(chair, session_of("u", "council")));

    auto seized = session_of("v", "house");
    seized.joint_with = {{"council"}};
    CHECK_FALSE(h.ask_for(clerk, seized));
    seized.joint_with.clear();
    h.must(clerk, seized);
}

TEST_CASE("the agenda keeps the order that was given to it") {
    hall h;
    h.must(secretary, session_of("s", "council"));
    for (const char* id : {"a", "b", "c"}) h.must(secretary, item_of("s", id));
    auto first = item_of("s", "d");
    first.before = item_id{"a"};
    h.must(secretary, first);
    CHECK(agenda_of(h) == std::vector<std::string>{"d", "a", "b", "c"});
    h.must(secretary, move_item{{"s"}, {"a"}, std::nullopt});
    CHECK(agenda_of(h) == std::vector<std::string>{"d", "b", "c", "a"});
    h.must(secretary, move_item{{"s"}, {"a"}, item_id{"b"}});
    CHECK(agenda_of(h) == std::vector<std::string>{"d", "a", "b", "c"});
    h.must(secretary, move_item{{"s"}, {"b"}, item_id{"b"}});
    CHECK(agenda_of(h) == std::vector<std::string>{"d", "a", "b", "c"});
    h.must(secretary, remove_item{{"s"}, {"d"}});
    CHECK(agenda_of(h) == std::vector<std::string>{"a", "b", "c"});
    CHECK(h.refused(secretary, remove_item{{"s"}, {"d"}}).kind == &refusals::item_unknown);
}

TEST_CASE("an item with a motion stays, papers of a removed item go to the session") {
    hall h = hall_with_motion("council");
    CHECK(h.refused(secretary, remove_item{{"s"}, {"i1"}}).kind == &refusals::item_in_use);
    h.must(secretary, item_of("s", "i2"));
    h.must(secretary, paper_on("p1", item_id{"i2"}));
    h.must(secretary, remove_item{{"s"}, {"i2"}});
    REQUIRE(the_session(h).papers.size() == 1);
    CHECK_FALSE(the_session(h).papers.front().item);
}

TEST_CASE("papers come late too, but not to a cancelled session") {
    hall h;
    h.must(secretary, session_of("s", "council"));
    h.must(secretary, session_of("t", "council"));
    h.must(secretary, cancel_session{{"t"}, en("No quorum expected")});
    h.must(chair, open_session{{"s"}});
    h.must(chair, close_session{{"s"}});
    h.must(secretary, paper_on("minutes"));
    CHECK(h.refused(secretary, paper_on("minutes")).kind == &refusals::id_taken);
    auto paper = paper_on("p");
    paper.session = {"t"};
    CHECK(h.refused(secretary, paper).kind == &refusals::session_over);
}

TEST_CASE("a paper names its bytes properly") {
    hall h;
    h.must(secretary, session_of("s", "council"));
    const auto field_at_fault = [&](auto spoil) {
        auto paper = paper_on("p");
        spoil(paper.content);
        const auto refused = h.refused(secretary, paper);
        CHECK(refused.kind == &refusals::content_malformed);
        return refused.field;
    };
    CHECK(field_at_fault([](auto& c) { c.sha256.pop_back(); }) == "content.sha256");
    CHECK(field_at_fault([](auto& c) { c.sha256[0] = 'A'; }) == "content.sha256");
    CHECK(field_at_fault([](auto& c) { c.size = 0; }) == "content.size");
    for (const char* media : {"", "pdf", "/pdf", "text/", "a/b/c", "text/html;x"})
        CHECK(field_at_fault([&](auto& c) { c.media = media; }) == "content.media");
}

TEST_CASE("presence is recorded by the holder of the seat or by whoever presides") {
    hall h;
    h.must(secretary, session_of("s", "council"));
    h.must(north, register_presence{{"s"}, "council/north"});
    CHECK(h.refused(north, register_presence{{"s"}, "council/south"}).kind ==
          &refusals::seat_not_held);
    CHECK(h.refused(stranger, register_presence{{"s"}, "council/south"}).kind ==
          &refusals::seat_not_held);
    h.must(chair, register_presence{{"s"}, "council/south"});
    CHECK(the_session(h).present == std::vector<std::string>{"council/north", "council/south"});
    CHECK(h.refused(chair, register_presence{{"s"}, "council/south"}).kind ==
          &refusals::already_present);
    h.must(south, end_presence{{"s"}, "council/south"});
    CHECK(h.refused(south, end_presence{{"s"}, "council/south"}).kind == &refusals::not_registered);
    CHECK(h.refused(chair, register_presence{{"s"}, "house-n-1"}).kind == &refusals::seat_unknown);
    CHECK(the_session(h).presence_kept);
}

TEST_CASE("motions not voted on lapse when their session ends") {
    hall h = hall_with_motion("council");
    h.must(chair, close_session{{"s"}});
    CHECK(h.own.motions.find(motion_id{"m"})->status == motion_status::lapsed);

    hall cancelled;
    cancelled.must(secretary, session_of("s", "council"));
    cancelled.must(secretary, item_of("s", "i1"));
    cancelled.must(north, motion_of("m", "s"));
    cancelled.must(secretary, cancel_session{{"s"}, {}});
    CHECK(cancelled.own.motions.find(motion_id{"m"})->status == motion_status::lapsed);
}

TEST_CASE("a title says something, in languages that the union uses") {
    hall h;
    auto c = session_of("s", "council");
    c.title = {};
    CHECK(h.refused(secretary, c).kind == &refusals::text_missing);
    c.title = {{"en", "  "}, {"ru", "\n"}};
    CHECK(h.refused(secretary, c).kind == &refusals::text_missing);
    c.title = {{"en", "Session"}, {"xx", "Session"}};
    CHECK(h.refused(secretary, c).field == "title.xx");
    c.title = {{"ru", std::string(1001, 'a')}};
    CHECK(h.refused(secretary, c).kind == &refusals::text_too_long);
    c.title = {{"ru", std::string(1000, 'a')}};
    h.must(secretary, c);
}
