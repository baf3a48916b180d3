// Counts as a view gives them become days, blocks of days and what was known of each day.

#include "api/situation_store.hpp"

#include <cmath>

#include <doctest/doctest.h>

namespace veche::api {
namespace {

using situation::count_basis;

const situation::method_row method{630, 420, 7, "Paper", 1};

situation::counts_view view_of(const std::vector<std::optional<std::int64_t>>& sums) {
    situation::counts_view out;
    out.basis = count_basis::so_far;
    const date first = *parse_date("2021-03-01");
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const date day{first.days + static_cast<std::int32_t>(i)};
        situation::day_row row;
        row.day = day;
        row.value = sums[i];
        out.days.push_back(row);
        if (sums[i]) out.versions.push_back({day, sums[i], start_of(date{day.days + 400}), 1});
    }
    return out;
}

}  // namespace

TEST_CASE("the first sum adds nothing, a gap stands on the day after it, a fall adds nothing") {
    const auto made = assess_counts(view_of({1000, 1010, {}, 1030, 1020, 1025}), method, 1);
    CHECK(made.lacks == "few_days");
    CHECK(made.cases == std::vector<double>{10, 0, 20, 0, 5});
    CHECK(to_text(made.days.front()) == "2021-03-02");
}

TEST_CASE("days reported long after them teach nothing of delays") {
    std::vector<std::optional<std::int64_t>> sums;
    for (std::int64_t i = 0; i < 60; ++i) sums.push_back(100 * i);
    const auto made = assess_counts(view_of(sums), method, 1);
    CHECK(made.lacks.empty());
    CHECK(made.over_now.empty());
    CHECK(made.now.days.empty());
    CHECK(std::abs(made.made.windows.back().mean() - 1) < 0.05);
}

TEST_CASE("weekly figures are spread over their days") {
    std::vector<std::optional<std::int64_t>> sums;
    for (std::int64_t i = 0; i < 70; ++i)
        sums.push_back(i % 7 == 0 ? std::optional(100 * i) : std::nullopt);
    const auto made = assess_counts(view_of(sums), method, 7);
    CHECK(made.lacks.empty());
    CHECK(made.spread_out);
    REQUIRE(made.cases.size() == 63);
    CHECK(std::abs(made.cases[40] - 100) < 3);
    CHECK(std::abs(made.made.windows.back().mean() - 1) < 0.05);
}

TEST_CASE("where every day grows for days after it, the last ones are nowcast") {
    // Each day has 80 cases on the day after it, and 100 two days after.
    situation::counts_view view;
    view.basis = count_basis::of_day;
    const date first = *parse_date("2021-03-01");
    const std::int32_t days = 90;
    for (std::int32_t now = 1; now <= days; ++now)
        for (const std::int32_t age : {2, 1}) {
            const std::int32_t day = now - age;
            if (day < 0) continue;
            view.versions.push_back({date{first.days + day}, age == 1 ? 80 : 100,
                                     start_of(date{first.days + now}), now});
        }
    for (std::int32_t day = 0; day < days; ++day) {
        situation::day_row row;
        row.day = date{first.days + day};
        row.value = day == days - 1 ? 80 : 100;
        view.days.push_back(row);
    }
    const auto made = assess_counts(view, method, 1);
    REQUIRE(made.now.days.size() == 90);
    CHECK(made.now.incomplete_from == 89U);
    CHECK(made.now.days.back().seen == 80);
    CHECK(std::abs(made.now.days.back().mean - 100) < 0.5);
    CHECK(made.now.days[88].share > 0.99);
    CHECK(std::abs(made.over_now.back().mean - 1) < 0.03);
    CHECK(made.made.windows.back().mean() < made.over_now.back().mean);
}

TEST_CASE("what was made once is given again") {
    situation_store store;
    int made = 0;
    const auto make = [&]() -> result<assessed_counts> {
        ++made;
        return assessed_counts{};
    };
    CHECK(store.get("a", make));
    CHECK(store.get("a", make));
    CHECK(store.get("b", make));
    CHECK(made == 2);
}

}  // namespace veche::api
