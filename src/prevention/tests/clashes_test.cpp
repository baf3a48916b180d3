// Clashes as intervals against a plain look at each day, and the days of real neighbours.

#include "prevention/clashes.hpp"

#include <map>

#include <rapidcheck.h>

#include "prevention/tests/shared.hpp"

using namespace veche;
using namespace veche::prevention;
using namespace veche::prevention::testing;

namespace {

stretch order(std::int32_t from, std::int32_t to, std::int32_t level, bool general = true) {
    return {{from}, to < 0 ? no_end : date{to}, {level, general, {}, {}}};
}

const timeline nothing{};

std::vector<clash_span> found(preventive_kind kind, const std::vector<stretch>& a,
                              const std::vector<stretch>& b, const clash_rules& rules = {}) {
    const timeline of_a = laid_out(a), of_b = laid_out(b);
    return clashes_between(kind, {of_a, nothing}, {of_b, nothing}, rules);
}

/// The last day looked at one by one; what holds without end holds on it.
constexpr std::int32_t horizon = 60;

using day_row = std::array<holding, horizon + 1>;

/// What the strictest order of each day says, day by day.
day_row plain_days(const std::vector<stretch>& orders) {
    day_row out;
    for (std::int32_t day = 0; day <= horizon; ++day) {
        holding& now = out[static_cast<std::size_t>(day)];
        for (const stretch& one : orders) {
            if (day < one.from.days || one.to.days < day) continue;
            if (one.what.level > now.level) now.general = false;
            if (one.what.level >= now.level) now.general = now.general || one.what.general;
            now.level = std::max(now.level, one.what.level);
        }
    }
    return out;
}

struct plain_run {
    std::int32_t from, to;
    holding what;
};

std::vector<plain_run> plain_runs(const day_row& days) {
    std::vector<plain_run> out;
    for (std::int32_t day = 0; day <= horizon; ++day) {
        const holding& now = days[static_cast<std::size_t>(day)];
        if (now.level == 0) continue;
        if (!out.empty() && out.back().to == day - 1 && out.back().what == now)
            out.back().to = day;
        else
            out.push_back({day, day, now});
    }
    return out;
}

/// Whether the day lies between two beginnings, or two ends, of the same order.
bool plain_calendar(const std::vector<plain_run>& a, const std::vector<plain_run>& b,
                    std::int32_t day, std::int32_t most) {
    for (const plain_run& one : a)
        for (const plain_run& other : b) {
            if (!(one.what == other.what) || one.to < other.from || other.to < one.from) continue;
            const auto [first, last] = std::minmax(one.from, other.from);
            if (last - first <= most && first <= day && day < last) return true;
            const auto [ends, ended] = std::minmax(one.to, other.to);
            if (ended - ends <= most && ended < horizon && ends < day && day <= ended) return true;
        }
    return false;
}

/// The check that names the day, by the words of the rules alone.
std::optional<clash_check> plain_check(preventive_kind kind, const day_row& a, const day_row& b,
                                       std::int32_t day, const clash_rules& rules) {
    const holding &x = a[static_cast<std::size_t>(day)], &y = b[static_cast<std::size_t>(day)];
    if (plain_calendar(plain_runs(a), plain_runs(b), day, rules.calendar_days))
        return clash_check::calendar;
    const auto [low, high] = std::minmax(x.level, y.level);
    if (kind == preventive_kind::c8 && high >= rules.door_closed && low <= rules.door_open)
        return clash_check::door;
    if (high - low >= rules.gap) return clash_check::level_gap;
    if (kind != preventive_kind::c8 && low > 0 && x.general != y.general)
        return clash_check::scope_gap;
    return std::nullopt;
}

std::vector<stretch> random_orders(preventive_kind kind) {
    std::vector<stretch> out;
    const int count = *rc::gen::inRange(0, 6);
    for (int i = 0; i < count; ++i) {
        const std::int32_t from = *rc::gen::inRange(0, 45);
        const bool open = *rc::gen::inRange(0, 5) == 0;
        const std::int32_t to = open ? -1 : from + *rc::gen::inRange(0, 14);
        const bool general = kind != preventive_kind::c8 && *rc::gen::arbitrary<bool>();
        out.push_back(order(from, to, *rc::gen::inRange(0, 5), general));
    }
    return out;
}

/// Places of one file in a kind, by day; days follow each other.
std::vector<timeline> places_in(const std::vector<std::string>& files, preventive_kind kind,
                                rules_for whom, std::string_view jurisdiction) {
    std::map<std::string, std::vector<stretch>> by_place;
    for (const std::string& csv : files)
        each_policy_row(csv, [&](const policy_columns& columns, const auto& row) {
            if (!jurisdiction.empty() && columns.cell(row, "Jurisdiction") != jurisdiction) return;
            const policy_day day = day_or_fail(columns, row, whom);
            const indicator& known = day.known[static_cast<std::size_t>(kind)];
            by_place[day.country + day.region].push_back(
                {day.on, day.on, {known.level.value_or(0), known.general, {}, {}}});
        });
    std::vector<timeline> out;
    for (const auto& [place, all] : by_place) out.push_back(laid_out(all));
    return out;
}

}  // namespace

TEST_CASE("a gap of two levels is an interval with the sides furthest apart") {
    const auto all = found(preventive_kind::c1, {order(1, 20, 3)}, {order(5, 9, 1, false)});
    REQUIRE(all.size() == 1);
    CHECK(all[0] == clash_span{clash_check::level_gap, {1}, {20}, {3, true}, {0, false}});
    CHECK(found(preventive_kind::c1, {order(1, 20, 1)}, {}).empty());
    CHECK(found(preventive_kind::c1, {order(1, -1, 2)}, {})[0].to == no_end);
}

TEST_CASE("general on one side and targeted on the other is a clash of scope") {
    const auto all = found(preventive_kind::h6, {order(1, 20, 2)}, {order(1, 20, 2, false)});
    REQUIRE(all.size() == 1);
    CHECK(all[0].check == clash_check::scope_gap);
    CHECK(found(preventive_kind::h2, {order(1, 20, 2)}, {order(1, 20, 2, false)}).empty());
}

TEST_CASE("a border closed on one side only is a door, not a gap") {
    const auto all = found(preventive_kind::c8, {order(1, 20, 4, false)}, {order(1, 10, 2, false)});
    REQUIRE(all.size() == 1);
    CHECK(all[0].check == clash_check::door);
    CHECK(found(preventive_kind::c8, {order(1, 20, 4, false)}, {order(1, 20, 3, false)}).empty());
    clash_rules without;
    without.checks = {clash_check::level_gap};
    CHECK(found(preventive_kind::c8, {order(1, 20, 4, false)}, {}, without)[0].check ==
          clash_check::level_gap);
}

TEST_CASE("the same order on other days is a clash of the calendar, unless far apart") {
    const auto all = found(preventive_kind::c4, {order(1, 30, 3)}, {order(5, 33, 3)});
    REQUIRE(all.size() == 2);
    CHECK(all[0] == clash_span{clash_check::calendar, {1}, {4}, {3, true}, {0, false}});
    CHECK(all[1] == clash_span{clash_check::calendar, {31}, {33}, {0, false}, {3, true}});
    const auto far = found(preventive_kind::c4, {order(1, 60, 3)}, {order(20, 60, 3)});
    REQUIRE(far.size() == 1);
    CHECK(far[0].check == clash_check::level_gap);
}

TEST_CASE("a proof that is asked for and not issued across the border is a clash") {
    stretch asks = order(1, 20, 2, false);
    asks.what.asks = {"pcr-72h"};
    stretch issues = order(10, -1, 1, false);
    issues.what.issues = {"pcr-72h", "vaccination"};
    const timeline of_a = laid_out(std::vector{asks}),
                   of_b = laid_out(std::vector{order(1, 20, 2)});
    const timeline by_b = laid_out(std::vector{issues});
    const auto all = clashes_between(preventive_kind::c8, {of_a, nothing}, {of_b, by_b}, {});
    REQUIRE(all.size() == 1);
    CHECK(all[0] == clash_span{clash_check::recognition, {1}, {9}, {2, false}, {2, true}});
}

TEST_CASE("the strictest of a day's orders holds, and it is general where any such is") {
    const timeline line =
        laid_out(std::vector{order(1, 20, 1), order(5, 9, 3, false), order(8, 12, 3)});
    CHECK(on_day(line, {4}).level == 1);
    CHECK(on_day(line, {6}) == holding{3, false, {}, {}});
    CHECK(on_day(line, {8}) == holding{3, true, {}, {}});
    CHECK(on_day(line, {12}).general);
    CHECK(on_day(line, {13}).level == 1);
    CHECK(on_day(line, {21}).level == 0);
}

TEST_CASE("intervals hold the days that a plain look at each day names") {
    CHECK(rc::check([] {
        const auto kind = *rc::gen::element(preventive_kind::c4, preventive_kind::c8);
        const auto a = random_orders(kind), b = random_orders(kind);
        clash_rules rules;
        rules.gap = *rc::gen::inRange(1, 4);
        rules.calendar_days = *rc::gen::inRange(1, 10);
        const auto spans = found(kind, a, b, rules);
        const day_row days_a = plain_days(a), days_b = plain_days(b);
        for (std::int32_t day = 0; day <= horizon; ++day) {
            const auto named = plain_check(kind, days_a, days_b, day, rules);
            std::optional<clash_check> by_span;
            for (const clash_span& one : spans)
                if (one.from.days <= day && day <= one.to.days) {
                    RC_ASSERT(!by_span);
                    by_span = one.check;
                }
            RC_ASSERT(by_span == named);
        }
        for (std::size_t i = 1; i < spans.size(); ++i)
            RC_ASSERT(spans[i - 1].check != spans[i].check ||
                      spans[i - 1].to.days + 1 < spans[i].from.days);
    }));
}

TEST_CASE("Belarus and Russia were two levels apart on the days of the reference (H11)") {
    const auto by = shared_text("oxcgrt/compact/Belarus.csv");
    const auto ru = shared_text("oxcgrt/compact/Russia.csv");
    if (!by || !ru) return;
    const std::pair<const char*, std::int64_t> expected[] = {
        {"c1", 465}, {"c2", 468}, {"c3", 243}, {"c4", 284}, {"c5", 0},   {"c6", 188}, {"c7", 292},
        {"c8", 400}, {"h1", 75},  {"h2", 14},  {"h3", 156}, {"h6", 442}, {"h7", 183}, {"h8", 339}};
    for (const auto& [name, days] : expected) {
        const auto places = places_in({*by, *ru}, *kind_named(name), rules_for::all, "");
        REQUIRE(places.size() == 2);
        CHECK_MESSAGE(days_apart(places, 2) == days, name);
    }
}

TEST_CASE("any two of four nations were two levels apart on the days of the reference (H11)") {
    const auto text = shared_text("oxcgrt/raw_GBR.csv");
    if (!text) return;
    const std::pair<const char*, std::int64_t> expected[] = {
        {"c1", 54}, {"c2", 179}, {"c3", 97}, {"c4", 219}, {"c5", 0},
        {"c6", 31}, {"c7", 178}, {"c8", 0},  {"h6", 148}, {"h8", 471}};
    for (const auto& [name, days] : expected) {
        const auto places =
            places_in({*text}, *kind_named(name), rules_for::not_vaccinated, "STATE_WIDE");
        REQUIRE(places.size() == 4);
        CHECK_MESSAGE(days_apart(places, 2) == days, name);
    }
}
