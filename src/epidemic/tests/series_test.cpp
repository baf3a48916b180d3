// Counts out of tables: what is odd is told, what is unsound is refused.

#include "epidemic/series.hpp"

#include "epidemic/tests/shared.hpp"

using namespace veche;
using namespace veche::epidemic;
using namespace veche::epidemic::testing;

namespace {

std::vector<series> read_series(const std::string& text, const series_layout& how) {
    auto made = series_of(table_or_fail(text), how);
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    return *std::move(made);
}

std::string code_of(const std::string& text, const series_layout& how) {
    const auto made = series_of(table_or_fail(text), how);
    return std::string(made ? "" : made.error().code());
}

const series_layout by_place{"day", "place", "sum", "", "", true};

}  // namespace

TEST_CASE("sums of all days become days; what fell, is missing or silent is told") {
    const auto all = read_series(
        "day,place,sum\n"
        "2021-03-03,B,7\n2021-03-01,B,4\n2021-03-02,B,9\n2021-03-06,B,12\n"
        "2021-03-01,A,1\n2021-03-02,A,1\n",
        by_place);
    REQUIRE(all.size() == 2);
    CHECK(all[0].region == "A");
    CHECK(all[0].counts.cases == std::vector<double>{1, 0});
    const series& b = all[1];
    CHECK(b.counts.cases == std::vector<double>{4, 5, 0, 0, 0, 5});
    CHECK(b.days.front() == "2021-03-01");
    CHECK(b.days.back() == "2021-03-06");
    REQUIRE(b.oddities.size() == 2);
    CHECK(b.oddities[0].kind == oddity_kind::fell);
    CHECK(b.oddities[0].from == "2021-03-03");
    CHECK(b.oddities[0].value == 2);
    CHECK(b.oddities[1].kind == oddity_kind::no_report);
    CHECK(b.oddities[1].from == "2021-03-04");
    CHECK(b.oddities[1].to == "2021-03-05");
}

TEST_CASE("a series that ends in a fortnight without cases is silent since then") {
    std::string text = "t,I\n1,3\n2,2\n";
    for (int t = 3; t < 17; ++t) text += std::to_string(t) + ",0\n";
    const auto all = read_series(text, {"t", "", "I", "", "", false});
    REQUIRE(all[0].oddities.size() == 1);
    CHECK(all[0].oddities[0].kind == oddity_kind::silent);
    CHECK(all[0].oddities[0].from == "3");
    CHECK(all[0].oddities[0].value == 14);
}

TEST_CASE("one row for each series, and dates without dashes") {
    const auto all =
        read_series("name,20200131,20200201\nx,1,2\ny,0,5\n", {"", "", "", "", "name", false});
    REQUIRE(all.size() == 2);
    CHECK(all[1].counts.cases == std::vector<double>{0, 5});
    CHECK(all[1].days[1] == "2020-02-01");
}

TEST_CASE("unsound rows are refused by number") {
    CHECK(code_of("day,place,sum\n3/25/21,A,1\n", by_place) == "epidemic.date_malformed");
    CHECK(code_of("day,place,sum\n2021-01-01,A,1\n7,A,1\n", by_place) == "epidemic.date_malformed");
    CHECK(code_of("day,place,sum\n4021-01-01,A,1\n", by_place) == "epidemic.date_malformed");
    CHECK(code_of("day,place,sum\n2021-01-01,A,1\n2021-01-01,A,1\n", by_place) ==
          "epidemic.day_repeated");
    CHECK(code_of("day,place,sum\n2021-01-01,A,1\n2021-01-02,A,\n", by_place) ==
          "epidemic.count_missing");
    CHECK(code_of("day,place,cases\n2021-01-01,A,1\n", by_place).starts_with("tables."));
}
