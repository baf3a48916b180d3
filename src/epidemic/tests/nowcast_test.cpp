// Late reports: a small triangle by hand, and a simulated series with its seed.

#include "epidemic/nowcast.hpp"

#include <cmath>

#include "epidemic/series.hpp"
#include "epidemic/tests/shared.hpp"
#include "numerics/random_stream.hpp"

using namespace veche;
using namespace veche::epidemic;
using namespace veche::epidemic::testing;

namespace {

/// What would have been known at the end of a day.
reporting as_of(const reporting& all, std::size_t day) {
    reporting out;
    for (std::size_t t = 0; t <= day; ++t) {
        const std::size_t known = std::min(all[t].size(), day - t + 1);
        out.emplace_back(all[t].begin(), all[t].begin() + static_cast<std::ptrdiff_t>(known));
    }
    return out;
}

/// Cases of a wave, each reported with a delay of 0 to 10 days: a simulation, no real series.
reporting simulated(std::uint64_t seed, std::size_t days) {
    numerics::random_stream random(seed);
    const double by_delay[] = {0.2, 0.25, 0.2, 0.12, 0.08, 0.06, 0.04, 0.02, 0.01, 0.01, 0.01};
    reporting out;
    for (std::size_t t = 0; t < days; ++t) {
        const double level = 150 + 120 * std::sin(static_cast<double>(t) / 15);
        const auto cases =
            static_cast<int>(std::max(0.0, level + 1.5 * std::sqrt(level) * random.normal()));
        std::vector<double> fresh(29);
        for (int i = 0; i < cases; ++i) {
            double u = random.uniform();
            std::size_t d = 0;
            while (d < 10 && u >= by_delay[d]) u -= by_delay[d++];
            ++fresh[d];
        }
        for (std::size_t d = 1; d < fresh.size(); ++d) fresh[d] += fresh[d - 1];
        out.push_back(fresh);
    }
    return out;
}

/// How reports come late in a simulation on true counts.
struct lateness {
    double first_mean = 2, last_mean = 2;  ///< days, changing evenly
    std::size_t jumps_on = 10'000;         ///< from that day on the last mean at once
    bool weekends = false;                 ///< seven of ten wait from a weekend to Monday
};
reporting delayed(const std::vector<double>& cases, const lateness& how, std::uint64_t seed) {
    numerics::random_stream random(seed);
    reporting out;
    for (std::size_t t = 0; t < cases.size(); ++t) {
        const double passed = static_cast<double>(t) / static_cast<double>(cases.size());
        double mean = how.first_mean + passed * (how.last_mean - how.first_mean);
        if (how.jumps_on < cases.size()) mean = t < how.jumps_on ? how.first_mean : how.last_mean;
        std::vector<double> fresh(29);
        for (double i = 0; i < cases[t]; ++i) {
            auto d = static_cast<std::size_t>(-std::log(1 - random.uniform()) * mean);
            const std::size_t weekday = (t + d) % 7;
            if (how.weekends && weekday >= 5 && random.uniform() < 0.7) d += 7 - weekday;
            ++fresh[std::min<std::size_t>(d, 28)];
        }
        for (std::size_t d = 1; d < fresh.size(); ++d) fresh[d] += fresh[d - 1];
        out.push_back(fresh);
    }
    return out;
}

/// The last 400 days of new cases of regions, from sums by day.
std::vector<std::vector<double>> true_counts(const std::string& text) {
    const tables::table t = table_or_fail(text);
    const auto sums = numbers_or_fail(t, "cum_cases");
    const auto column = t.find("iso_3166_2");
    REQUIRE(column.has_value());
    std::vector<std::vector<double>> out;
    for (const std::string region : {"RU-MOW", "RU-NIZ", "RU-PSK", "RU-CHU"}) {
        std::vector<double> fresh;
        double last = -1;
        for (std::size_t r = 0; r < t.rows(); ++r) {
            if (tables::text_of(**column, r) != region) continue;
            if (last >= 0) fresh.push_back(std::max(0.0, sums[r] - last));
            last = sums[r];
        }
        out.emplace_back(fresh.end() - 400, fresh.end());
    }
    return out;
}

struct nowcast_record {
    double seen = 0, held = 0, off = 0, short_by = 0;
};
/// Of the last eight days, every third day.
nowcast_record judged(const std::vector<std::vector<double>>& regions, const lateness& how) {
    nowcast_record out;
    for (const auto& cases : regions) {
        const reporting all = delayed(cases, how, 99);
        for (std::size_t now = 120; now + 30 < all.size(); now += 3) {
            const nowcast made = nowcast_of(as_of(all, now));
            for (const nowcast_day& one : made.days) {
                if (one.day + 8 <= now) continue;
                const double whole = all[one.day].back();
                ++out.seen;
                out.held += one.low <= whole && whole <= one.high ? 1 : 0;
                out.off += std::abs(one.mean - whole);
                out.short_by += whole - one.seen;
            }
        }
    }
    return out;
}

}  // namespace

TEST_CASE("on true counts of regions with invented delays the intervals hold what comes") {
    const auto text = shared_text("regional/ru_regions_daily.csv");
    if (!text) return;
    const auto regions = true_counts(*text);
    struct kind {
        const char* name;
        lateness how;
        double least, most;
    };
    // After a jump delays are learned anew within weeks; until then intervals hold less.
    const kind kinds[] = {{"steady", {}, 0.94, 0.98},
                          {"held over weekends", {2, 2, 10'000, true}, 0.92, 0.98},
                          {"ever later", {1.5, 3.5, 10'000, false}, 0.94, 0.995},
                          {"of a sudden later", {2, 3.5, 200, false}, 0.85, 0.97}};
    for (const kind& one : kinds) {
        const nowcast_record found = judged(regions, one.how);
        MESSAGE(std::string(one.name) << ": " << found.held / found.seen << " of " << found.seen
                                      << " held, mean miss " << found.off / found.seen << " beside "
                                      << found.short_by / found.seen << " as reported");
        CHECK(found.held / found.seen >= one.least);
        CHECK(found.held / found.seen <= one.most);
        CHECK(found.off < 0.5 * found.short_by);
    }
}

TEST_CASE("the chain ladder of a small triangle, by hand") {
    // Day by day: known on the same day, a day later, two days later.
    const reporting of = {{50, 80, 100}, {60, 100, 120}, {40, 70}, {30}};
    nowcast_settings how;
    how.longest_delay = 2;
    const nowcast made = nowcast_of(of, how);
    const double p2 = (20.0 + 20) / (100 + 120), p1 = (30.0 + 40 + 30) / (80 + 100 + 70);
    REQUIRE(made.shares.size() == 3);
    CHECK(made.shares[2] == 1);
    CHECK(made.shares[1] == doctest::Approx(1 - p2));
    CHECK(made.shares[0] == doctest::Approx((1 - p1) * (1 - p2)));
    REQUIRE(made.days.size() == 4);
    CHECK(made.days[1].mean == 120);
    CHECK(made.days[2].mean == doctest::Approx(70 / (1 - p2)));
    CHECK(made.days[3].mean == doctest::Approx(30 / ((1 - p1) * (1 - p2))));
    CHECK(made.days[3].low >= 30);
    CHECK(made.days[3].high > made.days[3].mean);
    CHECK(made.incomplete_from == 2U);
    CHECK(made.learned_from == 140);
}

TEST_CASE("days that are known too little are left out, and prompt reports need no nowcast") {
    reporting late;
    for (int t = 0; t < 40; ++t) {
        late.emplace_back();
        for (int d = 0; t + d < 40; ++d) late.back().push_back(d < 3 ? 1 : 100);
    }
    const nowcast made = nowcast_of(late);
    CHECK(made.days.size() == 37);
    reporting prompt(30, std::vector<double>{});
    for (std::size_t t = 0; t < 30; ++t) prompt[t].assign(30 - t, 7);
    const nowcast whole = nowcast_of(prompt);
    REQUIRE(whole.days.size() == 30);
    CHECK_FALSE(whole.incomplete_from);
    CHECK(whole.learned_from == 0);
    CHECK(whole.days.back().mean == 7);
    CHECK(whole.days.back().high == 7);
    CHECK(nowcast_of({}).days.empty());
}

TEST_CASE("intervals of a nowcast hold what came in a simulation of a fixed seed") {
    const std::size_t days = 220;
    const reporting all = simulated(20'261'129, days);
    double held = 0, seen = 0, off = 0, naive = 0;
    for (std::size_t now = 120; now + 30 < days; ++now) {
        const nowcast made = nowcast_of(as_of(all, now));
        for (const nowcast_day& one : made.days) {
            if (one.day + 7 <= now) continue;
            const double whole = all[one.day].back();
            ++seen;
            held += one.low <= whole && whole <= one.high ? 1 : 0;
            off += std::abs(one.mean - whole);
            naive += whole - one.seen;
        }
    }
    MESSAGE("simulated: " << held / seen << " of " << seen << " nowcasts held, mean miss "
                          << off / seen << " beside " << naive / seen << " as reported");
    CHECK(seen == 490);
    CHECK(held / seen > 0.92);
    CHECK(held / seen < 0.985);
    CHECK(off < 0.5 * naive);
}

TEST_CASE("R over a nowcast is not pulled down by what is still to be reported") {
    const reporting all = simulated(5, 160);
    const auto w = discretised_or_fail(6.3, 4.2, 160);
    const std::size_t now = 110;
    incidence whole, as_seen;
    for (std::size_t t = 0; t <= now; ++t) {
        whole.cases.push_back(all[t].back());
        as_seen.cases.push_back(all[t][std::min(all[t].size() - 1, now - t)]);
    }
    const nowcast made = nowcast_of(as_of(all, now));
    const auto over = estimate_nowcast(made, w, {}).value();
    const auto real = estimate_or_fail(whole, w), low = estimate_or_fail(as_seen, w);
    REQUIRE(over.back().to == now);
    CHECK(std::abs(over.back().mean - real.back().mean()) <
          0.4 * std::abs(low.back().mean() - real.back().mean()));
    CHECK(over.back().quantiles.front() < real.back().mean());
    CHECK(over.back().quantiles.back() > real.back().mean());
    CHECK(over.back().deviation > real.back().deviation());
    // Long past days are as they were seen.
    CHECK(over[20].mean == doctest::Approx(real[20].mean()).epsilon(1e-9));
}

TEST_CASE("rows of cases by day of report become what was known of each day") {
    const auto t = table_or_fail(
        "day,said,cases\n2021-03-01,2021-03-01,5\n2021-03-01,2021-03-03,2\n"
        "2021-03-02,2021-03-03,4\n");
    series_layout how;
    how.date = "day";
    const auto all = late_series_of(t, how, "said").value();
    REQUIRE(all.size() == 1);
    CHECK(all[0].known == std::vector<std::vector<double>>{{5, 5, 7}, {0, 4}, {0}});
    CHECK(all[0].days.back() == "2021-03-03");
    const auto early = table_or_fail("day,said,cases\n2021-03-02,2021-03-01,5\n");
    CHECK(late_series_of(early, how, "said").error().code() == "epidemic.date_malformed");
}
