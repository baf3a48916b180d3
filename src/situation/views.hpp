#pragma once
// What is public of the situation: all of it, as it is known now or as it was known at the end of
// a day. Whole numbers only; reproduction numbers are estimated where pages and programs ask.

#include "situation/checks.hpp"
#include "situation/known.hpp"

namespace veche::situation {

/// A region as others name it.
struct region_name {
    region_id region;
    localized names;
    std::optional<member_id> member;
};
VECHE_FIELDS(region_name, (region, "Short name in the register."), (names, "Names by language."),
             (member, "The member that it is of."))

/// What is odd in figures. Questions to the reporter.
enum class flag_kind : std::uint8_t {
    no_figures,  ///< nothing was reported
    silent,      ///< no figure for longer than one is expected
    gap,         ///< days without a figure between days that have one
    unchanged,   ///< a sum stands still up to the newest day, for a fortnight or longer
    fell,        ///< a sum of all days is lower than the day before
    differs,     ///< the total is not the sum of its parts
    revised      ///< figures were changed
};
VECHE_CHOICES(flag_kind, no_figures, silent, gap, unchanged, fell, differs, revised)

struct flag_row {
    flag_kind kind{};
    std::optional<series_id> series;
    std::optional<date> from;
    std::optional<date> to;
    std::int64_t days = 0;
    std::optional<std::int64_t> amount;
};
VECHE_FIELDS(flag_row, (kind, "What is odd."), (series, "In which series."),
             (from, "The first such day."), (to, "The last one."), (days, "How many days."),
             (amount, "By how much in all, where it can be counted."))

struct series_row {
    series_id series;
    localized names;
    count_basis basis{};
    std::optional<date> newest;
    std::optional<std::int64_t> total;
    std::optional<std::int64_t> week;
    std::optional<std::int64_t> fortnight;
    std::optional<std::int64_t> week_per_100k;
    std::optional<std::int64_t> fortnight_per_100k;
};
VECHE_FIELDS(series_row, (series, "What is counted."), (names, "Names by language."),
             (basis, "What a figure is of."), (newest, "The newest day with a figure."),
             (total, "The sum of all days up to it, where it is reported."),
             (week, "What the 7 days up to it added."),
             (fortnight, "What the 14 days up to it added."),
             (week_per_100k, "The 7 days per 100,000 people, in hundredths."),
             (fortnight_per_100k, "The 14 days per 100,000 people, in hundredths."))

struct overview_query {
    static constexpr wire_info wire{"situation.overview", 1,
                                    "Every region: newest figures, rates, what is odd."};
    std::optional<date> known;
};
VECHE_FIELDS(overview_query, (known, "As it was known at the end of this day; else now."))

struct region_row {
    region_name named;
    std::optional<std::int64_t> latitude;
    std::optional<std::int64_t> longitude;
    body_id body;
    std::optional<office_id> office;
    std::optional<region_id> part_of;
    date from;
    std::optional<date> until;
    std::int32_t every_days = 1;
    bool whole = false;
    std::optional<std::int64_t> people;
    std::string people_on;
    std::string people_source;
    std::optional<date> newest;
    std::optional<std::int64_t> age_days;
    std::optional<std::int64_t> silent_days;
    std::vector<series_row> series;
    std::vector<flag_row> flags;
    std::int64_t revisions = 0;
};
VECHE_FIELDS(region_row, (named, "The region."),
             (latitude, "Where it is, in millionths of a degree."), (longitude, "The same."),
             (body, "The body whose office answers for it."),
             (office, "An office that may report for it, beside that of the body."),
             (part_of, "The region in whose total it is counted."),
             (from, "The first day that may be reported."), (until, "The last one."),
             (every_days, "At least every so many days a figure is expected."),
             (whole, "Whether the regions that are part of it make up all of it."),
             (people, "People who live there: what rates are of."), (people_on, "When they did."),
             (people_source, "Who says so."), (newest, "The newest day with a figure."),
             (age_days, "How many days ago that is."),
             (silent_days, "For how many days a figure is missing, as one is expected."),
             (series, "Its series."), (flags, "What is odd in them."),
             (revisions, "How many figures were changed."))

struct method_row {
    std::int32_t mean_hundredths = 0;
    std::int32_t deviation_hundredths = 0;
    std::int32_t window = 7;
    std::string source;
    std::int64_t seq = 0;
};
VECHE_FIELDS(method_row, (mean_hundredths, "Mean of the serial interval, in hundredths of a day."),
             (deviation_hundredths, "Its standard deviation, in hundredths of a day."),
             (window, "Days of the window."), (source, "Who says so."), (seq, "Entry."))

struct overview_view {
    std::vector<region_row> regions;
    std::optional<date> known;
    std::optional<method_row> method;
    std::int64_t reports = 0;
    std::int64_t seq = 0;
};
VECHE_FIELDS(overview_view, (regions, "By short name."),
             (known, "The day at whose end it was known so; nothing: now."),
             (method, "How reproduction numbers are estimated."),
             (reports, "How many reports that takes in."),
             (seq, "Entry of the last of them; 0: none."))

struct counts_query {
    static constexpr wire_info wire{"situation.counts", 1,
                                    "One series of one region day by day, and its versions."};
    region_id region;
    series_id series;
    std::optional<date> known;
};
VECHE_FIELDS(counts_query, (region, "The region."), (series, "What is counted."),
             (known, "As it was known at the end of this day; else now."))

struct day_row {
    date day;
    std::optional<std::int64_t> value;
    std::optional<std::int64_t> gained;
    std::int64_t versions = 0;
};
VECHE_FIELDS(day_row, (day, "The day."), (value, "Its figure; nothing: no report."),
             (gained, "What the day added, where that is known."),
             (versions, "How many figures it had."))

struct version_row {
    date day;
    std::optional<std::int64_t> value;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(version_row, (day, "The day it speaks of."),
             (value, "Its figure; nothing: taken back."), (at, "When it was said."),
             (seq, "Entry that said so."))

struct counts_view {
    region_name named;
    series_id series;
    count_basis basis{};
    std::vector<day_row> days;
    std::vector<version_row> versions;
};
VECHE_FIELDS(counts_view, (named, "The region."), (series, "What is counted."),
             (basis, "What a figure is of."),
             (days, "From the first day with a figure to the last."),
             (versions, "Every figure that was ever said, in the order in which it was."))

struct revisions_query {
    static constexpr wire_info wire{"situation.revisions", 1,
                                    "Changed past: figures that differ from what was said before."};
    std::optional<region_id> region;
    std::optional<series_id> series;
    std::optional<date> known;
    std::optional<std::int32_t> offset;
    std::optional<std::int32_t> count;
};
VECHE_FIELDS(revisions_query, (region, "Only of this region."), (series, "Only of this series."),
             (known, "As it was known at the end of this day; else now."),
             (offset, "How many to leave out at the beginning."),
             (count, "How many to show; all where nothing is said."))

struct revision_row {
    region_name named;
    series_id series;
    date day;
    std::int64_t before = 0;
    std::optional<std::int64_t> after;
    localized reason;
    person_id by;
    std::string as;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(revision_row, (named, "The region."), (series, "What is counted."),
             (day, "The day it speaks of."), (before, "What was said before."),
             (after, "What was said then; nothing: taken back."), (reason, "Why."),
             (by, "Who said so."), (as, "Under which office."), (at, "When."), (seq, "Entry."))

struct revisions_view {
    std::vector<revision_row> revisions;
    std::int32_t found = 0;
};
VECHE_FIELDS(revisions_view, (revisions, "The latest first."), (found, "How many there are."))

struct totals_query {
    static constexpr wire_info wire{"situation.totals", 1,
                                    "Totals beside the sums of their parts."};
    std::optional<date> known;
};
VECHE_FIELDS(totals_query, (known, "As it was known at the end of this day; else now."))

struct total_row {
    region_name named;
    series_id series;
    bool whole = false;
    std::int64_t parts = 0;
    std::optional<date> day;
    std::int64_t total = 0;
    std::int64_t sum = 0;
    std::int64_t difference = 0;
    std::int64_t days = 0;
    std::int64_t equal_days = 0;
};
VECHE_FIELDS(total_row, (named, "The region."), (series, "What is counted."),
             (whole, "Whether its parts make up all of it."), (parts, "How many parts it has."),
             (day, "The newest day on which it and all parts have a figure; nothing: none."),
             (total, "Its figure on that day."), (sum, "The sum of its parts."),
             (difference, "The total less the sum."),
             (days, "Days on which it and all parts have a figure."),
             (equal_days, "Days of them on which total and sum are equal."))

struct totals_view {
    std::vector<total_row> totals;
};
VECHE_FIELDS(totals_view, (totals, "By region and series."))

struct reports_query {
    static constexpr wire_info wire{"situation.reports", 1, "Reports, the newest first."};
    std::optional<std::int32_t> offset;
    std::optional<std::int32_t> count;
};
VECHE_FIELDS(reports_query, (offset, "How many to leave out at the beginning."),
             (count, "How many to show; all where nothing is said."))

struct report_row {
    std::int64_t seq = 0;
    instant at;
    person_id by;
    std::string as;
    std::string source;
    std::optional<std::string> address;
    localized reason;
    std::optional<batch_id> batch;
    std::int64_t values = 0;
    std::int64_t fresh = 0;
    std::int64_t changed = 0;
};
VECHE_FIELDS(report_row, (seq, "Entry."), (at, "When."), (by, "Who reported."),
             (as, "Under which office."), (source, "Where the figures are from."),
             (address, "Where they stand on the web."), (reason, "Why figures were changed."),
             (batch, "The batch, where it was one."), (values, "Figures in it."),
             (fresh, "Of days that had none."), (changed, "Figures that it changed."))

struct reports_view {
    std::vector<report_row> reports;
    std::int32_t found = 0;
};
VECHE_FIELDS(reports_view, (reports, "The newest first."), (found, "How many there are."))

/// A dry run: what would be refused, and nothing is recorded.
struct judge_query {
    static constexpr wire_info wire{"situation.judge", 1,
                                    "What of a report would be refused; nothing is recorded."};
    std::vector<count_run> runs;
    count_basis basis{};
    std::string auth;
};
VECHE_FIELDS(judge_query, (runs, "The counts."), (basis, "What a count is of."),
             (auth, "The office under which they would be reported."))

struct judge_view {
    std::vector<count_problem> problems;
    std::int64_t values = 0;
    std::int64_t changed = 0;
};
VECHE_FIELDS(judge_view, (problems, "What would be refused, at most 200."),
             (values, "How many counts there are."), (changed, "How many of them change a figure."))

struct batch_query {
    static constexpr wire_info wire{"situation.batch", 1,
                                    "A batch of counts, and what of it cannot be reported."};
    batch_id batch;
    count_basis basis{};
};
VECHE_FIELDS(batch_query, (batch, "The batch."), (basis, "What a count is of."))

struct batch_view {
    batch_id batch;
    counts_standing standing{};
    std::int32_t parts = 0;
    std::int64_t values = 0;
    std::int64_t changed = 0;
    person_id by;
    instant at;
    std::vector<count_problem> problems;
};
VECHE_FIELDS(batch_view, (batch, "Short name."), (standing, "State."), (parts, "Parts."),
             (values, "How many counts it has."),
             (changed, "How many of them change a figure; of one that waits."),
             (by, "Who laid it ready."), (at, "When."),
             (problems, "What of one that waits would be refused, at most 200."))

using queries = std::tuple<overview_query, counts_query, revisions_query, totals_query,
                           reports_query, judge_query, batch_query>;

result<overview_view> ask(const world&, const overview_query&, const viewer&);
result<counts_view> ask(const world&, const counts_query&, const viewer&);
result<revisions_view> ask(const world&, const revisions_query&, const viewer&);
result<totals_view> ask(const world&, const totals_query&, const viewer&);
result<reports_view> ask(const world&, const reports_query&, const viewer&);
result<judge_view> ask(const world&, const judge_query&, const viewer&);
result<batch_view> ask(const world&, const batch_query&, const viewer&);

}  // namespace veche::situation
