// Filters and sums, beside a slow plain count.

#include "tables/query.hpp"

#include <map>

#include "tables/refusal.hpp"
#include "tables/tests/shared.hpp"

using namespace veche;
using namespace veche::tables;
using namespace veche::tables::testing;

TEST_CASE("sums by groups are those of a plain count") {
    std::uint64_t state = 5;
    const auto drawn = [&](std::uint64_t below) {
        state = state * 6364136223846793005 + 1442695040888963407;
        return (state >> 33) % below;
    };
    std::string text = "year,who,code,value,real\n";
    std::map<std::pair<std::string, std::string>, std::pair<std::int64_t, int>> expected;
    std::uint64_t kept = 0;
    for (int row = 0; row < 9'000; ++row) {
        const std::string year = std::to_string(2000 + drawn(5));
        const std::string who =
            drawn(20) == 0 ? "" : std::string(1, static_cast<char>('a' + drawn(6)));
        const std::string code = std::to_string(drawn(3) * 40'000);
        const auto cents = static_cast<std::int64_t>(drawn(100'000));
        const bool missing = drawn(9) == 0;
        text +=
            year + "," + who + "," + code + "," + (missing ? "" : to_text(cents, 2)) + ",0.1e-20\n";
        if ((year != "2001" && year != "2003") || code != "40000") continue;
        ++kept;
        auto& into = expected[{who.empty() ? "~" : who, year}];
        if (!missing) into.first += cents;
        into.second += missing;
    }
    const table t = table_of(text);
    const auto answer = sum_by(
        t, {{{"year", {"2001", "2003.0", "1999"}}, {"code", {"40000"}}}, {"who", "year"}, "value"});
    REQUIRE(answer.has_value());
    CHECK(answer->rows_in == 9'000);
    CHECK(answer->rows_kept == kept);
    CHECK(answer->unmatched == words{"year=1999"});
    REQUIRE(answer->groups.size() == expected.size());
    auto one = expected.begin();
    for (const group_sum& group : answer->groups) {
        CHECK(group.keys[0].value_or("~") == one->first.first);
        CHECK(group.keys[1] == one->first.second);
        CHECK(group.exact == to_text(one->second.first, 2));
        CHECK(group.sum == to_double(one->second.first, 2));
        CHECK(group.missing == static_cast<std::uint64_t>(one->second.second));
        ++one;
    }
    const auto all = sum_by(t, {{}, {}, "real"});
    REQUIRE(all->groups.size() == 1);
    CHECK(all->groups[0].rows == 9'000);
    CHECK(std::abs(all->groups[0].sum - 9e-18) < 1e-30);
    const auto rows = rows_where(t, {{"who", {"a"}}});
    const table some = take_rows(t, *rows);
    CHECK(some.rows() == rows->size());
    CHECK(some.find("who").value()->words->size() == 1);
}

TEST_CASE("a query names columns and values that there can be") {
    const table t = table_of("n,w\n1.5,a\n,b\n");
    CHECK(sum_by(t, {{}, {"x"}, "n"}).error().code() == refusals::column_unknown.code);
    CHECK(sum_by(t, {{}, {}, "w"}).error().code() == refusals::not_numbers.code);
    CHECK(sum_by(t, {{{"n", {"many"}}}, {}, "n"}).error().code() == refusals::value_malformed.code);
    // A missing cell equals nothing, not even what its cell looks like.
    CHECK(rows_where(t, {{"n", {"1.5"}}})->size() == 1);
    CHECK(rows_where(t, {{"n", {"1.6", "0"}}})->empty());
    const auto by = sum_by(t, {{}, {"n"}, "n"});
    REQUIRE(by->groups.size() == 2);
    CHECK(by->groups[0].keys[0] == "1.5");
    CHECK_FALSE(by->groups[1].keys[0].has_value());
}

TEST_CASE("numbers of either sign come in the order of their size, missing last") {
    const auto answer = sum_by(table_of("n\n0.1234567890123456789\n-2\n\n-30\n0\n-0\n7e200\nNA\n"),
                               {{}, {"n"}, "n"});
    words keys;
    for (const group_sum& one : answer->groups) keys.push_back(one.keys[0].value_or("-"));
    CHECK(keys == words{"-30", "-2", "0", "0.12345678901234568", "7e+200", "-"});
}
