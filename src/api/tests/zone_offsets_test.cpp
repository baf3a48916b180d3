#include "api/pages/zone_offsets.hpp"

#include <doctest/doctest.h>

#include "render/filters.hpp"

using namespace veche;
using namespace veche::api::pages;

namespace {

std::string offsets_text(const char* zone, const char* from, const char* until,
                         std::int32_t minutes = 600) {
    std::string out;
    for (const auto& one :
         offsets_between(render::zone(zone), *parse_date(from), *parse_date(until), minutes))
        out += (out.empty() ? "" : " ") + to_text(one.from) + "=" + std::to_string(one.minutes);
    return out;
}

}  // namespace

TEST_CASE("the clocks of a place are known day by day, across the days on which they change") {
    // Minsk and Kamchatka have not changed their clocks since 2011; Kaliningrad last did in 2014.
    CHECK(offsets_text("Europe/Minsk", "2026-01-01", "2026-12-31") == "2026-01-01=180");
    CHECK(offsets_text("Asia/Kamchatka", "2026-01-01", "2026-12-31") == "2026-01-01=720");
    CHECK(offsets_text("Europe/Kaliningrad", "2026-01-01", "2026-12-31") == "2026-01-01=120");
    CHECK(offsets_text("Europe/Kaliningrad", "2014-10-25", "2014-10-27") ==
          "2014-10-25=180 2014-10-26=120");
    // Brussels on 29 March at 02:00 and on 25 October 2026 at 03:00 (directive 2000/84/EC).
    CHECK(offsets_text("Europe/Brussels", "2026-01-01", "2026-12-31") ==
          "2026-01-01=60 2026-03-29=120 2026-10-25=60");
    // Just after midnight the clocks of that day have not changed yet.
    CHECK(offsets_text("Europe/Brussels", "2026-03-28", "2026-03-31", 30) ==
          "2026-03-28=60 2026-03-30=120");
}

TEST_CASE("a moment planned by offsets is shown at that time of day in the zone") {
    const char* zones[] = {"Europe/Minsk", "Europe/Kaliningrad", "Asia/Kamchatka",
                           "Europe/Brussels"};
    for (const char* name : zones) {
        const render::zone zone(name);
        const date from = *parse_date("2026-01-01"), until = *parse_date("2026-12-31");
        const auto offsets = offsets_between(zone, from, until, 600);
        render::surroundings around;
        around.zone = &zone;
        for (date day = from; day <= until; day.days += 1) {
            const instant at = assembly::moment_of(day, 600, offsets);
            REQUIRE(render::time_text(at, around) == "10:00");
            REQUIRE(render::local_date(at, around) == day);
        }
    }
}
