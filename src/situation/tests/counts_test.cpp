#include <set>

#include "situation/tests/desk.hpp"

namespace veche::situation {
namespace {

using namespace testing;
using list = std::vector<std::int64_t>;

const flag_row* flag_in(const region_row& row, flag_kind kind) {
    for (const flag_row& one : row.flags)
        if (one.kind == kind) return &one;
    return nullptr;
}

region_row row_in(const overview_view& view, const char* region) {
    for (const region_row& one : view.regions)
        if (one.named.region.value == region) return one;
    FAIL("the region is not shown");
    return {};
}

}  // namespace

TEST_CASE("a later figure for a day is a revision, and both are kept with both times") {
    desk d;
    CHECK(d.send(watch("north")) == "");
    CHECK(d.send(report_of({run("north", "cases", "2026-03-01", {10, 12, 15})})) == "");
    d.go_to("2026-03-11T08:00:00.000Z");
    CHECK(d.send(report_of({run("north", "cases", "2026-03-02", {13, 15, 19})})) ==
          "situation.changes_unexplained reason");
    CHECK(d.send(report_of({run("north", "cases", "2026-03-02", {13, 15, 19})}, "Late post")) ==
          "");
    CHECK(shown(d, "north", "cases") == list{10, 13, 15, 19});
    CHECK(shown(d, "north", "cases", day("2026-03-10")) == list{10, 12, 15});
    CHECK(shown(d, "north", "cases", day("2026-03-09")).empty());
    const auto changed = d.look(revisions_query{}).revisions;
    REQUIRE(changed.size() == 1);
    CHECK(changed[0].day == day("2026-03-02"));
    CHECK(changed[0].before == 12);
    CHECK(changed[0].after == 13);
    CHECK(changed[0].reason == en("Late post"));
    CHECK(to_text(changed[0].at) == "2026-03-11T08:00:00.000Z");
    revisions_query then;
    then.known = day("2026-03-10");
    CHECK(d.look(then).found == 0);
    // A figure that is said again as it was is no version.
    CHECK(d.look(counts_query{{"north"}, {"cases"}, {}}).versions.size() == 5);
    CHECK(d.look(reports_query{}).reports.front().changed == 1);
}

TEST_CASE("no report is not nought, and what was taken back has no figure") {
    desk d;
    CHECK(d.send(watch("north")) == "");
    CHECK(d.send(report_of({run("north", "cases", "2026-03-01", {1}),
                            run("north", "cases", "2026-03-04", {9, 9})})) == "");
    CHECK(shown(d, "north", "cases") == list{1, -1, -1, 9, 9});
    const auto days = d.look(counts_query{{"north"}, {"cases"}, {}}).days;
    CHECK_FALSE(days[3].gained);  // of three days, not of one
    CHECK(days[4].gained == 0);
    const auto row = row_in(d.look(overview_query{}), "north");
    REQUIRE(flag_in(row, flag_kind::gap));
    CHECK(flag_in(row, flag_kind::gap)->days == 2);
    withdraw_counts back{{"north"}, {"cases"}, day("2026-03-04"), day("2026-03-05"), en("Wrong")};
    CHECK(d.send(back) == "");
    CHECK(shown(d, "north", "cases") == list{1});
    CHECK(d.send(back) == "situation.nothing_reported from");
    const auto changed = d.look(revisions_query{}).revisions;
    REQUIRE(changed.size() == 2);
    CHECK_FALSE(changed[0].after);
}

TEST_CASE("who reports too seldom is silent, and who never did has no figures") {
    desk d;
    CHECK(d.send(watch("north")) == "");
    auto weekly = watch("south");
    weekly.every_days = 7;
    CHECK(d.send(weekly) == "");
    CHECK(d.send(watch("west")) == "");
    CHECK(d.send(report_of({run("north", "cases", "2026-03-08", {1}),
                            run("south", "cases", "2026-03-04", {1})})) == "");
    const auto view = d.look(overview_query{});  // on the 10th
    REQUIRE(flag_in(row_in(view, "north"), flag_kind::silent));
    CHECK(row_in(view, "north").silent_days == 2);
    CHECK_FALSE(flag_in(row_in(view, "south"), flag_kind::silent));
    REQUIRE(flag_in(row_in(view, "west"), flag_kind::no_figures));
    CHECK(row_in(view, "west").silent_days == 10);
    CHECK_FALSE(row_in(view, "west").newest);
}

TEST_CASE("sums that fall or stand still are told with their days") {
    desk d;
    CHECK(d.send(watch("north")) == "");
    CHECK(d.send(watch("south", "2026-02-01")) == "");
    list still(20, 7);
    still.front() = 5;
    CHECK(d.send(report_of({run("north", "deaths", "2026-03-01", {5, 9, 6, 8, 7}),
                            run("south", "cases", "2026-02-15", still)})) == "");
    const auto view = d.look(overview_query{});
    const auto* fell = flag_in(row_in(view, "north"), flag_kind::fell);
    REQUIRE(fell);
    CHECK(fell->days == 2);
    CHECK(fell->amount == 4);
    CHECK(fell->from == day("2026-03-03"));
    const auto* stands = flag_in(row_in(view, "south"), flag_kind::unchanged);
    REQUIRE(stands);
    CHECK(stands->days == 18);
    CHECK(stands->from == day("2026-02-16"));
}

TEST_CASE("what is reported in the last moment of a day was known when the day was over") {
    desk d;
    CHECK(d.send(watch("north")) == "");
    d.go_to("2026-03-10T23:59:59.999Z");
    CHECK(d.send(report_of({run("north", "cases", "2026-03-09", {3})})) == "");
    CHECK(shown(d, "north", "cases", day("2026-03-10")) == list{3});
    CHECK(shown(d, "north", "cases", day("2026-03-09")).empty());
}

TEST_CASE("a sum is told to stand still after a fortnight, and not a day earlier") {
    for (const std::int64_t days : {14, 15}) {
        desk d;
        CHECK(d.send(watch("north", "2026-02-01")) == "");
        CHECK(d.send(report_of({run("north", "cases", "2026-02-10",
                                    list(static_cast<std::size_t>(days), 7))})) == "");
        const auto* stands =
            flag_in(row_in(d.look(overview_query{}), "north"), flag_kind::unchanged);
        CHECK((stands != nullptr) == (days == 15));
    }
}

TEST_CASE("who reports by the week has no gaps between, and is silent a day after the next one") {
    desk d;
    auto weekly = watch("north", "2026-02-01");
    weekly.every_days = 7;
    CHECK(d.send(weekly) == "");
    CHECK(d.send(report_of({run("north", "cases", "2026-02-17", {1}),
                            run("north", "cases", "2026-02-24", {2}),
                            run("north", "cases", "2026-03-03", {4})})) == "");
    const auto row = row_in(d.look(overview_query{}), "north");
    CHECK(!flag_in(row, flag_kind::gap));
    CHECK(!flag_in(row, flag_kind::silent));  // the seventh day is not over
    d.go_to("2026-03-11T08:00:00.000Z");
    const auto* silent = flag_in(row_in(d.look(overview_query{}), "north"), flag_kind::silent);
    REQUIRE(silent);
    CHECK(silent->days == 8);
    CHECK(silent->from == day("2026-03-04"));
}

TEST_CASE("rates are of days that are known, and of people who are counted") {
    desk d;
    CHECK(d.send(watch("north", "2026-02-01")) == "");
    list values;
    for (std::int64_t i = 0; i < 15; ++i) values.push_back(100 + 3 * i);
    CHECK(d.send(report_of({run("north", "cases", "2026-02-20", values)})) == "");
    const auto row = row_in(d.look(overview_query{}), "north").series.front();
    CHECK(row.week == 21);
    CHECK(row.fortnight == 42);
    CHECK(row.week_per_100k == 1050);
    CHECK(row.total == 142);
    auto counted = report_of({run("north", "deaths", "2026-03-01", {1, 2, 3})});
    counted.basis = count_basis::of_day;
    CHECK(d.send(counted) == "");
    const auto deaths = row_in(d.look(overview_query{}), "north").series.back();
    CHECK_FALSE(deaths.week);  // three days are no week
    CHECK_FALSE(deaths.total);
}

TEST_CASE("a total is shown beside the sum of its parts, and a difference is told") {
    desk d;
    auto whole = watch("land");
    whole.whole = true;
    CHECK(d.send(whole) == "");
    for (const char* one : {"north", "south"}) {
        auto part = watch(one);
        part.part_of = region_id{"land"};
        CHECK(d.send(part) == "");
    }
    CHECK(d.send(report_of({run("land", "cases", "2026-03-01", {5, 8, 12, 20}),
                            run("north", "cases", "2026-03-01", {2, 3, 5, 9}),
                            run("south", "cases", "2026-03-01", {3, 5, 6})})) == "");
    const auto totals = d.look(totals_query{}).totals;
    REQUIRE(totals.size() == 1);
    CHECK(totals[0].day == day("2026-03-03"));
    CHECK(totals[0].difference == 1);
    CHECK(totals[0].days == 3);
    CHECK(totals[0].equal_days == 2);
    const auto* differs = flag_in(row_in(d.look(overview_query{}), "land"), flag_kind::differs);
    REQUIRE(differs);
    CHECK(differs->days == 1);
    CHECK(differs->amount == 1);
    auto ring = watch("land");
    ring.part_of = region_id{"north"};
    ring.reason = en("Ring");
    CHECK(d.send(ring) == "situation.part_impossible part_of");
}

TEST_CASE("a report is refused as a whole, with the first fault in order") {
    desk d;
    CHECK(d.send(watch("north")) == "");
    const auto refused = [&](report_counts c) {
        const std::string why = d.send(c);
        CHECK(d.look(reports_query{}).found == 0);
        return why;
    };
    auto nobody = report_of({run("north", "cases", "2026-03-01", {-1})});
    nobody.source = " ";
    CHECK(refused(nobody) == "situation.source_missing source");
    CHECK(refused(report_of({})) == "situation.runs_missing runs");
    CHECK(refused(report_of({run("north", "cases", "2026-03-01", {1}),
                             run("east", "cases", "2026-03-01", {1})})) ==
          "situation.region_unknown runs.1.region");
    CHECK(refused(report_of({run("north", "beds", "2026-03-01", {1})})) ==
          "situation.series_unknown runs.0.series");
    CHECK(refused(report_of({run("north", "cases", "2026-02-28", {1, -1})})) ==
          "situation.day_too_early runs.0.from");
    CHECK(refused(report_of({run("north", "cases", "2026-03-10", {1, 1})})) ==
          "situation.day_to_come runs.0.from");
    CHECK(refused(report_of({run("north", "cases", "2026-03-01", {1, -4})})) ==
          "situation.count_impossible runs.0.values.1");
    CHECK(refused(report_of({run("north", "cases", "2026-03-01", {1, 2}),
                             run("north", "cases", "2026-03-02", {2})})) ==
          "situation.day_twice runs.1.from");
    CHECK(refused(report_of({run("north", "cases", "4021-03-01", {1})})) ==
          "situation.day_to_come runs.0.from");
    CHECK(d.send(report_of({run("north", "cases", "2026-03-01", {1})})) == "");
    auto other = report_of({run("north", "cases", "2026-03-02", {1})});
    other.basis = count_basis::of_day;
    CHECK(d.send(other) == "situation.basis_differs runs.0.basis");
}

TEST_CASE("a region's own office reports for it alone, and names nothing") {
    desk d;
    auto own = watch("north");
    own.office = office_id{"council/clinic"};
    CHECK(d.send(own) == "");
    CHECK(d.send(watch("south")) == "");
    d.act_as_clinic();
    CHECK(d.send(report_of({run("north", "cases", "2026-03-01", {1})})) == "");
    CHECK(d.send(report_of({run("south", "cases", "2026-03-01", {1})})) ==
          "situation.not_reporter_of runs.0");
    CHECK(d.send(watch("west")) == "situation.not_reporter");
    CHECK(d.send(name_series{{"beds"}, {"council"}, en("Beds"), {}}) == "situation.not_reporter");
    CHECK(d.send(withdraw_counts{
              {"south"}, {"cases"}, day("2026-03-01"), day("2026-03-01"), en("x")}) ==
          "situation.not_reporter_of");
    auto by_decision = d.now();
    by_decision.decision = decision_authority{{"d-1"}, {"council"}, "unanimity"};
    CHECK(decide(d.seen(), report_of({run("north", "cases", "2026-03-02", {1})}), by_decision)
              .error()
              .code() == "situation.not_by_decision");
}

TEST_CASE("a batch holds as a whole or not at all") {
    desk d;
    CHECK(d.send(watch("north")) == "");
    CHECK(d.send(stage_counts{{"b"}, 2, {run("north", "cases", "2026-03-01", {1})}}) ==
          "situation.part_out_of_order part");
    CHECK(d.send(stage_counts{{"b"}, 1, {run("east", "cases", "2026-03-01", {1})}}) ==
          "situation.region_unknown runs.0.region");
    CHECK(d.send(stage_counts{{"b"}, 1, {run("north", "cases", "2026-03-01", {1, 2})}}) == "");
    CHECK(d.send(stage_counts{{"b"}, 2, {run("north", "cases", "2026-03-02", {3, 4})}}) == "");
    CHECK(shown(d, "north", "cases").empty());
    accept_counts accept;
    accept.batch = {"b"};
    accept.source = "File";
    CHECK(d.send(accept) == "situation.values_differ values");
    accept.values = 4;
    CHECK(d.send(accept) == "situation.day_twice runs.1.from");
    const auto view = d.look(batch_query{{"b"}, count_basis::so_far});
    REQUIRE(view.problems.size() == 1);
    CHECK(view.problems[0].why.code == "situation.day_twice");
    CHECK(shown(d, "north", "cases").empty());
    d.act_as_clinic();
    CHECK(d.send(discard_counts{{"b"}, en("Twice")}) == "situation.not_staged_by batch");
    d.actor = {"p-1"};
    d.auth = "council/desk";
    CHECK(d.send(discard_counts{{"b"}, en("Twice")}) == "");
    CHECK(d.send(accept) == "situation.batch_closed batch");
    CHECK(d.send(stage_counts{{"c"}, 1, {run("north", "cases", "2026-03-01", {1, 2})}}) == "");
    accept.batch = {"c"};
    accept.values = 2;
    CHECK(d.send(accept) == "");
    CHECK(shown(d, "north", "cases") == list{1, 2});
    CHECK(d.look(reports_query{}).reports.front().batch == batch_id{"c"});
}

TEST_CASE("records are put again with the reason, and their bounds are held") {
    desk d;
    auto one = watch("north");
    one.every_days = 0;
    CHECK(d.send(one) == "situation.rhythm_impossible every_days");
    one = watch("north");
    one.until = day("2026-02-01");
    CHECK(d.send(one) == "situation.days_impossible from");
    CHECK(d.send(watch("north")) == "");
    CHECK(d.send(watch("north")) == "situation.reason_missing reason");
    CHECK(d.send(name_series{{"cases"}, {"council"}, en("Cases"), {}}) ==
          "situation.series_common series");
    CHECK(d.send(name_series{{"beds"}, {"council"}, {}, {}}) == "situation.names_missing names");
    CHECK(d.send(name_series{{"beds"}, {"council"}, en("Beds"), {}}) == "");
    CHECK(d.send(report_of({run("north", "beds", "2026-03-01", {3})})) == "");
    name_method how{{"council"}, 100, 420, 7, "Paper", {}};
    CHECK(d.send(how) == "situation.interval_impossible mean_hundredths");
    how.mean_hundredths = 630;
    how.window = 60;
    CHECK(d.send(how) == "situation.window_impossible window");
    how.window = 7;
    CHECK(d.send(how) == "");
    CHECK(d.look(overview_query{}).method->mean_hundredths == 630);
}

TEST_CASE("a sum that stays as it was has not fallen, and today may be reported") {
    desk d;
    CHECK(d.send(watch("north")) == "");
    CHECK(d.send(report_of({run("north", "cases", "2026-03-08", {4, 4, 4})})) == "");
    CHECK(!flag_in(row_in(d.look(overview_query{}), "north"), flag_kind::fell));
    CHECK(shown(d, "north", "cases") == list{4, 4, 4});
}

TEST_CASE("after the last day of a region nothing is reported") {
    desk d;
    auto ended = watch("north");
    ended.until = day("2026-03-05");
    CHECK(d.send(ended) == "");
    CHECK(d.send(report_of({run("north", "cases", "2026-03-05", {1, 2})})) ==
          "situation.day_too_late runs.0.from");
    CHECK(d.send(report_of({run("north", "cases", "2026-03-04", {1, 2})})) == "");
}

TEST_CASE("an office reports by whoever holds it, and lays ready for its own regions alone") {
    desk d;
    auto own = watch("north");
    own.office = office_id{"council/clinic"};
    CHECK(d.send(own) == "");
    CHECK(d.send(watch("south")) == "");
    d.act_as_clinic();
    d.actor = {"p-3"};
    CHECK(d.send(report_of({run("north", "cases", "2026-03-01", {1})})) ==
          "situation.not_reporter_of runs.0");
    d.act_as_clinic();
    CHECK(d.send(stage_counts{{"b"}, 1, {run("south", "cases", "2026-03-01", {1})}}) ==
          "situation.not_reporter_of runs.0.region");
    CHECK(d.send(stage_counts{{"b"}, 1, {run("north", "cases", "2026-03-01", {1})}}) == "");
    d.own.batches.edit(batch_id{"b"}).values = max_batch_values;
    CHECK(d.send(stage_counts{{"b"}, 2, {run("north", "cases", "2026-03-02", {1})}}) ==
          "situation.batch_full runs");
}

TEST_CASE("a region passes to another body by whoever answered so far") {
    desk d;
    CHECK(d.send(watch("north")) == "");
    auto taken = watch("north");
    taken.body = {"committee"};
    taken.reason = en("Ours now");
    d.act_as_committee();
    CHECK(d.send(taken) == "situation.not_reporter");
    taken.region = {"south"};
    CHECK(d.send(taken) == "");
}

TEST_CASE("a total that differs is told from the first day to the last") {
    desk d;
    auto whole = watch("land");
    whole.whole = true;
    CHECK(d.send(whole) == "");
    auto part = watch("north");
    part.part_of = region_id{"land"};
    CHECK(d.send(part) == "");
    CHECK(d.send(report_of({run("land", "cases", "2026-03-01", {5, 8, 12, 20, 21}),
                            run("north", "cases", "2026-03-01", {5, 7, 12, 15, 21})})) == "");
    const auto* differs = flag_in(row_in(d.look(overview_query{}), "land"), flag_kind::differs);
    REQUIRE(differs);
    CHECK(differs->from == day("2026-03-02"));
    CHECK(differs->to == day("2026-03-04"));
    CHECK(differs->days == 2);
}

TEST_CASE("a dry run lists every fault and changes nothing") {
    desk d;
    CHECK(d.send(watch("north")) == "");
    judge_query asked;
    asked.runs = {run("north", "cases", "2026-02-27", {1, 2, 3, -1}),
                  run("east", "cases", "2026-03-01", {1, 2})};
    asked.auth = d.auth;
    const auto view = ask(d.seen(), asked, viewer{d.actor, d.at}).value();
    REQUIRE(view.problems.size() == 4);
    CHECK(view.problems[0].value == 0);
    CHECK(view.problems[2].why.code == "situation.count_impossible");
    CHECK(view.problems[3].value == -1);
    CHECK(view.values == 6);
    CHECK(d.own.reports.empty());
}

TEST_CASE("every refusal of counts is listed once, with its own code") {
    std::set<std::string_view> codes;
    for (const refusal_kind* one : refusals::all) codes.insert(one->code);
    CHECK(codes.size() == std::size(refusals::all));
}

}  // namespace veche::situation
