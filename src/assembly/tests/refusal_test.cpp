#include <algorithm>
#include <set>

#include "assembly/tests/hall.hpp"

using namespace veche;
using namespace veche::assembly;
using namespace veche::assembly::testing;

namespace {

/// Place in the documented order; nothing for the charter's own refusals.
std::optional<std::ptrdiff_t> rank(const refusal_kind* kind) {
    const auto at = std::find(std::begin(refusals::all), std::end(refusals::all), kind);
    if (at == std::end(refusals::all)) return std::nullopt;
    return at - std::begin(refusals::all);
}

/// Collects what a command that breaks many rules is refused for, while one fault after another is
/// mended, and checks that the reasons come in the documented order.
class peeling {
  public:
    template <class Command>
    void refused(hall& h, const actor& who, const Command& c, const refusal_kind& expected) {
        const refusal got = h.refused(who, c);
        CHECK_MESSAGE(got.kind == &expected, got.code());
        const auto place = rank(got.kind);
        REQUIRE(place);
        CHECK(last_ < *place);
        last_ = *place;
    }

  private:
    std::ptrdiff_t last_ = -1;
};

}  // namespace

TEST_CASE("codes are the room's own, unique, and sentences end with a full stop") {
    std::set<std::string_view> codes;
    for (const refusal_kind* kind : refusals::all) {
        CHECK(codes.insert(kind->code).second);
        CHECK(kind->code.starts_with("assembly."));
        CHECK(kind->sentence.ends_with('.'));
    }
    CHECK(codes.size() == 55);
}

TEST_CASE("a motion that breaks every rule is refused for them in the documented order") {
    hall h = hall_with_motion("council");
    h.must(secretary, session_of("t", "council"));
    h.must(secretary, item_of("t", "i1"));
    h.must(secretary, cancel_session{{"t"}, {}});
    peeling p;
    table_motion c = motion_of("m", "nowhere", "no-item");
    c.body = body_id{"no-body"};
    c.rule = "opinion";
    c.title = {};
    c.text = {{"en", std::string(200'001, 'x')}};
    c.enactments = {{"charter.found", 0, {"[]"}}};
    p.refused(h, stranger, c, refusals::session_unknown);
    c.session = {"t"};
    p.refused(h, stranger, c, refusals::item_unknown);
    c.item = {"i1"};
    CHECK(h.refused(stranger, c).kind == &refusals::body_unknown);
    c.body = body_id{"house"};
    p.refused(h, stranger, c, refusals::may_not_table);
    p.refused(h, chair, c, refusals::id_taken);
    c.motion = {"new"};
    p.refused(h, chair, c, refusals::body_not_sitting);
    c.body.reset();
    p.refused(h, chair, c, refusals::rule_not_of_body);
    c.rule.reset();
    p.refused(h, chair, c, refusals::text_missing);
    c.title = en("Title");
    p.refused(h, chair, c, refusals::text_too_long);
    c.text = {{"xx", "Text"}};
    p.refused(h, chair, c, refusals::language_unknown);
    c.text = en("Text");
    p.refused(h, chair, c, refusals::enactment_malformed);
    c.enactments = {{"charter.found", 1, {"{}"}}};
    p.refused(h, chair, c, refusals::enactment_not_allowed);
    c.enactments.clear();
    p.refused(h, chair, c, refusals::session_over);
}

TEST_CASE("a ballot that breaks every rule is refused for them in the documented order") {
    hall h = hall_with_motion("council");
    auto open = vote_on("v", "m");
    open.aside = {"council/south"};
    open.closes = at("2026-11-24T12:00:00.000Z");
    h.must(chair, open);
    h.must(chair, register_presence{{"s"}, "council/north"});
    h.must(chair, end_presence{{"s"}, "council/north"});
    const instant before = h.now;
    h.now = *open.closes;
    peeling p;
    auto c = ballot_in("no-vote", "no-seat", vote_choice::yes);
    p.refused(h, stranger, c, refusals::vote_unknown);
    c.vote = {"v"};
    p.refused(h, stranger, c, refusals::seat_unknown);
    c.seat = "council/south";
    p.refused(h, stranger, c, refusals::seat_not_held);
    p.refused(h, south, c, refusals::vote_closed);
    h.now = before;
    p.refused(h, south, c, refusals::stands_aside);
    c.seat = "council/north";
    p.refused(h, north, c, refusals::not_present);
}

TEST_CASE("the opening of a vote is refused in the documented order") {
    hall h = hall_with_vote("council");
    h.must(secretary, session_of("t", "board"));
    h.must(secretary, item_of("t", "i1"));
    h.must(chair, motion_of("b", "t"));
    auto c = vote_on("v", "no-motion");
    c.closes = at("2026-11-24T08:00:00.000Z");
    c.aside = {"nobody"};
    CHECK(h.refused(stranger, c).kind == &refusals::motion_unknown);
    c.motion = {"b"};
    // Missing authority is the charter's to say.
    CHECK_FALSE(rank(h.refused(secretary, c).kind));
    peeling p;
    p.refused(h, chair, c, refusals::id_taken);
    c.vote = {"w"};
    p.refused(h, chair, c, refusals::time_passed);
    c.closes.reset();
    CHECK(h.refused(chair, c).kind == &refusals::seat_unknown);
    c.aside = {"board/one", "board/one"};
    p.refused(h, chair, c, refusals::seat_repeated);
    c.aside = {"board/one"};
    p.refused(h, chair, c, refusals::session_not_open);
    h.must(chair, open_session{{"t"}});
    p.refused(h, chair, c, refusals::rule_not_established);
}

TEST_CASE("everything that needs an office is refused without it, by the charter") {
    hall h = hall_with_vote("council");
    h.must(secretary, session_of("t", "council"));
    h.must(secretary, item_of("t", "i1"));
    const auto by_charter = [&](const auto& c) {
        // Holding a seat is no office, and an office held by another is none either.
        for (const actor& who : {stranger, north, actor{"p-north", "council/chair"}}) {
            const auto refused = h.refused(who, c);
            CHECK_MESSAGE(refused.kind->code.starts_with("charter."), refused.code());
        }
    };
    by_charter(session_of("u", "council"));
    by_charter(reschedule_session{{"t"}, at("2026-12-02T10:00:00.000Z"), {}});
    by_charter(cancel_session{{"t"}, {}});
    by_charter(open_session{{"t"}});
    by_charter(close_session{{"s"}});
    by_charter(item_of("t", "i2"));
    by_charter(move_item{{"t"}, {"i1"}, std::nullopt});
    by_charter(remove_item{{"t"}, {"i1"}});
    by_charter(add_paper{{"t"}, {}, {"p"}, en("P"), "en", {std::string(64, '0'), 1, "a/b"}});
    by_charter(vote_on("w", "m"));
    by_charter(close_vote{{"v"}, {}});
}

TEST_CASE("limits hold and say what they are") {
    hall h;
    h.must(secretary, session_of("s", "council"));
    auto joint = session_of("t", "council");
    joint.joint_with.assign(17, body_id{"house"});
    CHECK(h.refused(secretary, joint).kind == &refusals::too_many);
    for (int i = 0; i < 200; ++i) h.must(secretary, item_of("s", "i" + std::to_string(i)));
    const auto refused = h.refused(secretary, item_of("s", "one-more"));
    CHECK(refused.kind == &refusals::too_many);
    CHECK(refused.args == std::vector<std::string>{"200"});
    CHECK_FALSE(place_measure(h.own, {"s"}, {"M1"}, en("Late")));

    auto late = item_of("s", "one-more");
    for (const int minutes : {0, -1, 1441}) {
        late.minutes = minutes;
        CHECK(h.refused(secretary, late).kind == &refusals::minutes_out_of_range);
    }
}

TEST_CASE("a time that has passed is refused, this very moment is not") {
    hall h;
    auto c = session_of("s", "council");
    c.starts = {h.now.ms - 1};
    CHECK(h.refused(secretary, c).kind == &refusals::time_passed);
    c.starts = h.now;
    h.must(secretary, c);
}
