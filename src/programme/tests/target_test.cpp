#include "programme/target.hpp"

#include "programme/period.hpp"
#include "programme/tests/desk.hpp"

using namespace veche;
using namespace veche::programme;
using namespace veche::programme::testing;

namespace {

std::string days_of(std::string_view text) {
    const auto found = parse_period(text);
    return found ? to_text(found->from) + " " + to_text(found->until) : "none";
}

value_point of_period(std::string name, ratio value) {
    const auto within = parse_period(name);
    REQUIRE(within);
    return {std::move(name), within->from, within->until, value, false, false, 1};
}

value_point on_day(std::string_view text, ratio value) {
    return {"", day(text), day(text), value, false, false, 1};
}

/// A target judged on a day; the measure is due at the end of 2026.
struct judged {
    indicator asked;
    std::vector<value_point> values;
    std::optional<date> done = {};
    std::optional<date> all_milestones = {};

    [[nodiscard]] std::string_view on(std::string_view today) const {
        return name_of(
            state_of_target({asked, day("2026-12-31"), values, done, all_milestones, day(today)}));
    }
};

indicator asking(target_form form, std::optional<ratio> target) {
    indicator i;
    i.form = form;
    i.target = target;
    return i;
}

}  // namespace

TEST_CASE("a period is a year, a half, a quarter, a month or a day, and nothing else") {
    CHECK(days_of("2026") == "2026-01-01 2026-12-31");
    CHECK(days_of("2026-H1") == "2026-01-01 2026-06-30");
    CHECK(days_of("2026-H2") == "2026-07-01 2026-12-31");
    CHECK(days_of("2026-Q1") == "2026-01-01 2026-03-31");
    CHECK(days_of("2026-Q4") == "2026-10-01 2026-12-31");
    CHECK(days_of("2024-02") == "2024-02-01 2024-02-29");
    CHECK(days_of("2026-12") == "2026-12-01 2026-12-31");
    CHECK(days_of("2026-07-15") == "2026-07-15 2026-07-15");
    for (const char* wrong : {"", "26", "2026-", "2026-H0", "2026-H3", "2026-Q5", "2026-13",
                              "2026-02-30", "2026-Q", "year", "1800", "2026-07-15x", "2026-h1"})
        CHECK_MESSAGE(days_of(wrong) == "none", wrong);
}

TEST_CASE("at least: the newest value reaches the target, or its period still runs") {
    judged j{asking(target_form::at_least, ratio{4, 1}), {}};
    CHECK(j.on("2026-06-01") == "not_known");
    j.values = {of_period("2025", {5, 1}), of_period("2026", {3, 1})};
    CHECK(j.on("2026-12-31") == "on_the_way");
    CHECK(j.on("2027-01-01") == "missed");
    j.values.back().value = {8, 2};
    CHECK(j.on("2026-02-01") == "met");
    j.values = {on_day("2026-03-01", {3, 1})};  // no period: it runs until the last day
    CHECK(j.on("2026-12-31") == "on_the_way");
    CHECK(j.on("2027-01-01") == "missed");
    j.asked.target.reset();
    CHECK(j.on("2026-06-01") == "not_known");
}

TEST_CASE("at most: what went above stays above, even while the period runs") {
    judged j{asking(target_form::at_most, ratio{0, 1}), {of_period("2026", {0, 1})}};
    CHECK(j.on("2026-06-01") == "on_the_way");
    CHECK(j.on("2027-01-01") == "met");
    j.done = day("2026-05-01");
    CHECK(j.on("2026-06-01") == "met");
    j.values = {of_period("2026", {1, 1000})};
    CHECK(j.on("2026-06-01") == "missed");
}

TEST_CASE("a share is compared exactly") {
    judged j{asking(target_form::share, ratio{200, 3}), {of_period("2025", {66, 1})}};
    CHECK(j.on("2026-06-01") == "missed");
    j.values = {of_period("2025", {200, 3})};
    CHECK(j.on("2026-06-01") == "met");
}

TEST_CASE("by a date: what comes a day later has missed it for good") {
    judged j{asking(target_form::by_date, ratio{2, 1}), {on_day("2026-03-01", {1, 1})}};
    j.asked.by = day("2026-06-30");
    CHECK(j.on("2026-06-30") == "on_the_way");
    CHECK(j.on("2026-07-01") == "missed");
    j.values.push_back(on_day("2026-06-30", {2, 1}));
    CHECK(j.on("2026-07-01") == "met");
    j.values.back() = on_day("2026-07-01", {2, 1});
    CHECK(j.on("2026-07-01") == "missed");
    judged plain{asking(target_form::by_date, std::nullopt), {}};
    CHECK(plain.on("2026-06-01") == "on_the_way");
    CHECK(plain.on("2027-01-01") == "missed");
    plain.all_milestones = day("2026-12-31");
    CHECK(plain.on("2027-01-01") == "met");
    plain.done = day("2027-01-01");
    CHECK(plain.on("2027-01-01") == "missed");
}

TEST_CASE("a trend leaves its baseline in the direction said") {
    judged j{asking(target_form::trend, std::nullopt), {of_period("2023", {10, 1})}};
    CHECK(j.on("2026-06-01") == "not_known");  // the first value is the baseline
    j.values.push_back(of_period("2025", {10, 1}));
    CHECK(j.on("2026-06-01") == "missed");  // level is no way up
    j.values.back().value = {101, 10};
    CHECK(j.on("2026-06-01") == "met");
    j.asked.direction = trend_direction::down;
    CHECK(j.on("2026-06-01") == "missed");
    j.asked.baseline = ratio{12, 1};
    CHECK(j.on("2026-06-01") == "met");
    j.asked.target = ratio{8, 1};
    CHECK(j.on("2026-06-01") == "missed");
    j.values.push_back(of_period("2026", {9, 1}));
    CHECK(j.on("2026-06-01") == "on_the_way");
    j.values.back().value = {8, 1};
    CHECK(j.on("2026-06-01") == "met");
}

TEST_CASE("present needs a document that shows it") {
    judged j{asking(target_form::present, std::nullopt), {on_day("2026-03-01", {1, 1})}};
    CHECK(j.on("2026-06-01") == "on_the_way");
    CHECK(j.on("2027-01-01") == "missed");
    j.values.back().shown = true;
    CHECK(j.on("2027-01-01") == "met");
    j.values.back().value = {0, 1};
    CHECK(j.on("2027-01-01") == "missed");
}

TEST_CASE("of two reports of a period the later counts, and periods come in their order") {
    desk d;
    d.order(measure_of("M1"));
    const auto report = [&](const char* id, const char* period, std::int64_t value) {
        report_progress c = report_of(id, "M1");
        if (*period != '\0') c.period = period;
        c.value = ratio{value, 1};
        d.must(reporter, c);
    };
    report("r1", "2026", 1);
    report("r2", "2025", 7);
    report("r3", "2026", 3);
    report("r4", "", 9);
    const auto values = reported_values(*d.own.measures.find(measure_id{"M1"}));
    std::string told;
    for (const value_point& one : values) told += one.period + "=" + to_text(one.value) + " ";
    CHECK(told == "2025=7 =9 2026=3 ");
}

TEST_CASE("a share of the whole is told in hundredths of a percent, rounded down") {
    CHECK(hundredths_of_percent({1, 3}, {1, 1}) == 3333);
    CHECK(hundredths_of_percent({2, 3}, {1, 1}) == 6666);
    CHECK(hundredths_of_percent({3, 1}, {4, 1}) == 7500);
    CHECK(hundredths_of_percent({-3, 1}, {4, 1}) == 0);
    CHECK(hundredths_of_percent({5, 1}, {4, 1}) == 10'000);
    CHECK(hundredths_of_percent({1, 999'999'999'999'999'999}, {1, 1}) == 0);
    CHECK(hundredths_of_percent({999'999'999'999'999'998, 1}, {999'999'999'999'999'999, 1}) ==
          9999);
}
