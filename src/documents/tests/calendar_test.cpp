#include "documents/calendar.hpp"

#include <doctest/doctest.h>

#include "documents/news.hpp"
#include "documents/tests/assembled_union.hpp"

using namespace veche;
using namespace veche::documents;
using namespace veche::documents::testing;

namespace {

instant at(const char* text) {
    return *parse_instant(text);
}

calendar_event meeting(const char* starts) {
    calendar_event one;
    one.uid = "session-s-1";
    one.path = "sessions/s-1";
    one.title = "Tariffs; prices, and more";
    one.kind = "SESSION";
    one.starts = at(starts);
    one.stamp = at("2026-01-01T00:00:00.000Z");
    return one;
}

}  // namespace

TEST_CASE("a line is folded at 75 octets and never inside a character") {
    std::string out;
    append_folded(out, std::string(75, 'a'));
    CHECK(out == std::string(75, 'a') + "\r\n");
    out.clear();
    append_folded(out, std::string(76, 'a'));
    CHECK(out == std::string(75, 'a') + "\r\n a\r\n");
    out.clear();
    std::string wide;
    for (int i = 0; i < 40; ++i) wide += "ж";
    append_folded(out, wide);
    // 37 letters of two octets fit, an octet is left over.
    CHECK(out.substr(0, 74) == wide.substr(0, 74));
    CHECK(out.substr(74, 3) == "\r\n ");
}

TEST_CASE("a text cannot end its line and begin another property") {
    CHECK(calendar_text("a,b;c\\d\r\nATTENDEE:x") == "a\\,b\\;c\\\\d\\nATTENDEE:x");
    CHECK(calendar_text("a\x01\x7f\x62") == "ab");
}

TEST_CASE("moments are told in the zone, with the offset of their own day") {
    testing::assembled_union of;
    setting in = of.in("en");
    const render::zone brussels("Europe/Brussels");
    in.around.zone = &brussels;
    const std::string out = to_icalendar(
        in, {"Sessions",
             "Europe/Brussels",
             {meeting("2026-01-15T09:00:00.000Z"), meeting("2026-07-15T09:00:00.000Z")}});
    CHECK(has(out, "DTSTART;TZID=Europe/Brussels:20260115T100000\r\n"));
    CHECK(has(out, "DTSTART;TZID=Europe/Brussels:20260715T110000\r\n"));
    // Clocks went forward at 02:00 on 29 March 2026 and back at 03:00 on 25 October (2000/84/EC).
    CHECK(has(out,
              "BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000\r\nTZOFFSETFROM:+0100\r\n"
              "TZOFFSETTO:+0200\r\n"));
    CHECK(has(out,
              "BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\n"
              "TZOFFSETTO:+0100\r\n"));
}

TEST_CASE("a zone without clock changes says one offset, and UTC needs no zone") {
    testing::assembled_union of;
    const std::string minsk =
        to_icalendar(of.in("ru"), {"S", "Europe/Minsk", {meeting("2026-01-15T09:00:00.000Z")}});
    CHECK(has(minsk, "TZOFFSETTO:+0300"));
    CHECK_FALSE(has(minsk, "DAYLIGHT"));
    CHECK(has(minsk, "DTSTART;TZID=Europe/Minsk:20260115T120000"));
    setting in = of.in("ru");
    const render::zone utc("UTC");
    in.around.zone = &utc;
    const std::string plain = to_icalendar(in, {"S", "UTC", {meeting("2026-01-15T09:00:00.000Z")}});
    CHECK(has(plain, "DTSTART:20260115T090000Z"));
    CHECK_FALSE(has(plain, "VTIMEZONE"));
}

TEST_CASE("a moment names its zone, offset and year, across the change of the clocks") {
    testing::assembled_union of;
    setting in = of.in("en");
    const auto shown = [&](const char* zone, const char* moment) {
        const render::zone there(zone);
        in.around.zone = &there;
        return in.moment(at(moment));
    };
    CHECK(shown("Europe/Minsk", "2026-10-25T00:30:00.000Z") ==
          "25 October 2026, 03:30 (Minsk, UTC+3)");
    CHECK(shown("Europe/Kaliningrad", "2014-10-25T22:59:00.000Z") ==
          "26 October 2014, 01:59 (Kaliningrad, UTC+3)");
    CHECK(shown("Europe/Kaliningrad", "2014-10-25T23:00:00.000Z") ==
          "26 October 2014, 01:00 (Kaliningrad, UTC+2)");
    CHECK(shown("Asia/Kamchatka", "2026-12-31T12:00:00.000Z") ==
          "1 January 2027, 00:00 (Kamchatka, UTC+12)");
    CHECK(shown("Europe/Brussels", "2026-10-25T00:59:00.000Z") ==
          "25 October 2026, 02:59 (Brussels, UTC+2)");
    CHECK(shown("Europe/Brussels", "2026-10-25T01:00:00.000Z") ==
          "25 October 2026, 02:00 (Brussels, UTC+1)");
}

TEST_CASE("sessions of a series keep their UID when they are moved, and are cancelled in view") {
    testing::assembled_union of;
    of.must("assembly.plan_series",
            R"({"series":"regular","body":"com","title":{"en":"Regular"},"rhythm":{"every":1,)"
            R"("unit":"month","weekday":"tuesday","which":"first"},"time":"10:00",)"
            R"("zone":"Europe/Minsk","offsets":[{"from":"2011-03-27","minutes":180}],)"
            R"("from":"2026-06-01","until":"2026-08-31","minutes":120})",
            "state-secretary", "pc/state-secretary");
    const auto feed = [&] {
        calendar_feed made{"S", "Europe/Minsk", {}};
        const auto all = of.ask<assembly::sessions_view>(assembly::sessions_query{});
        for (const auto* list : {&all->coming, &all->past})
            for (const auto& row : *list)
                if (row.series) made.events.push_back(event_of(of.in("en"), row));
        return to_icalendar(of.in("en"), made);
    };
    const std::string planned = feed();
    CHECK(has(planned, "UID:session-regular-1@union.example\r\n"));
    CHECK(has(planned, "DTSTART;TZID=Europe/Minsk:20260602T100000\r\n"));
    CHECK(has(planned, "DTEND;TZID=Europe/Minsk:20260602T120000\r\n"));
    of.must("assembly.reschedule_session",
            R"({"session":"regular-1","starts":"2026-06-03T07:00:00.000Z"})", "state-secretary",
            "pc/state-secretary");
    of.must("assembly.end_series", R"({"series":"regular"})", "state-secretary",
            "pc/state-secretary");
    const std::string ended = feed();
    CHECK(has(ended, "UID:session-regular-1@union.example\r\n"));
    CHECK(has(ended, "SEQUENCE:2\r\nSTATUS:CANCELLED\r\n"));
    CHECK(has(ended, "SEQUENCE:1\r\nSTATUS:CANCELLED\r\n"));
    CHECK_FALSE(has(ended, "CONFIRMED"));
}

TEST_CASE("an event keeps its UID and raises SEQUENCE when it is moved or cancelled") {
    testing::assembled_union of;
    of.must("assembly.convene_session",
            R"({"id":"s-2","body":"com","title":{"en":"Next"},)"
            R"("starts":"2026-05-13T07:00:00.000Z","venue":{"en":"Brest"}})",
            "state-secretary", "pc/state-secretary");
    const auto told = [&] {
        const auto all = of.ask<assembly::sessions_view>(assembly::sessions_query{});
        for (const auto* list : {&all->coming, &all->past})
            for (const auto& row : *list)
                if (row.id.value == "s-2") return event_of(of.in("en"), row);
        return calendar_event{};
    };
    const calendar_event first = told();
    CHECK(first.sequence == 0);
    of.must("assembly.reschedule_session",
            R"({"session":"s-2","starts":"2026-05-14T07:00:00.000Z"})", "state-secretary",
            "pc/state-secretary");
    const calendar_event moved = told();
    CHECK(moved.uid == first.uid);
    CHECK(moved.sequence == 1);
    CHECK(moved.stamp > first.stamp);
    of.must("assembly.cancel_session", R"({"session":"s-2","reason":{"en":"Flood"}})",
            "state-secretary", "pc/state-secretary");
    const calendar_event cancelled = told();
    CHECK(cancelled.sequence == 2);
    const std::string out = to_icalendar(of.in("en"), {"S", "Europe/Minsk", {cancelled}});
    CHECK(has(out, "UID:session-s-2@union.example\r\n"));
    CHECK(has(out, "SEQUENCE:2\r\nSTATUS:CANCELLED\r\n"));
}

TEST_CASE("a measure is a day in the calendar with a word a week before") {
    testing::assembled_union of;
    const auto measure =
        of.ask<programme::measure_view>(programme::measure_query{measure_id{"m-roaming"}});
    const std::string out =
        to_icalendar(of.in("be"), {"S", "UTC", {event_of(of.in("be"), *measure)}});
    CHECK(has(out, "DTSTART;VALUE=DATE:20260930\r\nDTEND;VALUE=DATE:20261001\r\n"));
    CHECK(has(out, "TRIGGER:-P7D"));
    CHECK(has(out, "SUMMARY;LANGUAGE=be:"));
}
