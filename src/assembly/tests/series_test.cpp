#include "assembly/series_refusal.hpp"
#include "assembly/sitting_refusal.hpp"
#include "assembly/tests/hall.hpp"

using namespace veche;
using namespace veche::assembly;
using namespace veche::assembly::testing;

namespace {

date day(std::string_view text) {
    return *parse_date(text);
}

std::string days_text(const session_rhythm& r, std::string_view from, std::string_view until) {
    std::string out;
    for (const date one : days_of(r, day(from), day(until), 100))
        out += (out.empty() ? "" : " ") + to_text(one);
    return out;
}

session_rhythm weekly(std::int32_t every, day_of_week on) {
    return {every, rhythm_unit::week, on, std::nullopt, std::nullopt};
}
session_rhythm monthly(std::int32_t every, day_of_week on, month_week which) {
    return {every, rhythm_unit::month, on, which, std::nullopt};
}
session_rhythm on_day(std::int32_t every, std::int32_t number) {
    return {every, rhythm_unit::month, std::nullopt, std::nullopt, number};
}

/// Every first Tuesday at 10:00 in Minsk, from December 2026 to February 2027.
plan_series first_tuesdays() {
    plan_series c;
    c.series = {"regular"};
    c.body = {"council"};
    c.title = en("Regular session");
    c.rhythm = monthly(1, day_of_week::tuesday, month_week::first);
    c.time = "10:00";
    c.zone = "Europe/Minsk";
    c.offsets = {{day("2011-03-27"), 180}};
    c.from = day("2026-12-01");
    c.until = day("2027-02-28");
    return c;
}

const session& made(const hall& h, const std::string& id) {
    const session* found = h.own.sessions.find(session_id{id});
    REQUIRE(found);
    return *found;
}

}  // namespace

TEST_CASE("a rhythm falls on the days that a calendar shows") {
    CHECK(days_text(weekly(2, day_of_week::monday), "2026-11-24", "2026-12-31") ==
          "2026-11-30 2026-12-14 2026-12-28");
    CHECK(days_text(monthly(1, day_of_week::tuesday, month_week::first), "2026-11-24",
                    "2027-03-01") == "2026-12-01 2027-01-05 2027-02-02");
    CHECK(days_text(monthly(1, day_of_week::thursday, month_week::last), "2026-12-01",
                    "2027-02-28") == "2026-12-31 2027-01-28 2027-02-25");
    CHECK(days_text(on_day(1, 31), "2027-01-01", "2027-04-30") ==
          "2027-01-31 2027-02-28 2027-03-31 2027-04-30");
    // Twice a year, also into a year with a 29 February.
    CHECK(days_text(on_day(6, 29), "2027-08-01", "2029-01-01") ==
          "2027-08-29 2028-02-29 2028-08-29");
    CHECK(days_text(weekly(1, day_of_week::thursday), "1969-12-20", "1970-01-08") ==
          "1969-12-25 1970-01-01 1970-01-08");
}

TEST_CASE("the time of a place is told by the offset that has begun on that day") {
    const std::vector<zone_offset> brussels{{day("2026-10-25"), 60}, {day("2027-03-28"), 120}};
    CHECK(moment_of(day("2027-03-27"), 600, brussels) == at("2027-03-27T09:00:00.000Z"));
    CHECK(moment_of(day("2027-03-28"), 600, brussels) == at("2027-03-28T08:00:00.000Z"));
    CHECK(parse_time("09:05") == 545);
    for (const char* wrong : {"", "9:05", "24:00", "10:60", "10-00", "10:0a", "10:000"})
        CHECK_FALSE(parse_time(wrong));
}

TEST_CASE("a series convenes a session for each day of its rhythm") {
    hall h;
    CHECK_FALSE(h.ask_for(chair, first_tuesdays()));
    auto c = first_tuesdays();
    c.minutes = 90;
    c.mode = session_mode::hybrid;
    CHECK(h.must(secretary, c).size() == 3);
    CHECK(made(h, "regular-1").starts == at("2026-12-01T07:00:00.000Z"));
    CHECK(made(h, "regular-1").ends == at("2026-12-01T08:30:00.000Z"));
    CHECK(made(h, "regular-3").starts == at("2027-02-02T07:00:00.000Z"));
    CHECK(made(h, "regular-3").title == en("Regular session, 3"));
    CHECK(made(h, "regular-2").mode == session_mode::hybrid);
    CHECK(h.view(sessions_query{}).coming.size() == 3);
}

TEST_CASE("sessions of a series are moved and cancelled one by one and keep their place in it") {
    hall h;
    h.must(secretary, first_tuesdays());
    h.must(secretary, reschedule_session{{"regular-1"}, at("2026-12-03T07:00:00.000Z"), {}});
    h.must(secretary, cancel_session{{"regular-2"}, en("Holidays")});
    const auto sessions = h.view(series_query{{"regular"}}).sessions;
    REQUIRE(sessions.size() == 3);
    CHECK(sessions[0].moved);
    CHECK(sessions[0].due == day("2026-12-01"));
    CHECK(sessions[1].became == due_session::cancelled);
    CHECK(sessions[2].became == due_session::to_come);
}

TEST_CASE("a session that its rhythm called for and nobody opened is late, wherever it was moved") {
    hall h;
    h.must(secretary, first_tuesdays());
    h.must(secretary, reschedule_session{{"regular-1"}, at("2026-12-20T07:00:00.000Z"), {}});
    const auto first = [&] { return h.view(series_query{{"regular"}}).sessions.front(); };
    h.now = at("2026-12-01T07:00:00.000Z");
    CHECK(first().became == due_session::to_come);
    h.now.ms += 1;
    CHECK(first().became == due_session::late);
    h.now = at("2026-12-04T08:00:00.000Z");
    CHECK(first().days_late == 3);
    CHECK(h.view(sessions_query{}).coming.front().days_late == 3);
    CHECK(h.view(series_query{{"regular"}}).series.late == 1);
    h.must(chair, open_session{{"regular-1"}});
    h.now = at("2026-12-30T08:00:00.000Z");
    CHECK(first().became == due_session::held_late);
    CHECK(first().days_late == 3);
    CHECK(h.view(series_list_query{}).series.front().held_late == 1);
    CHECK_FALSE(h.view(sessions_query{}).coming.front().days_late);
}

TEST_CASE("a series goes on with its rhythm and its numbers, and ends with what is to come") {
    hall h;
    auto c = first_tuesdays();
    c.rhythm.every = 2;  // December, February
    h.must(secretary, c);
    CHECK(h.refused(secretary, extend_series{{"regular"}, day("2027-02-28"), {}}).kind ==
          &refusals::days_reversed);
    CHECK(h.refused(secretary, extend_series{{"regular"}, day("2027-03-31"), {}}).kind ==
          &refusals::series_empty);
    h.must(secretary, extend_series{{"regular"}, day("2027-04-30"), {}});
    CHECK(made(h, "regular-3").series->due == day("2027-04-06"));
    h.now = at("2026-12-01T07:00:00.000Z");
    h.must(chair, open_session{{"regular-1"}});
    h.must(secretary, end_series{{"regular"}, en("A new rhythm")});
    CHECK(made(h, "regular-1").status == session_status::open);
    CHECK(made(h, "regular-2").status == session_status::cancelled);
    CHECK(made(h, "regular-2").revision == 1);
    CHECK(h.refused(secretary, end_series{{"regular"}, {}}).kind == &refusals::series_ended);
    CHECK(h.refused(secretary, extend_series{{"regular"}, day("2028-04-30"), {}}).kind ==
          &refusals::series_ended);
}

TEST_CASE("a plan that names no day, no clock or no offset is refused at its field") {
    hall h;
    const auto field = [&](auto spoil, const refusal_kind& kind) {
        auto c = first_tuesdays();
        spoil(c);
        const auto why = h.refused(secretary, c);
        CHECK(why.kind == &kind);
        return why.field;
    };
    CHECK(field([](auto& c) { c.rhythm.which.reset(); }, refusals::rhythm_unsound) ==
          "rhythm.weekday");
    field([](auto& c) { c.rhythm.day = 3; }, refusals::rhythm_unsound);
    field([](auto& c) { c.rhythm.unit = rhythm_unit::week; }, refusals::rhythm_unsound);
    CHECK(field([](auto& c) { c.rhythm.every = 0; }, refusals::rhythm_out_of_range) ==
          "rhythm.every");
    CHECK(field([](auto& c) { c.time = "10h"; }, refusals::time_malformed) == "time");
    CHECK(field([](auto& c) { c.zone = ""; }, refusals::zone_malformed) == "zone");
    CHECK(field([](auto& c) { c.offsets.clear(); }, refusals::offsets_missing) == "offsets");
    field([](auto& c) { c.offsets[0].from = day("2026-12-02"); }, refusals::offsets_missing);
    field([](auto& c) { c.offsets.push_back(c.offsets[0]); }, refusals::offsets_missing);
    CHECK(field([](auto& c) { c.until = day("2026-11-30"); }, refusals::days_reversed) == "until");
    field(
        [](auto& c) {
            c.until = day("2026-12-01"), c.from = c.until, c.rhythm.every = 1,
            c.rhythm.which = month_week::last;
        },
        refusals::series_empty);
    field([](auto& c) { c.from = day("2026-01-01"); }, refusals::time_passed);
    field([](auto& c) { c.series = {std::string(57, 'a')}; }, refusals::series_name_long);
    field(
        [](auto& c) {
            c.rhythm = weekly(1, day_of_week::monday);
            c.until = day("2031-01-01");
        },
        refusals::too_many);
    h.must(secretary, session_of("regular-2", "council"));
    field([](auto&) {}, refusals::id_taken);
    for (const refusal_kind* kind : refusals::of_series::all) CHECK(kind->sentence.ends_with('.'));
}
