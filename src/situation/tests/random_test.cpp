// What views say, now and on any day, against a plain reading of the whole history.

#include <rapidcheck.h>

#include "situation/tests/desk.hpp"

namespace veche::situation {
namespace {

using namespace testing;

struct said_once {
    instant at;
    std::int32_t day = 0;
    std::int64_t value = 0;
};

/// By region: what was said in order.
using plain_counts = std::map<std::string, std::vector<said_once>>;

std::map<std::int32_t, std::int64_t> known_then(const std::vector<said_once>& all, instant at) {
    std::map<std::int32_t, std::int64_t> out;
    for (const said_once& one : all)
        if (one.at <= at) {
            if (one.value < 0)
                out.erase(one.day);
            else
                out[one.day] = one.value;
        }
    return out;
}

void compare_on(const desk& d, const plain_counts& said, date known) {
    const instant end{start_of(date{known.days + 1}).ms - 1};
    for (const auto& [region, all] : said) {
        std::map<std::int32_t, std::int64_t> shown_days;
        for (const day_row& one : d.look(counts_query{{region}, {"cases"}, known}).days)
            if (one.value) shown_days[one.day.days] = *one.value;
        RC_ASSERT(shown_days == known_then(all, end));
    }
}

}  // namespace

TEST_CASE("what was known on any day is what a plain reading of the history gives") {
    CHECK(rc::check([] {
        desk d;
        plain_counts said;
        for (const char* name : {"north", "south"}) RC_ASSERT(d.send(watch(name)) == "");
        const int steps = *rc::gen::inRange(1, 25);
        std::size_t revisions = 0;
        for (int i = 0; i < steps; ++i) {
            const std::string region = *rc::gen::inRange(0, 2) ? "north" : "south";
            const std::int32_t from = day("2026-03-01").days + *rc::gen::inRange(0, 6);
            const auto before = known_then(said[region], d.at);
            if (*rc::gen::inRange(0, 6) == 0) {
                withdraw_counts back{{region}, {"cases"}, date{from}, date{from + 1}, en("x")};
                const bool any = before.contains(from) || before.contains(from + 1);
                RC_ASSERT((d.send(back) == "") == any);
                for (std::int32_t one = from; any && one <= from + 1; ++one)
                    if (before.contains(one)) {
                        said[region].push_back({{d.at.ms - 1000}, one, -1});
                        ++revisions;
                    }
            } else {
                count_run one{{region}, {"cases"}, date{from}, {}};
                const int count = *rc::gen::inRange(1, 4);
                for (int k = 0; k < count; ++k) one.values.push_back(*rc::gen::inRange(0, 4));
                bool changes = false;
                for (int k = 0; k < count; ++k) {
                    const auto there = before.find(from + k);
                    const bool differs = there != before.end() &&
                                         there->second != one.values[static_cast<std::size_t>(k)];
                    changes = changes || differs;
                    revisions += differs ? 1 : 0;
                }
                const std::string why = d.send(report_of({one}, changes ? "Corrected" : ""));
                RC_ASSERT(why == "");
                for (int k = 0; k < count; ++k)
                    said[region].push_back(
                        {{d.at.ms - 1000}, from + k, one.values[static_cast<std::size_t>(k)]});
            }
            d.at.ms += *rc::gen::inRange<std::int64_t>(0, 2) * ms_per_day;
        }
        for (std::int32_t known = day("2026-03-09").days; known <= date_of(d.at).days; ++known)
            compare_on(d, said, date{known});
        // A figure that was taken back and said again changes none that was known.
        const auto listed = d.look(revisions_query{}).revisions.size();
        RC_ASSERT(listed >= revisions);
    }));
}

}  // namespace veche::situation
