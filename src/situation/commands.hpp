#pragma once
// What may be asked. What was said before stays: a later figure for the same day is a revision, and
// a record that exists is put again as a whole, with the reason.

#include <tuple>

#include "situation/terms.hpp"

namespace veche::situation {

/// By an office with power "situation" in the body.
struct watch_region {
    static constexpr wire_info wire{"situation.watch_region", 1,
                                    "Say for which region counts are reported, by whom and from "
                                    "which day on."};
    region_id region;
    body_id body;
    std::optional<office_id> office;
    std::optional<region_id> part_of;
    date from;
    std::optional<date> until;
    std::int32_t every_days = 1;
    bool whole = false;
    localized reason;
};
VECHE_FIELDS(watch_region, (region, "The place of the register."),
             (body, "The body whose office answers for its counts."),
             (office, "An office that may report for it, beside that of the body."),
             (part_of, "The region in whose total it is counted."),
             (from, "The first day that may be reported."),
             (until, "The last day that may be reported."),
             (every_days, "At least every so many days a figure is expected."),
             (whole, "Whether the regions that are part of it make up all of it."),
             (reason, "Why the record is corrected, by language."))

/// By an office with power "situation" in the body.
struct name_series {
    static constexpr wire_info wire{"situation.name_series", 1,
                                    "Name a series beside cases, deaths and recovered."};
    series_id series;
    body_id body;
    localized names;
    localized reason;
};
VECHE_FIELDS(name_series, (series, "Short name, as in hospital."),
             (body, "The body whose office answers for it."), (names, "Names by language."),
             (reason, "Why the record is corrected, by language."))

/// By an office with power "situation" in the body. It decides the reproduction numbers, so that it
/// has a source.
struct name_method {
    static constexpr wire_info wire{"situation.name_method", 1,
                                    "Name the serial interval and the window by which "
                                    "reproduction numbers are estimated."};
    body_id body;
    std::int32_t mean_hundredths = 0;
    std::int32_t deviation_hundredths = 0;
    std::int32_t window = 7;
    std::string source;
    localized reason;
};
VECHE_FIELDS(name_method, (body, "The body whose office answers for it."),
             (mean_hundredths, "Mean of the serial interval, in hundredths of a day."),
             (deviation_hundredths, "Its standard deviation, in hundredths of a day."),
             (window, "Days of the window of an estimate."), (source, "Who says so."),
             (reason, "Why it is changed, by language."))

/// By an office with power "situation" in the body of each region, or by the region's own office.
/// All of it holds, or nothing.
struct report_counts {
    static constexpr wire_info wire{"situation.report_counts", 1,
                                    "Report counts by region and day, or revise them."};
    std::vector<count_run> runs;
    count_basis basis{};
    std::string source;
    std::optional<std::string> address;
    localized reason;
};
VECHE_FIELDS(report_counts, (runs, "The counts."),
             (basis, "Whether a count is of all days so far or of its day alone."),
             (source, "Where the figures are from."), (address, "Where they stand on the web."),
             (reason, "Why figures that were reported before are changed, by language."))

/// As report_counts, where it is too much for one act: laid ready first, and nothing of it holds.
struct stage_counts {
    static constexpr wire_info wire{"situation.stage_counts", 1,
                                    "Lay counts ready that are to hold together."};
    batch_id batch;
    std::int32_t part = 1;
    std::vector<count_run> runs;
};
VECHE_FIELDS(stage_counts, (batch, "Short name of the batch."),
             (part, "Number of this part, from 1."), (runs, "The counts."))

/// By whoever may report for all regions of the batch. All of it holds, or nothing.
struct accept_counts {
    static constexpr wire_info wire{"situation.accept_counts", 1,
                                    "Report all counts of a batch, or none."};
    batch_id batch;
    std::int64_t values = 0;
    count_basis basis{};
    std::string source;
    std::optional<std::string> address;
    localized reason;
};
VECHE_FIELDS(accept_counts, (batch, "The batch."), (values, "How many counts it has."),
             (basis, "Whether a count is of all days so far or of its day alone."),
             (source, "Where the figures are from."), (address, "Where they stand on the web."),
             (reason, "Why figures that were reported before are changed, by language."))

/// By whoever laid it ready.
struct discard_counts {
    static constexpr wire_info wire{"situation.discard_counts", 1,
                                    "Put a batch of counts away unreported."};
    batch_id batch;
    localized reason;
};
VECHE_FIELDS(discard_counts, (batch, "The batch."), (reason, "Why, by language."))

/// By whoever may report for the region. The days have no figure from then on; what was said stays
/// on the journal and on the list of what was changed.
struct withdraw_counts {
    static constexpr wire_info wire{"situation.withdraw_counts", 1,
                                    "Take back the figures of days, which then have none."};
    region_id region;
    series_id series;
    date from;
    date until;
    localized reason;
};
VECHE_FIELDS(withdraw_counts, (region, "The region."), (series, "What is counted."),
             (from, "The first day."), (until, "The last day."), (reason, "Why, by language."))

using commands = std::tuple<watch_region, name_series, name_method, report_counts, stage_counts,
                            accept_counts, discard_counts, withdraw_counts>;

}  // namespace veche::situation
