// The indices against what OxCGRT published, to its rounding.

#include <cmath>

#include "prevention/tests/shared.hpp"

using namespace veche;
using namespace veche::prevention;
using namespace veche::prevention::testing;

namespace {

constexpr std::array index_names{"StringencyIndex", "ContainmentHealthIndex",
                                 "GovernmentResponseIndex"};
constexpr std::array index_kinds{policy_index::stringency, policy_index::containment_health,
                                 policy_index::government_response};

double number(const ratio& value) {
    return static_cast<double>(value.num) / static_cast<double>(value.den);
}

/// "71.4" of a hundred.
ratio share_in(std::string_view text) {
    ratio out{0, 1};
    bool after = false;
    for (const char c : text) {
        if (c == '.') {
            after = true;
            continue;
        }
        out.num = out.num * 10 + (c - '0');
        if (after) out.den *= 10;
    }
    return out;
}

/// Published figures beside those that come out again.
struct comparison {
    std::int64_t values = 0;
    double worst = 0;
    void take(std::string_view published, const ratio& computed) {
        if (published.empty()) return;
        ++values;
        worst = std::max(worst, std::abs(std::stod(std::string(published)) - number(computed)));
    }
};

indicators day_of_h8() {
    indicators day;
    const std::pair<int, bool> said[] = {{2, true},  {0, false}, {2, false}, {2, false},
                                         {0, false}, {1, false}, {1, true},  {3, false},
                                         {2, false}, {2, false}, {2, false}, {3, false},
                                         {2, false}, {2, false}, {2, true},  {2, true}};
    for (std::size_t i = 0; i < indicator_count; ++i) day[i] = {said[i].first, said[i].second};
    return day;
}

}  // namespace

TEST_CASE("one day of sixteen indicators gives the four indices of the reference (H8)") {
    const indicators day = day_of_h8();
    CHECK(number(*index_of(policy_index::stringency, day)) == doctest::Approx(43.981481));
    CHECK(number(*index_of(policy_index::containment_health, day)) == doctest::Approx(52.857143));
    CHECK(*index_of(policy_index::government_response, day) == ratio{571875, 10000});
    CHECK(*index_of(policy_index::economic_support, day) == ratio{875, 10});
}

TEST_CASE("one unknown indicator counts nought, and with two there is no index") {
    indicators day = day_of_h8();
    const ratio whole = *index_of(policy_index::stringency, day);
    day[0].level.reset();
    CHECK(*index_of(policy_index::stringency, day) < whole);
    CHECK(index_of(policy_index::economic_support, day));
    day[1].level.reset();
    CHECK_FALSE(index_of(policy_index::stringency, day));
    CHECK(missing_in(policy_index::stringency, day) == 2);
    day[8].level.reset();
    CHECK_FALSE(index_of(policy_index::economic_support, day));
}

TEST_CASE("a half is rounded to the even one, and a weighted index is made of rounded ones") {
    CHECK(hundredths({40625, 1000}) == 4062);
    CHECK(hundredths({40635, 1000}) == 4064);
    CHECK(hundredths({571875, 10000}) == 5719);
    CHECK(hundredths_text(5719) == "57.19");
    CHECK(hundredths_text(700) == "7.00");
    CHECK(hundredths_text(5) == "0.05");
    CHECK(weighted(1000, 2000, {25, 1}) == ratio{1750, 100});
}

TEST_CASE("59,184 published values of five jurisdictions come out again (H9)") {
    const auto text = shared_text("oxcgrt/raw_GBR.csv");
    if (!text) return;
    comparison all;
    each_policy_row(*text, [&](const policy_columns& columns, const auto& row) {
        const indicators nv = day_or_fail(columns, row, rules_for::not_vaccinated).known;
        const indicators v = day_or_fail(columns, row, rules_for::vaccinated).known;
        const ratio share = share_in(columns.cell(row, "PopulationVaccinated"));
        for (std::size_t i = 0; i < index_kinds.size(); ++i) {
            const std::string name = index_names[i];
            const auto of_nv = index_of(index_kinds[i], nv), of_v = index_of(index_kinds[i], v);
            REQUIRE(of_nv);
            REQUIRE(of_v);
            all.take(columns.cell(row, name + "_NonVaccinated"), *of_nv);
            all.take(columns.cell(row, name + "_Vaccinated"), *of_v);
            all.take(columns.cell(row, name + "_WeightedAverage"),
                     weighted(hundredths(*of_v), hundredths(*of_nv), share));
        }
    });
    CHECK(all.values == 59184);
    CHECK(all.worst <= 0.005 + 1e-9);
}

TEST_CASE("Belarus' stringency comes out on each of 1,096 days (H10)") {
    const auto text = shared_text("oxcgrt/compact/Belarus.csv");
    if (!text) return;
    comparison all;
    std::pair<std::int64_t, date> highest{-1, {}};
    each_policy_row(*text, [&](const policy_columns& columns, const auto& row) {
        const policy_day day = day_or_fail(columns, row, rules_for::all);
        const auto index = index_of(policy_index::stringency, day.known);
        REQUIRE(index);
        all.take(columns.cell(row, "StringencyIndex_Average"), *index);
        if (hundredths(*index) >= highest.first) highest = {hundredths(*index), day.on};
    });
    CHECK(all.values == 1096);
    CHECK(all.worst <= 0.005 + 1e-9);
    CHECK(hundredths_text(highest.first) == "43.52");
    CHECK(to_text(highest.second) == "2021-08-16");
}

TEST_CASE("a heading tells kind, people and flag; notes are passed over") {
    const policy_columns columns({"Date", "C1E_School closing", "C1E_Flag", "C1NV_School closing",
                                  "C1NV_Flag", "C1E_Notes", "H2_Testing policy"});
    std::vector<cell_fault> faults;
    const std::vector<std::string> row{"20210102", "1", "1", "2", "0", "7", "9"};
    const policy_day day = columns.read(row, rules_for::not_vaccinated, faults);
    CHECK(to_text(day.on) == "2021-01-02");
    CHECK(day.known[0] == indicator{2, false});
    CHECK_FALSE(day.known[1].level);
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].column == "H2_Testing policy");
    faults.clear();
    CHECK(columns.read({"20210102", "1", "1", "", "", "", ""}, rules_for::not_vaccinated, faults)
              .known[0] == indicator{1, true});
    CHECK(faults.empty());
}
