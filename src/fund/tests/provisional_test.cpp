#include <random>

#include "fund/pace_views.hpp"
#include "fund/tests/treasury.hpp"
#include "ledger/division.hpp"

using namespace veche;
using namespace veche::fund;
using namespace veche::fund::testing;

namespace {

open_provisional months_of(std::int32_t months, std::string line = "P1") {
    return {{std::move(line)}, {"old"}, 2026, months};
}

/// A line of 1,000 for 2025, of which 100 were given to one under it: 900 are its own.
treasury with_last_year() {
    treasury t;
    t.now = at("2026-03-15T09:00:00.000Z");
    appropriate old = line_of("old", 1'000);
    old.year = 2025;
    old.measure = measure_id{"M1"};
    t.order(old);
    appropriate under = line_of("under", 100);
    under.year = 2025;
    under.parent = line_id{"old"};
    t.order(under);
    return t;
}

line_row row_of_line(const treasury& t, const std::string& id) {
    return t.view(line_query{{id}}).line;
}

}  // namespace

TEST_CASE("twelfths are those of the largest remainder, and twelve are the whole") {
    std::mt19937_64 random(12);
    for (int n = 0; n < 2'000; ++n) {
        const std::int64_t shift = static_cast<std::int64_t>(random() % 62) + 1;
        const auto whole = static_cast<std::int64_t>(random() >> shift);
        const auto parts =
            ledger::divide_by_largest_remainder(whole, std::vector<int128>(12, int128{1}));
        REQUIRE(parts);
        int128 sum = 0;
        for (std::int32_t months = 0; months < 12; ++months) {
            CHECK(twelfths(whole, months) == sum);
            sum += (*parts)[static_cast<std::size_t>(months)];
        }
        CHECK(twelfths(whole, 12) == whole);
    }
}

TEST_CASE("a provisional line has so many twelfths of what last year's had for itself") {
    treasury t = with_last_year();
    t.order(months_of(1));
    line_row row = row_of_line(t, "P1");
    CHECK(row.amended == rub(75));
    CHECK(row.original == rub(75));
    CHECK(row.provisional == 1);
    CHECK(row.year == 2026);
    CHECK(row.title == en("Line old"));
    CHECK(row.measure == measure_id{"M1"});
    // What last year's line is later given or loses does not move it any more.
    t.order(amend_appropriation{{"old"}, rub(5'000)});
    t.must(t.now_by("council", "2026-0002"), months_of(3));
    row = row_of_line(t, "P1");
    CHECK(row.amended == rub(225));
    CHECK(row.original == rub(75));
    CHECK(row.provisional == 3);
    const line_view v = t.view(line_query{{"P1"}});
    REQUIRE(v.amendments.size() == 2);
    CHECK(v.amendments[1].decision.value == "2026-0002");
    CHECK(t.view(budget_query{2026}).totals.at(0).amended == rub(225));
    // It is to be used evenly over the months for which it is open.
    CHECK(planned_by(t.own, {"P1"}, day("2026-03-31")) == rub(225));
    CHECK(planned_by(t.own, {"P1"}, day("2026-01-01")) == rub(2));  // 225 / 90, cut
}

TEST_CASE("the budget takes the place of a provisional line, and covers what was used of it") {
    treasury t = with_last_year();
    t.order(months_of(3));
    t.must(buyer, reservation_of("K1", "P1", 200));
    const context by = t.now_by("council", "2026-0003");
    const refusal less = t.refused(by, replace_provisional{{"P1"}, rub(199)});
    CHECK(less.kind == &refusals::below_used);
    CHECK(less.args == std::vector<std::string>{"2.00 RUB"});
    t.must(by, replace_provisional{{"P1"}, rub(4'000)});
    const line_row row = row_of_line(t, "P1");
    CHECK(row.original == rub(4'000));
    CHECK(row.amended == rub(4'000));
    CHECK(row.available == rub(3'800));
    CHECK(row.decision.value == "2026-0003");
    CHECK_FALSE(row.provisional);
    CHECK(t.view(budget_query{2026}).totals.at(0).original == rub(4'000));
    CHECK(t.own.appropriated.find(unit_id{"RUB"})->original == 5'100);
    CHECK(t.own.appropriated.find(unit_id{"RUB"})->amended == 5'100);
    // From then on it is a line like others.
    t.order(amend_appropriation{{"P1"}, rub(4'001)});
    CHECK(t.refused(by, months_of(3)).kind == &refusals::line_taken);
}

TEST_CASE("the budget may be just what is open already") {
    treasury t = with_last_year();
    t.order(months_of(3));
    t.order(replace_provisional{{"P1"}, rub(225)});
    CHECK(row_of_line(t, "P1").amended == rub(225));
    CHECK_FALSE(row_of_line(t, "P1").provisional);
}

TEST_CASE("more months of an amount too small to grow are open all the same") {
    treasury t = with_last_year();
    appropriate little = line_of("little", 1);
    little.year = 2025;
    t.order(little);
    open_provisional c = months_of(1);
    c.of = {"little"};
    t.order(c);
    c.months = 3;
    t.order(c);
    CHECK(row_of_line(t, "P1").amended == rub(1));
    CHECK(row_of_line(t, "P1").provisional == 3);
}
