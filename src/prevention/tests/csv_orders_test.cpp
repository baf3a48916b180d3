// Orders as rows: the long form, days made into orders, and every bad row named.

#include "prevention/csv_orders.hpp"

#include "prevention/search.hpp"
#include "prevention/tests/desk.hpp"
#include "prevention/tests/shared.hpp"

using namespace veche;
using namespace veche::prevention;
using namespace veche::prevention::testing;

namespace {

csv_orders_options both_members() {
    csv_orders_options out;
    out.members = {{"BLR", "by"}, {"RUS", "ru"}};
    out.source = "OxCGRT";
    return out;
}

}  // namespace

TEST_CASE("one order a row, a column for each of its fields") {
    const auto rows = read_order_rows(
        "order,member,kind,level,scope,from,to,title.en,act.number,asks\n"
        "o-1,A,C1,3,general,2026-01-01,2026-02-01,Schools,7,\n"
        "o-2,A,c8,2,,2026-01-01,,,,pcr-72h;vaccination\n",
        both_members());
    REQUIRE(rows.problems.empty());
    REQUIRE(rows.orders.size() == 2);
    CHECK_FALSE(rows.by_day);
    CHECK(rows.orders[0].what.scope == order_scope::general);
    CHECK(rows.orders[0].what.act->number == "7");
    CHECK(rows.orders[1].what.asks == std::vector<std::string>{"pcr-72h", "vaccination"});
    CHECK(rows.orders[1].what.source == "OxCGRT");
    CHECK_FALSE(rows.orders[1].what.to);
    CHECK(rows.lines == std::vector<std::int64_t>{2, 3});
}

TEST_CASE("days become orders that follow each other, from their first day to their last") {
    const auto rows = read_order_rows(
        "CountryCode,RegionCode,Date,C1M_School closing,C1M_Flag,H2_Testing policy\n"
        "BLR,,20210101,0,,1\n"
        "BLR,,20210102,2,0,1\n"
        "BLR,,20210103,2.00,0.00,\n"
        "BLR,,20210104,2,1,1\n",
        both_members());
    REQUIRE(rows.problems.empty());
    REQUIRE(rows.orders.size() == 5);
    CHECK(rows.by_day);
    CHECK(rows.orders[0].order.value == "by-c1-2021-01-01");
    CHECK(rows.orders[0].what.level == 0);
    CHECK_FALSE(rows.orders[0].what.scope);
    CHECK(rows.orders[1].what.from == *parse_date("2021-01-02"));
    CHECK(rows.orders[1].what.to == *parse_date("2021-01-03"));
    CHECK(rows.orders[1].what.scope == order_scope::targeted);
    CHECK(rows.orders[2].what.scope == order_scope::general);
    CHECK(rows.orders[3].what.kind == preventive_kind::h2);
    CHECK(rows.orders[3].what.to == *parse_date("2021-01-02"));
    CHECK(rows.lines[2] == 5);
}

TEST_CASE("every row that cannot be read is named with its column") {
    const auto rows = read_order_rows(
        "CountryCode,Date,C1M_School closing,C1M_Flag\n"
        "BLR,20210101,4,\n"
        "XYZ,20210101,1,1\n"
        "BLR,20210199,1,1\n"
        "BLR,20210101,1\n"
        "BLR,20210101,1,1\n"
        "BLR,20210103,1,1\n",
        both_members());
    std::vector<std::string> said;
    for (const auto& one : rows.problems)
        said.push_back(std::to_string(one.line) + " " + one.column + " " + one.why.code);
    CHECK(said == std::vector<std::string>{"2 C1M_School closing prevention.cell_malformed",
                                           "3 CountryCode prevention.country_unknown",
                                           "4 Date prevention.cell_malformed",
                                           "5  prevention.cells_differ",
                                           "7 Date prevention.days_broken"});
    const auto unknown = read_order_rows("order,colour\n", both_members());
    CHECK(unknown.problems.front().column == "colour");
    CHECK(read_order_rows("", both_members()).problems.front().why.code == "prevention.file_empty");
    const auto long_form =
        read_order_rows("order,member,kind,level,from\no-1,A,c99,1,2026-01-01\n", both_members());
    CHECK(long_form.problems.front().column == "kind");
}

TEST_CASE("what goes out comes in: orders and days are written as they are read") {
    const std::string days =
        "CountryCode,RegionCode,Date,C1M_School closing,C1M_Flag,C8EV_International travel "
        "controls\nBLR,,20210101,0,,1\nBLR,,20210102,2,0,1\n";
    const auto rows = read_order_rows(days, both_members());
    const auto again = read_order_rows(orders_as_csv(rows.orders), both_members());
    REQUIRE(again.problems.empty());
    REQUIRE(again.orders.size() == rows.orders.size());
    for (std::size_t i = 0; i < again.orders.size(); ++i)
        CHECK(to_json(again.orders[i]) == to_json(rows.orders[i]));
}

TEST_CASE("three years of Belarus become its orders, and its days again") {
    const auto text = shared_text("oxcgrt/compact/Belarus.csv");
    if (!text) return;
    const auto rows = read_order_rows(*text, both_members());
    REQUIRE(rows.problems.empty());
    CHECK(rows.orders.size() > 60);
    std::array<std::vector<stretch>, indicator_count> by_kind;
    for (const staged_order& one : rows.orders)
        by_kind[static_cast<std::size_t>(one.what.kind)].push_back(
            {one.what.from,
             *one.what.to,
             {one.what.level, one.what.scope == order_scope::general, {}, {}}});
    std::array<timeline, indicator_count> lines;
    for (std::size_t i = 0; i < indicator_count; ++i) lines[i] = laid_out(by_kind[i]);
    each_policy_row(*text, [&](const policy_columns& columns, const auto& row) {
        const policy_day day = day_or_fail(columns, row, rules_for::all);
        for (std::size_t i = 0; i < indicator_count; ++i)
            REQUIRE(on_day(lines[i], day.on).level == day.known[i].level.value_or(0));
    });
}
