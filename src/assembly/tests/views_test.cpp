#include "assembly/tests/hall.hpp"
#include "kernel/search_fold.hpp"

using namespace veche;
using namespace veche::assembly;
using namespace veche::assembly::testing;

namespace {

bool offers(const viewer_means& means, std::string_view power, std::string_view office) {
    for (const office_power& p : means.powers)
        if (p.power == power) return p.office.value == office;
    return false;
}

/// A council session with a paper, presence, and the vote "v" open with one ballot cast.
hall busy_hall() {
    hall h = hall_with_vote("council", {{"programme.add_measure", 1, {R"({"id":"M1"})"}}});
    h.must(chair, register_presence{{"s"}, "council/north"});
    h.must(north, ballot_in("v", "council/north", vote_choice::yes));
    return h;
}

}  // namespace

TEST_CASE("a view writes as JSON and reads back the same") {
    hall h = busy_hall();
    const auto check = [](const auto& value) {
        const std::string text = to_json(value);
        const auto back = from_json<std::remove_cvref_t<decltype(value)>>(text);
        INFO(why(back));
        REQUIRE(back.has_value());
        CHECK(to_json(*back) == text);
    };
    check(h.view(sessions_query{}, chair));
    check(h.view(session_query{{"s"}}, chair));
    check(h.view(motion_query{{"m"}}, north));
    check(h.view(vote_query{{"v"}}, south));
    check(h.view(my_duties_query{{"p-south"}}));
    h.must(south, register_presence{{"s"}, "council/south"});
    h.must(south, ballot_in("v", "council/south", vote_choice::yes));
    h.must(chair, close_vote{{"v"}, {}});
    check(h.view(vote_query{{"v"}}));
    check(h.view(decisions_query{}));
    check(h.view(decision_query{{"2026-0001"}}, chair));
}

TEST_CASE("what does not exist is refused by every view") {
    hall h;
    const auto kind = [&](const auto& query) {
        auto answer = ask(h.seen(), query, viewer{});
        REQUIRE_FALSE(answer.has_value());
        return answer.error().kind;
    };
    CHECK(kind(session_query{{"x"}}) == &refusals::session_unknown);
    CHECK(kind(motion_query{{"x"}}) == &refusals::motion_unknown);
    CHECK(kind(vote_query{{"x"}}) == &refusals::vote_unknown);
    CHECK(kind(decision_query{{"x"}}) == &refusals::decision_unknown);
    CHECK(kind(sessions_query{body_id{"x"}, {}, {}}) == &refusals::body_unknown);
    CHECK(kind(decisions_query{{}, body_id{"x"}, {}, {}, {}}) == &refusals::body_unknown);
}

TEST_CASE("coming sessions stand soonest first, past ones latest first, filtered by body and day") {
    hall h;
    const auto convene = [&](std::string id, std::string body, std::string_view when) {
        auto c = session_of(std::move(id), std::move(body));
        c.starts = at(when);
        h.must(secretary, c);
    };
    convene("d", "council", "2026-12-04T10:00:00.000Z");
    convene("b", "council", "2026-12-02T10:00:00.000Z");
    convene("c", "house", "2026-12-03T23:59:59.999Z");
    convene("x", "council", "2026-11-25T10:00:00.000Z");
    convene("y", "council", "2026-11-26T10:00:00.000Z");
    h.must(secretary, cancel_session{{"x"}, {}});
    h.must(secretary, cancel_session{{"y"}, {}});
    const auto ids = [](const std::vector<session_row>& rows) {
        std::string all;
        for (const auto& row : rows) all += row.id.value;
        return all;
    };
    const auto all = h.view(sessions_query{});
    CHECK(ids(all.coming) == "bcd");
    CHECK(ids(all.past) == "yx");
    CHECK(ids(h.view(sessions_query{body_id{"house"}, {}, {}}).coming) == "c");
    CHECK(ids(h.view(sessions_query{{}, parse_date("2026-12-03"), parse_date("2026-12-03")})
                  .coming) == "c");
}

TEST_CASE("the session page shows who is present, what runs and what the viewer may do") {
    hall h = busy_hall();
    const auto page = h.view(session_query{{"s"}}, north);
    CHECK(page.presence_kept);
    CHECK(page.seats_present == 1);
    REQUIRE(page.presence.size() == 2);
    CHECK(page.presence[0].present);
    CHECK(page.presence[0].own);
    CHECK_FALSE(page.presence[1].present);
    REQUIRE(page.votes.size() == 1);
    CHECK(page.votes[0].counts == ballot_counts{1, 0, 0, 1, 0});
    REQUIRE(page.votes[0].own.size() == 1);
    CHECK(page.votes[0].own[0].cast == vote_choice::yes);
    CHECK(page.votes[0].own[0].may_cast);
    CHECK(page.means.seats == std::vector<std::string>{"council/north"});
    CHECK(page.means.powers.empty());
    REQUIRE(page.agenda.size() == 1);
    REQUIRE(page.agenda[0].motions.size() == 1);
    CHECK(page.agenda[0].motions[0].vote == vote_id{"v"});

    CHECK(h.view(session_query{{"s"}}, south).votes[0].own[0].must_register);
    const auto to_chair = h.view(session_query{{"s"}}, chair);
    CHECK(offers(to_chair.means, "preside", "council/chair"));
    CHECK_FALSE(offers(to_chair.means, "agenda", "council/chair"));
    CHECK(offers(h.view(session_query{{"s"}}, secretary).means, "agenda", "council/secretary"));
    const auto to_public = h.view(session_query{{"s"}});
    CHECK(to_public.means.powers.empty());
    CHECK(to_public.votes[0].own.empty());
}

TEST_CASE("the timetable holds as far as every item has a length") {
    hall h;
    h.must(secretary, session_of("s", "council"));
    const auto add = [&](std::string id, std::optional<int> minutes) {
        auto item = item_of("s", std::move(id));
        item.minutes = minutes;
        h.must(secretary, item);
    };
    add("a", 90);
    add("b", std::nullopt);
    add("c", 10);
    const auto agenda = h.view(session_query{{"s"}}).agenda;
    CHECK(agenda[0].expected == at("2026-12-01T10:00:00.000Z"));
    CHECK(agenda[1].expected == at("2026-12-01T11:30:00.000Z"));
    CHECK_FALSE(agenda[2].expected);
}

TEST_CASE("the vote page groups seats by member and says what each cast") {
    hall h = hall_with_vote("house");
    h.must(deputy("n", 1), ballot_in("v", "house-n-1", vote_choice::yes));
    const auto entry = static_cast<std::int64_t>(h.seq);
    h.must(deputy("s", 1), ballot_in("v", "house-s-1", vote_choice::no));
    const auto page = h.view(vote_query{{"v"}});
    CHECK(page.electorate == 5);
    REQUIRE(page.delegations.size() == 2);
    CHECK(page.delegations[0].name == en("Member N"));
    CHECK(page.delegations[0].counts == ballot_counts{1, 0, 0, 2, 0});
    CHECK(page.delegations[0].seats[0].cast);
    CHECK(page.delegations[0].seats[0].holder == person_id{"p-n1"});
    CHECK_FALSE(page.delegations[0].seats[0].name.empty());
    CHECK(page.delegations[0].seats[0].name == h.charter.name_of_seat("house-n-1"));
    CHECK(page.delegations[1].seats[0].seq == entry);
    CHECK(page.delegations[1].seats[1].vacant);
    CHECK_FALSE(page.delegations[1].seats[1].cast);
    CHECK(page.rule.id == "majority");
    CHECK(page.rule.mark == charter::source_mark::illustrative);
    CHECK_FALSE(page.result);
}

TEST_CASE("a vote page shows the rule as it was when the vote opened") {
    hall h = hall_with_vote("house");
    charter::charter_document changes;
    charter::decision_rule changed = *h.charter.find_rule("majority");
    changed.name = en("Another rule");
    changes.rules.push_back(changed);
    h.charter.put(changes, {});
    CHECK(h.view(vote_query{{"v"}}).rule.name == en("Rule majority"));
    CHECK(h.view(motion_query{{"m"}}).rule.name == en("Another rule"));
}

TEST_CASE("a decided vote shows outcome, reasons and the decision it made") {
    hall h = busy_hall();
    h.must(chair, register_presence{{"s"}, "council/south"});
    h.must(south, ballot_in("v", "council/south", vote_choice::yes));
    h.must(chair, close_vote{{"v"}, {}});
    const auto page = h.view(vote_query{{"v"}}, north);
    REQUIRE(page.result);
    CHECK(page.result->outcome == charter::outcome::adopted);
    CHECK(page.result->decision == decision_id{"2026-0001"});
    CHECK_FALSE(page.result->reasons.empty());
    CHECK_FALSE(page.own[0].may_cast);

    h.follow(make_event(enactments_failed{{"2026-0001"}, 0, {"x.y", {}, "body.id"}}));
    const auto decided = h.view(decision_query{{"2026-0001"}}, chair);
    REQUIRE(decided.failed);
    CHECK(decided.failed->number == 1);
    CHECK(decided.may_retry);
    CHECK_FALSE(h.view(decision_query{{"2026-0001"}}, north).may_retry);
    CHECK(decided.vote.outcome == charter::outcome::adopted);
}

TEST_CASE("decisions are found by words, number, body and year") {
    hall h = busy_hall();
    h.must(chair, register_presence{{"s"}, "council/south"});
    h.must(south, ballot_in("v", "council/south", vote_choice::yes));
    h.must(chair, close_vote{{"v"}, {}});
    const auto found = [&](const decisions_query& q) { return h.view(q).decisions.size(); };
    CHECK(found({}) == 1);
    CHECK(found({"TEXT motion", {}, {}, {}, {}}) == 1);
    CHECK(found({"2026-0001", {}, {}, {}, {}}) == 1);
    CHECK(found({"nothing like it", {}, {}, {}, {}}) == 0);
    CHECK(found({{}, body_id{"council"}, 2026, {}, {}}) == 1);
    CHECK(found({{}, body_id{"house"}, {}, {}, {}}) == 0);
    CHECK(found({{}, {}, 2025, {}, {}}) == 0);
    const auto empty = h.view(decisions_query{{}, {}, 2025, {}, {}});
    CHECK(empty.total == 1);
    CHECK(empty.years == std::vector<std::int32_t>{2026});
}

TEST_CASE("the latest decision stands first") {
    hall h = hall_with_motion("council");
    const auto adopt = [&](const std::string& motion) {
        if (motion != "m") h.must(chair, motion_of(motion, "s"));
        h.must(chair, vote_on("v-" + motion, motion));
        h.must(north, ballot_in("v-" + motion, "council/north", vote_choice::yes));
        h.must(south, ballot_in("v-" + motion, "council/south", vote_choice::yes));
        h.must(chair, close_vote{{"v-" + motion}, {}});
    };
    adopt("m");
    h.now = at("2027-01-10T09:00:00.000Z");
    adopt("m2");
    const auto list = h.view(decisions_query{});
    REQUIRE(list.decisions.size() == 2);
    CHECK(list.decisions[0].id == decision_id{"2027-0001"});
    CHECK(list.decisions[1].id == decision_id{"2026-0001"});
    CHECK(list.years == std::vector<std::int32_t>{2027, 2026});
}

TEST_CASE("a long list of decisions is shown in parts") {
    hall h = hall_with_motion("council");
    for (const std::string motion : {"m", "m2", "m3"}) {
        if (motion != "m") h.must(chair, motion_of(motion, "s"));
        h.must(chair, vote_on("v-" + motion, motion));
        h.must(north, ballot_in("v-" + motion, "council/north", vote_choice::yes));
        h.must(south, ballot_in("v-" + motion, "council/south", vote_choice::yes));
        h.must(chair, close_vote{{"v-" + motion}, {}});
    }
    const auto part = [&](std::int32_t offset, std::int32_t count) {
        const auto view = h.view(decisions_query{{}, {}, {}, offset, count});
        CHECK(view.found == 3);
        std::string shown;
        for (const auto& one : view.decisions) shown += one.id.value + " ";
        return shown;
    };
    const auto all = h.view(decisions_query{});
    CHECK(part(1, 1) == all.decisions[1].id.value + " ");
    CHECK(part(2, 5) == all.decisions[2].id.value + " ");
    CHECK(part(0, 0).empty());
    CHECK(part(9, 9).empty());
    CHECK(part(-1, -1).empty());
}

TEST_CASE("a search finds decisions, motions and sessions by their words, the decided first") {
    hall h = busy_hall();
    h.must(north, motion_of("other", "s"));
    h.must(chair, register_presence{{"s"}, "council/south"});
    h.must(south, ballot_in("v", "council/south", vote_choice::yes));
    h.must(chair, close_vote{{"v"}, {}});
    const auto found = [&](const std::string& words, std::optional<std::int32_t> offset = {},
                           std::optional<std::int32_t> count = {}) {
        std::string all;
        for (const auto& row : h.view(search_query{words, offset, count}).rows)
            all += std::string(name_of(row.kind)) + ":" + row.id + " ";
        return all;
    };
    const std::string both = found("MOTION text");
    CHECK(both == "decision:2026-0001 motion:other ");
    CHECK(h.view(search_query{"motion text", 1, 1}).found == 2);
    CHECK(found("motion text", 1, 1) == "motion:other ");
    CHECK(found("2026-0001") == "decision:2026-0001 ");
    CHECK(found("no such words").empty());
    CHECK(found(" ").empty());
}

TEST_CASE("an amended motion is found by its new words") {
    motion m;
    m.title = en("Harbours");
    m.put_text(en("Ten cranes."));
    CHECK(search_words("harbours cranes").found_in({*m.words}));
    m.put_text(en("Ten lighthouses."));
    CHECK_FALSE(search_words("cranes").found_in({*m.words}));
    CHECK(search_words("Lighthouses TEN").found_in({*m.words}));
}

TEST_CASE("duties are the open votes that a person may vote in") {
    hall h = busy_hall();
    auto mine = h.view(my_duties_query{{"p-south"}});
    REQUIRE(mine.votes.size() == 1);
    CHECK(mine.votes[0].seats[0].must_register);
    CHECK_FALSE(mine.votes[0].all_cast);
    CHECK(h.view(my_duties_query{{"p-north"}}).votes[0].all_cast);
    CHECK(h.view(my_duties_query{{"p-n1"}}).votes.empty());
    CHECK(h.view(my_duties_query{{"p-unknown"}}).votes.empty());
    h.must(chair, close_vote{{"v"}, {}});
    CHECK(h.view(my_duties_query{{"p-south"}}).votes.empty());
}

TEST_CASE("a motion page says who tabled it and whether the viewer may withdraw it") {
    hall h = hall_with_motion("council");
    h.must(north, motion_of("by-north", "s"));
    const auto page = h.view(motion_query{{"by-north"}}, north);
    CHECK(page.tabled_by == person_id{"p-north"});
    CHECK(page.tabled_as == "council/north");
    CHECK(page.may_withdraw);
    CHECK(h.view(motion_query{{"by-north"}}, chair).may_withdraw);
    CHECK_FALSE(h.view(motion_query{{"by-north"}}, south).may_withdraw);
    CHECK_FALSE(h.view(motion_query{{"by-north"}}).may_withdraw);
}
