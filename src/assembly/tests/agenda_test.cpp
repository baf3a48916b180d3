#include "assembly/agenda.hpp"

#include <random>

#include "assembly/motion_refusal.hpp"
#include "assembly/sitting_refusal.hpp"
#include "assembly/tests/hall.hpp"

using namespace veche;
using namespace veche::assembly;
using namespace veche::assembly::testing;

namespace {

constexpr std::int64_t minute = 60'000;

add_item item_under(std::string item, std::optional<item_id> under,
                    std::optional<int> minutes = std::nullopt) {
    add_item c = item_of("s", std::move(item));
    c.under = std::move(under);
    c.minutes = minutes;
    return c;
}

/// "1:a 1.1:b 2:c"
std::string shape_of(const hall& h) {
    std::string out;
    for (const auto& item : h.view(session_query{{"s"}}).agenda)
        out += (out.empty() ? "" : " ") + item.label + ":" + item.id.value;
    return out;
}

hall hall_with_tree() {
    hall h;
    h.must(secretary, session_of("s", "council"));
    h.must(secretary, item_under("a", std::nullopt, 30));
    h.must(secretary, item_under("b", std::nullopt));
    h.must(secretary, item_under("b1", item_id{"b"}, 10));
    h.must(secretary, item_under("b2", item_id{"b"}, 20));
    h.must(secretary, item_under("c", std::nullopt, 15));
    return h;
}

std::optional<instant> end_of(const hall& h) {
    return h.view(session_query{{"s"}}).predicted_end;
}

item_view shown(const hall& h, const std::string& id) {
    for (const auto& item : h.view(session_query{{"s"}}).agenda)
        if (item.id.value == id) return item;
    FAIL("no item ", id);
    return {};
}

}  // namespace

TEST_CASE("items are numbered by their place in the tree, and move with what stands under them") {
    hall h = hall_with_tree();
    CHECK(shape_of(h) == "1:a 2:b 2.1:b1 2.2:b2 3:c");
    h.must(secretary, move_item{{"s"}, {"b"}, item_id{"a"}});
    CHECK(shape_of(h) == "1:b 1.1:b1 1.2:b2 2:a 3:c");
    h.must(secretary, move_item{{"s"}, {"b2"}, item_id{"b1"}});
    CHECK(shape_of(h) == "1:b 1.1:b2 1.2:b1 2:a 3:c");
    h.must(secretary, move_item{{"s"}, {"b"}, std::nullopt, item_id{"c"}});
    CHECK(shape_of(h) == "1:a 2:c 2.1:b 2.1.1:b2 2.1.2:b1");
    h.must(secretary, move_item{{"s"}, {"b1"}, std::nullopt});
    CHECK(shape_of(h) == "1:a 2:c 2.1:b 2.1.1:b2 3:b1");
}

TEST_CASE("a tree takes no circle, no fifth level and no orphan") {
    hall h = hall_with_tree();
    const auto refused = [&](const auto& c) { return h.refused(secretary, c); };
    CHECK(refused(move_item{{"s"}, {"b"}, std::nullopt, item_id{"b1"}}).kind ==
          &refusals::item_within_itself);
    CHECK(refused(move_item{{"s"}, {"b"}, item_id{"b2"}}).kind == &refusals::item_within_itself);
    CHECK(refused(remove_item{{"s"}, {"b"}}).kind == &refusals::item_has_parts);
    const auto elsewhere = refused(move_item{{"s"}, {"a"}, item_id{"c"}, item_id{"b"}});
    CHECK(elsewhere.kind == &refusals::item_not_under);
    CHECK(elsewhere.field == "before");
    CHECK(refused(item_under("x", item_id{"nothing"})).kind == &refusals::item_unknown);
    h.must(secretary, item_under("deep3", item_id{"b1"}));
    h.must(secretary, item_under("deep4", item_id{"deep3"}));
    CHECK(refused(item_under("deep5", item_id{"deep4"})).kind == &refusals::agenda_too_deep);
    // The whole subtree must fit, not only the item that is moved.
    CHECK(refused(move_item{{"s"}, {"b"}, std::nullopt, item_id{"a"}}).kind ==
          &refusals::agenda_too_deep);
    h.must(secretary, move_item{{"s"}, {"b2"}, std::nullopt, item_id{"a"}});
}

TEST_CASE("an item lasts as long as those under it, and no shorter than it says") {
    hall h = hall_with_tree();
    const auto planned = [&] { return h.view(session_query{{"s"}}).planned_end; };
    const instant starts = at("2026-12-01T10:00:00.000Z");
    CHECK(planned() == instant{starts.ms + 75 * minute});
    CHECK(shown(h, "c").expected == instant{starts.ms + 60 * minute});
    h.must(secretary, item_under("d", std::nullopt, 40));
    h.must(secretary, item_under("d1", item_id{"d"}, 10));
    CHECK(planned() == instant{starts.ms + 115 * minute});
    h.must(secretary, item_under("b3", item_id{"b"}));
    CHECK_FALSE(planned());
    CHECK_FALSE(shown(h, "c").expected);
    add_item fixed = item_under("e", std::nullopt, 5);
    fixed.not_before = instant{starts.ms + 200 * minute};
    h.must(secretary, fixed);
    CHECK(planned() == instant{starts.ms + 205 * minute});
}

TEST_CASE("the chair takes up one item at a time, and closes it or goes on to the next") {
    hall h = hall_with_tree();
    CHECK(h.refused(chair, start_item{{"s"}, {"a"}}).kind == &refusals::session_not_open);
    h.must(chair, open_session{{"s"}});
    CHECK_FALSE(h.ask_for(secretary, start_item{{"s"}, {"a"}}));
    h.must(chair, start_item{{"s"}, {"a"}});
    CHECK(h.refused(chair, start_item{{"s"}, {"a"}}).kind == &refusals::item_running);
    h.now.ms += 7 * minute;
    h.must(chair, start_item{{"s"}, {"b1"}});
    CHECK(shown(h, "a").state == item_state::done);
    CHECK(shown(h, "a").minutes_used == 7);
    CHECK(shown(h, "b").state == item_state::running);
    CHECK(shown(h, "b1").state == item_state::running);
    h.must(chair, start_item{{"s"}, {"b2"}});
    CHECK(shown(h, "b").state == item_state::running);
    CHECK(shown(h, "b1").state == item_state::done);
    h.must(chair, close_item{{"s"}, {"b"}});
    CHECK(shown(h, "b2").state == item_state::done);
    CHECK(h.refused(chair, close_item{{"s"}, {"b2"}}).kind == &refusals::item_not_running);
    CHECK(h.refused(secretary, remove_item{{"s"}, {"b1"}}).kind == &refusals::item_dealt_with);
    // Taken up again, its time goes on.
    h.must(chair, start_item{{"s"}, {"a"}});
    h.now.ms += 5 * minute;
    h.must(chair, close_session{{"s"}});
    CHECK(shown(h, "a").minutes_used == 12);
    CHECK(shown(h, "a").state == item_state::done);
}

TEST_CASE("the predicted end moves with what happens, minute by minute") {
    hall h = hall_with_tree();
    h.now = at("2026-12-01T10:20:00.000Z");  // twenty minutes late
    h.must(chair, open_session{{"s"}});
    const instant by_plan = at("2026-12-01T11:15:00.000Z");
    const auto behind = [&] { return (end_of(h)->ms - by_plan.ms) / minute; };
    CHECK(behind() == 20);
    h.must(chair, start_item{{"s"}, {"a"}});
    h.now.ms += 10 * minute;
    CHECK(behind() == 20);
    h.must(chair, start_item{{"s"}, {"b1"}});  // a took 10 of its 30 minutes
    CHECK(behind() == 0);
    CHECK(shown(h, "b2").predicted_start == at("2026-12-01T10:40:00.000Z"));
    h.now.ms += 16 * minute;  // b1 takes 16 of its 10
    CHECK(behind() == 6);
    CHECK(h.view(session_query{{"s"}}).minutes_late == 6);
    CHECK(shown(h, "b1").predicted_end == h.now);
    h.must(chair, start_item{{"s"}, {"c"}});  // b2 waits
    CHECK(shown(h, "b2").predicted_start == instant{h.now.ms + 15 * minute});
    CHECK(behind() == 6);
    h.must(chair, close_item{{"s"}, {"c"}});
    CHECK(behind() == -9);
    CHECK(shown(h, "b").state == item_state::waiting);
    // The chair closes b with b2 in it, which nobody took up: it is left out.
    h.must(chair, start_item{{"s"}, {"b"}});
    h.must(chair, close_item{{"s"}, {"b"}});
    CHECK(end_of(h) == h.now);
    CHECK(shown(h, "b2").state == item_state::done);
}

namespace {

/// Minutes for which the leaves of an agenda are dealt with if nothing unforeseen happens; counted
/// without the forecast's own arithmetic.
struct rehearsal {
    hall h;
    std::vector<std::string> leaves;
    std::vector<int> lengths;
};

rehearsal random_agenda(std::mt19937& random) {
    rehearsal out;
    out.h.must(secretary, session_of("s", "council"));
    std::vector<std::string> parents;
    const auto count = 2 + random() % 9;
    for (unsigned i = 0; i < count; ++i) {
        std::optional<item_id> under;
        if (!parents.empty() && random() % 2 == 0)
            under = item_id{parents[random() % parents.size()]};
        const std::string id = "i" + std::to_string(i);
        auto c = item_under(id, under, 1 + static_cast<int>(random() % 40));
        if (!out.h.ask_for(secretary, c)) continue;
        parents.push_back(id);
    }
    const auto agenda = out.h.view(session_query{{"s"}}).agenda;
    for (std::size_t i = 0; i < agenda.size(); ++i)
        if (i + 1 == agenda.size() || agenda[i + 1].depth <= agenda[i].depth) {
            out.leaves.push_back(agenda[i].id.value);
            out.lengths.push_back(*agenda[i].minutes);
        }
    return out;
}

}  // namespace

TEST_CASE("a session that keeps to its plan keeps its predicted end, and each overrun moves it") {
    std::mt19937 random(7);
    for (int round = 0; round < 60; ++round) {
        rehearsal r = random_agenda(random);
        // Lengths of items with others under them say nothing here: the leaves fill the time.
        for (agenda_item& item : r.h.own.sessions.edit(session_id{"s"}).agenda)
            if (std::find(r.leaves.begin(), r.leaves.end(), item.id.value) == r.leaves.end())
                item.minutes.reset();
        r.h.now = at("2026-12-01T10:00:00.000Z");
        r.h.must(chair, open_session{{"s"}});
        int left = 0;
        for (const int length : r.lengths) left += length;
        instant expected{r.h.now.ms + left * minute};
        for (std::size_t i = 0; i < r.leaves.size(); ++i) {
            r.h.must(chair, start_item{{"s"}, {r.leaves[i]}});
            const int taken = static_cast<int>(random() % 60);
            for (int m = 0; m < taken; ++m) {
                REQUIRE(end_of(r.h) == expected);
                r.h.now.ms += minute;
                if (m >= r.lengths[i]) expected.ms += minute;
            }
            if (taken < r.lengths[i]) expected.ms -= (r.lengths[i] - taken) * minute;
        }
        r.h.must(chair, close_item{{"s"}, {r.leaves.back()}});
        REQUIRE(end_of(r.h) == r.h.now);
        REQUIRE(expected == r.h.now);
    }
}

TEST_CASE("the form of a session says how one is present in it, and nobody is in a written one") {
    const auto held = [](session_mode mode) {
        hall h;
        auto c = session_of("s", "council");
        c.mode = mode;
        h.must(secretary, c);
        return h;
    };
    const auto present = [](std::optional<presence_mode> mode) {
        return register_presence{{"s"}, "council/north", mode};
    };
    hall hybrid = held(session_mode::hybrid);
    hybrid.must(north, present(presence_mode::remote));
    hybrid.must(south, register_presence{{"s"}, "council/south"});
    const auto seats = hybrid.view(session_query{{"s"}}).presence;
    CHECK(seats[0].mode == presence_mode::remote);
    CHECK(seats[1].mode == presence_mode::in_person);
    hall remote = held(session_mode::remote);
    CHECK(remote.refused(north, present(presence_mode::in_person)).kind ==
          &refusals::mode_not_offered);
    remote.must(north, present(std::nullopt));
    CHECK(remote.view(session_query{{"s"}}).presence[0].mode == presence_mode::remote);
    hall written = held(session_mode::written);
    CHECK(written.refused(north, present(std::nullopt)).kind == &refusals::mode_not_offered);
    written.must(secretary, item_under("a", std::nullopt, 30));
    CHECK_FALSE(shown(written, "a").expected);
    CHECK_FALSE(written.view(session_query{{"s"}}).planned_end);
}

TEST_CASE("a session ends after it begins, in a zone that has a name") {
    hall h;
    auto c = session_of("s", "council");
    c.ends = c.starts;
    CHECK(h.refused(secretary, c).kind == &refusals::ends_before_start);
    c.ends = instant{c.starts.ms + 1};
    c.zone = "Minsk time";
    CHECK(h.refused(secretary, c).kind == &refusals::zone_malformed);
    c.zone = "Asia/Kamchatka";
    h.must(secretary, c);
    CHECK(the_session(h).zone == "Asia/Kamchatka");
    h.must(secretary, reschedule_session{{"s"}, at("2026-12-02T10:00:00.000Z"), {}});
    CHECK(the_session(h).zone == "Asia/Kamchatka");
    CHECK_FALSE(the_session(h).ends);
}
